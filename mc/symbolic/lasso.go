package symbolic

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// spot is a state with one of the automaton.
type spot struct {
	state []ir.Value
	q     int
}

// move is a step from a spot to another. Without an action nothing is possible
// and the run rests.
type move struct {
	evidence.Step
	to    spot
	marks uint64
}

// moves are the steps from a spot, in the order of the judge.
func (p *product) moves(at spot) []move {
	outcomes := eval.Successors(p.sys, at.state)
	if len(outcomes) == 0 {
		outcomes = []eval.Outcome{{State: at.state}}
	}
	var out []move
	for _, o := range outcomes {
		if o.Err != nil || o.Assert != nil {
			continue
		}
		letter := p.letter(at.state, o)
		for _, e := range p.edges[at.q] {
			if letter.Pos&e.label.Pos == e.label.Pos && letter.Neg&e.label.Neg == e.label.Neg {
				out = append(out, move{step(o), spot{o.State, e.to}, e.marks})
			}
		}
	}
	return out
}

// letter is which propositions are true and which are false of a state and
// the step that leaves it.
func (p *product) letter(state []ir.Value, o eval.Outcome) buchi.Label {
	var l buchi.Label
	env := &eval.Env{State: state, Taken: &eval.Taken{Action: o.Action, Args: o.Args}}
	for i, prop := range p.props {
		switch ok, err := eval.Holds(prop.Expr, env); {
		case err != nil:
		case ok:
			l.Pos |= 1 << i
		default:
			l.Neg |= 1 << i
		}
	}
	return l
}

func (p *product) has(x pairs, at spot) bool { return p.space.has(x[at.q], at.state) }

// only is the set of one pair.
func (p *product) only(at spot) pairs {
	return p.each(func(q int) bdd.Node {
		if q != at.q {
			return bdd.False
		}
		return p.space.point(at.state)
	})
}

// walk is a run through a product.
type walk struct {
	*product
	start spot
	moves []move
	lost  bool // the diagrams have met a limit
}

func (w *walk) at() spot {
	if n := len(w.moves); n > 0 {
		return w.moves[n-1].to
	}
	return w.start
}

// take makes the first move that is wanted.
func (w *walk) take(wanted func(move) bool) {
	moves := w.product.moves(w.at())
	i := slices.IndexFunc(moves, wanted)
	if w.lost = w.lost || i < 0; !w.lost {
		w.moves = append(w.moves, moves[i])
	}
}

// to goes a shortest way through others to a goal.
func (w *walk) to(through, goal pairs) {
	layers := w.layers(through, goal, func(x pairs) bool { return w.has(x, w.at()) })
	if layers == nil {
		w.lost = true
		return
	}
	for _, x := range slices.Backward(layers[:len(layers)-1]) {
		w.take(func(m move) bool { return w.has(x, m.to) })
	}
}

// layers are the pairs by their distance from a goal, up to a wanted one; nil
// if there is none.
func (p *product) layers(through, goal pairs, wanted func(pairs) bool) []pairs {
	seen, layers := goal, []pairs{goal}
	for last := goal; !wanted(last); layers = append(layers, last) {
		if last = p.without(p.and(through, p.before(last, nil, 0)), seen); last.empty() {
			return nil
		}
		seen = p.or(seen, last)
	}
	return layers
}

// lasso is a run from one of some spots into x, the fair part of a product,
// that goes round there for ever and meets all demands. Its way to x is a
// shortest one. It is nil if the diagrams have met a limit.
//
// From x it goes on to a component that nothing in x leads out of: all demands
// can be met there.
func (p *product) lasso(starts []spot, x pairs) *evidence.Trace {
	var begin int
	if layers := p.layers(p.all(), x, func(l pairs) bool {
		begin = slices.IndexFunc(starts, func(at spot) bool { return p.has(l, at) })
		return begin >= 0
	}); layers == nil {
		return nil
	}
	w := &walk{product: p, start: starts[begin]}
	w.to(p.all(), x)
	var home pairs
	for !w.lost {
		home = p.closure(p.only(w.at()), x)
		out := p.without(home, p.reach(x, p.only(w.at())))
		if out.empty() {
			break
		}
		w.to(x, out)
	}
	stem := len(w.moves)
	if !w.lost {
		w.round(home)
	}
	if w.lost {
		return nil
	}
	return w.trace(stem)
}

// round goes round in a component, meets every demand and comes back.
func (w *walk) round(home pairs) {
	begin, first := w.at(), len(w.moves)
	for _, d := range w.demands {
		if w.lost || w.met(d, home, first) {
			continue
		}
		w.to(home, w.meets(home, d))
		if !w.lost && !w.met(d, home, first) {
			w.take(func(m move) bool { return w.has(home, m.to) && d.metBy(m) })
		}
	}
	if end := w.only(begin); !w.lost {
		w.to(home, w.and(home, w.before(end, nil, 0)))
		w.take(func(m move) bool { return w.has(end, m.to) })
	}
}

// met reports whether the moves from the first on meet a demand in a
// component.
func (w *walk) met(d demand, home pairs, first int) bool {
	if slices.ContainsFunc(w.moves[first:], d.metBy) {
		return true
	}
	switch {
	case d.via == nil:
		return false
	case d.via.strong():
		return w.each(func(q int) bdd.Node { return w.space.t.And(home[q], d.via.possible) }).empty()
	}
	idle := func(at spot) bool { return !w.space.has(d.via.possible, at.state) }
	return idle(w.at()) || slices.ContainsFunc(w.moves[first:], func(m move) bool { return idle(m.to) })
}

// metBy reports whether a move meets a demand.
func (d demand) metBy(m move) bool {
	if d.via == nil {
		return m.marks&d.mark != 0
	}
	if m.Action != d.via.action {
		return false
	}
	for i, v := range d.via.args {
		if v != nil && !ir.Equal(v, m.Args[i]) {
			return false
		}
	}
	return true
}

// trace is the run as evidence. Where it rests it stays.
func (w *walk) trace(stem int) *evidence.Trace {
	t := &evidence.Trace{Steps: []evidence.Step{{State: w.start.state}}, Loop: stem}
	for i, m := range w.moves {
		switch {
		case m.Action == nil:
			t.Loop = i
			return t
		case i == len(w.moves)-1:
			t.Back = m.Step
		default:
			t.Steps = append(t.Steps, m.Step)
		}
	}
	return t
}
