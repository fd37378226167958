package verify_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/verify"
)

// sample is one system of every kind: those built by hand, and some random
// ones, which have every kind of node.
func sample() []irtest.Known {
	all := irtest.Systems()
	for seed := range uint64(12) {
		all = append(all, irtest.Known{Name: fmt.Sprint("random ", seed), Sys: irtest.Random(seed)})
	}
	return all
}

func TestAccepts(t *testing.T) {
	for _, k := range sample() {
		if err := verify.System(k.Sys); err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
}

// nodes are the trees of a system, in order.
func nodes(sys *ir.System) []ir.Tree {
	var all []ir.Tree
	sys.Walk(func(t ir.Tree) bool {
		all = append(all, t)
		return true
	})
	return all
}

// TestRefusesWrongTypes gives every expression of every system another type.
func TestRefusesWrongTypes(t *testing.T) {
	for _, k := range sample() {
		for i, n := range nodes(k.Sys) {
			if _, ok := n.(ir.Expr); !ok {
				continue
			}
			field := reflect.ValueOf(n).Elem().FieldByName("T")
			old := field.Interface().(*ir.Type)
			for _, wrong := range []*ir.Type{k.Sys.Types.Tuple(k.Sys.Types.Int(), old), nil, {Kind: old.Kind, Elem: old.Elem, Lo: old.Lo, Hi: old.Hi, Sort: old.Sort}} {
				field.Set(reflect.ValueOf(wrong))
				if verify.System(k.Sys) == nil {
					t.Errorf("%s: node %d, a %T of type %s, may have another type", k.Name, i, n, old)
				}
			}
			field.Set(reflect.ValueOf(old))
		}
	}
}

// TestRefusesHoles takes away every child of every node that must have it.
func TestRefusesHoles(t *testing.T) {
	optional := map[string]bool{"PickStmt.Where": true, "WhileStmt.Decreases": true, "Bind.Cond": true}
	for _, k := range sample() {
		for _, n := range nodes(k.Sys) {
			v := reflect.ValueOf(n).Elem()
			for i := range v.NumField() {
				name := v.Type().Name() + "." + v.Type().Field(i).Name
				f := v.Field(i)
				if f.Type() != reflect.TypeFor[ir.Expr]() && f.Type() != reflect.TypeFor[*ir.Local]() || optional[name] || f.IsNil() {
					continue
				}
				old := reflect.ValueOf(f.Interface())
				f.SetZero()
				if verify.System(k.Sys) == nil {
					t.Errorf("%s: %s may be missing", k.Name, name)
				}
				f.Set(old)
			}
		}
	}
}

// TestRefusesStrangers gives every reference a copy of what it refers to.
func TestRefusesStrangers(t *testing.T) {
	fields := map[string]string{"LocalRef": "Local", "VarRef": "Var", "ConstRef": "Const", "Call": "Func", "ActionPred": "Action"}
	for _, k := range sample() {
		for _, n := range nodes(k.Sys) {
			v := reflect.ValueOf(n).Elem()
			f := v.FieldByName(fields[v.Type().Name()])
			if !f.IsValid() {
				continue
			}
			old := reflect.ValueOf(f.Interface())
			stranger := reflect.New(old.Type().Elem())
			stranger.Elem().Set(old.Elem())
			f.Set(stranger)
			if verify.System(k.Sys) == nil {
				t.Errorf("%s: a %s may refer to a stranger", k.Name, v.Type().Name())
			}
			f.Set(old)
		}
	}
}

// TestRefusesMissingInit leaves out every initial statement in turn.
func TestRefusesMissingInit(t *testing.T) {
	for _, k := range sample() {
		all := k.Sys.Init
		for i := range all {
			k.Sys.Init = slices.Delete(slices.Clone(all), i, i+1)
			if verify.System(k.Sys) == nil {
				t.Errorf("%s: initial statement %d may be missing", k.Name, i)
			}
		}
		k.Sys.Init = all
	}
}

func TestRefuses(t *testing.T) {
	always := func(b *irtest.B) ir.Expr { return b.OpT(b.Bool(), ir.Always, b.True()) }
	for _, tt := range []struct {
		name  string
		spoil func(b *irtest.B, x *ir.Var) // a machine with x, 0 at first, and one empty action
		want  string
	}{
		{"no table", func(b *irtest.B, _ *ir.Var) { b.Sys.Types = nil }, "no table of types"},
		{"two variables", func(b *irtest.B, x *ir.Var) { b.Init(b.Put(b.Var("x", b.Int()), b.I(0))) }, "variable x: the name is taken"},
		{"two actions", func(b *irtest.B, x *ir.Var) { b.Action("A", nil, nil) }, "action A: the name is taken"},
		{"an action without a name", func(b *irtest.B, x *ir.Var) { b.Action("", nil, nil) }, "action : no name"},
		{"two sorts", func(b *irtest.B, x *ir.Var) { b.Sort("S", 1, ir.Ring); b.Sort("S", 1, ir.Ring) }, "sort S: the name is taken"},
		{"two elements", func(b *irtest.B, x *ir.Var) { b.Sort("S", 1, ir.Ring).Sort.Elems = []string{"a", "a"} }, "two elements are called a"},
		{"variable index", func(b *irtest.B, x *ir.Var) { x.Index = 1 }, "variable x: expected index 0, found 1"},
		{"action index", func(b *irtest.B, x *ir.Var) { b.Sys.Actions[0].Index = 1 }, "action A: expected index 0, found 1"},
		{"foreign sort", func(b *irtest.B, x *ir.Var) { b.Const("c", b.SortOf(&ir.Sort{Name: "S", Elems: []string{"a"}}), nil) }, "sort S is not one of the system"},
		{"foreign enum", func(b *irtest.B, x *ir.Var) { b.Const("c", b.Sum("E", nil), nil) }, "type E is not one of the system"},
		{"infinite keys", func(b *irtest.B, x *ir.Var) { b.Const("c", b.Func(b.Int(), b.Int()), nil) }, "infinitely many keys"},
		{"empty range", func(b *irtest.B, x *ir.Var) { b.Const("c", b.Ints(1, 0), nil) }, "1..0 has no values"},
		{"constant without a value", func(b *irtest.B, x *ir.Var) { b.Const("c", b.Int(), nil) }, "constant c: no value"},
		{"constant outside its type", func(b *irtest.B, x *ir.Var) { b.Const("c", b.Ints(0, 1), ir.NewInt(2)) }, "expected a value of 0..1, found 2"},
		{"foreign variable", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.Get(&ir.Var{Name: "y", Type: b.Bool()}) }, "terminal condition: the variable is not one of the system"},
		{"foreign constant", func(b *irtest.B, x *ir.Var) {
			b.Sys.Terminal = &ir.ConstRef{Node: ir.Node{T: b.Bool()}, Const: &ir.Const{Type: b.Bool()}}
		}, "the constant is not one of the system"},
		{"foreign function", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.Call(&ir.Func{Result: b.Bool()}) }, "the function is not one of the system"},
		{"foreign action", func(b *irtest.B, x *ir.Var) {
			b.Sys.Terminal = &ir.ActionPred{Node: ir.Node{T: b.Bool()}, Action: &ir.Action{}}
		}, "the action is not one of the system"},
		{"foreign property", func(b *irtest.B, x *ir.Var) { b.Sys.Checks = []ir.Check{{Prop: &ir.Property{}}} }, "check: the property is not one"},
		{"an assumption on the state", func(b *irtest.B, x *ir.Var) {
			b.Sys.Assumes = []*ir.Clause{{Cond: b.Op(ir.Eq, b.Get(x), b.I(0))}}
		}, "assumption: variable x is read where only constants are known"},
		{"old in an invariant", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Invariant, "I", b.Op(ir.Eq, b.Before(x), b.I(0))) }, "old(x) is read where there is no step"},
		{"old in a guard", func(b *irtest.B, x *ir.Var) { b.Action("B", nil, b.Op(ir.Eq, b.Before(x), b.I(0))) }, "old(x) is read where there is no step"},
		{"old in init", func(b *irtest.B, x *ir.Var) { b.Init(b.Put(x, b.Before(x))) }, "init: old(x)"},
		{"taken in an invariant", func(b *irtest.B, x *ir.Var) {
			b.Prop(ir.Invariant, "I", &ir.ActionPred{Node: ir.Node{T: b.Bool()}, Taken: true, Action: b.Sys.Actions[0]})
		}, "taken(A) is asked where there is no step"},
		{"arguments of enabled", func(b *irtest.B, x *ir.Var) {
			b.Prop(ir.Invariant, "I", &ir.ActionPred{Node: ir.Node{T: b.Bool()}, Action: b.Sys.Actions[0], Args: []ir.Expr{b.I(1)}})
		}, "action A: expected 0 arguments, found 1"},
		{"always in an invariant", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Invariant, "I", always(b)) }, "always is not allowed here"},
		{"always in ctl", func(b *irtest.B, x *ir.Var) { b.Prop(ir.CTL, "I", always(b)) }, "always is not allowed here"},
		{"AG in ltl", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Temporal, "I", b.OpT(b.Bool(), ir.AG, b.True())) }, "AG is not allowed here"},
		{"always in an operand", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Temporal, "I", b.Op(ir.Eq, always(b), b.True())) }, "always is not allowed here"},
		{"a formula that is no bool", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Invariant, "I", b.Get(x)) }, "expected an expression of type bool, found int"},
		{"no formula", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Invariant, "I", nil) }, "property I: an expression is missing"},
		{"a formula of a deadlock", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Deadlock, "I", b.True()) }, "expected no formula"},
		{"a scenario without a run", func(b *irtest.B, x *ir.Var) { b.Prop(ir.Scenario, "I", nil) }, "no run"},
		{"a scenario with arguments", func(b *irtest.B, x *ir.Var) {
			b.Prop(ir.Scenario, "I", nil).Run = &ir.ScenarioRun{Steps: []ir.ScenarioStep{{Action: b.Sys.Actions[0], Args: []ir.Expr{b.I(1)}}}}
		}, "expected 0 arguments, found 1"},
		{"a property of no kind", func(b *irtest.B, x *ir.Var) { b.Prop(99, "I", nil) }, "property of an unknown kind"},
		{"a local out of scope", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.Use(b.Local("l", b.Bool())) }, "a local is read that is not bound here"},
		{"a local bound twice", func(b *irtest.B, x *ir.Var) {
			l := b.Local("l", b.Bool())
			b.Sys.Terminal = b.All(l, b.Values(b.Bool()), b.All(l, b.Values(b.Bool()), b.Use(l)))
		}, "local l is bound again"},
		{"a local after its branch", func(b *irtest.B, x *ir.Var) {
			l := b.Local("l", b.Int())
			b.Sys.Actions[0].Body = []ir.Stmt{b.When(b.True(), &ir.Declare{Local: l, Value: b.I(1)}), b.Put(x, b.Use(l))}
		}, "action A: a local is read that is not bound here"},
		{"a constant local assigned", func(b *irtest.B, x *ir.Var) {
			l := b.Local("l", b.Int())
			b.Sys.Actions[0].Body = []ir.Stmt{&ir.Declare{Local: l, Value: b.I(1)}, &ir.Assign{Target: ir.Target{Local: l}, Value: b.I(2)}}
		}, "local l cannot be assigned here"},
		{"no target", func(b *irtest.B, x *ir.Var) {
			b.Sys.Actions[0].Body = []ir.Stmt{&ir.Assign{Value: b.I(2)}}
		}, "a target is one variable or one local"},
		{"a key into an int", func(b *irtest.B, x *ir.Var) { b.Sys.Actions[0].Body = []ir.Stmt{b.PutAt(x, b.I(0), b.I(2))} }, "type int has no parts with keys"},
		{"a value of another type", func(b *irtest.B, x *ir.Var) { b.Sys.Actions[0].Body = []ir.Stmt{b.Put(x, b.True())} }, "expected an expression of type int, found bool"},
		{"a return", func(b *irtest.B, x *ir.Var) { b.Sys.Actions[0].Body = []ir.Stmt{&ir.ReturnStmt{Value: b.I(1)}} }, "a return outside of a function"},
		{"an empty either", func(b *irtest.B, x *ir.Var) { b.Sys.Actions[0].Body = []ir.Stmt{b.Either()} }, "either has no branches"},
		{"a parameter by part of a type", func(b *irtest.B, x *ir.Var) {
			p := b.ParamIn("p", b.Op(ir.SetLit, b.I(1)))
			p.ByType = true
			b.Action("B", []*ir.Param{p}, nil)
		}, "its domain is not all of the type"},
		{"a domain that is no collection", func(b *irtest.B, x *ir.Var) {
			b.Sys.Actions[0].Body = []ir.Stmt{b.Pick(b.Local("l", b.Int()), b.I(1), nil)}
		}, "expected a set, bag or sequence to choose from, found int"},
		{"a function that writes", func(b *irtest.B, x *ir.Var) {
			b.Function("f", nil, b.Int(), nil).Body = []ir.Stmt{b.Put(x, b.I(1)), &ir.ReturnStmt{Value: b.I(1)}}
		}, "function f: a function may not assign variable x"},
		{"a function that chooses", func(b *irtest.B, x *ir.Var) {
			b.Function("f", nil, b.Int(), nil).Body = []ir.Stmt{b.Either(nil), &ir.ReturnStmt{Value: b.I(1)}}
		}, "a function may not choose or wait"},
		{"a function without a result", func(b *irtest.B, x *ir.Var) {
			b.Function("f", nil, b.Int(), nil).Body = []ir.Stmt{b.When(b.True(), &ir.ReturnStmt{Value: b.I(1)})}
		}, "a path ends without a result"},
		{"a result of another type", func(b *irtest.B, x *ir.Var) { b.Function("f", nil, b.Int(), b.True()) }, "expected an expression of type int, found bool"},
		{"too few arguments", func(b *irtest.B, x *ir.Var) {
			f := b.Function("f", []*ir.Local{b.Local("n", b.Int())}, b.Bool(), b.True())
			b.Sys.Terminal = b.Call(f)
		}, "expected 1 parts, found 0"},
		{"no operator", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.OpT(b.Bool(), 0) }, "operator 0 does not exist"},
		{"no variant", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.Make(b.Bool(), 0) }, "type bool has no variant 0"},
		{"no field", func(b *irtest.B, x *ir.Var) {
			b.Sys.Terminal = &ir.FieldOf{Node: ir.Node{T: b.Bool()}, X: b.Get(x), Index: 1}
		}, "type int has no field 1"},
		{"a conversion between kinds", func(b *irtest.B, x *ir.Var) { b.Sys.Terminal = b.To(b.Bool(), b.I(1)) }, "int does not convert to bool"},
		{"a binder of no kind", func(b *irtest.B, x *ir.Var) {
			b.Sys.Terminal = b.Bind(b.Bool(), 0, b.Local("l", b.Bool()), b.Values(b.Bool()), nil, b.True())
		}, "a binder of an unknown kind"},
		{"a choose with a body", func(b *irtest.B, x *ir.Var) {
			b.Sys.Terminal = b.Bind(b.Bool(), ir.Choose, b.Local("l", b.Bool()), b.Values(b.Bool()), nil, b.True())
		}, "a part too many or too few"},
		{"a function over a part of its keys", func(b *irtest.B, x *ir.Var) {
			l, f := b.Local("l", b.Bool()), b.Func(b.Bool(), b.Bool())
			b.Prop(ir.Invariant, "I", b.Op(ir.Get, b.Bind(f, ir.FuncOf, l, b.Op(ir.SetLit, b.True()), nil, b.True()), b.True()))
		}, "a binder of type [bool]bool over a body of type bool"},
		{"a part assigned first", func(b *irtest.B, x *ir.Var) {
			m := b.Var("m", b.Map(b.Int(), b.Int()))
			b.Init(b.PutAt(m, b.I(0), b.I(0)))
		}, "a part of variable m is assigned before it has a value"},
		{"assigned on one path", func(b *irtest.B, x *ir.Var) {
			y := b.Var("y", b.Int())
			b.Init(b.When(b.True(), b.Put(y, b.I(0))))
		}, "init: variable y has no value on some path"},
		{"assigned on no iteration", func(b *irtest.B, x *ir.Var) {
			y := b.Var("y", b.Int())
			b.Init(&ir.ForStmt{Local: b.Local("l", b.Bool()), Domain: b.Values(b.Bool()), Body: []ir.Stmt{b.Put(y, b.I(0))}})
		}, "init: variable y has no value on some path"},
		{"read too early", func(b *irtest.B, x *ir.Var) {
			y := b.Var("y", b.Int())
			b.Init(b.Put(y, b.Get(y)))
		}, "variable y is read before it has a value"},
	} {
		b := irtest.New("M")
		x := b.Var("x", b.Int())
		b.Init(b.Put(x, b.I(0)))
		b.Action("A", nil, nil)
		if err := verify.System(b.Sys); err != nil {
			t.Fatalf("before %s: %v", tt.name, err)
		}
		tt.spoil(b, x)
		if err := verify.System(b.Sys); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestAcceptsAssignmentOnEveryPath is the other side of "on some path".
func TestAcceptsAssignmentOnEveryPath(t *testing.T) {
	b := irtest.New("M")
	x, y := b.Var("x", b.Int()), b.Var("y", b.Int())
	b.Init(&ir.IfStmt{Cond: b.True(), Then: []ir.Stmt{b.Put(x, b.I(0))}, Else: []ir.Stmt{b.Put(x, b.I(1))}},
		b.Either([]ir.Stmt{b.Put(y, b.Get(x))}, []ir.Stmt{b.Put(y, b.I(1))}))
	if err := verify.System(b.Sys); err != nil {
		t.Error(err)
	}
}
