package graph

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/spec-lang/spec/mc/program"
)

// Options say how far a graph goes. The zero Options go all the way.
type Options struct {
	// States is where states are kept; it is empty. Nil means a Table.
	States States
	// Bounds are conditions on the states that are explored. What does not meet
	// them is in the graph, but not what follows it.
	Bounds []*program.Predicate
	Limits Limits
	// Progress is called every thousand states or so; may be nil.
	Progress func(Progress)
}

// Progress is how far a graph has come.
type Progress struct {
	States, Steps uint64 // in the graph
	Queue         uint64 // states whose steps are still to be computed
	Depth         int    // of the states that are being computed
	Memory        uint64 // bytes
}

// Limits bound a graph. A zero field means no limit.
type Limits struct {
	States uint64 // states in the graph
	Memory uint64 // bytes of states and steps
	Depth  int    // steps from an initial state
}

// Build computes the graph of a program, breadth first: the numbers of states
// are in the order of their distance from the initial states, and of those at
// one distance in the order of actions, parameters and choices. If a limit is
// met or ctx ends, the states whose successors are not computed are open, and
// Graph.Limit says why.
func Build(ctx context.Context, prog *program.Program, opt Options) *Graph {
	g := &Graph{Labels: []Label{{Action: -1, Fair: -1}}, CutBy: make([]bool, len(opt.Bounds)), prog: prog, states: opt.States}
	if g.states == nil {
		g.states = NewTable(prog.Layout.Words)
	}
	g.number = newNumberer(g, prog.Sys)
	b := &builder{g: g, opt: opt, m: prog.NewMachine(), key: make([]uint64, prog.Layout.Words), slots: make([]uint64, len(prog.Layout.Slots)+1)}
	b.run(ctx)
	return g
}

type builder struct {
	g     *Graph
	opt   Options
	m     *program.Machine
	key   []uint64
	slots []uint64
	n     uint32   // states so far
	last  []uint32 // of each state: the last step to it plus 1
	row   uint32   // where the steps of this state begin
	fails bool     // a step of this state fails
}

func (b *builder) run(ctx context.Context) {
	b.m.Initial(b.initial)
	depth, end := 0, b.n // end is where the states at this depth end
	from := make([]uint64, len(b.key))
	for id := uint32(0); id < b.n; id++ {
		if id == end {
			depth, end = depth+1, b.n
		}
		if id%1024 == 0 || b.opt.Limits.States > 0 {
			b.look(ctx)
		}
		if id%1024 == 1023 && b.opt.Progress != nil {
			b.opt.Progress(Progress{uint64(b.n), uint64(len(b.g.to)), uint64(b.n - id), depth, b.g.Bytes()})
		}
		b.g.first = append(b.g.first, uint32(len(b.g.to)))
		b.row, b.fails = uint32(len(b.g.to)), false
		b.g.states.Key(id, from)
		deep := b.opt.Limits.Depth > 0 && depth >= b.opt.Limits.Depth
		switch {
		case b.g.Limit != "" || !b.within(from):
			b.add(Outside, Rest)
		case deep:
			b.add(Outside, Rest)
			b.deep()
		default:
			b.m.Successors(from, b.outcome)
			if uint32(len(b.g.to)) == b.row {
				b.add(id, Rest)
			}
		}
	}
	b.g.first = append(b.g.first, uint32(len(b.g.to)))
}

// deep notes that the limit of depth was met. The states that are as deep are
// looked at all the same: they cost nothing.
func (b *builder) deep() {
	if b.g.Limit == "" {
		b.g.Limit = fmt.Sprintf("the limit of %d steps", b.opt.Limits.Depth)
	}
}

// look sees to limits.
func (b *builder) look(ctx context.Context) {
	l := b.opt.Limits
	switch {
	case b.g.Limit != "":
	case ctx.Err() != nil:
		b.g.Limit = ended(ctx)
	case l.States > 0 && uint64(b.n) > l.States:
		b.g.Limit = fmt.Sprintf("the limit of %d states", l.States)
	case l.Memory > 0 && b.g.Bytes()+4*uint64(cap(b.last)) > l.Memory:
		b.g.Limit = fmt.Sprintf("the limit of %d bytes of memory", l.Memory)
	case len(b.g.to) > math.MaxUint32-1<<24:
		b.g.Limit = fmt.Sprintf("a graph has no more than %d steps", uint32(math.MaxUint32-1<<24))
	case b.n > Outside-1<<24:
		b.g.Limit = fmt.Sprintf("a graph has no more than %d states", Outside-1<<24)
	}
}

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

// within reports whether a state is within the bounds; one whose bound has no
// value is not.
func (b *builder) within(key []uint64) bool {
	if len(b.opt.Bounds) == 0 {
		return true
	}
	b.g.prog.Layout.Unpack(b.slots, key)
	for i, p := range b.opt.Bounds {
		if ok, failure := b.m.Test(p, b.slots, nil); !ok {
			if failure == nil {
				b.g.CutBy[i] = true
				b.g.Cuts++
			}
			return false
		}
	}
	return true
}

func (b *builder) insert(m *program.Machine) (id uint32, fresh bool) {
	b.g.prog.Layout.Pack(b.key, m.State())
	id, fresh = b.g.states.Insert(b.key)
	if fresh {
		b.n++
		b.last = append(b.last, 0)
	}
	return id, fresh
}

func (b *builder) initial(m *program.Machine) {
	if m.Failure() != nil {
		b.g.Unborn++
		return
	}
	if id, fresh := b.insert(m); fresh {
		b.g.Initial = append(b.g.Initial, id)
	}
}

func (b *builder) outcome(m *program.Machine) {
	label := b.g.number.label(m)
	if m.Failure() != nil {
		b.g.Failed++
		b.add(Outside, label)
		return
	}
	id, _ := b.insert(m)
	// Different choices may lead to the same state.
	if at := b.last[id]; at > b.row && b.g.label[at-1] == label {
		return
	}
	b.add(id, label)
	b.last[id] = uint32(len(b.g.to))
}

func (b *builder) add(to, label uint32) {
	if to == Outside && !b.fails {
		b.fails = true
		b.g.open = append(b.g.open, uint32(len(b.g.first)-1))
	}
	b.g.to = append(b.g.to, to)
	b.g.label = append(b.g.label, label)
}
