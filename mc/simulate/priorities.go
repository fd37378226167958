package simulate

import "math/rand/v2"

// priorities runs the thread with the highest priority. A thread draws its
// priority when it is first possible, which is the same as a random order of
// all of them; numbers below depth are those of change points.
type priorities struct {
	depth    int // d of the paper
	length   int // k of the paper: the most steps of a run
	priority map[uint64]uint64
	change   []int // steps after which the thread that ran is put last
	ready    []int // outcomes of the thread that runs
}

func newPriorities(depth, length int) *priorities {
	return &priorities{depth: depth, length: length, priority: map[uint64]uint64{}, change: make([]int, depth-1)}
}

func (p *priorities) begin(rng *rand.Rand) {
	clear(p.priority)
	for i := range p.change {
		p.change[i] = 1 + rng.IntN(p.length)
	}
}

func (p *priorities) choose(rng *rand.Rand, step int, list []outcome) int {
	best := uint64(0)
	for _, o := range list {
		prio, ok := p.priority[o.thread]
		if !ok {
			prio = 1<<63 | rng.Uint64()
			p.priority[o.thread] = prio
		}
		best = max(best, prio)
	}
	p.ready = p.ready[:0]
	for i, o := range list {
		if p.priority[o.thread] == best {
			p.ready = append(p.ready, i)
		}
	}
	chosen := p.ready[rng.IntN(len(p.ready))]
	for i, at := range p.change {
		if at == step {
			p.priority[list[chosen].thread] = uint64(p.depth - 1 - i)
		}
	}
	return chosen
}

func (p *priorities) threads() int { return len(p.priority) }
