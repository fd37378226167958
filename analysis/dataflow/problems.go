package dataflow

import (
	"maps"
	"slices"

	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Set is a set of what may be so. It is not changed once it is made.
type Set[T comparable] map[T]bool

func union[T comparable](a, b Set[T]) Set[T] {
	out := maps.Clone(a)
	for x := range b {
		out[x] = true
	}
	return out
}

// Live is the live variables of a graph: those whose value some way on may
// read. State is live wherever a step ends.
type Live struct {
	info  *typecheck.Info
	state []types.Object // that the body writes
	out   map[*cfg.Block]Set[types.Object]
}

// NewLive solves the problem for a graph.
func NewLive(info *typecheck.Info, g *cfg.Graph) *Live {
	l := &Live{info: info}
	for _, b := range g.Blocks {
		for _, n := range b.Nodes {
			a := AccessOf(info, n)
			for _, obj := range append(a.Writes, a.Changes...) {
				if IsState(obj) && !slices.Contains(l.state, obj) {
					l.state = append(l.state, obj)
				}
			}
		}
	}
	end := Set[types.Object]{}
	for _, obj := range l.state {
		end[obj] = true
	}
	l.out = Solve(g, Problem[Set[types.Object]]{
		Backward: true, Boundary: end, Bottom: &Set[types.Object]{}, Merge: union[types.Object], Equal: maps.Equal[Set[types.Object], Set[types.Object]],
		Flow: func(b *cfg.Block, after Set[types.Object], _ int) (Set[types.Object], bool) {
			live := maps.Clone(after)
			for _, n := range slices.Backward(b.Nodes) {
				l.before(n, live)
			}
			return live, true
		},
	})
	return l
}

// before turns what is live after a node into what is live before it.
func (l *Live) before(n ast.Node, live Set[types.Object]) {
	a := AccessOf(l.info, n)
	for _, obj := range a.Writes {
		delete(live, obj)
	}
	for _, obj := range a.Reads {
		live[obj] = true
	}
	for _, obj := range l.state {
		if a.Yields {
			live[obj] = true
		}
	}
}

// After calls visit for each node of a block, the last one first, with what is
// live after it. It does nothing for a block from which the body never ends.
func (l *Live) After(b *cfg.Block, visit func(n ast.Node, live Set[types.Object])) {
	live := maps.Clone(l.out[b])
	for _, n := range slices.Backward(b.Nodes) {
		visit(n, live)
		l.before(n, live)
	}
}

// Definition is a node that gives a variable a value.
type Definition struct {
	Object types.Object
	Node   ast.Node
}

// Reaching returns the reaching definitions of a graph: those that may be the
// last one of their variable before a block.
func Reaching(info *typecheck.Info, g *cfg.Graph) map[*cfg.Block]Set[Definition] {
	return Solve(g, Problem[Set[Definition]]{
		Boundary: Set[Definition]{}, Merge: union[Definition], Equal: maps.Equal[Set[Definition], Set[Definition]],
		Flow: func(b *cfg.Block, in Set[Definition], _ int) (Set[Definition], bool) {
			out := maps.Clone(in)
			for _, n := range b.Nodes {
				Define(info, n, out)
			}
			return out, true
		},
	})
}

// Define turns the definitions that reach a node into those that reach what
// follows it.
func Define(info *typecheck.Info, n ast.Node, defs Set[Definition]) {
	a := AccessOf(info, n)
	for _, obj := range a.Writes {
		maps.DeleteFunc(defs, func(d Definition, _ bool) bool { return d.Object == obj })
		defs[Definition{obj, n}] = true
	}
	if a.Yields {
		maps.DeleteFunc(defs, func(d Definition, _ bool) bool { return IsState(d.Object) })
	}
}
