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
// without a value, or a type or constant that depends on how many elements a
// sort has, is left out: only a model says what that is.
func Functions(info *typecheck.Info, mod *types.Module, n int) (*ir.System, diag.List) {
	objs := promising(mod.Order)
	sys, list := functionsOf(info, mod, objs, n)
	if modelled(sys, list) {
		objs = slices.DeleteFunc(objs, func(f *types.Function) bool {
			return modelled(functionsOf(info, mod, []*types.Function{f}, n))
		})
		sys, list = functionsOf(info, mod, objs, n)
	}
	if list.HasErrors() || len(objs) == 0 {
		return nil, list
	}
	return sys, list
}

// modelled reports whether something in sys, or the lack of it, is the business
// of models.
func modelled(sys *ir.System, list diag.List) bool {
	return list.HasErrors() || slices.ContainsFunc(sys.Sorts, func(s *ir.Sort) bool { return s.Sized })
}

// promising are the functions among declarations that have a body and something
// to prove.
func promising(all []types.Object) []*types.Function {
	var out []*types.Function
	for _, obj := range all {
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

// Promises is how many functions of a module and its machines say something to
// prove.
func Promises(mod *types.Module) int {
	n := len(promising(mod.Order))
	for _, obj := range mod.Order {
		if m, ok := obj.(*types.Machine); ok {
			n += len(promising(m.Order))
		}
	}
	return n
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
		if f := b.function(b.top, obj, targs); len(obj.Params) > 0 {
			f.ir.Name = b.unique(obj.Name(), obj) // for any type, so for none
		}
	}
	return b.sys, b.diags.Sorted()
}

// Promising is the System of model m with all functions of its module and its
// machines that say something to prove, also those that nothing calls, or whose
// calls are replaced by what they are.
func Promising(info *typecheck.Info, m *types.Model) (*ir.System, diag.List) {
	b := newBuilder(info, m)
	b.contracts = true
	b.sys.Model, b.sys.Span, b.sys.Doc = m.Name(), m.Span(), m.Decl.Doc
	b.root = b.newInstance(nil, nil, m.Machine, m.Args)
	return b.build()
}

func (b *builder) buildContracts() {
	if !b.contracts {
		return
	}
	add := func(in *instance, all []types.Object) {
		for _, f := range promising(all) {
			if len(f.Params) == 0 {
				b.function(in, f, nil)
			}
		}
	}
	for _, in := range b.all {
		add(in, in.machine.Order)
	}
	if mod := moduleOf(b.root.machine); mod != nil {
		add(b.top, mod.Order)
	}
}
