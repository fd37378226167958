package porder

import (
	"github.com/spec-lang/spec/ir"
)

// body walks statements.
func (w *walker) body(stmts []ir.Stmt) {
	for _, s := range stmts {
		if w.ended || !w.visit() {
			return
		}
		w.stmt(s)
	}
}

func (w *walker) stmt(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.Assign:
		w.assign(s)
	case *ir.Declare:
		w.bind(s.Local, w.expr(s.Value))
	case *ir.IfStmt:
		switch c := w.expr(s.Cond); c {
		case nil:
			w.branches(s.Then, s.Else)
		case ir.Bool(true):
			w.body(s.Then)
		default:
			w.body(s.Else)
		}
	case *ir.ForStmt:
		w.loop(s)
	case *ir.WhileStmt:
		w.fails = true // it may run too long
		w.havoc(s.Body)
		w.expr(s.Cond)
		w.branches(s.Body, nil)
		w.havoc(s.Body)
	case *ir.EitherStmt:
		w.either(s)
	case *ir.PickStmt:
		w.pick(s)
	case *ir.AssertStmt:
		if w.expr(s.Cond) != ir.Bool(true) {
			w.fails = true
		}
	case *ir.AwaitStmt:
		c := w.expr(s.Cond)
		w.blocks = w.blocks || c != ir.Bool(true)
		w.ended = c == ir.Bool(false)
	case *ir.ReturnStmt:
		w.expr(s.Value)
		w.ended = true
	default:
		w.lost = true
	}
}

// branches walks bodies of which any may be taken.
func (w *walker) branches(bodies ...[]ir.Stmt) {
	before := w.flow
	var after []*flow
	for _, b := range bodies {
		w.flow = before.clone()
		w.body(b)
		after = append(after, w.flow)
	}
	w.flow = join(after...)
}

// either blocks only if all branches do.
func (w *walker) either(s *ir.EitherStmt) {
	before, blocked, all := w.flow, w.blocks, true
	after := []*flow{}
	for _, b := range s.Branches {
		w.flow, w.blocks = before.clone(), false
		w.body(b)
		all = all && w.blocks
		after = append(after, w.flow)
	}
	w.blocks = blocked || all
	if len(after) == 0 {
		w.ended = true
		return
	}
	w.flow = join(after...)
}

func (w *walker) pick(s *ir.PickStmt) {
	elems, ok := w.domain(s.Domain)
	w.blocks = w.blocks || !ok || len(elems) == 0
	w.ended = ok && len(elems) == 0
	w.bind(s.Local, nil)
	if len(elems) == 1 {
		w.bind(s.Local, elems[0])
	}
	if s.Where != nil && w.expr(s.Where) != ir.Bool(true) {
		w.blocks = true
	}
}

func (w *walker) loop(s *ir.ForStmt) {
	elems, ok := w.domain(s.Domain)
	if !ok {
		w.havoc(s.Body)
		w.bind(s.Local, nil)
		w.many++
		w.branches(s.Body, nil)
		w.many--
		w.havoc(s.Body)
		return
	}
	for _, v := range elems {
		w.bind(s.Local, v)
		w.body(s.Body)
	}
}

// havoc forgets what a body that runs some number of times may change.
func (w *walker) havoc(body []ir.Stmt) {
	clear(w.known)
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Assign:
			if t.Target.Local != nil {
				w.bind(t.Target.Local, nil)
			}
		case *ir.Declare:
			w.bind(t.Local, nil)
		}
		return true
	})
}

// assign walks an assignment: its path first, then its value.
func (w *walker) assign(s *ir.Assign) {
	if s.Target.Var == nil {
		for _, a := range s.Target.Path {
			if a.Index != nil {
				w.expr(a.Index)
				w.fails = w.fails || len(s.Target.Path) > 0
			}
		}
		v := w.expr(s.Value)
		if len(s.Target.Path) > 0 {
			v = nil
		}
		w.bind(s.Target.Local, v)
		return
	}
	nodes, inner := w.target(s.Target)
	if inner {
		w.read(nodes, false)
		w.expr(s.Value)
		w.put(nodes, unknown)
		return
	}
	w.store(nodes, s.Value)
}

// target returns the nodes that a target may be; inner says that only a part
// of them changes.
func (w *walker) target(t ir.Target) (nodes []*node, inner bool) {
	nodes = []*node{w.vars[t.Var.Index]}
	for _, a := range t.Path {
		rank := a.Field
		switch {
		case inner || nodes[0].kids == nil:
			inner = true
			if a.Index != nil {
				w.expr(a.Index)
				w.fails = true
			}
			continue
		case a.Index != nil:
			rank = w.key(nodes[0], a.Index)
		}
		nodes = w.below(nodes, rank)
	}
	return nodes, inner
}

// options returns the values that e may have; nil is one that is not known.
func (w *walker) options(e ir.Expr) []ir.Value {
	switch e := e.(type) {
	case *ir.If:
		switch c := w.expr(e.Cond); c {
		case nil:
			return append(w.options(e.Then), w.options(e.Else)...)
		case ir.Bool(true):
			return w.options(e.Then)
		default:
			return w.options(e.Else)
		}
	case *ir.Let:
		w.bind(e.Local, w.expr(e.Value))
		return w.options(e.Body)
	}
	return []ir.Value{w.expr(e)}
}

// change is the values that a node may get; nil is one that is not known.
type change struct {
	n  *node
	to []ir.Value
}

// store walks the value that nodes get and puts it there. A collection to
// which elements are added or taken away keeps the others.
func (w *walker) store(nodes []*node, value ir.Expr) {
	if len(nodes) == 1 && nodes[0].kids != nil {
		if list, ok := w.changes(nodes[0], value); ok {
			for _, c := range list {
				w.put([]*node{c.n}, c.to)
			}
			return
		}
	}
	w.put(nodes, w.options(value))
}

// changes returns the parts of n that change if it becomes value, an
// expression that says so.
func (w *walker) changes(n *node, value ir.Expr) ([]change, bool) {
	if b, ok := value.(*ir.Bind); ok && b.Kind == ir.FuncOf && n.typ.Kind == ir.FuncKind {
		var list []change
		for rank, k := range w.small(n.typ.Key, maxKids) {
			w.bind(b.Binders[0].Local, k)
			list = append(list, change{n.kids[rank], w.options(b.Body)})
		}
		return list, true
	}
	a, ok := value.(*ir.Apply)
	if !ok || len(a.Args) < 1 {
		return nil, false
	}
	if a.Op == ir.ConstFunc && n.typ.Kind == ir.FuncKind {
		v := w.options(a.Args[0])
		var list []change
		for _, k := range n.kids {
			list = append(list, change{k, v})
		}
		return list, true
	}
	if in, old := w.place(a.Args[0]); old || len(in) != 1 || in[0] != n {
		return nil, false
	}
	switch {
	case a.Op == ir.Put && n.typ.Kind != ir.SeqKind:
		rank := w.key(n, a.Args[1])
		v := w.options(a.Args[2])
		if rank == every {
			return nil, false
		}
		return []change{{n.kids[rank], v}}, true
	case a.Op == ir.RemoveKey:
		if rank := w.key(n, a.Args[1]); rank != every {
			return []change{{n.kids[rank], unknown}}, true
		}
	case a.Op == ir.Union || a.Op == ir.Diff:
		return w.membership(n, a)
	case a.Op == ir.BagAdd || a.Op == ir.BagSub:
		return w.count(n, a)
	}
	return nil, false
}

// membership is changes of a set to which elements are added or taken away.
func (w *walker) membership(n *node, a *ir.Apply) ([]change, bool) {
	lit, ok := a.Args[1].(*ir.Apply)
	if !ok || lit.Op != ir.SetLit {
		elems, known := elements(w.expr(a.Args[1]))
		return w.members(n, elems, a.Op == ir.Union), known
	}
	vs := w.exprs(lit.Args)
	for _, v := range vs {
		if v == nil {
			w.maybe(n, a.Op == ir.Union)
			return nil, true
		}
	}
	return w.members(n, vs, a.Op == ir.Union), true
}

func (w *walker) members(n *node, elems []ir.Value, in bool) []change {
	var list []change
	for _, v := range elems {
		if rank := w.rank(n.keys(), v); rank >= 0 {
			list = append(list, change{n.kids[rank], []ir.Value{ir.Bool(in)}})
		}
	}
	return list
}

// maybe adds to a set, or takes from it, elements that are not known.
func (w *walker) maybe(n *node, in bool) {
	for _, k := range n.kids {
		w.note(k, []ir.Value{ir.Bool(in)}, false)
	}
}

// count is changes of a bag; how many there are depends on how many there were.
func (w *walker) count(n *node, a *ir.Apply) ([]change, bool) {
	lit, ok := a.Args[1].(*ir.Apply)
	if !ok || lit.Op != ir.BagLit {
		return nil, false
	}
	var list []change
	for _, v := range w.exprs(lit.Args) {
		if v == nil || w.rank(n.keys(), v) < 0 {
			return nil, false
		}
		k := n.kids[w.rank(n.keys(), v)]
		w.reads.set(k.lo)
		list = append(list, change{k, unknown})
	}
	return list, true
}

// unknown is one value that is not known.
var unknown = []ir.Value{nil}

// put gives nodes one of some values; only one node is meant if there are
// several.
func (w *walker) put(nodes []*node, to []ir.Value) {
	for _, n := range nodes {
		w.parts(n, to, len(nodes) == 1)
	}
}

// parts gives the cells of n their part of one of some values.
func (w *walker) parts(n *node, to []ir.Value, sure bool) {
	if n.kids == nil {
		w.note(n, to, sure)
		return
	}
	for i, k := range n.kids {
		parts := make([]ir.Value, len(to))
		for j, v := range to {
			parts[j] = w.part(n, v, i)
		}
		w.parts(k, parts, sure)
	}
}

// part returns the value that kid i of n has if n is v.
func (w *walker) part(n *node, v ir.Value, i int) ir.Value {
	switch v := v.(type) {
	case ir.StructValue:
		return v.Fields[i]
	case ir.MapValue:
		if n.typ.Kind == ir.FuncKind {
			return v.Vals[i]
		}
	case ir.SetValue:
		return ir.Bool(v.Contains(w.small(n.typ.Elem, maxKids)[i]))
	}
	return nil
}

// note takes note of a write of one of some values to a cell.
func (w *walker) note(c cell, to []ir.Value, sure bool) {
	if w.left--; w.left < 0 {
		w.lost = true
	}
	mask := uint64(0)
	for _, v := range to {
		r := -1
		if v != nil && c.values != nil {
			r = w.rank(c.typ, v)
		}
		if r < 0 {
			mask |= c.everything()
		} else {
			mask |= 1 << r
		}
	}
	w.writes[c.lo] = write{mask: w.writes[c.lo].mask | mask}
	if sure {
		w.sure[c.lo] = true
	}
	delete(w.known, c.lo)
	if sure && len(to) == 1 && to[0] != nil {
		w.known[c.lo] = to[0]
	}
}
