package elaborate

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// refinement lowers what an instance refines, as a property that goes by the
// name of the abstract machine.
func (b *builder) refinement(in *instance, d *ast.Refines) {
	of := b.info.Refines[d]
	if of == nil {
		b.missing(d, "abstract machine")
		return
	}
	if hidden := hiddenState(of.Machine); hidden != nil {
		b.refinementUnchecked(d, of.Machine, hidden)
		return
	}
	above := b.abstract(in, of)
	if above == nil {
		return
	}
	r := &ir.Refinement{Abstract: above.sys, Map: make([]ir.Expr, len(above.sys.Vars)), Anywhere: b.startsAnywhere()}
	for _, obj := range of.Machine.Order {
		if v, ok := obj.(*types.Var); ok {
			to := above.vars[key{above.root, v}]
			r.Map[to.Index] = b.mapped(in, d, v, to.Type)
		}
	}
	b.sys.Props = append(b.sys.Props, &ir.Property{Name: b.unique(in.prefix+of.Machine.Name(), of.Machine), Kind: ir.Refines,
		Refines: r, Doc: d.Doc, Span: d.Span()})
}

// hiddenState returns what holds state of m beside its variables, where no
// mapping reaches; nil if nothing does.
func hiddenState(m *types.Machine) types.Object {
	i := slices.IndexFunc(m.Order, func(obj types.Object) bool {
		switch obj.(type) {
		case *types.Process, *types.Instance:
			return true
		}
		return false
	})
	if i < 0 {
		return nil
	}
	return m.Order[i]
}

// mapped is the value of an abstract variable in a state of an instance: that
// which the mapping says, or of the variable of the same name.
func (b *builder) mapped(in *instance, d *ast.Refines, v *types.Var, t *ir.Type) ir.Expr {
	for _, bind := range d.Mapping {
		if bind.Name.Name == v.Name() {
			return b.scope(in).expr(bind.Value, t)
		}
	}
	own := b.vars[key{in, in.machine.Members[v.Name()]}]
	if own == nil {
		b.missing(d, "mapping of "+v.Name())
		return b.bad(d.Span())
	}
	return b.convert(&ir.VarRef{Node: node(own.Type, d.Span()), Var: own}, t)
}

// startsAnywhere reports whether the model says where runs begin.
func (b *builder) startsAnywhere() bool {
	return slices.ContainsFunc(b.model.Decl.Items, func(item ast.ModelItem) bool {
		_, ok := item.(*ast.Start)
		return ok
	})
}

// abstract builds the System of a machine that an instance refines; its
// properties are left out, and nothing that the model mutates is different
// there. It is nil after an error.
//
// The two Systems have their types in common, so that values of one are values
// of the other. All else is built anew.
func (b *builder) abstract(in *instance, of *types.Instance) *builder {
	model := *b.model
	model.Machine = of.Machine
	up := newBuilder(b.info, &model)
	up.sizes, up.t, up.sys.Types, up.invalid, up.top = b.sizes, b.t, b.t, b.invalid, b.top
	up.sorts, up.named, up.namedAt, up.depends = b.sorts, b.named, b.namedAt, b.depends
	up.sys.Sorts, up.sys.Named = slices.Clone(b.sys.Sorts), slices.Clone(b.sys.Named)
	up.root = up.newInstance(nil, nil, of.Machine, of.Args)
	for obj, bind := range up.root.bound {
		bind.in = in
		up.root.bound[obj] = bind
	}
	up.reserveNames()
	up.declareConstants()
	up.declareState(up.root)
	up.declareSyncs(up.root)
	up.declareActions()
	up.buildInit()
	up.buildActions()
	b.sys.Sorts, b.sys.Named = added(b.sys.Sorts, up.sys.Sorts), added(b.sys.Named, up.sys.Named)
	up.arrange()
	if !up.diags.HasErrors() {
		up.verify()
	}
	b.diags = append(b.diags, up.diags...)
	if up.diags.HasErrors() {
		return nil
	}
	return up
}

// added returns list with what more has besides.
func added[T comparable](list, more []T) []T {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}
