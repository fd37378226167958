package circuit

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
)

// maxNesting and maxCalls bound how deep calls nest, and how many there are,
// before they are thought not to end.
const (
	maxNesting = 200
	maxCalls   = 200_000
)

// call evaluates a call by its body. Calls of recursive functions are told
// apart by the values of their arguments, so that constants decide where the
// recursion ends.
func (b *builder) call(f *frame, e *ir.Call) val {
	args := b.evalAll(f, e.Args)
	if b.err != nil {
		return nil
	}
	b.calls++
	if f.depth++; f.depth > maxNesting || b.calls > maxCalls {
		b.at = e.Loc
		b.unsupported("calls of " + e.Func.Name + ", so many of them,")
		return nil
	}
	defer func() { f.depth-- }()
	if !b.recursive(e.Func) {
		return b.enter(f, e.Func, args)
	}
	var out val
	b.apart(f, e.Func, args, 0, True, func(on Lit, args []val) {
		out = b.mux(on, b.enter(f, e.Func, args), out)
	})
	return out
}

// apart calls do for every combination of constants that args may be.
func (b *builder) apart(f *frame, fn *ir.Func, args []val, i int, on Lit, do func(on Lit, args []val)) {
	if i == len(args) {
		b.on(f, on, func() {
			if f.path != False {
				do(on, args)
			}
		})
		return
	}
	for _, c := range b.cases(args[i], fn.Params[i].Type) {
		some := append([]val(nil), args...)
		some[i] = b.lift(c.v, fn.Params[i].Type)
		b.apart(f, fn, some, i+1, b.g.And(on, c.on), do)
	}
}

// recursive reports whether a function can come to call itself.
func (b *builder) recursive(fn *ir.Func) bool {
	if r, ok := b.loops[fn]; ok {
		return r
	}
	seen := map[*ir.Func]bool{}
	var reach func(g *ir.Func)
	reach = func(g *ir.Func) {
		visit := func(t ir.Tree) bool {
			if c, ok := t.(*ir.Call); ok && !seen[c.Func] {
				seen[c.Func] = true
				reach(c.Func)
			}
			return true
		}
		if g.Value != nil {
			ir.Walk(g.Value, visit)
		}
		ir.WalkBody(g.Body, visit)
	}
	reach(fn)
	b.loops[fn] = seen[fn]
	return seen[fn]
}

// enter runs the function with its parameters bound.
func (b *builder) enter(f *frame, fn *ir.Func, args []val) val {
	locals := map[*ir.Local]val{}
	for i, p := range fn.Params {
		locals[p] = args[i]
	}
	before, path, returned, result := f.locals, f.path, f.returned, f.result
	f.locals = locals
	defer func() { f.locals, f.path, f.returned, f.result = before, path, returned, result }()
	if fn.Value != nil {
		return b.eval(f, fn.Value)
	}
	f.returned, f.result = False, nil
	b.exec(f, fn.Body)
	return f.result
}

// actionPred evaluates enabled(A(args)) and taken(A(args)).
func (b *builder) actionPred(f *frame, e *ir.ActionPred) val {
	args := b.evalAll(f, e.Args)
	if e.Taken {
		return b.taken(f, e, args)
	}
	if f.depth++; f.depth > maxNesting {
		b.unsupported("actions that ask whether they are enabled")
		return nil
	}
	defer func() { f.depth-- }()
	enabled := False
	look := func(s *Step) {
		b.on(f, enabled.Not(), func() {
			b.fail(f, s.Early)
			enabled = b.g.Or(enabled, s.Enabled)
		})
	}
	start := newFrame(f.vars)
	start.old, start.depth = f.vars, f.depth
	start.path, start.inputs, start.base = b.live(f), f.inputs, f.inputs
	if e.Any {
		b.instances(start, e.Action, nil, look)
	} else {
		b.asked(start, e.Action, args, look)
	}
	return truth(enabled)
}

// asked looks at the instance of an action with the given arguments, which
// may be outside their domains.
func (b *builder) asked(f *frame, a *ir.Action, args []val, look func(*Step)) {
	for i, p := range a.Params {
		in := b.member(f, args[i], p.Local.Type, p.Domain)
		f.path = b.g.And(f.path, in)
		f.locals[p.Local] = args[i]
	}
	if f.errs != False || f.asserts != False {
		bad := f.failed(b.g)
		look(&Step{Early: bad, Enabled: False})
	}
	look(b.fire(f, a, args))
}

func (b *builder) taken(f *frame, e *ir.ActionPred, args []val) val {
	s := f.taken
	if s == nil {
		b.fail(f, True)
		return nil
	}
	if s.Action != e.Action {
		return truth(False)
	}
	if e.Any {
		return truth(True)
	}
	return truth(b.equalAll(s.args, args))
}

// name is how an instance is called in messages.
func (s *Step) String() string {
	if s.Action == nil {
		return "init"
	}
	return fmt.Sprintf("%s/%d", s.Action.Name, s.number)
}
