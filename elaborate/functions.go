package elaborate

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Functions returns the functions of a module that say something to prove, and
// those that they call, as a System of nothing else; nil if there are none. What
// holds of them is to hold for all sorts, of which n elements each are only an
// example. A type parameter is such a sort. A function that needs a constant
// without a value is left out: only a model says what it is.
func Functions(info *typecheck.Info, mod *types.Module, n int) (*ir.System, diag.List) {
	objs := promising(mod)
	sys, list := functionsOf(info, mod, objs, n)
	if list.HasErrors() {
		objs = slices.DeleteFunc(objs, func(f *types.Function) bool {
			_, list := functionsOf(info, mod, []*types.Function{f}, n)
			return list.HasErrors()
		})
		sys, list = functionsOf(info, mod, objs, n)
	}
	if list.HasErrors() || len(objs) == 0 {
		return nil, list
	}
	return sys, list
}

// promising are the functions of a module that have a body and something to
// prove.
func promising(mod *types.Module) []*types.Function {
	var out []*types.Function
	for _, obj := range mod.Order {
		f, ok := obj.(*types.Function)
		if !ok || f.Decl.Value == nil && f.Decl.Body == nil {
			continue
		}
		if d := f.Decl; d.Decreases != nil || len(d.Requires)+len(d.Ensures) > 0 || loops(d.Body) {
			out = append(out, f)
		}
	}
	return out
}

func loops(b *ast.Block) bool {
	found := false
	if b != nil {
		ast.Walk(b, func(n ast.Node) bool {
			_, loop := n.(*ast.While)
			found = found || loop
			return !found
		})
	}
	return found
}

func functionsOf(info *typecheck.Info, mod *types.Module, objs []*types.Function, n int) (*ir.System, diag.List) {
	nothing := &types.Machine{Base: types.Base{In: mod}}
	b := newBuilder(info, &types.Model{Machine: nothing})
	b.theory, b.example = &ir.Theory{}, n
	b.root = &instance{machine: nothing}
	b.reserveNames()
	for _, obj := range objs {
		targs := map[string]*ir.Type{}
		for _, p := range obj.Params {
			s := &ir.Sort{Name: b.unique(p.Name, nil), Elems: sortElems(p.Name, n), Span: obj.Span()}
			b.sys.Sorts = append(b.sys.Sorts, s)
			targs[p.Name] = b.t.SortOf(s)
		}
		b.function(b.top, obj, targs)
	}
	return b.sys, b.diags.Sorted()
}
