// Package reference searches with the reference evaluator and nothing else:
// breadth-first, every state kept whole. It is what engines are compared with
// on small systems, and decides what they do not decide yet.
package reference

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// Progress is how far a search has come.
type Progress struct {
	Distinct, Queue uint64
	Depth           int
}

// Options limit a search. The zero Options do not.
type Options struct {
	MaxStates uint64         // distinct states
	Progress  func(Progress) // called after each state; may be nil
}

// node is a state with the way that led to it.
type node struct {
	from  *node
	step  evidence.Step
	depth int
}

func (n *node) trace() *evidence.Trace {
	steps := make([]evidence.Step, n.depth+1)
	for ; n != nil; n = n.from {
		steps[n.depth] = n.step
	}
	return &evidence.Trace{Steps: steps, Loop: -1}
}

type search struct {
	sys   *ir.System
	res   *evidence.Result
	seen  map[string]bool
	queue []*node
	found map[ir.PropKind]*evidence.Finding // violations of built-in properties
}

// Check visits the reachable states of sys, all of them unless ctx ends or a
// limit is met, and decides what it checks. Temporal and branching properties
// stay Unknown.
func Check(ctx context.Context, sys *ir.System, opt Options) *evidence.Result {
	s := &search{sys: sys, seen: map[string]bool{}, found: map[ir.PropKind]*evidence.Finding{},
		res: &evidence.Result{System: sys, Engine: "breadth-first, reference evaluator"}}
	for i := range sys.Checks {
		s.res.Findings = append(s.res.Findings, evidence.Finding{Prop: sys.Checks[i].Prop, Check: &sys.Checks[i]})
	}
	for _, a := range sys.Actions {
		s.res.Coverage.Actions = append(s.res.Coverage.Actions, evidence.ActionCount{Action: a})
	}
	for _, o := range eval.Initial(sys) {
		s.reach(o, nil)
	}
	s.res.States.Initial = uint64(len(s.queue))
	for len(s.queue) > 0 && s.res.Basis.Limit == "" {
		s.expand()
		switch {
		case ctx.Err() != nil:
			s.res.Basis.Limit = context.Cause(ctx).Error()
		case opt.MaxStates > 0 && s.res.States.Distinct > opt.MaxStates:
			s.res.Basis.Limit = "the limit on states"
		}
		if opt.Progress != nil {
			opt.Progress(Progress{s.res.States.Distinct, uint64(len(s.queue)), s.res.States.Depth})
		}
	}
	s.conclude()
	return s.res
}

func (s *search) expand() {
	n := s.queue[0]
	s.queue = s.queue[1:]
	next := eval.Successors(s.sys, n.step.State)
	var last *ir.Action
	for _, o := range next {
		if o.Action != last {
			s.res.Coverage.Actions[o.Action.Index].Enabled++
			last = o.Action
		}
		s.reach(o, n)
	}
	if len(next) > 0 {
		return
	}
	if s.sys.Terminal != nil {
		if ok, err := eval.Holds(s.sys.Terminal, &eval.Env{State: n.step.State}); err != nil {
			s.fail(ir.Evaluation, n).Why = err.Msg
		} else if ok {
			return
		}
	}
	s.fail(ir.Deadlock, n).Prop.Span = s.sys.Span
}

// fail notes the first violation of a built-in property.
func (s *search) fail(kind ir.PropKind, n *node) *evidence.Finding {
	f := &evidence.Finding{Prop: &ir.Property{Kind: kind}, Verdict: evidence.Violated, Depth: n.depth, Trace: n.trace()}
	if s.found[kind] == nil {
		s.found[kind] = f
	}
	return f
}

func (s *search) reach(o eval.Outcome, from *node) {
	n := &node{from: from, step: evidence.Step{Action: o.Action, Args: o.Args, State: o.State}}
	if from != nil {
		n.depth, n.step.Span = from.depth+1, o.Action.NameSpan
	}
	switch {
	case o.Err != nil:
		f := s.fail(ir.Evaluation, n)
		f.Why, f.Prop.Span = o.Err.Msg, o.Err.Span
		return
	case o.Assert != nil:
		f := s.fail(ir.Assertion, n)
		f.Failing, f.Prop.Span = &evidence.Failing{Expr: o.Assert.Cond}, o.Assert.Span()
		return
	}
	s.res.States.Generated++
	if o.Action != nil {
		s.res.Coverage.Actions[o.Action.Index].Taken++
	}
	s.look(n)
	for _, b := range s.sys.Bounds {
		if ok, err := eval.Holds(b.Cond, &eval.Env{State: o.State}); err == nil && !ok {
			s.res.Basis.Cuts++
			return
		}
	}
	if key := key(o.State); !s.seen[key] {
		s.seen[key] = true
		if o.Action != nil {
			s.res.Coverage.Actions[o.Action.Index].New++
		}
		s.res.States.Distinct++
		s.res.States.Depth = n.depth
		s.queue = append(s.queue, n)
	}
}

// look evaluates the properties that are not decided yet.
func (s *search) look(n *node) {
	env := &eval.Env{State: n.step.State}
	if n.from != nil {
		env.Old, env.Taken = n.from.step.State, &eval.Taken{Action: n.step.Action, Args: n.step.Args}
	}
	for i := range s.res.Findings {
		f := &s.res.Findings[i]
		kind := f.Prop.Kind
		if f.Trace != nil || kind != ir.Invariant && kind != ir.Witness && (kind != ir.Step || n.from == nil) {
			continue
		}
		ok, err := eval.Holds(f.Prop.Formula, env)
		switch {
		case err != nil:
			f.Why = "it has no value in some state"
			g := s.fail(ir.Evaluation, n)
			g.Why, g.Prop.Span = err.Msg, err.Span
		case ok == (kind == ir.Witness):
			f.Verdict, f.Depth, f.Trace = evidence.Violated, n.depth, n.trace()
			if kind == ir.Witness {
				f.Verdict = evidence.Holds
			}
		}
	}
}

func (s *search) conclude() {
	complete := s.res.Basis.Limit == ""
	if complete {
		s.res.Basis.Kind = evidence.Exhaustive
	}
	if complete && s.res.Basis.Cuts > 0 {
		s.res.Basis.Kind = evidence.Bounded
	}
	for i := range s.res.Findings {
		f := &s.res.Findings[i]
		switch kind := f.Prop.Kind; {
		case f.Trace != nil || f.Why != "":
		case kind == ir.Scenario:
			s.scenario(f)
		case kind == ir.Temporal || kind == ir.CTL:
			f.Why = "this search does not decide temporal properties"
		case s.res.Basis.Kind == evidence.Exhaustive && kind == ir.Witness:
			f.Verdict = evidence.Violated
		case s.res.Basis.Kind == evidence.Exhaustive:
			f.Verdict = evidence.Holds
		}
	}
	for _, kind := range []ir.PropKind{ir.Deadlock, ir.Assertion, ir.Evaluation} {
		if f := s.found[kind]; f != nil {
			s.res.Findings = append(s.res.Findings, *f)
		}
	}
}

func key(state []ir.Value) string {
	var b []byte
	for _, v := range state {
		b = append(append(b, ir.Format(v)...), ';')
	}
	return string(b)
}
