package mc

import (
	"iter"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/profile"
	"github.com/spec-lang/spec/mc/store"
)

// keptStates is how many of the first states a profile may look at, besides
// those that wait in the end.
const keptStates = 1 << 20

// keep notes where new states are. Stores that forget states have only those
// that wait.
func (s *search) keep(spans []span) {
	if s.opt.Store != Exact || s.keptSize >= keptStates {
		return
	}
	s.kept = append(s.kept, spans...)
	s.keptSize += total(spans)
}

// profile is what was asked for, or what a search that a limit has ended can
// say about its states. The frontier is empty after it; the search for traces
// that follows may give up the store.
func (s *search) profile() *evidence.Profile {
	limited := s.limit != "" && !s.goal.reached()
	if !s.opt.Profile && !limited {
		return nil
	}
	look := profile.Widths
	if s.opt.Profile {
		look = profile.Collect
	}
	p := look(s.prog, s.known())
	if s.opt.Order == BreadthFirst {
		p.Levels, p.Open = s.levels, s.halt.Load()
	}
	if s.opt.Profile {
		p.Reduced = s.reductions()
	}
	f := s.store.Figures()
	p.Store = &evidence.StoreFigures{States: s.states.Distinct, Slots: f.Slots, Index: f.Index, Keys: f.Keys, Shared: f.Shared, Values: s.prog.Pool.Bytes()}
	return p
}

// known are the keys of the states that are kept, and of those that wait
// without being among them.
func (s *search) known() iter.Seq[[]uint64] {
	spans := s.kept
	if s.keptSize >= keptStates || s.opt.Store != Exact {
		for next := s.frontier.next(); next != nil; next = s.frontier.next() {
			spans = append(spans, next...)
		}
	}
	return func(yield func([]uint64) bool) {
		key := make([]uint64, s.prog.Layout.Words)
		for _, sp := range spans {
			for id := sp.from; id < sp.to; id++ {
				s.store.Key(store.ID(id), key)
				if !yield(key) {
					return
				}
			}
		}
	}
}
