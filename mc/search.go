package mc

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/word"
)

// batch is how many states a worker takes from the frontier at a time.
const batch = 64

// search is one breadth-first search.
type search struct {
	sys   *ir.System
	prog  *program.Program
	opt   Options
	start time.Time
	goal  *goal
	store *store.Store

	workers  []*worker
	frontier []store.Ref // the level whose successors are computed, in order
	depth    int         // of the frontier; -1 while initial states are computed
	next     atomic.Int64
	halt     atomic.Bool

	mu    sync.Mutex // guards what follows, up to peak
	limit string     // the limit that was met, in words
	last  time.Time
	fault any // what a worker panicked with: a bug, passed on to the caller
	peak  uint64

	distinct atomic.Uint64
	states   evidence.States
	fresh    []uint64 // by action: states not seen before
}

// run searches until the goal is reached, all is visited, or a limit is met.
func (s *search) run(ctx context.Context) {
	s.fresh = make([]uint64, len(s.sys.Actions))
	defer context.AfterFunc(ctx, func() { s.stop(ended(ctx)) })()
	s.workers = []*worker{newWorker(s)}
	s.depth = -1
	s.workers[0].initial()
	s.close()
	s.states.Initial = uint64(len(s.frontier))
	for len(s.frontier) > 0 && !s.halt.Load() {
		switch {
		case s.goal.reached() && !s.figures():
			s.stop("nothing is left to decide")
			return
		case s.opt.Limits.Depth > 0 && s.depth >= s.opt.Limits.Depth:
			s.stop(fmt.Sprintf("the limit of %d steps", s.opt.Limits.Depth))
			return
		case ctx.Err() != nil:
			s.stop(ended(ctx))
			return
		}
		s.level()
		s.close()
	}
}

// figures reports whether the model states figures that only the whole search
// can confirm, or a deadlock that is not found yet.
func (s *search) figures() bool {
	e := s.sys.Expect
	return e.States >= 0 || e.Generated >= 0 || e.Depth >= 0 || e.Deadlock && s.goal.deadlock.hit == nil
}

// ended says in words why a context ended.
func ended(ctx context.Context) string {
	switch err := context.Cause(ctx); {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time limit"
	default:
		return err.Error()
	}
}

// level computes the successors of the frontier.
func (s *search) level() {
	s.next.Store(0)
	n := min(s.opt.Workers, (len(s.frontier)+batch-1)/batch)
	for len(s.workers) < n {
		s.workers = append(s.workers, newWorker(s))
	}
	if n == 1 {
		s.workers[0].work()
		return
	}
	var all sync.WaitGroup
	for _, w := range s.workers[:n] {
		all.Go(func() {
			defer s.catch()
			w.work()
		})
	}
	all.Wait()
	if s.fault != nil {
		panic(s.fault)
	}
}

// catch keeps the panic of a worker: only the goroutine of the caller may end
// with it.
func (s *search) catch() {
	if r := recover(); r != nil {
		s.mu.Lock()
		s.fault = r
		s.mu.Unlock()
		s.halt.Store(true)
	}
}

// claim returns the next part of the frontier.
func (s *search) claim() (lo, hi int) {
	hi = int(s.next.Add(batch))
	return hi - batch, min(hi, len(s.frontier))
}

// close ends a level: hits become final and the new states the frontier.
func (s *search) close() {
	for i, t := range s.goal.all() {
		if t.hit != nil {
			continue
		}
		for _, w := range s.workers {
			w.settle(i)
			if h := w.hits[i].best; h != nil && (t.hit == nil || h.via < t.hit.via) {
				t.hit = h
			}
		}
		if t.hit != nil {
			s.locate(t.hit)
		}
	}
	from := s.frontier
	if s.depth < 0 {
		from = nil
	}
	s.frontier = s.store.Close(from, func(v store.Via) {
		if a := v.Action(); a >= 0 {
			s.fresh[a]++
		}
	})
	s.depth++
	if len(s.frontier) > 0 {
		s.states.Depth = s.depth
	}
	s.states.Distinct += uint64(len(s.frontier))
}

// locate says where the source of a hit is.
func (s *search) locate(h *hit) {
	h.from, h.depth = store.NoRef, s.depth+1
	if s.depth >= 0 {
		h.from = s.frontier[h.via.Place()]
	}
	if h.deadlock {
		h.depth = s.depth
	}
}

// stop ends the search with a limit, in words; the first one counts.
func (s *search) stop(limit string) {
	s.mu.Lock()
	if s.limit == "" {
		s.limit = limit
	}
	s.mu.Unlock()
	s.halt.Store(true)
}

// look sees to limits and progress; workers call it after each batch.
func (s *search) look() {
	if n := s.opt.Limits.States; n > 0 && s.distinct.Load() > n {
		s.stop(fmt.Sprintf("the limit of %d states", n))
	}
	switch {
	case s.distinct.Load() > store.Capacity:
		s.stop(fmt.Sprintf("the store holds no more than %d states", store.Capacity))
	case s.prog.Pool.Nodes() > word.Capacity:
		s.stop(fmt.Sprintf("there are no more than %d different values of unbounded types", word.Capacity))
	}
	now := time.Now()
	s.mu.Lock()
	due := now.Sub(s.last) >= progressInterval
	if due {
		s.last = now
	}
	s.mu.Unlock()
	if !due {
		return
	}
	memory := s.memory()
	s.mu.Lock()
	s.peak = max(s.peak, memory)
	s.mu.Unlock()
	if n := s.opt.Limits.Memory; n > 0 && memory > n {
		s.stop(fmt.Sprintf("the limit of %d bytes of memory", n))
	}
	if s.opt.Progress == nil {
		return
	}
	e := Event{Distinct: s.distinct.Load(), Depth: s.depth, Memory: memory, Elapsed: now.Sub(s.start)}
	for _, w := range s.workers {
		e.Generated += w.generated.Load()
	}
	e.Queue = uint64(max(len(s.frontier)-int(s.next.Load()), 0)) + e.Distinct - s.states.Distinct
	s.opt.Progress(e)
}

// memory is how many bytes the search takes now.
func (s *search) memory() uint64 {
	return s.store.Bytes() + s.prog.Pool.Bytes() + uint64(cap(s.frontier))*4
}
