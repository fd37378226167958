package simulate

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
)

// finding is the finding on a target that a run decides, without its trace.
func (p *plan) finding(n int) evidence.Finding {
	t := p.targets[n]
	f := evidence.Finding{Prop: t.prop, Check: t.check, Verdict: evidence.Violated}
	if t.prop.Kind == ir.Witness {
		f.Verdict = evidence.Holds
	}
	return f
}

// trace builds the run that takes the outcomes with the given numbers, with
// the judge. A number that the judge does not have ends it.
func (p *plan) trace(choices []int) *evidence.Trace {
	tr, _ := p.follow(choices)
	return tr
}

// follow is trace, with the last outcome as the judge says it is.
func (p *plan) follow(choices []int) (*evidence.Trace, eval.Outcome) {
	tr := &evidence.Trace{Loop: -1}
	next := eval.Initial(p.sys)
	var o eval.Outcome
	for i, c := range choices {
		if i > 0 {
			next = eval.Successors(p.sys, o.State)
		}
		if c >= len(next) {
			break
		}
		o = next[c]
		step := evidence.Step{Action: o.Action, Args: o.Args, State: o.State}
		if o.Action != nil {
			step.Span = o.Action.NameSpan
		}
		tr.Steps = append(tr.Steps, step)
	}
	return tr, o
}

// show gives a finding the trace with the given outcomes, and what failed in
// it.
func (p *plan) show(f *evidence.Finding, choices []int) {
	tr, last := p.follow(choices)
	f.Trace, f.Depth = tr, len(tr.Steps)-1
	switch {
	case last.Assert != nil:
		p.failed(f, &eval.Error{Span: last.Assert.Span()})
		f.Failing, f.Why = &evidence.Failing{Expr: last.Assert.Cond, Since: f.Depth}, ""
	case last.Err != nil:
		p.failed(f, last.Err)
	case f.Prop.Kind == ir.Evaluation:
		p.failed(f, p.formulaError(tr))
	}
}

func (p *plan) failed(f *evidence.Finding, err *eval.Error) {
	if err == nil {
		return
	}
	f.Span, f.Why = err.Span, err.Msg
	if f.Check == nil {
		own := *f.Prop
		own.Span = err.Span
		f.Prop = &own
	}
}

// formulaError is why some condition has no value at the end of a trace.
func (p *plan) formulaError(tr *evidence.Trace) *eval.Error {
	last := len(tr.Steps) - 1
	env := &eval.Env{State: tr.Steps[last].State}
	if last > 0 {
		env.Old = tr.Steps[last-1].State
		env.Taken = &eval.Taken{Action: tr.Steps[last].Action, Args: tr.Steps[last].Args}
	}
	for _, e := range p.conditions(last > 0) {
		if _, err := eval.Holds(e, env); err != nil {
			return err
		}
	}
	return nil
}

// conditions are all that is tested at a state, in order; those of steps only
// after a step.
func (p *plan) conditions(stepped bool) []ir.Expr {
	var out []ir.Expr
	for _, t := range p.targets[:p.builtIn(0)] {
		if t.prop.Kind != ir.Step || stepped {
			out = append(out, t.test.Expr)
		}
	}
	for _, b := range p.bounds {
		out = append(out, b.Expr)
	}
	if p.stop != nil {
		out = append(out, p.stop.Expr)
	}
	return out
}

// shorten leaves out of a run what its end does not need: it returns the
// choices of a shortest run that visits only states of the given one and ends
// with the same step; for a property of states with any step to the last
// state.
func (p *plan) shorten(m *program.Machine, choices []int, kind ir.PropKind) []int {
	s := &shortener{p: p, m: m, next: outcomes{words: p.prog.Layout.Words}, place: map[string]int{}}
	end := s.visit(choices)
	last := choices[len(choices)-1]
	if len(choices) < 3 {
		return choices
	}
	goal := end
	switch kind {
	case ir.Invariant, ir.Witness, ir.Deadlock:
		goal, last = s.last, -1
	}
	way := s.shortest(goal)
	if last >= 0 {
		way = append(way, last)
	}
	return way
}

// shortener searches the states of one run breadth-first.
type shortener struct {
	p     *plan
	m     *program.Machine
	next  outcomes
	place map[string]int // of a key, in keys
	keys  [][]uint64
	last  int // place of the last state
}

// node is how a state is reached.
type node struct {
	from, choice int
	known        bool
}

func (s *shortener) note(key []uint64) int {
	name := keyName(key)
	if at, ok := s.place[name]; ok {
		return at
	}
	s.place[name] = len(s.keys)
	s.keys = append(s.keys, slices.Clone(key))
	return len(s.keys) - 1
}

// visit notes the states of a run and returns the place of the one before the
// last.
func (s *shortener) visit(choices []int) (before int) {
	at := s.note(s.p.initial.key(choices[0]))
	s.last, before = at, at
	for _, c := range choices[1:] {
		s.expand(at)
		before = at
		if s.next.list[c].fails != sound {
			break
		}
		at = s.note(s.next.key(c))
		s.last = at
	}
	return before
}

func (s *shortener) expand(at int) {
	s.next.reset()
	s.m.Successors(s.keys[at], func(m *program.Machine) { s.next.add(s.p, m) })
}

// shortest returns the choices of a shortest run to a state.
func (s *shortener) shortest(goal int) []int {
	nodes := make([]node, len(s.keys))
	var queue []int
	reach := func(list *outcomes, from int) {
		for c := range list.list {
			at, ok := s.place[keyName(list.key(c))]
			if ok && list.list[c].fails == sound && !nodes[at].known {
				nodes[at] = node{from, c, true}
				queue = append(queue, at)
			}
		}
	}
	reach(&s.p.initial, -1)
	for i := 0; i < len(queue) && !nodes[goal].known; i++ {
		s.expand(queue[i])
		reach(&s.next, queue[i])
	}
	var way []int
	for at := goal; at >= 0; at = nodes[at].from {
		way = append(way, nodes[at].choice)
	}
	slices.Reverse(way)
	return way
}

// keyName is a key as a map takes it.
func keyName(key []uint64) string {
	b := make([]byte, 0, 8*len(key))
	for _, w := range key {
		for i := range 8 {
			b = append(b, byte(w>>(8*i)))
		}
	}
	return string(b)
}
