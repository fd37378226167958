package irtest

import "github.com/spec-lang/spec/ir"

// Known is a System with the figures that any engine must come to.
type Known struct {
	Name string
	Sys  *ir.System
	Want Figures
	// Props is the depth where each property of the System is first violated,
	// or a witness first true; -1 means never.
	Props []int
}

// never are the depths of a System in which nothing goes wrong.
func figures(distinct, generated, initial, depth int) Figures {
	return Figures{Distinct: distinct, Generated: generated, Initial: initial, Depth: depth, Deadlock: -1, Error: -1, Assert: -1}
}

func (f Figures) cut(n int) Figures      { f.Cuts = n; return f }
func (f Figures) deadlock(d int) Figures { f.Deadlock = d; return f }
func (f Figures) err(d int) Figures      { f.Error = d; return f }
func (f Figures) assert(d int) Figures   { f.Assert = d; return f }

// Systems returns all of them, new ones at each call.
func Systems() []Known {
	return []Known{
		{"counter", Counter(), figures(4, 4, 1, 3), []int{-1, 3, -1}},
		{"several initial states", Seeds(), figures(6, 17, 6, 0), []int{0}},
		{"jugs", DieHard(), figures(16, 97, 1, 7), []int{-1, 6}},
		{"two-phase commit, 2", TwoPhase(2), figures(56, 154, 1, 7), []int{-1, -1, 2}},
		{"two-phase commit, 3", TwoPhase(3), figures(288, 1146, 1, 10), []int{-1, -1, 2}},
		{"philosophers, 2", Philosophers(2), figures(6, 9, 1, 2).deadlock(2), []int{-1}},
		{"philosophers, 3", Philosophers(3), figures(14, 28, 1, 3).deadlock(3), []int{-1}},
		{"Peterson", Peterson(), figures(42, 78, 2, 8), []int{-1, 4}},
		{"queue", Queue(), figures(12, 20, 1, 8).cut(5), []int{-1, 3}},
		{"division by zero", Divide(), figures(4, 4, 1, 3).err(4), nil},
		{"assertion", Asserting(), figures(4, 6, 1, 3).assert(3), nil},
		{"outside its type", Overflow(), figures(4, 4, 1, 3).err(4), nil},
		{"loops and choices", Choices(), figures(6, 26, 1, 1), []int{-1}},
		{"clock", Clock(), figures(4, 4, 1, 3), nil},
		{"every type", Types(), figures(180, 601, 1, 10), []int{-1}},
		{"recursion", Recursion(), figures(11, 12, 1, 10), []int{10}},
	}
}

// Counter counts to 3 and stops.
func Counter() *ir.System {
	b := New("Counter")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Inc", nil, b.Op(ir.Lt, b.Get(x), b.I(3)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Sys.Terminal = b.Op(ir.Eq, b.Get(x), b.I(3))
	b.Prop(ir.Invariant, "Small", b.Op(ir.Le, b.Get(x), b.I(3)))
	b.Prop(ir.Invariant, "NotThree", b.Op(ir.Ne, b.Get(x), b.I(3)))
	b.Prop(ir.Step, "Up", b.Op(ir.Lt, b.Before(x), b.Get(x)))
	return b.Sys
}

// Seeds begins in any of six states; Swap leads to itself or another.
func Seeds() *ir.System {
	b := New("Seeds")
	t := b.Ints(0, 2)
	x, y := b.Var("x", t), b.Var("y", b.Bool())
	l, m := b.Local("v", t), b.Local("w", b.Bool())
	b.Init(b.Pick(l, b.Values(t), nil), b.Put(x, b.Use(l)), b.Pick(m, b.Values(b.Bool()), nil), b.Put(y, b.Use(m)))
	p := b.ParamIn("to", b.Cond(b.Get(y), b.Values(t), b.Op(ir.SetLit, b.Get(x))))
	b.Action("Swap", []*ir.Param{p}, b.Op(ir.Or, b.Get(y), b.Op(ir.Ne, b.Get(x), b.To(t, b.I(0)))), b.Put(x, b.Use(p.Local)))
	b.Sys.Terminal = b.Op(ir.Not, b.Get(y))
	b.Prop(ir.Witness, "Top", b.Op(ir.Eq, b.Get(x), b.To(t, b.I(2))))
	return b.Sys
}

// DieHard measures 4 gallons with jugs of 3 and 5.
func DieHard() *ir.System {
	b := New("DieHard")
	small, big := b.Var("small", b.Int()), b.Var("big", b.Int())
	s, g := func() ir.Expr { return b.Get(small) }, func() ir.Expr { return b.Get(big) }
	least := func(x, y func() ir.Expr) ir.Expr { return b.Cond(b.Op(ir.Lt, x(), y()), x(), y()) }
	b.Init(b.Put(small, b.I(0)), b.Put(big, b.I(0)))
	b.Action("FillSmall", nil, nil, b.Put(small, b.I(3)))
	b.Action("FillBig", nil, nil, b.Put(big, b.I(5)))
	b.Action("EmptySmall", nil, nil, b.Put(small, b.I(0)))
	b.Action("EmptyBig", nil, nil, b.Put(big, b.I(0)))
	pour := func(name string, from, to *ir.Var, capacity int64) {
		n := b.Local("n", b.Int())
		room := func() ir.Expr { return b.Op(ir.Sub, b.I(capacity), b.Get(to)) }
		b.Action(name, nil, nil,
			&ir.Declare{Pos: b.pos(), Local: n, Value: least(func() ir.Expr { return b.Get(from) }, room)},
			b.Put(from, b.Op(ir.Sub, b.Get(from), b.Use(n))),
			b.Put(to, b.Op(ir.Add, b.Get(to), b.Use(n))))
	}
	pour("SmallToBig", small, big, 5)
	pour("BigToSmall", big, small, 3)
	within := func(e func() ir.Expr, hi int64) ir.Expr {
		return b.Op(ir.In, e(), b.Op(ir.Interval, b.I(0), b.I(hi)))
	}
	b.Prop(ir.Invariant, "Fits", b.Every(within(s, 3), within(g, 5)))
	b.Prop(ir.Witness, "Four", b.Op(ir.Eq, g(), b.I(4)))
	return b.Sys
}

// TwoPhase is two-phase commit with n resource managers, with the action
// structure of the published TLA+ module (288 states and 1146 generated for
// three). Gray and Lamport, "Consensus on transaction commit", TODS 31 (2006).
func TwoPhase(n int) *ir.System {
	b := New("TwoPhase")
	rm := b.Sort("RM", n, ir.Unordered)
	voteT := b.Enumerate("Vote", "Working", "Prepared", "Committed", "Aborted")
	msg := b.Enum("Msg", ir.Variant{Name: "PreparedBy", Fields: []ir.Field{{Name: "from", Type: rm}}}, ir.Variant{Name: "Commit"}, ir.Variant{Name: "Abort"})
	vote, net := b.Var("vote", b.Func(rm, voteT)), b.Var("net", b.Set(msg))
	heard, verdict := b.Var("heard", b.Set(rm)), b.Var("verdict", b.Option(b.Bool()))
	is := func(r ir.Expr, v int) ir.Expr { return b.Op(ir.Eq, b.At(vote, r), b.Make(voteT, v)) }
	undecided := func() ir.Expr { return b.Op(ir.Eq, b.Get(verdict), b.Make(verdict.Type, 0)) }
	sent := func(m ir.Expr) ir.Expr { return b.Op(ir.In, m, b.Get(net)) }
	send := func(m ir.Expr) ir.Stmt { return b.Put(net, b.Op(ir.Union, b.Get(net), b.Op(ir.SetLit, m))) }

	b.Init(b.Put(vote, b.OpT(vote.Type, ir.ConstFunc, b.Make(voteT, 0))), b.Put(net, b.OpT(net.Type, ir.SetLit)),
		b.Put(heard, b.OpT(heard.Type, ir.SetLit)), b.Put(verdict, b.Make(verdict.Type, 0)))
	r := b.Param("r", rm)
	use := func() ir.Expr { return b.Use(r.Local) }
	fresh := func() []*ir.Param { r = b.Param("r", rm); return []*ir.Param{r} }
	b.Action("Prepare", fresh(), is(use(), 0), b.PutAt(vote, use(), b.Make(voteT, 1)), send(b.Make(msg, 0, use())))
	b.Action("Quit", fresh(), is(use(), 0), b.PutAt(vote, use(), b.Make(voteT, 3)))
	b.Action("Collect", fresh(), b.Every(undecided(), sent(b.Make(msg, 0, use()))),
		b.Put(heard, b.Op(ir.Union, b.Get(heard), b.Op(ir.SetLit, use()))))
	b.Action("Commit", nil, b.Every(undecided(), b.Op(ir.Eq, b.Get(heard), b.Values(rm))),
		b.Put(verdict, b.Make(verdict.Type, 1, b.True())), send(b.Make(msg, 1)))
	b.Action("Abort", nil, undecided(), b.Put(verdict, b.Make(verdict.Type, 1, b.False())), send(b.Make(msg, 2)))
	b.Action("HearCommit", fresh(), sent(b.Make(msg, 1)), b.PutAt(vote, use(), b.Make(voteT, 2)))
	b.Action("HearAbort", fresh(), sent(b.Make(msg, 2)), b.PutAt(vote, use(), b.Make(voteT, 3)))

	x, y, z := b.Local("a", rm), b.Local("b", rm), b.Local("r", rm)
	b.Prop(ir.Invariant, "Consistent", b.Op(ir.Not, b.Some(x, b.Values(rm), b.Some(y, b.Values(rm),
		b.Every(is(b.Use(x), 2), is(b.Use(y), 3))))))
	old := b.Op(ir.Get, b.Before(vote), b.Use(z))
	b.Prop(ir.Step, "Final", b.All(z, b.Values(rm), b.Op(ir.Implies, b.Op(ir.Eq, old, b.Make(voteT, 2)), is(b.Use(z), 2))))
	w := b.Local("r", rm)
	no := b.Op(ir.Eq, b.Get(verdict), b.Make(verdict.Type, 1, b.False()))
	b.Prop(ir.Witness, "Split", b.Some(w, b.Values(rm), b.Every(is(b.Use(w), 1), no)))
	return b.Sys
}

// Philosophers are n of them around a table; each takes the left fork first,
// so that all may wait for ever.
func Philosophers(n int) *ir.System {
	b := New("Philosophers")
	seat := b.Sort("Seat", n, ir.Ring)
	stage := b.Enumerate("Stage", "Thinks", "HasLeft", "Eats")
	at, fork := b.Var("at", b.Func(seat, stage)), b.Var("fork", b.Func(seat, b.Bool()))
	b.Init(b.Put(at, b.OpT(at.Type, ir.ConstFunc, b.Make(stage, 0))), b.Put(fork, b.OpT(fork.Type, ir.ConstFunc, b.True())))
	p := b.Param("p", seat)
	use := func() ir.Expr { return b.Use(p.Local) }
	right := func() ir.Expr { return b.Op(ir.Next, use()) }
	is := func(v int) ir.Expr { return b.Op(ir.Eq, b.At(at, use()), b.Make(stage, v)) }
	b.Action("TakeLeft", []*ir.Param{p}, b.Every(is(0), b.At(fork, use())),
		b.PutAt(at, use(), b.Make(stage, 1)), b.PutAt(fork, use(), b.False()))
	p = b.Param("p", seat)
	b.Action("TakeRight", []*ir.Param{p}, b.Every(is(1), b.At(fork, right())),
		b.PutAt(at, use(), b.Make(stage, 2)), b.PutAt(fork, right(), b.False()))
	p = b.Param("p", seat)
	b.Action("Leave", []*ir.Param{p}, is(2),
		b.PutAt(at, use(), b.Make(stage, 0)), b.PutAt(fork, use(), b.True()), b.PutAt(fork, right(), b.True()))
	q := b.Local("q", seat)
	eats := func(e ir.Expr) ir.Expr { return b.Op(ir.Eq, b.At(at, e), b.Make(stage, 2)) }
	b.Prop(ir.Invariant, "Manners", b.All(q, b.Values(seat), b.Op(ir.Not,
		b.Every(eats(b.Use(q)), eats(b.Op(ir.Next, b.Use(q)))))))
	return b.Sys
}
