package elaborate

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

// buildStart replaces the initial states by those that `start where P` asks
// for: every combination of values of the variables for which P holds. A
// process is at any of its labels, at `done` only if some step leads there.
//
// It needs the actions, which show where a process can go.
func (b *builder) buildStart() {
	for _, item := range b.model.Decl.Items {
		if st, ok := item.(*ast.Start); ok {
			b.startWhere(st)
			return
		}
	}
}

// startWhere tests each part of the condition as soon as the variables that it
// reads have values, so that few combinations are ever whole. Program counters
// come first: most of what an invariant says depends on them.
func (b *builder) startWhere(st *ast.Start) {
	at := st.Span()
	pos := ir.Pos{Loc: at}
	endless := b.endless()
	parts := conjuncts(b.scope(b.root).condition(st.Where))
	assigned := map[*ir.Var]bool{}
	b.sys.Init = nil
	b.sys.Terminal = b.boolean(true, at) // states that no run reaches may well be stuck
	for _, v := range b.countersFirst() {
		if v.Type == b.invalid {
			continue
		}
		if !finite(v.Type) {
			b.infiniteStart(st, v)
			continue
		}
		l := &ir.Local{Name: v.Name, Type: v.Type, Span: at}
		b.sys.Init = append(b.sys.Init,
			&ir.PickStmt{Pos: pos, Local: l, Domain: b.universe(v.Type, at), Where: b.notDone(endless[v], l)},
			&ir.Assign{Pos: pos, Target: ir.Target{Var: v, Span: at}, Value: ref(l, at)})
		assigned[v] = true
		for len(parts) > 0 && readsOnly(parts[0], assigned) {
			b.sys.Init = append(b.sys.Init, &ir.AwaitStmt{Pos: pos, Cond: parts[0]})
			parts = parts[1:]
		}
	}
}

// countersFirst returns the variables, those that hold labels before others.
func (b *builder) countersFirst() []*ir.Var {
	counter := map[*ir.Var]bool{}
	for _, p := range b.processes {
		counter[p.pc] = true
	}
	out := slices.Clone(b.sys.Vars)
	slices.SortStableFunc(out, func(x, y *ir.Var) int {
		switch {
		case counter[x] == counter[y]:
			return 0
		case counter[x]:
			return -1
		}
		return 1
	})
	return out
}

// conjuncts splits e into parts that hold together exactly if it does.
func conjuncts(e ir.Expr) []ir.Expr {
	switch e := e.(type) {
	case *ir.Apply:
		if e.Op == ir.And {
			var out []ir.Expr
			for _, x := range e.Args {
				out = append(out, conjuncts(x)...)
			}
			return out
		}
	case *ir.Bind:
		if e.Kind != ir.Forall || e.Cond != nil {
			break
		}
		if parts := conjuncts(e.Body); len(parts) > 1 {
			for i, x := range parts {
				parts[i] = forallAgain(e, x)
			}
			return parts
		}
	}
	return []ir.Expr{e}
}

// forallAgain returns e with another body and binders of its own.
func forallAgain(e *ir.Bind, body ir.Expr) ir.Expr {
	fresh := map[*ir.Local]*ir.Local{}
	rename := func(x ir.Expr) ir.Expr {
		if r, ok := x.(*ir.LocalRef); ok && fresh[r.Local] != nil {
			return ref(fresh[r.Local], r.Span())
		}
		return x
	}
	out := *e
	out.Binders = nil
	for _, bd := range e.Binders {
		l := *bd.Local
		bd.Domain = ir.Rewrite(bd.Domain, rename)
		fresh[bd.Local], bd.Local = &l, &l
		out.Binders = append(out.Binders, bd)
	}
	out.Body = ir.Rewrite(body, rename)
	return &out
}

// readsOnly reports whether all variables that e reads are in vars.
func readsOnly(e ir.Expr, vars map[*ir.Var]bool) bool {
	only := true
	ir.Walk(e, func(t ir.Tree) bool {
		r, ok := t.(*ir.VarRef)
		only = only && (!ok || vars[r.Var])
		return only
	})
	return only
}

// endless returns the processes that no step ends, by their variable.
func (b *builder) endless() map[*ir.Var]*process {
	out := map[*ir.Var]*process{}
	for _, p := range b.processes {
		if !p.ends() {
			out[p.pc] = p
		}
	}
	return out
}

// ends reports whether a step of p leads to `done`.
func (p *process) ends() bool {
	found := false
	for _, st := range p.steps {
		if st.action == nil {
			continue
		}
		for _, s := range st.action.Body {
			ir.Walk(s, func(t ir.Tree) bool {
				if a, ok := t.(*ir.Assign); ok && a.Target.Var == p.pc {
					m, ok := a.Value.(*ir.Make)
					found = found || !ok || m.Variant == p.index[doneLabel]
				}
				return true
			})
		}
	}
	return found
}

// notDone says that no instance of p is done in the labels l; nil for no p.
func (b *builder) notDone(p *process, l *ir.Local) ir.Expr {
	if p == nil {
		return nil
	}
	at := l.Span
	done := &ir.Make{Node: node(p.labels, at), Variant: p.index[doneLabel]}
	if p.self == nil {
		return apply(ir.Ne, b.t.Bool(), at, ref(l, at), done)
	}
	who := &ir.Local{Name: "self", Type: p.self, Span: at}
	label := apply(ir.Get, p.labels, at, ref(l, at), ref(who, at))
	return &ir.Bind{Node: node(b.t.Bool(), at), Kind: ir.Forall,
		Binders: []ir.Binder{{Local: who, Domain: b.universe(p.self, at)}},
		Body:    apply(ir.Ne, b.t.Bool(), at, label, done)}
}
