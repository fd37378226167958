package mc

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/symmetry"
	"github.com/spec-lang/spec/mc/wasm"
	"github.com/spec-lang/spec/mc/word"
)

const (
	// batch is how many states a worker takes from the frontier at a time.
	batch = 64
	// lonely is how many states one worker visits before others join in, with a
	// note of where each state was reached from. A violation among them needs
	// no second search for its trace.
	lonely = 1 << 17
)

// search is one search.
type search struct {
	sys      *ir.System
	prog     *program.Program
	compiler *program.Compiler
	native   *wasm.Pending // nil before it begins
	opt      Options
	start    time.Time
	goal     *goal
	watch    program.Watch
	alarms   alarms
	store    store.Store
	frontier frontier
	compass  *compass          // of a guided search
	orbits   *symmetry.Reducer // nil if states are not merged
	beside   *beside           // nil in the search for a trace
	guide    *guide            // nil in others
	// parents has, by state, where it was first reached from; nil if that is
	// not kept. depths has its depth, if the frontier does not go by depth.
	parents []store.ID
	depths  []uint32

	pause  uint64 // after how many states reductions are thought about; 0 means never
	paused bool

	workers []*worker
	round   []span // the states whose successors are computed
	depth   int    // of the round; -1 while initial states are computed
	next    atomic.Int64
	halt    atomic.Bool

	mu    sync.Mutex // guards what follows, up to peak
	limit string     // the limit that was met, in words
	last  time.Time
	fault any // what a worker panicked with: a bug, passed on to the caller
	peak  uint64

	saved    time.Time // of the last checkpoint
	unsaved  error
	before   tally // of the search that a checkpoint was made of
	distinct atomic.Uint64
	states   evidence.States
	levels   []uint64 // new states by depth
	expected uint64   // states in all, by the levels so far; 0 if unknown
	kept     []span   // states that a profile may look at
	keptSize uint64
}

func newSearch(prog *program.Program, c *program.Compiler, g *goal, opt Options) *search {
	s := &search{sys: prog.Sys, prog: prog, compiler: c, opt: opt, start: time.Now(), goal: g}
	s.watch, s.alarms = g.watch()
	if opt.reduction != nil {
		s.orbits = opt.reduction.orbits
	}
	s.store = opt.newStore(prog.Layout)
	s.frontier, s.compass = newFrontier(s), opt.compass
	if opt.Store == Exact {
		s.parents = []store.ID{}
	}
	if opt.Order != BreadthFirst {
		s.depths = []uint32{}
		s.opt.trace = true
	}
	return s
}

// run searches until the goal is reached, all is visited, or a limit is met.
func (s *search) run(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { s.stop(limit.Words(ctx)) })()
	if s.workers == nil {
		s.saved = time.Now()
		s.begin()
	}
	for !s.halt.Load() {
		if s.pause > 0 && s.states.Distinct >= s.pause && !s.goal.reached() {
			s.paused = true
			return
		}
		s.round = s.frontier.next()
		if s.round == nil {
			return
		}
		s.place()
		switch {
		case s.goal.reached() && !s.figures():
			s.stop("nothing is left to decide")
			return
		case s.opt.Limits.Depth > 0 && s.depth >= s.opt.Limits.Depth:
			s.stop(fmt.Sprintf("the limit of %d steps", s.opt.Limits.Depth))
			return
		case ctx.Err() != nil:
			s.stop(limit.Words(ctx))
			return
		}
		s.prepareCode()
		mark := s.store.Mark()
		s.expand()
		s.store.Forget(mark)
		s.close()
		s.checkpoint()
	}
}

// begin computes the initial states.
func (s *search) begin() {
	s.workers = []*worker{newWorker(s)}
	s.depth = -1
	s.workers[0].initial()
	s.close()
	s.states.Initial = s.states.Distinct
}

// place says how deep the states of a round are.
func (s *search) place() {
	if s.depths != nil {
		s.depth = int(s.depths[s.round[0].from])
		return
	}
	s.depth++
}

// figures reports whether the model states figures that only the whole search
// can confirm, or a deadlock that is not found yet.
func (s *search) figures() bool {
	e := s.sys.Expect
	return e.States >= 0 || e.Generated >= 0 || e.Depth >= 0 || e.Deadlock && s.goal.deadlock.hit == nil
}

// expand computes the successors of the round.
func (s *search) expand() {
	s.next.Store(0)
	s.round = portions(s.round)
	n := 1
	if s.opt.Order == BreadthFirst && !s.alone() {
		s.parents = nil
		n = min(s.opt.Workers, len(s.round))
	}
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

// alone reports whether one worker is to note where states come from.
func (s *search) alone() bool {
	n := uint64(lonely)
	if s.opt.lonely > 0 {
		n = s.opt.lonely
	}
	return s.parents != nil && (s.opt.trace || s.states.Distinct < n)
}

// portions cuts spans into what workers take at a time.
func portions(spans []span) []span {
	var out []span
	for _, sp := range spans {
		for sp.size() > batch {
			out = append(out, span{sp.from, sp.from + batch})
			sp.from += batch
		}
		out = append(out, sp)
	}
	return out
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

// claim returns the next part of the round.
func (s *search) claim() (span, bool) {
	i := int(s.next.Add(1)) - 1
	if i >= len(s.round) {
		return span{}, false
	}
	return s.round[i], true
}

// close ends a round: hits become final and the new states wait for their
// turn.
func (s *search) close() {
	for i, t := range s.goal.targets {
		for _, w := range s.workers {
			if h := w.hits[i]; h != nil && (t.hit == nil || h.depth < t.hit.depth) {
				t.hit = h
			}
			w.hits[i] = nil
		}
	}
	fresh := uint64(0)
	for _, w := range s.workers {
		fresh += total(w.fresh)
		s.keep(w.fresh)
		s.frontier.add(w.fresh)
		w.fresh = w.fresh[:0]
	}
	s.states.Distinct += fresh
	if fresh == 0 {
		return
	}
	s.states.Depth = max(s.states.Depth, s.depth+1)
	for len(s.levels) <= s.depth+1 {
		s.levels = append(s.levels, 0)
	}
	s.levels[s.depth+1] += fresh
	if s.opt.Order == BreadthFirst && !s.halt.Load() {
		o, _ := evidence.Predict(s.levels)
		s.expected = o.Total
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
	if s.prog.Pool.Nodes() > word.Capacity {
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
		s.stop(limit.Memory(n))
	}
	if s.opt.Progress != nil {
		s.opt.Progress(s.event(now, memory))
	}
}

func (s *search) event(now time.Time, memory uint64) Event {
	e := Event{Distinct: s.distinct.Load(), Generated: s.before.generated, Depth: s.depth, Memory: memory, Elapsed: now.Sub(s.start), Expected: s.expected}
	for _, w := range s.workers {
		e.Generated += w.generated.Load()
	}
	left := max(len(s.round)-int(s.next.Load()), 0)
	e.Queue = total(s.round[len(s.round)-left:]) + e.Distinct - s.states.Distinct
	return e
}

// memory is how many bytes the search takes now.
func (s *search) memory() uint64 {
	return s.store.Bytes() + s.prog.Pool.Bytes() + uint64(cap(s.round))*8 + uint64(cap(s.parents)+cap(s.depths))*4
}
