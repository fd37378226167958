package gogen

import (
	"github.com/spec-lang/spec/ir"
)

// assign stores a value at a place. Functions and structs are arrays and
// structs in Go: a path through them is assigned like in Go. A part of a map
// or sequence is put into a copy, which is stored.
func (f *fn) assign(p *printer, s *ir.Assign) {
	lvalue, typ := f.bindTarget(s.Target), s.Target.Root()
	path := s.Target.Path
	for len(path) > 0 && isDirect(typ) {
		lvalue, typ = f.step(lvalue, typ, path[0])
		path = path[1:]
	}
	if len(path) == 0 {
		f.tail(p, s.Value, sink{place: lvalue})
	} else {
		f.assignPart(p, s, lvalue, typ, path)
	}
	f.forget(s.Target)
}

func (f *fn) bindTarget(t ir.Target) string {
	if t.Var != nil {
		return f.now + "." + f.g.vars[t.Var]
	}
	return f.bind(t.Local)
}

// isDirect reports whether parts of values of t are assigned in place.
func isDirect(t *ir.Type) bool { return t.Kind == ir.StructKind || t.Kind == ir.FuncKind }

// step follows one access of a path in Go.
func (f *fn) step(lvalue string, t *ir.Type, a ir.Access) (string, *ir.Type) {
	if a.Index == nil {
		return lvalue + "." + f.g.typ(t).fields[a.Field].name, t.Fields[a.Field].Type
	}
	return lvalue + "[" + f.g.index(t.Key, f.expr(a.Index)) + "]", t.Elem
}

// assignPart assigns below a map or sequence. All keys and the value are
// evaluated before anything is read from it.
func (f *fn) assignPart(p *printer, s *ir.Assign, lvalue string, typ *ir.Type, path []ir.Access) {
	if len(path) == 1 {
		p.line("%s = %s", lvalue, f.putInto(lvalue, typ, f.text(path[0].Index), f.text(s.Value), s))
		return
	}
	keys := make([]string, len(path))
	for i, a := range path {
		if a.Index != nil {
			keys[i] = f.names.claim("key")
			p.line("%s := %s", keys[i], f.typed(a.Index))
		}
	}
	value := f.names.claim("value")
	p.line("%s := %s", value, f.typed(s.Value))
	f.rebuild(p, s, lvalue, typ, path, keys, value)
}

// rebuild stores value below lvalue, by way of a copy of the part on the way.
func (f *fn) rebuild(p *printer, s *ir.Assign, lvalue string, typ *ir.Type, path []ir.Access, keys []string, value string) {
	for len(path) > 0 && isDirect(typ) {
		if path[0].Index == nil {
			lvalue, typ = f.step(lvalue, typ, path[0])
		} else {
			lvalue, typ = lvalue+"["+f.g.index(typ.Key, primary(keys[0]))+"]", typ.Elem
		}
		path, keys = path[1:], keys[1:]
	}
	if len(path) == 0 {
		p.line("%s = %s", lvalue, value)
		return
	}
	if len(path) == 1 {
		p.line("%s = %s", lvalue, f.putInto(lvalue, typ, keys[0], value, s))
		return
	}
	part := f.names.claim("part")
	f.faults = true
	p.line("%s := %s.at(e, %s, %s)", part, lvalue, keys[0], f.where(s.Target.Span))
	f.rebuild(p, s, part, typ.Elem, path[1:], keys[1:], value)
	p.line("%s = %s", lvalue, f.putInto(lvalue, typ, keys[0], part, s))
}

// putInto returns a map or sequence with value at key.
func (f *fn) putInto(x string, t *ir.Type, key, value string, s *ir.Assign) string {
	if t.Kind == ir.MapKind {
		return x + ".With(" + key + ", " + value + ")"
	}
	f.faults = true
	return x + ".put(e, " + key + ", " + value + ", " + f.where(s.Target.Span) + ")"
}
