package graph

import (
	"context"
	"fmt"
	"math"

	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/wasm"
)

// Options say how far a graph goes and what it says. The zero Options go all
// the way and say nothing but the steps.
type Options struct {
	// Notes are those of the program's system, if it has any: successors are
	// then computed many at a time.
	Notes *Notes
	// Compiler is that of the program. With it and Notes, WebAssembly computes
	// successors once the graph is large.
	Compiler *program.Compiler
	// Told says of which actions labels tell all arguments; as for Note.
	Told []bool
	// Bounds are conditions on the states that are explored. What does not meet
	// them is in the graph, but not what follows it.
	Bounds []*program.Predicate
	// Preds are conditions that are evaluated once for each state: see Truths.
	Preds  []*program.Predicate
	Limits Limits
	// Progress is called by Build, every thousand states or so; may be nil.
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
	Depth  int    // steps from an initial state, in Build
}

const (
	// portion is how many states are expanded together at most.
	portion = 64
	// wasmFrom is after how many states compiling to WebAssembly begins: it
	// takes about as long as these states with closures.
	wasmFrom = 1 << 13
)

// Build computes the graph of a program, breadth first: the numbers of states
// are in the order of their distance from the initial states, and of those at
// one distance in the order of actions, parameters and choices. If a limit is
// met or ctx ends, the states whose successors are not computed are open, and
// Graph.Limit says why.
func Build(ctx context.Context, prog *program.Program, opt Options) *Graph {
	g := New(ctx, prog, opt)
	defer g.Close()
	depth, end := 0, g.Len() // end is where the states at this depth end
	for id := 0; id < g.Len(); {
		if id == end {
			depth, end = depth+1, g.Len()
		}
		if opt.Limits.Depth > 0 && depth >= opt.Limits.Depth {
			g.deep(uint32(id), opt.Limits.Depth)
			id++
			continue
		}
		next := g.build.some(ctx, uint32(id), end)
		if opt.Progress != nil && next/1024 > id/1024 && next < g.Len() {
			opt.Progress(Progress{uint64(g.Len()), uint64(len(g.to)), uint64(g.Len() - next), depth, g.Bytes()})
		}
		id = next
	}
	return g
}

// deep leaves a state open because of the limit of depth.
func (g *Graph) deep(id uint32, limit int) {
	if g.rows[id].n > 0 {
		return
	}
	g.build.shut(id)
	if g.Limit == "" {
		g.Limit = fmt.Sprintf("the limit of %d steps", limit)
	}
}

// Grow expands states in the order of their numbers until n are known, or all
// are expanded, or a limit is met. It returns how many are expanded then, if
// nothing but Grow has expanded states before.
func (g *Graph) Grow(ctx context.Context, n int) int {
	id := 0
	for id < g.Len() && (g.Len() < n || g.Limit != "") {
		id = g.build.some(ctx, uint32(id), g.Len())
	}
	return id
}

// Expand computes the steps of a state, if they are not known yet, and of some
// with the next numbers, which cost less together.
func (g *Graph) Expand(ctx context.Context, id uint32) {
	if g.rows[id].n == 0 {
		g.build.some(ctx, id, g.Len())
	}
}

// builder computes steps.
type builder struct {
	g     *Graph
	opt   Options
	m     *program.Machine
	watch program.Watch
	step  program.Stepper
	notes *reader // nil if the Stepper cannot tell labels
	code  *wasm.Pending
	fast  bool // the Stepper is as fast as it gets

	// Of the states that are expanded:
	sources []uint32
	from    []uint64 // their keys
	batch   program.Batch
	keys    []uint64 // of successors
	to      []uint32 // of steps; 0 if it is the next of keys
	label   []uint32
	source  []uint32 // of each step: the index in sources
	ids     []store.ID
	at      uint32 // index of the source whose outcomes a Machine emits

	slots []uint64
	gone  []uint64
}

func newBuilder(g *Graph, opt Options) *builder {
	b := &builder{g: g, opt: opt, m: g.prog.NewMachine(), slots: make([]uint64, len(g.prog.Layout.Slots)+1)}
	if opt.Notes != nil {
		b.notes = opt.Notes.reader(g.prog)
	}
	b.watch = g.watch(opt)
	b.step = g.prog.NewStepper(b.watch)
	b.fast = b.notes == nil || opt.Compiler == nil
	return b
}

func (b *builder) close() {
	b.step.Close()
	if b.code != nil {
		b.code.Close()
	}
}

// begin computes the initial states.
func (b *builder) begin(ctx context.Context) {
	b.m.Initial(func(m *program.Machine) {
		if m.Failure() != nil {
			b.g.Unborn++
			return
		}
		b.pack(m)
		if b.notes != nil {
			b.notes.strip(b.keys[len(b.keys)-b.g.prog.Layout.Words:])
		}
	})
	if b.number(len(b.keys) / b.g.prog.Layout.Words); b.g.Limit != "" {
		return
	}
	for _, id := range b.ids {
		if int(id) == len(b.g.Initial) {
			b.g.Initial = append(b.g.Initial, uint32(id))
		}
	}
	b.admit()
	b.look(ctx)
}

// some expands the states from id on that are not expanded yet, before end and
// not too many, and returns where it has come to.
func (b *builder) some(ctx context.Context, id uint32, end int) int {
	b.look(ctx)
	b.upgrade()
	b.sources = b.sources[:0]
	most, next := b.most(), int(id)
	for ; next < end && next < int(id)+most; next++ {
		switch {
		case b.g.rows[next].n > 0:
		case b.g.Limit != "":
			b.shut(uint32(next))
		default:
			b.sources = append(b.sources, uint32(next))
		}
	}
	if len(b.sources) > 0 {
		b.expand()
	}
	return next
}

// most is how many states may be expanded before limits are looked at.
func (b *builder) most() int {
	l := b.opt.Limits.States
	if l == 0 {
		return portion
	}
	return int(min(portion, (max(l, uint64(b.g.Len()))-uint64(b.g.Len()))/8+1))
}

// look sees to limits.
func (b *builder) look(ctx context.Context) {
	l, g := b.opt.Limits, b.g
	switch {
	case g.Limit != "":
	case ctx.Err() != nil:
		g.Limit = limit.Words(ctx)
	case l.States > 0 && uint64(g.Len()) > l.States:
		g.Limit = fmt.Sprintf("the limit of %d states", l.States)
	case l.Memory > 0 && g.Bytes() > l.Memory:
		g.Limit = fmt.Sprintf("the limit of %d bytes of memory", l.Memory)
	case len(g.to) > math.MaxUint32-1<<24:
		g.Limit = fmt.Sprintf("a graph has no more than %d steps", uint32(math.MaxUint32-1<<24))
	case uint64(g.Len()) > uint64(Outside)-1<<24:
		g.Limit = fmt.Sprintf("a graph has no more than %d states", Outside-1<<24)
	}
}

// upgrade goes over to WebAssembly in a graph that is large enough.
func (b *builder) upgrade() {
	switch {
	case b.fast || b.g.Len() < wasmFrom:
	case b.code == nil:
		b.code = wasm.Begin(b.g.prog, b.opt.Compiler, b.watch)
	case b.code.Done():
		if s := b.code.Stepper(); s != nil {
			b.step = s
		}
		b.fast = true
	}
}

// expand computes the steps of the sources.
func (b *builder) expand() {
	words := b.g.prog.Layout.Words
	b.from = b.from[:0]
	for _, id := range b.sources {
		b.from = append(b.from, b.slots[:words]...)
		b.g.states.Key(store.ID(id), b.from[len(b.from)-words:])
	}
	b.keys, b.to, b.label, b.source = b.keys[:0], b.to[:0], b.label[:0], b.source[:0]
	if b.notes == nil {
		for i := range b.sources {
			b.ask(uint32(i))
		}
	} else {
		b.run()
	}
	b.file()
}

// run has the Stepper compute steps, and the Machine those of the sources
// that the Stepper leaves to it.
func (b *builder) run() {
	words, t := b.g.prog.Layout.Words, &b.batch
	t.Reset()
	b.step.Expand(b.from, t)
	done := 0
	take := func(before uint32) {
		for ; done < len(t.Metas) && uint32(t.Metas[done].Source()) < before; done++ {
			n := len(b.keys)
			b.keys = append(b.keys, t.Keys[done*words:][:words]...)
			b.add(uint32(t.Metas[done].Source()), 0, b.notes.read(b.g.number, b.keys[n:]))
		}
	}
	for _, i := range t.Redo {
		take(i)
		b.ask(i)
	}
	take(math.MaxUint32)
}

func (b *builder) add(source, to, label uint32) {
	b.source, b.to, b.label = append(b.source, source), append(b.to, to), append(b.label, label)
}

// ask has a Machine compute the steps of a source.
func (b *builder) ask(i uint32) {
	words := b.g.prog.Layout.Words
	b.at = i
	b.m.Successors(b.from[int(i)*words:][:words], b.outcome)
}

func (b *builder) outcome(m *program.Machine) {
	if m.Failure() != nil {
		b.g.Failed++
		b.add(b.at, Outside, b.g.number.label(m))
		return
	}
	n := len(b.keys)
	b.pack(m)
	if b.notes != nil {
		b.add(b.at, 0, b.notes.read(b.g.number, b.keys[n:]))
	} else {
		b.add(b.at, 0, b.g.number.label(m))
	}
}

func (b *builder) pack(m *program.Machine) {
	n := len(b.keys)
	b.keys = append(b.keys, b.slots[:b.g.prog.Layout.Words]...)
	b.g.prog.Layout.Pack(b.keys[n:], m.State())
}

// number numbers the first n of keys.
func (b *builder) number(n int) {
	if cap(b.ids) < n {
		b.ids = make([]store.ID, 2*n)
	}
	b.ids = b.ids[:n]
	if err := b.g.states.Number(b.keys[:n*b.g.prog.Layout.Words], b.ids); err != nil {
		b.g.Limit = err.Error()
	}
}

// file adds the steps of the sources to the graph.
func (b *builder) file() {
	if b.number(len(b.keys) / b.g.prog.Layout.Words); b.g.Limit != "" {
		for _, id := range b.sources {
			b.shut(id)
		}
		return
	}
	g, known, at := b.g, 0, 0
	for i, id := range b.sources {
		begin, fails := uint32(len(g.to)), false
		for ; at < len(b.to) && b.source[at] == uint32(i); at++ {
			to := b.to[at]
			if to == Outside {
				fails = true
			} else {
				to = uint32(b.ids[known])
				known++
			}
			g.edge(begin, to, b.label[at])
		}
		if uint32(len(g.to)) == begin {
			g.edge(begin, id, Rest)
		}
		if fails {
			g.open = append(g.open, id)
		}
		g.rows[id] = row{begin, uint32(len(g.to)) - begin}
	}
	b.admit()
}

// nearby is how many steps are looked through for one that is the same:
// different choices may lead to the same state.
const nearby = 16

func (g *Graph) edge(begin, to, label uint32) {
	n := uint32(len(g.to))
	for i := max(begin, n-min(n, nearby)); i < n; i++ {
		if g.to[i] == to && g.label[i] == label {
			return
		}
	}
	g.to, g.label = append(g.to, to), append(g.label, label)
}

// shut lets a state lead outside and nowhere else.
func (b *builder) shut(id uint32) {
	g := b.g
	g.rows[id] = row{uint32(len(g.to)), 1}
	g.to, g.label, g.open = append(g.to, Outside), append(g.label, Rest), append(g.open, id)
}
