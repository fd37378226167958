package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

// buildStart replaces the initial states by those that `start where P` asks
// for: every combination of values of the variables for which P holds. A
// process is at any of its labels, at `done` only if some step leads there.
//
// It needs the actions, which show where a process can go.
func (b *builder) buildStart() {
	if b.model == nil {
		return
	}
	for _, item := range b.model.Decl.Items {
		if st, ok := item.(*ast.Start); ok {
			b.startWhere(st)
			return
		}
	}
}

func (b *builder) startWhere(st *ast.Start) {
	at := st.Span()
	pos := ir.Pos{Loc: at}
	ends := b.endless()
	b.sys.Init = nil
	for _, v := range b.sys.Vars {
		if v.Type == b.invalid {
			continue
		}
		if !finite(v.Type) {
			b.infiniteStart(st, v)
			continue
		}
		l := &ir.Local{Name: v.Name, Type: v.Type, Span: at}
		b.sys.Init = append(b.sys.Init,
			&ir.PickStmt{Pos: pos, Local: l, Domain: b.universe(v.Type, at), Where: b.notDone(ends[v], l)},
			&ir.Assign{Pos: pos, Target: ir.Target{Var: v, Span: at}, Value: ref(l, at)})
	}
	b.sys.Init = append(b.sys.Init, &ir.AwaitStmt{Pos: pos, Cond: b.scope(b.root).condition(st.Where)})
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
