package evidence

import (
	"math"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Profile says where a state space and the work on it come from. Levels and
// figures of the store are of the whole search; the rest was measured on a
// sample of its states.
type Profile struct {
	Levels  []uint64 // new states by depth
	Open    bool     // the last level is not complete
	Sampled int      // states of the sample
	Actions []ActionCost
	// Parts are guards, statements, properties and functions, the most work
	// first. Work counts evaluations of expressions, those within included.
	Parts     []PartCost
	Work      uint64        // of all parts
	Variables []VarWidth    // the most values first
	Growing   []Growing     // what may grow for ever
	Reduced   []Reduction   // what reductions did
	Store     *StoreFigures // nil if there is no store
}

// ActionCost is what one action costs, over the states of the sample.
type ActionCost struct {
	Action   *ir.Action
	Time     time.Duration // to compute its outcomes
	Outcomes uint64
}

// PartCost is what evaluating one part of a model costs.
type PartCost struct {
	Of          string // such as "guard of Prepare"
	Span        source.Span
	Expr        ir.Expr // nil of statements and functions with a body
	Evaluations uint64  // of the part as a whole; 0 if it is none by itself
	Work        uint64
}

// VarWidth is how many values a variable takes.
type VarWidth struct {
	Var    *ir.Var
	Values int
}

// Growing is an assignment that enlarges a variable of unbounded type, in an
// action whose guard does not look at it.
type Growing struct {
	Var    *ir.Var
	Action *ir.Action
	Span   source.Span
}

// Reduction is what a reduction left out.
type Reduction struct {
	Name string // such as "symmetry of RM"
	// Kept of Of units, such as successors computed out of those possible.
	Kept, Of uint64
	Unit     string
}

// StoreFigures describe the states that are kept.
type StoreFigures struct {
	States, Slots       uint64 // slots of the index
	Index, Keys, Shared uint64 // bytes
	Values              uint64 // bytes of values of unbounded types
}

// Bytes is what all parts take together.
func (s StoreFigures) Bytes() uint64 { return s.Index + s.Keys + s.Values }

// Outlook is what the complete levels say about those to come, false if that is
// nothing. Of what may grow for ever no end is foretold.
func (p *Profile) Outlook() (Outlook, bool) {
	levels := p.Levels
	if p.Open && len(levels) > 0 {
		levels = levels[:len(levels)-1]
	}
	o, ok := Predict(levels)
	if len(p.Growing) > 0 {
		o.Total = 0
	}
	return o, ok
}

// Outlook is what the sizes of complete levels say about those to come.
type Outlook struct {
	Factor float64 // by which the last levels grew, one to the next
	Next   uint64  // expected states of the next level
	Depth  int     // of the next level
	// Total is how many states there will be if growth goes on slowing down
	// as it does; 0 if it does not slow down.
	Total uint64
}

// window is how many levels an Outlook looks at.
const window = 8

// Predict extrapolates the sizes of complete levels: the steps of their
// logarithms go on along the line through the last few. Where they rather fall
// as those of a polynomial do, like 1 through the depth, growth has no end. It
// reports false of fewer than four levels, which say nothing.
func Predict(levels []uint64) (Outlook, bool) {
	var steps []float64 // differences of logarithms
	from := max(0, len(levels)-window-1)
	for i := from + 1; i < len(levels); i++ {
		if levels[i-1] == 0 || levels[i] == 0 {
			return Outlook{}, false
		}
		steps = append(steps, math.Log(float64(levels[i]))-math.Log(float64(levels[i-1])))
	}
	if len(steps) < 3 {
		return Outlook{}, false
	}
	slope, bend := line(steps)
	size := float64(levels[len(levels)-1])
	o := Outlook{Factor: math.Exp(mean(steps[len(steps)-3:])), Next: uint64(math.Round(size * math.Exp(slope+bend))), Depth: len(levels)}
	if (bend < -1e-3 || slope < -1e-3) && !polynomial(steps, from+1, slope, bend) {
		o.Total = sum(levels) + ahead(size, slope, min(bend, 0))
	}
	return o, true
}

// polynomial reports whether steps, the first of them to level from, are
// nearer to those of a polynomial than to the line that ends in last.
func polynomial(steps []float64, from int, last, bend float64) bool {
	top, bottom := 0.0, 0.0
	for i, s := range steps {
		d := float64(from + i)
		top += s / d
		bottom += 1 / (d * d)
	}
	curve, straight := 0.0, 0.0
	for i, s := range steps {
		curve += math.Pow(s-top/bottom/float64(from+i), 2)
		straight += math.Pow(s-last-bend*float64(i-len(steps)+1), 2)
	}
	return top > 0 && curve <= straight
}

// ahead adds up the levels that follow one of a size.
func ahead(size, slope, bend float64) uint64 {
	total := 0.0
	for range 1_000_000 {
		slope += bend
		size *= math.Exp(slope)
		if total += size; size < 1 || total > 1e18 {
			break
		}
	}
	return uint64(total)
}

// line fits a line through points at 0, 1, 2 ... by least squares, and returns
// its last value and its slope.
func line(ys []float64) (last, slope float64) {
	n, middle, my := float64(len(ys)), float64(len(ys)-1)/2, mean(ys)
	xy, xx := 0.0, 0.0
	for i, y := range ys {
		x := float64(i) - middle
		xy += x * (y - my)
		xx += x * x
	}
	slope = xy / xx
	return my + slope*(n-1-middle), slope
}

func mean(ys []float64) float64 {
	t := 0.0
	for _, y := range ys {
		t += y
	}
	return t / float64(len(ys))
}

func sum(ns []uint64) uint64 {
	t := uint64(0)
	for _, n := range ns {
		t += n
	}
	return t
}
