package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

func (c *checker) unary(e *ast.Unary, want types.Type) types.Type {
	switch e.Op {
	case ast.Neg:
		t := c.expr(e.X, want)
		switch under(t) {
		case types.Int, types.Duration, types.Invalid:
			return under(t)
		}
		c.errOperator(e, "-", t, nil, "")
		return types.Invalid
	case ast.Bang, ast.Not:
		if c.check(e.X, types.Bool, "the operand of "+unaryText[e.Op]) == types.Invalid {
			return types.Invalid
		}
		return types.Bool
	case ast.Next:
		return c.next(e, want)
	case ast.Prev:
		return c.successor(e, c.operand(e.X, want))
	case ast.Always, ast.Eventually:
		c.temporal(e, unaryText[e.Op], ltl)
	default:
		c.temporal(e, unaryText[e.Op], ctl)
	}
	c.check(e.X, types.Bool, "the operand of "+unaryText[e.Op])
	return types.Bool
}

// operand types an operand that is no formula.
func (c *checker) operand(e ast.Expr, want types.Type) types.Type {
	keep := c.formula
	c.formula = plain
	t := c.expr(e, want)
	c.formula = keep
	return t
}

// next is the successor in a sort, or the next state of a run.
func (c *checker) next(e *ast.Unary, want types.Type) types.Type {
	if want != nil && under(want) != types.Bool {
		return c.successor(e, c.operand(e.X, want))
	}
	t := c.expr(e.X, want)
	switch under(t) {
	case types.Bool:
		c.temporal(e, "next", ltl)
		return types.Bool
	case types.Invalid:
		return types.Invalid
	}
	return c.successor(e, t)
}

func (c *checker) successor(e *ast.Unary, t types.Type) types.Type {
	s, ok := under(t).(*types.Sort)
	switch {
	case under(t) == types.Invalid:
		return types.Invalid
	case !ok:
		c.errOperator(e, unaryText[e.Op], t, nil, "it is the successor in a sort that is `ordered` or a `ring`; of numbers write `+ 1`")
		return types.Invalid
	case s.Obj.Order == ast.Unordered || e.Op == ast.Prev && s.Obj.Order == ast.Ring:
		c.errUnordered(e, unaryText[e.Op], s.Obj)
		return types.Invalid
	}
	return t
}

// temporal reports an operator on runs where there is none to speak about.
func (c *checker) temporal(e ast.Expr, op string, kind formula) {
	if c.formula == kind || c.place == nil {
		return
	}
	switch {
	case c.place.formula == kind:
		c.errTemporalInside(e, op)
	case kind == ctl:
		c.errFormula(e, op, c.place.what, "ctl")
	default:
		c.errFormula(e, op, c.place.what, "property")
	}
}

func (c *checker) binary(e *ast.Binary, want types.Type) types.Type {
	switch e.Op {
	case ast.LeadsTo, ast.Until, ast.Unless, ast.Release:
		c.temporal(e, binaryText[e.Op], ltl)
		return c.logic(e)
	case ast.Iff, ast.Implies, ast.And, ast.Or:
		return c.logic(e)
	case ast.Eq, ast.Ne:
		x, y := c.pair(e.X, e.Y)
		if !agree(x, y) {
			c.errCompare(e, binaryText[e.Op], x, y)
			return types.Bool
		}
		c.checkLiteralFits(e.X, y)
		c.checkLiteralFits(e.Y, x)
		return types.Bool
	case ast.Lt, ast.Le, ast.Gt, ast.Ge:
		return c.order(e)
	case ast.In, ast.NotIn:
		return c.in(e)
	case ast.Subset:
		return c.subset(e)
	case ast.Range:
		if inner := swallowed(e); inner != nil {
			c.errSwallowed(e, inner)
			return types.Invalid
		}
		c.check(e.X, types.Int, "the lower end of ..")
		c.check(e.Y, types.Int, "the upper end of ..")
		return &types.Set{Elem: types.Int}
	case ast.Union, ast.Inter:
		return c.setOperator(e, want)
	case ast.Concat:
		return c.concat(e, want)
	}
	return c.arithmetic(e, want)
}

// swallowed returns an operator on sets that has taken an end of an interval,
// as in `S & 1..n`, which reads as `(S & 1)..n`.
func swallowed(e *ast.Binary) *ast.Binary {
	for _, end := range []ast.Expr{e.X, e.Y} {
		if b, ok := end.(*ast.Binary); ok && (b.Op == ast.Union || b.Op == ast.Inter || b.Op == ast.Concat) {
			return b
		}
	}
	return nil
}

func (c *checker) logic(e *ast.Binary) types.Type {
	what := "an operand of " + binaryText[e.Op]
	c.check(e.X, types.Bool, what)
	c.check(e.Y, types.Bool, what)
	return types.Bool
}

// pair types two expressions that should have one type: the one that knows
// its type first, and the other with that as a hint.
func (c *checker) pair(x, y ast.Expr) (types.Type, types.Type) {
	if c.needy(x) && !c.needy(y) {
		t := c.expr(y, nil)
		return c.expr(x, t), t
	}
	t := c.expr(x, nil)
	return t, c.expr(y, t)
}

// order is `<`, `<=`, `>` and `>=`.
func (c *checker) order(e *ast.Binary) types.Type {
	x, y := c.pair(e.X, e.Y)
	if !agree(x, y) {
		c.errCompare(e, binaryText[e.Op], x, y)
		return types.Bool
	}
	if s, ok := under(x).(*types.Sort); ok && s.Obj.Order != ast.Ordered {
		c.errUnordered(e, binaryText[e.Op], s.Obj)
		return types.Bool
	}
	if comparable(x) {
		return types.Bool
	}
	if under(x) != types.Invalid && under(y) != types.Invalid {
		c.errOperator(e, binaryText[e.Op], x, y, orderHelp(x))
	}
	return types.Bool
}

func (c *checker) in(e *ast.Binary) types.Type {
	if c.needy(e.X) {
		if elem := c.membersOf(e.Y, c.expr(e.Y, nil)); elem != nil {
			c.check(e.X, elem, "an element of "+exprText(e.Y))
		}
		return types.Bool
	}
	x := c.expr(e.X, nil)
	t := c.expr(e.Y, &types.Set{Elem: x})
	if elem := c.membersOf(e.Y, t); elem != nil && !agree(x, elem) {
		c.errCompare(e, binaryText[e.Op], x, t)
	}
	return types.Bool
}

// membersOf returns the type of what `in` asks for: elements, or the keys of
// a map; nil if there is none, which is reported.
func (c *checker) membersOf(e ast.Expr, t types.Type) types.Type {
	if m, ok := under(t).(*types.Map); ok {
		return m.Key
	}
	if elem := elemOf(t); elem != nil {
		return elem
	}
	c.errCollection(e, "a set, bag or sequence", t)
	return nil
}

func (c *checker) subset(e *ast.Binary) types.Type {
	x, y := c.pair(e.X, e.Y)
	if c.wantSet(e.X, x, "subset") && c.wantSet(e.Y, y, "subset") && !agree(x, y) {
		c.errCompare(e, binaryText[e.Op], x, y)
	}
	return types.Bool
}

func (c *checker) wantSet(e ast.Expr, t types.Type, op string) bool {
	switch t := under(t).(type) {
	case *types.Set:
		return true
	case types.Basic:
		if t == types.Invalid {
			return false
		}
	}
	c.errCollection(e, "a set with "+op, t)
	return false
}

func (c *checker) setOperator(e *ast.Binary, want types.Type) types.Type {
	x, y := c.hintedPair(e, want)
	op := binaryText[e.Op]
	if !c.wantSet(e.X, x, op) || !c.wantSet(e.Y, y, op) {
		return types.Invalid
	}
	if !agree(x, y) {
		c.errCompare(e, binaryText[e.Op], x, y)
		return types.Invalid
	}
	return join(x, y)
}

// hintedPair is pair where both operands have the type of the whole.
func (c *checker) hintedPair(e *ast.Binary, want types.Type) (types.Type, types.Type) {
	if want == nil || c.plainNumber(want) {
		return c.pair(e.X, e.Y)
	}
	if c.needy(e.X) || c.needy(e.Y) {
		if !c.needy(e.X) || !c.needy(e.Y) {
			return c.pair(e.X, e.Y)
		}
	}
	return c.expr(e.X, want), c.expr(e.Y, want)
}

// plainNumber reports whether a hint tells operands of an operator nothing:
// the operands of an int may be durations.
func (c *checker) plainNumber(t types.Type) bool {
	_, basic := under(t).(types.Basic)
	return basic
}

func (c *checker) concat(e *ast.Binary, want types.Type) types.Type {
	x, y := c.hintedPair(e, want)
	switch u := under(x).(type) {
	case *types.Seq:
		if v, ok := under(y).(*types.Seq); ok && agree(u, v) {
			return &types.Seq{Elem: join(u.Elem, v.Elem)}
		}
	case types.Basic:
		if u == types.Invalid || under(y) == types.Invalid {
			return types.Invalid
		}
		if u == types.String && under(y) == types.String {
			return types.String
		}
	}
	if under(y) == types.Invalid {
		return types.Invalid
	}
	c.errOperator(e, "++", x, y, concatHelp(e, x, y))
	return types.Invalid
}

// arithmetic is + - * / % on numbers, times, and + - on sets and bags.
func (c *checker) arithmetic(e *ast.Binary, want types.Type) types.Type {
	x, y := c.hintedPair(e, want)
	a, b := under(x), under(y)
	if a == types.Invalid || b == types.Invalid {
		return types.Invalid
	}
	if t, ok := numeric(e.Op, a, b); ok {
		return t
	}
	if t, ok := collection(e.Op, a, b); ok {
		return join(t, b)
	}
	if dimension(a) || dimension(b) {
		c.errDimension(e, binaryText[e.Op], x, y)
	} else {
		c.errOperator(e, binaryText[e.Op], x, y, arithmeticHelp(e, x, y))
	}
	return types.Invalid
}

func dimension(t types.Type) bool { return t == types.Duration || t == types.Instant }

// numeric is the table of arithmetic: which operands an operator has, and the
// type of the result.
func numeric(op ast.BinaryOp, x, y types.Type) (types.Type, bool) {
	a, aok := x.(types.Basic)
	b, bok := y.(types.Basic)
	if !aok || !bok {
		return nil, false
	}
	t, ok := arithmeticTable[sum{op, a, b}]
	return t, ok
}

type sum struct {
	op   ast.BinaryOp
	x, y types.Basic
}

var arithmeticTable = map[sum]types.Basic{
	{ast.Add, types.Int, types.Int}: types.Int, {ast.Sub, types.Int, types.Int}: types.Int,
	{ast.Mul, types.Int, types.Int}: types.Int, {ast.Div, types.Int, types.Int}: types.Int,
	{ast.Mod, types.Int, types.Int}: types.Int,

	{ast.Add, types.Duration, types.Duration}: types.Duration,
	{ast.Sub, types.Duration, types.Duration}: types.Duration,
	{ast.Mul, types.Duration, types.Int}:      types.Duration,
	{ast.Mul, types.Int, types.Duration}:      types.Duration,
	{ast.Div, types.Duration, types.Int}:      types.Duration,
	{ast.Div, types.Duration, types.Duration}: types.Int,
	{ast.Mod, types.Duration, types.Duration}: types.Duration,

	{ast.Add, types.Instant, types.Duration}: types.Instant,
	{ast.Add, types.Duration, types.Instant}: types.Instant,
	{ast.Sub, types.Instant, types.Duration}: types.Instant,
	{ast.Sub, types.Instant, types.Instant}:  types.Duration,
}

func collection(op ast.BinaryOp, x, y types.Type) (types.Type, bool) {
	switch x.(type) {
	case *types.Set:
		return x, op == ast.Sub && agree(x, y)
	case *types.Bag:
		return x, (op == ast.Add || op == ast.Sub) && agree(x, y)
	}
	return nil, false
}

var unaryText = map[ast.UnaryOp]string{
	ast.Neg: "-", ast.Bang: "!", ast.Not: "not", ast.Always: "always", ast.Eventually: "eventually",
	ast.Next: "next", ast.Prev: "prev", ast.AG: "AG", ast.AF: "AF", ast.AX: "AX", ast.EG: "EG", ast.EF: "EF", ast.EX: "EX",
}

var binaryText = map[ast.BinaryOp]string{
	ast.Iff: "<=>", ast.Implies: "=>", ast.LeadsTo: "~>", ast.Until: "until", ast.Unless: "unless",
	ast.Release: "release", ast.Or: "||", ast.And: "&&", ast.Eq: "==", ast.Ne: "!=", ast.Lt: "<", ast.Le: "<=",
	ast.Gt: ">", ast.Ge: ">=", ast.In: "in", ast.NotIn: "not in", ast.Subset: "subset", ast.Range: "..",
	ast.Add: "+", ast.Sub: "-", ast.Union: "|", ast.Concat: "++", ast.Mul: "*", ast.Div: "/", ast.Mod: "%", ast.Inter: "&",
}
