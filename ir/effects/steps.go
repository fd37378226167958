package effects

import (
	"math"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// Steps returns how many rounds of while loops and calls an instance of an
// action may take at most, in all ways through its body together, as ir.MaxSteps
// counts them; the greatest number if that is not known. Of a nil action it
// takes the body alone, which may be the initial statements.
func Steps(a *ir.Action, body []ir.Stmt) uint64 {
	c := &cost{}
	n := uint64(0)
	if a != nil {
		n = c.enabling(a)
	}
	steps, _ := c.body(body)
	return plus(n, steps)
}

// ExprSteps is Steps of an expression by itself.
func ExprSteps(e ir.Expr) uint64 { return (&cost{}).expr(e) }

// Calls reports whether evaluating an assignment takes steps.
func Calls(s *ir.Assign) bool {
	steps, _ := (&cost{}).stmt(s)
	return steps > 0
}

// cost bounds steps. Numbers that are too large stay at endless.
type cost struct {
	calls []*ir.Func   // that are being looked at
	asks  []*ir.Action // likewise
}

const endless = math.MaxUint64

func plus(a, b uint64) uint64 {
	if a+b < a {
		return endless
	}
	return a + b
}

func times(a, b uint64) uint64 {
	switch {
	case a == 0 || b == 0:
		return 0
	case a > endless/b:
		return endless
	}
	return a * b
}

func (c *cost) enabling(a *ir.Action) uint64 {
	n, ways := uint64(0), uint64(1)
	for _, p := range a.Params {
		n = plus(n, times(ways, c.expr(p.Domain)))
		ways = times(ways, elements(p.Domain))
	}
	return plus(n, c.expr(a.Guard)) // each choice counts its own
}

// body returns what statements take, and in how many ways they may be gone
// through: what follows is evaluated in each.
func (c *cost) body(body []ir.Stmt) (steps, ways uint64) {
	ways = 1
	for _, s := range body {
		n, w := c.stmt(s)
		steps, ways = plus(steps, times(ways, n)), times(ways, w)
	}
	return steps, ways
}

func (c *cost) stmt(s ir.Stmt) (steps, ways uint64) {
	switch s := s.(type) {
	case *ir.IfStmt:
		then, a := c.body(s.Then)
		els, b := c.body(s.Else)
		return plus(c.expr(s.Cond), max(then, els)), max(a, b)
	case *ir.ForStmt:
		return c.loop(c.expr(s.Domain), elements(s.Domain), s.Body)
	case *ir.WhileStmt:
		return endless, endless
	case *ir.EitherStmt:
		for _, b := range s.Branches {
			n, w := c.body(b)
			steps, ways = plus(steps, n), plus(ways, w)
		}
		return steps, ways
	case *ir.PickStmt:
		n := elements(s.Domain)
		return plus(c.expr(s.Domain), times(n, c.expr(s.Where))), n
	}
	ir.Walk(s, func(t ir.Tree) bool {
		if e, ok := t.(ir.Expr); ok {
			steps = plus(steps, c.expr(e))
			return false
		}
		return true
	})
	return steps, 1
}

// loop is what n rounds of a body take after some steps.
func (c *cost) loop(before, n uint64, body []ir.Stmt) (steps, ways uint64) {
	each, w := c.body(body)
	switch {
	case w <= 1:
		return plus(before, times(n, each)), 1
	case n > 64:
		return endless, endless
	}
	steps, ways = before, 1
	for range n {
		steps, ways = plus(steps, times(ways, each)), times(ways, w)
	}
	return steps, ways
}

// expr returns what an expression takes, nil nothing.
func (c *cost) expr(e ir.Expr) uint64 {
	switch e := e.(type) {
	case nil:
		return 0
	case *ir.If:
		return plus(c.expr(e.Cond), max(c.expr(e.Then), c.expr(e.Else)))
	case *ir.Bind:
		return c.bind(e)
	case *ir.Call:
		return plus(c.exprs(e.Args), c.call(e.Func))
	case *ir.ActionPred:
		return plus(c.exprs(e.Args), c.ask(e))
	}
	n, self := uint64(0), true
	ir.Walk(e, func(t ir.Tree) bool {
		if self {
			self = false
			return true
		}
		n = plus(n, c.expr(t.(ir.Expr)))
		return false
	})
	return n
}

func (c *cost) exprs(es []ir.Expr) uint64 {
	n := uint64(0)
	for _, e := range es {
		n = plus(n, c.expr(e))
	}
	return n
}

func (c *cost) bind(e *ir.Bind) uint64 {
	n, rounds := c.expr(e.Init), uint64(1)
	for _, b := range e.Binders {
		n = plus(n, times(rounds, c.expr(b.Domain)))
		rounds = times(rounds, elements(b.Domain))
	}
	each := plus(c.expr(e.Cond), plus(c.expr(e.Key), c.expr(e.Body)))
	return plus(n, times(rounds, each))
}

func (c *cost) call(f *ir.Func) uint64 {
	if slices.Contains(c.calls, f) {
		return endless
	}
	c.calls = append(c.calls, f)
	n, _ := c.body(f.Body)
	n = plus(n, c.expr(f.Value))
	c.calls = c.calls[:len(c.calls)-1]
	return plus(n, 1)
}

// ask is what `enabled(A)` takes: it tries A.
func (c *cost) ask(e *ir.ActionPred) uint64 {
	switch {
	case e.Taken:
		return 0
	case slices.Contains(c.asks, e.Action):
		return endless
	}
	c.asks = append(c.asks, e.Action)
	n, _ := c.body(e.Action.Body)
	n = plus(n, c.enabling(e.Action))
	c.asks = c.asks[:len(c.asks)-1]
	return n
}

// elements is how many elements a domain may have.
func elements(domain ir.Expr) uint64 {
	t := domain.Type()
	if t.Kind == ir.SeqKind {
		if t.Max < 0 {
			return endless
		}
		return uint64(t.Max)
	}
	if a, ok := domain.(*ir.Apply); ok && a.Op == ir.Interval {
		lo, hi := (&faults{}).bounds(a.Args[0]).lo, (&faults{}).bounds(a.Args[1]).hi
		switch {
		case lo == nil || hi == nil:
		case hi.Cmp(lo) < 0:
			return 0
		default:
			if n := sum(hi, negated(lo)); n.IsUint64() {
				return plus(n.Uint64(), 1)
			}
		}
	}
	n, finite := ir.Card(t.Elem)
	if !finite || !n.IsUint64() {
		return endless
	}
	return n.Uint64()
}
