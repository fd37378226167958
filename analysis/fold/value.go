// Package fold evaluates expressions as far as the text alone allows, and
// propagates constants through bodies.
//
// What is known of a number is an interval, from its type or from arithmetic
// on what is known; of a boolean, which one it is; of an enum, which variant.
// Constants are not looked into, even where the text gives them a value:
// whoever names a value means to change it.
package fold

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// Kind is what is known of a value.
type Kind int

// Kinds of knowledge.
const (
	Nothing Kind = iota
	Number       // it lies between Lo and Hi
	Truth        // it is True
	Case         // it is Variant, which has no fields
)

// Value is what is known of a value. Two values of which the same is known
// need not be the same.
type Value struct {
	Kind    Kind
	Lo, Hi  *big.Int // nil if unbounded
	True    bool
	Variant *types.Variant
}

// Exact reports whether v is the only value that it can be.
func (v Value) Exact() bool {
	switch v.Kind {
	case Truth, Case:
		return true
	case Number:
		return v.Lo != nil && v.Hi != nil && v.Lo.Cmp(v.Hi) == 0
	}
	return false
}

// Same reports whether a and b are exact and one value.
func Same(a, b Value) bool {
	v, known := equal(a, b)
	return known && v
}

func truth(b bool) Value { return Value{Kind: Truth, True: b} }

func point(n *big.Int) Value { return Value{Kind: Number, Lo: n, Hi: n} }

// equal says whether two values are one; not known if they may or may not be.
func equal(a, b Value) (same, known bool) {
	switch {
	case a.Kind != b.Kind:
		return false, false
	case a.Kind == Truth:
		return a.True == b.True, true
	case a.Kind == Case:
		return a.Variant == b.Variant, true
	case a.Kind == Number && (below(a, b) || below(b, a)):
		return false, true
	case a.Kind == Number && a.Exact() && b.Exact():
		return true, true
	}
	return false, false
}

// below reports whether every value of a is less than every value of b.
func below(a, b Value) bool { return a.Hi != nil && b.Lo != nil && a.Hi.Cmp(b.Lo) < 0 }

// atMost reports whether no value of a is more than any value of b.
func atMost(a, b Value) bool { return a.Hi != nil && b.Lo != nil && a.Hi.Cmp(b.Lo) <= 0 }

// hull is what is known of a value that is one of two.
func hull(a, b Value) Value {
	switch {
	case a.Kind != b.Kind:
		return Value{}
	case a.Kind == Number:
		return Value{Kind: Number, Lo: least(a.Lo, b.Lo), Hi: most(a.Hi, b.Hi)}
	case Same(a, b):
		return a
	}
	return Value{}
}

// meet is what is known of a number of which both are known.
func meet(a, b Value) Value {
	if a.Kind != Number || b.Kind != Number {
		return a
	}
	out := a
	if b.Lo != nil && (out.Lo == nil || b.Lo.Cmp(out.Lo) > 0) {
		out.Lo = b.Lo
	}
	if b.Hi != nil && (out.Hi == nil || b.Hi.Cmp(out.Hi) < 0) {
		out.Hi = b.Hi
	}
	if below(Value{Hi: out.Hi}, Value{Lo: out.Lo}) {
		return Value{} // there is no such number: this is never reached
	}
	return out
}

// String says in words what v is, "" if nothing is known.
func (v Value) String() string {
	switch {
	case v.Kind == Truth && v.True:
		return "true"
	case v.Kind == Truth:
		return "false"
	case v.Kind == Case:
		return v.Variant.Name()
	case v.Kind != Number || v.Lo == nil && v.Hi == nil:
		return ""
	case v.Exact():
		return v.Lo.String()
	case v.Hi == nil:
		return "at least " + v.Lo.String()
	case v.Lo == nil:
		return "at most " + v.Hi.String()
	}
	return "in " + v.Lo.String() + ".." + v.Hi.String()
}

func least(a, b *big.Int) *big.Int {
	switch {
	case a == nil || b == nil:
		return nil
	case a.Cmp(b) < 0:
		return a
	}
	return b
}

func most(a, b *big.Int) *big.Int {
	switch {
	case a == nil || b == nil:
		return nil
	case a.Cmp(b) > 0:
		return a
	}
	return b
}

// ofType is what the type of a stored value tells: a value outside it cannot
// be stored.
func ofType(t types.Type) Value {
	switch t := t.(type) {
	case *types.Range:
		lo, hi := literal(t.Lo), literal(t.Hi)
		return Value{Kind: Number, Lo: lo, Hi: hi}
	case *types.Refined:
		return ofType(t.Base)
	case *types.Linear:
		return ofType(t.Elem)
	case types.Basic:
		if t == types.Int {
			return Value{Kind: Number}
		}
	}
	return Value{}
}

// literal is the number that an expression of literals is, nil if it is none.
func literal(e ast.Expr) *big.Int {
	switch e := e.(type) {
	case *ast.IntLit:
		return e.Value
	case *ast.Paren:
		return literal(e.X)
	case *ast.Unary:
		if x := literal(e.X); e.Op == ast.Neg && x != nil {
			return new(big.Int).Neg(x)
		}
	}
	return nil
}

// Disjoint reports whether no value is both a and b.
func Disjoint(a, b Value) bool {
	same, known := equal(a, b)
	return known && !same
}

// Compared is what is known of a term whose comparison with an exact value is
// true, or false; with not, that it is any other value. It is not ok for
// operators that tell nothing.
func Compared(op ast.BinaryOp, v Value, holds bool) (is Value, not, ok bool) {
	switch op {
	case ast.Eq:
		return v, !holds, true
	case ast.Ne:
		return v, holds, true
	}
	if v.Kind != Number {
		return Value{}, false, false
	}
	one := big.NewInt(1)
	switch {
	case op == ast.Lt && holds, op == ast.Ge && !holds:
		return Value{Kind: Number, Hi: new(big.Int).Sub(v.Hi, one)}, false, true
	case op == ast.Le && holds, op == ast.Gt && !holds:
		return Value{Kind: Number, Hi: v.Hi}, false, true
	case op == ast.Gt && holds, op == ast.Le && !holds:
		return Value{Kind: Number, Lo: new(big.Int).Add(v.Lo, one)}, false, true
	case op == ast.Ge && holds, op == ast.Lt && !holds:
		return Value{Kind: Number, Lo: v.Lo}, false, true
	}
	return Value{}, false, false
}
