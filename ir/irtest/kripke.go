package irtest

import (
	"fmt"
	"math/rand/v2"

	"github.com/spec-lang/spec/ir"
)

// Kripke makes random Systems of one variable of a few values, with fairness
// of every kind, and random formulas about it.
type Kripke struct {
	*B
	r    *rand.Rand
	n    int
	typ  *ir.Type
	at   *ir.Var
	free []*ir.Local
}

// NewKripke returns a System of up to seven states and four actions, the same
// for the same seed.
func NewKripke(seed uint64) *Kripke {
	k := &Kripke{B: New("Kripke"), r: rand.New(rand.NewPCG(seed, 7))}
	k.n = 2 + k.r.IntN(6)
	k.typ = k.Ints(0, int64(k.n-1))
	k.at = k.Var("at", k.typ)
	x := k.Local("x", k.typ)
	k.Init(k.Pick(x, k.Val(k.Set(k.typ), k.some(3, true)), nil), k.Put(k.at, k.Use(x)))
	for i := range 1 + k.r.IntN(4) {
		k.action(fmt.Sprintf("A%d", i))
	}
	return k
}

// some is a set of states, each with odds of one in so many.
func (k *Kripke) some(odds int, never0 bool) ir.Value {
	s := ir.SetValue{}
	for i := range k.n {
		if k.r.IntN(odds) == 0 {
			s.Elems = append(s.Elems, ir.NewInt(int64(i)))
		}
	}
	if never0 && len(s.Elems) == 0 {
		s.Elems = append(s.Elems, ir.NewInt(0))
	}
	return s
}

// AtOneOf says that the state is one of some, each of which has odds of one in
// so many.
func (k *Kripke) AtOneOf(odds int) ir.Expr {
	return k.Op(ir.In, k.Get(k.at), k.Val(k.Set(k.typ), k.some(odds, false)))
}

// action leads from each state to any of some, perhaps for each of two
// arguments.
func (k *Kripke) action(name string) {
	targets := k.Set(k.typ)
	table := func() ir.Expr {
		m := ir.MapValue{}
		for i := range k.n {
			m.Keys, m.Vals = append(m.Keys, ir.NewInt(int64(i))), append(m.Vals, k.some(4, false))
		}
		return k.Op(ir.Get, k.Val(k.Func(k.typ, targets), m), k.Get(k.at))
	}
	to := table()
	var params []*ir.Param
	if k.r.IntN(3) == 0 {
		p := k.Param("b", k.Bool())
		if k.r.IntN(3) == 0 {
			p = k.ParamIn("b", k.Values(k.Bool()))
		}
		params, to = append(params, p), k.Cond(k.Use(p.Local), table(), table())
	}
	x := k.Local("x", k.typ)
	a := k.Action(name, params, nil, k.Pick(x, to, nil), k.Put(k.at, k.Use(x)))
	a.Fair = ir.Fairness(k.r.IntN(3))
	a.FairAny = k.r.IntN(3) == 0
}

// Branching is a formula of branching time, of operators nested so deep.
func (k *Kripke) Branching(depth int) ir.Expr {
	return k.formula(depth, []ir.Op{ir.AG, ir.AF, ir.AX, ir.EG, ir.EF, ir.EX, ir.AU, ir.EU, ir.And, ir.Or, ir.Implies, ir.Iff, ir.Not})
}

// Linear is a formula of linear time, of operators nested so deep.
func (k *Kripke) Linear(depth int) ir.Expr {
	return k.formula(depth, []ir.Op{ir.Always, ir.Eventually, ir.NextTime, ir.Until, ir.Unless, ir.Release, ir.LeadsTo, ir.And, ir.Or, ir.Implies, ir.Iff, ir.Not})
}

func (k *Kripke) formula(depth int, ops []ir.Op) ir.Expr {
	if depth == 0 {
		return k.atom(ops[0] == ir.Always)
	}
	switch k.r.IntN(12) {
	case 0:
		return k.bound(depth, ops)
	case 1:
		return k.Cond(k.formula(depth-1, ops), k.formula(depth-1, ops), k.formula(depth-1, ops))
	}
	op := ops[k.r.IntN(len(ops))]
	args := []ir.Expr{k.formula(depth-1, ops)}
	if ir.Ops[op].Arity == 2 {
		args = append(args, k.formula(depth-1, ops))
	}
	return k.Op(op, args...)
}

// atom speaks of the state, or perhaps of the step that leaves it.
func (k *Kripke) atom(steps bool) ir.Expr {
	switch {
	case steps && k.r.IntN(3) == 0:
		a := k.Sys.Actions[k.r.IntN(len(k.Sys.Actions))]
		return &ir.ActionPred{Node: ir.Node{T: k.Bool(), Loc: a.Span}, Taken: k.r.IntN(3) > 0, Action: a, Any: true}
	case len(k.free) > 0 && k.r.IntN(2) == 0:
		return k.Op(ir.Eq, k.Get(k.at), k.Use(k.free[k.r.IntN(len(k.free))]))
	}
	return k.AtOneOf(2)
}

// bound has a name for a state in it: any, some, or the one that it is in.
func (k *Kripke) bound(depth int, ops []ir.Op) ir.Expr {
	l := k.Local("y", k.typ)
	k.free = append(k.free, l)
	body := k.formula(depth-1, ops)
	k.free = k.free[:len(k.free)-1]
	switch {
	case k.r.IntN(3) == 0:
		return &ir.Let{Node: ir.Node{T: k.Bool()}, Local: l, Value: k.Get(k.at), Body: body}
	case k.r.IntN(2) == 0:
		return k.All(l, k.Values(k.typ), body)
	}
	return k.Some(l, k.Values(k.typ), body)
}
