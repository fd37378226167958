package buchi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
)

// Property is a property as a formula over propositions.
type Property struct {
	Formulas *Formulas
	Formula  Formula
	// Props are the propositions, by bit of a letter.
	Props []Prop
	// Antecedents are the left sides of implications that are to hold always.
	Antecedents []Antecedent
}

// Prop is an atomic proposition. One with Step speaks of the step that leaves
// the state, the others of the state alone.
type Prop struct {
	Expr ir.Expr
	Step bool
}

// Antecedent is a literal that has to be true somewhere, or what it is to
// imply is never asked for.
type Antecedent struct {
	Prop    int
	Negated bool
	Span    source.Span
}

// mostInstances is how many values the binders of a property range over.
const mostInstances = 4096

// FromIR splits a formula of linear time. What binds names above temporal
// operators is expanded over the values there are: `forall x in D: F` is F for
// each value v, after `v in D =>` if D depends on the state.
//
// The error says what the formula has that cannot be decided, and what to
// write instead.
func FromIR(sys *ir.System, e ir.Expr) (*Property, error) {
	s := &splitter{sys: sys, keys: map[string]int{}, p: &Property{Formulas: NewFormulas()}}
	x := s.formula(e, true)
	if s.err != nil {
		return nil, s.err
	}
	s.p.Formula = x
	return s.p, nil
}

type splitter struct {
	sys       *ir.System
	p         *Property
	keys      map[string]int
	instances int
	err       error
}

func (s *splitter) fail(format string, args ...any) Formula {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
	return True
}

// isTemporal reports whether a temporal operator stands in e.
func isTemporal(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Apply); ok && ir.Ops[a.Op].Temporal {
			found = true
		}
		return !found
	})
	return found
}

// formula translates e; top says that it is asserted of every place or of the
// first, so that implications in it have antecedents that matter.
func (s *splitter) formula(e ir.Expr, top bool) Formula {
	if s.err != nil {
		return True
	}
	if !isTemporal(e) {
		if not, ok := e.(*ir.Apply); ok && not.Op == ir.Not {
			return s.p.Formulas.Not(s.formula(not.Args[0], false))
		}
		return s.prop(e)
	}
	switch e := e.(type) {
	case *ir.Apply:
		return s.apply(e, top)
	case *ir.Bind:
		return s.quantifier(e, e.Binders, top)
	case *ir.Let:
		return s.let(e)
	case *ir.If:
		f := s.p.Formulas
		c := s.formula(e.Cond, false)
		return f.Or(f.And(c, s.formula(e.Then, false)), f.And(f.Not(c), s.formula(e.Else, false)))
	}
	return s.fail("a temporal operator stands where only states are spoken of")
}

func (s *splitter) apply(e *ir.Apply, top bool) Formula {
	f := s.p.Formulas
	arg := func(i int) Formula { return s.formula(e.Args[i], top && (e.Op == ir.And || e.Op == ir.Always)) }
	switch e.Op {
	case ir.Not:
		return f.Not(s.formula(e.Args[0], false))
	case ir.And:
		return f.And(arg(0), arg(1))
	case ir.Or:
		return f.Or(arg(0), arg(1))
	case ir.Implies:
		x := arg(0)
		s.antecedent(x, e.Args[0], top)
		return f.Implies(x, arg(1))
	case ir.Iff:
		return f.Iff(arg(0), arg(1))
	case ir.Always:
		return f.Always(arg(0))
	case ir.Eventually:
		return f.Eventually(arg(0))
	case ir.NextTime:
		return f.Next(arg(0))
	case ir.Until:
		return f.Until(arg(0), arg(1))
	case ir.Unless:
		return f.Unless(arg(0), arg(1))
	case ir.Release:
		return f.Release(arg(0), arg(1))
	case ir.LeadsTo:
		x := arg(0)
		s.antecedent(x, e.Args[0], top)
		return f.LeadsTo(x, arg(1))
	case ir.Within:
		return s.fail("`within` needs time, and machines have none yet: count it in a variable, and write `always (request => waited <= limit)`")
	}
	return s.fail("%s is not an operator of linear time", e.Op)
}

// antecedent notes a left side that ought to be true somewhere.
func (s *splitter) antecedent(x Formula, e ir.Expr, top bool) {
	n := s.p.Formulas.nodes[x]
	if top && n.kind == literal {
		s.p.Antecedents = append(s.p.Antecedents, Antecedent{int(n.a), n.b == 1, e.Span()})
	}
}

// quantifier expands forall and exists.
func (s *splitter) quantifier(e *ir.Bind, rest []ir.Binder, top bool) Formula {
	f := s.p.Formulas
	if e.Kind != ir.Forall && e.Kind != ir.Exists {
		return s.fail("temporal operators stand under `forall` and `exists` only")
	}
	join, unit := f.And, True
	if e.Kind == ir.Exists {
		join, unit = f.Or, False
	}
	guarded := func(guard ir.Expr, x Formula) Formula {
		switch {
		case guard == nil:
			return x
		case e.Kind == ir.Exists:
			return f.And(s.formula(guard, false), x)
		}
		return f.Implies(s.formula(guard, false), x)
	}
	if len(rest) == 0 {
		return guarded(e.Cond, s.formula(e.Body, top && e.Kind == ir.Forall && e.Cond == nil))
	}
	b := rest[0]
	values, always := s.values(b)
	out := unit
	for _, v := range values {
		if s.instances++; s.instances > mostInstances {
			return s.fail("its quantifiers range over more than %d values", mostInstances)
		}
		lit := &ir.Lit{Node: ir.Node{T: b.Local.Type, Loc: b.Domain.Span()}, Value: v}
		var guard ir.Expr
		if !always {
			guard = &ir.Apply{Node: ir.Node{T: s.sys.Types.Bool(), Loc: b.Domain.Span()}, Op: ir.In, Args: []ir.Expr{lit, b.Domain}}
		}
		inner := *e
		inner.Binders = substitutedBinders(e.Binders, b.Local, lit)
		inner.Body = substituted(e.Body, b.Local, lit)
		if e.Cond != nil {
			inner.Cond = substituted(e.Cond, b.Local, lit)
		}
		next := inner.Binders[len(inner.Binders)-len(rest)+1:]
		out = join(out, guarded(guard, s.quantifier(&inner, next, top && guard == nil)))
	}
	return out
}

// values are the values that a binder may take; always says that it takes
// them all in every state.
func (s *splitter) values(b ir.Binder) (vs []ir.Value, always bool) {
	if v, err := eval.Expr(b.Domain, &eval.Env{}); err == nil {
		return elements(v), true
	}
	return s.universe(b.Local), false
}

func elements(v ir.Value) []ir.Value {
	switch v := v.(type) {
	case ir.SetValue:
		return v.Elems
	case ir.BagValue:
		return v.Elems
	case ir.SeqValue:
		return v.Elems
	}
	return nil
}

func (s *splitter) universe(l *ir.Local) []ir.Value {
	n, finite := ir.Card(l.Type)
	if !finite || !n.IsInt64() || n.Int64() > mostInstances {
		s.fail("%s ranges over too many values of type %s to stand above temporal operators: let it range over a set of constants", l.Name, l.Type)
		return nil
	}
	return slices.Collect(ir.Values(l.Type))
}

// let keeps the value that a name has in the first state, for each value that
// it may have.
func (s *splitter) let(e *ir.Let) Formula {
	f, out := s.p.Formulas, False
	if v, err := eval.Expr(e.Value, &eval.Env{}); err == nil {
		return s.formula(substituted(e.Body, e.Local, &ir.Lit{Node: ir.Node{T: e.Local.Type, Loc: e.Loc}, Value: v}), false)
	}
	for _, v := range s.universe(e.Local) {
		if s.instances++; s.instances > mostInstances {
			return s.fail("its names range over more than %d values", mostInstances)
		}
		lit := &ir.Lit{Node: ir.Node{T: e.Local.Type, Loc: e.Loc}, Value: v}
		is := &ir.Apply{Node: ir.Node{T: s.sys.Types.Bool(), Loc: e.Loc}, Op: ir.Eq, Args: []ir.Expr{e.Value, lit}}
		out = f.Or(out, f.And(s.formula(is, false), s.formula(substituted(e.Body, e.Local, lit), false)))
	}
	return out
}

func substituted(e ir.Expr, l *ir.Local, lit *ir.Lit) ir.Expr {
	return ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		if ref, ok := e.(*ir.LocalRef); ok && ref.Local == l {
			return lit
		}
		return e
	})
}

func substitutedBinders(bs []ir.Binder, l *ir.Local, lit *ir.Lit) []ir.Binder {
	out := slices.Clone(bs)
	for i := range out {
		out[i].Domain = substituted(out[i].Domain, l, lit)
	}
	return out
}

// prop is the proposition e, one for all that read the same.
func (s *splitter) prop(e ir.Expr) Formula {
	if !mentionsState(e) {
		if v, err := eval.Expr(e, &eval.Env{}); err == nil {
			if v == ir.Bool(true) {
				return True
			}
			return False
		}
	}
	key := text(e)
	i, ok := s.keys[key]
	if !ok {
		i = len(s.p.Props)
		if i == MaxProps {
			return s.fail("it speaks of more than %d different conditions on states: split it into several properties", MaxProps)
		}
		s.keys[key] = i
		s.p.Props = append(s.p.Props, Prop{e, speaksOfStep(e)})
	}
	return s.p.Formulas.Prop(i)
}

func mentionsState(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.VarRef, *ir.ActionPred:
			found = true
		}
		return !found
	})
	return found
}

func speaksOfStep(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		if a, ok := t.(*ir.ActionPred); ok && a.Taken {
			found = true
		}
		return !found
	})
	return found
}

// text is the same of two expressions only if they mean the same.
func text(e ir.Expr) string {
	var b strings.Builder
	ir.Walk(e, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Lit:
			fmt.Fprintf(&b, "lit %s %p;", ir.Format(t.Value), t.T)
		case *ir.VarRef:
			fmt.Fprintf(&b, "var %d %t;", t.Var.Index, t.Old)
		case *ir.LocalRef:
			fmt.Fprintf(&b, "local %p;", t.Local)
		case *ir.ConstRef:
			fmt.Fprintf(&b, "const %p;", t.Const)
		case *ir.Apply:
			fmt.Fprintf(&b, "op %d %d %p;", t.Op, len(t.Args), t.T)
		case *ir.Convert:
			fmt.Fprintf(&b, "to %p;", t.T)
		case *ir.ActionPred:
			fmt.Fprintf(&b, "act %d %t %t %d;", t.Action.Index, t.Taken, t.Any, len(t.Args))
		default:
			// Binders have locals of their own: two of them are never the same.
			fmt.Fprintf(&b, "%T %p;", t, t)
			return false
		}
		return true
	})
	return b.String()
}

// Negation returns the automaton of the runs that violate a property.
func (p *Property) Negation() (*Automaton, error) {
	return Translate(p.Formulas, p.Formulas.Not(p.Formula))
}

// NeverAsked says what is wrong with an antecedent that is never true.
const NeverAsked = "this is never true, so what it asks for is never asked for"

// Idle returns where the antecedents stand that are never true, by what occurs
// says of each. Those that stand in one place, for several values of a name, are
// idle together.
func (p *Property) Idle(occurs func(Antecedent) bool) []source.Span {
	asked := map[source.Span]bool{}
	var order []source.Span
	for _, a := range p.Antecedents {
		if _, known := asked[a.Span]; !known {
			order = append(order, a.Span)
		}
		asked[a.Span] = asked[a.Span] || occurs(a)
	}
	return slices.DeleteFunc(order, func(at source.Span) bool { return asked[at] })
}
