package typecheck

import (
	"math/big"
	"strconv"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// What a refinement says of a literal is known before any model: the values
// that stand in the text are computed with here, as far as they go.

// fixed is a value that stands in the text: a number, a truth value, a variant
// of an enum (whatever it holds), or a set of such.
type fixed struct {
	number  *big.Int
	truth   *bool
	variant *types.Variant
	set     []fixed
}

func truth(b bool) (fixed, bool) { return fixed{truth: &b}, true }

// literal returns the value of an expression that stands for itself.
func (c *checker) literal(e ast.Expr) (fixed, bool) {
	if n := literalInt(e); n != nil {
		return fixed{number: n}, true
	}
	switch e := unparen(e).(type) {
	case *ast.BoolLit:
		return truth(e.Value)
	case *ast.Name, *ast.Select:
		v, ok := c.info.Uses[e].(*types.Variant)
		return fixed{variant: v}, ok
	case *ast.Call:
		v, ok := c.info.Uses[e.Fun].(*types.Variant)
		return fixed{variant: v}, ok
	}
	return fixed{}, false
}

// admits reports whether v is a value of t, if that is known.
func (c *checker) admits(t types.Type, v fixed) (ok, known bool) {
	switch t := t.(type) {
	case *types.Linear:
		return c.admits(t.Elem, v)
	case *types.Range:
		lo, hi := literalInt(t.Lo), literalInt(t.Hi)
		if v.number == nil {
			return true, true
		}
		if lo != nil && v.number.Cmp(lo) < 0 || hi != nil && v.number.Cmp(hi) > 0 {
			return false, true
		}
		return true, lo != nil && hi != nil
	case *types.Refined:
		ok, known = c.admits(t.Base, v)
		if known && !ok {
			return false, true
		}
		r := reading{c: c, of: map[types.Object]fixed{}}
		r.bind(t, v)
		p, found := r.value(t.Decl.Pred)
		if !found || p.truth == nil {
			return true, false
		}
		return *p.truth, known || !*p.truth
	}
	return true, true
}

// reading computes with the values of some names.
type reading struct {
	c  *checker
	of map[types.Object]fixed
}

// bind gives the name of a refinement its value, and its parameters theirs.
func (r reading) bind(t *types.Refined, v fixed) {
	for _, p := range t.Values {
		if arg, ok := r.value(p.Arg); ok {
			r.of[p.Param] = arg
		}
	}
	if obj := r.c.info.Defs[t.Decl.Var]; obj != nil {
		r.of[obj] = v
	}
}

// value computes e; false if it is more than can be told from the text.
func (r reading) value(e ast.Expr) (fixed, bool) {
	switch e := e.(type) {
	case *ast.Paren:
		return r.value(e.X)
	case *ast.Name:
		obj := r.c.info.Uses[e]
		if v, ok := r.of[obj]; ok {
			return v, true
		}
		if k, ok := obj.(*types.Const); ok && k.Decl != nil && k.Decl.Value != nil {
			return r.c.literal(k.Decl.Value)
		}
		return r.c.literal(e)
	case *ast.SetLit:
		set := make([]fixed, len(e.Elems))
		for i, x := range e.Elems {
			v, ok := r.value(x)
			if !ok {
				return fixed{}, false
			}
			set[i] = v
		}
		return fixed{set: set}, true
	case *ast.Unary:
		return r.unary(e)
	case *ast.Binary:
		return r.binary(e)
	}
	return r.c.literal(e)
}

func (r reading) unary(e *ast.Unary) (fixed, bool) {
	v, ok := r.value(e.X)
	switch {
	case !ok:
	case e.Op == ast.Neg && v.number != nil:
		return fixed{number: new(big.Int).Neg(v.number)}, true
	case (e.Op == ast.Not || e.Op == ast.Bang) && v.truth != nil:
		return truth(!*v.truth)
	}
	return fixed{}, false
}

// binary: false && x is false whatever x is.
func (r reading) binary(e *ast.Binary) (fixed, bool) {
	x, okX := r.value(e.X)
	y, okY := r.value(e.Y)
	switch e.Op {
	case ast.And, ast.Or:
		for _, v := range []struct {
			fixed
			ok bool
		}{{x, okX}, {y, okY}} {
			if v.ok && v.truth != nil && *v.truth == (e.Op == ast.Or) {
				return truth(e.Op == ast.Or)
			}
		}
		if okX && okY {
			return truth(e.Op == ast.And)
		}
		return fixed{}, false
	case ast.Range:
		return fixed{}, false // an end is tested where it is a type
	}
	if !okX || !okY {
		if e.Op == ast.In || e.Op == ast.NotIn {
			return r.interval(e)
		}
		return fixed{}, false
	}
	switch {
	case e.Op == ast.In || e.Op == ast.NotIn:
		return among(x, y.set, e.Op == ast.In)
	case e.Op == ast.Eq || e.Op == ast.Ne:
		same, ok := x.same(y)
		if !ok {
			return fixed{}, false
		}
		return truth(same == (e.Op == ast.Eq))
	case x.number != nil && y.number != nil:
		return arithmetic(e.Op, x.number, y.number)
	}
	return fixed{}, false
}

// interval is `x in lo..hi`.
func (r reading) interval(e *ast.Binary) (fixed, bool) {
	x, ok := r.value(e.X)
	in, isRange := unparen(e.Y).(*ast.Binary)
	if !ok || x.number == nil || !isRange || in.Op != ast.Range {
		return fixed{}, false
	}
	lo, okLo := r.value(in.X)
	hi, okHi := r.value(in.Y)
	if !okLo || !okHi || lo.number == nil || hi.number == nil {
		return fixed{}, false
	}
	inside := lo.number.Cmp(x.number) <= 0 && x.number.Cmp(hi.number) <= 0
	return truth(inside == (e.Op == ast.In))
}

func among(x fixed, set []fixed, want bool) (fixed, bool) {
	for _, v := range set {
		same, ok := x.same(v)
		if !ok {
			return fixed{}, false
		}
		if same {
			return truth(want)
		}
	}
	return truth(!want)
}

// same reports whether two values are equal, if that is known: two values of
// one variant that holds something may be different.
func (v fixed) same(w fixed) (same, ok bool) {
	switch {
	case v.number != nil && w.number != nil:
		return v.number.Cmp(w.number) == 0, true
	case v.truth != nil && w.truth != nil:
		return *v.truth == *w.truth, true
	case v.variant != nil && w.variant != nil:
		return v.variant == w.variant, v.variant != w.variant || len(v.variant.Fields) == 0
	}
	return false, false
}

func arithmetic(op ast.BinaryOp, x, y *big.Int) (fixed, bool) {
	n := new(big.Int)
	switch op {
	case ast.Lt:
		return truth(x.Cmp(y) < 0)
	case ast.Le:
		return truth(x.Cmp(y) <= 0)
	case ast.Gt:
		return truth(x.Cmp(y) > 0)
	case ast.Ge:
		return truth(x.Cmp(y) >= 0)
	case ast.Add:
		return fixed{number: n.Add(x, y)}, true
	case ast.Sub:
		return fixed{number: n.Sub(x, y)}, true
	case ast.Mul:
		return fixed{number: n.Mul(x, y)}, true
	case ast.Div, ast.Mod:
		if y.Sign() == 0 {
			return fixed{}, false
		}
		if op == ast.Div {
			return fixed{number: n.Quo(x, y)}, true
		}
		return fixed{number: n.Rem(x, y)}, true
	}
	return fixed{}, false
}

// admitted lists the variants of an enum, or the truth values, that a refined
// type has: those that it does not surely exclude.
func (c *checker) admitted(t types.Type, all []string) []string {
	r, refined := t.(*types.Refined)
	if !refined {
		return all
	}
	var out []string
	for i, name := range all {
		v := fixed{}
		if n, ok := under(t).(*types.Named); ok {
			v.variant = n.Obj.Variants[i]
		} else if b, err := strconv.ParseBool(name); err == nil {
			v.truth = &b
		}
		if ok, known := c.admits(r, v); ok || !known {
			out = append(out, name)
		}
	}
	return out
}
