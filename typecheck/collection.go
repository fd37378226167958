package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// setLit is `{a, b}`: a set, or a bag where one is expected; `{}` is also the
// empty map.
func (c *checker) setLit(e *ast.SetLit, want types.Type) types.Type {
	switch w := under(want).(type) {
	case *types.Set:
		return &types.Set{Elem: c.elements(e.Elems, w.Elem)}
	case *types.Bag:
		return &types.Bag{Elem: c.elements(e.Elems, w.Elem)}
	case *types.Map:
		if len(e.Elems) == 0 {
			return w
		}
	case *types.Func:
		if len(e.Elems) == 0 {
			c.errNotTotal(e, w, "")
			return types.Invalid
		}
	case types.Basic:
		if want != nil && w == types.Invalid && len(e.Elems) == 0 {
			return w
		}
	}
	if len(e.Elems) == 0 {
		if want == nil {
			c.errNeedsType(e, "{}", "set[int]")
			return types.Invalid
		}
		return &types.Set{Elem: types.Invalid}
	}
	return &types.Set{Elem: c.same(nil, "the elements of a set", e.Elems...)}
}

// elements checks the elements of a literal against the expected type. The
// result is that type, so that the place need not convert.
func (c *checker) elements(es []ast.Expr, want types.Type) types.Type {
	agreed := true
	var found types.Type
	for _, x := range es {
		t := c.expr(x, want)
		c.checkLiteralFits(x, want)
		if !agree(t, want) {
			agreed = false
			if found != nil && !agree(found, t) {
				c.errMismatch(x, t, found, "an element")
				t = types.Invalid
			}
			found = join(found, t)
		}
	}
	if agreed {
		return want
	}
	return found
}

func (c *checker) seqLit(e *ast.SeqLit, want types.Type) types.Type {
	if w, ok := under(want).(*types.Seq); ok {
		return &types.Seq{Elem: c.elements(e.Elems, w.Elem)}
	}
	if len(e.Elems) == 0 {
		if want == nil {
			c.errNeedsType(e, "[]", "[]int")
			return types.Invalid
		}
		return &types.Seq{Elem: types.Invalid}
	}
	return &types.Seq{Elem: c.same(nil, "the elements of a sequence", e.Elems...)}
}

// mapLit is `{k: v, _: d}`: with a default, or with all keys of the type that is
// wanted, it is a total function.
func (c *checker) mapLit(e *ast.MapLit, want types.Type) types.Type {
	var key, elem types.Type
	switch w := under(want).(type) {
	case *types.Func:
		key, elem = w.Key, w.Elem
	case *types.Map:
		key, elem = w.Key, w.Elem
		if e.Default != nil {
			c.errDefaultInMap(e)
		}
	}
	if key == nil && len(e.Entries) == 0 {
		if want == nil {
			c.errNeedsType(e, "{_: ...}", "[bool]int")
		}
		t := c.expr(e.Default, nil)
		if want == nil || under(want) == types.Invalid {
			return types.Invalid
		}
		return &types.Func{Key: types.Invalid, Elem: t} // which is not what is wanted
	}
	var keys, values []ast.Expr
	for _, en := range e.Entries {
		keys, values = append(keys, en.Key), append(values, en.Value)
	}
	if e.Default != nil {
		values = append(values, e.Default)
	}
	key, elem = c.entries(keys, key, "a key"), c.entries(values, elem, "a value")
	if m, partial := under(want).(*types.Map); partial && e.Default != nil {
		return m
	}
	if e.Default != nil {
		if ok, _ := finite(key); !ok && want == nil {
			c.errNeedsType(e, "{_: ...}", "[bool]int") // the keys that are written are ints, the type's may be a range
			return types.Invalid
		}
		return &types.Func{Key: key, Elem: elem}
	}
	if w, total := under(want).(*types.Func); total {
		c.total(e, w)
		return want
	}
	return &types.Map{Key: key, Elem: elem}
}

func (c *checker) entries(es []ast.Expr, want types.Type, what string) types.Type {
	if want == nil {
		return c.same(nil, what, es...)
	}
	return c.elements(es, want)
}

// bind declares the names of binders one after the other.
func (c *checker) bind(bs []ast.Binder) {
	for i := range bs {
		elem := c.domain(bs[i].Domain)
		for _, id := range bs[i].Names {
			c.declare(id, elem, false)
		}
	}
}

func (c *checker) condition(e ast.Expr) {
	if e != nil {
		c.check(e, types.Bool, "the condition after if")
	}
}

func (c *checker) setComp(e *ast.SetComp, want types.Type) types.Type {
	var hint, t types.Type
	switch w := under(want).(type) {
	case *types.Set:
		hint = w.Elem
	case *types.Bag:
		hint = w.Elem
	}
	c.scoped(func() {
		c.bind(e.Binders)
		t = c.expr(e.Elem, hint)
		c.condition(e.Cond)
	})
	return &types.Set{Elem: t}
}

func (c *checker) seqComp(e *ast.SeqComp, want types.Type) types.Type {
	var hint, t types.Type
	if w, ok := under(want).(*types.Seq); ok {
		hint = w.Elem
	}
	c.scoped(func() {
		for i := range e.Binders {
			b := &e.Binders[i]
			elem := c.domain(b.Domain)
			if _, ordered := under(c.info.Types[b.Domain]).(*types.Seq); !ordered && elem != types.Invalid {
				c.errCollection(b.Domain, "a sequence", c.info.Types[b.Domain])
			}
			for _, id := range b.Names {
				c.declare(id, elem, false)
			}
		}
		t = c.expr(e.Elem, hint)
		c.condition(e.Cond)
	})
	return &types.Seq{Elem: t}
}

// mapComp is `{k: v for k in K}`: a map, or a total function where one is
// expected. Without an expectation it is total if K is a whole type.
func (c *checker) mapComp(e *ast.MapComp, want types.Type) types.Type {
	total, expected := under(want).(*types.Func)
	var keyHint, valueHint types.Type
	if expected {
		keyHint, valueHint = total.Key, total.Elem
	} else if m, ok := under(want).(*types.Map); ok {
		keyHint, valueHint = m.Key, m.Elem
	}
	var key, value types.Type
	whole := false
	c.scoped(func() {
		whole = c.bindKey(e, keyHint, expected)
		key = c.expr(e.Key, keyHint)
		value = c.expr(e.Value, valueHint)
		c.condition(e.Cond)
	})
	_, partial := under(want).(*types.Map)
	switch {
	case whole && expected:
		return &types.Func{Key: total.Key, Elem: value}
	case whole && !partial:
		return &types.Func{Key: key, Elem: value}
	case expected:
		if key != types.Invalid {
			c.errNotTotal(e, total, "")
		}
		return types.Invalid
	}
	return &types.Map{Key: key, Elem: value}
}

// bindKey declares the binders of a map comprehension and reports whether its
// one key runs over a whole type. Where a total function over a range is
// expected, a key that runs over `lo..hi` has the type of that range.
func (c *checker) bindKey(e *ast.MapComp, key types.Type, expected bool) bool {
	if len(e.Binders) != 1 || len(e.Binders[0].Names) != 1 || e.Cond != nil {
		c.bind(e.Binders)
		return false
	}
	b := &e.Binders[0]
	elem := c.domain(b.Domain)
	whole := c.wholeType(b.Domain)
	if expected && !whole {
		if r, ok := key.(*types.Range); ok && isInterval(b.Domain, r) {
			elem, whole = r, true
		}
	}
	c.declare(b.Names[0], elem, false)
	name, ok := unparen(e.Key).(*ast.Name)
	return whole && ok && name.Name == b.Names[0].Name && (key == nil || agree(key, elem))
}

// wholeType reports whether a checked expression is all values of a type.
func (c *checker) wholeType(e ast.Expr) bool {
	switch e := unparen(e).(type) {
	case *ast.Values:
		return true
	case *ast.Name, *ast.Select:
		switch obj := c.info.Uses[e].(type) {
		case *types.SortName, *types.TypeName:
			return true
		case *types.Builtin:
			return obj.Ident == "bool"
		}
	}
	return false
}

func isInterval(e ast.Expr, r *types.Range) bool {
	b, ok := unparen(e).(*ast.Binary)
	return ok && b.Op == ast.Range && types.Identical(&types.Range{Lo: b.X, Hi: b.Y}, r)
}

func unparen(e ast.Expr) ast.Expr {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}

func (c *checker) quant(e *ast.Quant, want types.Type) types.Type {
	t := types.Type(types.Bool)
	formula := c.formula
	c.scoped(func() {
		c.bind(e.Binders)
		c.formula = formula
		switch e.Kind {
		case ast.Forall, ast.Exists:
			c.check(e.Body, types.Bool, "the body of "+quantText[e.Kind])
		case ast.Count:
			c.check(e.Body, types.Bool, "the body of count")
			t = types.Int
		default:
			t = c.aggregate(e, want)
		}
	})
	return t
}

func (c *checker) aggregate(e *ast.Quant, want types.Type) types.Type {
	t := c.expr(e.Body, want)
	switch u := under(t).(type) {
	case types.Basic:
		switch {
		case u == types.Int || u == types.Duration:
			if e.Kind == ast.Sum {
				return u
			}
			return t
		case u == types.Instant && e.Kind != ast.Sum, u == types.Invalid:
			return t
		}
	case *types.Sort:
		if u.Obj.Order == ast.Ordered && e.Kind != ast.Sum {
			return t
		}
	}
	c.errBuiltinArg(e.Body, quantText[e.Kind], t, "numbers")
	return types.Invalid
}

var quantText = map[ast.QuantKind]string{
	ast.Forall: "forall", ast.Exists: "exists", ast.Count: "count", ast.Sum: "sum", ast.Min: "min", ast.Max: "max",
}

func (c *checker) fold(e *ast.Fold, want types.Type) types.Type {
	acc := widen(c.expr(e.Init, want)) // wide, whatever the place wants of the last one
	c.scoped(func() {
		c.declare(e.Acc, acc, false)
		c.bind(e.Binders)
		c.check(e.Body, acc, "the body of fold")
	})
	return acc
}

func (c *checker) choose(e *ast.Choose) types.Type {
	elem := c.domain(e.Binder.Domain)
	c.scoped(func() {
		for _, id := range e.Binder.Names {
			c.declare(id, elem, false)
		}
		if e.Where != nil {
			c.check(e.Where, types.Bool, "the condition after where")
		}
	})
	return elem
}

// index is `X[I]`.
func (c *checker) index(e *ast.Index) types.Type {
	t := c.expr(e.X, nil)
	key, elem := keyed(t)
	if key == nil {
		c.expr(e.I, nil)
		if under(t) != types.Invalid {
			c.errNotIndexable(e, t)
		}
		return types.Invalid
	}
	c.check(e.I, key, "the index of "+exprText(e.X))
	return elem
}

// keyed returns the types of index and element of a function, map or
// sequence, nil for anything else.
func keyed(t types.Type) (key, elem types.Type) {
	switch t := under(t).(type) {
	case *types.Func:
		return t.Key, t.Elem
	case *types.Map:
		return t.Key, t.Elem
	case *types.Seq:
		return types.Int, t.Elem
	}
	return nil, nil
}

func (c *checker) slice(e *ast.Slice, want types.Type) types.Type {
	t := c.expr(e.X, want)
	for _, end := range []ast.Expr{e.Lo, e.Hi} {
		if end != nil {
			c.check(end, types.Int, "the end of a slice")
		}
	}
	switch u := under(t).(type) {
	case *types.Seq:
		return &types.Seq{Elem: u.Elem}
	case types.Basic:
		if u == types.Invalid {
			return u
		}
	}
	c.errNotIndexable(e, t)
	return types.Invalid
}

// with is `X with { f: v, [k]: v }`.
func (c *checker) with(e *ast.With, want types.Type) types.Type {
	t := c.expr(e.X, want)
	for _, u := range e.Updates {
		if u.Field == nil {
			c.withIndex(e, u, t)
			continue
		}
		f, ft := structField(t, u.Field.Name)
		if f == nil {
			if under(t) != types.Invalid {
				c.errNoField(&ast.Select{At: u.Field.At, X: e.X, Sel: u.Field}, t, nil)
			}
			c.expr(u.Value, nil)
			continue
		}
		c.check(u.Value, ft, "field "+f.Name())
	}
	return t
}

func (c *checker) withIndex(e *ast.With, u ast.Update, t types.Type) {
	key, elem := keyed(t)
	if key == nil {
		c.expr(u.Index, nil)
		c.expr(u.Value, nil)
		if under(t) != types.Invalid {
			c.errNotIndexable(e, t)
		}
		return
	}
	c.check(u.Index, key, "the index")
	c.check(u.Value, elem, "the value at ["+exprText(u.Index)+"]")
}

func structField(t types.Type, name string) (*types.Field, types.Type) {
	n, ok := under(t).(*types.Named)
	if !ok {
		return nil, nil
	}
	for _, f := range n.Obj.Fields {
		if f.Name() == name {
			return f, fieldType(n, f)
		}
	}
	return nil, nil
}
