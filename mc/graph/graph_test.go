package graph_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

func build(sys *ir.System, l graph.Limits) (*program.Program, *graph.Graph) {
	prog, c := program.Compile(sys)
	opt := graph.Options{Limits: l}
	for _, b := range sys.Bounds {
		opt.Bounds = append(opt.Bounds, c.Predicate(b.Cond))
	}
	return prog, graph.Build(context.Background(), prog, opt)
}

// edge is a step in words: where it leads, by what, and for whom it counts.
func edge(to, action string, fair []ir.Value, served bool) string {
	return fmt.Sprint(to, " by ", action, irtest.Key(fair), served)
}

// out lists the steps of a state, and checks that each can be found again.
func out(t *testing.T, sys *ir.System, m *program.Machine, g *graph.Graph, id uint32) []string {
	var list []string
	to, label := g.Out(id)
	for i := range to {
		l := g.Labels[label[i]]
		switch {
		case label[i] == graph.Rest && to[i] == id:
			list = append(list, "rest")
			continue
		case to[i] == graph.Outside:
			list = append(list, "outside by "+sys.Actions[l.Action].Name)
			continue
		}
		var fair []ir.Value
		if l.Fair >= 0 {
			fair = g.Fair[l.Fair].Args
		}
		step := g.Step(m, id, graph.Move{To: to[i], Label: label[i]})
		if step.State == nil || irtest.Key(step.State) != irtest.Key(g.Values(to[i])) || step.Action.Index != int(l.Action) {
			t.Fatalf("the step to %d is not found again", to[i])
		}
		list = append(list, edge(irtest.Key(g.Values(to[i])), sys.Actions[l.Action].Name, fair, l.Fair >= 0))
	}
	return list
}

// judged lists the steps of a state as the judge sees them.
func judged(sys *ir.System, state []ir.Value) []string {
	var list []string
	outcomes := eval.Successors(sys, state)
	for _, o := range outcomes {
		if o.Err != nil || o.Assert != nil {
			list = append(list, "outside by "+o.Action.Name)
			continue
		}
		var fair []ir.Value
		served := o.Action.Fair != ir.Unfair
		for i, p := range o.Action.Params {
			if served && p.ByType && !o.Action.FairAny {
				fair = append(fair, o.Args[i])
			}
		}
		list = append(list, edge(irtest.Key(o.State), o.Action.Name, fair, served))
	}
	if len(outcomes) == 0 {
		list = append(list, "rest")
	}
	return list
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// agree compares a graph with what the judge says.
func agree(t *testing.T, sys *ir.System) {
	prog, g := build(sys, graph.Limits{States: 3000})
	match(t, sys, prog, g)
	for _, back := range []bool{false, true} {
		prog, g = noted(t, sys, back)
		match(t, sys, prog, g)
	}
}

// noted computes a graph with notes and with the truth of some predicates; back
// says that the last states come first.
func noted(t *testing.T, sys *ir.System, back bool) (*program.Program, *graph.Graph) {
	told := make([]bool, len(sys.Actions))
	for i := range told {
		told[i] = i%2 == 0
	}
	with, notes := graph.Note(sys, told)
	prog, c := program.Compile(with)
	opt := graph.Options{Notes: notes, Told: told, Limits: graph.Limits{States: 3000}}
	for _, b := range sys.Bounds {
		opt.Bounds = append(opt.Bounds, c.Predicate(b.Cond))
	}
	for _, a := range sys.Actions {
		if a.Guard != nil && len(a.Params) == 0 {
			opt.Preds = append(opt.Preds, c.Predicate(a.Guard))
		}
	}
	// So many that a Stepper cannot look at all of them.
	for n := len(opt.Preds); n > 0 && len(opt.Preds) < 70; {
		opt.Preds = append(opt.Preds, opt.Preds[len(opt.Preds)-n])
	}
	g := graph.New(context.Background(), prog, opt)
	defer g.Close()
	if !back {
		g.Grow(context.Background(), 1<<30)
	}
	for left := true; left && g.Limit == ""; {
		left = false
		for id := uint32(g.Len()); id > 0; id-- {
			left = left || !g.Expanded(id-1)
			g.Expand(context.Background(), id-1)
		}
	}
	for id := range uint32(min(g.Len(), 400)) {
		for i, p := range opt.Preds {
			ok, err := eval.Holds(p.Expr, &eval.Env{State: g.Values(id)})
			holds, fails := g.Truths(id, i, 1)
			if ok != (holds == 1) || (err != nil) != (fails == 1) {
				t.Fatalf("predicate %d in state %d: %v, %v, want %v, %v", i, id, holds, fails, ok, err)
			}
		}
		for i := 0; i+3 < len(opt.Preds); i++ {
			three, _ := g.Truths(id, i, 3)
			last, _ := g.Truths(id, i+2, 1)
			if three>>2 != last {
				t.Fatalf("predicates %d to %d in state %d are %b, the last is %d", i, i+2, id, three, last)
			}
		}
	}
	return prog, g
}

// match compares what is known of a graph with what the judge says.
func match(t *testing.T, sys *ir.System, prog *program.Program, g *graph.Graph) {
	t.Helper()
	m := prog.NewMachine()
	if g.Limit != "" || g.Len() > 400 {
		return
	}
	open := map[uint32]bool{}
	for _, id := range g.Open() {
		open[id] = true
	}
	for id := range uint32(g.Len()) {
		state := g.Values(id)
		to, label := g.Out(id)
		if open[id] && len(to) == 1 && label[0] == graph.Rest { // not explored
			if within(sys, state) {
				t.Fatalf("state %s is within the bounds and not explored", irtest.Key(state))
			}
			continue
		}
		got, want := distinct(out(t, sys, m, g, id)), distinct(judged(sys, state))
		if !slices.Equal(got, want) {
			t.Fatalf("from %s:\n got %q\nwant %q", irtest.Key(state), got, want)
		}
		if open[id] != slices.Contains(to, graph.Outside) {
			t.Fatalf("state %d: open is %v", id, open[id])
		}
		for _, to := range to {
			if to != graph.Outside && !slices.Contains(g.In(to), id) {
				t.Fatalf("%d leads to %d, and not the other way round", id, to)
			}
		}
	}
	if want := irtest.Explore(sys); len(sys.Bounds) == 0 && want.Distinct != g.Len() {
		t.Errorf("%d states, want %d", g.Len(), want.Distinct)
	}
}

func within(sys *ir.System, state []ir.Value) bool {
	for _, b := range sys.Bounds {
		if ok, err := eval.Holds(b.Cond, &eval.Env{State: state}); err != nil || !ok {
			return false
		}
	}
	return true
}

func TestKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { agree(t, k.Sys) })
	}
}

func TestRandomSystems(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agree(t, irtest.Random(seed)) })
	}
}

// TestTold: labels tell all arguments of the actions that this is asked of,
// and fairness goes by those that it is for.
func TestTold(t *testing.T) {
	sys := irtest.TwoPhase(3)
	for _, a := range sys.Actions {
		a.Fair, a.FairAny = ir.Weak, true
	}
	all := make([]bool, len(sys.Actions))
	for i := range all {
		all[i] = true
	}
	with, notes := graph.Note(sys, all)
	prog, _ := program.Compile(with)
	g := graph.Build(context.Background(), prog, graph.Options{Notes: notes, Told: all})
	for l := range g.Labels {
		action, args := g.Told(uint32(l))
		if action >= 0 && len(args) != len(sys.Actions[action].Params) {
			t.Errorf("label %d tells %d arguments of %s", l, len(args), sys.Actions[action].Name)
		}
	}
	if _, plain := build(sys, graph.Limits{}); len(g.Labels) <= len(plain.Labels) || len(g.Fair) != len(plain.Fair) {
		t.Errorf("%d labels for %d constraints, without arguments %d for %d", len(g.Labels), len(g.Fair), len(plain.Labels), len(plain.Fair))
	}
}

// TestWasm: the graph is the same once WebAssembly computes successors.
func TestWasm(t *testing.T) {
	sys := irtest.TwoPhase(6)
	with, notes := graph.Note(sys, nil)
	prog, c := program.Compile(with)
	ctx := context.Background()
	fast := graph.New(ctx, prog, graph.Options{Notes: notes, Compiler: c})
	defer fast.Close()
	fast.Grow(ctx, 10_000)
	if !graph.Compiled(fast) {
		t.Fatal("there is no WebAssembly")
	}
	if fast.Grow(ctx, 1<<30); !graph.Fast(fast) {
		t.Fatal("WebAssembly is not used")
	}
	_, slow := build(sys, graph.Limits{})
	if fast.Len() != slow.Len() || fast.Edges() != slow.Edges() {
		t.Fatalf("%d states and %d steps, want %d and %d", fast.Len(), fast.Edges(), slow.Len(), slow.Edges())
	}
	for id := range uint32(fast.Len()) {
		a, x := fast.Out(id)
		b, y := slow.Out(id)
		if !slices.Equal(a, b) || len(x) != len(y) {
			t.Fatalf("state %d leads to %v by %v, want %v by %v", id, a, x, b, y)
		}
	}
}

// TestLimits: what is not explored is open, and the limit is named.
func TestLimits(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, tt := range []struct {
		name string
		ctx  context.Context
		in   graph.Limits
		want string
		most int
	}{
		{"states", context.Background(), graph.Limits{States: 30}, "the limit of 30 states", 60},
		{"depth", context.Background(), graph.Limits{Depth: 3}, "the limit of 3 steps", 288},
		{"memory", context.Background(), graph.Limits{Memory: 1}, "the limit of 1 bytes of memory", 1},
		{"cancelled", cancelled, graph.Limits{}, "interrupted", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			prog, _ := program.Compile(irtest.TwoPhase(3))
			g := graph.Build(tt.ctx, prog, graph.Options{Limits: tt.in})
			if g.Limit != tt.want || len(g.Open()) == 0 || g.Len() > tt.most {
				t.Errorf("got limit %q, %d states, %d open", g.Limit, g.Len(), len(g.Open()))
			}
		})
	}
}

// TestSize: a step takes eight bytes, one way.
func TestSize(t *testing.T) {
	_, g := build(irtest.TwoPhase(5), graph.Limits{})
	words := uint64(g.Len()) * 8 * 4 // room for keys and their table
	if most := words + 2*8*uint64(g.Edges()); g.Bytes() > most {
		t.Errorf("%d bytes for %d states and %d steps, want at most %d", g.Bytes(), g.Len(), g.Edges(), most)
	}
}

// TestProgress: a large graph says how far it has come, and gets there.
func TestProgress(t *testing.T) {
	b := irtest.New("Grid")
	x, y := b.Var("x", b.Ints(0, 79)), b.Var("y", b.Ints(0, 79))
	b.Init(b.Put(x, b.To(x.Type, b.I(0))), b.Put(y, b.To(y.Type, b.I(0))))
	for _, v := range []*ir.Var{x, y} {
		b.Action("Go"+v.Name, nil, b.Op(ir.Lt, b.Get(v), b.To(v.Type, b.I(79))), b.Put(v, b.To(v.Type, b.Op(ir.Add, b.To(b.Int(), b.Get(v)), b.I(1)))))
	}
	prog, _ := program.Compile(b.Sys)
	var seen []graph.Progress
	g := graph.Build(context.Background(), prog, graph.Options{Progress: func(p graph.Progress) { seen = append(seen, p) }})
	if g.Len() != 6400 || len(seen) < 3 {
		t.Fatalf("%d states, told %d times", g.Len(), len(seen))
	}
	for i, p := range seen {
		if p.Queue == 0 || p.States-p.Queue < uint64(1000*i) || p.States > 6400 || p.Steps == 0 || p.Memory == 0 || p.Depth == 0 {
			t.Errorf("%d: %+v", i, p)
		}
	}
}
