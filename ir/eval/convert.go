package eval

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
)

func (s scope) convert(e *ir.Convert) (ir.Value, *Error) {
	v, err := s.eval(e.X)
	if err != nil {
		return nil, err
	}
	if !ir.Fits(v, e.T) {
		return nil, outsideType(e.Loc, v, e.T)
	}
	return retype(v, e.T), nil
}

// retype returns v, which fits t, with t and its parts as the types that sums
// and structs carry. It changes nothing that Compare looks at.
func retype(v ir.Value, t *ir.Type) ir.Value {
	switch v := v.(type) {
	case ir.SumValue:
		if v.Type == t {
			return v
		}
		args := make([]ir.Value, len(v.Args))
		for i, a := range v.Args {
			args[i] = retype(a, t.Variants[v.Variant].Fields[i].Type)
		}
		return ir.SumValue{Type: t, Variant: v.Variant, Args: args}
	case ir.StructValue:
		if v.Type == t {
			return v
		}
		fields := make([]ir.Value, len(v.Fields))
		for i, f := range v.Fields {
			fields[i] = retype(f, t.Fields[i].Type)
		}
		return ir.StructValue{Type: t, Fields: fields}
	case ir.SetValue:
		return ir.SetValue{Elems: retypeAll(v.Elems, t.Elem)}
	case ir.BagValue:
		return ir.BagValue{Elems: retypeAll(v.Elems, t.Elem), Counts: v.Counts}
	case ir.MapValue:
		return ir.MapValue{Keys: retypeAll(v.Keys, t.Key), Vals: retypeAll(v.Vals, t.Elem)}
	case ir.SeqValue:
		return ir.SeqValue{Elems: retypeAll(v.Elems, t.Elem)}
	}
	return v
}

func retypeAll(vs []ir.Value, t *ir.Type) []ir.Value {
	out := make([]ir.Value, len(vs))
	for i, v := range vs {
		out[i] = retype(v, t)
	}
	return out
}

// misfit says why v is not a value of t, naming the smallest part that is
// not.
func misfit(v ir.Value, t *ir.Type) string {
	for _, p := range parts(v, t) {
		if !ir.Fits(p.v, p.t) {
			msg := misfit(p.v, p.t)
			if whole := show(v, t); whole != "" && len(whole) < maxShown/2 {
				msg += " in " + whole
			}
			return msg
		}
	}
	if q, ok := v.(ir.SeqValue); ok && t.Kind == ir.SeqKind && t.Max >= 0 && len(q.Elems) > t.Max {
		return fmt.Sprintf("expected at most %d elements, found %d: %s", t.Max, len(q.Elems), show(v, t))
	}
	return fmt.Sprintf("expected %s, found %s", t, show(v, t))
}

type typed struct {
	v ir.Value
	t *ir.Type
}

// parts are the immediate parts of a value with the types they should have.
func parts(v ir.Value, t *ir.Type) []typed {
	var out []typed
	all := func(vs []ir.Value, t *ir.Type) {
		for _, v := range vs {
			out = append(out, typed{v, t})
		}
	}
	fields := func(vs []ir.Value, fs []ir.Field) {
		for i, v := range vs {
			out = append(out, typed{v, fs[i].Type})
		}
	}
	switch v := v.(type) {
	case ir.SumValue:
		fields(v.Args, t.Variants[v.Variant].Fields)
	case ir.StructValue:
		fields(v.Fields, t.Fields)
	case ir.SetValue:
		all(v.Elems, t.Elem)
	case ir.BagValue:
		all(v.Elems, t.Elem)
	case ir.MapValue:
		all(v.Keys, t.Key)
		all(v.Vals, t.Elem)
	case ir.SeqValue:
		all(v.Elems, t.Elem)
	}
	return out
}
