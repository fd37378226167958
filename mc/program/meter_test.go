package program_test

import (
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
)

// TestMeteredComputesTheSame: counting changes no successor, and action by
// action they are those of all actions.
func TestMeteredComputesTheSame(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			plain, _ := program.Compile(k.Sys)
			metered, _, meter := program.CompileMetered(k.Sys)
			one, two := plain.NewMachine(), metered.NewMachine()
			for _, s := range irtest.Explore(k.Sys).States {
				want := successors(plain, s, one.Successors)
				if got := successors(metered, s, two.Successors); !slices.Equal(got, want) {
					t.Fatalf("in %s: metered %q, plain %q", irtest.Key(s), got, want)
				}
				got := successors(metered, s, func(key []uint64, emit func(*program.Machine)) {
					for i := range k.Sys.Actions {
						two.Outcomes(key, i, emit)
					}
				})
				if !slices.Equal(got, want) {
					t.Fatalf("in %s: action by action %q, all at once %q", irtest.Key(s), got, want)
				}
			}
			for _, a := range k.Sys.Actions {
				if a.Guard != nil && meter.Of(a.Guard) == 0 && len(ir.Conjuncts(a.Guard)) == 1 {
					t.Errorf("the guard of %s is never counted", a.Name)
				}
			}
		})
	}
}

func successors(p *program.Program, state []ir.Value, run func([]uint64, func(*program.Machine))) []string {
	slots, key := make([]uint64, len(p.Layout.Slots)+1), make([]uint64, p.Layout.Words)
	p.Layout.Encode(slots, state)
	p.Layout.Pack(key, slots)
	var out []string
	run(key, func(m *program.Machine) {
		if m.Failure() == nil {
			out = append(out, irtest.Key(p.Layout.Decode(m.State())))
		}
	})
	return out
}
