package eval_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// row is an operator applied to operands; want is its value as it prints, or
// err the kind of error.
type row struct {
	op   ir.Op
	t    *ir.Type // of the result; nil where the operands say it
	args []ir.Expr
	want string
	err  eval.ErrorKind
}

// bench is a B with a type of every sort to hand.
type bench struct {
	*irtest.B
	node, rank, ring, small *ir.Type
}

func newBench() bench {
	b := irtest.New("Ops")
	return bench{b, b.Sort("Node", 3, ir.Unordered), b.Sort("Rank", 3, ir.Ordered), b.Sort("Seat", 3, ir.Ring), b.Ints(0, 3)}
}

func (b bench) elem(t *ir.Type, i int) ir.Expr {
	return b.Val(t, ir.Elem{Sort: t.Sort, Index: i})
}

func (b bench) ints(op ir.Op, ns ...int64) ir.Expr {
	t := map[ir.Op]*ir.Type{ir.SetLit: b.Set(b.Int()), ir.BagLit: b.Bag(b.Int()), ir.SeqLit: b.Seq(b.Int(), -1)}[op]
	return b.OpT(t, op, b.each(ns...)...)
}

func (b bench) each(ns ...int64) []ir.Expr {
	var es []ir.Expr
	for _, n := range ns {
		es = append(es, b.I(n))
	}
	return es
}

func (b bench) dur(n int64) ir.Expr  { return b.Val(b.Duration(), ir.NewInt(n)) }
func (b bench) when(n int64) ir.Expr { return b.Val(b.Instant(), ir.NewInt(n)) }
func (b bench) str(s string) ir.Expr { return b.Val(b.String(), ir.Str(s)) }

// boom is a bool that cannot be evaluated.
func (b bench) boom() ir.Expr { return b.Op(ir.Eq, b.Op(ir.Div, b.I(1), b.I(0)), b.I(1)) }

func (b bench) mapping(kv ...int64) ir.Expr {
	return b.OpT(b.Map(b.Int(), b.Int()), ir.MapLit, b.each(kv...)...)
}

func (b bench) rows() []row {
	t, f := b.True(), b.False()
	set := func(ns ...int64) ir.Expr { return b.ints(ir.SetLit, ns...) }
	bag := func(ns ...int64) ir.Expr { return b.ints(ir.BagLit, ns...) }
	seq := func(ns ...int64) ir.Expr { return b.ints(ir.SeqLit, ns...) }
	fn := b.OpT(b.Func(b.small, b.Int()), ir.ConstFunc, b.I(7))
	two := b.To(b.small, b.I(2))
	a := func(es ...ir.Expr) []ir.Expr { return es }
	wide := b.Ints(0, 1<<40)
	return []row{
		{op: ir.Not, args: a(t), want: "false"},
		{op: ir.Not, args: a(f), want: "true"},
		{op: ir.And, args: a(t, t), want: "true"},
		{op: ir.And, args: a(t, f), want: "false"},
		{op: ir.And, args: a(f, b.boom()), want: "false"},
		{op: ir.And, args: a(t, b.boom()), err: eval.DivideByZero},
		{op: ir.Or, args: a(f, f), want: "false"},
		{op: ir.Or, args: a(f, t), want: "true"},
		{op: ir.Or, args: a(t, b.boom()), want: "true"},
		{op: ir.Or, args: a(b.boom(), t), err: eval.DivideByZero},
		{op: ir.Implies, args: a(t, f), want: "false"},
		{op: ir.Implies, args: a(t, t), want: "true"},
		{op: ir.Implies, args: a(f, b.boom()), want: "true"},
		{op: ir.Iff, args: a(f, f), want: "true"},
		{op: ir.Iff, args: a(f, t), want: "false"},
		{op: ir.Iff, args: a(f, b.boom()), err: eval.DivideByZero},
		{op: ir.Eq, args: a(set(1, 2), set(2, 1, 1)), want: "true"},
		{op: ir.Eq, args: a(bag(1, 2), bag(2, 1, 1)), want: "false"},
		{op: ir.Ne, args: a(seq(1, 2), seq(2, 1)), want: "true"},
		{op: ir.Ne, args: a(b.str("a"), b.str("a")), want: "false"},

		{op: ir.Neg, args: a(b.I(5)), want: "-5"},
		{op: ir.Neg, args: a(b.dur(5000)), want: "-5us"},
		{op: ir.Add, args: a(b.I(1<<62), b.I(1<<62)), want: "9223372036854775808"},
		{op: ir.Add, args: a(b.when(1), b.dur(999)), want: "1us"},
		{op: ir.Sub, args: a(b.I(2), b.I(5)), want: "-3"},
		{op: ir.Sub, t: b.Duration(), args: a(b.when(7000), b.when(2000)), want: "5us"},
		{op: ir.Mul, args: a(b.I(1<<40), b.I(-1<<40)), want: "-1208925819614629174706176"},
		{op: ir.Mul, t: b.Duration(), args: a(b.I(60), b.dur(1_000_000_000)), want: "1min"},
		{op: ir.Div, args: a(b.I(-7), b.I(2)), want: "-3"},
		{op: ir.Div, args: a(b.I(7), b.I(-2)), want: "-3"},
		{op: ir.Div, t: b.Int(), args: a(b.dur(7), b.dur(2)), want: "3"},
		{op: ir.Div, args: a(b.I(7), b.I(0)), err: eval.DivideByZero},
		{op: ir.Mod, args: a(b.I(-7), b.I(2)), want: "-1"},
		{op: ir.Mod, args: a(b.I(7), b.I(-2)), want: "1"},
		{op: ir.Mod, args: a(b.I(0), b.I(0)), err: eval.DivideByZero},
		{op: ir.Lt, args: a(b.I(-1), b.I(0)), want: "true"},
		{op: ir.Lt, args: a(b.elem(b.rank, 1), b.elem(b.rank, 1)), want: "false"},
		{op: ir.Le, args: a(b.elem(b.rank, 1), b.elem(b.rank, 1)), want: "true"},
		{op: ir.Gt, args: a(b.dur(2), b.dur(1)), want: "true"},
		{op: ir.Ge, args: a(b.I(0), b.I(1)), want: "false"},

		{op: ir.Next, args: a(b.elem(b.rank, 1)), want: "Rank.3"},
		{op: ir.Next, args: a(b.elem(b.rank, 2)), err: eval.NoNeighbour},
		{op: ir.Next, args: a(b.elem(b.ring, 2)), want: "Seat.1"},
		{op: ir.Prev, args: a(b.elem(b.rank, 1)), want: "Rank.1"},
		{op: ir.Prev, args: a(b.elem(b.rank, 0)), err: eval.NoNeighbour},

		{op: ir.Universe, t: b.Set(b.small), want: "{0, 1, 2, 3}"},
		{op: ir.Universe, t: b.Set(b.Bool()), want: "{false, true}"},
		{op: ir.Universe, t: b.Set(wide), err: eval.TooLarge},
		{op: ir.Interval, args: a(b.I(-1), b.I(2)), want: "{-1, 0, 1, 2}"},
		{op: ir.Interval, args: a(b.I(2), b.I(1)), want: "{}"},
		{op: ir.Interval, args: a(b.I(0), b.I(1<<40)), err: eval.TooLarge},
		{op: ir.SetLit, args: a(b.I(3), b.I(1), b.I(3)), want: "{1, 3}"},
		{op: ir.SetLit, t: b.Set(b.Int()), want: "{}"},
		{op: ir.In, args: a(b.I(1), set(1, 2)), want: "true"},
		{op: ir.In, args: a(b.I(3), set(1, 2)), want: "false"},
		{op: ir.In, args: a(b.I(2), bag(1, 2, 2)), want: "true"},
		{op: ir.In, args: a(b.I(2), seq(3, 1)), want: "false"},
		{op: ir.In, args: a(b.I(2), seq(3, 2)), want: "true"},
		{op: ir.In, args: a(b.I(2), b.mapping(2, 9)), want: "true"},
		{op: ir.In, args: a(b.I(9), b.mapping(2, 9)), want: "false"},
		{op: ir.In, args: a(b.I(1<<40), b.Op(ir.Interval, b.I(0), b.I(1<<50))), want: "true"},
		{op: ir.In, args: a(b.I(-1), b.Op(ir.Interval, b.I(0), b.I(1<<50))), want: "false"},
		{op: ir.In, args: a(b.To(wide, b.I(5)), b.Values(wide)), want: "true"},
		{op: ir.In, args: a(set(1), b.OpT(b.Set(b.Set(b.Int())), ir.Powerset, b.Op(ir.Interval, b.I(0), b.I(99)))), want: "true"},
		{op: ir.In, args: a(set(1, 100), b.OpT(b.Set(b.Set(b.Int())), ir.Powerset, b.Op(ir.Interval, b.I(0), b.I(99)))), want: "false"},
		{op: ir.Subset, args: a(set(1), set(1, 2)), want: "true"},
		{op: ir.Subset, args: a(set(1, 3), set(1, 2)), want: "false"},
		{op: ir.Union, args: a(set(1, 3), set(3, 2)), want: "{1, 2, 3}"},
		{op: ir.Inter, args: a(set(1, 3), set(3, 2)), want: "{3}"},
		{op: ir.Diff, args: a(set(1, 3), set(3, 2)), want: "{1}"},
		{op: ir.Powerset, t: b.Set(b.Set(b.Int())), args: a(set(1, 2)), want: "{{}, {1}, {1, 2}, {2}}"},
		{op: ir.Powerset, t: b.Set(b.Set(b.Int())), args: a(b.Op(ir.Interval, b.I(1), b.I(99))), err: eval.TooLarge},
		{op: ir.Len, args: a(set(1, 1, 2)), want: "2"},
		{op: ir.Len, args: a(bag(1, 1, 2)), want: "3"},
		{op: ir.Len, args: a(seq(1, 1, 2)), want: "3"},
		{op: ir.Len, args: a(b.mapping(1, 1, 2, 1)), want: "2"},
		{op: ir.Len, args: a(b.str("hé")), want: "3"},
		{op: ir.ToSet, args: a(seq(2, 1, 2)), want: "{1, 2}"},
		{op: ir.ToSet, args: a(bag(2, 1, 2)), want: "{1, 2}"},
		{op: ir.BagLit, args: a(b.I(2), b.I(1), b.I(2)), want: "{1, 2, 2}"},
		{op: ir.BagAdd, args: a(bag(2, 1), bag(2, 0)), want: "{0, 1, 2, 2}"},
		{op: ir.BagSub, args: a(bag(2, 1, 2), bag(2, 1, 1, 0)), want: "{2}"},
		{op: ir.CountOf, args: a(bag(2, 1, 2), b.I(2)), want: "2"},
		{op: ir.CountOf, args: a(bag(2, 1, 2), b.I(3)), want: "0"},
		{op: ir.CountOf, args: a(seq(2, 1, 2), b.I(2)), want: "2"},
		{op: ir.ConstFunc, t: b.Func(b.Bool(), b.Int()), args: a(b.I(4)), want: "{false: 4, true: 4}"},
		{op: ir.MapLit, args: b.each(2, 5, 1, 6, 2, 7), want: "{1: 6, 2: 7}"},
		{op: ir.Get, args: a(fn, two), want: "7"},
		{op: ir.Get, args: a(b.mapping(1, 6), b.I(1)), want: "6"},
		{op: ir.Get, args: a(b.mapping(1, 6), b.I(6)), err: eval.MissingKey},
		{op: ir.Get, args: a(b.mapping(), b.I(6)), err: eval.MissingKey},
		{op: ir.Get, args: a(seq(4, 5), b.I(1)), want: "5"},
		{op: ir.Get, args: a(seq(4, 5), b.I(2)), err: eval.OutsideIndex},
		{op: ir.Get, args: a(seq(4, 5), b.I(-1)), err: eval.OutsideIndex},
		{op: ir.Get, args: a(seq(), b.I(0)), err: eval.OutsideIndex},
		{op: ir.Put, args: a(fn, two, b.I(1)), want: "{0: 7, 1: 7, 2: 1, 3: 7}"},
		{op: ir.Put, args: a(b.mapping(3, 6), b.I(1), b.I(9)), want: "{1: 9, 3: 6}"},
		{op: ir.Put, args: a(b.mapping(1, 6), b.I(1), b.I(9)), want: "{1: 9}"},
		{op: ir.Put, args: a(seq(4, 5), b.I(0), b.I(9)), want: "[9, 5]"},
		{op: ir.Put, args: a(seq(4, 5), b.I(2), b.I(9)), err: eval.OutsideIndex},
		{op: ir.RemoveKey, args: a(b.mapping(1, 6, 2, 7), b.I(1)), want: "{2: 7}"},
		{op: ir.RemoveKey, args: a(b.mapping(1, 6), b.I(2)), want: "{1: 6}"},
		{op: ir.Keys, args: a(b.mapping(2, 6, 1, 7)), want: "{1, 2}"},
		{op: ir.SeqLit, args: a(b.I(2), b.I(1)), want: "[2, 1]"},
		{op: ir.SeqLit, t: b.Seq(b.Int(), 3), want: "[]"},
		{op: ir.Concat, args: a(seq(1), seq(0, 1)), want: "[1, 0, 1]"},
		{op: ir.Concat, args: a(b.str("a"), b.str("b")), want: `"ab"`},
		{op: ir.Slice, args: a(seq(4, 5, 6), b.I(1), b.I(3)), want: "[5, 6]"},
		{op: ir.Slice, args: a(seq(4, 5, 6), b.I(3), b.I(3)), want: "[]"},
		{op: ir.Slice, args: a(seq(4, 5, 6), b.I(2), b.I(1)), err: eval.OutsideIndex},
		{op: ir.Slice, args: a(seq(4, 5, 6), b.I(1), b.I(4)), err: eval.OutsideIndex},
		{op: ir.Slice, args: a(seq(4, 5, 6), b.I(-1), b.I(1)), err: eval.OutsideIndex},
	}
}

func (b bench) apply(r row) *ir.Apply {
	if r.t == nil {
		return b.Op(r.op, r.args...).(*ir.Apply)
	}
	return b.OpT(r.t, r.op, r.args...).(*ir.Apply)
}

func TestOperators(t *testing.T) {
	b := newBench()
	valued, failed := map[ir.Op]bool{}, map[ir.Op]bool{}
	for _, tt := range b.rows() {
		e := b.apply(tt)
		var types []*ir.Type
		for _, a := range tt.args {
			types = append(types, a.Type())
		}
		if err := tt.op.CheckTypes(types, e.T); err != nil {
			t.Errorf("the test is ill-typed: %v", err)
			continue
		}
		v, err := eval.Expr(e, &eval.Env{})
		switch {
		case err != nil && err.Kind != tt.err || err == nil && tt.want == "":
			t.Errorf("%s: got %v, %v, want %q, %v", tt.op, v, err, tt.want, tt.err)
		case err == nil && ir.FormatAs(v, e.T) != tt.want:
			t.Errorf("%s: got %s, want %s", tt.op, ir.FormatAs(v, e.T), tt.want)
		case err == nil && !ir.Fits(v, e.T):
			t.Errorf("%s: %s is not a value of %s", tt.op, ir.Format(v), e.T)
		case err != nil && err.Kind != eval.TooLarge && !err.Span.IsValid():
			t.Errorf("%s: the error has no place", tt.op)
		}
		if err == nil {
			valued[tt.op] = true
		} else if err.Span == e.Loc {
			failed[tt.op] = true
		}
	}
	for op, r := range ir.Ops {
		switch op := ir.Op(op); {
		case op == 0 || r.Temporal:
		case !valued[op]:
			t.Errorf("operator %d, %s, has no row", int(op), r.Name)
		case r.Partial && !failed[op]:
			t.Errorf("operator %d, %s, has no row where it fails", int(op), r.Name)
		}
	}
}

func TestTemporalOperatorsAreNoStatePredicates(t *testing.T) {
	b := newBench()
	for op, r := range ir.Ops {
		if !r.Temporal {
			continue
		}
		args := []ir.Expr{b.True(), b.True()}[:r.Arity]
		if ir.Op(op) == ir.Within {
			args[0] = b.dur(1)
		}
		_, err := eval.Expr(b.OpT(b.Bool(), ir.Op(op), args...), &eval.Env{})
		if err == nil || err.Kind != eval.IllFormed {
			t.Errorf("%s: got %v, want an ill-formed expression", r.Name, err)
		}
	}
}

func TestMessages(t *testing.T) {
	b := newBench()
	opt := b.Option(b.Int())
	few := b.Seq(b.small, 2)
	x := b.Local("x", b.Int())
	shape := b.Enum("Shape", ir.Variant{Name: "Dot"}, ir.Variant{Name: "Line", Fields: []ir.Field{{Name: "to", Type: b.Int()}}})
	node := func(t *ir.Type) ir.Node { return ir.Node{T: t} }
	for _, tt := range []struct {
		e    ir.Expr
		want string
	}{
		{b.Op(ir.Div, b.I(7), b.I(0)), "division by zero: 7 / 0"},
		{b.Op(ir.Mod, b.dur(5000), b.dur(0)), "division by zero: 5us % 0"},
		{b.Op(ir.Get, b.mapping(1, 2, 3, 4), b.I(2)), "no value for key 2: the keys are {1, 3}"},
		{b.Op(ir.Get, b.mapping(), b.I(2)), "no value for key 2: the map is empty"},
		{b.Op(ir.Get, b.ints(ir.SeqLit, 4, 5), b.I(2)), "index 2 is outside 0..1: the sequence is [4, 5]"},
		{b.Op(ir.Get, b.ints(ir.SeqLit), b.I(2)), "index 2 into an empty sequence"},
		{b.Op(ir.Slice, b.ints(ir.SeqLit, 4), b.I(1), b.I(2)), "slice 1:2 of a sequence of length 1: expected 0 <= from <= to <= length"},
		{b.To(b.small, b.I(4)), "expected 0..3, found 4"},
		{b.To(b.Set(b.small), b.ints(ir.SetLit, 1, 9)), "expected 0..3, found 9 in {1, 9}"},
		{b.To(few, b.ints(ir.SeqLit, 1, 2, 3)), "expected at most 2 elements, found 3: [1, 2, 3]"},
		{&ir.Payload{Node: node(b.Int()), X: b.Make(opt, 0), Variant: 1}, "none has no value"},
		{&ir.Payload{Node: node(b.Int()), X: b.Make(shape, 0), Variant: 1}, "expected Line, found Dot"},
		{b.Bind(b.Int(), ir.Min, x, b.ints(ir.SetLit), nil, b.Use(x)), "min of nothing: no element"},
		{b.Bind(b.Int(), ir.Choose, x, b.ints(ir.SetLit, 1), b.False(), nil), "choose of nothing: no element fits the condition"},
		{b.Op(ir.Next, b.elem(b.rank, 2)), "nothing comes after the last element, Rank.3"},
		{b.Op(ir.Prev, b.elem(b.rank, 0)), "nothing comes before the first element, Rank.1"},
		{b.Values(b.Ints(0, 1<<40)), "1099511627777 values of 0..1099511627776, expected at most 1000000"},
		{b.OpT(b.Bool(), ir.Always, b.True()), "always is not a state predicate: it speaks about a whole run"},
		{b.Use(x), "x has no value here"},
	} {
		_, err := eval.Expr(tt.e, &eval.Env{})
		if err == nil || err.Msg != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}
