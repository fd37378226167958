// Package dataflow solves data-flow problems on control-flow graphs: live
// variables, reaching definitions, and whatever else is a Problem.
//
// After G. Kildall, "A unified approach to global program optimization", POPL
// 1973: facts are propagated along edges and merged where edges meet, until
// nothing changes.
package dataflow

import "github.com/spec-lang/spec/analysis/cfg"

// Problem says what is known at one end of a graph and how it changes on the
// way. Facts must not be changed in place.
type Problem[F any] struct {
	Backward bool // from the exit against the edges
	Boundary F    // what is known at the entry, or at the exit if Backward
	// Bottom, if set, is what is known everywhere before anything is: then
	// blocks that no way leads to have facts too.
	Bottom *F
	// Merge is what is known where two ways meet.
	Merge func(a, b F) F
	Equal func(a, b F) bool
	// Flow is what is known after a block, on its edge number to, given what
	// is known before; false if the edge is never taken. Backward, after
	// means above, and to is an index of Preds.
	Flow func(b *cfg.Block, in F, to int) (F, bool)
}

// Solve returns what is known before each block (after it, if Backward), by
// its index; a block without an entry is never reached. The facts of a Problem
// must not have infinitely long chains.
func Solve[F any](g *cfg.Graph, p Problem[F]) map[*cfg.Block]F {
	start := g.Blocks[0]
	if p.Backward {
		start = g.Exit
	}
	in := map[*cfg.Block]F{start: p.Boundary}
	work := []*cfg.Block{start}
	queued := map[*cfg.Block]bool{start: true}
	if p.Bottom != nil {
		for _, b := range g.Blocks {
			if b != start {
				in[b], queued[b] = *p.Bottom, true
				work = append(work, b)
			}
		}
	}
	for len(work) > 0 {
		b := work[0]
		work = work[1:]
		queued[b] = false
		for i, to := range p.next(b) {
			out, taken := p.Flow(b, in[b], i)
			if !taken {
				continue
			}
			if old, seen := in[to]; seen {
				if out = p.Merge(old, out); p.Equal(old, out) {
					continue
				}
			}
			in[to] = out
			if !queued[to] {
				queued[to] = true
				work = append(work, to)
			}
		}
	}
	return in
}

func (p Problem[F]) next(b *cfg.Block) []*cfg.Block {
	if p.Backward {
		return b.Preds
	}
	return b.Succs
}
