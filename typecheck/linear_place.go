package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// place finds the part of the state, or the local, that e is. An index that is
// no fixed name may be any, `[_]`.
func (l *linear) place(e ast.Expr) (access, bool) {
	switch e := e.(type) {
	case *ast.Paren:
		return l.place(e.X)
	case *ast.Name:
		switch obj := l.c.info.Uses[e].(type) {
		case *types.Var, *types.ProcessVar, *types.Local:
			return access{obj: obj, via: l.c.info.Paths[e], span: e.Span()}, true
		}
	case *ast.Select:
		if f := l.c.info.Fields[e]; f != nil && f != OptionValue {
			a, ok := l.place(e.X)
			return a.by(key{text: "." + e.Sel.Name}, e), ok
		}
		if obj, ok := l.c.info.Uses[e]; ok {
			switch obj.(type) {
			case *types.Var, *types.ProcessVar:
				a := access{obj: obj, via: l.c.info.Paths[e], span: e.Span()}
				if ix, ok := unparen(e.X).(*ast.Index); ok {
					a.keys = []key{l.key(ix.I)}
				}
				return a, true
			}
		}
	case *ast.Index:
		if _, total := under(l.c.info.Types[e.X]).(*types.Func); !total {
			return access{}, false
		}
		a, ok := l.place(e.X)
		return a.by(l.key(e.I), e), ok
	}
	return access{}, false
}

// key is an index: a name that cannot change is as good as a parameter.
func (l *linear) key(e ast.Expr) key {
	if n, ok := unparen(e).(*ast.Name); ok {
		if obj, ok := l.c.info.Uses[n].(*types.Local); ok && !obj.Mutable {
			return key{obj, "[" + obj.Name() + "]"}
		}
	}
	return l.c.keyOf(e, nil)
}

// state returns the part of the state that e is, if it is one.
func (l *linear) state(e ast.Expr) (access, bool) {
	a, ok := l.place(e)
	_, local := a.obj.(*types.Local)
	return a, ok && !local
}

// mayMeet reports whether two accesses may lead to parts of which one is in
// the other.
func (a access) mayMeet(b access) bool {
	if a.obj != b.obj || !sameWay(a, b) {
		return false
	}
	for i := range min(len(a.keys), len(b.keys)) {
		x, y := a.keys[i], b.keys[i]
		if x.param == nil && y.param == nil && x.text != "[_]" && y.text != "[_]" && x.text != y.text {
			return false
		}
	}
	return true
}

func sameWay(a, b access) bool {
	if len(a.via) != len(b.via) {
		return false
	}
	for i := range a.via {
		if a.via[i] != b.via[i] {
			return false
		}
	}
	return true
}

// known reports whether an access leads to one part alone.
func (a access) known() bool {
	for _, k := range a.keys {
		if k.text == "[_]" {
			return false
		}
	}
	return true
}

// missing returns a part that meets a and whose value has been taken.
func (l *linear) missing(a access) (part, bool) {
	for _, text := range sortedKeys(l.parts) {
		if p := l.parts[text]; p.taken && p.mayMeet(a) {
			return p, true
		}
	}
	return part{}, false
}

// take moves the value out of a part of the state.
// sure says that there is one.
func (l *linear) take(a access, at source.Span, sure bool, by ast.Node) {
	if p, gone := l.missing(a); gone {
		l.c.errLinearGone(at, a.text(), p)
		return
	}
	if !a.known() {
		l.c.errLinearWhich(at, a.text())
		return
	}
	if l.isKnownEmpty(a) {
		return // there is nothing in it
	}
	a.span = at
	l.outdate(a, by)
	l.parts[a.text()] = part{access: a, taken: true, sure: sure, by: by}
}

// emptyForm is how an empty value of t is written, "" if there is none.
func emptyForm(t types.Type) string {
	switch under(t).(type) {
	case *types.Option:
		return "none"
	case *types.Set:
		return "{}"
	}
	return ""
}

// isKnownEmpty reports whether a, or something that it is a part of, is known
// to hold nothing.
func (l *linear) isKnownEmpty(a access) bool {
	for n := 0; n <= len(a.keys); n++ {
		whole := access{obj: a.obj, via: a.via, keys: a.keys[:n]}
		if p, ok := l.parts[whole.text()]; ok && !p.taken && p.same(whole) {
			return true
		}
	}
	return false
}

// outdate marks what other patterns have bound of a part that may be a, and
// elements of it.
func (l *linear) outdate(a access, by ast.Node) {
	for obj, h := range l.holds {
		if (h.state == held && h.by != by || h.state == member) && h.from.obj != nil && h.from.mayMeet(a) {
			h.state, h.at = stale, a.span
			l.holds[obj] = h
		}
	}
}

// store assigns a part of the state. A part that is known to be empty is
// another one than one that surely holds a value.
func (l *linear) store(a access, at source.Span, t types.Type, empty bool) {
	old := l.parts[a.text()]
	known := a.known() && (old.taken && old.same(a) || l.isKnownEmpty(a))
	for _, text := range sortedKeys(l.parts) {
		if p := l.parts[text]; p.taken && p.mayMeet(a) && !p.same(a) && !(known && p.sure) {
			l.c.errLinearGone(at, a.text(), p)
			return
		}
	}
	if !known {
		l.c.errLinearOver(at, a, emptyForm(t))
	}
	l.forget(a)
	if empty && a.known() {
		l.parts[a.text()] = part{access: a}
	}
}

// forget drops what is known of parts that a write to a may change.
func (l *linear) forget(a access) {
	for text, p := range l.parts {
		if p.mayMeet(a) && (!p.taken || p.same(a)) {
			delete(l.parts, text)
		}
	}
}

// read looks at a part of the state.
func (l *linear) read(a access, at source.Span) {
	if p, gone := l.missing(a); gone {
		l.c.errLinearGone(at, a.text(), p)
	}
}

// called looks at what a callee reads and writes.
func (l *linear) called(callee types.Object, via []*types.Instance, at source.Span) {
	e := l.c.effects[callee]
	if e == nil {
		return
	}
	meets := func(as []access, f func(access)) {
		for _, a := range as {
			b := access{obj: a.obj, via: append(via[:len(via):len(via)], a.via...)}
			for _, k := range a.keys {
				if k.param != nil {
					k = key{text: "[_]"}
				}
				b.keys = append(b.keys, k)
			}
			f(b)
		}
	}
	meets(append(e.reads[:len(e.reads):len(e.reads)], e.writes...), func(a access) {
		if p, gone := l.missing(a); gone {
			l.c.errLinearGone(at, p.text(), p)
			delete(l.parts, p.text())
		}
	})
	meets(e.writes, func(a access) {
		a.span = at
		l.outdate(a, nil)
		l.forget(a)
	})
}

// assume takes note of the parts of the state that a condition says are
// empty; want is what it comes to.
func (l *linear) assume(e ast.Expr, want bool) {
	switch e := e.(type) {
	case *ast.Paren:
		l.assume(e.X, want)
	case *ast.Unary:
		if e.Op == ast.Not || e.Op == ast.Bang {
			l.assume(e.X, !want)
		}
	case *ast.Binary:
		switch {
		case e.Op == ast.And && want, e.Op == ast.Or && !want:
			l.assume(e.X, want)
			l.assume(e.Y, want)
		case e.Op == ast.Eq && want, e.Op == ast.Ne && !want:
			l.assumeEmpty(e.X, e.Y)
			l.assumeEmpty(e.Y, e.X)
		case e.Op == ast.Ne && want, e.Op == ast.Eq && !want:
			if x, y := l.fixedName(e.X), l.fixedName(e.Y); x != nil && y != nil {
				l.apart[pair{x, y}], l.apart[pair{y, x}] = true, true
			}
		}
	}
}

// fixedName is the local that e names, if it cannot be assigned.
func (l *linear) fixedName(e ast.Expr) types.Object {
	if n, ok := unparen(e).(*ast.Name); ok {
		if obj, ok := l.c.info.Uses[n].(*types.Local); ok && !obj.Mutable {
			return obj
		}
	}
	return nil
}

func (l *linear) assumeEmpty(x, y ast.Expr) {
	if !l.isEmpty(y) || !isLinear(l.c.info.Types[x]) {
		return
	}
	if a, ok := l.state(x); ok && a.known() {
		if _, gone := l.missing(a); !gone {
			l.parts[a.text()] = part{access: a}
		}
	}
}

// isEmpty reports whether e is a value that holds nothing: none, {}, or a
// variant without linear fields.
func (l *linear) isEmpty(e ast.Expr) bool {
	switch e := unparen(e).(type) {
	case *ast.Name, *ast.Select:
		switch obj := l.c.info.Uses[e].(type) {
		case *types.Builtin:
			return obj.Ident == "none"
		case *types.Variant:
			return true
		}
	case *ast.SetLit:
		return len(e.Elems) == 0
	case *ast.MapLit:
		for _, en := range e.Entries {
			if !l.isEmpty(en.Value) {
				return false
			}
		}
		return e.Default == nil || l.isEmpty(e.Default)
	}
	return false
}
