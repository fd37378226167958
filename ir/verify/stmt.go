package verify

import (
	"github.com/spec-lang/spec/ir"
)

func (v *verifier) function(f *ir.Func) {
	v.where = "function " + f.Name
	s := scope{place: bodyPlace, fn: f}
	for _, p := range f.Params {
		s = v.bind(s, p, f.Span)
	}
	v.typ(f.Result, f.Span)
	v.clauses(f.Requires, s)
	if f.Decreases != nil {
		v.expr(f.Decreases, s)
	}
	ensures := s
	if f.ResultLocal != nil {
		ensures = v.bind(s, f.ResultLocal, f.Span)
	}
	v.clauses(f.Ensures, ensures)
	switch {
	case f.Value != nil && f.Body != nil:
		v.fault(f.Span, "a value beside a body")
	case f.Value != nil:
		v.expect(f.Value, f.Result, s)
	default:
		if v.body(f.Body, s); !returns(f.Body) {
			v.fault(f.Span, "a path ends without a result")
		}
	}
}

// returns reports whether every path through body ends in a return.
func returns(body []ir.Stmt) bool {
	for _, st := range body {
		switch st := st.(type) {
		case *ir.ReturnStmt:
			return true
		case *ir.IfStmt:
			if returns(st.Then) && returns(st.Else) {
				return true
			}
		}
	}
	return false
}

func (v *verifier) initial() {
	v.where = "init"
	end := v.body(v.sys.Init, scope{place: statePlace, unassigned: v.sys.Vars})
	for _, x := range end.unassigned {
		v.fault(x.Span, "variable %s has no value on some path", x.Name)
	}
}

func (v *verifier) action(a *ir.Action) {
	v.where = "action " + a.Name
	s := scope{place: statePlace}
	for _, p := range a.Params {
		if d, ok := p.Domain.(*ir.Apply); p.ByType && !(ok && d.Op == ir.Universe) {
			v.fault(a.Span, "a parameter is by type, but its domain is not all of the type")
		}
		v.domain(p.Domain, p.Local, s)
		s = v.bind(s, p.Local, a.Span)
	}
	if a.Guard != nil {
		v.condition(a.Guard, s)
	}
	s.place = bodyPlace
	v.body(a.Body, s)
}

// body checks statements and returns what is known after them.
func (v *verifier) body(body []ir.Stmt, s scope) scope {
	for _, st := range body {
		if st == nil {
			v.fault(v.sys.Span, "a statement is missing")
			continue
		}
		s = v.stmt(st, s)
	}
	return s
}

// branch checks statements whose locals end with them.
func (v *verifier) branch(body []ir.Stmt, s scope) []*ir.Var { return v.body(body, s).unassigned }

func (v *verifier) stmt(st ir.Stmt, s scope) scope {
	switch st := st.(type) {
	case *ir.Assign:
		return v.assign(st, s)
	case *ir.Declare:
		t := v.expr(st.Value, s)
		if st.Local != nil && t != nil && st.Local.Type != t {
			v.fault(st.Loc, "local %s: expected type %s, found %s", st.Local.Name, st.Local.Type, t)
		}
		if s = v.bind(s, st.Local, st.Loc); st.Mutable {
			s.mutable = with(s.mutable, st.Local)
		}
	case *ir.IfStmt:
		v.condition(st.Cond, s)
		s.unassigned = union(v.branch(st.Then, s), v.branch(st.Else, s))
	case *ir.ForStmt:
		v.domain(st.Domain, st.Local, s)
		v.branch(st.Body, v.bind(s, st.Local, st.Loc))
	case *ir.WhileStmt:
		v.condition(st.Cond, s)
		for _, c := range st.Invariants {
			v.condition(c, s)
		}
		if st.Decreases != nil {
			v.expr(st.Decreases, s)
		}
		v.branch(st.Body, s)
	case *ir.EitherStmt:
		v.choice(st, s)
		if len(st.Branches) == 0 {
			v.fault(st.Loc, "either has no branches")
			return s
		}
		var open []*ir.Var
		for _, b := range st.Branches {
			open = union(open, v.branch(b, s))
		}
		s.unassigned = open
	case *ir.PickStmt:
		v.choice(st, s)
		v.domain(st.Domain, st.Local, s)
		if s = v.bind(s, st.Local, st.Loc); st.Where != nil {
			v.condition(st.Where, s)
		}
	case *ir.AssertStmt:
		v.condition(st.Cond, s)
	case *ir.AwaitStmt:
		v.choice(st, s)
		v.condition(st.Cond, s)
	case *ir.ReturnStmt:
		if s.fn == nil {
			v.fault(st.Loc, "a return outside of a function")
			return s
		}
		v.expect(st.Value, s.fn.Result, s)
	default:
		v.fault(st.Span(), "a statement of unknown kind %T", st)
	}
	return s
}

// choice refuses statements with other than one outcome in functions.
func (v *verifier) choice(st ir.Stmt, s scope) {
	if s.fn != nil {
		v.fault(st.Span(), "a function may not choose or wait")
	}
}

func union(a, b []*ir.Var) []*ir.Var {
	for _, x := range b {
		if !contains(a, x) {
			a = with(a, x)
		}
	}
	return a
}

func (v *verifier) assign(st *ir.Assign, s scope) scope {
	t := st.Target
	switch {
	case t.Var != nil && t.Local != nil, t.Var == nil && t.Local == nil:
		v.fault(t.Span, "a target is one variable or one local")
		return s
	case t.Var != nil && !v.own[t.Var]:
		v.fault(t.Span, "the variable is not one of the system")
		return s
	case t.Var != nil && s.fn != nil:
		v.fault(t.Span, "a function may not assign variable %s", t.Var.Name)
	case t.Local != nil && (!s.has(t.Local) || !contains(s.mutable, t.Local)):
		v.fault(t.Span, "local %s cannot be assigned here", t.Local.Name)
	case t.Var != nil && len(t.Path) > 0 && contains(s.unassigned, t.Var):
		v.fault(t.Span, "a part of variable %s is assigned before it has a value", t.Var.Name)
	}
	if typ := v.path(t, s); typ != nil {
		v.expect(st.Value, typ, s)
	}
	if t.Var != nil {
		s.unassigned = without(s.unassigned, t.Var)
	}
	return s
}

// path returns the type of what a target names, nil if there is no such part.
func (v *verifier) path(t ir.Target, s scope) *ir.Type {
	typ := t.Root()
	for _, a := range t.Path {
		if a.Index == nil {
			if typ.Kind != ir.StructKind || a.Field < 0 || a.Field >= len(typ.Fields) {
				v.fault(t.Span, "type %s has no field %d", typ, a.Field)
				return nil
			}
			typ = typ.Fields[a.Field].Type
			continue
		}
		key := typ.Key
		switch typ.Kind {
		case ir.SeqKind:
			key = v.sys.Types.Int()
		case ir.FuncKind, ir.MapKind:
		default:
			v.fault(t.Span, "type %s has no parts with keys", typ)
			return nil
		}
		v.expect(a.Index, key, s)
		typ = typ.Elem
	}
	return typ
}
