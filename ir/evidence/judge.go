package evidence

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
)

// Standing is how a result stands against what its model expects. The zero
// value claims least.
type Standing int

// Standings of a result.
const (
	Inconclusive Standing = iota // nothing contradicts the model, something is not decided
	AsExpected
	Failed // a verdict or a count is not what the model expects
	Broken // the model means nothing: it has no initial state
)

// Complaint is one way in which a result is not what its model expects.
type Complaint struct {
	Finding    *Finding // nil if it is about the model as a whole
	Undecided  bool     // it may be as expected: the search did not see enough
	Diagnostic diag.Diagnostic
}

// Judgement compares a result with what its model expects: complaints about
// what is not so first, then those about what is not decided.
type Judgement struct {
	Standing   Standing
	Complaints []Complaint
}

// Judge compares res with the expectations of its model and sets Ok of each
// finding.
//
// A property that is not said to fail is expected to hold. Where a bound cut
// the search, nothing holds: a property without a violation is Unknown, and the
// model has to say `expect bounded` to accept that.
//
// Random runs are asked only for what they can answer. What should never
// happen is as asked if no run shows it, while its verdict stays Unknown; what
// should happen somewhere, a witness or a violation that the model expects, is
// not decided until a run shows it. Counts of states and depths that only a
// whole search can confirm are not compared.
func Judge(res *Result) Judgement {
	j := &judge{res: res}
	if res.States.Initial == 0 && res.Basis.Kind == Exhaustive && res.Engine != "" && !res.cutShort() {
		j.complain(nil, false, noInitialState(res))
		return Judgement{Broken, j.complaints}
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		before := len(j.complaints)
		if f.Check != nil {
			j.checked(f)
		} else {
			j.builtIn(f)
		}
		f.Ok = len(j.complaints) == before
	}
	j.outcome()
	j.counts()
	slices.SortStableFunc(j.complaints, func(a, b Complaint) int {
		switch {
		case a.Undecided == b.Undecided:
			return 0
		case b.Undecided:
			return -1
		}
		return 1
	})
	return Judgement{j.standing(), j.complaints}
}

type judge struct {
	res        *Result
	complaints []Complaint
}

func (j *judge) complain(f *Finding, undecided bool, d diag.Diagnostic) {
	j.complaints = append(j.complaints, Complaint{f, undecided, d})
}

func (j *judge) standing() Standing {
	switch {
	case len(j.complaints) == 0:
		return AsExpected
	case slices.ContainsFunc(j.complaints, func(c Complaint) bool { return !c.Undecided }):
		return Failed
	}
	return Inconclusive
}

// want is what is expected of a checked property: what its check says, else
// what the model says, else that it holds.
func (j *judge) want(c *ir.Check) ir.Outcome {
	if c.Expect != ir.ExpectDefault {
		return c.Expect
	}
	return j.res.System.Expect.Outcome
}

func (j *judge) checked(f *Finding) {
	want := j.want(f.Check)
	anyMay := f.Check.Expect == ir.ExpectDefault && want == ir.ExpectViolated
	switch {
	case f.Prop.Kind == ir.Deadlock && j.res.System.Expect.Deadlock && f.Verdict == Violated:
		j.builtIn(f)
	case f.Verdict == Violated && want != ir.ExpectViolated:
		j.complain(f, false, violated(f))
	case f.Verdict == Holds && want == ir.ExpectViolated && !anyMay:
		j.complain(f, false, notViolated(j.res, f))
	case f.Verdict == Unknown && j.sampled() && !j.shouldHappen(f, want):
	case f.Verdict == Unknown && !j.mayBeUnknown(want) && !(anyMay && j.anyViolated()):
		j.undecided(f)
	case f.Trace != nil && f.Check.Depth >= 0 && j.contradicts(f.Depth, f.Check.Depth):
		j.complain(f, false, otherDepth(j.res, f, f.Check.Depth, f.Check.Span))
	}
}

func (j *judge) sampled() bool { return j.res.Basis.Kind == Sampled }

// shouldHappen reports whether the model says that some run shows a finding
// which random runs look for.
func (j *judge) shouldHappen(f *Finding, want ir.Outcome) bool {
	return f.Estimate != nil && (f.Prop.Kind == ir.Witness) != (want == ir.ExpectViolated)
}

// contradicts reports whether something found at a depth is not at the one
// that is expected: the way of a random run, or one on the way to a proof, may
// be longer than it must be.
func (j *judge) contradicts(found, want int) bool {
	long := j.sampled() || j.res.Uncounted() && !j.res.Shortest
	return found != want && !(long && found > want)
}

func (j *judge) mayBeUnknown(want ir.Outcome) bool {
	return want == ir.ExpectUnknown || want == ir.ExpectBounded && j.res.Basis.Kind == Bounded
}

func (j *judge) undecided(f *Finding) {
	if j.res.Basis.Kind == Bounded {
		j.complain(f, true, nothingWithinBound(j.res, f.Prop.Label(), f.Place()))
		return
	}
	j.complain(f, true, searchIncomplete(j.res, f))
}

// builtIn judges a violation that no check asked about.
func (j *judge) builtIn(f *Finding) {
	e := j.res.System.Expect
	switch {
	case f.Verdict == Unknown:
		j.undecided(f) // said only by engines that look for it in a way of their own
	case f.Verdict != Violated:
	case f.Prop.Kind == ir.Deadlock && e.Deadlock:
		if e.DeadlockDepth >= 0 && j.contradicts(f.Depth, e.DeadlockDepth) {
			j.complain(f, false, otherDepth(j.res, f, e.DeadlockDepth, e.Spans["deadlock"]))
		}
	case e.Outcome != ir.ExpectViolated:
		j.complain(f, false, violated(f))
	}
}

func (j *judge) anyViolated() bool {
	return slices.ContainsFunc(j.res.Findings, func(f Finding) bool { return f.Verdict == Violated })
}

// outcome judges what the model as a whole is expected to come to.
func (j *judge) outcome() {
	e, partial := j.res.System.Expect, j.res.Basis.Kind == Partial || j.sampled()
	dead := slices.ContainsFunc(j.res.Findings, func(f Finding) bool {
		return f.Prop.Kind == ir.Deadlock && f.Verdict == Violated
	})
	switch {
	case len(j.res.Findings) > 0 || j.mayBeUnknown(e.Outcome):
	case j.sampled() && e.Outcome != ir.ExpectViolated:
	// Nothing is asked by name, but that nothing goes wrong is claimed.
	case partial:
		j.complain(nil, true, uncounted(j.res))
	case j.res.Basis.Kind == Bounded:
		j.complain(nil, true, nothingWithinBound(j.res, "no error", j.res.System.Span))
	}
	if j.sampled() && j.res.Basis.Limit != "" {
		j.complain(nil, true, broken(j.res))
	}
	switch {
	case e.Deadlock && !dead && partial && (len(j.res.Findings) > 0 || j.sampled()):
		j.complain(nil, true, uncounted(j.res))
	case e.Deadlock && !dead:
		j.complain(nil, false, noDeadlock(j.res))
	}
	switch {
	case e.Outcome == ir.ExpectViolated && !j.anyViolated() && !partial:
		j.complain(nil, false, nothingViolated(j.res))
	case e.Outcome == ir.ExpectViolated && e.ViolatedDepth >= 0:
		j.firstViolation(e)
	case e.Outcome == ir.ExpectBounded && (j.res.Basis.Kind == Exhaustive || j.res.Basis.Kind == Inductive):
		j.complain(nil, false, nothingCut(j.res))
	}
}

// firstViolation judges the depth of the first violation that a run leads to.
func (j *judge) firstViolation(e ir.Expect) {
	var first *Finding
	for i := range j.res.Findings {
		f := &j.res.Findings[i]
		if f.Verdict == Violated && f.Trace != nil && (first == nil || f.Depth < first.Depth) {
			first = f
		}
	}
	if first != nil && j.contradicts(first.Depth, e.ViolatedDepth) {
		first.Ok = false
		j.complain(first, false, otherDepth(j.res, first, e.ViolatedDepth, e.Spans["outcome"]))
	}
}

// counts judges the figures that the model states.
func (j *judge) counts() {
	e, s := j.res.System.Expect, j.res.States
	if j.sampled() || j.res.Uncounted() || j.res.Reduced || j.res.cutShort() && len(j.complaints) > 0 {
		return // there are fewer states than there would be
	}
	for _, c := range []struct {
		word, noun string
		want       int64
		got        uint64
	}{
		{"states", "%d states", e.States, s.Distinct},
		{"generated", "%d generated states", e.Generated, s.Generated},
		{"depth", "depth %d", e.Depth, uint64(s.Depth)},
	} {
		if c.want < 0 || uint64(c.want) == c.got {
			continue
		}
		if uint64(c.want) > c.got && j.res.Basis.Kind == Partial {
			if !slices.ContainsFunc(j.complaints, func(c Complaint) bool { return c.Undecided }) {
				j.complain(nil, true, uncounted(j.res))
			}
			continue
		}
		j.complain(nil, false, otherCount(j.res, c.word, c.noun, c.want, c.got))
	}
}

// Warnings are what a result that looks well may hide: actions that are never
// taken and parts of properties that never mattered. They are known only of a
// search that saw every state there is to see.
func Warnings(res *Result) diag.List {
	var out diag.List
	if res.cutShort() || res.Basis.Kind != Exhaustive && res.Basis.Kind != Bounded || res.States.Distinct == 0 {
		return nil
	}
	for _, c := range res.Coverage.Actions {
		if c.Taken == 0 && !switchedOff(c.Action) {
			out.Add(actionNeverTaken(res, c))
		}
	}
	for _, v := range res.Coverage.Vacuous {
		out.Add(partVacuous(v))
	}
	return out
}

// Uncounted reports whether the engine does not visit states, so that the
// counts of them say nothing.
func (res *Result) Uncounted() bool { return res.States.Distinct == 0 && res.States.Initial > 0 }

// cutShort reports whether a run ends in a failure: what lies behind it was
// not seen.
func (res *Result) cutShort() bool {
	return slices.ContainsFunc(res.Findings, func(f Finding) bool {
		return f.Verdict == Violated && (f.Prop.Kind == ir.Evaluation || f.Prop.Kind == ir.Assertion)
	})
}

// switchedOff reports whether the guard of an action is the word false, which
// says that the action is not to happen.
func switchedOff(a *ir.Action) bool {
	lit, ok := a.Guard.(*ir.Lit)
	return ok && lit.Value == ir.Bool(false)
}
