package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/source"
)

func node(t *ir.Type) ir.Node { return ir.Node{T: t, Loc: source.Span{File: "t", Lo: 1, Hi: 2}} }

// value prints what e comes to: its value or the kind of its error.
func value(e ir.Expr, env *eval.Env) string {
	v, err := eval.Expr(e, env)
	if err != nil {
		return "error: " + err.Kind.String()
	}
	return ir.FormatAs(v, e.Type())
}

func TestExpressions(t *testing.T) {
	b := newBench()
	pair, opt := b.Tuple(b.Int(), b.Bool()), b.Option(b.Int())
	v := b.Var("v", b.Int())
	k := b.Const("K", b.Int(), ir.NewInt(8))
	x := b.Local("x", b.Int())
	mk := b.Make(pair, 0, b.I(1), b.True())
	some := b.Make(opt, 1, b.I(5))
	for _, tt := range []struct {
		name string
		e    ir.Expr
		want string
	}{
		{"literal", b.I(3), "3"},
		{"local", b.Use(x), "6"},
		{"variable", b.Get(v), "4"},
		{"old variable", b.Before(v), "2"},
		{"constant", &ir.ConstRef{Node: node(b.Int()), Const: k}, "8"},
		{"operator", b.Op(ir.Add, b.Use(x), b.Get(v)), "10"},
		{"conversion that fits", b.To(b.small, b.I(3)), "3"},
		{"conversion that does not", b.To(b.small, b.I(4)), "error: value outside its type"},
		{"if", b.Cond(b.True(), b.I(1), b.Op(ir.Div, b.I(1), b.I(0))), "1"},
		{"else", b.Cond(b.False(), b.Op(ir.Div, b.I(1), b.I(0)), b.I(2)), "2"},
		{"if of an error", b.Cond(b.boom(), b.I(1), b.I(2)), "error: division by zero"},
		{"let", &ir.Let{Node: node(b.Int()), Local: x, Value: b.I(1), Body: b.Op(ir.Add, b.Use(x), b.Use(x))}, "2"},
		{"tuple", mk, "(1, true)"},
		{"option", some, "some(5)"},
		{"field", &ir.FieldOf{Node: node(b.Int()), X: mk, Index: 0}, "1"},
		{"with", &ir.WithField{Node: node(pair), X: mk, Index: 0, Value: b.I(9)}, "(9, true)"},
		{"is", &ir.Is{Node: node(b.Bool()), X: some, Variant: 1}, "true"},
		{"is not", &ir.Is{Node: node(b.Bool()), X: some, Variant: 0}, "false"},
		{"payload", &ir.Payload{Node: node(b.Int()), X: some, Variant: 1}, "5"},
		{"payload of none", &ir.Payload{Node: node(b.Int()), X: b.Make(opt, 0), Variant: 1}, "error: wrong variant"},
	} {
		env := &eval.Env{State: []ir.Value{ir.NewInt(4)}, Old: []ir.Value{ir.NewInt(2)}}
		if got := value(tt.e, env.Bind(x, ir.NewInt(6))); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	for _, tt := range []struct {
		name string
		e    ir.Expr
	}{{"unbound local", b.Use(x)}, {"no state", b.Get(v)}, {"no old state", b.Before(v)}} {
		if got := value(tt.e, &eval.Env{}); got != "error: ill-formed" {
			t.Errorf("%s: got %s", tt.name, got)
		}
	}
}

// TestConvertRetypes holds Convert to the types inside of values.
func TestConvertRetypes(t *testing.T) {
	b := newBench()
	from, to := b.Option(b.Tuple(b.Int(), b.Int())), b.Option(b.Tuple(b.small, b.Int()))
	in := b.Make(from, 1, b.Make(from.Elem, 0, b.I(1), b.I(2)))
	v, err := eval.Expr(b.To(b.Seq(to, 1), b.Op(ir.SeqLit, in)), &eval.Env{})
	if err != nil {
		t.Fatal(err)
	}
	some := v.(ir.SeqValue).Elems[0].(ir.SumValue)
	if some.Type != to || some.Args[0].(ir.StructValue).Type != to.Elem {
		t.Errorf("the parts are of types %s and %s", some.Type, some.Args[0].(ir.StructValue).Type)
	}
}

func TestBinders(t *testing.T) {
	b := newBench()
	x, y, acc := b.Local("x", b.Int()), b.Local("y", b.Int()), b.Local("acc", b.Int())
	use := func() ir.Expr { return b.Use(x) }
	odd := func() ir.Expr { return b.Op(ir.Eq, b.Op(ir.Mod, use(), b.I(2)), b.I(1)) }
	square := func() ir.Expr { return b.Op(ir.Mul, use(), use()) }
	inverse := func() ir.Expr { return b.Op(ir.Gt, b.Op(ir.Div, b.I(6), use()), b.I(2)) }
	set, none := b.ints(ir.SetLit, 3, 1, 2), b.ints(ir.SetLit)
	bag, seq := b.ints(ir.BagLit, 2, 2, 1), b.ints(ir.SeqLit, 3, 1, 3)
	bind := func(t *ir.Type, k ir.BindKind, domain, cond, body ir.Expr) *ir.Bind {
		return b.Bind(t, k, x, domain, cond, body)
	}
	fold := bind(b.Int(), ir.Fold, seq, nil, b.Op(ir.Sub, use(), b.Use(acc)))
	fold.Acc, fold.Init = acc, b.I(10)
	badFold := bind(b.Int(), ir.Fold, seq, nil, b.Op(ir.Div, use(), b.Use(acc)))
	badFold.Acc, badFold.Init = acc, b.I(0)
	pairs := bind(b.Set(b.Int()), ir.SetOf, set, nil, b.Op(ir.Add, b.Op(ir.Mul, use(), b.I(10)), b.Use(y)))
	pairs.Binders = append(pairs.Binders, ir.Binder{Local: y, Domain: b.Op(ir.Interval, use(), b.I(2))})
	mapOf := func(domain, key ir.Expr) ir.Expr {
		e := bind(b.Map(b.Int(), b.Int()), ir.MapOf, domain, nil, use())
		e.Key = key
		return e
	}
	ints, seqs := b.Set(b.Int()), b.Seq(b.Int(), -1)
	for _, tt := range []struct {
		name string
		e    ir.Expr
		want string
	}{
		{"forall", bind(b.Bool(), ir.Forall, set, nil, odd()), "false"},
		{"forall filtered", bind(b.Bool(), ir.Forall, set, odd(), odd()), "true"},
		{"forall of nothing", bind(b.Bool(), ir.Forall, none, nil, b.boom()), "true"},
		{"forall stops", bind(b.Bool(), ir.Forall, b.ints(ir.SeqLit, 6, 0), nil, inverse()), "false"},
		{"forall fails", bind(b.Bool(), ir.Forall, b.ints(ir.SeqLit, 1, 0), nil, inverse()), "error: division by zero"},
		{"exists", bind(b.Bool(), ir.Exists, set, nil, odd()), "true"},
		{"exists of nothing", bind(b.Bool(), ir.Exists, none, nil, b.boom()), "false"},
		{"exists stops", bind(b.Bool(), ir.Exists, b.ints(ir.SeqLit, 1, 0), nil, inverse()), "true"},
		{"exists in a failing filter", bind(b.Bool(), ir.Exists, set, b.boom(), odd()), "error: division by zero"},
		{"domain fails", bind(b.Bool(), ir.Exists, b.Op(ir.Interval, b.I(0), b.Op(ir.Div, b.I(1), b.I(0))), nil, odd()), "error: division by zero"},
		{"count", bind(b.Int(), ir.Count, set, nil, odd()), "2"},
		{"count of a bag", bind(b.Int(), ir.Count, bag, nil, b.True()), "2"},
		{"count of a sequence", bind(b.Int(), ir.Count, seq, nil, odd()), "3"},
		{"sum", bind(b.Int(), ir.Sum, set, odd(), square()), "10"},
		{"sum of nothing", bind(b.Int(), ir.Sum, none, nil, use()), "0"},
		{"min", bind(b.Int(), ir.Min, set, nil, b.Op(ir.Neg, use())), "-3"},
		{"max", bind(b.Int(), ir.Max, set, nil, square()), "9"},
		{"max of nothing", bind(b.Int(), ir.Max, none, nil, use()), "error: nothing to choose from"},
		{"fold", fold, "-5"},
		{"fold fails", badFold, "error: division by zero"},
		{"choose", bind(b.Int(), ir.Choose, set, b.Op(ir.Gt, use(), b.I(1)), nil), "2"},
		{"choose from a sequence", bind(b.Int(), ir.Choose, seq, nil, nil), "3"},
		{"choose of nothing", bind(b.Int(), ir.Choose, set, b.False(), nil), "error: nothing to choose from"},
		{"set of", bind(ints, ir.SetOf, b.ints(ir.SetLit, -1, 1, 2), nil, square()), "{1, 4}"},
		{"set of two", pairs, "{11, 12, 22}"},
		{"sequence of", bind(seqs, ir.SeqOf, seq, nil, square()), "[9, 1, 9]"},
		{"function of", bind(b.Func(b.small, b.Int()), ir.FuncOf, b.Values(b.small), nil, square()), "{0: 0, 1: 1, 2: 4, 3: 9}"},
		{"map of", mapOf(set, square()), "{1: 1, 4: 2, 9: 3}"},
		{"map of the same twice", mapOf(seq, use()), "{1: 1, 3: 3}"},
		{"map of two values", mapOf(set, b.I(0)), "error: duplicate key"},
	} {
		if got := value(tt.e, &eval.Env{}); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// steps prints the outcomes of all actions from the first initial state.
func steps(sys *ir.System) string {
	var out []string
	start := eval.Initial(sys)[0]
	for _, o := range eval.Successors(sys, start.State) {
		s := o.Action.Name
		if len(o.Args) > 0 {
			s += "(" + strings.TrimSuffix(irtest.Key(o.Args), ";") + ")"
		}
		s += " " + strings.TrimSuffix(irtest.Key(o.State), ";")
		if o.Err != nil {
			s += " " + o.Err.Kind.String()
		}
		if o.Assert != nil {
			s += " asserted"
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

// machine is a machine with a variable x, 0 at first, and one action.
func machine(params func(b *irtest.B) []*ir.Param, guard func(b *irtest.B, x *ir.Var) ir.Expr, body func(b *irtest.B, x *ir.Var) []ir.Stmt) *ir.System {
	b := irtest.New("M")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	var ps []*ir.Param
	if params != nil {
		ps = params(b)
	}
	var g ir.Expr
	if guard != nil {
		g = guard(b, x)
	}
	b.Action("A", ps, g, body(b, x)...)
	return b.Sys
}

func TestStatements(t *testing.T) {
	add := func(b *irtest.B, x *ir.Var, n int64) ir.Stmt {
		return b.Put(x, b.Op(ir.Add, b.Op(ir.Mul, b.Get(x), b.I(10)), b.I(n)))
	}
	fail := func(b *irtest.B) ir.Expr { return b.Op(ir.Div, b.I(1), b.I(0)) }
	failing := func(b *irtest.B) ir.Expr { return b.Op(ir.Eq, fail(b), b.I(0)) }
	type stmts = []ir.Stmt
	for _, tt := range []struct {
		name string
		body func(b *irtest.B, x *ir.Var) []ir.Stmt
		want string
	}{
		{"nothing", func(*irtest.B, *ir.Var) stmts { return nil }, "A 0"},
		{"in order", func(b *irtest.B, x *ir.Var) stmts { return stmts{add(b, x, 1), add(b, x, 2)} }, "A 12"},
		{"old", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{add(b, x, 7), b.Put(x, b.Op(ir.Sub, b.Get(x), b.Before(x)))}
		}, "A 7"},
		{"if", func(b *irtest.B, x *ir.Var) stmts { return stmts{b.When(b.True(), add(b, x, 1)), add(b, x, 2)} }, "A 12"},
		{"if not", func(b *irtest.B, x *ir.Var) stmts { return stmts{b.When(b.False(), add(b, x, 1)), add(b, x, 2)} }, "A 2"},
		{"if fails", func(b *irtest.B, x *ir.Var) stmts { return stmts{add(b, x, 1), b.When(failing(b))} }, "A 1 division by zero"},
		{"for a sequence", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			add := b.Put(x, b.Op(ir.Add, b.Op(ir.Mul, b.Get(x), b.I(10)), b.Use(l)))
			return stmts{&ir.ForStmt{Local: l, Domain: b.Op(ir.SeqLit, b.I(3), b.I(1), b.I(3)), Body: stmts{add}}}
		}, "A 313"},
		{"for a set", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			add := b.Put(x, b.Op(ir.Add, b.Op(ir.Mul, b.Get(x), b.I(10)), b.Use(l)))
			return stmts{&ir.ForStmt{Local: l, Domain: b.Op(ir.SetLit, b.I(3), b.I(1), b.I(3)), Body: stmts{add}}}
		}, "A 13"},
		{"for with choices", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			return stmts{&ir.ForStmt{Local: l, Domain: b.Op(ir.SetLit, b.I(3), b.I(1)), Body: stmts{b.Either(stmts{add(b, x, 1)}, stmts{add(b, x, 2)})}}}
		}, "A 11 | A 12 | A 21 | A 22"},
		{"for fails", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			return stmts{&ir.ForStmt{Local: l, Domain: b.Op(ir.SeqLit, b.I(1), b.I(0), b.I(2)), Body: stmts{b.Put(x, b.Op(ir.Div, b.I(8), b.Use(l)))}}}
		}, "A 8 division by zero"},
		{"for over an error", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{&ir.ForStmt{Local: b.Local("l", b.Int()), Domain: b.Op(ir.SetLit, fail(b)), Body: stmts{add(b, x, 1)}}}
		}, "A 0 division by zero"},
		{"while", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{&ir.WhileStmt{Cond: b.Op(ir.Lt, b.Get(x), b.I(100)), Body: stmts{add(b, x, 1)}}}
		}, "A 111"},
		{"while with choices", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{&ir.WhileStmt{Cond: b.Op(ir.Lt, b.Get(x), b.I(10)), Body: stmts{b.Either(stmts{add(b, x, 1)}, stmts{add(b, x, 12)})}}}
		}, "A 11 | A 22 | A 12"},
		{"while fails", func(b *irtest.B, x *ir.Var) stmts { return stmts{&ir.WhileStmt{Cond: failing(b)}} }, "A 0 division by zero"},
		{"either", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{b.Either(stmts{add(b, x, 1)}, nil, stmts{b.Put(x, fail(b))}), add(b, x, 2)}
		}, "A 12 | A 2 | A 0 division by zero"},
		{"pick", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			return stmts{b.Pick(l, b.Op(ir.Interval, b.I(1), b.I(4)), b.Op(ir.Gt, b.Use(l), b.I(2))), b.Put(x, b.Use(l))}
		}, "A 3 | A 4"},
		{"pick blocks", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{b.Pick(b.Local("l", b.Int()), b.OpT(b.Set(b.Int()), ir.SetLit), nil), add(b, x, 1)}
		}, ""},
		{"pick where fails", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			ok := b.Op(ir.Gt, b.Op(ir.Div, b.I(1), b.Use(l)), b.I(0))
			return stmts{b.Pick(l, b.Op(ir.Interval, b.I(0), b.I(2)), ok), b.Put(x, b.Use(l))}
		}, "A 0 division by zero | A 1"},
		{"assert", func(b *irtest.B, x *ir.Var) stmts { return stmts{b.Assert(b.True()), add(b, x, 1)} }, "A 1"},
		{"assert fails", func(b *irtest.B, x *ir.Var) stmts {
			return stmts{add(b, x, 1), b.Assert(b.False()), add(b, x, 2)}
		}, "A 1 asserted"},
		{"await", func(b *irtest.B, x *ir.Var) stmts { return stmts{&ir.AwaitStmt{Cond: b.True()}, add(b, x, 1)} }, "A 1"},
		{"await blocks", func(b *irtest.B, x *ir.Var) stmts { return stmts{add(b, x, 1), &ir.AwaitStmt{Cond: b.False()}} }, ""},
		{"await fails", func(b *irtest.B, x *ir.Var) stmts { return stmts{&ir.AwaitStmt{Cond: failing(b)}} }, "A 0 division by zero"},
		{"local variable", func(b *irtest.B, x *ir.Var) stmts {
			l := b.Local("l", b.Int())
			return stmts{&ir.Declare{Local: l, Value: b.I(5), Mutable: true},
				&ir.Assign{Target: ir.Target{Local: l}, Value: b.Op(ir.Add, b.Use(l), b.I(1))}, b.Put(x, b.Use(l))}
		}, "A 6"},
	} {
		if got := steps(machine(nil, nil, tt.body)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTargets(t *testing.T) {
	b := irtest.New("M")
	cell := b.Record("Cell", ir.Field{Name: "n", Type: b.Int()}, ir.Field{Name: "q", Type: b.Seq(b.Int(), -1)})
	m := b.Var("m", b.Map(b.Int(), cell))
	b.Init(b.Put(m, b.Op(ir.MapLit, b.I(1), b.Make(cell, 0, b.I(7), b.Op(ir.SeqLit, b.I(4))))))
	at := func(path ...ir.Access) ir.Target { return ir.Target{Var: m, Path: path, Span: b.Sys.Span} }
	key := func(n int64) ir.Access { return ir.Access{Index: b.I(n)} }
	field := func(i int) ir.Access { return ir.Access{Field: i} }
	bad := b.Op(ir.Div, b.I(1), b.I(0))
	fresh := b.Make(cell, 0, b.I(0), b.OpT(b.Seq(b.Int(), -1), ir.SeqLit))
	for _, tt := range []struct {
		target ir.Target
		value  ir.Expr
		want   string
	}{
		{at(key(1), field(0)), b.I(8), "A {1: Cell(n: 8, q: [4])}"},
		{at(key(1), field(1), key(0)), b.I(8), "A {1: Cell(n: 7, q: [8])}"},
		{at(key(2)), fresh, "A {1: Cell(n: 7, q: [4]), 2: Cell(n: 0, q: [])}"},
		{at(key(2), field(0)), b.I(8), "A {1: Cell(n: 7, q: [4])} missing key"},
		{at(key(1), field(1), key(1)), b.I(8), "A {1: Cell(n: 7, q: [4])} index out of range"},
		{at(key(1), field(0)), bad, "A {1: Cell(n: 7, q: [4])} division by zero"},
		{at(ir.Access{Index: bad}, field(0)), b.I(1), "A {1: Cell(n: 7, q: [4])} division by zero"},
		{at(key(2), field(0)), bad, "A {1: Cell(n: 7, q: [4])} division by zero"},
	} {
		b.Sys.Actions = nil
		b.Action("A", nil, nil, &ir.Assign{Target: tt.target, Value: tt.value})
		if got := steps(b.Sys); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestParameters(t *testing.T) {
	set := func(b *irtest.B, ns ...int64) ir.Expr {
		var es []ir.Expr
		for _, n := range ns {
			es = append(es, b.I(n))
		}
		return b.Op(ir.SetLit, es...)
	}
	var p, q *ir.Param
	dependent := func(b *irtest.B) []*ir.Param {
		p = b.ParamIn("p", set(b, 2, 1))
		q = b.ParamIn("q", b.Op(ir.Interval, b.Use(p.Local), b.I(2)))
		return []*ir.Param{p, q}
	}
	sys := machine(dependent,
		func(b *irtest.B, x *ir.Var) ir.Expr {
			return b.Op(ir.Ne, b.Op(ir.Div, b.I(2), b.Op(ir.Sub, b.Use(q.Local), b.Use(p.Local))), b.Before(x))
		},
		func(b *irtest.B, x *ir.Var) []ir.Stmt { return []ir.Stmt{b.Put(x, b.Use(q.Local))} })
	want := "A(1;1) 0 division by zero | A(1;2) 2 | A(2;2) 0 division by zero"
	if got := steps(sys); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	a, start := sys.Actions[0], []ir.Value{ir.NewInt(0)}
	for _, tt := range []struct {
		args [2]int64
		want int
	}{{[2]int64{1, 2}, 1}, {[2]int64{2, 1}, 0}, {[2]int64{3, 3}, 0}} {
		args := []ir.Value{ir.NewInt(tt.args[0]), ir.NewInt(tt.args[1])}
		if got := eval.Step(sys, a, args, start); len(got) != tt.want {
			t.Errorf("Step%v: %d outcomes, want %d", tt.args, len(got), tt.want)
		}
	}
	broken := machine(func(b *irtest.B) []*ir.Param {
		return []*ir.Param{b.ParamIn("p", set(b, 1)), b.ParamIn("q", b.Op(ir.SetLit, b.Op(ir.Div, b.I(1), b.I(0))))}
	},
		nil, func(b *irtest.B, x *ir.Var) []ir.Stmt { return nil })
	if got, want := steps(broken), "A(1) 0 division by zero"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInitialStates(t *testing.T) {
	b := irtest.New("M")
	x, y, l := b.Var("x", b.Int()), b.Var("y", b.Int()), b.Local("l", b.Int())
	b.Init(b.Pick(l, b.Op(ir.Interval, b.I(0), b.I(1)), nil), b.Put(x, b.Use(l)), b.Put(y, b.Op(ir.Div, b.I(4), b.Get(x))))
	var got []string
	for _, o := range eval.Initial(b.Sys) {
		got = append(got, fmt.Sprint(irtest.Key(o.State), o.Err == nil))
	}
	if diff := cmp.Diff([]string{"0;?;false", "1;4;true"}, got); diff != "" {
		t.Error(diff)
	}
	b.Sys.Init = b.Sys.Init[:2]
	for _, o := range eval.Initial(b.Sys) {
		if o.Err == nil || o.Err.Kind != eval.IllFormed {
			t.Errorf("y is left out: got %v", o.Err)
		}
	}
}

func TestActionPredicates(t *testing.T) {
	sys := machine(func(b *irtest.B) []*ir.Param { return []*ir.Param{b.ParamIn("p", b.Op(ir.Interval, b.I(0), b.I(2)))} },
		nil, func(b *irtest.B, x *ir.Var) []ir.Stmt { return nil })
	b := irtest.New("Q")
	a := sys.Actions[0]
	p := b.Use(a.Params[0].Local)
	pred := func(taken bool, n int64) ir.Expr {
		e := &ir.ActionPred{Node: node(b.Bool()), Taken: taken, Action: a, Any: n < 0}
		if n >= 0 {
			e.Args = []ir.Expr{b.I(n)}
		}
		return e
	}
	positive := b.Op(ir.Gt, p, b.I(0))
	inverse := b.Op(ir.Gt, b.Op(ir.Div, b.I(1), p), b.I(0))
	for _, tt := range []struct {
		name  string
		guard ir.Expr
		e     ir.Expr
		want  string
	}{
		{"enabled", positive, pred(false, 1), "true"},
		{"not enabled", positive, pred(false, 0), "false"},
		{"outside the domain", positive, pred(false, 9), "false"},
		{"enabled with some", positive, pred(false, -1), "true"},
		{"enabled with none", b.False(), pred(false, -1), "false"},
		{"a guard that fails", inverse, pred(false, 0), "error: division by zero"},
		{"a guard that fails first", inverse, pred(false, -1), "error: division by zero"},
		{"taken", nil, pred(true, 2), "true"},
		{"taken with others", nil, pred(true, 1), "false"},
		{"taken with some", nil, pred(true, -1), "true"},
		{"asks itself", pred(false, -1), pred(false, -1), "error: recursion too deep"},
	} {
		a.Guard = tt.guard
		env := &eval.Env{State: []ir.Value{ir.NewInt(0)}, Taken: &eval.Taken{Action: a, Args: []ir.Value{ir.NewInt(2)}}}
		if got := value(tt.e, env); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := value(pred(true, 1), &eval.Env{}); got != "error: ill-formed" {
		t.Errorf("taken without a step: got %s", got)
	}
}

func TestFunctions(t *testing.T) {
	b := newBench()
	n, acc := b.Local("n", b.Int()), b.Local("acc", b.Int())
	use := func() ir.Expr { return b.Use(n) }
	assign := func(l *ir.Local, e ir.Expr) ir.Stmt { return &ir.Assign{Target: ir.Target{Local: l}, Value: e} }
	sum := b.Function("sum", []*ir.Local{n}, b.Int(), nil)
	sum.Body = []ir.Stmt{
		&ir.Declare{Local: acc, Value: b.I(0), Mutable: true},
		b.When(b.Op(ir.Lt, use(), b.I(0)), &ir.ReturnStmt{Value: b.I(-1)}),
		&ir.WhileStmt{Cond: b.Op(ir.Gt, use(), b.I(0)), Body: []ir.Stmt{
			assign(acc, b.Op(ir.Add, b.Use(acc), use())), assign(n, b.Op(ir.Sub, use(), b.I(1)))}},
		&ir.AssertStmt{Cond: b.Op(ir.Ne, b.Use(acc), b.I(6))},
		&ir.ReturnStmt{Value: b.Use(acc)},
	}
	deep := b.Function("deep", []*ir.Local{n}, b.Int(), nil)
	deep.Value = b.Cond(b.Op(ir.Eq, use(), b.I(0)), b.I(0), b.Op(ir.Add, b.I(1), b.Call(deep, b.Op(ir.Sub, use(), b.I(1)))))
	twice := b.Function("twice", []*ir.Local{n}, b.Int(), nil)
	twice.Value = b.Cond(b.Op(ir.Eq, use(), b.I(0)), b.I(1),
		b.Op(ir.Add, b.Call(twice, b.Op(ir.Sub, use(), b.I(1))), b.Call(twice, b.Op(ir.Sub, use(), b.I(1)))))
	for _, tt := range []struct {
		name string
		e    ir.Expr
		want string
	}{
		{"body", b.Call(sum, b.I(4)), "10"},
		{"early return", b.Call(sum, b.I(-4)), "-1"},
		{"assertion", b.Call(sum, b.I(3)), "error: assertion"},
		{"argument fails", b.Call(sum, b.Op(ir.Div, b.I(1), b.I(0))), "error: division by zero"},
		{"deep", b.Call(deep, b.I(ir.MaxDepth-1)), "9999"},
		{"too deep", b.Call(deep, b.I(ir.MaxDepth)), "error: recursion too deep"},
		{"many calls", b.Call(twice, b.I(10)), "1024"},
		{"too many calls", b.Call(twice, b.I(40)), "error: too many steps"},
		{"too many iterations", b.Call(sum, b.I(ir.MaxSteps+1)), "error: too many steps"},
	} {
		if got := value(tt.e, &eval.Env{}); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestBlowUps gives up on what would never end or never fit.
func TestBlowUps(t *testing.T) {
	forever := machine(nil, nil, func(b *irtest.B, x *ir.Var) []ir.Stmt {
		return []ir.Stmt{&ir.WhileStmt{Cond: b.True()}}
	})
	if got, want := steps(forever), "A 0 too many steps"; got != want {
		t.Errorf("a loop: got %s, want %s", got, want)
	}
	many := machine(nil, nil, func(b *irtest.B, x *ir.Var) []ir.Stmt {
		return []ir.Stmt{&ir.ForStmt{Local: b.Local("l", b.Int()), Domain: b.Op(ir.Interval, b.I(1), b.I(64)),
			Body: []ir.Stmt{b.Either(nil, nil)}}}
	})
	if got, want := steps(many), "A 0 too large"; got != want {
		t.Errorf("2^64 ways: got %s, want %s", got, want)
	}
}
