// Package wasm compiles a System whose states have a fixed size to a
// WebAssembly module, and runs it with wazero: a program.Stepper several times
// as fast as closures.
//
// A state stays what it is in a store, a few key words, in locals of one
// function that computes the successors of many states. Everything finite is
// unrolled: an action has code for each value of its parameters, so that an
// index is a constant and reading a slot is a shift and a mask. What is known
// at compile time is computed then; what a test has found out about bits of a
// state is known after it.
//
// Whatever is rare is left to a Machine: at a step that fails, at an integer
// that gets large, at an alarm, the code goes back to the beginning of the
// state, takes back what it has counted, by running once more with the
// opposite sign, and notes the state in Batch.Redo. What cannot be compiled at
// all is an Unsupported error.
package wasm

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

const (
	// maxBytes is how long the code may get; wazero takes about 30 ns a byte.
	maxBytes = 256 << 10
	// maxWork is how many expressions are compiled at most.
	maxWork = 400_000

	// Memory: a header, counters, tables, then regions.
	armedAt   = 0  // step alarms that are on
	madeAt    = 8  // successors of the last call
	outAt     = 16 // ends of what was written
	metaAt    = 20
	stuckAt   = 24
	redoAt    = 28
	counterAt = 32

	maxSources = 4096      // of one call of the module
	outBytes   = 384 << 10 // of successors that one call may come to
	page       = 64 << 10
)

// compiler writes the code of one function.
type compiler struct {
	*code
	reps   *program.Compiler
	layout *program.Layout
	watch  program.Watch
	here   source.Span // for errors

	source []*node // key words
	redo   label   // where a source goes that only a Machine can deal with
	// Locals: pointers to what is read and written, the number of the source,
	// the sign of counts, successors so far and before this action.
	out, meta, from, zero, sign, made, before, armed, steps uint64

	sites   int // places where a successor is written
	calls   int
	loops   int
	asking  int
	size    int
	calling map[*ir.Func]bool

	tables map[*word.Universe]uint64
	data   []byte
	dataAt uint64
}

// Code is a compiled System. It may be used by several goroutines.
type Code struct {
	prog     *program.Program
	guards   []int
	counters []*counters
	cells    int
	regions  regions
	runtime  wazero.Runtime
	module   wazero.CompiledModule
	// Size is the length of the code in bytes.
	Size int
}

// regions are where in memory there is what.
type regions struct {
	in, stuck, redo, meta, out, limit, pages uint32
}

// Compile compiles the actions of a program, and what a search watches, to a
// module. The error is an *Unsupported that says which part of the System
// cannot be compiled and why, or that the machine it runs on has no
// WebAssembly compiler.
func Compile(p *program.Program, pc *program.Compiler, w program.Watch) (code *Code, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Unsupported:
			code, err = nil, r
		default:
			panic(r)
		}
	}()
	if err := check(p, w); err != nil {
		return nil, err
	}
	x := &Code{prog: p}
	x.count()
	shared := compiler{reps: pc, layout: p.Layout, watch: w, tables: map[*word.Universe]uint64{}, dataAt: uint64(counterAt + 8*x.cells), calling: map[*ir.Func]bool{}}
	sites, expand := shared.expand(p.Sys, x.counters)
	examine := shared.examine()
	x.place(shared.dataAt+uint64(len(shared.data)), sites)
	funcs := []function{{"expand", 8, 1, expand}, {"examine", 3, 0, examine}}
	bin := encode(funcs, int(x.regions.pages), shared.dataAt, shared.data)
	x.Size = len(bin)
	if err := x.load(bin); err != nil {
		return nil, err
	}
	return x, nil
}

func check(p *program.Program, w program.Watch) error {
	for i, v := range p.Sys.Vars {
		if t := misfit(p.Layout.Place(i), v.Type); t != nil {
			if t == v.Type {
				return &Unsupported{v.Span, fmt.Sprintf("%s is a %s, which has no fixed size of at most 64 bits", v.Name, t)}
			}
			return &Unsupported{v.Span, fmt.Sprintf("%s has parts of type %s, which has no fixed size of at most 64 bits", v.Name, t)}
		}
	}
	switch {
	case len(w.Steps) > 64:
		return &Unsupported{w.Steps[64].Pred.Expr.Span(), "more than 64 properties of steps"}
	case len(w.States) > 64:
		return &Unsupported{w.States[64].Pred.Expr.Span(), "more than 64 properties of states"}
	case len(p.Sys.Actions) > program.MaxActions:
		return &Unsupported{p.Sys.Span, "too many actions"}
	}
	return nil
}

// misfit returns the type of a part that is not packed, nil if there is none.
func misfit(p program.Place, t *ir.Type) *ir.Type {
	if p.Leaf() {
		if p.Rep().Form != word.Node {
			return nil
		}
		return t
	}
	if t.Kind == ir.FuncKind {
		return misfit(p.At(0), t.Elem)
	}
	for i, f := range t.Fields {
		if m := misfit(p.Field(i), f.Type); m != nil {
			return m
		}
	}
	return nil
}

// count gives every counter its cell.
func (x *Code) count() {
	next := func() int {
		x.cells++
		return x.cells - 1
	}
	for _, a := range x.prog.Sys.Actions {
		n := &counters{taken: next(), enabled: next(), reached: next()}
		guards := ir.Conjuncts(a.Guard)
		steady := !blocksOrChooses(a.Body)
		for i := range guards {
			cell := -1
			if i < len(guards)-1 || !steady {
				cell = next()
			}
			n.passed = append(n.passed, cell)
		}
		x.guards = append(x.guards, len(guards))
		x.counters = append(x.counters, n)
	}
}

// place lays out the memory.
func (x *Code) place(at uint64, sites int) {
	words := uint32(x.prog.Layout.Words)
	next := uint32(at+63) &^ 63
	take := func(n uint32) uint32 {
		n, next = next, next+(n+63)&^63
		return n
	}
	r := &x.regions
	r.in = take(maxSources * 8 * words)
	r.stuck, r.redo = take(maxSources*4), take(maxSources*4)
	most := outBytes / (8*words + 4)
	r.meta = take(4 * (most + uint32(sites)))
	r.out = take(8 * words * (most + uint32(sites)))
	r.limit = r.out + 8*words*most
	r.pages = (next + page - 1) / page
}

func (x *Code) load(bin []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("WebAssembly cannot be compiled here: %v", r)
		}
	}()
	ctx := context.Background()
	x.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler())
	x.module, err = x.runtime.CompileModule(ctx, bin)
	return err
}

// Close frees the code. No Stepper of it may be in use.
func (x *Code) Close() error { return x.runtime.Close(context.Background()) }

var errMemory = errors.New("a WebAssembly module without memory")

// begin starts a function over states.
func (c *compiler) begin(params int) {
	c.code = newCode(params)
	c.size = 0
	c.source = nil
	for range c.layout.Words {
		l := c.fresh(false)
		c.source = append(c.source, (&node{op: opLocal, k: l, cost: 1}).word(math.MaxUint64))
	}
	if c.layout.Bits%64 != 0 || c.layout.Bits == 0 {
		last := len(c.source) - 1
		c.source[last].word(mask(c.layout.Bits % 64))
	}
	c.zero, c.steps = c.fresh(true), c.fresh(true)
}

// loadSource reads the key words that a pointer points to.
func (c *compiler) loadSource(in uint64) {
	for i := len(c.source) - 1; i >= 0; i-- {
		c.get(in)
		c.op(opLoad64, 3)
		c.uint(uint64(8 * i))
		c.set(c.source[i].k)
	}
}

func (c *compiler) copy(from, to uint64) {
	c.get(from)
	c.set(to)
}

// expand writes the function that computes successors. Its parameters are
// pointers: to sources and their end, to where successors, what they come
// from, stuck and failed sources go, the limit of successors, and the number of
// the first source.
func (c *compiler) expand(sys *ir.System, ns []*counters) (sites int, out *code) {
	const in, end, outP, metaP, stuck, redo, limit, first = 0, 1, 2, 3, 4, 5, 6, 7
	c.begin(8)
	c.out, c.meta, c.from = outP, metaP, first
	c.sign, c.made, c.before, c.armed = c.fresh(false), c.fresh(false), c.fresh(false), c.fresh(false)
	made0, out0, meta0 := c.fresh(false), c.fresh(true), c.fresh(true)
	c.used = nil // these are never free
	c.const64(1)
	c.set(c.sign)
	c.get(c.zero)
	c.op(opLoad64, 3)
	c.uint(uint64(c.dataAt)) // tells that all before it is in memory
	c.set(c.armed)
	c.get(c.zero)
	c.op(opLoad64, 3)
	c.uint(armedAt)
	c.set(c.armed)
	done := c.open(opBlock)
	next := c.open(opLoop)
	c.get(in)
	c.get(end)
	c.op(opGeU32)
	c.leave(opBrIf, done)
	c.get(outP)
	c.get(limit)
	c.op(opGeU32)
	c.leave(opBrIf, done)
	c.copy(c.made, made0)
	c.copy(c.made, c.before)
	c.copy(outP, out0)
	c.copy(metaP, meta0)
	c.copy(c.zero, c.steps)
	c.loadSource(in)
	c.redo = c.open(opBlock)
	for i, a := range sys.Actions {
		c.action(a, ns[i])
	}
	if c.loops > 0 && c.calls > maxCalls {
		unsupported(sys.Span, "too many calls of functions beside loops")
	}
	c.get(c.made)
	c.get(made0)
	c.op(opEq)
	c.open(opIf)
	c.note(stuck)
	c.end()
	c.nextSource(in, next)
	c.end()
	c.copy(made0, c.made)
	c.copy(out0, outP)
	c.copy(meta0, metaP)
	c.const64(0)
	c.get(c.sign)
	c.op(opSub)
	c.set(c.sign)
	c.get(c.sign)
	c.const64(0)
	c.op(opLtS)
	c.leave(opBrIf, next)
	c.note(redo)
	c.nextSource(in, next)
	c.end()
	c.end()
	c.save(c.made, madeAt, opStore64)
	c.save(outP, outAt, opStore32)
	c.save(metaP, metaAt, opStore32)
	c.save(stuck, stuckAt, opStore32)
	c.save(redo, redoAt, opStore32)
	c.get(in)
	return c.sites, c.code
}

const maxCalls = 900

// note writes the number of the source.
func (c *compiler) note(list uint64) {
	c.get(list)
	c.get(c.from)
	c.const32(metaActions)
	c.op(opShrU32, opStore32, 2, 0)
	c.advance(list, 4)
}

// metaActions is how many bits of a program.Meta are the action.
const metaActions = 12

func (c *compiler) nextSource(in uint64, next label) {
	c.advance(in, 8*len(c.source))
	c.advance(c.from, 1<<metaActions)
	c.leave(opBr, next)
}

func (c *compiler) save(l uint64, at uint64, op byte) {
	c.get(c.zero)
	c.get(l)
	align := byte(2)
	if op == opStore64 {
		align = 3
	}
	c.op(op, align)
	c.uint(at)
}

// examine writes the function that looks at state alarms: pointers to states
// and their end, and to where 64 bits for each go.
func (c *compiler) examine() *code {
	const in, end, out = 0, 1, 2
	c.begin(3)
	acc := c.fresh(false)
	c.used = nil
	done := c.open(opBlock)
	next := c.open(opLoop)
	c.get(in)
	c.get(end)
	c.op(opGeU32)
	c.leave(opBrIf, done)
	c.loadSource(in)
	c.copy(c.zero, c.steps)
	c.const64(0)
	c.set(acc)
	c.states(c.watch.States, acc)
	c.get(out)
	c.get(acc)
	c.op(opStore64, 3, 0)
	c.advance(in, 8*len(c.source))
	c.advance(out, 8)
	c.leave(opBr, next)
	c.end()
	c.end()
	return c.code
}
