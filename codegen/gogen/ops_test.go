package gogen

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
)

// table is what operators are tested on: variables of many types.
type table struct {
	*irtest.B
	rank, ring                *ir.Type
	n, m, ok, set, other, bag *ir.Var
	q, word, top, seat, f, mp *ir.Var
	wait                      *ir.Var
}

func newTable() *table {
	b := irtest.New("T")
	t := &table{B: b, rank: b.Sort("Rank", 3, ir.Ordered), ring: b.Sort("Seat", 3, ir.Ring)}
	t.n, t.m, t.ok = b.Var("n", b.Int()), b.Var("m", b.Ints(0, 9)), b.Var("ok", b.Bool())
	t.set, t.other, t.bag = b.Var("set", b.Set(b.Int())), b.Var("other", b.Set(b.Int())), b.Var("bag", b.Bag(b.Int()))
	t.q, t.word = b.Var("q", b.Seq(b.Int(), -1)), b.Var("word", b.String())
	t.top, t.seat = b.Var("top", t.rank), b.Var("seat", t.ring)
	t.f, t.mp = b.Var("f", b.Func(t.rank, b.Int())), b.Var("mp", b.Map(b.Int(), b.Bool()))
	t.wait = b.Var("wait", b.Duration())
	return t
}

// row is an operator applied to operands, with what is written for it. A @
// stands for the place, which is the last argument of what may fail.
type row struct {
	op   ir.Op
	t    *ir.Type // of the result, where the operands do not say
	args []ir.Expr
	want string
}

func (b *table) rows() []row {
	get := b.Get
	a := func(es ...ir.Expr) []ir.Expr { return es }
	small := func() ir.Expr { return b.To(b.Int(), get(b.m)) }
	no := func() ir.Expr { return b.Op(ir.Lt, get(b.n), b.I(0)) }
	return []row{
		{op: ir.Not, args: a(get(b.ok)), want: "!s.Ok"},
		{op: ir.Not, args: a(no()), want: "!(s.N < 0)"},
		{op: ir.And, args: a(get(b.ok), no()), want: "s.Ok && s.N < 0"},
		{op: ir.And, args: a(get(b.ok), get(b.ok)), want: "s.Ok"},
		{op: ir.Or, args: a(get(b.ok), no()), want: "s.Ok || s.N < 0"},
		{op: ir.Implies, args: a(get(b.ok), no()), want: "!s.Ok || s.N < 0"},
		{op: ir.Iff, args: a(get(b.ok), no()), want: "s.Ok == (s.N < 0)"},
		{op: ir.Eq, args: a(get(b.n), b.I(1)), want: "s.N == 1"},
		{op: ir.Eq, args: a(get(b.set), get(b.other)), want: "s.Set.Compare(s.Other) == 0"},
		{op: ir.Eq, args: a(get(b.q), b.OpT(b.Seq(b.Int(), -1), ir.SeqLit)), want: "len(s.Q) == 0"},
		{op: ir.Ne, args: a(get(b.n), b.I(1)), want: "s.N != 1"},

		{op: ir.Neg, args: a(small()), want: "-s.M"},
		{op: ir.Neg, args: a(get(b.n)), want: "e.sub(0, s.N, @)"},
		{op: ir.Add, args: a(small(), b.I(1)), want: "s.M + 1"},
		{op: ir.Add, args: a(get(b.n), b.I(1)), want: "e.add(s.N, 1, @)"},
		{op: ir.Add, args: a(get(b.wait), get(b.wait)), want: "time.Duration(e.add(int64(s.Wait), int64(s.Wait), @))"},
		{op: ir.Sub, args: a(small(), b.Op(ir.Sub, small(), b.I(1))), want: "s.M - (s.M - 1)"},
		{op: ir.Sub, args: a(get(b.n), get(b.n)), want: "e.sub(s.N, s.N, @)"},
		{op: ir.Mul, args: a(small(), b.Op(ir.Add, small(), b.I(1))), want: "s.M * (s.M + 1)"},
		{op: ir.Mul, args: a(get(b.n), b.I(2)), want: "e.mul(s.N, 2, @)"},
		{op: ir.Div, args: a(get(b.n), b.I(2)), want: "s.N / 2"},
		{op: ir.Div, args: a(get(b.n), small()), want: "e.div(s.N, s.M, @)"},
		{op: ir.Mod, args: a(get(b.n), b.I(2)), want: "s.N % 2"},
		{op: ir.Mod, args: a(b.I(2), small()), want: "e.mod(2, s.M, @)"},
		{op: ir.Lt, args: a(get(b.n), b.I(2)), want: "s.N < 2"},
		{op: ir.Le, args: a(get(b.top), get(b.top)), want: "s.Top <= s.Top"},
		{op: ir.Gt, args: a(b.Op(ir.Len, get(b.q)), b.I(2)), want: "len(s.Q) > 2"},
		{op: ir.Ge, args: a(get(b.n), get(b.n)), want: "s.N >= s.N"},
		{op: ir.Next, args: a(get(b.top)), want: "s.Top.neighbour(e, 1, @)"},
		{op: ir.Next, args: a(get(b.seat)), want: "(s.Seat + 1) % NumSeat"},
		{op: ir.Prev, args: a(get(b.top)), want: "s.Top.neighbour(e, -1, @)"},

		{op: ir.Universe, t: b.Set(b.Ints(0, 3)), want: "NewIntSet(all0To3()...)"},
		{op: ir.Interval, args: a(get(b.n), b.I(3)), want: "NewIntSet(e.interval(s.N, 3, @)...)"},
		{op: ir.SetLit, args: a(get(b.n), b.I(3)), want: "NewIntSet(s.N, 3)"},
		{op: ir.SetLit, t: b.Set(b.Int()), want: "IntSet{}"},
		{op: ir.In, args: a(get(b.n), get(b.set)), want: "s.Set.Has(s.N)"},
		{op: ir.In, args: a(get(b.n), b.Op(ir.SetLit, b.I(1), b.I(2))), want: "s.N == 1 || s.N == 2"},
		{op: ir.In, args: a(get(b.n), b.Op(ir.Interval, b.I(1), b.I(2))), want: "1 <= s.N && s.N <= 2"},
		{op: ir.In, args: a(get(b.set), b.Op(ir.Powerset, get(b.other))), want: "s.Set.SubsetOf(s.Other)"},
		{op: ir.In, args: a(get(b.n), get(b.q)), want: "s.Q.Has(s.N)"},
		{op: ir.In, args: a(get(b.n), get(b.mp)), want: "s.Mp.Has(s.N)"},
		{op: ir.Subset, args: a(get(b.set), get(b.other)), want: "s.Set.SubsetOf(s.Other)"},
		{op: ir.Union, args: a(get(b.set), get(b.other)), want: "s.Set.Union(s.Other)"},
		{op: ir.Union, args: a(get(b.set), b.Op(ir.SetLit, b.I(1))), want: "s.Set.With(1)"},
		{op: ir.Inter, args: a(get(b.set), get(b.other)), want: "s.Set.Intersect(s.Other)"},
		{op: ir.Diff, args: a(get(b.set), get(b.other)), want: "s.Set.Minus(s.Other)"},
		{op: ir.Diff, args: a(get(b.set), b.Op(ir.SetLit, b.I(1))), want: "s.Set.Without(1)"},
		{op: ir.Powerset, args: a(get(b.set)), want: "NewIntSetSet(s.Set.subsets(e, @)...)"},
		{op: ir.Len, args: a(get(b.set)), want: "int64(s.Set.Len())"},
		{op: ir.Len, args: a(get(b.word)), want: "int64(len(s.Word))"},
		{op: ir.ToSet, args: a(get(b.q)), want: "NewIntSet(s.Q...)"},
		{op: ir.BagLit, args: a(b.I(1), b.I(1)), want: "NewIntBag(1, 1)"},
		{op: ir.BagAdd, args: a(get(b.bag), get(b.bag)), want: "s.Bag.Plus(s.Bag)"},
		{op: ir.BagSub, args: a(get(b.bag), get(b.bag)), want: "s.Bag.Minus(s.Bag)"},
		{op: ir.CountOf, args: a(get(b.bag), b.I(1)), want: "s.Bag.Count(1)"},
		{op: ir.ConstFunc, t: b.f.Type, args: a(b.I(0)), want: "IntByRank{}"},
		{op: ir.ConstFunc, t: b.f.Type, args: a(b.I(7)), want: "IntByRank{}.filled(7)"},
		{op: ir.MapLit, args: a(b.I(1), get(b.ok)), want: "IntBoolMap{}.With(1, s.Ok)"},
		{op: ir.Get, args: a(get(b.f), get(b.top)), want: "s.F[s.Top]"},
		{op: ir.Get, args: a(get(b.mp), get(b.n)), want: "s.Mp.at(e, s.N, @)"},
		{op: ir.Get, args: a(get(b.q), get(b.n)), want: "s.Q.at(e, s.N, @)"},
		{op: ir.Put, args: a(get(b.f), get(b.top), b.I(1)), want: "s.F.with(int(s.Top), 1)"},
		{op: ir.Put, args: a(get(b.mp), b.I(1), get(b.ok)), want: "s.Mp.With(1, s.Ok)"},
		{op: ir.Put, args: a(get(b.q), b.I(1), b.I(2)), want: "s.Q.put(e, 1, 2, @)"},
		{op: ir.RemoveKey, args: a(get(b.mp), b.I(1)), want: "s.Mp.Without(1)"},
		{op: ir.Keys, args: a(get(b.mp)), want: "NewIntSet(s.Mp.keys...)"},
		{op: ir.SeqLit, args: a(b.I(2), b.I(1)), want: "IntSeq{2, 1}"},
		{op: ir.Concat, args: a(get(b.q), get(b.q)), want: "slices.Concat(s.Q, s.Q)"},
		{op: ir.Concat, args: a(get(b.word), get(b.word)), want: "s.Word + s.Word"},
		{op: ir.Slice, args: a(get(b.q), b.I(1), b.I(2)), want: "s.Q.slice(e, 1, 2, @)"},
	}
}

func (b *table) apply(r row) *ir.Apply {
	if r.t == nil {
		return b.Op(r.op, r.args...).(*ir.Apply)
	}
	return b.OpT(r.t, r.op, r.args...).(*ir.Apply)
}

// TestOperators says what is written for each operator, and that none is
// missing: those that speak about runs are refused.
func TestOperators(t *testing.T) {
	b := newTable()
	written := map[ir.Op]bool{}
	for _, r := range b.rows() {
		e := b.apply(r)
		g := newGen(b.Sys, Options{})
		f := g.newFn("s", "s")
		got := f.expr(e).text
		want := strings.ReplaceAll(r.want, "@", f.where(e.Loc))
		if got != want || len(g.diags) > 0 {
			t.Errorf("%s: got %s, %v, want %s", r.op, got, g.diags, want)
		}
		if f.faults != strings.Contains(r.want, "@") {
			t.Errorf("%s: %s can fail: %v", r.op, got, f.faults)
		}
		written[r.op] = true
	}
	for op, r := range ir.Ops {
		switch op := ir.Op(op); {
		case op == 0:
		case r.Temporal:
			g := newGen(b.Sys, Options{})
			g.newFn("s", "s").expr(b.OpT(b.Bool(), op, b.True(), b.True()))
			if len(g.diags) != 1 || g.diags[0].Code != NotExpressible {
				t.Errorf("operator %d, %s: got %v, want %s", int(op), r.Name, g.diags, NotExpressible)
			}
		case !written[op]:
			t.Errorf("operator %d, %s, has no row", int(op), r.Name)
		}
	}
}

// TestKnown says which checks conditions spare.
func TestKnown(t *testing.T) {
	b := newTable()
	f := func(cond, e ir.Expr) string {
		w := newGen(b.Sys, Options{}).newFn("s", "s")
		w.assume(cond, true)
		return w.expr(e).text
	}
	opt := b.Option(b.Int())
	x := b.Var("x", opt)
	value := &ir.Payload{Node: ir.Node{T: b.Int()}, X: b.Get(x), Variant: 1}
	plus := b.Op(ir.Add, b.Get(b.n), b.I(1))
	first := b.Op(ir.Get, b.Get(b.q), b.I(0))
	none := b.Make(opt, 0)
	empty := b.OpT(b.q.Type, ir.SeqLit)
	for _, tt := range []struct {
		name  string
		cond  ir.Expr
		e     ir.Expr
		plain string // what is written if the condition spares the check
		spare bool
	}{
		{"smaller", b.Op(ir.Lt, b.Get(b.n), b.I(5)), plus, "s.N + 1", true},
		{"smaller, turned around", b.Op(ir.Gt, b.I(5), b.Get(b.n)), plus, "s.N + 1", true},
		{"not at least", b.Op(ir.Not, b.Op(ir.Ge, b.Get(b.n), b.I(5))), plus, "s.N + 1", true},
		{"greater", b.Op(ir.Gt, b.Get(b.n), b.I(5)), plus, "s.N + 1", false},
		{"or", b.Op(ir.Or, b.Get(b.ok), b.Op(ir.Lt, b.Get(b.n), b.I(5))), plus, "s.N + 1", false},
		{"another variable", b.Op(ir.Lt, b.To(b.Int(), b.Get(b.m)), b.I(5)), plus, "s.N + 1", false},
		{"some", b.Op(ir.Ne, b.Get(x), none), value, "s.X.Value", true},
		{"none", b.Op(ir.Eq, b.Get(x), none), value, "s.X.Value", false},
		{"not empty", b.Op(ir.Ne, b.Get(b.q), empty), first, "s.Q[0]", true},
		{"long enough", b.Op(ir.Gt, b.Op(ir.Len, b.Get(b.q)), b.I(0)), first, "s.Q[0]", true},
		{"empty", b.Op(ir.Eq, b.Get(b.q), empty), first, "s.Q[0]", false},
	} {
		if got := f(tt.cond, tt.e); (got == tt.plain) != tt.spare {
			t.Errorf("%s: got %s, want %s: %v", tt.name, got, tt.plain, tt.spare)
		}
	}
}
