package gogen

import (
	"math"
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// interval bounds an integer from both sides. What generated code holds is an
// int64, so every interval is within those, except between an operation and
// the test whether its result fits.
type interval struct{ lo, hi *big.Int }

func full() interval { return interval{big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)} }

func exactly(n *big.Int) interval { return interval{n, n} }

// size is the interval of what len and count return.
func size() interval { return interval{new(big.Int), big.NewInt(math.MaxInt32)} }

// within reports whether i is a part of j.
func (i interval) within(j interval) bool { return i.lo.Cmp(j.lo) >= 0 && i.hi.Cmp(j.hi) <= 0 }

// fits reports whether every number of i is an int64.
func (i interval) fits() bool { return i.within(full()) }

func (i interval) meet(j interval) interval {
	m := interval{larger(i.lo, j.lo), smaller(i.hi, j.hi)}
	if m.lo.Cmp(m.hi) > 0 { // dead code: any interval is right
		return i
	}
	return m
}

func (i interval) join(j interval) interval {
	return interval{smaller(i.lo, j.lo), larger(i.hi, j.hi)}
}

func (i interval) has(n int64) bool {
	b := big.NewInt(n)
	return i.lo.Cmp(b) <= 0 && b.Cmp(i.hi) <= 0
}

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// corners returns the least interval that holds f of all pairs of ends.
func corners(i, j interval, f func(z, x, y *big.Int) *big.Int) interval {
	var out interval
	for _, x := range []*big.Int{i.lo, i.hi} {
		for _, y := range []*big.Int{j.lo, j.hi} {
			z := f(new(big.Int), x, y)
			if out.lo == nil {
				out = exactly(z)
			} else {
				out = out.join(exactly(z))
			}
		}
	}
	return out
}

// typeInterval is what the type of a number says about it.
func typeInterval(t *ir.Type) interval {
	if t.Kind == ir.RangeKind {
		return interval{t.Lo, t.Hi}.meet(full())
	}
	return full()
}

// interval returns bounds of the number e, from its type, its form, and what
// is known where it stands.
func (f *fn) interval(e ir.Expr) interval {
	i := typeInterval(e.Type())
	if !e.Type().IsNumeric() {
		return i
	}
	switch e := e.(type) {
	case *ir.Lit:
		if n, ok := e.Value.(ir.Int); ok {
			return exactly(n.Int)
		}
	case *ir.ConstRef:
		if n, ok := e.Const.Value.(ir.Int); ok {
			return exactly(n.Int)
		}
	case *ir.Convert:
		if e.X.Type().IsNumeric() {
			i = i.meet(f.interval(e.X))
		}
	case *ir.Let:
		if e.Local.Type.IsNumeric() {
			f.bounds[e.Local] = f.interval(e.Value)
		}
		i = i.meet(f.interval(e.Body))
	case *ir.If:
		i = i.meet(f.interval(e.Then).join(f.interval(e.Else)))
	case *ir.Apply:
		if j := f.result(e); j.fits() {
			i = i.meet(j)
		}
	case *ir.Bind:
		if e.Kind == ir.Count {
			i = size()
		}
	case *ir.LocalRef:
		if j, ok := f.bounds[e.Local]; ok {
			i = i.meet(j)
		}
	}
	if k, ok := f.place(e); ok {
		if j, ok := f.known.ints[k]; ok {
			i = i.meet(j)
		}
	}
	return i
}

// result returns the interval of exact arithmetic, which may not fit.
func (f *fn) result(e *ir.Apply) interval {
	arg := func(i int) interval { return f.interval(e.Args[i]) }
	switch e.Op {
	case ir.Add:
		return corners(arg(0), arg(1), (*big.Int).Add)
	case ir.Sub:
		return corners(arg(0), arg(1), (*big.Int).Sub)
	case ir.Mul:
		return corners(arg(0), arg(1), (*big.Int).Mul)
	case ir.Neg:
		return corners(exactly(new(big.Int)), arg(0), (*big.Int).Sub)
	case ir.Div:
		d := arg(1)
		if d.lo.Sign() > 0 || d.hi.Sign() < 0 {
			return corners(arg(0), d, (*big.Int).Quo).join(exactly(new(big.Int)))
		}
	case ir.Mod:
		m := larger(new(big.Int).Abs(arg(1).lo), new(big.Int).Abs(arg(1).hi))
		m = new(big.Int).Sub(m, big.NewInt(1))
		j := interval{new(big.Int).Neg(m), m}
		if arg(0).lo.Sign() >= 0 {
			j.lo = new(big.Int)
		}
		if m.Sign() >= 0 {
			return j
		}
	case ir.Len, ir.CountOf:
		if k, ok := f.place(e.Args[0]); ok && e.Op == ir.Len {
			if j, ok := f.known.ints["len "+k]; ok {
				return j.meet(size())
			}
		}
		return size()
	}
	return full()
}
