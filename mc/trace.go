package mc

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// tracer rebuilds runs: it computes the successors of each stored state on
// the way again and looks which of them comes next.
type tracer struct {
	prog *program.Program
	m    *program.Machine
	st   *store.Store
}

func (s *search) tracer() tracer { return tracer{s.prog, s.workers[0].m, s.store} }

// to returns the trace to a hit.
func (t tracer) to(h *hit) *evidence.Trace {
	var way []store.Ref
	for r := h.from; r != store.NoRef; r = t.st.Parent(r) {
		way = append(way, r)
	}
	slices.Reverse(way)
	tr := &evidence.Trace{Loop: -1}
	for i, r := range way {
		if i == 0 {
			tr.Steps = append(tr.Steps, evidence.Step{State: t.state(r)})
			continue
		}
		tr.Steps = append(tr.Steps, t.between(way[i-1], r))
	}
	if !h.deadlock {
		tr.Steps = append(tr.Steps, t.outcome(h.from, h.via.Outcome()))
	}
	return tr
}

func (t tracer) key(r store.Ref) []uint64 {
	key := make([]uint64, t.prog.Layout.Words)
	t.st.Key(r, key)
	return key
}

func (t tracer) state(r store.Ref) []ir.Value {
	slots := make([]uint64, len(t.prog.Layout.Slots)+1)
	t.prog.Layout.Unpack(slots, t.key(r))
	return t.prog.Layout.Decode(slots)
}

// between returns the first step from one state to another.
func (t tracer) between(from, to store.Ref) evidence.Step {
	want, key := t.key(to), make([]uint64, t.prog.Layout.Words)
	return t.step(from, func(m *program.Machine, _ int) bool {
		t.prog.Layout.Pack(key, m.State())
		return m.Failure() == nil && slices.Equal(key, want)
	})
}

// outcome returns the step to outcome n of a state, or of the initial
// statements.
func (t tracer) outcome(from store.Ref, n int) evidence.Step {
	return t.step(from, func(_ *program.Machine, i int) bool { return i == n })
}

// step returns the first step that is wanted.
func (t tracer) step(from store.Ref, wanted func(m *program.Machine, outcome int) bool) evidence.Step {
	n, found := 0, false
	var st evidence.Step
	take := func(m *program.Machine) {
		if !found && wanted(m, n) {
			found = true
			st = t.taken(m)
		}
		n++
	}
	if from == store.NoRef {
		t.m.Initial(take)
	} else {
		t.m.Successors(t.key(from), take)
	}
	return st
}

// taken is the step of the outcome that the Machine is at.
func (t tracer) taken(m *program.Machine) evidence.Step {
	st := evidence.Step{State: t.prog.Layout.Decode(m.State())}
	if a := m.Action(); a >= 0 {
		st.Action = t.prog.Sys.Actions[a]
		st.Span = st.Action.NameSpan
		st.Args = m.Args()
	}
	return st
}

// fail asks the judge about the failure at the end of a trace.
func (t tracer) fail(tr *evidence.Trace, h *hit) *eval.Error {
	sys, last := t.prog.Sys, tr.Steps[len(tr.Steps)-1]
	if h.expr != nil {
		env := &eval.Env{State: last.State}
		if n := len(tr.Steps); n > 1 && !h.deadlock {
			env.Old = tr.Steps[n-2].State
			env.Taken = &eval.Taken{Action: last.Action, Args: last.Args}
		}
		_, err := eval.Holds(h.expr, env)
		return err
	}
	var outcomes []eval.Outcome
	if n := len(tr.Steps); n > 1 {
		outcomes = eval.Successors(sys, tr.Steps[n-2].State)
	} else {
		outcomes = eval.Initial(sys)
	}
	n := h.via.Outcome()
	if n >= len(outcomes) {
		return nil
	}
	if len(tr.Steps) == 1 {
		// Only the judge knows which variables have a value by now.
		tr.Steps[0].State = outcomes[n].State
	}
	return outcomes[n].Err
}
