// Package profile finds out where the states of a System and the work on them
// come from: it looks again at a sample of the states that a search has kept,
// with a Program of its own that counts what it evaluates. The search itself
// runs at full speed.
package profile

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
)

// Most is how many states a sample has at most.
const Most = 10_000

// Widths looks at states of prog, given by their keys, and says how many
// values each variable takes, the most first, and which may grow for ever.
func Widths(prog *program.Program, states iter.Seq[[]uint64]) *evidence.Profile {
	c := newCollector(prog, states)
	c.widths()
	return c.out
}

// Collect is Widths, and measures besides what each action and each part of
// the model costs.
func Collect(prog *program.Program, states iter.Seq[[]uint64]) *evidence.Profile {
	c := newCollector(prog, states)
	c.widths()
	c.actions()
	c.parts()
	return c.out
}

type collector struct {
	prog   *program.Program
	keys   [][]uint64
	states [][]ir.Value // of the keys
	out    *evidence.Profile
}

func newCollector(prog *program.Program, states iter.Seq[[]uint64]) *collector {
	c := &collector{prog: prog, keys: sample(states, Most)}
	slots := make([]uint64, len(prog.Layout.Slots)+1)
	for _, k := range c.keys {
		prog.Layout.Unpack(slots, k)
		c.states = append(c.states, prog.Layout.Decode(slots))
	}
	c.out = &evidence.Profile{Sampled: len(c.keys), Growing: Growing(prog.Sys)}
	return c
}

// widths counts the values of each variable.
func (c *collector) widths() {
	for _, v := range c.prog.Sys.Vars {
		seen := map[string]bool{}
		for _, s := range c.states {
			seen[ir.Format(s[v.Index])] = true
		}
		c.out.Variables = append(c.out.Variables, evidence.VarWidth{Var: v, Values: len(seen)})
	}
	slices.SortStableFunc(c.out.Variables, func(a, b evidence.VarWidth) int { return cmp.Compare(b.Values, a.Values) })
}

// actions times the actions one after the other.
func (c *collector) actions() {
	m := c.prog.NewMachine()
	for i, a := range c.prog.Sys.Actions {
		n := uint64(0)
		count := func(*program.Machine) { n++ }
		start := time.Now()
		for _, k := range c.keys {
			m.Outcomes(k, i, count)
		}
		c.out.Actions = append(c.out.Actions, evidence.ActionCost{Action: a, Time: time.Since(start), Outcomes: n})
	}
}

// parts counts what is evaluated to compute the successors of the sample and
// to test its properties.
func (c *collector) parts() {
	sys := c.prog.Sys
	prog, compiler, meter := program.CompileMetered(sys)
	tests := conditions(sys, compiler)
	m := prog.NewMachine()
	meter.Reset()
	slots, key := make([]uint64, len(prog.Layout.Slots)+1), make([]uint64, prog.Layout.Words)
	after := func(m *program.Machine) {
		if m.Failure() == nil {
			for _, t := range tests.steps {
				m.Test(t, m.State(), m.From())
			}
		}
	}
	for _, s := range c.states {
		prog.Layout.Encode(slots, s)
		prog.Layout.Pack(key, slots)
		m.Successors(key, after)
		for _, t := range tests.states {
			m.Test(t, slots, nil)
		}
	}
	for _, p := range partsOf(sys) {
		p.measure(meter)
		if c.out.Work += p.Work; p.Work > 0 {
			c.out.Parts = append(c.out.Parts, p.PartCost)
		}
	}
	slices.SortStableFunc(c.out.Parts, func(a, b evidence.PartCost) int { return cmp.Compare(b.Work, a.Work) })
}

// tests are conditions that a search evaluates, of states and of steps.
type tests struct{ states, steps []*program.Predicate }

func conditions(sys *ir.System, c *program.Compiler) tests {
	var t tests
	for _, b := range sys.Bounds {
		t.states = append(t.states, c.Predicate(b.Cond))
	}
	for _, p := range checked(sys) {
		if p.Kind == ir.Step {
			t.steps = append(t.steps, c.Predicate(p.Formula))
		} else {
			t.states = append(t.states, c.Predicate(p.Formula))
		}
	}
	return t
}

// checked are the properties that a search decides, each once.
func checked(sys *ir.System) []*ir.Property {
	var out []*ir.Property
	for _, c := range sys.Checks {
		switch c.Prop.Kind {
		case ir.Invariant, ir.Step, ir.Witness:
			if !slices.Contains(out, c.Prop) {
				out = append(out, c.Prop)
			}
		}
	}
	return out
}
