package simulate

import (
	"context"
	"sync"
	"time"
)

// block is how many runs a walker takes at a time. Blocks are added up in
// order, so that no figure depends on which walker took which.
const block = 32

// progressInterval is the time between two Events.
const progressInterval = 200 * time.Millisecond

// crew lets several walkers take runs.
type crew struct {
	p       *plan
	walkers []*walker

	mu      sync.Mutex // guards what follows
	next    int        // first run that nobody has taken
	total   *tally     // of the blocks before done
	done    int        // number of the first block that is not in total
	pending map[int]*tally
	last    time.Time
	fault   any // what a walker panicked with: a bug, passed on to the caller
}

func newCrew(p *plan) *crew {
	return &crew{p: p, total: newTally(p), pending: map[int]*tally{}, last: time.Now()}
}

func (c *crew) run(ctx context.Context) {
	n := min(c.p.opt.Workers, (c.p.opt.Runs+block-1)/block)
	for range n {
		c.walkers = append(c.walkers, newWalker(c.p))
	}
	var all sync.WaitGroup
	for _, w := range c.walkers {
		all.Go(func() {
			defer c.catch()
			c.work(ctx, w)
		})
	}
	all.Wait()
	if c.fault != nil {
		panic(c.fault)
	}
	// After an interrupt the blocks that follow each other without a gap
	// count, and of the next one the runs that it has: always the first runs.
	if t := c.pending[c.done]; t != nil {
		c.total.add(t)
	}
}

// catch keeps the panic of a walker: only the goroutine of the caller may end
// with it.
func (c *crew) catch() {
	if r := recover(); r != nil {
		c.mu.Lock()
		c.fault = r
		c.mu.Unlock()
	}
}

func (c *crew) work(ctx context.Context, w *walker) {
	for {
		lo, hi := c.claim()
		if lo >= hi {
			return
		}
		w.tally = newTally(c.p)
		i := lo
		for ; i < hi && ctx.Err() == nil; i++ {
			w.take(i)
		}
		c.deliver(lo/block, w.tally, i == hi)
		if i < hi {
			return
		}
	}
}

func (c *crew) claim() (lo, hi int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	lo = c.next
	hi = min(lo+block, c.p.opt.Runs)
	c.next = hi
	return lo, hi
}

// deliver adds up all blocks that have no gap before them.
func (c *crew) deliver(n int, t *tally, whole bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[n] = t
	for whole && c.pending[c.done] != nil && c.complete(c.done) {
		c.total.add(c.pending[c.done])
		delete(c.pending, c.done)
		c.done++
	}
	if now := time.Now(); c.p.opt.Progress != nil && now.Sub(c.last) >= progressInterval {
		c.last = now
		c.p.opt.Progress(Event{Runs: c.total.runs, Steps: c.total.steps})
	}
}

// complete reports whether a pending block has all its runs.
func (c *crew) complete(n int) bool {
	return c.pending[n].runs == min(block, c.p.opt.Runs-n*block)
}
