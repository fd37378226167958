package effects_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestMayFail has each way to fail, and beside it what rules it out.
func TestMayFail(t *testing.T) {
	b := irtest.New("Faults")
	digit := b.Ints(0, 9)
	opt, seq, m := b.Option(b.Int()), b.Seq(b.Int(), 2), b.Map(digit, b.Int())
	x, d, o, s, f := b.Var("x", b.Int()), b.Var("d", digit), b.Var("o", opt), b.Var("s", seq), b.Var("f", m)
	is := func(v int) ir.Expr { return &ir.Is{Node: ir.Node{T: b.Bool()}, X: b.Get(o), Variant: v} }
	value := func() ir.Expr { return &ir.Payload{Node: ir.Node{T: b.Int()}, X: b.Get(o), Variant: 1} }
	positive := func(e ir.Expr) ir.Expr { return b.Op(ir.Lt, b.I(0), e) }
	at := func() ir.Expr { return b.Op(ir.Get, b.Get(f), b.Get(d)) }
	in := func() ir.Expr { return b.Op(ir.In, b.Get(d), b.Get(f)) }
	q, i, p := b.Local("q", digit), b.Local("i", b.Int()), b.Local("p", b.Int())
	// below says that all integers from one up to d are a digit, or otherwise.
	below := func(from, otherwise ir.Expr) ir.Expr {
		return b.All(i, b.Op(ir.Interval, from, b.To(b.Int(), b.Get(d))), b.Op(ir.Or, otherwise, positive(b.To(b.Int(), b.To(digit, b.Use(i))))))
	}
	narrow := b.Function("narrow", []*ir.Local{p}, b.Int(), b.To(b.Int(), b.To(digit, b.Use(p))))
	none := &ir.Make{Node: ir.Node{T: opt}, Variant: 0}
	some := &ir.Make{Node: ir.Node{T: opt}, Variant: 1, Args: []ir.Expr{b.I(3)}}
	for _, tt := range []struct {
		name string
		e    ir.Expr
		want string // of the reason; "" if it cannot fail
	}{
		{"divided by a variable", b.Op(ir.Div, b.I(1), b.Get(x)), "divide by zero"},
		{"divided by a number", b.Op(ir.Div, b.Get(x), b.I(2)), ""},
		{"value of an option", value(), "another variant"},
		{"tested", b.Op(ir.And, is(1), positive(value())), ""},
		{"tested for the other", b.Op(ir.Or, is(0), positive(value())), ""},
		{"tested wrongly", b.Op(ir.Or, is(1), positive(value())), "another variant"},
		{"a key", at(), "miss the key"},
		{"a key that is there", b.Cond(in(), at(), b.I(0)), ""},
		{"a key that is not", b.Cond(in(), b.I(0), at()), "miss the key"},
		{"all keys", b.All(q, b.OpT(b.Set(digit), ir.Keys, b.Get(f)), positive(b.Op(ir.Get, b.Get(f), b.Use(q)))), ""},
		{"an index", b.Op(ir.Get, b.Get(s), b.I(0)), "outside the sequence"},
		{"narrowed", b.To(digit, b.Get(x)), "outside 0..9"},
		{"widened", b.To(b.Int(), b.Get(d)), ""},
		{"in range", b.To(digit, b.Op(ir.Sub, b.I(9), b.To(b.Int(), b.Get(d)))), ""},
		{"one too many", b.To(digit, b.Op(ir.Add, b.I(1), b.To(b.Int(), b.Get(d)))), "outside 0..9"},
		{"compared", b.Op(ir.And, b.Op(ir.Ge, b.Get(x), b.I(0)), b.Op(ir.Implies, b.Op(ir.Lt, b.Get(x), b.I(10)), positive(b.To(b.Int(), b.To(digit, b.Get(x)))))), ""},
		{"compared with one too many", b.Op(ir.And, b.Op(ir.Ge, b.Get(x), b.I(0)), b.Op(ir.Implies, b.Op(ir.Le, b.Get(x), b.I(10)), positive(b.To(b.Int(), b.To(digit, b.Get(x)))))), "outside 0..9"},
		{"compared the other way round", b.Op(ir.Or, b.Op(ir.Gt, b.I(0), b.Get(x)), b.Op(ir.Or, b.Op(ir.Ge, b.Get(x), b.I(10)), positive(b.To(b.Int(), b.To(digit, b.Get(x)))))), ""},
		{"compared to no avail", b.Op(ir.Or, b.Op(ir.Lt, b.I(0), b.Get(x)), b.Op(ir.Or, b.Op(ir.Ge, b.Get(x), b.I(10)), positive(b.To(b.Int(), b.To(digit, b.Get(x)))))), "outside 0..9"},
		{"not the least", below(b.I(-1), b.Op(ir.Eq, b.Use(i), b.I(-1))), ""},
		{"not another", below(b.I(-1), b.Op(ir.Eq, b.Use(i), b.I(0))), "outside 0..9"},
		{"the greatest too", below(b.I(0), b.Op(ir.Gt, b.Use(i), b.To(b.Int(), b.Get(d)))), ""},
		{"up to the greatest", b.To(digit, b.Cond(b.Op(ir.Lt, b.To(b.Int(), b.Get(d)), b.I(9)), b.Op(ir.Add, b.To(b.Int(), b.Get(d)), b.I(1)), b.I(9))), ""},
		{"beyond the greatest", b.To(digit, b.Cond(b.Op(ir.Le, b.To(b.Int(), b.Get(d)), b.I(9)), b.Op(ir.Add, b.To(b.Int(), b.Get(d)), b.I(1)), b.I(9))), "outside 0..9"},
		{"given a name", &ir.Let{Node: ir.Node{T: b.Int()}, Local: i, Value: b.Op(ir.Sub, b.I(9), b.To(b.Int(), b.Get(d))), Body: b.To(b.Int(), b.To(digit, b.Use(i)))}, ""},
		{"given a wrong name", &ir.Let{Node: ir.Node{T: b.Int()}, Local: i, Value: b.Op(ir.Sub, b.I(8), b.To(b.Int(), b.Get(d))), Body: b.To(b.Int(), b.To(digit, b.Use(i)))}, "outside 0..9"},
		{"given to a function", b.Call(narrow, b.To(b.Int(), b.Get(d))), ""},
		{"given too much", b.Call(narrow, b.Op(ir.Add, b.I(1), b.To(b.Int(), b.Get(d)))), "outside 0..9"},
		{"equal to none", b.Op(ir.Or, b.Op(ir.Eq, b.Get(o), none), positive(value())), ""},
		{"equal to some", b.Op(ir.Or, b.Op(ir.Eq, b.Get(o), some), positive(value())), "another variant"},
		{"unequal to some", b.Op(ir.Or, b.Op(ir.Ne, b.Get(o), some), positive(value())), ""},
		{"the length of a short sequence", b.To(digit, b.Op(ir.Len, b.Get(s))), ""},
		{"least of any set", b.Bind(digit, ir.Min, q, b.OpT(b.Set(digit), ir.Keys, b.Get(f)), nil, b.Use(q)), "nothing to choose"},
		{"least of a type", b.Bind(digit, ir.Min, q, b.Values(digit), nil, b.Use(q)), ""},
		{"any interval", b.Op(ir.Len, b.Op(ir.Interval, b.I(0), b.Get(x))), "too large"},
		{"within any interval", b.Op(ir.In, b.I(1), b.Op(ir.Interval, b.I(0), b.Get(x))), ""},
	} {
		got := effects.MayFail(tt.e)
		switch {
		case got == nil && tt.want != "", got != nil && (tt.want == "" || !strings.Contains(got.Why, tt.want)):
			t.Errorf("%s: got %v, want %q", tt.name, got, tt.want)
		}
	}
}

// TestMayFailIsRight evaluates the properties and assignments of random
// systems: what is said not to fail does not.
func TestMayFailIsRight(t *testing.T) {
	total, safe := 0, 0
	for seed := range uint64(150) {
		sys := irtest.Random(seed)
		var exprs []ir.Expr
		for _, p := range sys.Props {
			if p.Kind == ir.Invariant || p.Kind == ir.Witness {
				ir.Walk(p.Formula, func(t ir.Tree) bool { exprs = append(exprs, t.(ir.Expr)); return false })
			}
		}
		states := irtest.ExploreUpTo(sys, 30).States
		for _, e := range exprs {
			total++
			if effects.MayFail(e) != nil {
				continue
			}
			safe++
			for _, s := range states {
				if _, err := eval.Expr(e, &eval.Env{State: s}); err != nil {
					t.Errorf("seed %d: %s fails: %s", seed, fmt.Sprint(e.Span()), err)
				}
			}
		}
	}
	if safe < total/4 || safe == total {
		t.Errorf("%d of %d expressions are safe", safe, total)
	}
}

// TestBindMayFail knows what was tested on the way to a quantifier, and looks
// at every place where it is evaluated.
func TestBindMayFail(t *testing.T) {
	for _, tt := range []struct {
		name  string
		want  string
		build func(b *irtest.B, x ir.Expr, e *ir.Bind)
	}{
		{"nothing is tested", "outside 0..9", func(b *irtest.B, x ir.Expr, e *ir.Bind) { b.Prop(ir.Invariant, "P", e) }},
		{"in the property", "", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Prop(ir.Invariant, "P", b.Op(ir.Implies, b.Op(ir.In, x, b.Op(ir.Interval, b.I(0), b.I(9))), e))
		}},
		{"too wide", "outside 0..9", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Prop(ir.Invariant, "P", b.Op(ir.Implies, b.Op(ir.In, x, b.Op(ir.Interval, b.I(0), b.I(10))), e))
		}},
		{"in a guard, used in the body", "", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Action("A", nil, b.Op(ir.And, b.Op(ir.Ge, x, b.I(0)), b.Op(ir.Lt, x, b.I(10))), b.Assert(e))
		}},
		{"what is tested has changed", "outside 0..9", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Action("A", nil, b.Op(ir.And, b.Op(ir.Ge, x, b.I(0)), b.Op(ir.Lt, x, b.I(10))), b.Put(b.Sys.Vars[0], b.I(7)), b.Assert(e))
		}},
		{"in one of two places", "outside 0..9", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			f := b.Function("f", nil, b.Bool(), e)
			b.Prop(ir.Invariant, "P", b.Op(ir.Implies, b.Op(ir.In, x, b.Op(ir.Interval, b.I(0), b.I(9))), b.Call(f)))
			b.Sys.Terminal = b.Call(f)
		}},
		{"elsewhere something may fail", "", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Prop(ir.Invariant, "P", b.Op(ir.Implies, b.Op(ir.In, x, b.Op(ir.Interval, b.I(0), b.I(9))), e))
			b.Prop(ir.Invariant, "Q", b.Op(ir.Eq, b.Op(ir.Div, b.I(1), x), b.I(1)))
		}},
		{"behind a loop that is not followed", "too many steps", func(b *irtest.B, x ir.Expr, e *ir.Bind) {
			b.Action("A", nil, nil, &ir.WhileStmt{Pos: ir.Pos{Loc: b.Sys.Span}, Cond: b.Op(ir.And, b.Op(ir.Eq, x, b.I(3)), e)})
		}},
	} {
		b := irtest.New("Bind")
		digit := b.Ints(0, 9)
		x, q := b.Var("x", b.Int()), b.Local("q", digit)
		e := b.Some(q, b.Values(digit), b.Op(ir.Eq, b.Use(q), b.To(digit, b.Get(x))))
		tt.build(b, b.Get(x), e.(*ir.Bind))
		got := effects.BindMayFail(b.Sys, b.Sys.Props, e.(*ir.Bind))
		if got == nil && tt.want != "" || got != nil && (tt.want == "" || !strings.Contains(got.Why, tt.want)) {
			t.Errorf("%s: got %v, want %q", tt.name, got, tt.want)
		}
	}
}

// TestSteps bounds what bodies take.
func TestSteps(t *testing.T) {
	b := irtest.New("Steps")
	digit := b.Ints(0, 9)
	x, s := b.Var("x", b.Int()), b.Var("s", b.Seq(digit, -1))
	one := b.Function("one", nil, b.Int(), b.I(1))
	three := b.Function("three", nil, b.Int(), b.Op(ir.Add, b.Call(one), b.Call(one)))
	again := b.Function("again", nil, b.Int(), nil)
	again.Value = b.Call(again)
	n, m := b.Local("n", digit), b.Local("m", digit)
	put := func(e ir.Expr) ir.Stmt { return b.Put(x, e) }
	each := func(domain ir.Expr, e ir.Expr) ir.Expr { return b.Bind(b.Int(), ir.Sum, n, domain, nil, e) }
	pick := func(domain ir.Expr) ir.Stmt {
		return &ir.PickStmt{Pos: ir.Pos{Loc: b.Sys.Span}, Local: m, Domain: domain}
	}
	loop := func(body ...ir.Stmt) ir.Stmt {
		return &ir.ForStmt{Pos: ir.Pos{Loc: b.Sys.Span}, Local: m, Domain: b.Values(digit), Body: body}
	}
	const endless = ^uint64(0)
	for _, tt := range []struct {
		name string
		body []ir.Stmt
		want uint64
	}{
		{"none", []ir.Stmt{put(b.I(1))}, 0},
		{"a call", []ir.Stmt{put(b.Call(three))}, 3},
		{"of either branch", []ir.Stmt{put(b.Cond(b.True(), b.Call(one), b.Call(three)))}, 3},
		{"for each", []ir.Stmt{put(each(b.Values(digit), b.Call(three)))}, 30},
		{"of an interval", []ir.Stmt{put(each(b.Op(ir.Interval, b.I(1), b.I(4)), b.Call(three)))}, 12},
		{"of any sequence", []ir.Stmt{put(each(b.Get(s), b.Call(one)))}, endless},
		{"nothing of any sequence", []ir.Stmt{put(each(b.Get(s), b.I(1)))}, 0},
		{"in each way", []ir.Stmt{pick(b.Values(digit)), put(b.Call(three))}, 30},
		{"in a loop", []ir.Stmt{loop(put(b.Call(three)))}, 30},
		{"in ways that a loop has", []ir.Stmt{loop(pick(b.Values(digit)), put(b.Call(one)))}, 11_111_111_110},
		{"a call of itself", []ir.Stmt{put(b.Call(again))}, endless},
		{"rounds", []ir.Stmt{&ir.WhileStmt{Pos: ir.Pos{Loc: b.Sys.Span}, Cond: b.False()}}, endless},
	} {
		if got := effects.Steps(nil, tt.body); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}
