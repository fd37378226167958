// Package circuit turns a packed System into boolean circuits: its states are
// bits, and its steps are and-inverter graphs over them. Engines that know
// only bits (binary decision diagrams, SAT) stand on it.
//
// A System is packed if its variables have a bounded number of values: bools,
// ranges, sorts, enums, structs and options of packed types, sets and maps
// over few elements, bounded sequences. Integers in expressions are bit vectors
// as wide as the intervals of their operands ask for. What cannot be said in a
// circuit is an error, never left out.
//
// The meaning is that of ir/eval: the same steps, and failures in the same
// steps. Only which of several failures comes first in words is the judge's.
package circuit

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// maxGates and maxSteps bound the size of a circuit.
const (
	maxGates = 8 << 20
	maxSteps = 1 << 14
)

// Error says what of a System has no circuit.
type Error struct {
	Span source.Span
	Msg  string // lower case
}

func (e *Error) Error() string { return e.Msg }

// Circuit is a System in bits. Leaves 0 to States-1 of the Graph are the bits
// of a state, those from States on are inputs.
type Circuit struct {
	Sys    *ir.System
	Graph  *Graph
	States int
	// Valid holds of the bits that stand for some state.
	Valid Lit
	Init  *Step
	// Steps are the instances of the actions, in the order of ir/eval.
	Steps []*Step

	b    *builder
	vars []val
}

// Step is an action with arguments, or the initial statements. Choices in the
// body are read off inputs, each way through being one value of them.
type Step struct {
	Action *ir.Action // nil of the initial statements
	// Inputs is how many input bits the choices take.
	Inputs int
	// Valid holds where the step with these inputs is a way through that does
	// not fail, and Next are then the bits of the state that it leads to.
	Valid Lit
	Next  []Lit
	// Error and Assert hold where the way ends in an evaluation error or a
	// failed assertion; Early where the guard or a domain fails, whatever the
	// inputs are.
	Error, Assert, Early Lit
	// Enabled holds, whatever the inputs are, where there is any way through:
	// one that ends in a failure counts.
	Enabled Lit
	// Blocked holds, by conjunct of the guard, where that is the first that is
	// false; Passed where none is.
	Blocked []Lit
	Passed  Lit

	args   []val
	next   []val
	number int
}

// Cond is a condition: where it holds, and where it has no value.
type Cond struct{ Holds, Error, Assert Lit }

type builder struct {
	g         *Graph
	sys       *ir.System
	err       *Error
	at        source.Span
	states    int
	universes map[*ir.Type][]ir.Value
	loops     map[*ir.Func]bool
	int       *ir.Type
	calls     int // evaluated so far
}

// unsupported notes that something has no circuit. The first one counts.
func (b *builder) unsupported(what string) {
	if b.err == nil {
		b.err = &Error{b.at, what + " have no circuit"}
	}
}

func (b *builder) input(i int) Lit { return b.g.leaf(b.states + i) }

// Bit is bit i of a state.
func (c *Circuit) Bit(i int) Lit { return c.Graph.leaf(i) }

// Input is input i, for choices beyond those in the steps. It is at most one
// more than there are.
func (c *Circuit) Input(i int) Lit { return c.b.input(i) }

// Build makes the circuit of a System. The error is an *Error.
func Build(sys *ir.System) (*Circuit, error) {
	b := &builder{g: newGraph(), sys: sys, universes: map[*ir.Type][]ir.Value{}, loops: map[*ir.Func]bool{}, int: sys.Types.Int()}
	c := &Circuit{Sys: sys, Graph: b.g, b: b}
	c.state()
	if b.err == nil {
		c.Init = b.initial()
	}
	for _, a := range sys.Actions {
		if b.err != nil {
			break
		}
		f := newFrame(c.vars)
		f.old = c.vars
		b.instances(f, a, nil, func(s *Step) {
			s.number = len(c.Steps)
			if s.Enabled != False || slices.ContainsFunc(s.Blocked, func(l Lit) bool { return l != False }) {
				c.Steps = append(c.Steps, s)
			}
			if len(c.Steps) > maxSteps {
				b.at = a.NameSpan
				b.unsupported("actions with so many arguments")
			}
		})
	}
	if b.err != nil {
		return nil, b.err
	}
	return c, nil
}

// state makes the bits of a state.
func (c *Circuit) state() {
	b := c.b
	next := func() Lit {
		if b.states++; b.states > maxBits {
			b.unsupported(fmt.Sprintf("states of more than %d bits", maxBits))
			b.states--
		}
		return b.g.leaf(b.states - 1)
	}
	for _, v := range c.Sys.Vars {
		b.at = v.Span
		c.vars = append(c.vars, b.unflatten(v.Type, next))
	}
	c.States = b.states
	c.Valid = True
	if b.err != nil {
		return
	}
	var bits []Lit
	for i, v := range c.Sys.Vars {
		bits = b.flatten(bits, c.vars[i], v.Type, True)
		c.Valid = b.g.And(c.Valid, b.within(c.vars[i], v.Type))
	}
	for i, l := range bits {
		c.Valid = b.g.And(c.Valid, b.g.Iff(l, b.g.leaf(i)))
	}
}

// within is where every number in v is one of its type.
func (b *builder) within(v val, t *ir.Type) Lit {
	all := True
	fields := func(vs []val, fs []ir.Field) {
		for i, f := range fs {
			all = b.g.And(all, b.within(vs[i], f.Type))
		}
	}
	switch v := v.(type) {
	case *num:
		return b.between(v, v.lo, v.hi)
	case *sum:
		all = b.within(v.tag, b.int)
		for i, variant := range t.Variants {
			before := all
			all = True
			fields(v.args[i], variant.Fields)
			all = b.g.And(before, b.g.Or(all, b.is(v.tag, int64(i)).Not()))
		}
	case *record:
		fields(v.fields, t.Fields)
	case *table:
		for i, w := range v.vals {
			all = b.g.And(all, b.g.Or(v.on[i].Not(), b.within(w, t.Elem)))
		}
	case *sequence:
		all = b.within(v.len, b.int)
		for i, w := range v.elems {
			all = b.g.And(all, b.g.Or(b.less(fixed(int64(i)), v.len).Not(), b.within(w, t.Elem)))
		}
	}
	return all
}

// between is lo <= n <= hi, with nothing taken for granted about n.
func (b *builder) between(n *num, lo, hi int64) Lit {
	w := len(n.bits)
	free := &num{n.bits, -1 << (w - 1), 1<<(w-1) - 1}
	return b.g.Or(b.less(free, fixed(lo)), b.less(fixed(hi), free)).Not()
}

func (b *builder) initial() *Step {
	f := newFrame(make([]val, len(b.sys.Vars)))
	b.at = b.sys.Span
	b.exec(f, b.sys.Init)
	for i, v := range b.sys.Vars {
		if b.err == nil && f.vars[i] == nil && b.live(f) != False {
			b.at = v.Span
			b.fail(f, True)
		}
	}
	return b.finish(f, &Step{Passed: True})
}

// instances calls do for every choice of the parameters of a that is possible
// somewhere, and for domains that may fail.
func (b *builder) instances(f *frame, a *ir.Action, args []val, do func(*Step)) {
	if b.err != nil {
		return
	}
	if len(args) == len(a.Params) {
		do(b.fire(f, a, args))
		return
	}
	p := a.Params[len(args)]
	items := b.domain(f, p.Domain)
	if bad := f.failed(b.g); bad != False {
		do(&Step{Action: a, args: args, Error: f.errs, Assert: f.asserts, Early: bad, Enabled: bad})
	}
	for _, it := range items {
		g := *f
		g.locals = cloned(f.locals)
		g.locals[p.Local] = it.v
		g.path = b.g.And(b.live(f), it.on)
		g.errs, g.asserts = False, False
		if g.path != False {
			b.instances(&g, a, append(slices.Clip(args), it.v), do)
		}
	}
}

// fire makes the step of a with its parameters bound in f.
func (b *builder) fire(f *frame, a *ir.Action, args []val) *Step {
	s := &Step{Action: a, args: args}
	f.path = b.live(f)
	f.errs, f.asserts = False, False
	for _, e := range ir.Conjuncts(a.Guard) {
		c := b.holds(f, e)
		s.Blocked = append(s.Blocked, b.g.And(b.live(f), c.Not()))
		f.path = b.g.And(f.path, c)
	}
	s.Early = f.failed(b.g)
	s.Passed = b.live(f)
	if s.Passed != False {
		b.exec(f, a.Body)
	}
	return b.finish(f, s)
}

// finish fills in what the end of a body says.
func (b *builder) finish(f *frame, s *Step) *Step {
	if b.err != nil {
		return s
	}
	s.Inputs, s.next = f.inputs, f.vars
	s.Valid = b.g.And(b.live(f), f.idle)
	s.Error, s.Assert = b.g.And(f.errs, f.idle), b.g.And(f.asserts, f.idle)
	s.Enabled = b.g.Or(s.Valid, b.g.Or(s.Error, s.Assert))
	for i := f.base; i < f.inputs; i++ {
		s.Enabled = b.g.exists(s.Enabled, b.input(i))
	}
	if s.Valid == False {
		return s
	}
	for i, v := range b.sys.Vars {
		s.Next = b.flatten(s.Next, f.vars[i], v.Type, True)
	}
	return s
}

func (c *Circuit) cond(f *frame, e ir.Expr) (Cond, error) {
	l := c.b.holds(f, e)
	if err := c.b.err; err != nil {
		c.b.err = nil
		return Cond{}, err
	}
	return Cond{c.b.g.And(l, f.failed(c.b.g).Not()), f.errs, f.asserts}, nil
}

// Condition is a predicate on the state. The error is an *Error.
func (c *Circuit) Condition(e ir.Expr) (Cond, error) { return c.cond(newFrame(c.vars), e) }

// After is a predicate on the state that a step leads to. The error is an
// *Error.
func (c *Circuit) After(s *Step, e ir.Expr) (Cond, error) { return c.cond(newFrame(s.next), e) }

// During is a predicate on a step, which may read the state before it. The
// error is an *Error.
func (c *Circuit) During(s *Step, e ir.Expr) (Cond, error) {
	f := newFrame(s.next)
	f.old, f.taken = c.vars, s
	return c.cond(f, e)
}

// Leaving is a predicate on a state and the step that leaves it, as formulas
// of linear time speak of them. With a nil step nothing happens any more. The
// error is an *Error.
func (c *Circuit) Leaving(s *Step, e ir.Expr) (Cond, error) {
	f := newFrame(c.vars)
	if f.taken = s; s == nil {
		f.taken = &Step{}
	}
	return c.cond(f, e)
}

// Arg returns the value of a parameter of a step, nil if it depends on the
// state.
func (c *Circuit) Arg(s *Step, param int) ir.Value {
	if param >= len(s.args) {
		return nil
	}
	cases := c.b.cases(s.args[param], s.Action.Params[param].Local.Type)
	c.b.err = nil // too many cases: then it depends on the state
	for _, x := range cases {
		if x.on == True {
			return x.v
		}
	}
	return nil
}
