package reference_test

import (
	"context"
	"testing"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/reference"
)

func TestKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			res := reference.Check(context.Background(), k.Sys, reference.Options{})
			if int(res.States.Distinct) != k.Want.Distinct || int(res.States.Generated) != k.Want.Generated ||
				res.States.Depth != k.Want.Depth || int(res.Basis.Cuts) != k.Want.Cuts {
				t.Errorf("got %+v, %d cuts, want %+v", res.States, res.Basis.Cuts, k.Want)
			}
			for i, depth := range k.Props {
				if f := res.Findings[i]; (f.Trace != nil) != (depth >= 0) || f.Trace != nil && f.Depth != depth {
					t.Errorf("%s: got depth %d, want %d", f.Prop.Label(), f.Depth, depth)
				}
			}
			if err := explain.Fill(res); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	res := reference.Check(context.Background(), irtest.TwoPhase(3), reference.Options{MaxStates: 10})
	if res.Basis.Kind != evidence.Partial || res.Findings[0].Verdict != evidence.Unknown {
		t.Errorf("got %+v and %v of a search that was cut short", res.Basis, res.Findings[0].Verdict)
	}
}
