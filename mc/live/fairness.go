package live

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/graph"
)

// mostConstraints is how many constraints of fairness there may be.
const mostConstraints = 1 << 16

// constraints counts the constraints of a System: one for each fair action and
// choice of the values that its fairness is for. The error says that there
// are too many.
func constraints(sys *ir.System) (int, error) {
	n := 0
	for _, a := range sys.Actions {
		if a.Fair == ir.Unfair {
			continue
		}
		each := 1
		for _, p := range a.Params {
			if a.FairAny || !p.ByType {
				continue
			}
			card, finite := ir.Card(p.Local.Type)
			if !finite || !card.IsInt64() || card.Int64() > mostConstraints || each*int(card.Int64()) > mostConstraints {
				return 0, fmt.Errorf("action %s is fair for each %s, of which there are too many: write `fair any action`, or give it a smaller type", a.Name, p.Local.Name)
			}
			each *= int(card.Int64())
		}
		if n += each; n > mostConstraints {
			return 0, fmt.Errorf("the actions are fair for more than %d values of their parameters", mostConstraints)
		}
	}
	return n, nil
}

// fairness has the constraints of a graph as sets of bits.
type fairness struct {
	g            *graph.Graph
	words        int
	known        int // constraints of the graph that are in the sets
	weak, strong []uint64
}

func newFairness(g *graph.Graph, n int) *fairness {
	words := (n + 63) / 64
	return &fairness{g: g, words: words, weak: make([]uint64, words), strong: make([]uint64, words)}
}

// learn takes in the constraints that the graph has got since.
func (f *fairness) learn() {
	for ; f.known < len(f.g.Fair); f.known++ {
		set := f.weak
		if f.g.Fair[f.known].Strong() {
			set = f.strong
		}
		set[f.known/64] |= 1 << (f.known % 64)
	}
}

// possible adds to set the constraints that some step of a state serves.
func (f *fairness) possible(s uint32, set []uint64) {
	_, labels := f.g.Out(s)
	for _, l := range labels {
		f.serve(l, set)
	}
}

// serve adds to set the constraint that a label serves.
func (f *fairness) serve(label uint32, set []uint64) {
	if k := f.g.Labels[label].Fair; k >= 0 {
		set[k/64] |= 1 << (k % 64)
	}
}

// deeds are what a run does and sees of the constraints: which are taken on
// it, possible in every state of it, and possible in some.
type deeds struct{ taken, always, somewhere []uint64 }

// starved adds to set, which may be nil, the strong constraints that a run
// with such deeds is not fair to if it goes on like that for ever; ok says that
// it is fair to the weak ones, some that there are strong ones.
func (f *fairness) starved(d deeds, set []uint64) (ok, some bool) {
	for w := range f.words {
		if f.weak[w]&d.always[w]&^d.taken[w] != 0 {
			return false, false
		}
		bad := f.strong[w] & d.somewhere[w] &^ d.taken[w]
		some = some || bad != 0
		if set != nil {
			set[w] = bad
		}
	}
	return true, some
}
