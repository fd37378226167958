package typecheck

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// check checks that e can stand where a value of type want is expected; what
// names that place in messages.
func (c *checker) check(e ast.Expr, want types.Type, what string) types.Type {
	t := c.expr(e, want)
	if want != nil && !agree(t, want) {
		c.errMismatch(e, t, want, what)
		return types.Invalid
	}
	c.checkLiteralFits(e, want)
	return t
}

// checkLiteralFits refuses a literal that is outside a literal range, or that
// a refinement excludes.
func (c *checker) checkLiteralFits(e ast.Expr, want types.Type) {
	switch want.(type) {
	case *types.Range, *types.Refined, *types.Linear:
		if v, ok := c.literal(e); ok {
			if ok, known := c.admits(want, v); known && !ok {
				c.errOutOfRange(e, want)
			}
		}
	}
}

// literalInt returns the value of a literal, nil for any other expression.
func literalInt(e ast.Expr) *big.Int {
	switch e := e.(type) {
	case *ast.IntLit:
		return e.Value
	case *ast.Paren:
		return literalInt(e.X)
	case *ast.Unary:
		if n := literalInt(e.X); n != nil && e.Op == ast.Neg {
			return new(big.Int).Neg(n)
		}
	}
	return nil
}

// expr finds the type of e. want is a hint, nil if nothing is known: it
// decides what literals, variants and empty collections mean, and nothing
// else; whether the result agrees with it is for the caller to ask.
func (c *checker) expr(e ast.Expr, want types.Type) types.Type {
	if e == nil {
		return types.Invalid
	}
	keep := c.formula
	if !transparent(e) {
		c.formula = plain
	}
	before := c.faults
	t := c.exprKind(e, want)
	c.formula = keep
	if t == nil || c.faults > before && faulty(t) {
		t = types.Invalid
	}
	c.info.Types[e] = t
	return t
}

// transparent reports whether temporal operators below e are still operators
// on the formula that e belongs to.
func transparent(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Paren, *ast.Within, *ast.PathQuant, *ast.If, *ast.Let:
		return true
	case *ast.Unary:
		return e.Op != ast.Neg
	case *ast.Binary:
		return e.Op <= ast.And
	case *ast.Quant:
		return e.Kind == ast.Forall || e.Kind == ast.Exists
	}
	return false
}

func (c *checker) exprKind(e ast.Expr, want types.Type) types.Type {
	switch e := e.(type) {
	case *ast.IntLit:
		return literalType(e, want)
	case *ast.DurationLit:
		return types.Duration
	case *ast.StringLit:
		return types.String
	case *ast.BoolLit:
		return types.Bool
	case *ast.Name:
		return c.name(e, want)
	case *ast.Select:
		return c.selectExpr(e, want)
	case *ast.Index:
		return c.index(e)
	case *ast.Slice:
		return c.slice(e, want)
	case *ast.Call:
		return c.call(e, want)
	case *ast.AtLabel:
		return c.atLabel(e)
	case *ast.Unary:
		return c.unary(e, want)
	case *ast.Binary:
		return c.binary(e, want)
	case *ast.Paren:
		return c.expr(e.X, want)
	case *ast.Tuple:
		return c.tuple(e, want)
	case *ast.If:
		return c.ifExpr(e, want)
	case *ast.Let:
		return c.let(e, want)
	case *ast.Match:
		return c.match(e, want)
	case *ast.With:
		return c.with(e, want)
	case *ast.SetLit:
		return c.setLit(e, want)
	case *ast.MapLit:
		return c.mapLit(e, want)
	case *ast.SeqLit:
		return c.seqLit(e, want)
	case *ast.SetComp:
		return c.setComp(e, want)
	case *ast.SeqComp:
		return c.seqComp(e, want)
	case *ast.MapComp:
		return c.mapComp(e, want)
	case *ast.Quant:
		return c.quant(e, want)
	case *ast.Fold:
		return c.fold(e, want)
	case *ast.Choose:
		return c.choose(e)
	case *ast.Old:
		return c.old(e, want)
	case *ast.Values:
		return c.values(e)
	case *ast.PathQuant:
		return c.pathQuant(e)
	case *ast.ActionPred:
		return c.actionPred(e)
	case *ast.Within:
		return c.within(e)
	}
	c.faults++ // the parser has reported it
	return types.Invalid
}

// literalType is the type of a number: the expected range if it is sure to be
// in it, else int, which the place converts.
func literalType(e *ast.IntLit, want types.Type) types.Type {
	r, ok := want.(*types.Range)
	if !ok {
		return types.Int
	}
	lo, hi := literalInt(r.Lo), literalInt(r.Hi)
	if lo == nil || hi == nil || e.Value.Cmp(lo) < 0 || e.Value.Cmp(hi) > 0 {
		return types.Int
	}
	return r
}

func (c *checker) tuple(e *ast.Tuple, want types.Type) types.Type {
	elems := make([]types.Type, len(e.Elems))
	hint, _ := under(want).(*types.Tuple)
	for i, x := range e.Elems {
		var h types.Type
		if hint != nil && i < len(hint.Elems) {
			h = hint.Elems[i]
		}
		elems[i] = c.expr(x, h)
	}
	return &types.Tuple{Elems: elems}
}

func (c *checker) ifExpr(e *ast.If, want types.Type) types.Type {
	outer := c.formula
	c.formula = plain
	c.check(e.Cond, types.Bool, "the condition of if")
	c.formula = outer
	return c.same(want, "the branches of if", e.Then, e.Else)
}

// same finds the common type of alternatives. Those that cannot tell their
// own type are looked at after those that can.
func (c *checker) same(want types.Type, what string, es ...ast.Expr) types.Type {
	var result types.Type
	faulty := false
	for _, needy := range []bool{false, true} {
		for _, e := range es {
			if c.needy(e) != needy {
				continue
			}
			hint := want
			if hint == nil {
				hint = result
			}
			t := c.expr(e, hint)
			if result != nil && !agree(result, t) {
				c.errMismatch(e, t, result, what)
				faulty = true
				continue
			}
			result = join(result, t)
		}
	}
	if faulty {
		return types.Invalid
	}
	return result
}

// needy reports whether e has no type without an expected one.
func (c *checker) needy(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Paren:
		return c.needy(e.X)
	case *ast.Name:
		return c.needyName(e)
	case *ast.SetLit:
		return c.allNeedy(e.Elems)
	case *ast.SeqLit:
		return c.allNeedy(e.Elems)
	case *ast.Tuple:
		for _, x := range e.Elems {
			if c.needy(x) {
				return true
			}
		}
	case *ast.MapLit:
		return e.Default != nil && len(e.Entries) == 0
	case *ast.MapComp:
		return false
	case *ast.If:
		return c.needy(e.Then) && c.needy(e.Else)
	case *ast.Let:
		return c.needyLet(e)
	case *ast.Call:
		return c.needyCall(e)
	case *ast.Old:
		return c.needy(e.X)
	}
	return false
}

// needyLet: a name that let binds has the type of its value.
func (c *checker) needyLet(e *ast.Let) bool {
	outer := c.scope
	c.scope = &scope{outer, &types.Local{Base: types.Base{Ident: identName(e.Name)}}}
	defer func() { c.scope = outer }()
	return c.needy(e.Body)
}

func (c *checker) allNeedy(es []ast.Expr) bool {
	for _, x := range es {
		if !c.needy(x) {
			return false
		}
	}
	return true
}

func (c *checker) needyName(e *ast.Name) bool {
	if obj := c.lookup(e.Name); obj != nil && isValue(obj) {
		return obj == types.Object(builtins["none"])
	}
	if c.freeVar(e.Name) != nil {
		return false
	}
	vs := c.variantsNamed(e.Name)
	return len(vs) != 1 || len(declTypeParams(vs[0].Enum.Decl)) > 0
}

func (c *checker) needyCall(e *ast.Call) bool {
	n, ok := e.Fun.(*ast.Name)
	if !ok {
		return false
	}
	if n.Name == "some" && c.lookup("some") == types.Object(builtins["some"]) {
		return len(e.Args) == 1 && c.needy(e.Args[0].Value)
	}
	return c.lookup(n.Name) == nil && len(c.variantsNamed(n.Name)) != 1
}

func (c *checker) let(e *ast.Let, want types.Type) types.Type {
	var t types.Type
	outer := c.formula
	c.formula = plain
	c.scoped(func() {
		value := c.bound(e.Name, e.Type, e.Value)
		c.unused(c.declare(e.Name, value, false))
		c.formula = outer
		t = c.expr(e.Body, want)
	})
	return t
}

// bound finds the type of `let name T = value`.
func (c *checker) bound(name *ast.Ident, written ast.Type, value ast.Expr) types.Type {
	if written == nil {
		return c.expr(value, nil)
	}
	t := c.written(written)
	c.check(value, t, identName(name))
	return t
}

func identName(id *ast.Ident) string {
	if id == nil {
		return "_"
	}
	return id.Name
}

func (c *checker) old(e *ast.Old, want types.Type) types.Type {
	if c.place != nil && !c.place.old {
		c.errOld(e, c.place.what)
	}
	return c.expr(e.X, want)
}

func (c *checker) values(e *ast.Values) types.Type {
	t := c.written(e.Type)
	if ok, part := finite(t); !ok {
		c.errInfinite(e.Type.Span(), t, part, "")
		return types.Invalid
	}
	return &types.Set{Elem: t}
}

// domain finds what a binder takes its values from and returns their type.
func (c *checker) domain(e ast.Expr) types.Type {
	keep := c.formula
	c.formula = plain
	t := c.expr(e, nil)
	c.formula = keep
	if elem := elemOf(t); elem != nil {
		return elem
	}
	c.errCollection(e, "a set, bag or sequence", t)
	return types.Invalid
}

// elemOf returns the type of the elements of a set, bag or sequence, Invalid
// of a faulty type, nil of any other.
func elemOf(t types.Type) types.Type {
	switch t := under(t).(type) {
	case *types.Set:
		return t.Elem
	case *types.Bag:
		return t.Elem
	case *types.Seq:
		return t.Elem
	case types.Basic:
		if t == types.Invalid {
			return t
		}
	}
	return nil
}
