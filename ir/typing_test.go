package ir_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
)

// TestTypingRefuses gives every operator too many operands and operands that
// none takes; what it accepts is tested beside the evaluator.
func TestTypingRefuses(t *testing.T) {
	var tab ir.Table
	odd := tab.Tuple(tab.Bool(), tab.Int())
	node := tab.SortOf(&ir.Sort{Name: "Node", Elems: []string{"Node.1"}})
	for op, row := range ir.Ops {
		op := ir.Op(op)
		if op == 0 {
			continue
		}
		arity := max(row.Arity, 0)
		args := make([]*ir.Type, arity)
		for i := range args {
			args[i] = odd
		}
		if op.CheckTypes(args, tab.Func(node, tab.String())) == nil {
			t.Errorf("%s accepts a tuple", op)
		}
		if row.Arity != ir.Variadic && op.CheckTypes(append(args, odd), odd) == nil {
			t.Errorf("%s accepts too many operands", op)
		}
	}
	for _, tt := range []struct {
		name   string
		op     ir.Op
		args   []*ir.Type
		result *ir.Type
	}{
		{"no operator", 0, nil, tab.Bool()},
		{"beyond the table", ir.Op(len(ir.Ops)), nil, tab.Bool()},
		{"mixed equality", ir.Eq, []*ir.Type{tab.Int(), rng(&tab, 0, 1)}, tab.Bool()},
		{"arithmetic on a range", ir.Add, []*ir.Type{rng(&tab, 0, 1), rng(&tab, 0, 1)}, rng(&tab, 0, 1)},
		{"a sum of instants", ir.Add, []*ir.Type{tab.Instant(), tab.Instant()}, tab.Instant()},
		{"an order on an unordered sort", ir.Lt, []*ir.Type{node, node}, tab.Bool()},
		{"the next of an unordered sort", ir.Next, []*ir.Type{node}, node},
		{"an infinite universe", ir.Universe, nil, tab.Set(tab.Int())},
		{"half an entry", ir.MapLit, []*ir.Type{node}, tab.Map(node, node)},
		{"too long a literal", ir.SeqLit, []*ir.Type{node, node}, tab.Seq(node, 1)},
		{"bounded sequences joined", ir.Concat, []*ir.Type{tab.Seq(node, 1), tab.Seq(node, 1)}, tab.Seq(node, 1)},
	} {
		if tt.op.CheckTypes(tt.args, tt.result) == nil {
			t.Errorf("%s is accepted", tt.name)
		}
	}
}

func TestConverts(t *testing.T) {
	var tab ir.Table
	n, small, b := tab.Int(), rng(&tab, 0, 3), tab.Bool()
	for _, tt := range []struct {
		name     string
		from, to *ir.Type
		want     bool
	}{
		{"itself", b, b, true},
		{"narrower", n, small, true},
		{"wider", small, n, true},
		{"another kind", n, b, false},
		{"duration", n, tab.Duration(), false},
		{"option", tab.Option(n), tab.Option(small), true},
		{"tuple", tab.Tuple(n, b), tab.Tuple(small, b), true},
		{"longer tuple", tab.Tuple(n, b), tab.Tuple(small, b, b), false},
		{"set of sets", tab.Set(tab.Set(n)), tab.Set(tab.Set(small)), true},
		{"sequence", tab.Seq(n, -1), tab.Seq(small, 3), true},
		{"set for sequence", tab.Set(n), tab.Seq(n, -1), false},
		{"function value", tab.Func(b, n), tab.Func(b, small), true},
		{"function key", tab.Func(small, n), tab.Func(rng(&tab, 0, 2), n), false},
		{"map key", tab.Map(n, b), tab.Map(small, b), true},
	} {
		if got := ir.Converts(tt.from, tt.to); got != tt.want {
			t.Errorf("%s: Converts(%s, %s) = %v, want %v", tt.name, tt.from, tt.to, got, tt.want)
		}
	}
}

// TestTablesAgree holds the two tables of operators to the same operators.
func TestTablesAgree(t *testing.T) {
	for op := range ir.Ops {
		if (op > 0) != (ir.Ops[op].Name != "") {
			t.Errorf("operator %d is called %q", op, ir.Ops[op].Name)
		}
	}
	if last := ir.Op(len(ir.Ops) - 1); last != ir.EU {
		t.Errorf("the last operator is %s, and EU has no row or is not the last", last)
	}
}
