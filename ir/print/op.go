package print

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// apply shows an operator. Operands of a comparison or of a set operator know
// their type from one another, unless neither text says it.
func (p *printer) apply(e *ir.Apply, want *ir.Type) shown {
	if s, ok := p.wholeOld(e); ok {
		return s
	}
	row := ir.Ops[e.Op]
	a := e.Args
	switch e.Op {
	case ir.Not:
		return p.not(a[0])
	case ir.Neg:
		return p.prefixed("-", a[0], levelTight)
	case ir.Next, ir.Prev, ir.Len, ir.ToSet, ir.Keys, ir.Powerset:
		return p.called(row.Name, e.Args...)
	case ir.NextTime:
		return p.prefixed("next ", a[0], levelTight)
	case ir.CountOf:
		return atom("count(" + p.closed(a[0], nil) + ", " + p.closed(a[1], ifBare(a[1])) + ")")
	case ir.RemoveKey:
		return atom("remove(" + p.closed(a[0], nil) + ", " + p.closed(a[1], ifBare(a[1])) + ")")
	case ir.And:
		return p.infix("&&", a[0], a[1], e.T, levelAnd, levelAnd, levelAnd)
	case ir.Or:
		return p.infix("||", a[0], a[1], e.T, levelOr, levelOr, levelOr)
	case ir.Iff:
		return p.infix("<=>", a[0], a[1], e.T, levelIff, levelArrow, levelIff)
	case ir.Implies:
		right := levelOr
		if r, ok := a[1].(*ir.Apply); ok && r.Op == ir.Implies {
			right = levelArrow
		}
		return p.infix("=>", a[0], a[1], e.T, levelOr, right, levelArrow)
	case ir.Until, ir.Unless, ir.Release, ir.LeadsTo:
		return p.infix(row.Name, a[0], a[1], e.T, levelOr, levelOr, levelArrow)
	case ir.Always, ir.Eventually, ir.AG, ir.AF, ir.AX, ir.EG, ir.EF, ir.EX:
		return p.prefixed(row.Name+" ", a[0], levelPrefix)
	case ir.Within:
		s := p.prefixed("", a[1], levelPrefix)
		s.text = "within " + p.within(a[0]) + " " + s.text
		return s
	case ir.AU, ir.EU:
		return atom(row.Name[:1] + "[" + p.closed(a[0], e.T) + " U " + p.closed(a[1], e.T) + "]")
	case ir.Eq, ir.Ne, ir.Lt, ir.Le, ir.Gt, ir.Ge, ir.Subset:
		return p.pair(row.Name, a[0], a[1], levelRange, levelRange, levelCompare)
	case ir.In:
		return p.membership("in", a[0], a[1])
	case ir.Interval:
		return p.infix("..", a[0], a[1], a[0].Type(), levelAdd, levelAdd, levelRange).tight("..")
	case ir.Add, ir.Sub, ir.BagAdd, ir.BagSub, ir.Union, ir.Diff, ir.Concat:
		return p.joined(row.Name, e, levelAdd)
	case ir.Mul, ir.Div, ir.Mod, ir.Inter:
		return p.joined(row.Name, e, levelMul)
	}
	return p.container(e, want)
}

// tight takes out the spaces around an operator.
func (s shown) tight(op string) shown {
	s.text = strings.Replace(s.text, " "+op+" ", op, 1)
	return s
}

func (p *printer) called(name string, args ...ir.Expr) shown {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = p.closed(a, nil)
	}
	return atom(name + "(" + strings.Join(parts, ", ") + ")")
}

// within shows the bound of a within, which is a literal, a name or in
// parentheses.
func (p *printer) within(e ir.Expr) string {
	switch e.(type) {
	case *ir.Lit, *ir.LocalRef, *ir.ConstRef:
		return p.closed(e, nil)
	}
	return paren(p.expr(e, nil)).text
}

// pair shows an operator whose operands have one type, which at least one of
// them has to say: beside it, the other may be `{}`, `[]` or `none`.
func (p *printer) pair(op string, x, y ir.Expr, left, right, level int) shown {
	var wantX, wantY *ir.Type
	switch {
	case bare(y) && sayable(x):
		wantY = y.Type()
	case bare(x) && sayable(y):
		wantX = x.Type()
	}
	if p.exact {
		x, y = keepWide(x, y), keepWide(y, x)
	}
	a := p.operand(x, wantX, left)
	b, open := p.last(y, wantY, right)
	return shown{a + " " + op + " " + b, level, open}
}

// keepWide keeps a conversion of x that shows beside a number that it could
// not be without: `x == 7` is refused for an x of 0..3.
func keepWide(x, beside ir.Expr) ir.Expr {
	c, ok := x.(*ir.Convert)
	n, lit := beside.(*ir.Lit)
	if !ok || !lit || ir.Fits(n.Value, c.X.Type()) {
		return x
	}
	l := &ir.Local{Name: "v", Type: c.T}
	return &ir.Let{Node: c.Node, Local: l, Value: c, Body: &ir.LocalRef{Node: c.Node, Local: l}}
}

// bare reports whether e is a number, or a literal of such or of nothing: text
// that has the type of what it stands beside.
func bare(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Lit:
		_, number := e.Value.(ir.Int)
		return number
	case *ir.Apply:
		for _, a := range e.Args {
			if !bare(a) && !sayable(a) {
				return false
			}
		}
		return e.Op == ir.SetLit || e.Op == ir.SeqLit || len(e.Args) == 0 && (e.Op == ir.MapLit || e.Op == ir.BagLit)
	case *ir.Make:
		return e.T.Option && e.Variant == 0
	}
	return false
}

// ifBare is the type of e where e is bare, and nil where e has to say it.
func ifBare(e ir.Expr) *ir.Type {
	if bare(e) {
		return e.Type()
	}
	return nil
}

// sayable reports whether the text of e has the type of e: it is not needy,
// and no conversion was left out of it.
func sayable(e ir.Expr) bool {
	switch e.(type) {
	case *ir.Convert, *ir.Let, *ir.If:
		return false
	}
	return !needy(e)
}

// joined shows an operator that groups to the left and gives the type of its
// operands.
func (p *printer) joined(op string, e *ir.Apply, level int) shown {
	x, y := e.Args[0], e.Args[1]
	if e.T.Kind == ir.BagKind || x.Type() != y.Type() { // `{x}` is a set but to the right of a bag
		var want *ir.Type
		if a, ok := x.(*ir.Apply); sayable(x) && e.T.Kind == ir.BagKind && !(ok && (a.Op == ir.BagAdd || a.Op == ir.BagSub)) {
			want = e.T
		}
		a := p.operand(x, nil, level)
		b, open := p.last(y, want, level+1)
		return shown{a + " " + op + " " + b, level, open}
	}
	return p.pair(op, x, y, level, level+1, level)
}

func (p *printer) membership(op string, x, in ir.Expr) shown {
	var want *ir.Type
	if sayable(in) {
		want = ifBare(x)
	}
	a := p.operand(x, want, levelRange)
	b, open := p.last(in, nil, levelRange)
	return shown{a + " " + op + " " + b, levelCompare, open}
}

// not shows a negation the way people write it.
func (p *printer) not(x ir.Expr) shown {
	switch x := x.(type) {
	case *ir.Is:
		return p.is(x, true)
	case *ir.Apply:
		if x.Op == ir.In {
			return p.membership("not in", x.Args[0], x.Args[1])
		}
		if x.Op == ir.Eq {
			return p.pair("!=", x.Args[0], x.Args[1], levelRange, levelRange, levelCompare)
		}
		if ir.Ops[x.Op].Temporal {
			return p.prefixed("not ", x, levelPrefix)
		}
	case *ir.Bind:
		if x.Kind == ir.Exists || x.Kind == ir.Forall {
			return p.prefixed("not ", x, levelPrefix)
		}
	}
	return shown{"!" + p.operand(x, nil, levelTight), levelTight, false}
}

// container shows what makes, reads and changes collections.
func (p *printer) container(e *ir.Apply, want *ir.Type) shown {
	a := e.Args
	elems := func(t *ir.Type) string {
		parts := make([]string, len(a))
		for i, x := range a {
			parts[i] = p.closed(x, t)
		}
		return strings.Join(parts, ", ")
	}
	var elem *ir.Type
	if want == e.T || !p.exact {
		elem = e.T.Elem
	}
	switch e.Op {
	case ir.Universe:
		return p.universe(e.T.Elem)
	case ir.SetLit, ir.BagLit:
		return atom("{" + elems(elem) + "}")
	case ir.SeqLit:
		return atom("[" + elems(elem) + "]")
	case ir.ConstFunc:
		return atom("{_: " + p.closed(a[0], elem) + "}")
	case ir.MapLit:
		var parts []string
		for i := 0; i+1 < len(a); i += 2 {
			parts = append(parts, p.operand(a[i], e.T.Key, levelRange)+": "+p.closed(a[i+1], e.T.Elem))
		}
		return atom("{" + strings.Join(parts, ", ") + "}")
	case ir.Get:
		return atom(p.operand(a[0], nil, levelPostfix) + "[" + p.closed(a[1], keyType(a[0].Type(), a[1])) + "]")
	case ir.Put:
		return atom(p.operand(a[0], want, levelPostfix) + " with {[" + p.closed(a[1], keyType(e.T, a[1])) + "]: " + p.closed(a[2], e.T.Elem) + "}")
	case ir.Slice:
		return atom(p.operand(a[0], want, levelPostfix) + "[" + p.operand(a[1], nil, anyLevel) + ":" + p.closed(a[2], nil) + "]")
	}
	return p.called(ir.Ops[e.Op].Name, a...)
}

// keyType is the type that the place of a key expects.
func keyType(container *ir.Type, key ir.Expr) *ir.Type {
	if container.Kind == ir.SeqKind {
		return key.Type()
	}
	return container.Key
}

// universe shows the set of all values of t: by the name of t where it has
// one.
func (p *printer) universe(t *ir.Type) shown {
	switch {
	case t.Kind == ir.SortKind, t.Kind == ir.BoolKind, t.Name != "":
		return atom(p.typ(t))
	}
	return atom("values(" + p.typ(t) + ")")
}

// wholeOld shows a path that begins at an old variable, `old(vote[r])`, where
// nothing in its indices means the present.
func (p *printer) wholeOld(e ir.Expr) (shown, bool) {
	if p.inOld || !fromOld(e) {
		return shown{}, false
	}
	present := false
	ir.Walk(e, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.VarRef:
			present = present || !t.Old
		case *ir.ActionPred:
			present = true
		}
		return !present
	})
	if present {
		return shown{}, false
	}
	p.inOld = true
	s := p.expr(e, nil)
	p.inOld = false
	return atom("old(" + s.text + ")"), true
}

// fromOld reports whether e is a part of an old variable.
func fromOld(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.VarRef:
		return e.Old
	case *ir.FieldOf:
		return fromOld(e.X)
	case *ir.Payload:
		return fromOld(e.X)
	case *ir.Apply:
		return (e.Op == ir.Get || e.Op == ir.Slice) && fromOld(e.Args[0])
	}
	return false
}
