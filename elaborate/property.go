package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// buildProperties lowers what the machine claims. Of the machines that it
// uses, invariants, steps and refinements are claims about it too; the others speak of the
// runs of that machine alone and are lowered where the model names them.
func (b *builder) buildProperties() {
	for _, in := range b.all {
		for _, obj := range in.machine.Order {
			switch obj := obj.(type) {
			case *types.Property:
				if in == b.root || obj.Decl.Kind == ast.InvariantProp || obj.Decl.Kind == ast.StepProp {
					b.property(in, obj)
				}
			case *types.Scenario:
				if in == b.root {
					b.property(in, obj)
				}
			}
		}
		for _, d := range in.machine.Decl.Members {
			if r, ok := d.(*ast.Refines); ok {
				b.refinement(in, r)
			}
		}
	}
	b.sys.Terminal = b.terminal(b.root)
}

var propertyKinds = [...]ir.PropKind{
	ast.InvariantProp: ir.Invariant, ast.StepProp: ir.Step, ast.TemporalProp: ir.Temporal,
	ast.CTLProp: ir.CTL, ast.WitnessProp: ir.Witness,
}

// property returns the property or scenario obj of an instance.
func (b *builder) property(in *instance, obj types.Object) *ir.Property {
	k := key{in, obj}
	if p := b.props[k]; p != nil {
		return p
	}
	p := &ir.Property{Name: b.unique(in.prefix+obj.Name(), obj)}
	s := b.scope(in)
	switch obj := obj.(type) {
	case *types.Property:
		p.Kind, p.Doc, p.Span = propertyKinds[obj.Decl.Kind], obj.Decl.Doc, obj.Decl.Formula.Span()
		p.Formula = s.condition(obj.Decl.Formula)
	case *types.Scenario:
		p.Kind, p.Doc, p.Span = ir.Scenario, obj.Decl.Doc, obj.Decl.Span()
		p.Run = s.scenario(obj)
	default:
		return nil
	}
	b.props[k] = p
	b.sys.Props = append(b.sys.Props, p)
	if obj, ok := obj.(*types.Property); ok {
		b.lemmas(in, obj, p)
	}
	return p
}

// lemmas notes which invariants an inductive one rests on. They may rest on
// each other.
func (b *builder) lemmas(in *instance, obj *types.Property, p *ir.Property) {
	p.Inductive = obj.Decl.Induct
	for _, id := range obj.Decl.Using {
		if lemma := b.property(in, in.machine.Members[id.Name]); lemma != nil {
			p.Using = append(p.Using, lemma)
		}
	}
}

// terminal returns when a state of an instance may have no successor: as it
// says itself, or when all its processes are done; if it says nothing, when
// all that it uses may stop.
func (b *builder) terminal(in *instance) ir.Expr {
	var cond ir.Expr
	either := func(x ir.Expr) {
		if cond == nil {
			cond = x
			return
		}
		cond = apply(ir.Or, b.t.Bool(), cond.Span().Cover(x.Span()), cond, x)
	}
	var done ir.Expr
	for _, obj := range in.machine.Order {
		if p, ok := obj.(*types.Process); ok {
			done = b.both(done, b.allDone(b.processes[key{in, p}]))
		}
	}
	for _, d := range in.machine.Decl.Members {
		if t, ok := d.(*ast.Terminal); ok {
			either(b.scope(in).condition(t.Cond))
		}
	}
	if done != nil {
		either(done)
	}
	if cond != nil {
		return cond
	}
	return b.partsTerminal(in)
}

func (b *builder) partsTerminal(in *instance) ir.Expr {
	var cond ir.Expr
	for _, part := range in.order {
		if part.hidden {
			continue
		}
		t := b.terminal(part)
		if t == nil {
			return nil
		}
		cond = b.both(cond, t)
	}
	return cond
}

// allDone says that every instance of a process has finished.
func (b *builder) allDone(p *process) ir.Expr {
	s, at := b.scope(p.in), p.obj.Span()
	switch p.self {
	case nil:
		return s.atStep(p, nil, doneLabel, at)
	case b.invalid:
		return b.bad(at)
	}
	l := &ir.Local{Name: "p", Type: p.self, Span: at}
	return &ir.Bind{Node: node(b.t.Bool(), at), Kind: ir.Forall,
		Binders: []ir.Binder{{Local: l, Domain: b.universe(p.self, at)}}, Body: s.atStep(p, ref(l, at), doneLabel, at)}
}
