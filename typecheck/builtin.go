package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// callBuiltin is a call of a builtin; not ok if it is no function.
func (c *checker) callBuiltin(e *ast.Call, b *types.Builtin, want types.Type) (types.Type, bool) {
	for _, a := range e.Args {
		if a.Name != nil {
			c.errNamedArg(a.Name, b)
		}
	}
	lo, hi, ok := builtinArity(b.Ident)
	if !ok {
		return nil, false
	}
	if len(e.Args) < lo || hi >= 0 && len(e.Args) > hi {
		c.errArgCount(e.Span(), b.Ident, lo, len(e.Args), b)
		c.argsAnyhow(e)
		return types.Invalid, true
	}
	switch b.Ident {
	case "some":
		return c.some(e, want), true
	case "min", "max":
		if len(e.Args) > 1 {
			return c.extreme(e, b.Ident, want), true
		}
	}
	x := e.Args[0].Value
	var hint types.Type
	if b.Ident == "remove" {
		hint = want
	}
	t := c.expr(x, hint)
	if under(t) == types.Invalid {
		for _, a := range e.Args[1:] {
			c.expr(a.Value, nil)
		}
		return types.Invalid, true
	}
	if r := c.builtinResult(e, b.Ident, t); r != nil {
		return r, true
	}
	c.errBuiltinArg(x, b.Ident, t, builtinTakes[b.Ident])
	return types.Invalid, true
}

func builtinArity(name string) (lo, hi int, ok bool) {
	switch name {
	case "len", "sum", "abs", "keys", "toSet", "powerset", "some":
		return 1, 1, true
	case "min", "max":
		return 1, -1, true
	case "remove", "count":
		return 2, 2, true
	}
	return 0, 0, false
}

// builtinTakes says in messages what a builtin is for.
var builtinTakes = map[string]string{
	"len": "a set, bag, map, sequence or string", "min": "a set, bag or sequence of numbers",
	"max": "a set, bag or sequence of numbers", "sum": "a set, bag or sequence of numbers",
	"abs": "an int or a duration", "keys": "a map", "remove": "a map", "toSet": "a sequence or bag",
	"count": "a bag or sequence", "powerset": "a set",
}

// builtinResult is the type of a builtin applied to a first argument of type
// t, nil if it does not apply.
func (c *checker) builtinResult(e *ast.Call, name string, t types.Type) types.Type {
	u := under(t)
	switch name {
	case "len":
		switch u.(type) {
		case *types.Set, *types.Bag, *types.Map, *types.Seq:
			return types.Int
		}
		if u == types.String {
			return types.Int
		}
	case "abs":
		if u == types.Int || u == types.Duration {
			return u
		}
	case "min", "max":
		if elem := elemOf(t); elem != nil && comparable(elem) {
			return elem
		}
	case "sum":
		if elem := elemOf(t); elem != nil && (under(elem) == types.Int || under(elem) == types.Duration) {
			return under(elem)
		}
	case "keys":
		if m, ok := u.(*types.Map); ok {
			return &types.Set{Elem: m.Key}
		}
	case "remove":
		if m, ok := u.(*types.Map); ok {
			c.check(e.Args[1].Value, m.Key, "the key to remove")
			return t
		}
	case "toSet":
		if _, set := u.(*types.Set); set {
			return nil
		}
		if elem := elemOf(t); elem != nil {
			return &types.Set{Elem: elem}
		}
	case "powerset":
		if s, ok := u.(*types.Set); ok {
			return &types.Set{Elem: s}
		}
	case "count":
		return c.countOf(e, u)
	}
	return nil
}

func (c *checker) countOf(e *ast.Call, t types.Type) types.Type {
	if _, set := t.(*types.Set); set {
		return nil
	}
	elem := elemOf(t)
	if elem == nil {
		return nil
	}
	c.check(e.Args[1].Value, elem, "the element to count")
	return types.Int
}

// comparable reports whether values of t have an order.
func comparable(t types.Type) bool {
	switch t := under(t).(type) {
	case types.Basic:
		return t == types.Int || t == types.Duration || t == types.Instant || t == types.Invalid
	case *types.Sort:
		return t.Obj.Order == ast.Ordered
	case *types.Param:
		return t.Bound == types.Ordered
	}
	return false
}

// lacks says what a type does not have that a bound demands, "" if nothing.
func (c *checker) lacks(t types.Type, b types.Bound) string {
	switch {
	case under(t) == types.Invalid:
	case b == types.Ordered && !comparable(t):
		return "an order"
	case b == types.Finite:
		if p, ok := under(t).(*types.Param); ok && p.Bound != types.Finite {
			return "finitely many values"
		}
		if ok, _ := finite(t); !ok {
			return "finitely many values"
		}
	}
	return ""
}

func (c *checker) some(e *ast.Call, want types.Type) types.Type {
	x := e.Args[0].Value
	if o, ok := under(want).(*types.Option); ok {
		t := c.expr(x, o.Elem)
		if agree(t, o.Elem) {
			c.checkLiteralFits(x, o.Elem)
			return o
		}
		return &types.Option{Elem: t}
	}
	return &types.Option{Elem: c.expr(x, nil)}
}

// extreme is `min(a, b, ...)`.
func (c *checker) extreme(e *ast.Call, name string, want types.Type) types.Type {
	var args []ast.Expr
	for _, a := range e.Args {
		args = append(args, a.Value)
	}
	t := c.same(want, "an argument of "+name, args...)
	if t != nil && !comparable(t) {
		c.errBuiltinArg(args[0], name, t, "numbers")
		return types.Invalid
	}
	return t
}
