package symmetry_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/symmetry"
)

// renaming maps the elements of sorts, by index.
type renaming map[*ir.Sort][]int

// renamings returns all of them: permutations of unordered sorts, rotations of
// rings.
func renamings(sorts []*ir.Sort) []renaming {
	out := []renaming{{}}
	for _, s := range sorts {
		maps := orders(len(s.Elems))
		if s.Order == ir.Ring {
			maps = rotations(len(s.Elems))
		}
		var next []renaming
		for _, r := range out {
			for _, p := range maps {
				more := renaming{s: p}
				for k, v := range r {
					more[k] = v
				}
				next = append(next, more)
			}
		}
		out = next
	}
	return out
}

func orders(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for _, p := range orders(n - 1) {
		for i := range n {
			out = append(out, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return out
}

func rotations(n int) [][]int {
	out := make([][]int, n)
	for i := range n {
		for j := range n {
			out[i] = append(out[i], (i+j)%n)
		}
	}
	return out
}

func (r renaming) all(vs []ir.Value) []ir.Value {
	out := make([]ir.Value, len(vs))
	for i, v := range vs {
		out[i] = r.value(v)
	}
	return out
}

func (r renaming) value(v ir.Value) ir.Value {
	place := func(sorted []ir.Value, v ir.Value) int {
		at, _ := slices.BinarySearchFunc(sorted, v, ir.Compare)
		return at
	}
	switch v := v.(type) {
	case ir.Elem:
		if p := r[v.Sort]; p != nil {
			return ir.Elem{Sort: v.Sort, Index: p[v.Index]}
		}
	case ir.SumValue:
		return ir.SumValue{Type: v.Type, Variant: v.Variant, Args: r.all(v.Args)}
	case ir.StructValue:
		return ir.StructValue{Type: v.Type, Fields: r.all(v.Fields)}
	case ir.SeqValue:
		return ir.SeqValue{Elems: r.all(v.Elems)}
	case ir.SetValue:
		return ir.MakeSet(r.all(v.Elems))
	case ir.BagValue:
		keys := r.all(v.Elems)
		out := ir.BagValue{Elems: ir.MakeSet(slices.Clone(keys)).Elems, Counts: make([]int, len(keys))}
		for i, k := range keys {
			out.Counts[place(out.Elems, k)] = v.Counts[i]
		}
		return out
	case ir.MapValue:
		keys, vals := r.all(v.Keys), r.all(v.Vals)
		out := ir.MapValue{Keys: ir.MakeSet(slices.Clone(keys)).Elems, Vals: make([]ir.Value, len(keys))}
		for i, k := range keys {
			out.Vals[place(out.Keys, k)] = vals[i]
		}
		return out
	}
	return v
}

// keys turns states into keys and back.
type keys struct{ l *program.Layout }

func (k keys) of(state []ir.Value) []uint64 {
	slots, key := make([]uint64, len(k.l.Slots)+1), make([]uint64, k.l.Words)
	k.l.Encode(slots, state)
	k.l.Pack(key, slots)
	return key
}

func (k keys) state(key []uint64) []ir.Value {
	slots := make([]uint64, len(k.l.Slots)+1)
	k.l.Unpack(slots, key)
	return k.l.Decode(slots)
}

// states makes random states of random variables over sorts.
type states struct {
	*irtest.B
	r    *rand.Rand
	pool []*ir.Type // of elements
	sort []*ir.Type
}

func newStates(seed uint64) *states {
	g := &states{B: irtest.New("States"), r: rand.New(rand.NewPCG(seed, 7))}
	g.sort = []*ir.Type{g.Sort("Node", 2+g.r.IntN(3), ir.Unordered), g.Sort("Value", 2, ir.Unordered), g.Sort("Seat", 3, ir.Ring), g.Sort("Rank", 2, ir.Ordered)}
	node := g.sort[0]
	msg := g.Enum("Msg", ir.Variant{Name: "Ping", Fields: []ir.Field{{Name: "from", Type: node}, {Name: "to", Type: g.any(g.sort)}}}, ir.Variant{Name: "Stop"})
	rec := g.Record("Rec", ir.Field{Name: "who", Type: node}, ir.Field{Name: "n", Type: g.Ints(0, 1)})
	g.pool = append([]*ir.Type{g.Bool(), g.Ints(0, 2), g.Int(), g.Option(node), msg, rec, node, node}, g.sort...)
	for i := range 1 + g.r.IntN(3) {
		g.Var(fmt.Sprint("v", i), g.composite())
	}
	return g
}

func (g *states) any(ts []*ir.Type) *ir.Type { return ts[g.r.IntN(len(ts))] }

func (g *states) composite() *ir.Type {
	elem, key := g.any(g.pool), g.any(g.sort)
	if g.r.IntN(3) == 0 {
		key = g.Tuple(key, g.any(g.sort))
	}
	switch g.r.IntN(12) {
	case 0:
		return g.Set(elem)
	case 1:
		return g.Func(key, elem)
	case 2:
		return g.Func(key, g.Set(g.any(g.sort)))
	case 3:
		return g.Map(key, elem)
	case 4:
		return g.Seq(elem, -1)
	case 5:
		return g.Seq(key, 3)
	case 6:
		return g.Bag(elem)
	case 7:
		return g.Option(g.Set(key))
	case 8:
		return g.Set(g.Set(key))
	case 9:
		return g.Func(key, g.Func(g.sort[0], g.Bool())) // a graph
	case 10:
		return g.Func(g.sort[0], g.Seq(g.sort[0], 2))
	}
	return elem
}

func (g *states) value(t *ir.Type) ir.Value {
	some := func(t *ir.Type, most int) []ir.Value {
		out := make([]ir.Value, g.r.IntN(most+1))
		for i := range out {
			out[i] = g.value(t)
		}
		return out
	}
	fields := func(fs []ir.Field) []ir.Value {
		out := make([]ir.Value, len(fs))
		for i, f := range fs {
			out[i] = g.value(f.Type)
		}
		return out
	}
	switch t.Kind {
	case ir.BoolKind:
		return ir.Bool(g.r.IntN(2) == 0)
	case ir.IntKind:
		return ir.NewInt(int64(g.r.IntN(3)) << (g.r.IntN(2) * 62))
	case ir.RangeKind:
		return ir.NewInt(t.Lo.Int64() + int64(g.r.IntN(2)))
	case ir.SortKind:
		return ir.Elem{Sort: t.Sort, Index: g.r.IntN(len(t.Sort.Elems))}
	case ir.SumKind:
		v := g.r.IntN(len(t.Variants))
		return ir.SumValue{Type: t, Variant: v, Args: fields(t.Variants[v].Fields)}
	case ir.StructKind:
		return ir.StructValue{Type: t, Fields: fields(t.Fields)}
	case ir.SetKind:
		return ir.MakeSet(some(t.Elem, 3))
	case ir.SeqKind:
		most := 3
		if t.Max >= 0 {
			most = t.Max
		}
		return ir.SeqValue{Elems: some(t.Elem, most)}
	case ir.BagKind:
		b := ir.BagValue{Elems: ir.MakeSet(some(t.Elem, 3)).Elems}
		for range b.Elems {
			b.Counts = append(b.Counts, 1+g.r.IntN(2))
		}
		return b
	case ir.MapKind, ir.FuncKind:
		m := ir.MapValue{Keys: ir.MakeSet(some(t.Key, 3)).Elems}
		if t.Kind == ir.FuncKind {
			m.Keys = slices.Collect(ir.Values(t.Key))
		}
		for range m.Keys {
			m.Vals = append(m.Vals, g.value(t.Elem))
		}
		return m
	}
	panic(t.String())
}

// TestCanonicalOfRandomStates holds Canonical to its brute-force twin: all
// states of an orbit come to one of them, and the orbit is as large as it
// says.
func TestCanonicalOfRandomStates(t *testing.T) {
	for seed := range uint64(150) {
		g := newStates(seed)
		prog, _ := program.Compile(g.Sys)
		r, refused := symmetry.New(prog, g.Sys)
		if len(refused) > 0 || r == nil {
			t.Fatalf("seed %d: %v", seed, refused)
		}
		c, k := r.NewCanon(), keys{prog.Layout}
		for range 8 {
			state := make([]ir.Value, len(g.Sys.Vars))
			for i, v := range g.Sys.Vars {
				state[i] = g.value(v.Type)
			}
			orbit := map[string]bool{}
			want, size := "", uint64(0)
			for _, rename := range renamings(r.Sorts) {
				other := rename.all(state)
				orbit[irtest.Key(other)] = true
				key := k.of(other)
				n := c.Canonical(key)
				got := irtest.Key(k.state(key))
				if want == "" {
					want, size = got, n
				}
				if got != want || n != size {
					t.Fatalf("seed %d: one orbit has two representatives:\n%s of %d\n%s of %d", seed, want, size, got, n)
				}
			}
			if !orbit[want] {
				t.Fatalf("seed %d: %s is not a renaming of %s", seed, want, irtest.Key(state))
			}
			if uint64(len(orbit)) != size {
				t.Fatalf("seed %d: got an orbit of %d, want %d: %s", seed, size, len(orbit), irtest.Key(state))
			}
		}
	}
}

// representatives visits one state of each orbit, and returns how many there
// are and how many states they stand for.
func representatives(sys *ir.System, r *symmetry.Reducer, k keys) (n, all int) {
	c := r.NewCanon()
	seen := map[string]bool{}
	var queue [][]ir.Value
	reach := func(o eval.Outcome) {
		if o.Err != nil || o.Assert != nil {
			return
		}
		key := k.of(o.State)
		size := c.Canonical(key)
		if s := fmt.Sprint(key); !seen[s] {
			seen[s] = true
			all += int(size)
			queue = append(queue, k.state(key))
		}
	}
	for _, o := range eval.Initial(sys) {
		reach(o)
	}
	for len(queue) > 0 {
		next := eval.Successors(sys, queue[0])
		queue = queue[1:]
		for _, o := range next {
			reach(o)
		}
	}
	return len(seen), all
}

// orbits counts orbits by brute force.
func orbits(states [][]ir.Value, sorts []*ir.Sort) int {
	maps := renamings(sorts)
	classes := map[string]bool{}
	for _, s := range states {
		least := ""
		for _, r := range maps {
			if key := irtest.Key(r.all(s)); least == "" || key < least {
				least = key
			}
		}
		classes[least] = true
	}
	return len(classes)
}

// TestOrbitsOfTwoPhase compares with brute force, and for many managers with
// the full count.
func TestOrbitsOfTwoPhase(t *testing.T) {
	most := 4
	if os.Getenv("SPEC_SOAK") != "" {
		most = 5
	}
	for n := 2; n <= most; n++ {
		sys := irtest.TwoPhase(n)
		prog, _ := program.Compile(sys)
		r, refused := symmetry.New(prog, sys, sys.Props...)
		if len(refused) > 0 {
			t.Fatal(refused)
		}
		states := irtest.Explore(sys).States
		got, all := representatives(sys, r, keys{prog.Layout})
		if all != len(states) {
			t.Errorf("%d managers: the orbits have %d states, want %d", n, all, len(states))
		}
		if want := orbits(states, r.Sorts); got != want {
			t.Errorf("%d managers: got %d orbits, want %d", n, got, want)
		}
		if got >= len(states) {
			t.Errorf("%d managers: nothing was merged", n)
		}
	}
}

// system makes actions over the variables of g, with a parameter of each sort,
// that treat all elements alike.
func (g *states) system() *ir.System {
	bind := func() (locals []*ir.Local) {
		for _, t := range g.sort {
			locals = append(locals, g.Local("x", t))
		}
		return locals
	}
	first := bind()
	for _, l := range first {
		g.Init(g.Pick(l, g.Values(l.Type), nil))
	}
	for _, v := range g.Sys.Vars {
		g.Init(g.Put(v, g.expr(v.Type, first, nil)))
	}
	for i := range 3 {
		var params []*ir.Param
		locals := bind()
		for _, l := range locals {
			params = append(params, &ir.Param{Local: l, Domain: g.Values(l.Type), ByType: true})
		}
		v, w := g.Sys.Vars[g.r.IntN(len(g.Sys.Vars))], g.Sys.Vars[g.r.IntN(len(g.Sys.Vars))]
		guard := g.Op(ir.Ne, g.Get(w), g.expr(w.Type, locals, w))
		g.Action(fmt.Sprint("A", i), params, guard, g.Put(v, g.expr(v.Type, locals, v)))
	}
	return g.Sys
}

// expr is a value of t made of locals, and of what a variable has.
func (g *states) expr(t *ir.Type, locals []*ir.Local, v *ir.Var) ir.Expr {
	part := func(t *ir.Type) ir.Expr { return g.expr(t, locals, nil) }
	parts := func(fs []ir.Field) []ir.Expr {
		var out []ir.Expr
		for _, f := range fs {
			out = append(out, part(f.Type))
		}
		return out
	}
	switch t.Kind {
	case ir.SortKind:
		for _, l := range locals {
			if l.Type == t {
				return g.Use(l)
			}
		}
	case ir.SumKind:
		n := g.r.IntN(len(t.Variants))
		return g.Make(t, n, parts(t.Variants[n].Fields)...)
	case ir.StructKind:
		return g.Make(t, 0, parts(t.Fields)...)
	case ir.SetKind:
		one := g.OpT(t, ir.SetLit, part(t.Elem))
		if v != nil {
			return g.Op([]ir.Op{ir.Union, ir.Diff}[g.r.IntN(2)], g.Get(v), one)
		}
		return one
	case ir.FuncKind, ir.MapKind:
		switch {
		case v != nil:
			return g.Op(ir.Put, g.Get(v), part(t.Key), part(t.Elem))
		case t.Kind == ir.FuncKind:
			return g.OpT(t, ir.ConstFunc, part(t.Elem))
		}
		return g.OpT(t, ir.MapLit, part(t.Key), part(t.Elem))
	case ir.SeqKind:
		return g.OpT(t, ir.SeqLit, part(t.Elem), part(t.Elem))
	case ir.BagKind:
		return g.OpT(t, ir.BagLit, part(t.Elem), part(t.Elem))
	}
	return g.Val(t, g.value(t))
}

// TestOrbitsOfRandomSystems compares with brute force what is reachable.
func TestOrbitsOfRandomSystems(t *testing.T) {
	merged, kept := 0, 0
	for seed := range uint64(70) {
		g := newStates(seed)
		sys := g.system()
		if irtest.ExploreUpTo(sys, 100).Distinct > 100 {
			continue
		}
		prog, _ := program.Compile(sys)
		r, refused := symmetry.New(prog, sys)
		if len(refused) > 0 {
			t.Fatal(refused)
		}
		states := irtest.Explore(sys).States
		got, all := representatives(sys, r, keys{prog.Layout})
		if want := orbits(states, r.Sorts); got != want || all != len(states) {
			t.Errorf("seed %d: got %d orbits of %d states, want %d of %d", seed, got, all, want, len(states))
		}
		merged += got
		kept += len(states)
	}
	if merged*2 > kept {
		t.Errorf("of %d states %d are left", kept, merged)
	}
}

// TestNoAllocation of a packed layout.
func TestNoAllocation(t *testing.T) {
	sys := irtest.TwoPhase(5)
	prog, _ := program.Compile(sys)
	r, _ := symmetry.New(prog, sys)
	c, k := r.NewCanon(), keys{prog.Layout}
	states := irtest.ExploreUpTo(sys, 100).States
	var all [][]uint64
	for _, s := range states {
		all = append(all, k.of(s))
	}
	key := make([]uint64, prog.Layout.Words)
	if n := testing.AllocsPerRun(10, func() {
		for _, s := range all {
			copy(key, s)
			c.Canonical(key)
		}
	}); n > 0 {
		t.Errorf("%v allocations for %d states", n, len(all))
	}
}
