package porder

import (
	"maps"

	"github.com/spec-lang/spec/ir"
)

// maxVisits bounds the work for one walk, maxUnrolled over how many elements a
// binder or loop is unrolled, maxCalls how deep calls are followed.
const (
	maxVisits   = 30_000
	maxUnrolled = 128
	maxCalls    = 24
)

// walker evaluates what it can without a state, and takes note of what it
// would read and write. Where a value is not known it is nil, and every way on
// is taken. It errs on the side of too much.
type walker struct {
	*cells
	*flow
	reads  Bits
	writes map[int]write
	taken  map[*ir.Action]bool // that taken(A) speaks of
	fails  bool                // may be an evaluation error or failed assertion
	blocks bool                // may have no way through
	lost   bool                // given up: anything may be read and written
	left   int                 // visits
	calls  int
	many   int // depth of binders with unknown elements
}

// write is what a step may do to a cell: leave one of some values there. Sure
// means that it always does.
type write struct {
	mask uint64
	sure bool
}

// flow is what is known at a point of a body.
type flow struct {
	locals map[*ir.Local]ir.Value
	known  map[int]ir.Value // cells
	sure   map[int]bool     // cells that were written on every way here
	ended  bool
}

func (c *cells) walker() *walker {
	return &walker{cells: c, flow: &flow{map[*ir.Local]ir.Value{}, map[int]ir.Value{}, map[int]bool{}, false},
		reads: makeBits(len(c.list)), writes: map[int]write{}, taken: map[*ir.Action]bool{}, left: maxVisits}
}

func (f *flow) clone() *flow {
	return &flow{maps.Clone(f.locals), maps.Clone(f.known), maps.Clone(f.sure), f.ended}
}

// join returns what is known wherever one of some ways was taken.
func join(ways ...*flow) *flow {
	var out *flow
	for _, f := range ways {
		switch {
		case f.ended:
		case out == nil:
			out = f
		default:
			maps.DeleteFunc(out.locals, func(l *ir.Local, v ir.Value) bool { return f.locals[l] == nil || !ir.Equal(f.locals[l], v) })
			maps.DeleteFunc(out.known, func(i int, v ir.Value) bool { return f.known[i] == nil || !ir.Equal(f.known[i], v) })
			maps.DeleteFunc(out.sure, func(i int, _ bool) bool { return !f.sure[i] })
		}
	}
	if out == nil {
		return ways[0]
	}
	return out
}

// visit counts a visit and reports whether there are any left.
func (w *walker) visit() bool {
	if w.left--; w.left < 0 {
		w.lost = true
	}
	return !w.lost
}

func (w *walker) bind(l *ir.Local, v ir.Value) {
	if v == nil {
		delete(w.locals, l)
	} else {
		w.locals[l] = v
	}
}

// place returns the nodes where the value of e may stand, if e is a path; old
// says that it is read as before the step. Keys on the way are read.
func (w *walker) place(e ir.Expr) (nodes []*node, old bool) {
	switch e := e.(type) {
	case *ir.VarRef:
		return []*node{w.vars[e.Var.Index]}, e.Old
	case *ir.FieldOf:
		in, old := w.place(e.X)
		return w.below(in, e.Index), old
	case *ir.Apply:
		if e.Op != ir.Get || e.Args[0].Type().Kind == ir.SeqKind {
			break
		}
		in, old := w.place(e.Args[0])
		if in == nil || in[0].kids == nil {
			return nil, old
		}
		if e.Args[0].Type().Kind == ir.MapKind {
			w.fails = true
		}
		return w.below(in, w.key(in[0], e.Args[1])), old
	}
	return nil, false
}

// every stands for the rank of a key that is not known.
const every = -1

// key returns the rank of a key of n.
func (w *walker) key(n *node, e ir.Expr) int {
	v := w.expr(e)
	if v == nil {
		return every
	}
	return w.rank(n.keys(), v)
}

// below returns the kids with the given rank.
func (w *walker) below(in []*node, rank int) []*node {
	var out []*node
	for _, n := range in {
		switch {
		case n.kids == nil:
			return nil
		case rank == every:
			out = append(out, n.kids...)
		default:
			out = append(out, n.kids[rank])
		}
	}
	if w.left -= len(out); w.left < 0 {
		w.lost = true
	}
	return out
}

// read reads nodes and returns the value if it is known.
func (w *walker) read(nodes []*node, old bool) ir.Value {
	if len(nodes) == 1 && nodes[0].kids == nil && !old && w.known[nodes[0].lo] != nil {
		return w.known[nodes[0].lo]
	}
	for _, n := range nodes {
		for i := n.lo; i < n.hi; i++ {
			if old || w.known[i] == nil {
				w.reads.set(i)
			}
		}
	}
	return nil
}

// expr returns the value of e if it is known.
func (w *walker) expr(e ir.Expr) ir.Value {
	if !w.visit() {
		return nil
	}
	if nodes, old := w.place(e); nodes != nil {
		return w.read(nodes, old)
	}
	switch e := e.(type) {
	case *ir.Lit:
		return e.Value
	case *ir.ConstRef:
		return e.Const.Value
	case *ir.LocalRef:
		return w.locals[e.Local]
	case *ir.Apply:
		return w.apply(e)
	case *ir.Convert:
		return w.fold(e, w.expr(e.X))
	case *ir.If:
		return w.ifExpr(e)
	case *ir.Let:
		w.bind(e.Local, w.expr(e.Value))
		return w.expr(e.Body)
	case *ir.Make:
		return w.fold(e, w.exprs(e.Args)...)
	case *ir.FieldOf:
		return w.fold(e, w.expr(e.X))
	case *ir.WithField:
		return w.fold(e, w.expr(e.X), w.expr(e.Value))
	case *ir.Is:
		return w.fold(e, w.expr(e.X))
	case *ir.Payload:
		return w.fold(e, w.expr(e.X))
	case *ir.Bind:
		return w.binding(e)
	case *ir.Call:
		return w.call(e)
	case *ir.ActionPred:
		return w.actionPred(e)
	}
	w.lost = true
	return nil
}

func (w *walker) exprs(es []ir.Expr) []ir.Value {
	vs := make([]ir.Value, len(es))
	for i, e := range es {
		vs[i] = w.expr(e)
	}
	return vs
}

func (w *walker) ifExpr(e *ir.If) ir.Value {
	switch c := w.expr(e.Cond); c {
	case nil:
	case ir.Bool(true):
		return w.expr(e.Then)
	default:
		return w.expr(e.Else)
	}
	x, y := w.expr(e.Then), w.expr(e.Else)
	if x != nil && y != nil && ir.Equal(x, y) {
		return x
	}
	return nil
}

func (w *walker) apply(e *ir.Apply) ir.Value {
	switch e.Op {
	case ir.And:
		return w.connective(e, false, false)
	case ir.Or:
		return w.connective(e, true, true)
	case ir.Implies:
		return w.connective(e, false, true)
	case ir.In:
		x := w.expr(e.Args[0])
		if nodes, old := w.place(e.Args[1]); nodes != nil && nodes[0].kids != nil {
			return w.member(nodes, x, old)
		}
		return w.fold(e, x, w.expr(e.Args[1]))
	}
	return w.fold(e, w.exprs(e.Args)...)
}

// connective evaluates a lazy operator whose first operand decides if it is
// first; then the value is decided.
func (w *walker) connective(e *ir.Apply, first, decided bool) ir.Value {
	x := w.expr(e.Args[0])
	if x == ir.Bool(first) {
		return ir.Bool(decided)
	}
	y := w.expr(e.Args[1])
	switch {
	case x != nil:
		return y
	case y == ir.Bool(decided):
		return y
	}
	return nil
}

// member reads whether x is in a set, bag or map.
func (w *walker) member(nodes []*node, x ir.Value, old bool) ir.Value {
	if x == nil {
		w.read(nodes, old)
		return nil
	}
	rank := w.rank(nodes[0].keys(), x)
	if rank < 0 {
		return ir.Bool(false)
	}
	return w.read(w.below(nodes, rank), old)
}

func (w *walker) call(e *ir.Call) ir.Value {
	args := w.exprs(e.Args)
	if w.many > 0 {
		w.fails = true // it might need too many steps
	}
	if w.calls >= maxCalls {
		w.lost = true
		return nil
	}
	w.calls++
	defer func() { w.calls-- }()
	outer := w.flow
	w.flow = outer.clone()
	defer func() { w.flow = outer }()
	clear(w.locals)
	for i, p := range e.Func.Params {
		w.bind(p, args[i])
	}
	if e.Func.Value != nil {
		return w.expr(e.Func.Value)
	}
	w.body(e.Func.Body)
	return nil
}

// actionPred reads whatever the steps that it asks about do.
func (w *walker) actionPred(e *ir.ActionPred) ir.Value {
	args := w.exprs(e.Args)
	if e.Taken {
		w.taken[e.Action] = true
		return nil
	}
	if w.calls >= maxCalls {
		w.lost = true
		return nil
	}
	w.calls++
	defer func() { w.calls-- }()
	outer, writes, blocks := w.flow, w.writes, w.blocks
	defer func() { w.flow, w.writes, w.blocks = outer, writes, blocks }()
	w.flow, w.writes = outer.clone(), map[int]write{}
	clear(w.locals)
	for i, p := range e.Action.Params {
		w.expr(p.Domain)
		if i < len(args) && !e.Any {
			w.bind(p.Local, args[i])
		}
	}
	if e.Action.Guard != nil {
		w.expr(e.Action.Guard)
	}
	w.body(e.Action.Body)
	return nil
}
