package slice

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// mostRounds is how often a run that goes round in the slice is followed
// around in the full System.
const mostRounds = 64

// Whole turns what was found out about the slice into what that says about the
// full System, by index; traces are filled in. Counts stay those of the slice.
//
// A run that goes round for ever may not come back to the same state in the
// full System, for what was left out goes on changing. The verdict is true all
// the same, but nothing shows it; such findings are returned, by their places
// in res, and have to be decided on the full System. So are runs of properties
// and formulas whose depth the model expects: there another loop may be found
// first. A trace that the full System cannot take stays as it is: its replay
// will say so.
func (s *Slice) Whole(res *evidence.Result) (open []int) {
	res.System = s.Full
	before := map[*ir.Property]*ir.Property{}
	for i, check := range s.Full.Checks {
		before[s.Sys.Checks[i].Prop] = check.Prop
		if i < len(res.Findings) {
			res.Findings[i].Check, res.Findings[i].Prop = &s.Full.Checks[i], check.Prop
		}
	}
	for i, v := range res.Coverage.Vacuous {
		res.Coverage.Vacuous[i].Prop = before[v.Prop]
	}
	for i := range res.Coverage.Actions {
		s.action(&res.Coverage.Actions[i].Action)
	}
	if res.Profile != nil {
		s.profile(res.Profile)
	}
	for i := range res.Findings {
		if !s.finding(&res.Findings[i]) {
			open = append(open, i)
		}
	}
	return open
}

func (s *Slice) action(a **ir.Action) {
	if *a != nil {
		*a = s.Full.Actions[(*a).Index]
	}
}

func (s *Slice) profile(p *evidence.Profile) {
	for i := range p.Actions {
		s.action(&p.Actions[i].Action)
	}
	for i := range p.Growing {
		s.action(&p.Growing[i].Action)
	}
	p.Variables = slices.DeleteFunc(p.Variables, func(w evidence.VarWidth) bool { return s.Full.Vars[w.Var.Index] != w.Var })
}

// finding reports whether what shows a finding shows it in the full System.
func (s *Slice) finding(f *evidence.Finding) bool {
	if f.Trace != nil && (f.Prop.Kind == ir.Temporal || f.Prop.Kind == ir.CTL) && (f.Check.Depth >= 0 || s.Full.Expect.ViolatedDepth >= 0) {
		return false
	}
	if b := f.Branch; b != nil {
		start := s.outcome(evidence.Step{State: b.State}, nil, false)
		if start == nil {
			return true
		}
		full, ok := s.branch(b, start.State)
		if f.Branch = full; ok {
			f.Trace = full.Run()
		}
		if f.Trace == nil {
			f.Trace = &evidence.Trace{Steps: []evidence.Step{{State: full.State}}, Loop: -1}
		}
		return ok
	}
	fails := f.Verdict == evidence.Violated && (f.Prop.Kind == ir.Assertion || f.Prop.Kind == ir.Evaluation)
	if f.Trace == nil || s.follow(f.Trace, nil, fails) != nil {
		return true
	}
	return s.close(f.Trace, mostRounds)
}

// branch returns a Branch as it is in a state of the full System, false if
// some run does not come back.
func (s *Slice) branch(b *evidence.Branch, at []ir.Value) (*evidence.Branch, bool) {
	out := *b
	out.State = at
	ok := s.run(&out.Trace, at)
	if b.Region != nil {
		out.Region = s.region(b.Region)
		ok = s.run(&out.Region.Exit, at) && ok
	}
	out.Parts = slices.Clone(b.Parts)
	for i, p := range out.Parts {
		from, inner := at, true
		if p.Step > 0 {
			from = out.Trace.Steps[p.Step].State
		}
		out.Parts[i].Branch, inner = s.branch(p.Branch, from)
		ok = ok && inner
	}
	return &out, ok
}

// run replaces a run from a state by that of the full System, if there is one.
// Where the loop would take more rounds, the trace would be longer than that of
// a search of the full System may be.
func (s *Slice) run(tr **evidence.Trace, from []ir.Value) bool {
	if *tr == nil {
		return true
	}
	t := **tr
	t.Steps = slices.Clone(t.Steps)
	*tr = &t
	return s.follow(&t, from, false) == nil && s.close(&t, 1)
}

func (s *Slice) region(r *evidence.Region) *evidence.Region {
	out := *r
	for _, list := range []*[]*ir.Action{&out.Possible, &out.Never, &out.Unfair} {
		*list = slices.Clone(*list)
		for i := range *list {
			s.action(&(*list)[i])
		}
	}
	return &out
}

// close carries the loop of a trace that is filled in on until it comes back to
// where it begins. It reports false if it does not within some rounds.
func (s *Slice) close(tr *evidence.Trace, rounds int) bool {
	last := len(tr.Steps) - 1
	if tr.Loop < 0 || tr.Loop == last && len(eval.Successors(s.Full, tr.Steps[last].State)) == 0 {
		return true
	}
	entry, shown := tr.Loop, tr.Back.Action == nil
	if shown {
		entry-- // the step back is the first of the loop
	}
	if entry < 0 {
		return false
	}
	way, round := tr.Steps, slices.Clone(tr.Steps[entry+1:])
	if !shown {
		round = append(round, tr.Back)
		way = s.on(way, round[len(round)-1:])
	}
	for ; rounds > 1 && !s.back(way, entry); rounds-- {
		way = s.on(way, round)
	}
	if !s.back(way, entry) {
		return false
	}
	if tr.Steps = way; !shown {
		tr.Steps, tr.Back = way[:len(way)-1], way[len(way)-1]
	}
	return true
}

// back reports whether a way ends in the state of one of its steps.
func (s *Slice) back(way []evidence.Step, at int) bool {
	return way != nil && slices.EqualFunc(way[len(way)-1].State, way[at].State, ir.Equal)
}

// on returns a way with some more steps of the slice, nil if there are none.
func (s *Slice) on(way, steps []evidence.Step) []evidence.Step {
	if way == nil {
		return nil
	}
	way = slices.Clip(way)
	for _, st := range steps {
		s.action(&st.Action)
		o := s.outcome(st, way[len(way)-1].State, false)
		if o == nil || o.Err != nil || o.Assert != nil {
			return nil
		}
		st.State = o.State
		way = append(way, st)
	}
	return way
}
