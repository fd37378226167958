package porder_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/porder"
	"github.com/spec-lang/spec/mc/program"
)

// findings are what a search must find out, reduced or not.
type findings struct {
	states, steps int
	props         []bool   // whether a formula was ever false, or of a witness true
	broken        []bool   // whether it ever had no value
	stuck         []string // deadlocks that Terminal does not allow, in order
	failures      []string // places of failures in steps, in order
	cuts          bool
}

// searcher visits states in one order or the other.
type searcher struct {
	sys    *ir.System
	prog   *program.Program
	m      *program.Machine
	set    *porder.Set // nil for all steps
	steps  []program.Instance
	preds  []*program.Predicate
	bounds []*program.Predicate
	term   *program.Predicate
	deep   bool // depth-first

	out    findings
	seen   map[string]bool
	queue  [][]uint64
	failed map[string]bool
	stuck  map[string]bool
	from   []uint64 // key of the state at hand, nil at first
	old    []uint64
	any    bool // it had an outcome
	moved  bool // to another state
	broke  bool // it had a failure
}

// watched are the properties that a search decides.
func watched(sys *ir.System) []*ir.Property {
	var ps []*ir.Property
	for _, p := range sys.Props {
		switch p.Kind {
		case ir.Invariant, ir.Witness, ir.Step:
			ps = append(ps, p)
		}
	}
	return ps
}

// limit is how many states a searcher visits at most.
const limit = 3_000

// explore searches sys; why is set if reduction was wanted and refused.
func explore(sys *ir.System, props []*ir.Property, reduce, deep bool) (out findings, why string) {
	prog, c := program.Compile(sys)
	x := &searcher{sys: sys, prog: prog, deep: deep, seen: map[string]bool{}, failed: map[string]bool{}, stuck: map[string]bool{}}
	for _, p := range props {
		x.preds = append(x.preds, c.Predicate(p.Formula))
	}
	x.out.props, x.out.broken = make([]bool, len(props)), make([]bool, len(props))
	for _, b := range sys.Bounds {
		x.bounds = append(x.bounds, c.Predicate(b.Cond))
	}
	if sys.Terminal != nil {
		x.term = c.Predicate(sys.Terminal)
	}
	if reduce {
		r, why := porder.New(prog, c, props)
		if r == nil {
			return out, why
		}
		x.set, x.steps = r.NewSet(), r.Instances()
	}
	x.m = prog.NewMachine()
	x.m.Initial(x.take)
	for len(x.queue) > 0 && x.out.states < limit {
		at := 0
		if deep {
			at = len(x.queue) - 1
		}
		key := x.queue[at]
		x.queue = slices.Delete(x.queue, at, at+1)
		x.expand(key, props)
	}
	for s := range x.failed {
		x.out.failures = append(x.out.failures, s)
	}
	for s := range x.stuck {
		x.out.stuck = append(x.out.stuck, s)
	}
	slices.Sort(x.out.failures)
	slices.Sort(x.out.stuck)
	return x.out, ""
}

func (x *searcher) expand(key []uint64, props []*ir.Property) {
	x.from, x.any, x.moved, x.broke = key, false, false, false
	x.old = slices.Clone(x.m.Load(key))
	for i, p := range props {
		if p.Kind != ir.Step {
			x.test(i, p, x.old, nil)
		}
	}
	if x.set == nil {
		x.m.Successors(key, x.take)
	} else if some, reduced := x.set.Reduce(key); reduced {
		x.fire(some)
		if x.broke || !x.moved {
			x.m.Successors(key, x.take)
		}
	} else {
		x.m.Successors(key, x.take)
	}
	if x.any {
		return
	}
	if x.term != nil {
		if ok, failure := x.m.Test(x.term, x.old, nil); ok || failure != nil {
			if failure != nil {
				x.failed["terminal"] = true
			}
			return
		}
	}
	x.stuck[irtest.Key(x.prog.Layout.Decode(x.old))] = true
}

func (x *searcher) fire(some porder.Bits) {
	x.m.Load(x.from)
	for t := some.Next(0); t >= 0; t = some.Next(t + 1) {
		x.m.Fire(x.steps[t], x.take)
	}
}

func (x *searcher) take(m *program.Machine) {
	x.any = true
	if f := m.Failure(); f != nil {
		x.broke = true
		x.failed[fmt.Sprint(f.Kind, f.Span)] = true
		return
	}
	x.out.steps++
	key := make([]uint64, x.prog.Layout.Words)
	x.prog.Layout.Pack(key, m.State())
	if x.from != nil {
		for i, p := range watched(x.sys) {
			if p.Kind == ir.Step && i < len(x.preds) {
				x.test(i, p, m.State(), x.old)
			}
		}
		if slices.Equal(key, x.from) {
			return
		}
	}
	id := fmt.Sprint(key)
	if x.seen[id] {
		x.moved = true
		return
	}
	for _, b := range x.bounds {
		if ok, failure := m.Test(b, m.State(), nil); failure != nil {
			x.failed["bound"] = true
		} else if !ok {
			x.out.cuts = true
			for i, p := range watched(x.sys) {
				if p.Kind != ir.Step && i < len(x.preds) {
					x.test(i, p, m.State(), nil)
				}
			}
			return
		}
	}
	x.moved = true
	x.seen[id] = true
	x.out.states++
	x.queue = append(x.queue, key)
}

func (x *searcher) test(i int, p *ir.Property, slots, old []uint64) {
	ok, failure := x.m.Test(x.preds[i], slots, old)
	switch {
	case failure != nil:
		x.out.broken[i] = true
	case ok == (p.Kind == ir.Witness):
		x.out.props[i] = true
	}
}

// compare searches with and without reduction, breadth-first and depth-first,
// and returns how many states each way has.
func compare(t *testing.T, sys *ir.System, props []*ir.Property) (all, some int) {
	t.Helper()
	want, _ := explore(sys, props, false, false)
	if want.states >= limit {
		return 0, 0
	}
	for _, deep := range []bool{false, true} {
		got, why := explore(sys, props, true, deep)
		if why != "" {
			return 0, 0
		}
		if g, w := text(got), text(want); g != w {
			t.Errorf("reduced (deep %v) found\n%s\nwant\n%s", deep, g, w)
		}
		some = got.states
	}
	return want.states, some
}

func text(f findings) string {
	return fmt.Sprintf("props %v broken %v\nstuck %q\nfailures %q\ncuts %v", f.props, f.broken, f.stuck, f.failures, f.cuts)
}

func TestKeepsVerdictsOfKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			props := watched(k.Sys)
			for n := range len(props) + 1 {
				all, some := compare(t, k.Sys, props[:n])
				t.Logf("%d properties: %d states, reduced %d", n, all, some)
			}
		})
	}
}

// TestKeepsVerdictsOfRandomSystems: more of them with SPEC_SOAK.
func TestKeepsVerdictsOfRandomSystems(t *testing.T) {
	n := uint64(150)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20_000
	}
	all, some, smaller := 0, 0, 0
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			sys := irtest.Random(seed)
			props := watched(sys)
			for n := range len(props) + 1 {
				a, s := compare(t, sys, props[:n])
				all, some = all+a, some+s
				if s < a {
					smaller++
				}
			}
		})
	}
	t.Logf("%d states, reduced %d; smaller %d times", all, some, smaller)
	if smaller < int(n)/20 {
		t.Errorf("only %d searches were reduced: the test shows nothing", smaller)
	}
}

// TestKeepsOrderThatPropertiesSee: two steps that accord, and a property that
// is false only between them, in one order.
func TestKeepsOrderThatPropertiesSee(t *testing.T) {
	for first := range 2 {
		for _, kind := range []ir.PropKind{ir.Invariant, ir.Witness, ir.Step} {
			b := irtest.New("Order")
			bits := []*ir.Var{b.Var("x", b.Bool()), b.Var("y", b.Bool())}
			b.Init(b.Put(bits[0], b.False()), b.Put(bits[1], b.False()))
			for i, v := range bits {
				b.Action([]string{"SetX", "SetY"}[i], nil, b.Op(ir.Not, b.Get(v)), b.Put(v, b.True()))
			}
			b.Sys.Terminal = b.Every(b.Get(bits[0]), b.Get(bits[1]))
			between := b.Every(b.Get(bits[first]), b.Op(ir.Not, b.Get(bits[1-first])))
			formula := map[ir.PropKind]ir.Expr{
				ir.Invariant: b.Op(ir.Not, between),
				ir.Witness:   between,
				// Whoever is second finds the other set.
				ir.Step: b.Op(ir.Implies, b.Op(ir.Not, b.Op(ir.Eq, b.Before(bits[first]), b.Get(bits[first]))), b.Before(bits[1-first])),
			}[kind]
			b.Prop(kind, "P", formula)
			all, none := explore(b.Sys, nil, true, false)
			if none != "" || all.states != 3 {
				t.Errorf("without properties got %d states (%s), want one order: 3", all.states, none)
			}
			got, why := explore(b.Sys, b.Sys.Props, true, false)
			if why != "" || !got.props[0] {
				t.Errorf("%s about step %d first: missed (%s)", kind, first, why)
			}
		}
	}
}
