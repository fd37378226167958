package mc

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/symmetry"
)

// tracer rebuilds runs from where states were first reached from: it computes
// the successors of each state on the way again and looks which of them comes
// next.
type tracer struct {
	*search
	m     *program.Machine
	canon *symmetry.Canon
	back  symmetry.Renaming
}

// tracer returns a tracer for all hits: of this search, or, if it did not keep
// where states come from, of a second one that does.
func (s *search) tracer(ctx context.Context) *tracer {
	tr := &tracer{search: s, m: s.prog.NewMachine(), canon: s.canon()}
	if !slices.ContainsFunc(s.goal.targets, func(t *target) bool { return t.hit != nil }) {
		return tr
	}
	if s.order() != nil {
		// With all steps there may be a shorter one.
		opt := s.opt
		opt.reduction = nil
		if all := s.again(ctx, opt); all.goal.reached() {
			return all
		}
	}
	if s.parents == nil || s.order() != nil {
		tr = s.again(ctx, s.opt)
	}
	if s.orbits != nil && s.opt.Order == BreadthFirst {
		if all := tr.unmerged(ctx); all.goal.reached() {
			return all
		}
	}
	return tr
}

// again searches once more for what was found, and notes where states come
// from.
func (s *search) again(ctx context.Context, opt Options) *tracer {
	s.store = nil // its memory is needed
	again := s.anew(opt)
	defer again.release()
	again.run(ctx)
	return &tracer{search: again, m: s.prog.NewMachine(), canon: again.canon()}
}

// anew returns a search for what was found that notes where states come from.
func (s *search) anew(opt Options) *search {
	if s.native != nil {
		_ = s.native.Wait() // one Compiler is for one goroutine at a time
	}
	if opt.Code == WebAssembly {
		opt.Code = Auto
	}
	opt.trace, opt.Workers, opt.Limits.States, opt.Limits.Depth, opt.Store = true, 1, 0, 0, Exact
	return newSearch(s.prog, s.compiler, s.goal.again(), opt)
}

// show gives a finding its trace.
func (t *tracer) show(f *evidence.Finding, h *hit) {
	f.Depth, f.Trace = h.depth, t.to(h)
	if h.failure == nil {
		return
	}
	p := *f.Prop
	p.Span = h.failure.Span
	if f.Check == nil {
		f.Prop = &p
	}
	f.Span = h.failure.Span
	switch {
	case h.failure.Assert != nil:
		f.Failing = &evidence.Failing{Expr: h.failure.Assert.Cond, Since: f.Depth}
	default:
		f.Why = h.failure.Kind.String()
	}
	if err := t.fail(f.Trace, h); err != nil {
		f.Why = err.Msg
	}
}

// to returns the trace to a hit.
func (t *tracer) to(h *hit) *evidence.Trace {
	last := h.state
	if last == store.NoID {
		last = h.from
	}
	tr := &evidence.Trace{Loop: -1, Steps: t.path(last)}
	if h.state != store.NoID {
		return tr
	}
	n := -1
	tr.Steps = append(tr.Steps, t.first(h.from, func(m *program.Machine) bool {
		n++
		return h.to == nil && n == h.outcome || h.to != nil && slices.Equal(t.reached(m), h.to)
	}))
	return tr
}

// path returns the steps to a state, none to NoID.
func (t *tracer) path(id store.ID) []evidence.Step {
	var way []store.ID
	for ; id != store.NoID; id = t.parents[id] {
		way = append(way, id)
	}
	slices.Reverse(way)
	var steps []evidence.Step
	from := store.NoID
	t.back = nil
	for _, id := range way {
		key := t.key(id)
		steps = append(steps, t.first(from, func(m *program.Machine) bool { return t.leads(m, key) }))
		from = id
	}
	return steps
}

func (t *tracer) key(id store.ID) []uint64 {
	key := make([]uint64, t.prog.Layout.Words)
	t.store.Key(id, key)
	return key
}

// leads reports whether an outcome leads to the state with the given key.
func (t *tracer) leads(m *program.Machine, key []uint64) bool {
	if m.Failure() != nil {
		return false
	}
	got := t.reached(m)
	if t.canon != nil {
		t.canon.Canonical(got)
	}
	return slices.Equal(got, key)
}

// reached returns the key of the state that the Machine has come to.
func (t *tracer) reached(m *program.Machine) []uint64 {
	key := make([]uint64, t.prog.Layout.Words)
	t.prog.Layout.Pack(key, m.State())
	return key
}

// first returns the first step of a state, or of the initial statements, that
// is wanted.
func (t *tracer) first(from store.ID, wanted func(m *program.Machine) bool) evidence.Step {
	found := false
	var st evidence.Step
	take := func(m *program.Machine) {
		if !found && wanted(m) {
			found = true
			st = taken(m, t.prog)
			t.rename(&st, m)
		}
	}
	if from == store.NoID {
		t.m.Initial(take)
	} else {
		t.m.Successors(t.key(from), take)
	}
	return st
}

// taken is the step of the outcome that the Machine is at.
func taken(m *program.Machine, prog *program.Program) evidence.Step {
	st := evidence.Step{State: prog.Layout.Decode(m.State())}
	if a := m.Action(); a >= 0 {
		st.Action = prog.Sys.Actions[a]
		st.Span = st.Action.NameSpan
		st.Args = m.Args()
	}
	return st
}

// fail asks the judge about the failure at the end of a trace.
func (t *tracer) fail(tr *evidence.Trace, h *hit) *eval.Error {
	last := tr.Steps[len(tr.Steps)-1]
	if h.expr != nil {
		env := &eval.Env{State: last.State}
		if n := len(tr.Steps); n > 1 && !h.deadlock {
			env.Old = tr.Steps[n-2].State
			env.Taken = &eval.Taken{Action: last.Action, Args: last.Args}
		}
		_, err := eval.Holds(h.expr, env)
		return err
	}
	outcomes := t.judged(tr)
	if h.outcome >= len(outcomes) {
		return nil
	}
	if len(tr.Steps) == 1 {
		// Only the judge knows which variables have a value by now.
		tr.Steps[0].State = outcomes[h.outcome].State
	}
	return outcomes[h.outcome].Err
}

// judged are the outcomes of which the last step of a trace is one.
func (t *tracer) judged(tr *evidence.Trace) []eval.Outcome {
	if n := len(tr.Steps); n > 1 {
		return eval.Successors(t.sys, tr.Steps[n-2].State)
	}
	return eval.Initial(t.sys)
}
