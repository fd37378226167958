package porder

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// fold evaluates e with the given values of its operands; the judge does it.
// If one is not known, all that is known is whether it may fail.
func (w *walker) fold(e ir.Expr, operands ...ir.Value) ir.Value {
	for _, v := range operands {
		if v == nil {
			w.fails = w.fails || partial(e, operands)
			return nil
		}
	}
	if a, ok := e.(*ir.Apply); ok && a.Op == ir.Universe && w.small(a.T.Elem, maxValues) == nil {
		w.fails = true
		return nil
	}
	v, err := eval.Expr(closed(e, operands), &eval.Env{})
	if err != nil {
		w.fails = true
		return nil
	}
	return v
}

// closed is e with values for operands.
func closed(e ir.Expr, operands []ir.Value) ir.Expr {
	lit := func(x ir.Expr) ir.Expr {
		v := operands[0]
		operands = operands[1:]
		return &ir.Lit{Node: ir.Node{T: x.Type(), Loc: x.Span()}, Value: v}
	}
	lits := func(xs []ir.Expr) []ir.Expr {
		out := make([]ir.Expr, len(xs))
		for i, x := range xs {
			out[i] = lit(x)
		}
		return out
	}
	switch e := e.(type) {
	case *ir.Apply:
		return &ir.Apply{Node: e.Node, Op: e.Op, Args: lits(e.Args)}
	case *ir.Convert:
		return &ir.Convert{Node: e.Node, X: lit(e.X)}
	case *ir.Make:
		return &ir.Make{Node: e.Node, Variant: e.Variant, Args: lits(e.Args)}
	case *ir.FieldOf:
		return &ir.FieldOf{Node: e.Node, X: lit(e.X), Index: e.Index}
	case *ir.WithField:
		return &ir.WithField{Node: e.Node, X: lit(e.X), Index: e.Index, Value: lit(e.Value)}
	case *ir.Is:
		return &ir.Is{Node: e.Node, X: lit(e.X), Variant: e.Variant}
	case *ir.Payload:
		return &ir.Payload{Node: e.Node, X: lit(e.X), Variant: e.Variant, Index: e.Index}
	}
	return e
}

// partial reports whether e may fail where its operands have values, of which
// only some are known.
func partial(e ir.Expr, operands []ir.Value) bool {
	switch e := e.(type) {
	case *ir.Convert:
		return !fitsAlways(e.X.Type(), e.T)
	case *ir.Payload:
		return true
	case *ir.Apply:
		switch e.Op {
		case ir.Div, ir.Mod:
			n, ok := operands[1].(ir.Int)
			return !ok || n.Sign() == 0
		case ir.Get, ir.Put:
			return e.Args[0].Type().Kind != ir.FuncKind && !(e.Op == ir.Put && e.T.Kind == ir.MapKind)
		case ir.Next, ir.Prev:
			return e.T.Sort.Order != ir.Ring
		case ir.Interval, ir.Powerset:
			return true // it may be too large
		}
		return ir.Ops[e.Op].Partial || ir.Ops[e.Op].Temporal
	}
	return false
}

// fitsAlways reports whether every value of one type is one of another.
func fitsAlways(from, to *ir.Type) bool {
	switch {
	case from == to:
		return true
	case !from.IsNumeric() || !to.IsNumeric():
		return false
	case to.Kind != ir.RangeKind:
		return true
	}
	return from.Kind == ir.RangeKind && to.Lo.Cmp(from.Lo) <= 0 && from.Hi.Cmp(to.Hi) <= 0
}

// binding walks a quantifier, aggregate or comprehension.
func (w *walker) binding(e *ir.Bind) ir.Value {
	if e.Kind == ir.Forall || e.Kind == ir.Exists {
		return w.quantifier(e)
	}
	if v, ok := w.alone(e); ok {
		return v
	}
	switch e.Kind {
	case ir.Min, ir.Max, ir.Choose, ir.MapOf:
		w.fails = true
	}
	if e.Init != nil {
		w.expr(e.Init)
	}
	w.each(e.Binders, func() {
		if e.Cond != nil && w.expr(e.Cond) == ir.Bool(false) {
			return
		}
		for _, x := range []ir.Expr{e.Key, e.Body} {
			if x != nil {
				w.expr(x)
			}
		}
	})
	return nil
}

// alone evaluates an expression that reads no state.
func (w *walker) alone(e ir.Expr) (ir.Value, bool) {
	own, ok, n := map[*ir.Local]bool{}, true, 0
	env := &eval.Env{}
	ir.Walk(e, func(t ir.Tree) bool {
		n++
		switch t := t.(type) {
		case *ir.VarRef, *ir.Call, *ir.ActionPred:
			ok = false
		case *ir.Let:
			own[t.Local] = true
		case *ir.Bind:
			for _, b := range t.Binders {
				own[b.Local] = true
			}
			if t.Acc != nil {
				own[t.Acc] = true
			}
		case *ir.LocalRef:
			if own[t.Local] {
				break
			}
			v := w.locals[t.Local]
			if v == nil {
				ok = false
				break
			}
			env = env.Bind(t.Local, v)
		case *ir.Apply:
			ok = ok && (t.Op != ir.Universe && t.Op != ir.Interval && t.Op != ir.Powerset || w.tiny(t))
		}
		return ok
	})
	if !ok {
		return nil, false
	}
	v, err := eval.Expr(e, env)
	if err != nil {
		w.fails = true
		return nil, true
	}
	return v, true
}

// tiny reports whether a set that stands for all values of a type is small.
func (w *walker) tiny(e *ir.Apply) bool {
	return e.Op == ir.Universe && w.small(e.T.Elem, maxValues) != nil
}

func (w *walker) quantifier(e *ir.Bind) ir.Value {
	decides := ir.Bool(e.Kind == ir.Exists)
	var out ir.Value = !decides
	w.each(e.Binders, func() {
		if out == decides {
			return
		}
		var cond ir.Value = ir.Bool(true)
		if e.Cond != nil {
			cond = w.expr(e.Cond)
		}
		if cond == ir.Bool(false) {
			return
		}
		switch body := w.expr(e.Body); {
		case body == !decides:
		case body == decides && cond == ir.Bool(true) && w.many == 0:
			if out != nil {
				out = decides // what came before is known, and did not decide
			}
		default:
			out = nil
		}
	})
	return out
}

// each visits the bindings of binders: one by one if the elements are known,
// else once with a local of unknown value.
func (w *walker) each(binders []ir.Binder, visit func()) {
	if !w.visit() {
		return
	}
	if len(binders) == 0 {
		visit()
		return
	}
	b := binders[0]
	elems, ok := w.domain(b.Domain)
	if ok {
		for _, v := range elems {
			w.bind(b.Local, v)
			w.each(binders[1:], visit)
		}
		return
	}
	w.many++
	w.bind(b.Local, nil)
	w.each(binders[1:], visit)
	w.many--
}

// domain returns the elements of a domain, if they are known and few.
func (w *walker) domain(e ir.Expr) ([]ir.Value, bool) {
	if a, ok := e.(*ir.Apply); ok && a.Op == ir.Universe {
		vs := w.small(a.T.Elem, maxUnrolled)
		if n, finite := ir.Card(a.T.Elem); finite && n.Sign() == 0 {
			return nil, true
		}
		return vs, vs != nil
	}
	vs, ok := elements(w.expr(e))
	return vs, ok && len(vs) <= maxUnrolled
}

func elements(v ir.Value) ([]ir.Value, bool) {
	switch v := v.(type) {
	case ir.SetValue:
		return v.Elems, true
	case ir.BagValue:
		return v.Elems, true
	case ir.SeqValue:
		return v.Elems, true
	}
	return nil, false
}
