package mc

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/symmetry"
)

// guide leads a depth-first search of all states along the representatives
// that a search with symmetry has visited, to the runs that a search of all
// states shows: of the shortest, those that are first in the order of states,
// actions and choices.
//
// A state is followed only at the depth at which its representative was
// reached, for nothing else is on a shortest run, and only once for each
// representative: from a state of the same orbit that comes later the same is
// reached by later runs. So no more states are followed than there are
// representatives.
type guide struct {
	reps   *store.Exact
	canon  *symmetry.Canon
	ends   []store.ID // by depth: where the representatives of it end
	wanted []*hit     // by target: what was found of representatives; nil if nothing
	most   int        // the greatest depth of them
	taken  []bool     // representatives whose turn has been
	key    []uint64
}

func newGuide(s *search) *guide {
	g := &guide{reps: s.store.(*store.Exact), canon: s.canon(), taken: make([]bool, len(s.parents)), key: make([]uint64, s.prog.Layout.Words)}
	end := store.ID(0)
	for _, n := range s.levels {
		end += store.ID(n)
		g.ends = append(g.ends, end)
	}
	for _, t := range s.goal.targets {
		g.wanted = append(g.wanted, t.hit)
		if t.hit != nil {
			g.most = max(g.most, t.hit.depth)
		}
	}
	return g
}

// follow reports whether a state is to be followed that was reached at a depth.
func (g *guide) follow(key []uint64, depth int) bool {
	copy(g.key, key)
	g.canon.Canonical(g.key)
	id, ok := g.reps.Find(g.key)
	if !ok || g.taken[id] || depth > g.most {
		return false
	}
	at, end := slices.BinarySearch(g.ends, id)
	if end {
		at++
	}
	if at != depth {
		return false
	}
	g.taken[id] = true
	return true
}

// wants reports whether a hit is as near as the one among representatives.
func (g *guide) wants(target int, h *hit) bool {
	w := g.wanted[target]
	return w != nil && w.depth == h.depth && w.deadlock == h.deadlock
}

// guided takes the successors out of the others that are not followed.
func (w *worker) guided(keys []uint64, metas []program.Meta) ([]uint64, []program.Meta) {
	size, n := w.s.prog.Layout.Words, 0
	for i, meta := range metas {
		key := keys[i*size:][:size]
		if meta.Cut() || w.s.guide.follow(key, w.s.depth+1) {
			copy(keys[n*size:], key)
			metas[n] = meta
			n++
		}
	}
	return keys[:n*size], metas[:n]
}

// unmerged searches all states for what s has found among representatives,
// guided by them.
func (s *search) unmerged(ctx context.Context) *tracer {
	opt := s.opt
	opt.reduction, opt.Order = nil, DepthFirst
	next := s.anew(opt)
	next.guide = newGuide(s)
	defer next.release()
	next.run(ctx)
	return &tracer{search: next, m: s.prog.NewMachine()}
}
