package symbolic

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// branching decides the properties of branching time: with sets if all states
// are known, else as far as the states one by one say it.
func (s *search) branching(res *evidence.Result) error {
	var asked []*evidence.Finding
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Prop.Kind == ir.CTL {
			asked = append(asked, f)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	why, all := s.undecidable(res), s.anything()
	if len(all.demands) > 0 {
		res.Basis.Notes = append(res.Basis.Notes, ctl.FairNote)
	}
	for _, f := range asked {
		if f.Why = why; why == "" {
			s.label(res, f, all)
		}
	}
	return s.show(res, asked)
}

// label decides one property.
func (s *search) label(res *evidence.Result, f *evidence.Finding, all *product) {
	l := &labeller{product: all}
	where := l.label(f.Prop.Formula)
	switch {
	case s.stopped():
		res.Basis.Kind, res.Basis.Limit = evidence.Partial, s.limit
		f.Why = s.limit
	case l.why != "":
		f.Why = l.why
	case s.space.t.Diff(s.layers[0], where) != bdd.False:
		f.Verdict = evidence.Violated
	default:
		f.Verdict = evidence.Holds
	}
}

// undecidable says why sets of states say nothing about branching time.
func (s *search) undecidable(res *evidence.Result) string {
	switch {
	case s.goal.assertion.hit != nil || s.goal.evaluation.hit != nil:
		return "some run ends in a failure, and what would follow is not known"
	case res.Basis.Kind == evidence.Bounded:
		return "the bounds cut runs off, and what would follow is not known"
	}
	return res.Basis.Limit
}

// labeller finds where formulas of branching time are true. Clarke, Emerson
// and Sistla, "Automatic verification of finite-state concurrent systems using
// temporal logic specifications", TOPLAS 8 (1986), with sets as in Burch et
// al., LICS 1990. A state without successors leads to itself.
type labeller struct {
	*product
	why string // a formula is not decided
}

func (l *labeller) give(why string) bdd.Node {
	if l.why == "" {
		l.why = why
	}
	return bdd.False
}

// temporal reports whether a temporal operator occurs in e.
func temporal(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Apply); ok && ir.Ops[a.Op].Temporal {
			found = true
		}
		return !found
	})
	return found
}

// label is the reachable states where e is true.
func (l *labeller) label(e ir.Expr) bdd.Node {
	if l.why != "" || l.space.t.Stopped() {
		return bdd.False
	}
	if !temporal(e) {
		return l.condition(e)
	}
	b := l.space.t
	switch e := e.(type) {
	case *ir.Apply:
		args := make([]bdd.Node, len(e.Args))
		for i, a := range e.Args {
			args[i] = l.label(a)
		}
		return l.apply(e.Op, args)
	case *ir.If:
		c, x := l.label(e.Cond), l.label(e.Then)
		return b.Ite(c, x, l.label(e.Else))
	case *ir.Let:
		return l.let(e)
	case *ir.Bind:
		if e.Kind == ir.Forall || e.Kind == ir.Exists {
			return l.quantify(e, e.Binders)
		}
	}
	return l.give("this engine does not know such a formula of branching time; use --engine explicit")
}

func (l *labeller) condition(e ir.Expr) bdd.Node {
	b := l.space.t
	v, err := l.space.condition(e)
	switch {
	case err != nil:
		return l.give(err.Error())
	case b.And(l.reached, b.Or(v.errs, v.fails)) != bdd.False:
		return l.give("it has no value in some state")
	}
	return b.And(l.reached, v.holds)
}

// apply is the meaning of the operators, those on all runs by those on some.
func (l *labeller) apply(op ir.Op, a []bdd.Node) bdd.Node {
	b := l.space.t
	not := func(n bdd.Node) bdd.Node { return b.Diff(l.reached, n) }
	switch op {
	case ir.Not:
		return not(a[0])
	case ir.And:
		return b.And(a[0], a[1])
	case ir.Or:
		return b.Or(a[0], a[1])
	case ir.Implies:
		return b.Or(not(a[0]), a[1])
	case ir.Iff, ir.Eq:
		return b.And(l.reached, b.Iff(a[0], a[1]))
	case ir.Ne:
		return b.Diff(l.reached, b.Iff(a[0], a[1]))
	case ir.EX:
		return l.next(a[0])
	case ir.AX:
		return not(l.next(not(a[0])))
	case ir.EF:
		return l.until(l.reached, a[0])
	case ir.AG:
		return not(l.until(l.reached, not(a[0])))
	case ir.EG:
		return l.always(a[0])
	case ir.AF:
		return not(l.always(not(a[0])))
	case ir.EU:
		return l.until(a[0], a[1])
	case ir.AU:
		q := not(a[1])
		return not(b.Or(l.until(q, b.And(q, not(a[0]))), l.always(q)))
	}
	return l.give(op.String() + " is not an operator of branching time")
}

// next is EX.
func (l *labeller) next(p bdd.Node) bdd.Node { return l.product.before(pairs{p}, nil, 0)[0] }

// until is E[p U q].
func (l *labeller) until(p, q bdd.Node) bdd.Node { return l.product.reach(pairs{p}, pairs{q})[0] }

// always is EG: where a fair run stays in p for ever.
func (l *labeller) always(p bdd.Node) bdd.Node {
	return l.product.reach(pairs{p}, l.product.fair(pairs{p}))[0]
}

// quantify joins what is true for each value of the first binder, which may
// not depend on the state.
func (l *labeller) quantify(e *ir.Bind, binders []ir.Binder) bdd.Node {
	b := l.space.t
	v, err := eval.Expr(binders[0].Domain, &eval.Env{})
	if err != nil {
		return l.give("what " + binders[0].Local.Name + " ranges over is not the same in all states, or has no value")
	}
	var elems []ir.Value
	switch v := v.(type) {
	case ir.SetValue:
		elems = v.Elems
	case ir.SeqValue:
		elems = v.Elems
	case ir.BagValue:
		elems = v.Elems
	}
	all := bdd.False
	if e.Kind == ir.Forall {
		all = l.reached
	}
	for _, v := range elems {
		n := l.label(l.instance(e, binders, v))
		if e.Kind == ir.Forall {
			all = b.And(all, n)
		} else {
			all = b.Or(all, n)
		}
	}
	return all
}

// mostLets is how many values a let above temporal operators may take.
const mostLets = 4096

// let joins what is true where the name has each of its values.
func (l *labeller) let(e *ir.Let) bdd.Node {
	b, all := l.space.t, bdd.False
	if n, finite := ir.Card(e.Local.Type); !finite || !n.IsInt64() || n.Int64() > mostLets {
		return l.give("a let above a temporal operator has too many values")
	}
	for v := range ir.Values(e.Local.Type) {
		lit := &ir.Lit{Node: ir.Node{T: e.Local.Type, Loc: e.Loc}, Value: v}
		is := &ir.Apply{Node: ir.Node{T: e.T, Loc: e.Loc}, Op: ir.Eq, Args: []ir.Expr{e.Value, lit}}
		if where := l.condition(is); where != bdd.False {
			all = b.Or(all, b.And(where, l.label(replaced(e.Body, e.Local, v))))
		}
	}
	return all
}

// instance is a quantified formula with the value of its first binder.
func (l *labeller) instance(e *ir.Bind, binders []ir.Binder, v ir.Value) ir.Expr {
	body := e.Body
	switch {
	case len(binders) > 1:
		inner := *e
		inner.Binders = binders[1:]
		body = &inner
	case e.Cond != nil && e.Kind == ir.Forall:
		body = &ir.Apply{Node: e.Node, Op: ir.Implies, Args: []ir.Expr{e.Cond, e.Body}}
	case e.Cond != nil:
		body = &ir.Apply{Node: e.Node, Op: ir.And, Args: []ir.Expr{e.Cond, e.Body}}
	}
	return replaced(body, binders[0].Local, v)
}

// replaced is an expression with a value in place of a name.
func replaced(e ir.Expr, l *ir.Local, v ir.Value) ir.Expr {
	return ir.Rewrite(e, func(x ir.Expr) ir.Expr {
		if ref, ok := x.(*ir.LocalRef); ok && ref.Local == l {
			return &ir.Lit{Node: ref.Node, Value: v}
		}
		return x
	})
}
