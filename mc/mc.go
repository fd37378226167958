// Package mc decides properties of finite transition systems by visiting
// every reachable state.
//
// A search is three parts that know nothing of each other: a frontier (which
// states next), a store (which states are known), and a goal (what is looked
// for in states and steps). The loop goes round by round; breadth-first, a
// round is all states of one depth, shared by the workers, and nothing is said
// about it before it is over. That is why verdicts and figures are the same for
// every number of workers. A trace comes from one worker, which goes through
// the states in the order of the judge: if several found the violation, one
// searches again, to that depth.
//
//   - Violated comes with a shortest trace; of several the first in the order
//     of states, actions and choices. (Other frontiers find traces that need
//     not be shortest.)
//   - Holds means that every reachable state was visited. If the model's
//     bounds cut successors off, the verdict is Unknown and the basis Bounded.
//   - Unknown also means that a limit was met first, or that this engine does
//     not decide such a property; Finding.Why says which.
//
// States are packed words from beginning to end (package word); package
// program computes successors, package store keeps states.
package mc

import (
	"context"
	"fmt"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// Limits bound a search. A zero field means no limit.
type Limits struct {
	States uint64        // distinct states stored
	Memory uint64        // bytes of states, nodes and the frontier
	Depth  int           // steps from an initial state, which has depth 0
	Time   time.Duration // wall clock
}

// Options say how to search. The zero Options search with one worker for each
// processor, without limits.
type Options struct {
	Limits   Limits
	Code     Code        // what computes successors
	Order    Order       // which states are visited first
	Store    Storage     // how states are kept; other than Exact only BreadthFirst
	Seed     uint64      // of the Random order
	Workers  int         // goroutines that compute successors; 0 means one for each processor
	Progress func(Event) // called about five times per second; may be nil
	// Spill provides room for states outside memory, once half of
	// Limits.Memory is taken; nil means that there is none.
	Spill      store.Alloc
	Checkpoint *Checkpoint // nil means none
	// Profile asks for Result.Profile. Without it there is one only where a
	// limit was met, of the sizes of levels and variables alone.
	Profile    bool
	Reductions Reductions

	trace   bool     // keep where states come from, to the end
	lonely  uint64   // how many states are left to one worker; 0 means the default
	large   uint64   // how many states make a search large; 0 means the default
	compass *compass // with the Guided order
	// reduction is what Reductions come to; nil in the search for a trace that
	// shows every step.
	reduction *reduction
}

// Storage is how states are kept.
type Storage int

// Storages.
const (
	Exact Storage = iota
	Fingerprint
	Bitstate // with one worker
)

func (s Storage) String() string {
	return [...]string{"exact store", "64-bit fingerprints", "bitstate"}[s]
}

// bitField is how many bytes a bitstate store takes if no limit is given.
const bitField = 1 << 30

func (o Options) newStore(l *program.Layout) store.Store {
	switch o.Store {
	case Fingerprint:
		return store.NewFingerprints(l.Words, o.Limits.Memory)
	case Bitstate:
		memory := o.Limits.Memory / 4 * 3
		if memory == 0 {
			memory = bitField
		}
		return store.NewBitstate(l.Words, memory)
	}
	return store.New(l.Words, l.Bits, store.Options{Memory: o.Limits.Memory, Spill: o.Spill})
}

// Event is how far a search has come.
type Event struct {
	Distinct  uint64 // states stored
	Generated uint64 // initial states and successors produced
	Queue     uint64 // states whose successors are still to be computed
	Depth     int    // of the states that are being computed
	Memory    uint64 // bytes
	Elapsed   time.Duration
	// Expected is how many states there will be by the look of the levels so
	// far; 0 if they do not say.
	Expected uint64
	// Graph says that all this is of the graph for branching time, which is
	// built after the search.
	Graph bool
}

// progressInterval is the time between two Events, and how often limits on
// memory and time are looked at.
const progressInterval = 200 * time.Millisecond

// Check searches the reachable states of sys and decides the properties that
// its model checks. The search ends when all states are visited, when every
// property that this engine can decide is decided by a trace (after the level
// in which the last one was), or when a limit is met or ctx ends; in the last
// case the result is partial and its basis says why.
//
// The error is non-nil only if sys cannot be searched at all.
func Check(ctx context.Context, sys *ir.System, opt Options) (*evidence.Result, error) {
	if len(sys.Actions) > program.MaxActions {
		return nil, fmt.Errorf("%d actions, expected at most %d", len(sys.Actions), program.MaxActions)
	}
	if opt.Store != Exact && opt.Order != BreadthFirst {
		return nil, fmt.Errorf("a search with %s goes breadth-first only", opt.Store)
	}
	opt.Workers = limit.Workers(opt.Workers)
	if opt.Store == Bitstate {
		opt.Workers = 1
	}
	ctx, cancel := limit.Time(ctx, opt.Limits.Time)
	defer cancel()
	start := time.Now()
	s := newRun(sys, opt)
	if err := s.prepareCode(); err != nil {
		return nil, err
	}
	if c := opt.Checkpoint; c != nil && c.Load != nil {
		if err := s.resume(c.Load); err != nil {
			return nil, err
		}
	}
	s = s.explore(ctx)
	defer s.release()
	p := s.profile()
	res := s.result(ctx)
	res.Profile = p
	s.beside.decide(ctx, opt, s.goal.evaluation.hit != nil, res)
	s.explainUnknown(res)
	s.whole(ctx, res)
	Refinements(ctx, opt, res)
	res.Time = time.Since(start)
	return res, nil
}
