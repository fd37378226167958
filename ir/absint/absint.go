// Package absint says what may be in the reachable states of a System without
// visiting them: abstract interpretation (Cousot and Cousot, "Abstract
// interpretation: a unified lattice model", POPL 1977).
//
// For every variable it computes a Value, a set of values that holds what the
// variable is in every reachable state, and perhaps more: numbers as intervals
// and congruences, everything else by its parts (see Value). The variables
// are taken alone, so that what one says of another is lost; the parameters of
// an action are taken value by value where they have few.
//
//   - Every claim is of all reachable states, those outside the bounds that
//     are only checked included. It may be weaker than what is true, never
//     stronger.
//   - A System has its constants bound: a claim is of one model.
package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// Facts are what is true in every reachable state of a System.
type Facts struct {
	sys   *ir.System
	x     *run
	state *env // joined over all reachable states; nil if there is none
	acts  []*act
}

// act is an action with what the analysis needs of it.
type act struct {
	a       *ir.Action
	reads   []*ir.Var
	writes  []*ir.Var
	pending bool // what it reads has changed since it was last run
	fires   bool // some instance may have a successor
}

// Var returns what a variable may be in the reachable states; nothing if
// there are none.
func (f *Facts) Var(v *ir.Var) *Value {
	if f.state == nil {
		return f.x.shapes.of(v.Type).bottom
	}
	return f.state.now[v.Index]
}

// Starts reports whether there may be an initial state: without one, all that
// is said of the reachable states is said of none.
func (f *Facts) Starts() bool { return f.state != nil }

// Fires reports whether an action may be taken in some reachable state. What
// ends in an error or a failed assertion is not taken.
func (f *Facts) Fires(a *ir.Action) bool { return f.acts[a.Index].fires }

// Truth is what is known of a state predicate in the reachable states.
type Truth struct {
	True, False, Error bool // whether it may be
}

// Truth evaluates a state predicate in the reachable states.
func (f *Facts) Truth(e ir.Expr) Truth {
	if f.state == nil {
		return Truth{}
	}
	return f.truth(e, f.state)
}

func (f *Facts) truth(e ir.Expr, at *env) Truth {
	f.x.begin()
	v := f.x.eval(e, at)
	return Truth{True: v.Has(ir.Bool(true)), False: v.Has(ir.Bool(false)), Error: f.x.failed}
}

// Property evaluates the formula of an invariant, a witness or a step property
// in the reachable states, or between two of them. Of others nothing is known.
func (f *Facts) Property(p *ir.Property) Truth {
	switch p.Kind {
	case ir.Invariant, ir.Witness:
		return f.Truth(p.Formula)
	case ir.Step:
		return f.Step(p.Formula)
	}
	return Truth{True: true, False: true, Error: true}
}

// Step evaluates a predicate on the steps between reachable states.
func (f *Facts) Step(e ir.Expr) Truth {
	if f.state == nil {
		return Truth{}
	}
	return f.truth(e, &env{now: f.state.now, old: f.state.now})
}

// Proves reports whether e, a state predicate, is certain to be true in every
// reachable state, with no evaluation error.
func (f *Facts) Proves(e ir.Expr) bool {
	t := f.Truth(e)
	return !t.False && !t.Error
}

// Of computes the Facts of a System that ir/verify accepts.
func Of(sys *ir.System) *Facts { return of(sys, maxListed) }

// OfTypes returns the Facts that follow from the types alone: every variable
// and every constant may be any value of its type, and every sort may have any
// number of elements. What they say of the reachable states is what can be
// said without knowing what the actions do.
func OfTypes(sys *ir.System) *Facts {
	f := &Facts{sys: sys, x: newRun(sys, maxListed), state: &env{}}
	f.x.blind, f.x.shapes.open = true, true
	for _, v := range sys.Vars {
		f.state.now = append(f.state.now, f.x.shapes.of(v.Type).top)
	}
	for _, a := range sys.Actions {
		f.acts = append(f.acts, &act{a: a, fires: true})
	}
	return f
}

func of(sys *ir.System, listed int) *Facts {
	f := &Facts{sys: sys, x: newRun(sys, listed)}
	for _, a := range sys.Actions {
		r := &roots{}
		for _, p := range a.Params {
			r.expr(p.Domain, nil)
		}
		if a.Guard != nil {
			r.expr(a.Guard, nil)
		}
		r.stmts(a.Body)
		f.acts = append(f.acts, &act{a: a, reads: append(r.vars, r.olds...), writes: written(a.Body), pending: true})
	}
	f.state = f.initial()
	if f.state == nil {
		return f
	}
	if f.ascend() { // what was widened may be more than need be
		f.descend()
		f.descend()
	}
	return f
}

func newRun(sys *ir.System, listed int) *run {
	x := &run{shapes: shapes{made: map[*ir.Type]*shape{}, most: listed}, free: map[ir.Expr]*roots{}, lits: map[*ir.Lit]*Value{}, times: 1}
	x.thresholds = thresholds(sys)
	return x
}

// thresholds are the numbers that a System speaks of and their neighbours,
// in order.
func thresholds(sys *ir.System) []*big.Int {
	var out []*big.Int
	near := func(n *big.Int) {
		out = append(out, new(big.Int).Sub(n, one), n, new(big.Int).Add(n, one))
	}
	near(new(big.Int))
	value := func(v ir.Value) {
		if n, ok := v.(ir.Int); ok {
			near(n.Int)
		}
	}
	for _, c := range sys.Consts {
		value(c.Value)
	}
	for _, s := range sys.Sorts {
		near(big.NewInt(int64(len(s.Elems))))
	}
	typ := func(t *ir.Type) {
		if t.Kind == ir.RangeKind {
			near(t.Lo)
			near(t.Hi)
		}
		if t.Kind == ir.SeqKind && t.Max > 0 {
			near(big.NewInt(int64(t.Max)))
		}
	}
	sys.Walk(func(t ir.Tree) bool {
		if e, ok := t.(ir.Expr); ok {
			typ(e.Type())
		}
		if l, ok := t.(*ir.Lit); ok {
			value(l.Value)
		}
		return true
	})
	slices.SortFunc(out, (*big.Int).Cmp)
	return slices.CompactFunc(out, func(a, b *big.Int) bool { return a.Cmp(b) == 0 })
}

func (f *Facts) initial() *env {
	f.x.begin()
	return f.x.exec(f.sys.Init, &env{now: make([]*Value, len(f.sys.Vars))}).forget()
}

// forget returns at without names.
func (at *env) forget() *env {
	if at == nil {
		return nil
	}
	return &env{now: at.now}
}

// explored are the states that have successors: those within the bounds.
func (f *Facts) explored() *env {
	at := f.state
	for _, b := range f.sys.Bounds {
		f.x.begin()
		f.x.eval(b.Cond, at)
		if f.x.failed { // a bound without a value cuts nothing
			continue
		}
		if at = f.x.assume(b.Cond, true, at); at == nil {
			return nil
		}
	}
	return at
}

// ascend adds what actions lead to until there is nothing new, and reports
// whether it had to widen.
func (f *Facts) ascend() (widened bool) {
	changes := make([]int, len(f.sys.Vars))
	for again := true; again; {
		again = false
		for _, a := range f.acts {
			if !a.pending {
				continue
			}
			a.pending = false
			at := f.explored()
			if at == nil {
				return false
			}
			again = f.include(a, f.x.after(a.a, at), changes) || again
		}
	}
	return slices.Max(append(changes, 0)) > patience
}

// include adds the states after an action and reports whether there are new
// ones.
func (f *Facts) include(a *act, after *env, changes []int) bool {
	if after == nil {
		return false
	}
	a.fires = true
	grew := false
	for _, v := range a.writes {
		old := f.state.now[v.Index]
		w := old.join(after.now[v.Index])
		if w.same(old) {
			continue
		}
		if changes[v.Index]++; changes[v.Index] > patience {
			w = old.widen(w, f.x.within(changes[v.Index]))
		}
		f.state = f.state.set(v, w)
		grew = true
		f.wake(v)
	}
	return grew
}

// wake marks the actions that a change of v may change. Bounds may read
// anything, so with bounds it is all of them.
func (f *Facts) wake(v *ir.Var) {
	for _, a := range f.acts {
		a.pending = a.pending || len(f.sys.Bounds) > 0 || slices.Contains(a.reads, v)
	}
}

// descend runs every action once more from what is known, which may be less
// than what widening made of it.
func (f *Facts) descend() {
	from := f.explored()
	next := f.initial()
	for _, a := range f.acts {
		var after *env
		if from != nil {
			after = f.x.after(a.a, from)
		}
		a.fires = after != nil
		if after == nil {
			continue
		}
		for _, v := range a.writes {
			next = next.set(v, next.now[v.Index].join(after.now[v.Index]))
		}
	}
	next = &env{now: mergeAll(f.state.now, next.now, (*Value).meet)}
	f.state = next
}
