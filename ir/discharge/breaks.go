package discharge

import (
	"math/big"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/eval"
)

// breaks lists what of v a check refuses, or may refuse: numbers, lengths, or
// values; "" if that cannot be told from the rest.
func breaks(v *absint.Value, check ir.Expr, trees absint.Trees) string {
	switch c := check.(type) {
	case *ir.Convert:
		if n, numeric := v.Num(); numeric && c.T.Kind == ir.RangeKind {
			return outside(n, c.T.Lo, c.T.Hi)
		}
		if c.T.Kind == ir.SeqKind && v.Type().Kind == ir.SeqKind && c.T.Max >= 0 {
			if too := outside(v.Length(), nil, big.NewInt(int64(c.T.Max))); too != "" {
				return too + " elements"
			}
		}
	case *ir.Bind:
		return predicate{c.Binders[0].Local, ir.Conjuncts(c.Cond), trees}.breaks(v)
	}
	return ""
}

// outside lists the numbers of n below lo and above hi; nil is no end.
func outside(n absint.Num, lo, hi *big.Int) string {
	below, above := "", ""
	if lo != nil && (n.Lo == nil || n.Lo.Cmp(lo) < 0) {
		below = interval(n.Lo, least(n.Hi, new(big.Int).Sub(lo, one())))
	}
	if hi != nil && (n.Hi == nil || n.Hi.Cmp(hi) > 0) {
		above = interval(most(n.Lo, new(big.Int).Add(hi, one())), n.Hi)
	}
	if below != "" && above != "" {
		return below + " and " + above
	}
	return below + above
}

func one() *big.Int { return big.NewInt(1) }

// predicate is what a refinement says of x, as a conjunction.
type predicate struct {
	x     *ir.Local
	all   []ir.Expr
	trees absint.Trees
}

// breaks lists the values of v for which the predicate is not sure; "" if
// that is so for all that are known.
func (p predicate) breaks(v *absint.Value) string {
	list, listed := v.List()
	n, numeric := v.Num()
	switch {
	case listed:
		bad := slices.DeleteFunc(slices.Clone(list), p.holds)
		if len(bad) == len(list) {
			return ""
		}
		parts := make([]string, len(bad))
		for i, x := range bad {
			parts[i] = ir.FormatAs(x, v.Type())
		}
		return strings.Join(parts, ", ")
	case numeric:
		lo, hi := p.ends()
		return outside(n, lo, hi)
	}
	return ""
}

// holds reports whether the predicate is true of a value, whatever else it
// mentions.
func (p predicate) holds(v ir.Value) bool {
	lo, hi := p.ends()
	n, numeric := v.(ir.Int)
	return !slices.ContainsFunc(p.all, func(c ir.Expr) bool {
		said := &ir.Let{Node: ir.Node{T: c.Type(), Loc: c.Span()}, Local: p.x, Body: c,
			Value: &ir.Lit{Node: ir.Node{T: p.x.Type, Loc: c.Span()}, Value: v}}
		if ir.Closed(said) {
			holds, err := eval.Expr(said, &eval.Env{})
			return err != nil || holds != ir.Bool(true)
		}
		above, below := p.end(c)
		switch {
		case !numeric || above == nil && below == nil:
			return true
		case above != nil:
			return n.Cmp(lo) < 0
		}
		return n.Cmp(hi) > 0
	})
}

// ends are the numbers between which all comparisons with x surely hold.
func (p predicate) ends() (lo, hi *big.Int) {
	for _, c := range p.all {
		above, below := p.end(c)
		if above != nil && (lo == nil || above.Cmp(lo) > 0) {
			lo = above
		}
		if below != nil {
			hi = least(hi, below)
		}
	}
	return lo, hi
}

// end is the number that x must be at least, or at most, so that a comparison
// holds for all values that its other side may have.
func (p predicate) end(c ir.Expr) (atLeast, atMost *big.Int) {
	a, ok := c.(*ir.Apply)
	if !ok || len(a.Args) != 2 {
		return nil, nil
	}
	shift := new(big.Int)
	op := a.Op
	if op == ir.Lt || op == ir.Gt {
		shift = one()
	}
	x, y := a.Args[0], a.Args[1]
	if op == ir.Gt || op == ir.Ge {
		x, y = y, x
	} else if op != ir.Lt && op != ir.Le {
		return nil, nil
	}
	switch {
	case p.is(x):
		if n := p.number(y); n.Lo != nil {
			return nil, new(big.Int).Sub(n.Lo, shift)
		}
	case p.is(y):
		if n := p.number(x); n.Hi != nil {
			return new(big.Int).Add(n.Hi, shift), nil
		}
	}
	return nil, nil
}

// is reports whether e is x.
func (p predicate) is(e ir.Expr) bool {
	if c, ok := e.(*ir.Convert); ok {
		e = c.X
	}
	l, ok := e.(*ir.LocalRef)
	return ok && l.Local == p.x
}

func (p predicate) number(e ir.Expr) absint.Num {
	if v := p.trees.Value(e); v != nil {
		if n, ok := v.Num(); ok {
			return n
		}
	}
	return absint.Num{}
}

// interval is written as the ends that there are, "..." for one that is not.
func interval(lo, hi *big.Int) string {
	switch {
	case lo != nil && hi != nil && lo.Cmp(hi) == 0:
		return lo.String()
	case lo == nil:
		return "..." + hi.String()
	case hi == nil:
		return lo.String() + "..."
	}
	return lo.String() + ".." + hi.String()
}

// least and most take nil for no limit.
func least(a, b *big.Int) *big.Int {
	if a == nil || a.Cmp(b) > 0 {
		return b
	}
	return a
}

func most(a, b *big.Int) *big.Int {
	if a == nil || a.Cmp(b) < 0 {
		return b
	}
	return a
}
