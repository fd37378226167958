package program_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
)

// instance is an action with arguments, and what it leads to from one state.
type instance struct {
	action   *ir.Action
	args     []ir.Value
	outcomes []result
}

type result struct {
	key    []uint64
	failed string
}

// coverage holds effects to what a Program does.
type coverage struct {
	t    *testing.T
	sys  *ir.System
	prog *program.Program
	m    *program.Machine
	seen int // instances compared from mixed states
}

// instances lists the instances that have an outcome in a state.
func (c *coverage) instances(key []uint64) map[string]*instance {
	out := map[string]*instance{}
	c.m.Successors(key, func(m *program.Machine) {
		a, args := c.sys.Actions[m.Action()], m.Args()
		name := a.Name + irtest.Key(args)
		if out[name] == nil {
			out[name] = &instance{action: a, args: args}
		}
		r := result{key: make([]uint64, c.prog.Layout.Words)}
		if f := m.Failure(); f != nil {
			r.failed = fmt.Sprint(f.Kind, f.Span)
		} else {
			c.prog.Layout.Pack(r.key, m.State())
		}
		out[name].outcomes = append(out[name].outcomes, r)
	})
	return out
}

func (c *coverage) masks(i *instance) (reads, writes []uint64) {
	set := effects.Of(i.action).At(i.action, i.args)
	return c.mask(set.Reads), c.mask(set.Writes)
}

func (c *coverage) mask(ps []effects.Path) []uint64 {
	out := make([]uint64, c.prog.Layout.Words)
	for _, p := range ps {
		c.prog.Layout.Cover(out, p)
	}
	return out
}

// blurred are bits of values that an instance writes a part of, where the key
// does not show which.
func (c *coverage) blurred(i *instance) []uint64 {
	out := make([]uint64, c.prog.Layout.Words)
	for _, p := range effects.Of(i.action).At(i.action, i.args).Writes {
		if len(p.Steps) == 0 {
			continue
		}
		whole := p
		whole.Steps = p.Steps[:len(p.Steps)-1]
		if mask := c.mask([]effects.Path{p}); slices.Equal(mask, c.mask([]effects.Path{whole})) {
			for w := range out {
				out[w] |= mask[w]
			}
		}
	}
	return out
}

// writes checks that an instance changes nothing but what it writes.
func (c *coverage) writes(from []uint64, i *instance) {
	_, mask := c.masks(i)
	for _, r := range i.outcomes {
		for w := range from {
			if r.failed == "" && (r.key[w]^from[w])&^mask[w] != 0 {
				c.t.Fatalf("%s%v changes bits %x of word %d outside what it writes: %v", i.action.Name, i.args, (r.key[w]^from[w])&^mask[w], w, effects.Of(i.action).Writes)
			}
		}
	}
}

// reads checks that an instance does the same in a state that differs only in
// what it does not read.
func (c *coverage) reads(from, other []uint64, i *instance) {
	reads, writes := c.masks(i)
	blurred := c.blurred(i)
	mixed := make([]uint64, len(from))
	for w := range from {
		mixed[w] = from[w]&reads[w] | other[w]&^reads[w]
	}
	if slices.Equal(mixed, from) {
		return
	}
	c.seen++
	got := c.instances(mixed)[i.action.Name+irtest.Key(i.args)]
	if got == nil || len(got.outcomes) != len(i.outcomes) {
		c.t.Fatalf("%s%v depends on what it does not read: %v", i.action.Name, i.args, effects.Of(i.action).Reads)
	}
	for n, r := range i.outcomes {
		g := got.outcomes[n]
		if g.failed != r.failed {
			c.t.Fatalf("%s%v fails otherwise where what it does not read is different: %q, %q", i.action.Name, i.args, r.failed, g.failed)
		}
		for w := range from {
			if r.failed != "" {
				break
			}
			// A bit is written alike, or in both left as it was.
			differs := (g.key[w] ^ r.key[w]) & writes[w] &^ blurred[w]
			left := ^(g.key[w] ^ mixed[w]) & ^(r.key[w] ^ from[w])
			if differs&^left != 0 {
				c.t.Fatalf("%s%v writes otherwise where what it does not read is different", i.action.Name, i.args)
			}
		}
	}
}

func cover(t *testing.T, sys *ir.System) int {
	t.Helper()
	prog, _ := program.Compile(sys)
	c := &coverage{t: t, sys: sys, prog: prog, m: prog.NewMachine()}
	var keys [][]uint64
	for _, s := range irtest.ExploreUpTo(sys, 40).States {
		slots, key := make([]uint64, len(prog.Layout.Slots)+1), make([]uint64, prog.Layout.Words)
		prog.Layout.Encode(slots, s)
		prog.Layout.Pack(key, slots)
		keys = append(keys, key)
	}
	keys = keys[:min(len(keys), 25)]
	for n, key := range keys {
		for _, i := range c.instances(key) {
			if len(i.args) < len(i.action.Params) {
				continue // a domain failed: no instance
			}
			c.writes(key, i)
			for d := 1; d < len(keys); d += 6 {
				c.reads(key, keys[(n+d)%len(keys)], i)
			}
		}
	}
	return c.seen
}

// TestEffectsCoverWhatHappens holds effects.Of and Layout.Cover to what
// actions really do: in states that are reached, and in mixtures of them.
func TestEffectsCoverWhatHappens(t *testing.T) {
	seen := 0
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { seen += cover(t, k.Sys) })
	}
	for seed := range uint64(100) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { seen += cover(t, irtest.Random(seed)) })
	}
	if seen < 5000 {
		t.Errorf("only %d instances were compared", seen)
	}
}
