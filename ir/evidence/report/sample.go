package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir/evidence"
)

// goodWord begins the line of a model that came out as expected. Random runs
// that leave something open have not passed anything.
func goodWord(res *evidence.Result) string {
	open := func(f evidence.Finding) bool { return f.Verdict == evidence.Unknown }
	if res.Sample != nil && (len(res.Findings) == 0 || slices.ContainsFunc(res.Findings, open)) {
		return "RAN"
	}
	return "PASS"
}

// sampleFigures are the counts of random runs.
func (t *text) sampleFigures(res *evidence.Result) string {
	s := count(uint64(res.Basis.Runs), "random run") + ", " + count(res.Sample.Steps, "step") +
		", about " + count(res.Sample.Distinct, "state") + fmt.Sprintf(", seed %d", res.Basis.Seed)
	if t.style.Times {
		s += ", " + duration(res.Time)
	}
	return s
}

// sampledOutcome says how many runs show a finding.
func sampledOutcome(f *evidence.Finding) string {
	s := f.Estimate.Words(evidence.Verbs(f.Prop.Kind))
	if f.Trace != nil {
		s += fmt.Sprintf(", first in run %d", f.Estimate.First)
	}
	return s
}

// sample says what kind of runs they were, and that they are no proof.
func (t *text) sample(res *evidence.Result) {
	s := res.Sample
	t.reason("runs", fmt.Sprintf("of at most %s, the longest of %d: %s; %s", count(uint64(s.Depth), "step"), s.Longest, s.Scheduler, endings(s.Ends)))
	if res.Basis.Runs < s.Asked {
		t.reason("", fmt.Sprintf("%s of %s were complete when they were stopped", number(uint64(res.Basis.Runs)), count(uint64(s.Asked), "run")))
	}
	if g := s.Guarantee; g != nil {
		t.reason("odds", g.String())
		if s.Longest < s.Depth && s.Longest > 0 && s.Ends[evidence.EndDepth] == 0 {
			t.reason("", fmt.Sprintf("no run was longer than %s: --depth %d makes the odds better", count(uint64(s.Longest), "step"), s.Longest))
		}
	}
	if leavesOpen(res) {
		t.reason("no proof", "random runs cannot show that something never happens; spec verify visits every state")
	}
}

// leavesOpen reports whether random runs have said nothing for certain, or not
// of everything.
func leavesOpen(res *evidence.Result) bool {
	for i := range res.Findings {
		if res.Findings[i].Verdict == evidence.Unknown {
			return true
		}
	}
	return !slices.ContainsFunc(res.Findings, func(f evidence.Finding) bool { return f.Verdict == evidence.Violated })
}

// endings says how runs ended.
func endings(ends [evidence.RunEnds]int) string {
	words := [evidence.RunEnds]string{"reached that length", "ended in a terminal state", "ended in a deadlock", "left the bounds", "ended in a failure"}
	var parts []string
	all := 0
	for _, n := range ends {
		all += n
	}
	for i, n := range ends {
		switch {
		case n == all && n > 1:
			return "all " + words[i]
		case n > 0:
			parts = append(parts, number(uint64(n))+" "+words[i])
		}
	}
	return strings.Join(parts, ", ")
}

// instanceText is how many instances of an action were taken, of all of them
// where that is known.
func instanceText(c evidence.InstanceCount) string {
	if c.Of == 0 {
		return number(uint64(c.Taken))
	}
	return number(uint64(c.Taken)) + " of " + number(uint64(c.Of))
}

// parts writes in how many runs each part of a property mattered.
func (t *text) parts(res *evidence.Result) {
	if res.Sample == nil || len(res.Sample.Parts) == 0 {
		return
	}
	rows := [][]string{{"part of a property", "mattered in runs"}}
	for _, p := range res.Sample.Parts {
		rows = append(rows, []string{p.Prop.Label() + ": " + quote(t.files.Text(p.Span)), number(uint64(p.Runs))})
	}
	t.table("parts", rows)
}
