package absint

import (
	"math"
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// maxLeaves is how many bindings of a binder are looked at one by one.
const maxLeaves = 64

// room is how many bindings are taken one by one now.
func (x *run) room() int {
	if x.tired() {
		return 1
	}
	return maxLeaves
}

// leaf stands for some of the bindings of a Bind that its condition allows.
type leaf struct {
	at    *env
	n     Num  // how many there are
	alone bool // each name has one value
}

// leaves are the bindings of a Bind in order, after its condition.
func (x *run) leaves(e *ir.Bind, at *env) []leaf {
	ls := []leaf{{at: at, n: count(1), alone: true}}
	for _, b := range e.Binders {
		var next []leaf
		for _, l := range ls {
			next = append(next, x.elements(b, l, len(ls))...)
		}
		ls = next
	}
	if e.Cond == nil {
		return ls
	}
	var out []leaf
	for _, l := range ls {
		c := x.body(e.Cond, l)
		in := x.assume(e.Cond, true, l.at)
		if in == nil || !c.Has(ir.Bool(true)) {
			continue
		}
		if c.Single() == nil {
			l.n = Num{Lo: new(big.Int), Hi: l.n.Hi}
		}
		l.at = in
		out = append(out, l)
	}
	return out
}

// elements binds one name more. The elements of a set or bag are taken one by
// one where they are few, and so are those of a sequence that is known.
func (x *run) elements(b ir.Binder, l leaf, beside int) []leaf {
	d := x.body(b.Domain, l)
	if d.Empty() {
		return nil
	}
	if only := d.Single(); only != nil {
		if es := elements(only); len(es)*beside <= x.room() {
			return x.each(b, l, es, func(ir.Value) Num { return count(1) })
		}
	}
	w := d.loosened()
	if w.elem.Empty() {
		return nil
	}
	if b.Domain.Type().Kind != ir.SeqKind && w.elem.listed && len(w.elem.few)*beside <= x.room() {
		return x.each(b, l, w.elem.few, func(v ir.Value) Num {
			if _, sure := slices.BinarySearchFunc(w.must, v, ir.Compare); sure {
				return count(1)
			}
			return between(new(big.Int), one)
		})
	}
	n := w.num
	if b.Domain.Type().Kind == ir.BagKind { // distinct elements
		n = Num{Lo: least(n.Lo, one), Hi: n.Hi}
	}
	l.n, l.alone = l.n.span(n), false
	l.at = x.restrict(b.Domain, w.inhabited(), l.at)
	if l.at == nil {
		return nil
	}
	l.at = l.at.bind(b.Local, w.elem)
	return []leaf{l}
}

// inhabited are the collections of v, which is not listed, that have elements.
func (v *Value) inhabited() *Value {
	n := *v
	n.num = v.num.meet(atLeast(1))
	return n.norm()
}

func (x *run) each(b ir.Binder, l leaf, es []ir.Value, n func(ir.Value) Num) []leaf {
	s := x.shapes.of(b.Local.Type)
	out := make([]leaf, len(es))
	for i, v := range es {
		out[i] = leaf{l.at.bind(b.Local, s.single(v)), l.n.span(n(v)), l.alone}
	}
	return out
}

// body evaluates e once for each binding of a leaf.
func (x *run) body(e ir.Expr, l leaf) *Value {
	times := x.times
	x.times = math.MaxInt32
	if hi := l.n.Hi; hi != nil && hi.IsInt64() && hi.Int64() < math.MaxInt32 {
		x.times = min(times*hi.Int64(), math.MaxInt32)
	}
	v := x.eval(e, l.at)
	x.times = times
	return v
}

func (l leaf) sure() bool { return l.n.Lo.Sign() > 0 }

func (x *run) binding(e *ir.Bind, at *env) *Value {
	if e.Kind == ir.Fold {
		return x.fold(e, at)
	}
	ls := x.leaves(e, at)
	switch e.Kind {
	case ir.Forall, ir.Exists:
		return x.quantifier(e, ls)
	case ir.Count, ir.Sum:
		return x.total(e, ls)
	case ir.Min, ir.Max:
		return x.extremum(e, ls)
	case ir.Choose:
		return x.choose(e, ls)
	case ir.SetOf, ir.SeqOf:
		return x.comprehension(e, ls)
	case ir.FuncOf:
		return x.funcOf(e, at)
	case ir.MapOf:
		return x.mapOf(e, ls)
	}
	panic("absint: a binder of unknown kind")
}

// quantifier is decided by a binding that may be there, and left undecided
// unless some binding is sure to decide.
func (x *run) quantifier(e *ir.Bind, ls []leaf) *Value {
	s := x.shapes.of(e.T)
	decides := ir.Bool(e.Kind == ir.Exists)
	out := s.single(!decides)
	decided := s.bottom
	for _, l := range ls {
		v := x.body(e.Body, l)
		if v.Has(decides) {
			decided = s.single(decides)
		}
		if l.sure() && !v.Has(!decides) {
			out = s.bottom
		}
	}
	return out.join(decided)
}

func (x *run) total(e *ir.Bind, ls []leaf) *Value {
	sum := count(0)
	for _, l := range ls {
		v := x.body(e.Body, l)
		switch {
		case v.Empty() && l.sure():
			return x.shapes.of(e.T).bottom
		case v.Empty():
		case e.Kind == ir.Sum && l.n.same(count(1)):
			sum = sum.add(v.number())
		case e.Kind == ir.Sum:
			sum = sum.add(l.n.span(v.number()))
		case v.Single() == nil:
			sum = sum.add(Num{Lo: new(big.Int), Hi: l.n.Hi})
		case bool(v.Single().(ir.Bool)):
			sum = sum.add(l.n)
		}
	}
	return x.shapes.of(e.T).numeric(sum)
}

func (x *run) extremum(e *ir.Bind, ls []leaf) *Value {
	s := x.shapes.of(e.T)
	out, within, some := s.bottom, Num{}, false
	for _, l := range ls {
		v := x.body(e.Body, l)
		out = out.join(v)
		if !l.sure() || v.Empty() {
			continue
		}
		some = true
		if n := v.number(); e.Kind == ir.Min {
			within = within.meet(Num{Hi: n.Hi})
		} else {
			within = within.meet(Num{Lo: n.Lo})
		}
	}
	if !some {
		x.fail(e)
	}
	if out.Empty() {
		return out
	}
	return out.meet(s.numeric(within.meet(s.top.number())))
}

func (x *run) choose(e *ir.Bind, ls []leaf) *Value {
	out := x.shapes.of(e.T).bottom
	for _, l := range ls {
		out = out.join(l.at.local(e.Binders[0].Local))
		if l.sure() { // what comes later is never chosen
			return out
		}
	}
	x.fail(e)
	return out
}

func (x *run) comprehension(e *ir.Bind, ls []leaf) *Value {
	s := x.shapes.of(e.T)
	elem, n := s.elem.bottom, count(0)
	var must []ir.Value
	exact := true
	for _, l := range ls {
		v := x.body(e.Body, l)
		if v.Empty() && l.sure() {
			return s.bottom
		}
		elem, n = elem.join(v), n.add(l.n)
		y := v.Single()
		if y != nil && l.sure() {
			must = append(must, y)
		}
		exact = exact && y != nil && l.n.same(count(1))
	}
	if e.Kind == ir.SeqOf {
		if exact {
			return s.single(ir.SeqValue{Elems: must})
		}
		must = nil
	} else if !isName(e.Body, e) && n.Lo.Sign() > 0 { // some may be the same
		n.Lo = one
	}
	return (&Value{shape: s, num: Num{Lo: n.Lo, Hi: n.Hi}, elem: elem, must: certain(ir.MakeSet(must).Elems)}).norm()
}

// isName reports whether t is the one name that e binds to the elements of a
// set or bag, which differ.
func isName(t ir.Expr, e *ir.Bind) bool {
	r, ok := t.(*ir.LocalRef)
	return ok && len(e.Binders) == 1 && r.Local == e.Binders[0].Local && e.Binders[0].Domain.Type().Kind != ir.SeqKind
}

func (x *run) funcOf(e *ir.Bind, at *env) *Value {
	s := x.shapes.of(e.T)
	l := e.Binders[0].Local
	if n, ok := ir.Card(e.T.Key); !ok || n.Cmp(maxElems) > 0 {
		x.fail(e.Binders[0].Domain)
		return s.bottom
	}
	parts := make([]*Value, s.width())
	for i := range parts {
		key := s.key.top
		n, _ := ir.Card(e.T.Key)
		if s.keys != nil {
			key, n = s.key.single(s.keys[i]), one
		}
		parts[i] = x.body(e.Body, leaf{at: at.bind(l, key), n: exactly(n)})
	}
	return (&Value{shape: s, parts: parts}).norm()
}

func (x *run) mapOf(e *ir.Bind, ls []leaf) *Value {
	s := x.shapes.of(e.T)
	m := &Value{shape: s, num: count(0), elem: s.key.bottom, parts: make([]*Value, s.width())}
	for i := range m.parts {
		m.parts[i] = s.elem.bottom
	}
	var must []ir.Value
	for _, l := range ls {
		key, v := x.body(e.Key, l), x.body(e.Body, l)
		if key.Empty() || v.Empty() {
			if l.sure() {
				return s.bottom
			}
			continue
		}
		m.elem, m.num = m.elem.join(key), m.num.add(l.n)
		if k := key.Single(); k != nil && l.sure() {
			must = append(must, k)
		}
		for _, i := range s.slots(key) {
			m.parts[i] = m.parts[i].join(v)
		}
	}
	if !isName(e.Key, e) {
		x.fail(e) // two values for one key
		m.num = Num{Lo: least(m.num.Lo, one), Hi: m.num.Hi}
	}
	m.num = Num{Lo: m.num.Lo, Hi: m.num.Hi}
	m.must = certain(ir.MakeSet(must).Elems)
	return m.norm()
}

// fold follows the bindings in order where each is taken alone, else as often
// as it takes.
func (x *run) fold(e *ir.Bind, at *env) *Value {
	acc := x.eval(e.Init, at)
	if acc.Empty() {
		return acc
	}
	for _, l := range x.leaves(e, at) {
		step := func(acc *Value) *Value { return x.body(e.Body, leaf{at: l.at.bind(e.Acc, acc), n: l.n}) }
		switch {
		case l.alone && l.n.same(count(1)):
			acc = step(acc)
		case l.alone:
			acc = acc.join(step(acc))
		default:
			acc = x.repeat(acc, step)
		}
		if acc.Empty() {
			return acc
		}
	}
	return acc
}

// patience is how often a value may change before it is widened.
const patience = 8

// within are the thresholds for a value that has changed so often: none if
// they lead nowhere soon.
func (x *run) within(changes int) []*big.Int {
	if changes > 3*patience {
		return nil
	}
	return x.thresholds
}

// repeat returns what a value may be after any number of steps.
func (x *run) repeat(v *Value, step func(*Value) *Value) *Value {
	for i := 0; ; i++ {
		w := v.join(step(v))
		if w.same(v) {
			return v
		}
		if i >= patience {
			w = v.widen(w, x.within(i))
		}
		v = w
	}
}
