package absint

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// roots are what an expression reads: variables now and before the step, and
// names from outside.
type roots struct {
	vars, olds []*ir.Var
	locals     []*ir.Local
	opaque     bool // it asks what is enabled or taken, or speaks about a run
	size       int  // number of nodes, those of functions included
}

func (x *run) rootsOf(e ir.Expr) *roots {
	if r := x.free[e]; r != nil {
		return r
	}
	r := &roots{}
	r.expr(e, nil)
	x.free[e] = r
	return r
}

func (r *roots) expr(e ir.Expr, seen []*ir.Func) {
	own := map[*ir.Local]bool{}
	r.body(func(visit func(ir.Tree) bool) { ir.Walk(e, visit) }, own, seen)
	r.locals = slices.DeleteFunc(r.locals, func(l *ir.Local) bool { return own[l] })
}

func (r *roots) body(walk func(func(ir.Tree) bool), own map[*ir.Local]bool, seen []*ir.Func) {
	walk(func(t ir.Tree) bool {
		r.size++
		switch t := t.(type) {
		case *ir.LocalRef:
			add(&r.locals, t.Local)
		case *ir.VarRef:
			if t.Old {
				add(&r.olds, t.Var)
			} else {
				add(&r.vars, t.Var)
			}
		case *ir.ActionPred:
			r.opaque = true
		case *ir.Apply:
			r.opaque = r.opaque || ir.Ops[t.Op].Temporal
		case *ir.Let:
			own[t.Local] = true
		case *ir.Bind:
			own[t.Acc] = true
			for _, b := range t.Binders {
				own[b.Local] = true
			}
		case *ir.Call:
			r.called(t.Func, seen)
		}
		return true
	})
}

// called adds what a function reads beside its arguments.
func (r *roots) called(f *ir.Func, seen []*ir.Func) {
	if slices.Contains(seen, f) {
		return
	}
	seen = append(seen, f)
	inner := &roots{}
	if f.Value != nil {
		inner.expr(f.Value, seen)
	}
	inner.body(func(visit func(ir.Tree) bool) { ir.WalkBody(f.Body, visit) }, map[*ir.Local]bool{}, seen)
	for _, v := range inner.vars {
		add(&r.vars, v)
	}
	for _, v := range inner.olds {
		add(&r.olds, v)
	}
	r.opaque = r.opaque || inner.opaque
	r.size += inner.size
}

func add[T comparable](list *[]T, x T) {
	if !slices.Contains(*list, x) {
		*list = append(*list, x)
	}
}
