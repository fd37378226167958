package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// give puts the value of e into another place: a linear value is used by it.
func (l *linear) give(e ast.Expr) {
	if e == nil || !isLinear(l.c.info.Types[e]) {
		l.look(e)
		return
	}
	switch e := e.(type) {
	case *ast.Paren:
		l.give(e.X)
	case *ast.Name:
		l.giveName(e)
	case *ast.Select:
		l.giveField(e)
	case *ast.Index:
		l.look(e.I)
		if a, ok := l.state(e); ok {
			l.move(a, e, alwaysFull(l.c.info.Types[e]))
			return
		}
		l.look(e.X)
		l.c.errLinearCopied(e.Span(), "one entry of a function")
	case *ast.Call:
		l.giveCall(e)
	case *ast.If:
		l.look(e.Cond)
		l.branches(func() { l.give(e.Then) }, func() { l.give(e.Else) })
	case *ast.Let:
		l.scope(func() {
			l.give(e.Value)
			l.own(l.local(e.Name))
			l.give(e.Body)
		})
	case *ast.Match:
		l.matchExpr(e, l.give)
	case *ast.Tuple:
		l.giveAll(e.Elems)
	case *ast.SetLit:
		l.giveAll(e.Elems)
	case *ast.MapLit:
		for _, en := range e.Entries {
			l.look(en.Key)
			l.give(en.Value)
		}
		l.repeated(e, "a default", func() { l.give(e.Default) })
	case *ast.Binary:
		l.giveBinary(e)
	case *ast.SetComp:
		l.comprehend(e, e.Binders, e.Cond, e.Elem)
	case *ast.SeqComp:
		l.comprehend(e, e.Binders, e.Cond, e.Elem)
	case *ast.MapComp:
		l.comprehend(e, e.Binders, e.Cond, e.Value)
	case *ast.SeqLit:
		l.giveAll(e.Elems)
		l.c.errLinearCopied(e.Span(), "a sequence")
	default:
		l.look(e)
		l.c.errLinearCopied(e.Span(), "this expression")
	}
}

func (l *linear) giveAll(es []ast.Expr) {
	for _, e := range es {
		l.give(e)
	}
}

// giveBinary: the union of two sets uses both.
func (l *linear) giveBinary(e *ast.Binary) {
	if e.Op == ast.Union {
		l.give(e.X)
		l.give(e.Y)
		return
	}
	l.look(e)
	l.c.errLinearCopied(e.Span(), "operator "+binaryText[e.Op])
}

func (l *linear) giveName(e *ast.Name) {
	switch obj := l.c.info.Uses[e].(type) {
	case *types.Local:
		l.use(obj, e.Span())
	case *types.Var, *types.ProcessVar:
		a, _ := l.state(e)
		l.move(a, e, alwaysFull(obj.Type()))
	}
}

// move uses the value of a part of the state.
func (l *linear) move(a access, e ast.Expr, sure bool) {
	if l.again != nil {
		l.c.errLinearCopied(e.Span(), l.again.what)
		return
	}
	l.take(a, e.Span(), sure, e)
}

// alwaysFull reports whether a place of type t holds a linear value at all
// times: it is one.
func alwaysFull(t types.Type) bool {
	_, ok := t.(*types.Linear)
	return ok
}

// use uses the value of a local.
func (l *linear) use(obj *types.Local, at source.Span) {
	h, ok := l.holds[obj]
	switch {
	case !ok:
	case h.state == used:
		l.c.errLinearTwice(at, obj.Name(), h.at)
	case h.state == stale:
		l.c.errLinearStale(at, obj, h)
	case h.state == member:
		l.c.errLinearMember(at, obj, h.from)
	case h.depth < l.depth:
		what := "a loop"
		if l.again != nil {
			what = l.again.what
		}
		l.c.errLinearRepeated(at, obj, what)
		h.state, h.at = used, at
		l.holds[obj] = h
	default:
		if h.state == held {
			l.release(h, at)
		}
		h.state, h.at = used, at
		l.holds[obj] = h
	}
}

// release takes what a pattern has bound out of the part that it is in: all
// that it has bound of it.
func (l *linear) release(h hold, at source.Span) {
	if l.again != nil {
		l.c.errLinearCopied(at, l.again.what)
		return
	}
	l.take(h.from, at, true, h.by)
	for obj, o := range l.holds {
		if o.state == held && o.by == h.by {
			o.state = owned
			l.holds[obj] = o
		}
	}
}

// giveField uses the value in a field or option. Of a local it takes the whole
// apart, and nothing else may be left in it.
func (l *linear) giveField(e *ast.Select) {
	f := l.c.info.Fields[e]
	if f == nil || f != OptionValue {
		if a, ok := l.state(e); ok {
			l.move(a, e, alwaysFull(l.c.info.Types[e]))
			return
		}
	}
	if f == OptionValue {
		if a, ok := l.state(e.X); ok {
			l.move(a, e, true)
			return
		}
	}
	if f != nil && f != OptionValue && l.leavesBehind(e) {
		l.c.errLinearBehind(e.Span(), exprText(e.X))
	}
	l.give(e.X)
}

// leavesBehind reports whether a value has linear parts beside the field.
func (l *linear) leavesBehind(e *ast.Select) bool {
	count := 0
	switch u := under(l.c.info.Types[e.X]).(type) {
	case *types.Named:
		for _, f := range u.Obj.Fields {
			if isLinear(fieldType(u, f)) {
				count++
			}
		}
	case *types.Tuple:
		for _, t := range u.Elems {
			if isLinear(t) {
				count++
			}
		}
	}
	return count > 1
}

func (l *linear) giveCall(e *ast.Call) {
	switch l.c.info.Uses[e.Fun].(type) {
	case *types.Function:
		l.callFunction(e)
	case *types.Variant, *types.TypeName:
		l.giveArgs(e)
	case *types.Builtin:
		if l.c.info.Uses[e.Fun] == types.Object(builtins["some"]) {
			l.giveArgs(e)
			return
		}
		l.lookArgs(e)
		l.c.errLinearCopied(e.Span(), exprText(e.Fun))
	}
}

func (l *linear) giveArgs(e *ast.Call) {
	for _, a := range e.Args {
		l.give(a.Value)
	}
}

func (l *linear) lookArgs(e *ast.Call) {
	for _, a := range e.Args {
		l.look(a.Value)
	}
}

// callFunction: a linear parameter uses its argument, a plain one looks at it.
func (l *linear) callFunction(e *ast.Call) {
	fn := l.c.info.Uses[e.Fun].(*types.Function)
	for i, a := range e.Args {
		if i < len(fn.Args) && isLinear(fn.Args[i].T) {
			l.give(a.Value)
		} else {
			l.look(a.Value)
		}
	}
	if anyLinear(l.c.info.Inst[e]) {
		l.c.errLinearCopied(e.Span(), "a generic function")
	}
	l.called(fn, l.c.info.Paths[e.Fun], e.Span())
}

func (l *linear) matchExpr(e *ast.Match, body func(ast.Expr)) {
	from := l.scrutinee(e.X)
	var ways []func()
	for i := range e.Arms {
		arm := &e.Arms[i]
		ways = append(ways, func() {
			l.pattern(&arm.Pattern, from)
			body(arm.Body)
		})
	}
	l.branches(ways...)
}

func (l *linear) comprehend(e ast.Expr, bs []ast.Binder, cond, elem ast.Expr) {
	l.domains(bs)
	l.repeated(e, "a comprehension", func() {
		l.scope(func() {
			l.bound(bs)
			l.look(cond)
			l.give(elem)
		})
	})
}

// repeated runs f as something that is evaluated any number of times: it uses
// nothing that stands outside.
func (l *linear) repeated(e ast.Expr, what string, f func()) {
	if e == nil {
		return
	}
	old := l.again
	l.again = &span{e.Span(), what}
	l.depth++
	f()
	l.depth--
	l.again = old
}

// observe looks at a condition that may be evaluated again and again.
func (l *linear) observe(e ast.Expr) {
	l.repeated(e, "a condition", func() { l.look(e) })
}

// look evaluates e without using it. What a call in it passes on is used.
func (l *linear) look(e ast.Expr) {
	switch e := e.(type) {
	case nil:
	case *ast.Name, *ast.Select, *ast.Index:
		l.lookPlace(e)
	case *ast.Call:
		l.lookCall(e)
	case *ast.Binary:
		l.lookBinary(e)
	case *ast.If:
		l.look(e.Cond)
		l.branches(func() { l.look(e.Then) }, func() { l.look(e.Else) })
	case *ast.Let:
		l.scope(func() {
			l.give(e.Value)
			l.own(l.local(e.Name))
			l.look(e.Body)
		})
	case *ast.Match:
		l.matchExpr(e, l.look)
	case *ast.Quant, *ast.Fold, *ast.Choose, *ast.SetComp, *ast.SeqComp, *ast.MapComp, *ast.Old:
		l.repeated(e, "a quantifier or comprehension", func() { l.scope(func() { l.lookParts(e) }) })
	default:
		l.lookParts(e)
	}
}

// lookParts looks at the expressions directly inside e.
func (l *linear) lookParts(e ast.Expr) {
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case ast.Type:
			return false
		case ast.Expr:
			if n != e {
				l.look(n)
			}
			return n == e
		}
		return true
	})
}

func (l *linear) lookPlace(e ast.Expr) {
	if isLinear(l.c.info.Types[e]) {
		switch a, ok := l.place(e); {
		case !ok:
		case isLocal(a.obj):
			l.lookLocal(a.obj.(*types.Local), e.Span())
		default:
			l.read(a, e.Span())
		}
		l.indices(e)
		return
	}
	switch e := e.(type) {
	case *ast.Select:
		if l.c.info.Fields[e] != nil {
			l.look(e.X)
		}
	case *ast.Index:
		l.look(e.X)
		l.look(e.I)
	}
}

func isLocal(obj types.Object) bool {
	_, ok := obj.(*types.Local)
	return ok
}

// lookLocal reports a look at a value that has been used.
func (l *linear) lookLocal(obj *types.Local, at source.Span) {
	if h, ok := l.holds[obj]; ok && h.state == used {
		l.c.errLinearTwice(at, obj.Name(), h.at)
	}
}

func (l *linear) lookCall(e *ast.Call) {
	if _, function := l.c.info.Uses[e.Fun].(*types.Function); function {
		l.callFunction(e)
		if isLinear(l.c.info.Types[e]) {
			l.c.errLinearResult(e)
		}
		return
	}
	l.lookArgs(e)
}

// lookBinary: the second operand of && and its like is not always evaluated.
func (l *linear) lookBinary(e *ast.Binary) {
	l.look(e.X)
	switch e.Op {
	case ast.And, ast.Or, ast.Implies:
		l.branches(func() { l.look(e.Y) }, func() {})
	default:
		l.look(e.Y)
	}
}
