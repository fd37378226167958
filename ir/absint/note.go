package absint

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// note is what is known of one expression or statement, over all its
// evaluations in reachable states.
type note struct {
	value   *Value // of an expression that is evaluated; nil if it never is
	fails   bool   // an evaluation may end in an error of its own
	reached bool   // a statement that some run may come to
	passed  bool   // and go on from
}

func (x *run) note(t ir.Tree) *note {
	n := x.notes[t]
	if n == nil {
		n = &note{}
		x.notes[t] = n
	}
	return n
}

func (n *note) add(v *Value) {
	if n.value == nil {
		n.value = v
	} else {
		n.value = n.value.join(v)
	}
}

// lose notes that a function is called in ways that are not followed:
// everything in it, and in what it calls, may be anything.
func (x *run) lose(f *ir.Func) {
	if x.notes == nil || slices.Contains(x.lost, f) {
		return
	}
	x.lost = append(x.lost, f)
	look := func(t ir.Tree) bool {
		if c, ok := t.(*ir.Call); ok {
			x.lose(c.Func)
		}
		return true
	}
	if f.Value != nil {
		ir.Walk(f.Value, look)
	}
	ir.WalkBody(f.Body, look)
}

// forgetLost drops what was noted in functions that are lost.
func (x *run) forgetLost() {
	anything := func(t ir.Tree) bool {
		n := &note{fails: true, reached: true, passed: true}
		if e, ok := t.(ir.Expr); ok {
			n.value = x.shapes.of(e.Type()).top
		}
		x.notes[t] = n
		return true
	}
	for _, f := range x.lost {
		if f.Value != nil {
			ir.Walk(f.Value, anything)
		}
		ir.WalkBody(f.Body, anything)
	}
}

// Trees is what is known of the expressions and statements of a System,
// wherever they are evaluated in a run, a property or a bound.
type Trees struct{ notes map[ir.Tree]*note }

// Trees evaluates everything once more in the reachable states and keeps what
// it comes to. Formulas of runs (temporal and CTL) and scenarios are left out.
func (f *Facts) Trees() Trees {
	x := f.x
	x.notes, x.lost = map[ir.Tree]*note{}, nil
	defer func() { x.notes = nil }()
	f.initial()
	if f.state == nil {
		return Trees{x.notes}
	}
	from := f.explored()
	if from != nil {
		for _, a := range f.sys.Actions {
			x.after(a, from)
		}
	}
	for _, b := range f.sys.Bounds {
		f.look(b.Cond, f.state)
	}
	f.look(f.sys.Terminal, f.state)
	for _, p := range f.sys.Props {
		switch {
		case p.Kind == ir.Invariant || p.Kind == ir.Witness:
			f.look(p.Formula, f.state)
		case p.Kind == ir.Step && from != nil:
			f.look(p.Formula, &env{now: f.state.now, old: from.now})
		}
	}
	x.forgetLost()
	return Trees{x.notes}
}

// Guards is Trees for the domains and guards of actions alone.
func (f *Facts) Guards() Trees {
	x := f.x
	x.notes, x.lost = map[ir.Tree]*note{}, nil
	defer func() { x.notes = nil }()
	if f.state == nil {
		return Trees{x.notes}
	}
	if from := f.explored(); from != nil {
		for _, a := range f.sys.Actions {
			x.begin()
			for _, in := range x.instances(a, from) {
				x.guarded(a, in)
			}
		}
	}
	x.forgetLost()
	return Trees{x.notes}
}

func (f *Facts) look(e ir.Expr, at *env) {
	if e != nil {
		f.x.begin()
		f.x.eval(e, at)
	}
}

// Value returns what an expression may be; nil if it is never evaluated.
func (ts Trees) Value(e ir.Expr) *Value {
	n := ts.notes[e]
	if n == nil {
		return nil
	}
	return n.value
}

// MayFail reports whether an evaluation of an expression or assignment may be
// an error of its own, not of a part of it; for an assertion, whether it may
// be false.
func (ts Trees) MayFail(t ir.Tree) bool {
	n := ts.notes[t]
	return n != nil && n.fails
}

// Fails reports whether an expression, assignment or assertion that some run
// may come to always ends in an error of its own.
func (ts Trees) Fails(t ir.Tree) bool {
	n := ts.notes[t]
	switch {
	case n == nil || !n.fails:
		return false
	case n.value != nil:
		return n.value.Empty()
	}
	return n.reached && !n.passed
}

// Blocks reports whether no run goes past a statement that it may come to.
func (ts Trees) Blocks(s ir.Stmt) bool {
	n := ts.notes[s]
	return n != nil && n.reached && !n.passed
}

// Reached reports whether a run may come to a statement.
func (ts Trees) Reached(s ir.Stmt) bool { return ts.notes[s] != nil && ts.notes[s].reached }
