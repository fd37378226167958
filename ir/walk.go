package ir

import (
	"slices"

	"github.com/spec-lang/spec/lang/source"
)

// Tree is an Expr or a Stmt. Nodes are pointers: *Lit, not Lit.
type Tree interface{ Span() source.Span }

// slots hands out the places in t that hold expressions and bodies, in the
// order of evaluation where there is one, else of the source. Empty optional
// places are left out. It is the one list of children; Walk and Rewrite
// stand on it.
func slots(t Tree, expr func(*Expr), body func(*[]Stmt)) {
	one := func(e *Expr) {
		if *e != nil {
			expr(e)
		}
	}
	all := func(es []Expr) {
		for i := range es {
			one(&es[i])
		}
	}
	switch t := t.(type) {
	case *Lit, *LocalRef, *VarRef, *ConstRef:
	case *Apply:
		all(t.Args)
	case *Convert:
		one(&t.X)
	case *If:
		one(&t.Cond)
		one(&t.Then)
		one(&t.Else)
	case *Let:
		one(&t.Value)
		one(&t.Body)
	case *Make:
		all(t.Args)
	case *FieldOf:
		one(&t.X)
	case *WithField:
		one(&t.X)
		one(&t.Value)
	case *Is:
		one(&t.X)
	case *Payload:
		one(&t.X)
	case *Bind:
		one(&t.Init)
		for i := range t.Binders {
			one(&t.Binders[i].Domain)
		}
		one(&t.Cond)
		one(&t.Key)
		one(&t.Body)
	case *Call:
		all(t.Args)
	case *ActionPred:
		all(t.Args)
	case *Assign:
		for i := range t.Target.Path {
			one(&t.Target.Path[i].Index)
		}
		one(&t.Value)
	case *Declare:
		one(&t.Value)
	case *IfStmt:
		one(&t.Cond)
		body(&t.Then)
		body(&t.Else)
	case *ForStmt:
		one(&t.Domain)
		body(&t.Body)
	case *WhileStmt:
		one(&t.Cond)
		all(t.Invariants)
		one(&t.Decreases)
		body(&t.Body)
	case *EitherStmt:
		for i := range t.Branches {
			body(&t.Branches[i])
		}
	case *PickStmt:
		one(&t.Domain)
		one(&t.Where)
	case *AssertStmt:
		one(&t.Cond)
	case *AwaitStmt:
		one(&t.Cond)
	case *ReturnStmt:
		one(&t.Value)
	default:
		panic("ir: a tree of unknown kind")
	}
}

// Walk visits t and what is below it, parents first, children in order. It
// does not go below a node where visit returns false.
func Walk(t Tree, visit func(Tree) bool) {
	if !visit(t) {
		return
	}
	slots(t, func(e *Expr) { Walk(*e, visit) }, func(b *[]Stmt) { WalkBody(*b, visit) })
}

// WalkBody walks each statement of a body.
func WalkBody(body []Stmt, visit func(Tree) bool) {
	for _, s := range body {
		Walk(s, visit)
	}
}

// Walk walks every expression and statement of the System, in the order of
// its fields.
func (sys *System) Walk(visit func(Tree) bool) {
	expr := func(e Expr) {
		if e != nil {
			Walk(e, visit)
		}
	}
	clauses := func(cs []*Clause) {
		for _, c := range cs {
			expr(c.Cond)
		}
	}
	for _, f := range sys.Funcs {
		clauses(f.Requires)
		clauses(f.Ensures)
		expr(f.Decreases)
		expr(f.Value)
		WalkBody(f.Body, visit)
	}
	WalkBody(sys.Init, visit)
	for _, a := range sys.Actions {
		for _, p := range a.Params {
			expr(p.Domain)
		}
		expr(a.Guard)
		WalkBody(a.Body, visit)
	}
	expr(sys.Terminal)
	clauses(sys.Assumes)
	clauses(sys.Bounds)
	for _, p := range sys.Props {
		expr(p.Formula)
		if p.Run == nil {
			continue
		}
		for _, s := range p.Run.Steps {
			for _, a := range s.Args {
				expr(a)
			}
			expr(s.Expect)
		}
	}
}

// Rewrite returns e with f applied to every expression in it, children first.
// Nothing is changed in place; parts that f leaves alone are shared.
func Rewrite(e Expr, f func(Expr) Expr) Expr {
	return f(rebuild(e, f, nil).(Expr))
}

// RewriteBody returns a body with f applied to every expression in it and g
// to every statement, children first. A nil f or g leaves things alone; g may
// replace a statement by any number of others.
func RewriteBody(body []Stmt, f func(Expr) Expr, g func(Stmt) []Stmt) []Stmt {
	if f == nil {
		f = func(e Expr) Expr { return e }
	}
	var out []Stmt
	for _, s := range body {
		s = rebuild(s, f, g).(Stmt)
		if g == nil {
			out = append(out, s)
		} else {
			out = append(out, g(s)...)
		}
	}
	return out
}

// rebuild returns t with its children rewritten: a copy if any changed.
func rebuild(t Tree, f func(Expr) Expr, g func(Stmt) []Stmt) Tree {
	var exprs []Expr
	var bodies [][]Stmt
	changed := false
	slots(t, func(e *Expr) {
		n := Rewrite(*e, f)
		changed = changed || n != *e
		exprs = append(exprs, n)
	}, func(b *[]Stmt) {
		n := RewriteBody(*b, f, g)
		changed = changed || !slices.Equal(n, *b)
		bodies = append(bodies, n)
	})
	if !changed {
		return t
	}
	t = shallow(t)
	slots(t, func(e *Expr) {
		*e, exprs = exprs[0], exprs[1:]
	}, func(b *[]Stmt) {
		*b, bodies = bodies[0], bodies[1:]
	})
	return t
}

// shallow returns a copy of t that shares its children, but not the slices
// that hold them.
func shallow(t Tree) Tree {
	switch t := t.(type) {
	case *Lit:
		return copied(*t)
	case *LocalRef:
		return copied(*t)
	case *VarRef:
		return copied(*t)
	case *ConstRef:
		return copied(*t)
	case *Apply:
		n := *t
		n.Args = slices.Clone(t.Args)
		return &n
	case *Convert:
		return copied(*t)
	case *If:
		return copied(*t)
	case *Let:
		return copied(*t)
	case *Make:
		n := *t
		n.Args = slices.Clone(t.Args)
		return &n
	case *FieldOf:
		return copied(*t)
	case *WithField:
		return copied(*t)
	case *Is:
		return copied(*t)
	case *Payload:
		return copied(*t)
	case *Bind:
		n := *t
		n.Binders = slices.Clone(t.Binders)
		return &n
	case *Call:
		n := *t
		n.Args = slices.Clone(t.Args)
		return &n
	case *ActionPred:
		n := *t
		n.Args = slices.Clone(t.Args)
		return &n
	case *Assign:
		n := *t
		n.Target.Path = slices.Clone(t.Target.Path)
		return &n
	case *Declare:
		return copied(*t)
	case *IfStmt:
		return copied(*t)
	case *ForStmt:
		return copied(*t)
	case *WhileStmt:
		n := *t
		n.Invariants = slices.Clone(t.Invariants)
		return &n
	case *EitherStmt:
		n := *t
		n.Branches = slices.Clone(t.Branches)
		return &n
	case *PickStmt:
		return copied(*t)
	case *AssertStmt:
		return copied(*t)
	case *AwaitStmt:
		return copied(*t)
	case *ReturnStmt:
		return copied(*t)
	}
	panic("ir: a tree of unknown kind")
}

func copied[T any](n T) *T { return &n }

// Closed reports whether x can be computed without a state: it reads no
// variable, and no local that is bound outside it.
func Closed(x Expr) bool {
	ok, bound := true, map[*Local]bool{}
	Walk(x, func(t Tree) bool {
		switch t := t.(type) {
		case *Let:
			bound[t.Local] = true
		case *Bind:
			bound[t.Acc] = true
			for _, bi := range t.Binders {
				bound[bi.Local] = true
			}
		case *LocalRef:
			ok = ok && bound[t.Local]
		case *VarRef, *ActionPred:
			ok = false
		}
		return ok
	})
	return ok
}
