package circuit

import "github.com/spec-lang/spec/ir"

// frame is where expressions and statements are evaluated: on a path, with
// the failures so far.
type frame struct {
	vars, old []val // nil where there is none
	locals    map[*ir.Local]val
	taken     *Step

	path     Lit // holds where this is evaluated, failures apart
	errs     Lit // an evaluation failed
	asserts  Lit // an assertion failed
	idle     Lit // inputs that no choice reads are false
	inputs   int // used so far
	base     int // of those, used by what this is a part of
	returned Lit
	result   val
	depth    int
}

func newFrame(vars []val) *frame {
	return &frame{vars: vars, locals: map[*ir.Local]val{}, path: True, idle: True}
}

func (f *frame) failed(g *Graph) Lit { return g.Or(f.errs, f.asserts) }

// live is where the evaluation has come to without failing.
func (b *builder) live(f *frame) Lit { return b.g.And(f.path, f.failed(b.g).Not()) }

// fail notes that the evaluation fails where cond holds.
func (b *builder) fail(f *frame, cond Lit) { f.errs = b.g.Or(f.errs, b.g.And(b.live(f), cond)) }

// on runs do where cond holds.
func (b *builder) on(f *frame, cond Lit, do func()) {
	before := f.path
	f.path = b.g.And(before, cond)
	do()
	f.path = before
}

func (b *builder) holds(f *frame, e ir.Expr) Lit { return b.eval(f, e).(*boolean).is }

func (b *builder) number1(f *frame, e ir.Expr) *num { return b.eval(f, e).(*num) }

func (b *builder) evalAll(f *frame, es []ir.Expr) []val {
	out := make([]val, len(es))
	for i, e := range es {
		out[i] = b.eval(f, e)
	}
	return out
}

// eval is the value of e; where it fails, any value of its type.
func (b *builder) eval(f *frame, e ir.Expr) val {
	if b.err != nil || f.path == False {
		return b.any(e.Type())
	}
	if b.g.Len() > maxGates {
		b.at = e.Span()
		b.unsupported("a circuit of more than 8 million gates")
		return b.any(e.Type())
	}
	b.at = e.Span()
	v := b.node(f, e)
	if v == nil {
		v = b.any(e.Type())
	}
	return v
}

// any is a value that does not matter; unlike zero it never complains.
func (b *builder) any(t *ir.Type) val {
	before := b.err
	v := b.zero(t)
	b.err = before
	return v
}

func (b *builder) node(f *frame, e ir.Expr) val {
	switch e := e.(type) {
	case *ir.Lit:
		return b.lift(e.Value, e.T)
	case *ir.ConstRef:
		return b.lift(e.Const.Value, e.T)
	case *ir.LocalRef:
		if v, ok := f.locals[e.Local]; ok {
			return v
		}
		b.fail(f, True)
		return nil
	case *ir.VarRef:
		return b.variable(f, e.Var, e.Old)
	case *ir.Apply:
		return b.apply(f, e)
	case *ir.Convert:
		v := b.eval(f, e.X)
		if b.err != nil {
			return nil
		}
		return b.convert(f, v, e.X.Type(), e.T)
	case *ir.If:
		return b.branch(f, b.holds(f, e.Cond), func() val { return b.eval(f, e.Then) }, func() val { return b.eval(f, e.Else) })
	case *ir.Let:
		return b.with(f, e.Local, b.eval(f, e.Value), func() val { return b.eval(f, e.Body) })
	case *ir.Make:
		return b.make(f, e)
	case *ir.FieldOf:
		return b.eval(f, e.X).(*record).fields[e.Index]
	case *ir.WithField:
		r, v := b.eval(f, e.X).(*record), b.eval(f, e.Value)
		return withField(r, e.Index, v)
	case *ir.Is:
		return truth(b.is(b.eval(f, e.X).(*sum).tag, int64(e.Variant)))
	case *ir.Payload:
		s := b.eval(f, e.X).(*sum)
		b.fail(f, b.is(s.tag, int64(e.Variant)).Not())
		if args := s.args[e.Variant]; args != nil {
			return args[e.Index]
		}
		return nil
	case *ir.Bind:
		return b.binding(f, e)
	case *ir.Call:
		return b.call(f, e)
	case *ir.ActionPred:
		return b.actionPred(f, e)
	}
	b.unsupported("an expression of a kind that circuits do not know")
	return nil
}

func withField(r *record, i int, v val) *record {
	out := &record{append([]val(nil), r.fields...)}
	out.fields[i] = v
	return out
}

func (b *builder) variable(f *frame, v *ir.Var, old bool) val {
	vars := f.vars
	if old {
		vars = f.old
	}
	if v.Index >= len(vars) || vars[v.Index] == nil {
		b.fail(f, True)
		return nil
	}
	return vars[v.Index]
}

// branch evaluates each alternative only where it is chosen.
func (b *builder) branch(f *frame, c Lit, then, otherwise func() val) val {
	var x, y val
	b.on(f, c, func() { x = then() })
	b.on(f, c.Not(), func() { y = otherwise() })
	return b.mux(c, x, y)
}

// with binds a local while do runs.
func (b *builder) with(f *frame, l *ir.Local, v val, do func() val) val {
	before, bound := f.locals[l]
	f.locals[l] = v
	out := do()
	if bound {
		f.locals[l] = before
	} else {
		delete(f.locals, l)
	}
	return out
}

func (b *builder) make(f *frame, e *ir.Make) val {
	args := b.evalAll(f, e.Args)
	if e.T.Kind == ir.StructKind {
		return &record{args}
	}
	s := &sum{fixed(int64(e.Variant)), make([][]val, len(e.T.Variants))}
	s.args[e.Variant] = args
	return s
}

// convert is v as a value of type to; it fails where v is none.
func (b *builder) convert(f *frame, v val, from, to *ir.Type) val {
	if v == nil || from == to {
		return v
	}
	switch v := v.(type) {
	case *num:
		if to.Kind != ir.RangeKind {
			return v
		}
		lo, hi := b.zero(to).(*num).lo, to.Hi.Int64()
		b.fail(f, b.g.Or(b.less(v, fixed(lo)), b.less(fixed(hi), v)))
		return b.narrow(v, lo, hi)
	case *sum:
		s := &sum{v.tag, make([][]val, len(v.args))}
		for i := range v.args {
			b.on(f, b.is(v.tag, int64(i)), func() {
				s.args[i] = b.convertFields(f, v.args[i], from.Variants[i].Fields, to.Variants[i].Fields)
			})
		}
		return s
	case *record:
		return &record{b.convertFields(f, v.fields, from.Fields, to.Fields)}
	case *set:
		out := &set{}
		for i, e := range v.elems {
			if b.fit(f, v.on[i], e, to.Elem) {
				out.elems, out.on = append(out.elems, e), append(out.on, v.on[i])
			}
		}
		return out
	case *bag:
		for i, e := range v.elems {
			b.fit(f, b.is(v.counts[i], 0).Not(), e, to.Elem)
		}
	case *table:
		out := &table{}
		for i, k := range v.keys {
			if !b.fit(f, v.on[i], k, to.Key) {
				continue
			}
			var w val
			b.on(f, v.on[i], func() { w = b.convert(f, v.vals[i], from.Elem, to.Elem) })
			out.keys, out.on, out.vals = append(out.keys, k), append(out.on, v.on[i]), append(out.vals, w)
		}
		return out
	case *sequence:
		return b.convertSequence(f, v, from, to)
	}
	return v
}

// fit reports whether a constant element is of type t; it fails where the
// element is there and is not.
func (b *builder) fit(f *frame, on Lit, e ir.Value, t *ir.Type) bool {
	if ir.Fits(e, t) {
		return true
	}
	b.fail(f, on)
	return false
}

func (b *builder) convertFields(f *frame, vs []val, from, to []ir.Field) []val {
	if vs == nil {
		return nil
	}
	out := make([]val, len(vs))
	for i := range vs {
		out[i] = b.convert(f, vs[i], from[i].Type, to[i].Type)
	}
	return out
}

func (b *builder) convertSequence(f *frame, v *sequence, from, to *ir.Type) val {
	q := &sequence{len: v.len}
	if to.Max >= 0 {
		b.fail(f, b.less(fixed(int64(to.Max)), v.len))
		q.len = b.narrow(v.len, 0, int64(to.Max))
	}
	for i, e := range v.elems {
		if to.Max >= 0 && i >= to.Max {
			break
		}
		var w val
		b.on(f, b.less(fixed(int64(i)), v.len), func() { w = b.convert(f, e, from.Elem, to.Elem) })
		q.elems = append(q.elems, w)
	}
	return q
}
