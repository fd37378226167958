package effects

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// walker collects the effects of trees.
type walker struct {
	set Set
	// known are the locals that an index may mention, each with what it
	// stands for in terms of parameters and constants.
	known map[*ir.Local]ir.Expr
	calls []*ir.Func // that are being looked at
	asks  []*ir.Action
}

func newWalker(a *ir.Action) *walker {
	w := &walker{known: map[*ir.Local]ir.Expr{}}
	if a != nil {
		for _, p := range a.Params {
			w.known[p.Local] = &ir.LocalRef{Node: ir.Node{T: p.Local.Type, Loc: p.Local.Span}, Local: p.Local}
		}
	}
	return w
}

func (w *walker) read(p Path) { w.set.Reads = add(w.set.Reads, p) }

func (w *walker) write(p Path) { w.set.Writes = add(w.set.Writes, p) }

// enabling takes domains and guard.
func (w *walker) enabling(a *ir.Action) {
	for _, p := range a.Params {
		w.contains(&ir.LocalRef{Node: ir.Node{T: p.Local.Type, Loc: p.Local.Span}, Local: p.Local}, p.Domain)
	}
	w.expr(a.Guard)
}

// action takes all of another action, whose parameters are not known.
func (w *walker) action(a *ir.Action) {
	if slices.Contains(w.asks, a) {
		return
	}
	w.asks = append(w.asks, a)
	known := w.known
	w.known = map[*ir.Local]ir.Expr{}
	for _, p := range a.Params {
		w.expr(p.Domain)
	}
	w.expr(a.Guard)
	w.body(a.Body)
	w.asks = w.asks[:len(w.asks)-1]
	w.known = known
}

// enabled takes what `enabled(A)` reads: it tries A, and what A writes stays
// untouched.
func (w *walker) enabled(e *ir.ActionPred) {
	w.exprs(e.Args)
	if e.Taken {
		return
	}
	writes := w.set.Writes
	w.action(e.Action)
	w.set.Writes = writes
}

// contains takes a test whether x is in a collection.
func (w *walker) contains(x, in ir.Expr) {
	w.expr(x)
	p, ok := w.path(in)
	if k := in.Type().Kind; !ok || k != ir.SetKind && k != ir.MapKind {
		w.expr(in)
		return
	}
	w.read(p.with(Access{Kind: Member, Key: w.index(x)}))
}

func (w *walker) exprs(es []ir.Expr) {
	for _, e := range es {
		w.expr(e)
	}
}

// expr takes an expression, nil for none.
func (w *walker) expr(e ir.Expr) {
	if e == nil {
		return
	}
	if p, ok := w.path(e); ok {
		w.read(p)
		return
	}
	switch e := e.(type) {
	case *ir.Apply:
		if e.Op == ir.In {
			w.contains(e.Args[0], e.Args[1])
			return
		}
	case *ir.Let:
		w.expr(e.Value)
		w.bind(e.Local, w.index(e.Value), func() { w.expr(e.Body) })
		return
	case *ir.Call:
		w.call(e)
		return
	case *ir.ActionPred:
		w.enabled(e)
		return
	}
	first := true
	ir.Walk(e, func(t ir.Tree) bool {
		if first {
			first = false
			return true
		}
		w.expr(t.(ir.Expr))
		return false
	})
}

// path returns the part that e reads and nothing else, having taken what its
// indices read.
func (w *walker) path(e ir.Expr) (Path, bool) {
	switch e := e.(type) {
	case *ir.VarRef:
		return Path{Var: e.Var}, true
	case *ir.FieldOf:
		if p, ok := w.path(e.X); ok {
			return p.with(Access{Kind: Field, Field: e.Index}), true
		}
	case *ir.Apply:
		if e.Op != ir.Get {
			break
		}
		if p, ok := w.path(e.Args[0]); ok {
			w.expr(e.Args[1])
			return p.with(Access{Kind: Key, Key: w.index(e.Args[1])}), true
		}
	}
	return Path{}, false
}

func (p Path) with(a Access) Path {
	p.Steps = append(slices.Clip(p.Steps), a)
	return p
}

// index returns e in terms of constants and parameters, nil if it is not.
func (w *walker) index(e ir.Expr) ir.Expr {
	ok := true
	out := ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		switch e := e.(type) {
		case *ir.LocalRef:
			if v := w.known[e.Local]; v != nil {
				return v
			}
			ok = false
		case *ir.VarRef, *ir.ActionPred, *ir.Bind, *ir.Let:
			// Binders have locals of their own; they are rare in indices.
			ok = false
		case *ir.Call:
			ok = ok && readsNothing(e.Func, nil)
		}
		return e
	})
	if !ok {
		return nil
	}
	return out
}

// readsNothing reports whether the value of a function depends on nothing but
// its arguments.
func readsNothing(f *ir.Func, seen []*ir.Func) bool {
	if slices.Contains(seen, f) {
		return true
	}
	seen = append(seen, f)
	pure := true
	look := func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.VarRef, *ir.ActionPred:
			pure = false
		case *ir.Call:
			pure = pure && readsNothing(t.Func, seen)
		}
		return pure
	}
	if f.Value != nil {
		ir.Walk(f.Value, look)
	}
	ir.WalkBody(f.Body, look)
	return pure
}

// bind runs f with a local standing for an expression, nil for anything.
func (w *walker) bind(l *ir.Local, e ir.Expr, f func()) {
	old := w.known[l]
	w.known[l] = e
	f()
	w.known[l] = old
}

// maxCalls is how deep functions are followed with the arguments of the call;
// further down their parameters may be anything.
const maxCalls = 6

func (w *walker) call(e *ir.Call) {
	w.exprs(e.Args)
	if readsNothing(e.Func, nil) || slices.Contains(w.calls, e.Func) {
		return // the second holds all that a recursive call can add
	}
	recursive := calls(e.Func, e.Func, nil)
	known := w.known
	w.known = map[*ir.Local]ir.Expr{}
	for i, p := range e.Func.Params {
		if !recursive && len(w.calls) < maxCalls {
			outer := w.known
			w.known = known
			x := w.index(e.Args[i])
			w.known = outer
			w.known[p] = x
		}
	}
	w.calls = append(w.calls, e.Func)
	w.expr(e.Func.Value)
	w.body(e.Func.Body)
	w.calls = w.calls[:len(w.calls)-1]
	w.known = known
}

// calls reports whether f may call g.
func calls(f, g *ir.Func, seen []*ir.Func) bool {
	if slices.Contains(seen, f) {
		return false
	}
	seen = append(seen, f)
	found := false
	look := func(t ir.Tree) bool {
		if c, ok := t.(*ir.Call); ok && !found {
			found = c.Func == g || calls(c.Func, g, seen)
		}
		return !found
	}
	if f.Value != nil {
		ir.Walk(f.Value, look)
	}
	ir.WalkBody(f.Body, look)
	return found
}
