package report

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// teller tells a tree of reasons. Every state that it speaks about has a
// number: those of the run of the finding come first, those of other runs
// after them.
type teller struct {
	*text
	sys  *ir.System
	next int
}

// branches tells why a formula of branching time is true or false.
func (t *text) branches(sys *ir.System, f *evidence.Finding) {
	if f.Branch != nil {
		b := &teller{t, sys, len(f.Trace.Steps) + back(f.Trace)}
		b.tell(f.Branch, 0, true)
	}
}

// tell says why b is so in the state with number at. Its run is already
// written if it is a piece of the run of the finding.
func (t *teller) tell(b *evidence.Branch, at int, written bool) {
	nums := t.number(b.Trace, at, written)
	if b.Trace != nil && !written && len(nums) > 1 {
		t.reason("run", fmt.Sprintf("from #%d", at))
		t.numbered(t.sys, b.Trace, nums, 1, false, false)
	}
	if s := t.sentence(b, nums); s != "" {
		t.reason(fmt.Sprintf("at #%d", at), s)
	}
	t.region(b, at)
	for _, p := range b.Parts {
		if !t.plain(p.Branch) {
			t.tell(p.Branch, nums[p.Step], written && p.Branch == b.Next())
		}
	}
}

// back is 1 if a step leads back to the loop of a run, else 0.
func back(tr *evidence.Trace) int {
	if tr.Loop >= 0 && tr.Back.Action != nil {
		return 1
	}
	return 0
}

// number gives the steps of a run numbers, the one that leads back too.
func (t *teller) number(tr *evidence.Trace, at int, written bool) []int {
	nums := []int{at}
	if tr == nil {
		return nums
	}
	for i := 1; i < len(tr.Steps)+back(tr); i++ {
		if written {
			nums = append(nums, at+i)
			continue
		}
		nums = append(nums, t.next)
		t.next++
	}
	return nums
}

// plain reports whether a branch is about one state alone, so that saying that
// it is true or false says it all.
func (t *teller) plain(b *evidence.Branch) bool {
	return b.Trace == nil && b.Region == nil && len(b.Parts) == 0
}

// quoted is a part of a formula as it is written.
func (t *teller) quoted(e ir.Expr) string { return "`" + t.source(e) + "`" }

// is says that a part of a formula is true or false.
func (t *teller) is(e ir.Expr, holds bool) string {
	return fmt.Sprintf("%s is %v", t.quoted(e), holds)
}

// sentence says what b says, in one sentence; "" if its parts say it all.
func (t *teller) sentence(b *evidence.Branch, nums []int) string {
	e, ok := b.Expr.(*ir.Apply)
	if ok && e.Op == ir.Not {
		return ""
	}
	claim := t.is(b.Expr, b.Holds)
	if len(b.Bindings) > 0 {
		claim += " for " + strings.Join(bindings(b.Bindings), ", ")
	}
	why := t.why(b, nums)
	if why == "" {
		return claim
	}
	return claim + ": " + why
}

func (t *teller) why(b *evidence.Branch, nums []int) string {
	e, ok := b.Expr.(*ir.Apply)
	switch {
	case b.Trace != nil && ok:
		return t.shown(b, e, nums)
	case b.Region != nil && ok:
		return t.forced(b, e)
	}
	return t.because(b)
}

// because joins what the parts say.
func (t *teller) because(b *evidence.Branch) string {
	var parts []string
	for _, p := range b.Parts {
		s := t.is(p.Branch.Expr, p.Branch.Holds)
		if len(p.Branch.Bindings) > len(b.Bindings) {
			s += " for " + strings.Join(bindings(p.Branch.Bindings[len(b.Bindings):]), ", ")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " and ")
}

// shown says what the run of b shows.
func (t *teller) shown(b *evidence.Branch, e *ir.Apply, nums []int) string {
	last, p := nums[len(nums)-1], e.Args[0]
	q := e.Args[len(e.Args)-1]
	to := fmt.Sprintf("a run leads to #%d, where ", last)
	if len(nums) == 1 {
		to = "already here "
	}
	switch e.Op {
	case ir.EX, ir.AX:
		if b.Rests {
			return "nothing is possible here, so the next state is the same again"
		}
		return fmt.Sprintf("the step to #%d leads to a state where %s", last, t.is(p, b.Holds))
	case ir.EF, ir.AG:
		return to + t.is(p, b.Holds)
	case ir.EU:
		return to + t.is(q, true) + ", through states where " + t.is(p, true)
	case ir.AU:
		if b.Trace.Loop < 0 {
			return to + t.is(p, false) + " and " + t.quoted(q) + " has never been true"
		}
	}
	return t.around(b, nums) + t.all(e.Op, p, q)
}

// around says how a run goes on for ever.
func (t *teller) around(b *evidence.Branch, nums []int) string {
	last := nums[len(nums)-1]
	switch {
	case b.Rests && len(nums) == 1:
		return "nothing is possible here, so a run stays here for ever"
	case b.Rests:
		return fmt.Sprintf("a run comes to #%d, where nothing is possible, and stays there for ever", last)
	case nums[b.Trace.Loop+1] == last:
		return fmt.Sprintf("a run takes step #%d again and again, for ever", last)
	}
	return fmt.Sprintf("a run takes the steps #%d to #%d again and again, for ever", nums[b.Trace.Loop+1], last)
}

// all says what is so in all states of an infinite run.
func (t *teller) all(op ir.Op, p, q ir.Expr) string {
	switch op {
	case ir.EG:
		return ", and " + t.is(p, true) + " all along"
	case ir.AF:
		return ", and " + t.quoted(p) + " is never true"
	}
	return ", and " + t.quoted(q) + " is never true"
}

// forced says what is so of all runs from a state.
func (t *teller) forced(b *evidence.Branch, e *ir.Apply) string {
	p, r := e.Args[0], b.Region
	q := e.Args[len(e.Args)-1]
	switch e.Op {
	case ir.EX, ir.AX:
		return "in every next state " + t.is(p, b.Holds) + " (" + count(r.States, "state") + ")"
	case ir.EF:
		return "no run from here ever comes to a state where " + t.is(p, true)
	case ir.AG:
		return "on every run from here " + t.is(p, true) + " in every state"
	case ir.EU:
		if r.Exits == 0 {
			return "no run from here ever comes to a state where " + t.is(q, true)
		}
		return "every run from here comes to a state where " + t.is(p, false) + " first, or never to one where " + t.is(q, true)
	}
	return "every run from here comes to a state where " + t.is(q, b.Holds) + t.when(r)
}

// when says how soon runs must leave a region, and why.
func (t *teller) when(r *evidence.Region) string {
	switch {
	case r.Longest >= 0:
		return ", after at most " + count(uint64(r.Longest), "step")
	case len(r.Unfair) == 0:
		return ""
	}
	return ", since not to come there it would have to put off " + strings.Join(names(r.Unfair), ", ") + " for ever, which is unfair"
}

func names(as []*ir.Action) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Name
	}
	return out
}

// region describes where the runs from a state stay, if they cannot leave.
func (t *teller) region(b *evidence.Branch, at int) {
	r, e := b.Region, ir.Op(0)
	if a, ok := b.Expr.(*ir.Apply); ok {
		e = a.Op
	}
	switch {
	case r == nil || b.Holds:
		return
	case e == ir.EF && r.States == 1:
		t.reason("trap", fmt.Sprintf("nothing leads from #%d to another state", at))
	case e == ir.EF:
		t.reason("trap", fmt.Sprintf("%s of %s can be reached from #%d, and nothing leads out of them", count(r.States, "state"), number(r.Of), at))
	case e == ir.EU:
		t.reason("trap", t.exits(r, at))
	default:
		return
	}
	t.list("never changes there", fixed(r.Fixed))
	if len(r.Possible) == 0 {
		return // why not is told of each action
	}
	t.list("possible there", names(r.Possible))
	t.list("never possible there", names(r.Never))
	var always, here []evidence.Blocked
	for _, b := range r.Barriers {
		if b.Always {
			always = append(always, b.Blocked)
		} else {
			here = append(here, b.Blocked)
		}
	}
	t.blocked("blocked", always)
	t.blocked(fmt.Sprintf("at #%d", at), here)
}

// exits says how a region can be left.
func (t *teller) exits(r *evidence.Region, at int) string {
	s := fmt.Sprintf("%s can be reached from #%d before that", count(r.States, "state"), at)
	if r.Exits == 0 {
		return s + ", and nothing leads out of them"
	}
	var steps []string
	for _, st := range r.Exit.Steps[1:] {
		steps = append(steps, stepName(st))
	}
	return s + fmt.Sprintf("; %s out of them, the nearest by ", leads(r.Exits)) + strings.Join(steps, ", ")
}

func leads(n uint64) string {
	if n == 1 {
		return "1 state is a way"
	}
	return number(n) + " states are ways"
}

// mostListed is how many of the things of a kind are listed.
const mostListed = 8

func (t *teller) list(label string, things []string) {
	if len(things) == 0 {
		return
	}
	if n := len(things) - mostListed; n > 0 {
		things = append(things[:mostListed:mostListed], fmt.Sprintf("and %d more", n))
	}
	t.reason("", label+": "+strings.Join(things, ", "))
}

func fixed(fs []evidence.Fixed) []string {
	out := make([]string, len(fs))
	for i, f := range fs {
		out[i] = f.Var.Name + " = " + Show(f.Var.Type, f.Value)
	}
	return out
}
