package simulate

import "math/rand/v2"

// schedule chooses the steps of a run.
type schedule interface {
	// begin forgets the run before.
	begin(rng *rand.Rand)
	// choose returns the place of one outcome; step counts from 1. The list is
	// not empty.
	choose(rng *rand.Rand, step int, list []outcome) int
	// threads is how many threads the run has seen, 0 if that means nothing.
	threads() int
}

func (o Options) schedule() schedule {
	switch o.Scheduler {
	case Actions:
		return &byAction{}
	case Priorities:
		return newPriorities(o.BugDepth, o.Depth)
	}
	return uniform{}
}

// uniform takes each outcome equally often.
type uniform struct{}

func (uniform) begin(*rand.Rand) {}

func (uniform) choose(rng *rand.Rand, _ int, list []outcome) int { return rng.IntN(len(list)) }

func (uniform) threads() int { return 0 }

// byAction takes each action equally often. Outcomes of an action stand
// together.
type byAction struct{ starts []int }

func (*byAction) begin(*rand.Rand) {}

func (b *byAction) choose(rng *rand.Rand, _ int, list []outcome) int {
	b.starts = b.starts[:0]
	for i, o := range list {
		if i == 0 || o.action != list[i-1].action {
			b.starts = append(b.starts, i)
		}
	}
	n := rng.IntN(len(b.starts))
	lo, hi := b.starts[n], len(list)
	if n+1 < len(b.starts) {
		hi = b.starts[n+1]
	}
	return lo + rng.IntN(hi-lo)
}

func (*byAction) threads() int { return 0 }
