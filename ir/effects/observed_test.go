package effects_test

import (
	"fmt"
	"iter"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// samples is how many random Systems a test looks at; SPEC_SOAK asks for more.
func samples() uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 20000
	}
	return 150
}

// random returns Systems of all kinds in turn.
func random(seed uint64) *ir.System {
	kinds := [...]func(uint64) *ir.System{irtest.Random, irtest.RandomWide, irtest.RandomPacked}
	return kinds[seed%3](seed)
}

// covers reports whether some path holds the part of v at key; a nil key is
// all of v, which every path into v may be a part of.
func covers(paths []effects.Path, v *ir.Var, key ir.Value) bool {
	return slices.ContainsFunc(paths, func(p effects.Path) bool {
		if p.Var != v || key == nil || len(p.Steps) == 0 || p.Steps[0].Kind == effects.Field {
			return p.Var == v
		}
		lit, ok := p.Steps[0].Key.(*ir.Lit)
		return !ok || ir.Equal(lit.Value, key)
	})
}

// outcomes is what an instance comes to, in words, without the variable at i.
func outcomes(sys *ir.System, a *ir.Action, args, state []ir.Value, i int) string {
	out := ""
	for _, o := range eval.Step(sys, a, args, state) {
		switch {
		case o.Err != nil:
			out += fmt.Sprint(o.Err.Kind, o.Err.Span, ";")
		case o.Assert != nil:
			out += fmt.Sprint("assert ", o.Assert.Loc, ";")
		default:
			for j, v := range o.State {
				if j != i {
					out += ir.Format(v) + ","
				}
			}
			out += ";"
		}
	}
	return out
}

// observer watches one instance of an action in one state.
type observer struct {
	t      *testing.T
	seed   uint64
	sys    *ir.System
	a      *ir.Action
	args   []ir.Value
	set    effects.Set
	writes int
	hidden int
}

func (o *observer) watch(state []ir.Value) {
	for _, v := range o.sys.Vars {
		o.write(state, v)
		o.read(state, v)
	}
}

// write holds that what changes is among the writes.
func (o *observer) write(state []ir.Value, v *ir.Var) {
	for _, out := range eval.Step(o.sys, o.a, o.args, state) {
		was, is := state[v.Index], out.State[v.Index]
		if out.Err != nil || ir.Equal(was, is) {
			continue
		}
		o.writes++
		if !covers(o.set.Writes, v, nil) {
			o.t.Errorf("seed %d: %s writes %s", o.seed, o.a.Name, v.Name)
		}
		m, ok := was.(ir.MapValue)
		if !ok || v.Type.Kind != ir.FuncKind {
			continue
		}
		for i, k := range m.Keys {
			if !ir.Equal(m.Vals[i], is.(ir.MapValue).Vals[i]) && !covers(o.set.Writes, v, k) {
				o.t.Errorf("seed %d: %s writes %s[%s]", o.seed, o.a.Name, v.Name, ir.Format(k))
			}
		}
	}
}

// read hides what is not among the reads, and holds that nothing comes out
// otherwise: a variable by having no value, one key of a function by having
// another. Parts that are written are left alone: they are read as what they
// are a part of.
func (o *observer) read(state []ir.Value, v *ir.Var) {
	before := outcomes(o.sys, o.a, o.args, state, v.Index)
	changed := slices.Clone(state)
	if !covers(o.set.Reads, v, nil) && !slices.ContainsFunc(o.set.Writes, func(p effects.Path) bool { return p.Var == v && len(p.Steps) > 0 }) {
		changed[v.Index] = nil
		o.same(before, changed, v, v.Name)
		return
	}
	m, ok := state[v.Index].(ir.MapValue)
	if !ok || v.Type.Kind != ir.FuncKind {
		return
	}
	for i, k := range m.Keys {
		if covers(o.set.Reads, v, k) {
			continue
		}
		for other := range firstOf(v.Type.Elem) {
			vals := slices.Clone(m.Vals)
			vals[i] = other
			changed[v.Index] = ir.MapValue{Keys: m.Keys, Vals: vals}
			o.same(before, changed, v, fmt.Sprintf("%s[%s]", v.Name, ir.Format(k)))
		}
	}
}

// firstOf yields a few values of a finite type.
func firstOf(t *ir.Type) iter.Seq[ir.Value] {
	return func(yield func(ir.Value) bool) {
		n := 0
		for v := range ir.Values(t) {
			if n++; n > 3 || !yield(v) {
				return
			}
		}
	}
}

func (o *observer) same(before string, changed []ir.Value, v *ir.Var, what string) {
	o.hidden++
	if after := outcomes(o.sys, o.a, o.args, changed, v.Index); after != before {
		o.t.Errorf("seed %d: %s reads %s", o.seed, o.a.Name, what)
	}
}

// TestEffectsHoldWhatIsObserved watches every instance of every action in
// reachable states of random Systems: no write goes unsaid, and what is not
// said to be read makes no difference.
func TestEffectsHoldWhatIsObserved(t *testing.T) {
	writes, hidden := 0, 0
	for seed := range samples() {
		sys := random(seed)
		sets := map[*ir.Action]effects.Set{}
		for _, a := range sys.Actions {
			sets[a] = effects.Of(a)
		}
		for _, s := range irtest.ExploreUpTo(sys, 5).States {
			seen := map[string]bool{}
			for _, out := range eval.Successors(sys, s) {
				instance := out.Action.Name + irtest.Key(out.Args)
				if len(out.Args) < len(out.Action.Params) || seen[instance] {
					continue // an error in the domain of a parameter, or another way through
				}
				seen[instance] = true
				o := &observer{t: t, seed: seed, sys: sys, a: out.Action, args: out.Args, set: sets[out.Action].At(out.Action, out.Args)}
				o.watch(s)
				writes, hidden = writes+o.writes, hidden+o.hidden
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d writes, %d hidden parts", writes, hidden)
	if writes == 0 || hidden == 0 {
		t.Error("nothing was observed")
	}
}
