package absint

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

func (x *run) convert(e *ir.Convert, at *env) *Value {
	v := x.eval(e.X, at)
	if v.Empty() {
		return x.shapes.of(e.T).bottom
	}
	out, all := v.converted(x.shapes.of(e.T))
	if !all {
		x.fail(e)
	}
	return out
}

// converted returns those values that are of the type of s, as such, and
// whether all are.
func (v *Value) converted(s *shape) (*Value, bool) {
	switch {
	case v.shape == s:
		return v, true
	case v.listed:
		return v.convertedList(s)
	}
	c := &conversion{all: true}
	out := &Value{shape: s, num: v.num}
	switch s.t.Kind {
	case ir.IntKind, ir.RangeKind:
		if s.t.Kind == ir.RangeKind {
			out.num = c.meet(v.num, between(s.t.Lo, s.t.Hi))
		}
	case ir.SumKind:
		out.alts = make([][]*Value, len(s.alts))
		for i, fields := range v.alts {
			if fields != nil {
				out.alts[i] = c.fields(fields, s.alts[i])
			}
		}
	case ir.StructKind:
		out.parts = c.fields(v.parts, s.fields)
	case ir.FuncKind:
		out.parts = c.values(v, s)
	case ir.MapKind:
		out.elem, out.must = c.value(v.elem, s.key), c.certain(v, s.key)
		out.parts = c.values(v, s)
	default:
		if s.t.Max >= 0 && s.t.Kind == ir.SeqKind {
			out.num = c.meet(v.num, between(new(big.Int), big.NewInt(int64(s.t.Max))))
		}
		out.elem, out.must = c.value(v.elem, s.elem), c.certain(v, s.elem)
	}
	return out.norm(), c.all
}

func (v *Value) convertedList(s *shape) (*Value, bool) {
	out := v.mapped(s, func(x ir.Value) (ir.Value, bool) {
		e := &ir.Convert{Node: ir.Node{T: s.t}, X: &ir.Lit{Node: ir.Node{T: v.shape.t}, Value: x}}
		y, err := eval.Expr(e, &eval.Env{})
		return y, err == nil
	})
	return out, len(out.few) == len(v.few) // conversion keeps values apart
}

// conversion converts the parts of a value; all says whether every one fits.
type conversion struct{ all bool }

func (c *conversion) meet(n, within Num) Num {
	m := n.meet(within)
	c.all = c.all && m.same(n)
	return m
}

func (c *conversion) value(v *Value, s *shape) *Value {
	out, all := v.converted(s)
	c.all = c.all && all
	return out
}

func (c *conversion) fields(vs []*Value, shapes []*shape) []*Value {
	out := make([]*Value, len(vs))
	for i, v := range vs {
		out[i] = c.value(v, shapes[i])
	}
	return out
}

// values converts what stands at the keys of a function or map. A key that is
// not there has no value.
func (c *conversion) values(v *Value, s *shape) []*Value {
	out := make([]*Value, s.width())
	for i := range out {
		if s.keys == nil {
			all := v.parts[0]
			for _, p := range v.parts[1:] {
				all = all.join(p)
			}
			out[i] = c.value(all, s.elem)
			continue
		}
		from := v.parts[0]
		if v.shape.keys != nil {
			from = v.shape.elem.bottom
			for j, k := range v.shape.keys {
				if ir.Compare(k, s.keys[i]) == 0 {
					from = v.parts[j]
				}
			}
		}
		out[i] = c.value(from, s.elem)
	}
	return out
}

// certain converts the elements that are certainly there; those that do not
// fit leave no value, which the other parts say.
func (c *conversion) certain(v *Value, s *shape) []ir.Value {
	var out []ir.Value
	for _, m := range v.must {
		if w := c.value(v.certainShape().single(m), s); w.Single() != nil {
			out = append(out, w.Single())
		}
	}
	return out
}

// certainShape is the shape of the certain elements.
func (v *Value) certainShape() *shape {
	if v.shape.t.Kind == ir.MapKind {
		return v.shape.key
	}
	return v.shape.elem
}
