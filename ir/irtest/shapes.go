package irtest

import "github.com/spec-lang/spec/ir"

// Peterson is Peterson's lock for two, a program counter for each. "Myths
// about the mutual exclusion problem", IPL 12 (1981).
func Peterson() *ir.System {
	b := New("Peterson")
	side := b.Sort("Side", 2, ir.Ring)
	label := b.Enumerate("Label", "ncs", "set", "give", "wait", "cs", "leave")
	pc, flag, turn := b.Var("pc", b.Func(side, label)), b.Var("flag", b.Func(side, b.Bool())), b.Var("turn", side)
	who := b.Local("who", side)
	b.Init(b.Put(pc, b.OpT(pc.Type, ir.ConstFunc, b.Make(label, 0))), b.Put(flag, b.OpT(flag.Type, ir.ConstFunc, b.False())),
		b.Pick(who, b.Values(side), nil), b.Put(turn, b.Use(who)))
	at := func(p ir.Expr, l int) ir.Expr { return b.Op(ir.Eq, b.At(pc, p), b.Make(label, l)) }
	step := func(name string, from, to int, body func(self func() ir.Expr) []ir.Stmt) {
		p := b.Param("self", side)
		self := func() ir.Expr { return b.Use(p.Local) }
		stmts := append(body(self), b.PutAt(pc, self(), b.Make(label, to)))
		b.Action(name, []*ir.Param{p}, at(self(), from), stmts...)
	}
	step("ncs", 0, 1, func(func() ir.Expr) []ir.Stmt { return nil })
	step("set", 1, 2, func(self func() ir.Expr) []ir.Stmt { return []ir.Stmt{b.PutAt(flag, self(), b.True())} })
	step("give", 2, 3, func(self func() ir.Expr) []ir.Stmt { return []ir.Stmt{b.Put(turn, b.Op(ir.Next, self()))} })
	step("wait", 3, 4, func(self func() ir.Expr) []ir.Stmt {
		free := b.Op(ir.Or, b.Op(ir.Not, b.At(flag, b.Op(ir.Next, self()))), b.Op(ir.Eq, b.Get(turn), self()))
		return []ir.Stmt{&ir.AwaitStmt{Pos: b.pos(), Cond: free}}
	})
	step("cs", 4, 5, func(func() ir.Expr) []ir.Stmt { return nil })
	step("leave", 5, 0, func(self func() ir.Expr) []ir.Stmt { return []ir.Stmt{b.PutAt(flag, self(), b.False())} })
	x, y := b.Local("a", side), b.Local("b", side)
	b.Prop(ir.Invariant, "Mutex", b.All(x, b.Values(side), b.All(y, b.Values(side), b.Op(ir.Implies,
		b.Op(ir.Ne, b.Use(x), b.Use(y)), b.Op(ir.Not, b.Every(at(b.Use(x), 4), at(b.Use(y), 4)))))))
	z := b.Local("p", side)
	b.Prop(ir.Witness, "Enters", b.Some(z, b.Values(side), at(b.Use(z), 4)))
	return b.Sys
}

// Queue sends messages with ever new numbers; only a bound makes it finite.
// With at most 2 in flight and 4 sent, a state is how many were sent (0..4)
// and how many of these are still in flight.
func Queue() *ir.System {
	b := New("Queue")
	q, next, got := b.Var("q", b.Seq(b.Int(), -1)), b.Var("next", b.Int()), b.Var("got", b.Int())
	b.Init(b.Put(q, b.OpT(q.Type, ir.SeqLit)), b.Put(next, b.I(1)), b.Put(got, b.I(0)))
	b.Action("Send", nil, nil, b.Put(q, b.Op(ir.Concat, b.Get(q), b.Op(ir.SeqLit, b.Get(next)))),
		b.Put(next, b.Op(ir.Add, b.Get(next), b.I(1))))
	b.Action("Receive", nil, b.Op(ir.Ne, b.Get(q), b.OpT(q.Type, ir.SeqLit)),
		b.Put(got, b.Op(ir.Get, b.Get(q), b.I(0))), b.Put(q, b.Op(ir.Slice, b.Get(q), b.I(1), b.Op(ir.Len, b.Get(q)))))
	b.Bound(b.Every(b.Op(ir.Le, b.Op(ir.Len, b.Get(q)), b.I(2)), b.Op(ir.Le, b.Get(next), b.I(5))))
	b.Prop(ir.Step, "InOrder", b.Op(ir.Or, b.Op(ir.Eq, b.Get(got), b.Before(got)),
		b.Op(ir.Eq, b.Get(got), b.Op(ir.Add, b.Before(got), b.I(1)))))
	b.Prop(ir.Invariant, "Short", b.Op(ir.Le, b.Op(ir.Len, b.Get(q)), b.I(2)))
	return b.Sys
}

// Choices rolls for a sum in one step: two picks of 0..2, then a loop that
// may or may not take one away, twice. The sum is any of 0..4, and then stays.
func Choices() *ir.System {
	b := New("Choices")
	t := b.Ints(0, 2)
	sum, rolled := b.Var("sum", b.Int()), b.Var("rolled", b.Bool())
	b.Init(b.Put(sum, b.I(0)), b.Put(rolled, b.False()))
	x, y := b.Local("x", t), b.Local("y", t)
	n, i, k := b.Local("n", b.Int()), b.Local("i", b.Int()), b.Local("k", t)
	set := func(l *ir.Local, e ir.Expr) ir.Stmt {
		sp := b.at()
		return &ir.Assign{Pos: ir.Pos{Loc: sp}, Target: ir.Target{Local: l, Span: sp}, Value: e}
	}
	less := func() ir.Stmt { return set(n, b.Op(ir.Sub, b.Use(n), b.I(1))) }
	positive := func() ir.Expr { return b.Op(ir.Gt, b.Use(n), b.I(0)) }
	b.Action("Roll", nil, b.Op(ir.Not, b.Get(rolled)),
		b.Pick(x, b.Values(t), nil), b.Pick(y, b.Values(t), b.Op(ir.Le, b.Use(x), b.Use(y))),
		&ir.Declare{Pos: b.pos(), Local: n, Mutable: true, Value: b.I(0)},
		&ir.ForStmt{Pos: b.pos(), Local: k, Domain: b.Op(ir.SeqLit, b.Use(x), b.Use(y)),
			Body: []ir.Stmt{set(n, b.Op(ir.Add, b.Use(n), b.To(b.Int(), b.Use(k))))}},
		&ir.Declare{Pos: b.pos(), Local: i, Mutable: true, Value: b.I(0)},
		&ir.WhileStmt{Pos: b.pos(), Cond: b.Op(ir.Lt, b.Use(i), b.I(2)), Decreases: b.Op(ir.Sub, b.I(2), b.Use(i)), Body: []ir.Stmt{
			b.Either([]ir.Stmt{&ir.AwaitStmt{Pos: b.pos(), Cond: positive()}, less()}, nil),
			set(i, b.Op(ir.Add, b.Use(i), b.I(1))),
		}},
		b.Put(sum, b.Use(n)), b.Put(rolled, b.True()))
	b.Action("Rest", nil, b.Get(rolled))
	b.Prop(ir.Invariant, "InRange", b.Op(ir.In, b.Get(sum), b.Op(ir.Interval, b.I(0), b.I(4))))
	return b.Sys
}

// Recursion computes Fibonacci numbers up to 55 by calling a function.
func Recursion() *ir.System {
	b := New("Recursion")
	n, f := b.Var("n", b.Ints(0, 10)), b.Var("f", b.Int())
	arg := b.Local("n", b.Int())
	fib := b.Function("fib", []*ir.Local{arg}, b.Int(), nil)
	minus := func(k int64) ir.Expr { return b.Op(ir.Sub, b.Use(arg), b.I(k)) }
	fib.Value = b.Cond(b.Op(ir.Lt, b.Use(arg), b.I(2)), b.Use(arg), b.Op(ir.Add, b.Call(fib, minus(1)), b.Call(fib, minus(2))))
	fib.Decreases = b.Use(arg)
	b.Init(b.Put(n, b.To(n.Type, b.I(0))), b.Put(f, b.I(0)))
	wide := func() ir.Expr { return b.To(b.Int(), b.Get(n)) }
	b.Action("Up", nil, b.Op(ir.Lt, wide(), b.I(10)),
		b.Put(n, b.To(n.Type, b.Op(ir.Add, wide(), b.I(1)))), b.Put(f, b.Call(fib, wide())))
	b.Action("Back", nil, b.Op(ir.Eq, b.Get(f), b.I(55)), b.Put(n, b.To(n.Type, b.I(0))), b.Put(f, b.I(0)))
	b.Prop(ir.Invariant, "Below55", b.Op(ir.Lt, b.Get(f), b.I(55)))
	return b.Sys
}

// Clock counts milliseconds as an instant and how long it has run.
func Clock() *ir.System {
	b := New("Clock")
	now, ran := b.Var("now", b.Instant()), b.Var("ran", b.Duration())
	start := func() ir.Expr { return b.Val(b.Instant(), ir.NewInt(5)) }
	tick := func() ir.Expr { return b.Val(b.Duration(), ir.NewInt(1_000_000)) }
	b.Init(b.Put(now, start()), b.Put(ran, b.OpT(b.Duration(), ir.Sub, start(), start())))
	b.Action("Tick", nil, b.Op(ir.Lt, b.Get(ran), b.Op(ir.Mul, tick(), b.I(3))), b.Put(now, b.Op(ir.Add, b.Get(now), tick())),
		b.Put(ran, b.OpT(b.Duration(), ir.Sub, b.Get(now), start())))
	b.Sys.Terminal = b.Op(ir.Ge, b.Get(now), b.Op(ir.Add, start(), b.Op(ir.Mul, tick(), b.I(3))))
	return b.Sys
}

// Types has a variable of every type but instant; each action moves one of them round.
func Types() *ir.System {
	b := New("Types")
	rank := b.Sort("Rank", 3, ir.Ordered)
	point := b.Record("Point", ir.Field{Name: "x", Type: b.Ints(0, 1)}, ir.Field{Name: "at", Type: b.Duration()})
	word, wait := b.Var("word", b.String()), b.Var("wait", b.Duration())
	top, p := b.Var("top", rank), b.Var("p", point)
	bag, m := b.Var("bag", b.Bag(b.Bool())), b.Var("m", b.Map(rank, b.Int()))
	pair, few := b.Var("pair", b.Tuple(b.Bool(), rank)), b.Var("few", b.Seq(rank, 2))
	dur := func(n int64) ir.Expr { return b.Val(b.Duration(), ir.NewInt(n)) }
	str := func(s string) ir.Expr { return b.Val(b.String(), ir.Str(s)) }
	small := func(n int64) ir.Expr { return b.To(b.Ints(0, 1), b.I(n)) }
	elem := func(i int) ir.Expr { return b.Val(rank, ir.Elem{Sort: rank.Sort, Index: i}) }
	b.Init(b.Put(word, str("a")), b.Put(wait, dur(0)), b.Put(top, elem(0)),
		b.Put(p, b.Make(point, 0, small(0), dur(5))), b.Put(bag, b.OpT(bag.Type, ir.BagLit)), b.Put(m, b.OpT(m.Type, ir.MapLit)),
		b.Put(pair, b.Make(pair.Type, 0, b.False(), elem(2))), b.Put(few, b.OpT(few.Type, ir.SeqLit)))
	b.Action("Flip", nil, b.Op(ir.Eq, b.Get(word), str("a")), b.Put(word, b.Op(ir.Concat, b.Get(word), str("b"))))
	b.Action("Wait", nil, b.Op(ir.Lt, b.Get(wait), dur(2_000_000)), b.Put(wait, b.Op(ir.Add, b.Get(wait), dur(1_000_000))))
	b.Action("Rise", nil, b.Op(ir.Lt, b.Get(top), elem(2)), b.Put(top, b.Op(ir.Next, b.Get(top))),
		b.Put(m, b.Op(ir.Put, b.Get(m), b.Get(top), b.Op(ir.Len, b.Get(m)))))
	b.Action("Fall", nil, b.Op(ir.Eq, b.Get(top), elem(2)), b.Put(top, b.Op(ir.Prev, b.Get(top))),
		b.Put(m, b.Op(ir.RemoveKey, b.Get(m), elem(2))),
		b.Put(p, &ir.WithField{Node: b.node(point), X: b.Get(p), Index: 0, Value: small(1)}))
	field := func(i int) ir.Expr {
		return &ir.FieldOf{Node: b.node(pair.Type.Fields[i].Type), X: b.Get(pair), Index: i}
	}
	b.Action("Drop", nil, b.Op(ir.Lt, b.Op(ir.Len, b.Get(bag)), b.I(2)),
		b.Put(bag, b.Op(ir.BagAdd, b.Get(bag), b.Op(ir.BagLit, field(0)))),
		b.Put(pair, b.Make(pair.Type, 0, b.Op(ir.Not, field(0)), field(1))))
	b.Action("Note", nil, b.Op(ir.Eq, b.Op(ir.Len, b.Get(few)), b.I(0)),
		b.Put(few, b.To(few.Type, b.OpT(b.Seq(rank, -1), ir.Concat, b.To(b.Seq(rank, -1), b.Get(few)), b.Op(ir.SeqLit, field(1))))))
	b.Prop(ir.Invariant, "Balanced", b.Op(ir.Le, b.Op(ir.CountOf, b.Get(bag), b.True()), b.Op(ir.CountOf, b.Get(bag), b.False())))
	return b.Sys
}
