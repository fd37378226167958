package absint_test

import (
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
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

// listing is how many values are listed, differently in turn.
func listing(seed uint64) int { return [...]int{16, 2, 3, 5}[seed/3%4] }

// states is how many states of one System are explored: fewer where many
// Systems are.
func states(n int) int {
	if os.Getenv("SPEC_SOAK") != "" {
		return n / 8
	}
	return n
}

// judge compares what Facts claim of a System with the states that the judge
// reaches.
type judge struct {
	t     *testing.T
	seed  uint64
	sys   *ir.System
	facts *absint.Facts
	told  *tally
	truth map[*ir.Property]absint.Truth
}

// tally counts what was worth claiming, so that a test of claims cannot pass
// without any.
type tally struct{ states, sharp, proved, refuted, dead int }

func (j *judge) state(state []ir.Value) {
	j.told.states++
	for _, v := range j.sys.Vars {
		if got := j.facts.Var(v); !got.Has(state[v.Index]) {
			j.t.Errorf("seed %d: %s is %s, without %s", j.seed, v.Name, got, ir.Format(state[v.Index]))
		}
	}
	for _, p := range j.sys.Props {
		if p.Kind != ir.Invariant && p.Kind != ir.Witness {
			continue
		}
		truth := j.truth[p]
		ok, err := eval.Holds(p.Formula, &eval.Env{State: state})
		switch {
		case err != nil && !truth.Error:
			j.t.Errorf("seed %d: %s is an error: %v", j.seed, p.Name, err)
		case err == nil && (ok && !truth.True || !ok && !truth.False):
			j.t.Errorf("seed %d: %s is %v, against %+v", j.seed, p.Name, ok, truth)
		}
	}
}

func (j *judge) system() {
	for _, p := range j.sys.Props {
		j.truth[p] = j.facts.Property(p)
	}
	r := irtest.ExploreUpTo(j.sys, states(40))
	for _, s := range r.States {
		j.state(s)
		for _, o := range eval.Successors(j.sys, s) {
			if o.Err != nil || o.Assert != nil {
				continue
			}
			if !j.facts.Fires(o.Action) {
				j.t.Errorf("seed %d: %s is taken", j.seed, o.Action.Name)
			}
			j.state(o.State)
		}
		if j.t.Failed() {
			return
		}
	}
	j.tell()
}

// tell counts the claims.
func (j *judge) tell() {
	for _, v := range j.sys.Vars {
		if _, listed := j.facts.Var(v).List(); listed {
			j.told.sharp++
		}
	}
	for _, a := range j.sys.Actions {
		if !j.facts.Fires(a) {
			j.told.dead++
		}
	}
	for _, p := range j.sys.Props {
		if p.Kind != ir.Invariant {
			continue
		}
		if j.facts.Proves(p.Formula) {
			j.told.proved++
		}
		if !j.facts.Truth(p.Formula).True {
			j.told.refuted++
		}
	}
}

func TestSound(t *testing.T) {
	told := &tally{}
	for seed := range samples() {
		if seed%1000 == 999 {
			t.Logf("%d systems: %+v", seed+1, *told)
		}
		sys := random(seed)
		j := &judge{t, seed, sys, absint.OfListing(sys, listing(seed)), told, map[*ir.Property]absint.Truth{}}
		j.system()
		if t.Failed() {
			return
		}
	}
	t.Logf("%+v", *told)
	if told.sharp == 0 || told.proved == 0 || told.refuted == 0 || told.dead == 0 {
		t.Error("nothing was claimed")
	}
}
