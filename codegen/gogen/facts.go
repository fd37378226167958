package gogen

import (
	"fmt"
	"maps"
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// facts are what is known where an expression stands, because a condition
// before it holds: which variants a place can be of, and between which numbers
// it is. They spare checks that cannot fail; no meaning depends on them.
// "len " before a place is the length of the sequence there.
type facts struct {
	variants map[string]uint64
	ints     map[string]interval
}

func (k facts) clone() facts {
	out := facts{maps.Clone(k.variants), maps.Clone(k.ints)}
	if out.variants == nil {
		out.variants = map[string]uint64{}
	}
	if out.ints == nil {
		out.ints = map[string]interval{}
	}
	return out
}

// place names what e reads if it is a part of a variable or local; the same
// name means the same value, as long as nothing is assigned.
func (f *fn) place(e ir.Expr) (string, bool) {
	switch e := e.(type) {
	case *ir.LocalRef:
		return fmt.Sprintf("%p;", e.Local), true
	case *ir.VarRef:
		return fmt.Sprintf("%p%t;", e.Var, e.Old && f.before != f.now), true
	case *ir.ConstRef:
		return fmt.Sprintf("%p;", e.Const), true
	case *ir.Lit:
		return ir.Format(e.Value) + ";", true
	case *ir.Make:
		if len(e.Args) == 0 {
			return fmt.Sprintf("make%d;", e.Variant), true
		}
	case *ir.Convert: // the value stays the same
		return f.place(e.X)
	case *ir.FieldOf:
		x, ok := f.place(e.X)
		return fmt.Sprintf("%s.%d;", x, e.Index), ok
	case *ir.Payload:
		x, ok := f.place(e.X)
		return fmt.Sprintf("%s.%d.%d;", x, e.Variant, e.Index), ok
	case *ir.Apply:
		if e.Op == ir.Get {
			x, ok := f.place(e.Args[0])
			k, kok := f.place(e.Args[1])
			return x + "[" + k + "]", ok && kok
		}
	}
	return "", false
}

// forget drops what is known about places that read the assigned variable or
// local.
func (f *fn) forget(t ir.Target) {
	root := fmt.Sprintf("%p;", t.Local)
	if t.Var != nil {
		root = fmt.Sprintf("%p%t;", t.Var, false)
	}
	f.known = f.known.clone()
	maps.DeleteFunc(f.known.variants, func(k string, _ uint64) bool { return strings.Contains(k, root) })
	maps.DeleteFunc(f.known.ints, func(k string, _ interval) bool { return strings.Contains(k, root) })
	delete(f.bounds, t.Local)
}

// assuming calls do where cond is known to be holds.
func (f *fn) assuming(cond ir.Expr, holds bool, do func()) {
	saved := f.known
	f.assume(cond, holds)
	do()
	f.known = saved
}

// assume takes note of what follows from cond being holds.
func (f *fn) assume(cond ir.Expr, holds bool) {
	f.known = f.known.clone()
	f.learn(cond, holds)
}

func (f *fn) learn(cond ir.Expr, holds bool) {
	switch e := cond.(type) {
	case *ir.Is:
		f.learnVariant(e.X, 1<<e.Variant, holds)
	case *ir.Apply:
		switch e.Op {
		case ir.Not:
			f.learn(e.Args[0], !holds)
		case ir.And, ir.Or:
			if holds == (e.Op == ir.And) {
				f.learn(e.Args[0], holds)
				f.learn(e.Args[1], holds)
			}
		case ir.Implies:
			if !holds {
				f.learn(e.Args[0], true)
				f.learn(e.Args[1], false)
			}
		case ir.Eq, ir.Ne:
			f.learnEqual(e, holds == (e.Op == ir.Eq))
		case ir.Lt, ir.Le, ir.Gt, ir.Ge:
			f.learnOrder(e, holds)
		case ir.In:
			f.learnMember(e, holds)
		}
	}
}

func (f *fn) learnVariant(x ir.Expr, mask uint64, holds bool) {
	k, ok := f.place(x)
	n := len(x.Type().Variants)
	if !ok || n > 64 {
		return
	}
	if !holds {
		mask = ^mask
	}
	f.known.variants[k] = f.possible(k, n) & mask
}

func (f *fn) possible(place string, n int) uint64 {
	if m, ok := f.known.variants[place]; ok {
		return m
	}
	return 1<<n - 1
}

// isOnly reports whether x is known to be of the variant.
func (f *fn) isOnly(x ir.Expr, variant int) bool {
	if len(x.Type().Variants) == 1 {
		return true
	}
	if m, ok := x.(*ir.Make); ok {
		return m.Variant == variant
	}
	k, ok := f.place(x)
	return ok && variant < 64 && f.known.variants[k] == 1<<variant
}

func (f *fn) learnEqual(e *ir.Apply, equal bool) {
	x, y := e.Args[0], e.Args[1]
	switch x.Type().Kind {
	case ir.SumKind:
		for _, p := range [][2]ir.Expr{{x, y}, {y, x}} {
			m, ok := p[1].(*ir.Make)
			if ok && (equal || len(m.Args) == 0) && m.Variant < 64 {
				f.learnVariant(p[0], 1<<m.Variant, equal)
			}
		}
	case ir.IntKind, ir.RangeKind:
		if equal {
			f.narrow(x, f.interval(y))
			f.narrow(y, f.interval(x))
		}
	case ir.SeqKind:
		for _, p := range [][2]ir.Expr{{x, y}, {y, x}} {
			k, ok := f.place(p[0])
			if ok && !equal && isEmptySeq(p[1]) {
				f.known.ints["len "+k] = interval{big.NewInt(1), size().hi}
			}
		}
	}
}

func isEmptySeq(e ir.Expr) bool {
	for {
		c, ok := e.(*ir.Convert)
		if !ok {
			break
		}
		e = c.X
	}
	switch e := e.(type) {
	case *ir.Lit:
		s, ok := e.Value.(ir.SeqValue)
		return ok && len(s.Elems) == 0
	case *ir.Apply:
		return e.Op == ir.SeqLit && len(e.Args) == 0
	}
	return false
}

// narrow notes that the number e is within i.
func (f *fn) narrow(e ir.Expr, i interval) {
	k, ok := f.place(e)
	if a, isLen := e.(*ir.Apply); isLen && a.Op == ir.Len {
		k, ok = f.place(a.Args[0])
		k = "len " + k
		i = i.meet(size())
	}
	if ok {
		f.known.ints[k] = f.interval(e).meet(i)
	}
}

func (f *fn) learnOrder(e *ir.Apply, holds bool) {
	if !e.Args[0].Type().IsNumeric() {
		return
	}
	x, y, op := e.Args[0], e.Args[1], e.Op
	if op == ir.Gt || op == ir.Ge { // turned around
		x, y = y, x
	}
	strict := op == ir.Lt || op == ir.Gt
	if !holds {
		x, y, strict = y, x, !strict
	}
	by := new(big.Int)
	if strict {
		by.SetInt64(1)
	}
	i, j := f.interval(x), f.interval(y)
	f.narrow(x, interval{full().lo, new(big.Int).Sub(j.hi, by)})
	f.narrow(y, interval{new(big.Int).Add(i.lo, by), full().hi})
}

func (f *fn) learnMember(e *ir.Apply, holds bool) {
	a, ok := e.Args[1].(*ir.Apply)
	if ok && holds && a.Op == ir.Interval {
		f.narrow(e.Args[0], interval{f.interval(a.Args[0]).lo, f.interval(a.Args[1]).hi})
	}
}
