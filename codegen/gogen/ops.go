package gogen

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// apply returns the application of an operator. Those that speak about runs
// have no Go and are refused.
func (f *fn) apply(e *ir.Apply) code {
	switch e.Op {
	case ir.Not:
		return f.not(e.Args[0])
	case ir.And, ir.Or:
		return f.connective(e, e.Op == ir.And)
	case ir.Implies:
		return f.implies(e)
	case ir.Iff:
		return f.iff(e)
	case ir.Eq:
		return f.equal(e)
	case ir.Ne:
		return negated(f.equal(e))
	case ir.Neg, ir.Add, ir.Sub, ir.Mul, ir.Div, ir.Mod:
		return f.arithmetic(e)
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		return f.order(e)
	case ir.Next, ir.Prev:
		return f.neighbour(e)
	case ir.Universe:
		return callOf("New"+f.g.typ(e.T).name, f.g.listAll(e.T.Elem, e.Loc)+"()...")
	case ir.Interval:
		return callOf("New"+f.g.typ(e.T).name, f.intervalList(e)+"...")
	case ir.SetLit, ir.BagLit:
		return f.collection(e)
	case ir.In:
		return f.member(e)
	case ir.Subset:
		return f.method(e, "SubsetOf")
	case ir.Union:
		return f.oneOrMany(e, "With", "Union")
	case ir.Inter:
		return f.method(e, "Intersect")
	case ir.Diff:
		return f.oneOrMany(e, "Without", "Minus")
	case ir.Powerset:
		f.faults = true
		subsets := f.expr(e.Args[0]).at(primaryPrec) + ".subsets(e, " + f.where(e.Loc) + ")..."
		return callOf("New"+f.g.typ(e.T).name, subsets)
	case ir.Len:
		return f.length(e)
	case ir.ToSet:
		return callOf("New"+f.g.typ(e.T).name, f.list(e.Args[0])+"...")
	case ir.BagAdd:
		return f.method(e, "Plus")
	case ir.BagSub:
		return f.method(e, "Minus")
	case ir.CountOf:
		return f.method(e, "Count")
	case ir.ConstFunc:
		return f.constFunc(e)
	case ir.MapLit:
		return f.mapLit(e)
	case ir.Get:
		return f.get(e)
	case ir.Put:
		return f.put(e)
	case ir.RemoveKey:
		return f.method(e, "Without")
	case ir.Keys:
		return callOf("New"+f.g.typ(e.T).name, f.expr(e.Args[0]).at(primaryPrec)+".keys...")
	case ir.SeqLit:
		return primary(f.g.typ(e.T).name + "{" + strings.Join(f.texts(e.Args), ", ") + "}")
	case ir.Concat:
		if e.T.Kind == ir.StringKind {
			return infix(f.expr(e.Args[0]), "+", f.expr(e.Args[1]), addPrec)
		}
		return callOf("slices.Concat", f.texts(e.Args)...)
	case ir.Slice:
		return f.slice(e)
	}
	f.g.notExpressible(e.Loc, "`"+e.Op.String()+"`", "it speaks about runs, not about a state")
	return primary(f.g.typ(e.T).zero())
}

func (f *fn) mapLit(e *ir.Apply) code {
	text := f.g.typ(e.T).name + "{}"
	for i := 0; i+1 < len(e.Args); i += 2 {
		text += ".With(" + f.text(e.Args[i]) + ", " + f.text(e.Args[i+1]) + ")"
	}
	return primary(text)
}

// not returns the opposite of a condition, with the negation inside.
func (f *fn) not(e ir.Expr) code {
	a, ok := e.(*ir.Apply)
	if ok && a.Op == ir.Not {
		return f.expr(a.Args[0])
	}
	if ok && a.Op == ir.Implies {
		node := a.Node
		return f.connective(&ir.Apply{Node: node, Op: ir.And, Args: []ir.Expr{a.Args[0], not(a.Args[1])}}, true)
	}
	return negated(f.expr(e))
}

// connective returns a conjunction or disjunction. The second operand is
// written knowing that the first did not decide. An operand that stands there
// twice is written once, which vet asks for.
func (f *fn) connective(e *ir.Apply, and bool) code {
	x := f.expr(e.Args[0])
	var y code
	f.assuming(e.Args[0], and, func() { y = f.expr(e.Args[1]) })
	return join(x, y, and)
}

func join(x, y code, and bool) code {
	op, prec, neutral := " || ", orPrec, "false"
	if and {
		op, prec, neutral = " && ", andPrec, "true"
	}
	switch {
	case y.text == neutral:
		return x
	case x.text == neutral:
		return y
	}
	parts := operands(x, op, prec)
	for _, p := range operands(y, op, prec) {
		if !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 1 {
		return x
	}
	return code{text: strings.Join(parts, op), prec: prec}
}

// operands splits a chain of one connective that this package wrote; operands
// with closures are kept whole.
func operands(c code, op string, prec int) []string {
	if c.prec != prec || strings.Contains(c.text, "func(") || strings.Contains(c.text, "(") && depthMixed(c.text, op) {
		return []string{c.at(prec)}
	}
	return strings.Split(c.text, op)
}

// depthMixed reports whether op stands inside parentheses somewhere in text.
func depthMixed(text, op string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '"':
			return true
		}
		if depth > 0 && strings.HasPrefix(text[i:], op) {
			return true
		}
	}
	return false
}

func (f *fn) implies(e *ir.Apply) code {
	x := f.not(e.Args[0])
	var y code
	f.assuming(e.Args[0], true, func() { y = f.expr(e.Args[1]) })
	return join(x, y, false)
}

func (f *fn) iff(e *ir.Apply) code {
	return code{text: f.expr(e.Args[0]).at(addPrec) + " == " + f.expr(e.Args[1]).at(addPrec), prec: comparePrec}
}

func (f *fn) equal(e *ir.Apply) code {
	t := f.g.typ(e.Args[0].Type())
	if t.kind == goOption {
		for i, x := range e.Args {
			if m, ok := x.(*ir.Make); ok && m.Variant == 0 {
				return negated(primary(f.expr(e.Args[1-i]).at(primaryPrec) + ".Some"))
			}
		}
	}
	if t.kind == goSet || t.kind == goSeq || t.kind == goMap || t.kind == goBag {
		for i, x := range e.Args {
			a, ok := x.(*ir.Apply)
			switch {
			case !ok || len(a.Args) > 0:
			case a.Op != ir.Universe:
				return infix(f.count(t, f.expr(e.Args[1-i])), "==", primary("0"), comparePrec)
			case t.elem.kind == goSort || t.elem.kind == goEnum: // all of them
				return infix(f.count(t, f.expr(e.Args[1-i])), "==", callOf("int", t.elem.count), comparePrec)
			}
		}
	}
	return t.equal(f.operands(e))
}

// operands returns both sides of a comparison. A length that is compared with
// a plain number stays an int.
func (f *fn) operands(e *ir.Apply) (x, y code) {
	x, y = f.expr(e.Args[0]), f.expr(e.Args[1])
	if isNumber(y.text) {
		x = unwrapped(x, e.Args[0])
	} else if isNumber(x.text) {
		y = unwrapped(y, e.Args[1])
	}
	return x, y
}

// unwrapped is the length under its conversion to int64.
func unwrapped(c code, e ir.Expr) code {
	a, ok := e.(*ir.Apply)
	if !ok || a.Op != ir.Len || !strings.HasPrefix(c.text, "int64(") {
		return c
	}
	return primary(strings.TrimSuffix(strings.TrimPrefix(c.text, "int64("), ")"))
}

// count is the number of elements, an int.
func (f *fn) count(t *goType, x code) code {
	if t.kind == goSeq || t.kind == goString {
		return callOf("len", x.text)
	}
	return primary(x.at(primaryPrec) + ".Len()")
}

var signs = map[ir.Op]struct {
	text string
	prec int
	call string // the method of fault
}{
	ir.Add: {"+", addPrec, "add"}, ir.Sub: {"-", addPrec, "sub"}, ir.Mul: {"*", mulPrec, "mul"},
	ir.Div: {"/", mulPrec, "div"}, ir.Mod: {"%", mulPrec, "mod"}, ir.Neg: {"-", unaryPrec, "sub"},
	ir.Lt: {"<", comparePrec, ""}, ir.Le: {"<=", comparePrec, ""},
	ir.Gt: {">", comparePrec, ""}, ir.Ge: {">=", comparePrec, ""},
}

// arithmetic writes the operator of Go where it is known to be exact, else
// the checked one.
func (f *fn) arithmetic(e *ir.Apply) code {
	sign, times := signs[e.Op], f.g.typ(e.T).kind == goDuration
	var args []code
	same := true
	for _, a := range e.Args {
		args = append(args, f.expr(a))
		same = same && f.g.typ(a.Type()).kind == f.g.typ(e.T).kind
	}
	if !same { // durations and integers mixed: as nanoseconds
		for i, a := range args {
			if f.g.typ(e.Args[i].Type()).kind == goDuration {
				args[i] = callOf("int64", a.text)
			}
		}
	}
	untyped := !slices.ContainsFunc(args, func(c code) bool { return !c.untyped })
	exact := f.result(e).fits()
	if e.Op == ir.Div || e.Op == ir.Mod {
		exact = exact && !f.interval(e.Args[1]).has(0)
	}
	switch {
	case exact && e.Op == ir.Neg:
		return code{text: "-" + args[0].at(primaryPrec), prec: unaryPrec, untyped: untyped}
	case exact:
		c := infix(args[0], sign.text, args[1], sign.prec)
		c.untyped = untyped
		if !same && times {
			c = callOf("time.Duration", c.text)
		}
		return c
	case e.Op == ir.Neg:
		args = []code{primary("0"), args[0]}
	}
	if same && times {
		for i, a := range args {
			args[i] = callOf("int64", a.text)
		}
	}
	c := f.fail(sign.call, args[0].text, args[1].text, f.where(e.Loc))
	if times {
		c = callOf("time.Duration", c.text)
	}
	return c
}

func (f *fn) order(e *ir.Apply) code {
	x, y := f.operands(e)
	return code{text: x.at(addPrec) + " " + signs[e.Op].text + " " + y.at(addPrec), prec: comparePrec}
}

func (f *fn) neighbour(e *ir.Apply) code {
	t, x := f.g.typ(e.T), f.expr(e.Args[0])
	if t.sort.Order == ir.Ring && e.Op == ir.Next {
		return code{text: "(" + x.at(addPrec) + " + 1) % " + t.count, prec: mulPrec}
	}
	by := "1"
	if e.Op == ir.Prev {
		by = "-1"
	}
	f.faults = true
	return primary(x.at(primaryPrec) + ".neighbour(e, " + by + ", " + f.where(e.Loc) + ")")
}

// intervalList is the slice of the numbers from lo to hi.
func (f *fn) intervalList(e *ir.Apply) string {
	return f.fail("interval", f.text(e.Args[0]), f.text(e.Args[1]), f.where(e.Loc)).text
}

func (f *fn) collection(e *ir.Apply) code {
	t := f.g.typ(e.T)
	if len(e.Args) == 0 {
		return primary(t.name + "{}")
	}
	return callOf("New"+t.name, f.texts(e.Args)...)
}

// method writes a binary operator as a method of its first operand.
func (f *fn) method(e *ir.Apply, name string) code {
	x := f.expr(e.Args[0]).at(primaryPrec)
	return primary(x + "." + name + "(" + f.text(e.Args[1]) + ")")
}

// oneOrMany is method, with a name of its own for a second operand of one
// element.
func (f *fn) oneOrMany(e *ir.Apply, one, many string) code {
	if a, ok := e.Args[1].(*ir.Apply); ok && a.Op == ir.SetLit && len(a.Args) == 1 {
		x := f.expr(e.Args[0]).at(primaryPrec)
		return primary(x + "." + one + "(" + f.text(a.Args[0]) + ")")
	}
	return f.method(e, many)
}

func (f *fn) length(e *ir.Apply) code {
	t := f.g.typ(e.Args[0].Type())
	return callOf("int64", f.count(t, f.expr(e.Args[0])).text)
}

// constFunc is the same value at every key: the zero value of the Go array
// where it is that, else a fill.
func (f *fn) constFunc(e *ir.Apply) code {
	t, v := f.g.typ(e.T), f.expr(e.Args[0])
	if isZero(e.Args[0]) {
		return primary(t.name + "{}")
	}
	return primary(t.name + "{}.filled(" + v.text + ")")
}

// isZero reports whether a value is the zero value of its Go type.
func isZero(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Convert:
		return isZero(e.X)
	case *ir.Lit:
		switch v := e.Value.(type) {
		case ir.Bool:
			return !bool(v)
		case ir.Int:
			return v.Sign() == 0
		case ir.Str:
			return v == ""
		case ir.Elem:
			return v.Index == 0
		case ir.SumValue:
			return v.Variant == 0 && len(v.Args) == 0
		case ir.SetValue:
			return len(v.Elems) == 0
		case ir.SeqValue:
			return len(v.Elems) == 0
		case ir.MapValue:
			return len(v.Keys) == 0
		}
	case *ir.Make:
		if e.T.Kind == ir.SumKind {
			return e.Variant == 0 && len(e.Args) == 0
		}
	case *ir.Apply:
		switch e.Op {
		case ir.SetLit, ir.BagLit, ir.SeqLit, ir.MapLit:
			return len(e.Args) == 0
		case ir.ConstFunc:
			return isZero(e.Args[0])
		}
	}
	return false
}

// get reads a function, map or sequence at a key.
func (f *fn) get(e *ir.Apply) code {
	c, k := e.Args[0], e.Args[1]
	x := f.expr(c).at(primaryPrec)
	switch c.Type().Kind {
	case ir.FuncKind:
		return primary(x + "[" + f.g.index(c.Type().Key, f.expr(k)) + "]")
	case ir.SeqKind:
		if f.inside(c, f.interval(k), 0) {
			return primary(x + "[" + f.text(k) + "]")
		}
	}
	f.faults = true
	return primary(x + ".at(e, " + f.text(k) + ", " + f.where(e.Loc) + ")")
}

// inside reports whether an index is known to be at least 0 and less than the
// length of the sequence c and extra.
func (f *fn) inside(c ir.Expr, index interval, extra int64) bool {
	k, ok := f.place(c)
	if !ok || index.lo.Sign() < 0 {
		return false
	}
	n, ok := f.known.ints["len "+k]
	if !ok {
		n = interval{new(big.Int), new(big.Int)}
	}
	return index.hi.Cmp(new(big.Int).Add(n.lo, big.NewInt(extra))) < 0
}

func (f *fn) put(e *ir.Apply) code {
	t := f.g.typ(e.T)
	x, v := f.expr(e.Args[0]).at(primaryPrec), ""
	switch t.kind {
	case goFunc:
		k := f.g.index(e.T.Key, f.expr(e.Args[1]))
		return primary(x + ".with(int(" + k + "), " + f.text(e.Args[2]) + ")")
	case goMap:
		return primary(x + ".With(" + f.text(e.Args[1]) + ", " + f.text(e.Args[2]) + ")")
	}
	f.faults = true
	v = f.text(e.Args[1]) + ", " + f.text(e.Args[2])
	return primary(x + ".put(e, " + v + ", " + f.where(e.Loc) + ")")
}

func (f *fn) slice(e *ir.Apply) code {
	x := f.expr(e.Args[0]).at(primaryPrec)
	if hi, ok := e.Args[2].(*ir.Apply); ok && hi.Op == ir.Len && f.inside(e.Args[0], f.interval(e.Args[1]), 1) {
		p, pok := f.place(e.Args[0])
		q, qok := f.place(hi.Args[0])
		if pok && qok && p == q {
			return primary(x + "[" + f.text(e.Args[1]) + ":]")
		}
	}
	f.faults = true
	return primary(x + ".slice(e, " + f.text(e.Args[1]) + ", " + f.text(e.Args[2]) + ", " + f.where(e.Loc) + ")")
}

// member is the test x in c; sets that need not be listed are not.
func (f *fn) member(e *ir.Apply) code {
	x := f.expr(e.Args[0])
	if a, ok := e.Args[1].(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			return f.g.fits(x, e.Args[0].Type(), a.T.Elem)
		case ir.Interval:
			return f.between(x, a.Args[0], a.Args[1])
		case ir.Powerset:
			return primary(x.at(primaryPrec) + ".SubsetOf(" + f.text(a.Args[0]) + ")")
		case ir.SetLit:
			if _, simple := f.place(e.Args[0]); simple && 0 < len(a.Args) && len(a.Args) <= 4 && !f.canFail(a) {
				return f.anyOf(x, a)
			}
		}
	}
	c := f.expr(e.Args[1]).at(primaryPrec)
	return primary(c + ".Has(" + x.text + ")")
}

// anyOf compares x with each of the operands of a set literal.
func (f *fn) anyOf(x code, set *ir.Apply) code {
	t := f.g.typ(set.T.Elem)
	any := primary("false")
	for _, a := range set.Args {
		any = join(any, t.equal(x, f.expr(a)), false)
	}
	return any
}

// between is lo <= x <= hi; both ends are evaluated in any case.
func (f *fn) between(x code, lo, hi ir.Expr) code {
	if f.canFail(hi) {
		f.faults = true
		return callOf("between", x.text, f.text(lo), f.text(hi))
	}
	first := code{text: f.expr(lo).at(addPrec) + " <= " + x.at(addPrec), prec: comparePrec}
	second := code{text: x.at(addPrec) + " <= " + f.expr(hi).at(addPrec), prec: comparePrec}
	return join(first, second, true)
}

// canFail reports whether evaluating e may be an error.
func (f *fn) canFail(e ir.Expr) bool {
	before, taken, locals := f.faults, maps.Clone(f.names), maps.Clone(f.locals)
	f.faults = false
	f.fork(func() { f.expr(e) })
	fails := f.faults
	f.faults, f.names, f.locals = before, taken, locals
	return fails
}
