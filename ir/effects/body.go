package effects

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// body takes statements. What immutable locals stand for is known after them.
func (w *walker) body(body []ir.Stmt) {
	for _, s := range body {
		w.stmt(s)
	}
}

func (w *walker) stmt(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.Assign:
		w.assign(s)
	case *ir.Declare:
		w.expr(s.Value)
		w.known[s.Local] = nil
		if !s.Mutable {
			w.known[s.Local] = w.index(s.Value)
		}
	case *ir.IfStmt:
		w.expr(s.Cond)
		w.body(s.Then)
		w.body(s.Else)
	case *ir.ForStmt:
		w.expr(s.Domain)
		w.body(s.Body)
	case *ir.WhileStmt:
		w.expr(s.Cond)
		w.body(s.Body)
	case *ir.EitherStmt:
		for _, b := range s.Branches {
			w.body(b)
		}
	case *ir.PickStmt:
		w.expr(s.Domain)
		w.expr(s.Where)
	case *ir.AssertStmt:
		w.expr(s.Cond)
	case *ir.AwaitStmt:
		w.expr(s.Cond)
	case *ir.ReturnStmt:
		w.expr(s.Value)
	}
}

func (w *walker) assign(s *ir.Assign) {
	p := Path{Var: s.Target.Var}
	need := -1 // what has to be there for the assignment to have a value
	typ := s.Target.Root()
	for i, a := range s.Target.Path {
		if a.Index == nil {
			p = p.with(Access{Kind: Field, Field: a.Field})
			typ = typ.Fields[a.Field].Type
			continue
		}
		w.expr(a.Index)
		p = p.with(Access{Kind: Key, Key: w.index(a.Index)})
		if typ.Kind == ir.SeqKind || typ.Kind == ir.MapKind && i+1 < len(s.Target.Path) {
			need = i + 1
		}
		typ = typ.Elem
	}
	if p.Var == nil {
		w.expr(s.Value)
		return
	}
	if need >= 0 {
		w.read(Path{Var: p.Var, Steps: p.Steps[:need:need]})
	}
	if !w.members(p, s.Value) {
		w.expr(s.Value)
		w.write(p)
	}
}

// members takes an assignment that puts elements into a set or takes them
// out: `p = p | {x}`.
func (w *walker) members(p Path, value ir.Expr) bool {
	e, ok := value.(*ir.Apply)
	if !ok || e.Op != ir.Union && e.Op != ir.Diff {
		return false
	}
	lit, ok := e.Args[1].(*ir.Apply)
	if !ok || lit.Op != ir.SetLit || !plain(e.Args[0]) {
		return false
	}
	// plain paths read nothing in their indices, so that asking is free.
	if q, ok := w.path(e.Args[0]); !ok || !same(p, q) || !p.certain() {
		return false
	}
	how := Insert
	if e.Op == ir.Diff {
		how = Delete
	}
	for _, x := range lit.Args {
		w.expr(x)
		q := p.with(Access{Kind: Member, Key: w.index(x)})
		q.How = how
		w.write(q)
	}
	return true
}

// certain reports whether a path leads to one part, which is always there.
func (p Path) certain() bool {
	t := p.Var.Type
	for _, s := range p.Steps {
		switch {
		case s.Kind == Field:
			t = t.Fields[s.Field].Type
		case s.Key == nil || t.Kind != ir.FuncKind:
			return false
		default:
			t = t.Elem
		}
	}
	return true
}

// plain reports whether e is a path whose indices do not read the state.
func plain(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.VarRef:
		return !e.Old
	case *ir.FieldOf:
		return plain(e.X)
	case *ir.Apply:
		if e.Op != ir.Get {
			return false
		}
		reads := false
		ir.Walk(e.Args[1], func(t ir.Tree) bool {
			switch t.(type) {
			case *ir.VarRef, *ir.Call, *ir.ActionPred:
				reads = true
			}
			return !reads
		})
		return !reads && plain(e.Args[0])
	}
	return false
}

// sameExpr reports whether two expressions are the same. It knows the kinds
// that indices and tests are made of.
func sameExpr(a, b ir.Expr) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a := a.(type) {
	case *ir.Lit:
		b, ok := b.(*ir.Lit)
		return ok && ir.Equal(a.Value, b.Value)
	case *ir.LocalRef:
		b, ok := b.(*ir.LocalRef)
		return ok && a.Local == b.Local
	case *ir.ConstRef:
		b, ok := b.(*ir.ConstRef)
		return ok && a.Const == b.Const
	case *ir.VarRef:
		b, ok := b.(*ir.VarRef)
		return ok && a.Var == b.Var && a.Old == b.Old
	case *ir.FieldOf:
		b, ok := b.(*ir.FieldOf)
		return ok && a.Index == b.Index && sameExpr(a.X, b.X)
	case *ir.Is:
		b, ok := b.(*ir.Is)
		return ok && a.Variant == b.Variant && sameExpr(a.X, b.X)
	case *ir.Payload:
		b, ok := b.(*ir.Payload)
		return ok && a.Variant == b.Variant && a.Index == b.Index && sameExpr(a.X, b.X)
	case *ir.Make:
		b, ok := b.(*ir.Make)
		return ok && a.Variant == b.Variant && sameExprs(a.Args, b.Args)
	case *ir.Apply:
		b, ok := b.(*ir.Apply)
		return ok && a.Op == b.Op && sameExprs(a.Args, b.Args)
	case *ir.Convert:
		b, ok := b.(*ir.Convert)
		return ok && sameExpr(a.X, b.X)
	case *ir.Call:
		b, ok := b.(*ir.Call)
		return ok && a.Func == b.Func && sameExprs(a.Args, b.Args)
	}
	return a == b
}

func sameExprs(as, bs []ir.Expr) bool {
	return slices.EqualFunc(as, bs, sameExpr)
}
