package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// function is a compiled function. Its registers are params, and for one that
// recurses all from lo to hi, which a call keeps for its caller.
type function struct {
	params []int
	run    run
	lo, hi int
}

// recursiveFuncs returns the functions that can call themselves.
func recursiveFuncs(sys *ir.System) map[*ir.Func]bool {
	calls := map[*ir.Func][]*ir.Func{}
	for _, f := range sys.Funcs {
		note := func(t ir.Tree) bool {
			if call, ok := t.(*ir.Call); ok {
				calls[f] = append(calls[f], call.Func)
			}
			return true
		}
		if f.Value != nil {
			ir.Walk(f.Value, note)
		}
		ir.WalkBody(f.Body, note)
	}
	recursive := map[*ir.Func]bool{}
	for _, f := range sys.Funcs {
		seen := map[*ir.Func]bool{}
		pending := calls[f]
		for len(pending) > 0 {
			g := pending[0]
			pending = pending[1:]
			if !seen[g] {
				seen[g] = true
				pending = append(pending[:len(pending):len(pending)], calls[g]...)
			}
		}
		recursive[f] = seen[f]
	}
	return recursive
}

// function compiles f once. The code of a function that is being compiled is
// not there yet: callers look it up when they run.
func (c *Compiler) function(f *ir.Func) *function {
	if fn := c.funcs[f]; fn != nil {
		return fn
	}
	fn := &function{lo: c.prog.regs}
	c.funcs[f] = fn
	for _, p := range f.Params {
		fn.params = append(fn.params, c.Register(p))
	}
	if f.Value != nil {
		fn.run = c.expr(f.Value).run
	} else {
		body, sp, zero := c.direct(f.Body), f.Span, c.reps.Of(f.Result).Zero()
		fn.run = func(m *Machine) uint64 {
			switch body(m) {
			case returned:
				return m.result
			case goesOn:
				m.fail(eval.IllFormed, sp)
			}
			return zero
		}
	}
	fn.hi = c.prog.regs
	return fn
}

func (c *Compiler) call(e *ir.Call, r *word.Rep) code {
	args, fn := c.exprs(e.Args), c.function(e.Func)
	zero, sp := r.Zero(), e.Loc
	params := fn.params
	if c.recursive[e.Func] {
		return plain(r, func(m *Machine) uint64 { return m.recurse(fn, args, zero, sp) })
	}
	body := fn.run
	enter := func(m *Machine) {
		switch len(args) {
		case 0:
		case 1:
			m.reg[params[0]] = args[0].run(m)
		default:
			base := len(m.tmp)
			for i := range args {
				v := args[i].run(m)
				m.push(v)
			}
			for i, p := range params {
				m.reg[p] = m.tmp[base+i]
			}
			m.tmp = m.tmp[:base]
		}
		m.step(sp)
	}
	return plain(r, func(m *Machine) uint64 {
		enter(m)
		if m.failed {
			return zero
		}
		return body(m)
	})
}

// step counts a call or the iteration of a loop.
func (m *Machine) step(sp source.Span) {
	if m.steps++; m.steps > ir.MaxSteps {
		m.fail(eval.TooLong, sp)
	}
}

// recurse calls a function that may be running already.
func (m *Machine) recurse(fn *function, args []code, zero uint64, sp source.Span) uint64 {
	base := len(m.tmp)
	for i := range args {
		v := args[i].run(m)
		m.push(v)
	}
	m.step(sp)
	if m.depth >= ir.MaxDepth {
		m.fail(eval.TooDeep, sp)
	}
	if m.failed {
		m.tmp = m.tmp[:base]
		return zero
	}
	m.depth++
	kept := m.push(m.reg[fn.lo:fn.hi]...)
	for i, p := range fn.params {
		m.reg[p] = m.tmp[base+i]
	}
	w := fn.run(m)
	copy(m.reg[fn.lo:fn.hi], m.tmp[kept:])
	m.tmp = m.tmp[:base]
	m.depth--
	return w
}

// actionPred compiles enabled(A(x)) and taken(A(x)).
func (c *Compiler) actionPred(e *ir.ActionPred, r *word.Rep) code {
	args, a, any, sp := c.exprs(e.Args), c.prog.actions[e.Action.Index], e.Any || len(e.Args) == 0, e.Loc
	if e.Taken {
		return takenPred(r, a, args, any)
	}
	return truth(r, func(m *Machine) bool {
		base := len(m.tmp)
		for i := range args {
			v := args[i].run(m)
			m.push(v)
		}
		words := m.tmp[base:]
		m.tmp = m.tmp[:base]
		if m.depth >= maxNested {
			m.fail(eval.TooDeep, sp)
		}
		if m.failed {
			return false
		}
		return m.enabled(a, words, any)
	})
}

// takenPred compiles taken(A(x)), which is about the step that is emitted.
func takenPred(r *word.Rep, a *action, args []code, any bool) code {
	return truth(r, func(m *Machine) bool {
		if m.action != a.index {
			return false
		}
		for i := range args {
			if args[i].run(m) != m.reg[a.params[i].reg] && !any {
				return false
			}
		}
		return true
	})
}

// maxNested is how deep guards may ask about other guards.
const maxNested = 100

// enabled reports whether an action has any outcome in the state at hand,
// with the given arguments or with any.
func (m *Machine) enabled(a *action, args []uint64, any bool) bool {
	if m.sub == nil {
		m.sub = m.prog.NewMachine()
	}
	s := m.sub
	found := false
	s.depth = m.depth + 1
	s.emit = func(s *Machine) {
		found = true
		if s.failed && s.early {
			m.fail(s.failure.Kind, s.failure.Span)
			m.failure.Assert = s.failure.Assert
		}
	}
	copy(s.from, m.cur)
	if any {
		s.tryAll(a)
	} else {
		s.tryWith(a, args)
	}
	return found && !m.failed
}
