package hoare

import (
	"math"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// mostTried is how many combinations of arguments are tried.
const mostTried = 2000

// try looks for small arguments for which f fails, the smallest first; nil if
// there are none.
func try(f *ir.Func) *evidence.Contract {
	if !runs(f) {
		return nil
	}
	columns := make([][]ir.Value, len(f.Params))
	each := mostTried
	if n := len(f.Params); n > 0 {
		each = int(math.Pow(mostTried, 1/float64(n)))
	}
	for i, l := range f.Params {
		all := small(l.Type, 4)
		columns[i] = all[:min(len(all), max(1, each))]
	}
	var found *evidence.Contract
	rows(columns, nil, func(args []ir.Value) bool {
		found = run(f, args)
		return found == nil
	})
	return found
}

// run calls f and says how it fails; nil if it does not.
func run(f *ir.Func, args []ir.Value) *evidence.Contract {
	env := &eval.Env{}
	u := &evidence.Unmet{Span: f.Span}
	for i, l := range f.Params {
		env = env.Bind(l, args[i])
		u.Args = append(u.Args, evidence.Binding{Local: l, Value: args[i]})
	}
	for _, c := range f.Requires {
		if ok, err := eval.Holds(c.Cond, env); err != nil || !ok {
			return nil
		}
	}
	if !fails(f, args, env, u) {
		return nil
	}
	return &evidence.Contract{Func: f, Verdict: evidence.Violated, Unmet: u}
}

// rows visits every choice of one value from each column, until visit does not
// want more. It reports whether it wanted all.
func rows(columns [][]ir.Value, row []ir.Value, visit func([]ir.Value) bool) bool {
	if len(row) == len(columns) {
		return visit(slices.Clone(row))
	}
	for _, v := range columns[len(row)] {
		if !rows(columns, append(row, v), visit) {
			return false
		}
	}
	return true
}

// small are some values of t, the smallest first; collections have at most size
// elements.
func small(t *ir.Type, size int) []ir.Value {
	switch t.Kind {
	case ir.IntKind, ir.DurationKind, ir.InstantKind:
		var out []ir.Value
		for _, n := range []int64{0, 1, 2, -1, 3, -2, 4, 5, 7, 10} {
			out = append(out, ir.NewInt(n))
		}
		return out
	case ir.StringKind:
		return []ir.Value{ir.Str(""), ir.Str("a"), ir.Str("b")}
	case ir.StructKind:
		return made(t.Fields, size, func(vs []ir.Value) ir.Value { return ir.StructValue{Type: t, Fields: vs} })
	case ir.SumKind:
		var out []ir.Value
		for i, v := range t.Variants {
			out = append(out, made(v.Fields, size, func(vs []ir.Value) ir.Value { return ir.SumValue{Type: t, Variant: i, Args: vs} })...)
		}
		return out
	case ir.SeqKind:
		return words(t, size)
	case ir.SetKind:
		return sets(t, size)
	case ir.MapKind:
		return maps(t, size)
	case ir.FuncKind:
		return functions(t, size)
	case ir.BagKind:
		return []ir.Value{ir.BagValue{}}
	}
	var out []ir.Value
	for v := range ir.Values(t) { // bool, a range or a sort
		if out = append(out, v); len(out) == 10 {
			break
		}
	}
	return out
}

// few are the first values of t, to be inside of others.
func few(t *ir.Type, size int) []ir.Value {
	all := small(t, size-1)
	return all[:min(len(all), 3)]
}

func made(fields []ir.Field, size int, value func([]ir.Value) ir.Value) []ir.Value {
	columns := make([][]ir.Value, len(fields))
	for i, f := range fields {
		columns[i] = few(f.Type, size)
	}
	var out []ir.Value
	rows(columns, nil, func(vs []ir.Value) bool {
		out = append(out, value(vs))
		return true
	})
	return out
}

// words are sequences, the shortest first.
func words(t *ir.Type, size int) []ir.Value {
	out := []ir.Value{ir.SeqValue{}}
	for n := 1; n <= size && (t.Max < 0 || n <= t.Max); n++ {
		fields := make([]ir.Field, n)
		for i := range fields {
			fields[i].Type = t.Elem
		}
		out = append(out, made(fields, size, func(vs []ir.Value) ir.Value { return ir.SeqValue{Elems: vs} })...)
	}
	return out
}

func sets(t *ir.Type, size int) []ir.Value {
	out := []ir.Value{ir.SetValue{}}
	if size > 0 {
		some := few(t.Elem, size)
		for _, v := range some {
			out = append(out, ir.SetValue{Elems: []ir.Value{v}})
		}
		out = append(out, ir.MakeSet(slices.Clone(some)))
	}
	return out
}

func maps(t *ir.Type, size int) []ir.Value {
	out := []ir.Value{ir.MapValue{}}
	if size > 0 {
		for _, k := range few(t.Key, size) {
			for _, v := range few(t.Elem, size) {
				out = append(out, ir.MapValue{Keys: []ir.Value{k}, Vals: []ir.Value{v}})
			}
		}
	}
	return out
}

// functions are total functions: all with few values if there are few keys,
// else those that have one value everywhere.
func functions(t *ir.Type, size int) []ir.Value {
	keys := slices.Collect(ir.Values(t.Key))
	fields := make([]ir.Field, len(keys))
	for i := range fields {
		fields[i].Type = t.Elem
	}
	if len(keys) <= 3 {
		return made(fields, size, func(vs []ir.Value) ir.Value { return ir.MapValue{Keys: keys, Vals: vs} })
	}
	var out []ir.Value
	for _, v := range few(t.Elem, size) {
		out = append(out, ir.MapValue{Keys: keys, Vals: slices.Repeat([]ir.Value{v}, len(keys))})
	}
	return out
}
