package effects

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Fault is a place where an evaluation may have no value.
type Fault struct {
	Span source.Span
	Why  string // in words: "may divide by zero"
}

// MayFail returns the first place where evaluating e may fail, nil if it
// always has a value. It is conservative: it understands tests of a variant or
// key before its use, and the bounds of integers as far as their types say.
func MayFail(e ir.Expr) *Fault {
	c := &faults{}
	c.expr(e)
	return c.found
}

// ActionMayFail is MayFail of the domains and the guard of an action.
func ActionMayFail(a *ir.Action) *Fault {
	c := &faults{}
	c.enabling(a)
	return c.found
}

// AssignMayFail is MayFail of an assignment that stands anywhere: of its
// indices, its value, and of storing it.
func AssignMayFail(s *ir.Assign) *Fault {
	c := &faults{}
	c.stmt(s)
	return c.found
}

// BindMayFail returns the first place where evaluating a part of a system may
// fail, wherever actions and properties come to it: unlike MayFail it knows what
// was tested on the way there.
func BindMayFail(sys *ir.System, props []*ir.Property, e *ir.Bind) *Fault {
	c := &faults{within: e}
	fresh := func(f func()) {
		c.facts = nil
		f()
	}
	fresh(func() { c.body(sys.Init) })
	for _, a := range sys.Actions {
		fresh(func() {
			c.enabling(a)
			c.learn(a.Guard, true)
			c.body(a.Body)
		})
	}
	fresh(func() { c.expr(sys.Terminal) })
	for _, b := range sys.Bounds {
		fresh(func() { c.expr(b.Cond) })
	}
	for _, p := range props {
		fresh(func() { c.expr(p.Formula) })
	}
	return c.found
}

// faults looks for the first fault. What is known to be true or false where it
// looks is in facts.
type faults struct {
	found *Fault
	facts []fact
	calls []*ir.Func
	asks  []*ir.Action
	hops  int // from fact to fact, see bounds
	// within is the one part whose faults count, nil if that is everything;
	// inside is how deep in it the search is.
	within *ir.Bind
	inside int
}

type fact struct {
	expr  ir.Expr
	truth bool
}

func (c *faults) fault(sp source.Span, why string) {
	if c.within == nil || c.inside > 0 {
		c.giveUp(sp, why)
	}
}

// giveUp is fault where what follows is not looked at.
func (c *faults) giveUp(sp source.Span, why string) {
	if c.found == nil {
		c.found = &Fault{sp, why}
	}
}

// given runs f where e is known to have a truth value.
func (c *faults) given(e ir.Expr, truth bool, f func()) {
	n := len(c.facts)
	c.learn(e, truth)
	f()
	c.facts = c.facts[:min(n, len(c.facts))]
}

func (c *faults) learn(e ir.Expr, truth bool) {
	if a, ok := e.(*ir.Apply); ok {
		switch {
		case a.Op == ir.And && truth, a.Op == ir.Or && !truth:
			c.learn(a.Args[0], truth)
			c.learn(a.Args[1], truth)
			return
		case a.Op == ir.Not:
			c.learn(a.Args[0], !truth)
			return
		}
	}
	if e != nil {
		c.facts = append(c.facts, fact{e, truth})
	}
}

func (c *faults) knows(test func(fact) bool) bool { return slices.ContainsFunc(c.facts, test) }

func (c *faults) exprs(es []ir.Expr) {
	for _, e := range es {
		c.expr(e)
	}
}

func (c *faults) expr(e ir.Expr) {
	if e == nil || c.found != nil {
		return
	}
	switch e := e.(type) {
	case *ir.Apply:
		c.apply(e)
	case *ir.Convert:
		c.expr(e.X)
		if !c.fits(e.X, e.T) {
			c.fault(e.Loc, "may be a value outside "+e.T.String())
		}
	case *ir.If:
		c.expr(e.Cond)
		c.given(e.Cond, true, func() { c.expr(e.Then) })
		c.given(e.Cond, false, func() { c.expr(e.Else) })
	case *ir.Let:
		c.expr(e.Value)
		c.given(equal(e.Local, e.Value), true, func() { c.expr(e.Body) })
	case *ir.Make:
		c.exprs(e.Args)
	case *ir.FieldOf:
		c.expr(e.X)
	case *ir.WithField:
		c.expr(e.X)
		c.expr(e.Value)
	case *ir.Is:
		c.expr(e.X)
	case *ir.Payload:
		c.expr(e.X)
		if !c.isVariant(e.X, e.Variant) {
			c.fault(e.Loc, "may be another variant than "+e.X.Type().Variants[e.Variant].Name)
		}
	case *ir.Bind:
		c.bind(e)
	case *ir.Call:
		c.call(e)
	case *ir.ActionPred:
		c.exprs(e.Args)
		if !e.Taken {
			c.enabled(e)
		}
	}
}

// isVariant reports whether x is known to be of a variant, because it was
// tested or because all others were.
func (c *faults) isVariant(x ir.Expr, variant int) bool {
	others := map[int]bool{}
	for _, f := range c.facts {
		n, is, ok := f.variant(x)
		switch {
		case !ok:
		case is && n == variant:
			return true
		case !is:
			others[n] = true
		}
	}
	return !others[variant] && len(others) == len(x.Type().Variants)-1
}

// variant returns what a fact says of the variant of x: that it is n, or that
// it is not.
func (f fact) variant(x ir.Expr) (n int, is, ok bool) {
	switch e := f.expr.(type) {
	case *ir.Is:
		return e.Variant, f.truth, sameExpr(e.X, x)
	case *ir.Apply:
		if e.Op != ir.Eq && e.Op != ir.Ne {
			break
		}
		is = f.truth == (e.Op == ir.Eq)
		for i, side := range e.Args {
			made, ok := side.(*ir.Make)
			if ok && made.T.Kind == ir.SumKind && (is || len(made.Args) == 0) && sameExpr(e.Args[1-i], x) {
				return made.Variant, is, true
			}
		}
	}
	return 0, false, false
}

// equal is that a local has a value.
func equal(l *ir.Local, value ir.Expr) ir.Expr {
	x := &ir.LocalRef{Node: ir.Node{T: l.Type, Loc: l.Span}, Local: l}
	return &ir.Apply{Node: ir.Node{Loc: value.Span()}, Op: ir.Eq, Args: []ir.Expr{x, value}}
}

func (c *faults) apply(e *ir.Apply) {
	switch e.Op {
	case ir.And, ir.Implies, ir.Or:
		c.expr(e.Args[0])
		c.given(e.Args[0], e.Op != ir.Or, func() { c.expr(e.Args[1]) })
		return
	case ir.In:
		// Membership needs no elements.
		c.expr(e.Args[0])
		if in, ok := e.Args[1].(*ir.Apply); ok && (in.Op == ir.Universe || in.Op == ir.Interval || in.Op == ir.Powerset) {
			c.exprs(in.Args)
		} else {
			c.expr(e.Args[1])
		}
		return
	}
	c.exprs(e.Args)
	if why := c.partial(e); why != "" {
		c.fault(e.Loc, why)
	}
}

// partial says in words how an operator may fail on operands that have
// values.
func (c *faults) partial(e *ir.Apply) string {
	switch e.Op {
	case ir.Div, ir.Mod:
		if s := c.bounds(e.Args[1]); s.lo != nil && s.lo.Sign() > 0 || s.hi != nil && s.hi.Sign() < 0 {
			return ""
		}
		return "may divide by zero"
	case ir.Next, ir.Prev:
		if e.T.Sort.Order == ir.Ring {
			return ""
		}
		return "may have no neighbour"
	case ir.Get, ir.Put:
		switch k := e.Args[0].Type().Kind; {
		case k == ir.FuncKind, k == ir.MapKind && (e.Op == ir.Put || c.isKey(e.Args[1], e.Args[0])):
			return ""
		case k == ir.MapKind:
			return "may miss the key"
		}
		return "may have its index outside the sequence"
	case ir.Slice:
		return "may have its bounds outside the sequence"
	case ir.Interval:
		lo, hi := c.bounds(e.Args[0]).lo, c.bounds(e.Args[1]).hi
		if lo == nil || hi == nil || new(big.Int).Sub(hi, lo).Cmp(big.NewInt(ir.MaxElems)) >= 0 {
			return "may be too large"
		}
	case ir.Universe:
		return tooMany(e.T.Elem)
	case ir.Powerset:
		return tooMany(e.T)
	case ir.ConstFunc:
		return tooMany(e.T.Key)
	}
	return ""
}

func tooMany(t *ir.Type) string {
	if n, ok := ir.Card(t); !ok || n.Cmp(big.NewInt(ir.MaxElems)) > 0 {
		return "may be too large"
	}
	return ""
}

// isKey reports whether k is known to be a key of m.
func (c *faults) isKey(k, m ir.Expr) bool {
	return c.knows(func(f fact) bool {
		in, ok := f.expr.(*ir.Apply)
		if !ok || !f.truth || in.Op != ir.In || !sameExpr(in.Args[0], k) {
			return false
		}
		of := in.Args[1]
		if keys, ok := of.(*ir.Apply); ok && keys.Op == ir.Keys {
			of = keys.Args[0]
		}
		return sameExpr(of, m)
	})
}

func (c *faults) bind(e *ir.Bind) {
	if e == c.within {
		c.inside++
		defer func() { c.inside-- }()
	}
	n := len(c.facts)
	c.expr(e.Init)
	for _, b := range e.Binders {
		c.expr(b.Domain)
		c.facts = append(c.facts, elementOf(b.Local, b.Domain))
	}
	c.expr(e.Cond)
	c.learn(e.Cond, true)
	c.expr(e.Key)
	c.expr(e.Body)
	c.facts = c.facts[:n]
	switch e.Kind {
	case ir.Min, ir.Max, ir.Choose:
		if e.Cond != nil || !inhabited(e.Binders) {
			c.fault(e.Loc, "may have nothing to choose from")
		}
	case ir.MapOf:
		if k, ok := e.Key.(*ir.LocalRef); !ok || len(e.Binders) > 1 || k.Local != e.Binders[0].Local || e.Binders[0].Domain.Type().Kind == ir.SeqKind {
			c.fault(e.Loc, "may have two values for one key")
		}
	case ir.FuncOf:
		if why := tooMany(e.T.Key); why != "" {
			c.fault(e.Loc, why)
		}
	}
}

func elementOf(l *ir.Local, domain ir.Expr) fact {
	x := &ir.LocalRef{Node: ir.Node{T: l.Type, Loc: l.Span}, Local: l}
	return fact{&ir.Apply{Node: ir.Node{Loc: domain.Span()}, Op: ir.In, Args: []ir.Expr{x, domain}}, true}
}

// inhabited reports whether binders range over types that have values.
func inhabited(bs []ir.Binder) bool {
	for _, b := range bs {
		a, ok := b.Domain.(*ir.Apply)
		if !ok || a.Op != ir.Universe {
			return false
		}
		if n, ok := ir.Card(a.T.Elem); ok && n.Sign() == 0 {
			return false
		}
	}
	return true
}

func (c *faults) call(e *ir.Call) {
	c.exprs(e.Args)
	if slices.Contains(c.calls, e.Func) {
		c.giveUp(e.Loc, "may recurse too deep")
		return
	}
	var known []fact
	for i, p := range e.Func.Params {
		known = append(known, c.passed(p, e.Args[i])...)
	}
	facts := c.facts
	c.facts = known
	c.calls = append(c.calls, e.Func)
	c.expr(e.Func.Value)
	c.body(e.Func.Body)
	c.calls = c.calls[:len(c.calls)-1]
	c.facts = facts
}

func (c *faults) enabled(e *ir.ActionPred) {
	if slices.Contains(c.asks, e.Action) {
		c.giveUp(e.Loc, "may recurse too deep")
		return
	}
	facts := c.facts
	c.facts = nil
	c.asks = append(c.asks, e.Action)
	c.enabling(e.Action)
	c.asks = c.asks[:len(c.asks)-1]
	c.facts = facts
}

func (c *faults) enabling(a *ir.Action) {
	for _, p := range a.Params {
		if in, ok := p.Domain.(*ir.Apply); !ok || in.Op != ir.Universe {
			c.expr(p.Domain)
		}
		c.facts = append(c.facts, elementOf(p.Local, p.Domain))
	}
	c.expr(a.Guard)
}
