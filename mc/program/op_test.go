package program_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
)

// operation is an operator on operands of some types.
type operation struct {
	op     ir.Op
	args   []*ir.Type
	result *ir.Type
}

// bench has a System of nothing but types, with some values of each.
type bench struct {
	*irtest.B
	values map[*ir.Type][]ir.Value
}

func newBench() *bench {
	b := &bench{irtest.New("Operators"), map[*ir.Type][]ir.Value{}}
	for _, n := range []int64{-7, -1, 0, 1, 2, 3, 1<<61 - 1, 1 << 61, 1<<62 - 1, -1 << 62, 1<<63 - 1, -1 << 63} {
		b.values[b.Int()] = append(b.values[b.Int()], ir.NewInt(n))
	}
	b.values[b.Int()] = append(b.values[b.Int()], ir.Int{Int: new(big.Int).Exp(big.NewInt(-10), big.NewInt(31), nil)})
	b.values[b.Duration()], b.values[b.Instant()] = b.values[b.Int()], b.values[b.Int()]
	b.values[b.String()] = []ir.Value{ir.Str(""), ir.Str("a"), ir.Str("ab"), ir.Str("abcdefghij"), ir.Str("b")}
	return b
}

// few are some values of a type.
func (b *bench) few(t *ir.Type) []ir.Value {
	if vs := b.values[t]; vs != nil {
		return vs
	}
	var vs []ir.Value
	switch _, finite := ir.Card(t); {
	case finite:
		for v := range ir.Values(t) {
			if vs = append(vs, v); len(vs) == 40 {
				break
			}
		}
	case t.Kind == ir.SetKind:
		vs = b.collections(t, func(es []ir.Value) ir.Value { return ir.MakeSet(es) })
	case t.Kind == ir.SeqKind:
		vs = b.collections(t, func(es []ir.Value) ir.Value { return ir.SeqValue{Elems: es} })
	case t.Kind == ir.BagKind:
		vs = b.collections(t, func(es []ir.Value) ir.Value {
			s := ir.MakeSet(es).Elems
			counts := make([]int, len(s))
			for i := range s {
				counts[i] = 1 + (i+len(s))%3
			}
			return ir.BagValue{Elems: s, Counts: counts}
		})
	case t.Kind == ir.MapKind:
		vals := b.few(t.Elem)
		vs = b.keyed(t, func(keys []ir.Value, n int) ir.Value {
			m := ir.MapValue{Keys: ir.MakeSet(keys).Elems}
			for i := range m.Keys {
				m.Vals = append(m.Vals, vals[(n+i)%len(vals)])
			}
			return m
		})
	case t.Kind == ir.FuncKind:
		keys, vals := slices.Collect(ir.Values(t.Key)), b.few(t.Elem)
		for n := range 8 {
			m := ir.MapValue{Keys: keys}
			for i := range keys {
				m.Vals = append(m.Vals, vals[(n+i*i)%len(vals)])
			}
			vs = append(vs, m)
		}
	}
	b.values[t] = vs
	return vs
}

func (b *bench) collections(t *ir.Type, build func([]ir.Value) ir.Value) []ir.Value {
	elems := b.few(t.Elem)
	var vs []ir.Value
	for n := range 12 {
		var es []ir.Value
		for i := range n % 5 {
			es = append(es, elems[(n+i*(n%3))%len(elems)])
		}
		vs = append(vs, build(es))
	}
	return vs
}

func (b *bench) keyed(t *ir.Type, build func([]ir.Value, int) ir.Value) []ir.Value {
	keys := b.few(t.Key)
	var vs []ir.Value
	for n := range 10 {
		var ks []ir.Value
		for i := range n % 4 {
			ks = append(ks, keys[(n+2*i)%len(keys)])
		}
		vs = append(vs, build(ks, n))
	}
	return vs
}

func (b *bench) operations() []operation {
	boolean, integer, text := b.Bool(), b.Int(), b.String()
	node, slot, seat := b.Sort("Node", 3, ir.Unordered), b.Sort("Slot", 3, ir.Ordered), b.Sort("Seat", 3, ir.Ring)
	msg := b.Enum("Msg", ir.Variant{Name: "No"}, ir.Variant{Name: "Say", Fields: []ir.Field{{Name: "who", Type: node}}})
	of := func(r *ir.Type, args ...*ir.Type) func(...ir.Op) []operation {
		return func(ops ...ir.Op) []operation {
			var out []operation
			for _, op := range ops {
				out = append(out, operation{op, args, r})
			}
			return out
		}
	}
	out := slices.Concat(
		of(boolean, boolean)(ir.Not), of(boolean, boolean, boolean)(ir.And, ir.Or, ir.Implies, ir.Iff),
		of(integer, integer)(ir.Neg), of(integer, integer, integer)(ir.Add, ir.Sub, ir.Mul, ir.Div, ir.Mod),
		of(b.Duration(), b.Duration(), b.Duration())(ir.Add, ir.Sub, ir.Mod),
		of(slot, slot)(ir.Next, ir.Prev), of(seat, seat)(ir.Next),
		of(text, text, text)(ir.Concat), of(integer, text)(ir.Len),
		of(b.Set(node))(ir.Universe), of(b.Set(msg))(ir.Universe), of(b.Set(b.Tuple(msg, msg)))(ir.Universe),
	)
	for _, t := range []*ir.Type{integer, b.Ints(-4, 4), slot} {
		out = append(out, of(boolean, t, t)(ir.Lt, ir.Le, ir.Gt, ir.Ge)...)
	}
	for _, e := range []*ir.Type{integer, node, msg, b.Set(node), text} { // packed and not
		set, seq, bag := b.Set(e), b.Seq(e, -1), b.Bag(e)
		out = slices.Concat(out,
			of(boolean, e, e)(ir.Eq, ir.Ne), of(boolean, e, set)(ir.In), of(boolean, e, seq)(ir.In), of(boolean, e, bag)(ir.In),
			of(boolean, set, set)(ir.Eq, ir.Subset), of(set, set, set)(ir.Union, ir.Inter, ir.Diff),
			of(set)(ir.SetLit), of(set, e)(ir.SetLit), of(set, e, e)(ir.SetLit),
			of(integer, set)(ir.Len), of(integer, seq)(ir.Len), of(integer, bag)(ir.Len),
			of(b.Set(set), set)(ir.Powerset), of(set, seq)(ir.ToSet), of(set, bag)(ir.ToSet),
			of(bag, e, e)(ir.BagLit), of(bag, bag, bag)(ir.BagAdd, ir.BagSub), of(integer, bag, e)(ir.CountOf), of(integer, seq, e)(ir.CountOf),
			of(seq, e, e)(ir.SeqLit), of(seq, seq, seq)(ir.Concat), of(seq, seq, integer, integer)(ir.Slice),
			of(e, seq, integer)(ir.Get), of(seq, seq, integer, e)(ir.Put))
		for _, k := range []*ir.Type{integer, msg} {
			m := b.Map(k, e)
			out = slices.Concat(out, of(m, k, e, k, e)(ir.MapLit), of(e, m, k)(ir.Get), of(m, m, k, e)(ir.Put),
				of(m, m, k)(ir.RemoveKey), of(b.Set(k), m)(ir.Keys), of(boolean, k, m)(ir.In), of(integer, m)(ir.Len))
		}
		f := b.Func(msg, e)
		out = slices.Concat(out, of(f, e)(ir.ConstFunc), of(e, f, msg)(ir.Get), of(f, f, msg, e)(ir.Put))
	}
	short := b.Seq(node, 3)
	return slices.Concat(out, of(node, short, integer)(ir.Get), of(short, short, integer, node)(ir.Put), of(short, short, integer, integer)(ir.Slice),
		of(short, node, node)(ir.SeqLit), of(boolean, node, short)(ir.In), of(integer, short)(ir.Len))
}

// maxRows is how many choices of operands are tried for one operation.
const maxRows = 3000

// TestOperators compares every operator with the judge, on operands that are
// read from registers.
func TestOperators(t *testing.T) {
	b := newBench()
	seen := map[ir.Op]bool{ir.Interval: true} // see TestIntervals
	for _, o := range b.operations() {
		seen[o.op] = true
		t.Run(fmt.Sprintf("%s%s", o.op, o.args), func(t *testing.T) { b.try(t, o) })
	}
	for op := ir.Not; int(op) < len(ir.Ops); op++ {
		if !seen[op] && !ir.Ops[op].Temporal {
			t.Errorf("operator %s is not tested", op)
		}
	}
}

// TestIntervals tries ends that are not too far apart.
func TestIntervals(t *testing.T) {
	b := newBench()
	huge := new(big.Int).Lsh(big.NewInt(1), 70)
	b.values[b.Int()] = []ir.Value{ir.NewInt(-2), ir.NewInt(0), ir.NewInt(3), ir.NewInt(1 << 50), ir.Int{Int: huge}, ir.Int{Int: new(big.Int).Add(huge, big.NewInt(2))}}
	b.try(t, operation{ir.Interval, []*ir.Type{b.Int(), b.Int()}, b.Set(b.Int())})
}

func (b *bench) try(t *testing.T, o operation) {
	t.Helper()
	prog, c := program.Compile(b.Sys)
	locals := make([]*ir.Local, len(o.args))
	args := make([]ir.Expr, len(o.args))
	for i, typ := range o.args {
		locals[i] = b.Local(fmt.Sprint("x", i), typ)
		args[i] = b.Use(locals[i])
	}
	e := b.OpT(o.result, o.op, args...)
	x := c.Expression(e)
	for i := range locals {
		c.Register(locals[i])
	}
	m := prog.NewMachine()
	row := make([]ir.Value, len(o.args))
	rows := 0
	var each func(i int)
	each = func(i int) {
		if i < len(row) {
			vs := b.few(o.args[i])
			for j := range vs {
				row[i] = vs[(j+rows)%len(vs)]
				if each(i + 1); rows > maxRows {
					return
				}
			}
			return
		}
		rows++
		env := &eval.Env{}
		for j, l := range locals {
			m.Bind(c.Register(l), c.Rep(l.Type).Encode(row[j]))
			env = env.Bind(l, row[j])
		}
		want, err := eval.Expr(e, env)
		w, failure := m.Eval(x, nil, nil)
		switch {
		case (err != nil) != (failure != nil):
			t.Fatalf("%s of %s: got failure %v, want %v", o.op, ir.Format(ir.SeqValue{Elems: row}), failure, err)
		case err != nil && (failure.Kind != err.Kind || failure.Span != err.Span):
			t.Fatalf("%s of %s: got %v at %v, want %v at %v", o.op, ir.Format(ir.SeqValue{Elems: row}), failure.Kind, failure.Span, err.Kind, err.Span)
		case err == nil && !ir.Equal(c.Rep(o.result).Decode(w), want):
			t.Fatalf("%s of %s: got %s, want %s", o.op, ir.Format(ir.SeqValue{Elems: row}), ir.Format(c.Rep(o.result).Decode(w)), ir.Format(want))
		}
	}
	each(0)
	if rows == 0 {
		t.Fatal("nothing was tried")
	}
}
