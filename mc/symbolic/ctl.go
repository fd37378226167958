package symbolic

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// branching decides the properties of branching time, if all states are
// known.
func (s *search) branching(res *evidence.Result) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Prop.Kind != ir.CTL {
			continue
		}
		if f.Why = s.undecidable(res); f.Why != "" {
			continue
		}
		l := &labeller{search: s}
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
}

// undecidable says why nothing can be said about branching time.
func (s *search) undecidable(res *evidence.Result) string {
	for _, a := range s.sys.Actions {
		if a.Fair != ir.Unfair {
			return "this engine does not know fairness, which " + a.Name + " has; use --engine explicit"
		}
	}
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
	*search
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
func (l *labeller) next(p bdd.Node) bdd.Node {
	b := l.space.t
	possible := bdd.False
	for _, r := range l.space.steps {
		possible = b.Or(possible, r.enabled)
	}
	return b.Or(b.And(l.reached, l.space.preimage(p)), b.Diff(p, possible))
}

// until is E[p U q], the least fixpoint of q or p and EX.
func (l *labeller) until(p, q bdd.Node) bdd.Node {
	b := l.space.t
	for fresh := q; fresh != bdd.False; {
		fresh = b.Diff(b.And(p, l.space.preimage(fresh)), q)
		q = b.Or(q, fresh)
	}
	return q
}

// always is EG p, the greatest fixpoint of p and EX.
func (l *labeller) always(p bdd.Node) bdd.Node {
	for {
		smaller := l.space.t.And(p, l.next(p))
		if smaller == p || l.space.t.Stopped() {
			return p
		}
		p = smaller
	}
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
	return ir.Rewrite(body, func(x ir.Expr) ir.Expr {
		if ref, ok := x.(*ir.LocalRef); ok && ref.Local == binders[0].Local {
			return &ir.Lit{Node: ref.Node, Value: v}
		}
		return x
	})
}
