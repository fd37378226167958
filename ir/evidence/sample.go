package evidence

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// RunEnd is why a random run ends.
type RunEnd int

// Ends of runs. RunEnds is how many there are.
const (
	EndDepth    RunEnd = iota // it is as long as asked
	EndTerminal               // no step is possible, and the state is terminal
	EndDeadlock               // no step is possible
	EndBound                  // the state is outside the model's bounds
	EndFailure                // a step or a formula has no value
	RunEnds
)

// Sample says what random runs were taken and what they visited. What they
// showed stands in the findings.
type Sample struct {
	Scheduler string // how steps are chosen, in words
	Depth     int    // the most steps that a run may have
	Steps     uint64 // of all runs
	Longest   int    // steps of the longest run
	Distinct  uint64 // estimated number of distinct states that were visited
	Ends      [RunEnds]int
	Instances []InstanceCount // by ir.Action.Index
	Parts     []PartCount
	Guarantee *Guarantee // nil if the scheduler gives none
	Asked     int        // runs that were asked for; Basis.Runs is how many were taken
}

// InstanceCount is how many instances of an action were taken. Of is how many
// there are, 0 if the values of a parameter depend on the state.
type InstanceCount struct{ Taken, Of int }

// PartCount is in how many runs a part of a property mattered.
type PartCount struct {
	Vacuity
	Runs int
}

// Guarantee is the least probability with which one run with random priorities
// meets a violation that needs Depth steps in a certain order: 1 / (Threads *
// Steps^(Depth-1)), after Burckhardt, Kothari, Musuvathi and Nagarakatte, "A
// randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS
// 2010.
type Guarantee struct {
	Threads int // the most that a run had
	Steps   int // the most that a run may have
	Depth   int // of the violation
}

// AtLeast is the probability itself.
func (g Guarantee) AtLeast() float64 {
	return 1 / (float64(max(1, g.Threads)) * math.Pow(float64(max(1, g.Steps)), float64(g.Depth-1)))
}

// String says the guarantee in words.
func (g Guarantee) String() string {
	return fmt.Sprintf("if a violation depends on the order of %s, a run finds it with a probability of at least 1 in %s: %s, up to %s, 1/(n k^(d-1)) for n = %d, k = %d, d = %d",
		plural(uint64(g.Depth), "step"), grouped(math.Round(1/g.AtLeast())), plural(uint64(g.Threads), "thread"), plural(uint64(g.Steps), "step"), g.Threads, g.Steps, g.Depth)
}

// Estimate is how many random runs show something, and what that says of all
// runs that are chosen in the same way. It is never a proof.
type Estimate struct {
	Hits       int // runs that showed it
	Runs       int
	First      int     // number of the first run that showed it
	Low, High  float64 // the probability of such a run lies between
	Confidence float64 // with this confidence, 0.99 for 99 %
}

// Words says an estimate in words: what the runs did (verb is "failed", "fail"
// for a violation; "reached it", "reach it" for a witness), and the interval.
func (e *Estimate) Words(did, do string) string {
	return fmt.Sprintf("%s of %s %s: %s (%s confidence)",
		grouped(float64(e.Hits)), runs(e.Runs), did, e.Interval("of such runs "+do), percent(e.Confidence, math.Round))
}

// Interval says where the probability lies: "at most 0.047 % of such runs
// fail".
func (e *Estimate) Interval(who string) string {
	switch {
	case e.Hits == 0:
		return "at most " + percent(e.High, math.Ceil) + " " + who
	case e.Hits == e.Runs:
		return "at least " + percent(e.Low, math.Floor) + " " + who
	}
	return percent(e.Low, math.Floor) + " to " + percent(e.High, math.Ceil) + " " + who
}

// Verbs are the words for runs that show a property: what they did and do.
func Verbs(k ir.PropKind) (did, do string) {
	if k == ir.Witness {
		return "reached it", "reach it"
	}
	return "failed", "fail"
}

func runs(n int) string {
	if n == 1 {
		return "1 run"
	}
	return grouped(float64(n)) + " runs"
}

// percent writes a probability with two digits that matter, rounded away from
// what it should not promise. Close to 100 it is the distance to it that has
// two digits.
func percent(p float64, round func(float64) float64) string {
	v := p * 100
	if v <= 0 || v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64) + " %"
	}
	digits := max(0, 1-int(math.Floor(math.Log10(min(v, 100-v)))))
	scale := math.Pow(10, float64(digits))
	// What is a whole number but for the rounding of the machine is one.
	x := v * scale
	if n := math.Round(x); math.Abs(x-n) < 1e-9*math.Max(1, n) {
		x = n
	}
	text := strconv.FormatFloat(round(x)/scale, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text + " %"
}

// grouped writes a whole number, with commas from five digits on.
func grouped(v float64) string {
	if v >= 1e15 {
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
	s := strconv.FormatFloat(v, 'f', 0, 64)
	if len(s) < 5 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}
