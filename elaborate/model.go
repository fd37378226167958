package elaborate

import (
	"math"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// bindModel notes what the model binds and mutates.
func (b *builder) bindModel() {
	s := b.scope(b.root)
	for _, item := range b.model.Decl.Items {
		switch item := item.(type) {
		case *ast.Bind:
			in, obj := s.resolve(item.Target)
			if obj == nil {
				b.missing(item.Target, "meaning")
				continue
			}
			in.bound[obj] = binding{value: item.Value, in: b.root}
		case *ast.Mutate:
			b.mutate(s, item)
		}
	}
}

func (b *builder) mutate(s *scope, m *ast.Mutate) {
	if l, ok := m.Target.(*ast.AtLabel); ok {
		in, obj := s.resolve(processName(l.X))
		b.steps[stepKey{key{in, obj}, l.Label.Name}] = m
		return
	}
	if r := b.info.Actions[m.Target]; r != nil {
		b.mutations[key{s.in.at(r.Path), r.Action}] = m
		return
	}
	in, obj := s.resolve(m.Target)
	if obj == nil {
		b.missing(m.Target, "meaning")
		return
	}
	b.mutations[key{in, obj}] = m
}

// processName returns P of `P` or `P[a]`.
func processName(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.Paren:
		return processName(e.X)
	case *ast.Index:
		return processName(e.X)
	}
	return e
}

// buildModel lowers what limits the search and what is asked.
func (b *builder) buildModel() {
	b.assumptions()
	s := b.scope(b.root)
	explicit := map[*ir.Property]bool{}
	var all *ast.Check
	asked := false
	for _, item := range b.model.Decl.Items {
		switch item := item.(type) {
		case *ast.Bound:
			b.sys.Bounds = append(b.sys.Bounds, &ir.Clause{Cond: s.condition(item.Cond), Span: item.Cond.Span()})
		case *ast.ExpectItem:
			b.expect(item.Expect)
		case *ast.Check:
			asked = true
			if item.All {
				all = item
				continue
			}
			for _, name := range item.Names {
				b.checkNamed(s, item, name, explicit)
			}
		case *ast.Option:
			b.optionIgnored(item)
		}
	}
	if all != nil || !asked {
		b.checkAll(all, explicit)
	}
}

func (b *builder) checkNamed(s *scope, item *ast.Check, name ast.Expr, explicit map[*ir.Property]bool) {
	in, obj := s.resolve(name)
	var p *ir.Property
	if obj != nil {
		p = b.property(in, obj)
	}
	if p == nil {
		b.missing(name, "property")
		return
	}
	explicit[p] = true
	b.sys.Checks = append(b.sys.Checks, check(p, item.Expect, name.Span()))
}

// checkAll asks for every property that is not asked for by name.
func (b *builder) checkAll(item *ast.Check, explicit map[*ir.Property]bool) {
	for _, p := range b.sys.Props {
		switch {
		case explicit[p]:
		case item == nil:
			b.sys.Checks = append(b.sys.Checks, check(p, nil, p.Span))
		default:
			b.sys.Checks = append(b.sys.Checks, check(p, item.Expect, item.Span()))
		}
	}
}

func check(p *ir.Property, e *ast.Expectation, at source.Span) ir.Check {
	c := ir.Check{Prop: p, Depth: -1, Span: at}
	if e != nil {
		c.Expect = outcomes[e.Kind]
		c.Span = c.Span.Cover(e.Span())
		if e.Depth != nil {
			c.Depth = int(count(e.Depth))
		}
	}
	return c
}

var outcomes = [...]ir.Outcome{
	ast.ExpectHolds: ir.ExpectHolds, ast.ExpectViolated: ir.ExpectViolated, ast.ExpectDeadlock: ir.ExpectViolated,
	ast.ExpectUnknown: ir.ExpectUnknown, ast.ExpectBounded: ir.ExpectBounded,
}

// count returns a written number, or the largest int64 if it is larger.
func count(n *ast.IntLit) int64 {
	switch {
	case n == nil:
		return -1
	case !n.Value.IsInt64():
		return math.MaxInt64
	}
	return n.Value.Int64()
}

func (b *builder) expect(e ast.Expectation) {
	x := &b.sys.Expect
	switch e.Kind {
	case ast.ExpectStates:
		x.States, x.Spans["states"] = count(e.Count), e.Span()
	case ast.ExpectGenerated:
		x.Generated, x.Spans["generated"] = count(e.Count), e.Span()
	case ast.ExpectDepth:
		x.Depth, x.Spans["depth"] = count(e.Count), e.Span()
	case ast.ExpectDeadlock:
		x.Deadlock, x.DeadlockDepth, x.Spans["deadlock"] = true, int(count(e.Depth)), e.Span()
	default:
		x.Outcome, x.ViolatedDepth, x.Spans["outcome"] = outcomes[e.Kind], int(count(e.Depth)), e.Span()
	}
}

// assumptions evaluates the conditions on constants: those of the machines,
// and those of modules that speak of constants in use.
func (b *builder) assumptions() {
	for _, m := range b.info.Modules {
		for _, d := range m.File.Decls {
			if a, ok := d.(*ast.Assume); ok {
				b.assumeIfBound(a)
			}
		}
	}
	for _, in := range b.all {
		for _, d := range in.machine.Decl.Members {
			if a, ok := d.(*ast.Assume); ok {
				b.assume(b.scope(in).condition(a.Cond), a)
			}
		}
	}
}

// assumeIfBound leaves out an assumption about constants that this machine
// does not use and that the model therefore does not bind.
func (b *builder) assumeIfBound(a *ast.Assume) {
	before, open := len(b.diags), b.open
	cond := b.scope(b.top).condition(a.Cond)
	if b.open > open {
		b.diags = b.diags[:before]
		return
	}
	b.assume(cond, a)
}

func (b *builder) assume(cond ir.Expr, a *ast.Assume) {
	b.sys.Assumes = append(b.sys.Assumes, &ir.Clause{Cond: cond, Span: a.Cond.Span()})
	v, ok := b.evaluate(cond)
	if truth, is := v.(ir.Bool); ok && is && !bool(truth) {
		b.assumptionFalse(a, cond)
	}
}

// constantsIn returns the constants that x reads, once each, in order.
func constantsIn(x ir.Expr) []*ir.Const {
	var out []*ir.Const
	seen := map[*ir.Const]bool{}
	ir.Walk(x, func(t ir.Tree) bool {
		if c, ok := t.(*ir.ConstRef); ok && !seen[c.Const] {
			seen[c.Const] = true
			out = append(out, c.Const)
		}
		return true
	})
	return out
}
