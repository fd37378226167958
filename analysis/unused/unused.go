// Package unused reports declarations that nothing uses: functions, types,
// constants, procs, machines, variants of enums, parameters.
//
// A module without a model is a library: whoever imports it may use anything.
// There only parameters are looked at.
package unused

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"

	"github.com/spec-lang/spec/lang/diag"
)

// Analyzer is not complete: of declarations that use only one another it says
// nothing.
var Analyzer = &analysis.Analyzer{
	Name: "unused", Doc: "declarations, variants and parameters that nothing uses",
	Codes: []diag.Code{Declaration, Variant, Parameter}, Sound: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		f := &finder{ModulePass: p, asked: map[ast.Node]bool{}, ranged: spread{map[*types.TypeName]bool{}}}
		f.look()
		f.parameters()
		if p.Index.Closed() {
			f.declarations()
			f.variants()
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	asked  map[ast.Node]bool // places that name a variant to match it or to compare with it
	ranged spread            // types of which something goes through all values
	quants []*ast.Quant      // forall and exists
}

// look goes through the file once, for everything that is sought in it.
func (f *finder) look() {
	for e := range f.Info.Patterns {
		f.asked[e] = true
	}
	f.namedAsSets()
	ast.Walk(f.Info.Root.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Binary:
			f.asks(n)
		case *ast.Quant:
			if n.Kind == ast.Forall || n.Kind == ast.Exists {
				f.quants = append(f.quants, n)
			}
		default:
			f.ranges(n)
		}
		return true
	})
}

func (f *finder) declarations() {
	for _, u := range f.Index.Units {
		if !f.Index.Settled(u.Machine) || u.Object == nil || u.Object.Name() == "" {
			continue
		}
		if m, ok := u.Object.(*types.Machine); ok {
			f.machine(u, m)
			continue
		}
		if u.Machine == nil || f.inUse(u.Machine) {
			f.unit(u)
		}
	}
}

// inUse reports whether a machine is in a model or part of another machine.
func (f *finder) inUse(m *types.Machine) bool { return len(f.Index.Users(m)) > 0 }

func (f *finder) machine(u *analysis.Unit, m *types.Machine) {
	if !f.inUse(m) {
		// A machine is much to lose: nothing removes it but its author.
		f.declaration("machine", m, source.Span{}, "write `model Small of "+m.Name()+" { ... }`, or remove it")
		return
	}
	for _, p := range m.Params {
		if len(f.Index.Users(p)) == 0 {
			f.declaration("parameter", p, source.Span{}, "remove it, here and where the machine is named")
		}
	}
}

func (f *finder) unit(u *analysis.Unit) {
	what, help := "", "remove it"
	switch d := u.Decl.(type) {
	case *ast.Sort:
		what = "sort"
	case *ast.Enum:
		what = "enum"
	case *ast.Struct:
		what = "struct"
	case *ast.TypeDecl:
		what = "type"
	case *ast.Const:
		what = "constant"
	case *ast.Func:
		what = "function"
	case *ast.Proc:
		what = "proc"
	case *ast.Action:
		if !d.Internal {
			return
		}
		what, help = "internal action", "call it from another action, or declare it without `internal`"
	default:
		return
	}
	if !f.used(u) {
		f.declaration(what, u.Object, u.Span, help)
	}
}

// used reports whether another declaration names what u declares. What a model
// binds is not used by that.
func (f *finder) used(u *analysis.Unit) bool {
	for _, obj := range objects(u.Object) {
		for _, by := range f.Index.Users(obj) {
			if by != u && (!bindable(u.Object) || f.more(by, obj)) {
				return true
			}
		}
	}
	return false
}

// objects are an object and what is declared with it.
func objects(obj types.Object) []types.Object {
	out := []types.Object{obj}
	if t, ok := obj.(*types.TypeName); ok {
		for _, v := range t.Variants {
			out = append(out, v)
		}
	}
	return out
}

func bindable(obj types.Object) bool {
	switch obj.(type) {
	case *types.Const, *types.SortName:
		return true
	}
	return false
}

// more reports whether a unit names obj other than to bind it.
func (f *finder) more(u *analysis.Unit, obj types.Object) bool {
	m, ok := u.Decl.(*ast.Model)
	if !ok {
		return true
	}
	targets := map[ast.Node]bool{}
	for _, it := range m.Items {
		if b, ok := it.(*ast.Bind); ok {
			targets[b.Target] = true
		}
	}
	for _, use := range u.Uses {
		if use.Object == obj && !targets[use.Node] {
			return true
		}
	}
	return false
}
