// Package program compiles a System to closures over words.
//
// A state is spread over slots, each a word (see mc/word): a variable has one
// slot, or one for each part of a struct or total function that is too wide
// for one word. Locals are registers; every ir.Local has one of its own, so
// that a call costs no frame unless it recurses. An expression becomes a
// func(*Machine) uint64, a condition a func(*Machine) bool; a body becomes a
// chain of closures, each of which calls what comes after it, so that a choice
// is a loop over the rest of the body.
//
// What a Program computes is what ir/eval says, outcome by outcome and in the
// same order, with the same kind and place of failures.
package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// Program is a compiled System. It may be used by several Machines at once.
type Program struct {
	Sys    *ir.System
	Pool   *word.Pool
	Layout *Layout

	actions []*action
	init    step
	regs    int
}

// Predicate is a compiled condition.
type Predicate struct {
	Expr ir.Expr
	test test
}

// Expression is a compiled expression.
type Expression struct {
	Rep *word.Rep
	run run
}

// Compiler turns expressions of one System into code for its Program. All must
// be compiled before the first Machine is made.
type Compiler struct {
	prog      *Program
	reps      *word.Reps
	locals    map[*ir.Local]int
	funcs     map[*ir.Func]*function
	recursive map[*ir.Func]bool
	meter     *Meter // nil unless evaluations are counted
}

// Compile compiles the initial statements and the actions of sys. The
// Compiler is for properties and whatever else is evaluated over its states.
func Compile(sys *ir.System) (*Program, *Compiler) { return compile(sys, nil) }

func compile(sys *ir.System, meter *Meter) (*Program, *Compiler) {
	pool := word.NewPool()
	reps := word.NewReps(pool)
	p := &Program{Sys: sys, Pool: pool, Layout: newLayout(sys, reps)}
	c := &Compiler{prog: p, reps: reps, locals: map[*ir.Local]int{}, funcs: map[*ir.Func]*function{}, recursive: recursiveFuncs(sys), meter: meter}
	for i, a := range sys.Actions {
		p.actions = append(p.actions, c.declare(i, a))
	}
	for i, a := range sys.Actions {
		c.action(p.actions[i], a)
	}
	k := keeper{lo: p.regs}
	p.init = c.body(sys.Init, finish, &k)
	k.end(c, sys.Init)
	return p, c
}

// Predicate compiles a condition.
func (c *Compiler) Predicate(e ir.Expr) *Predicate {
	return &Predicate{e, c.cond(e)}
}

// Expression compiles an expression.
func (c *Compiler) Expression(e ir.Expr) *Expression {
	x := c.expr(e)
	return &Expression{x.rep, x.run}
}

// Rep returns how values of a type are held.
func (c *Compiler) Rep(t *ir.Type) *word.Rep { return c.reps.Of(t) }

// Register returns the register of a local.
func (c *Compiler) Register(l *ir.Local) int {
	r, ok := c.locals[l]
	if !ok {
		r = c.fresh()
		c.locals[l] = r
	}
	return r
}

// fresh returns a register that nothing else uses.
func (c *Compiler) fresh() int {
	c.prog.regs++
	return c.prog.regs - 1
}

type (
	run  = func(*Machine) uint64
	test = func(*Machine) bool
	step = func(*Machine)
)

// code is a compiled expression.
type code struct {
	rep  *word.Rep
	run  run
	test test // of a bool; else nil
	// known says that the word is always the same.
	known bool
	word  uint64
	// local is the register of a plain local plus 1.
	local int
	// item is set of a value in a total function that a slot holds, at the
	// key in a register.
	item *item
	// slot is where a plain variable stands plus 1; part, with a slot, is the
	// part of it that is read, if its mask is not 0.
	slot int
	part word.Part
}

func known(r *word.Rep, w uint64) code {
	x := code{rep: r, known: true, word: w, run: func(*Machine) uint64 { return w }}
	if r.Type.Kind == ir.BoolKind {
		x.test = func(*Machine) bool { return w != 0 }
	}
	return x
}

func plain(r *word.Rep, f run) code {
	x := code{rep: r, run: f}
	if r.Type.Kind == ir.BoolKind {
		x.test = func(m *Machine) bool { return f(m) != 0 }
	}
	return x
}

func truth(r *word.Rep, f test) code {
	return code{rep: r, test: f, run: func(m *Machine) uint64 {
		if f(m) {
			return 1
		}
		return 0
	}}
}

// cond compiles a condition.
func (c *Compiler) cond(e ir.Expr) test { return c.expr(e).test }

// folded evaluates x now if its operands are known and it does not fail.
func (c *Compiler) folded(x code, operands ...code) code {
	for _, o := range operands {
		if !o.known {
			return x
		}
	}
	m := &Machine{prog: c.prog, pool: c.prog.Pool, reg: make([]uint64, c.prog.regs+1)}
	w := x.run(m)
	if m.failed {
		return x
	}
	return known(x.rep, w)
}

// expr compiles an expression.
func (c *Compiler) expr(e ir.Expr) code {
	x := c.closure(e)
	if c.meter != nil {
		x = c.meter.counted(e, x)
	}
	return x
}

func (c *Compiler) closure(e ir.Expr) code {
	r := c.reps.Of(e.Type())
	switch e := e.(type) {
	case *ir.Lit:
		return known(r, r.Encode(e.Value))
	case *ir.ConstRef:
		return known(r, r.Encode(e.Const.Value))
	case *ir.LocalRef:
		reg := c.Register(e.Local)
		x := plain(r, func(m *Machine) uint64 { return m.reg[reg] })
		x.local = reg + 1
		return x
	case *ir.VarRef:
		return c.read(c.variable(e))
	case *ir.Apply:
		return c.apply(e, r)
	case *ir.Convert:
		return c.convert(e, r)
	case *ir.If:
		return c.ifExpr(e, r)
	case *ir.Let:
		return c.let(e, r)
	case *ir.Make:
		return c.make(e, r)
	case *ir.FieldOf:
		if ref, ok := c.ref(e); ok {
			return c.read(ref)
		}
		return c.fieldOf(e)
	case *ir.WithField:
		return c.withField(e, r)
	case *ir.Is:
		return c.is(e, r)
	case *ir.Payload:
		return c.payload(e, r)
	case *ir.Bind:
		return c.bind(e, r)
	case *ir.Call:
		return c.call(e, r)
	case *ir.ActionPred:
		return c.actionPred(e, r)
	}
	return c.broken(e, r)
}

// broken is an expression without meaning.
func (c *Compiler) broken(e ir.Expr, r *word.Rep) code {
	sp := e.Span()
	return plain(r, func(m *Machine) uint64 {
		m.fail(eval.IllFormed, sp)
		return 0
	})
}

func (c *Compiler) exprs(es []ir.Expr) []code {
	xs := make([]code, len(es))
	for i, e := range es {
		xs[i] = c.expr(e)
	}
	return xs
}
