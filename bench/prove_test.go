package bench

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover"
)

// TestProverFindsTheSame compares what is found by visiting states with what
// is found by proof, on random packed systems: verdicts, depths, and every step
// of every trace. 5,000 of them with SPEC_SOAK.
func TestProverFindsTheSame(t *testing.T) {
	n, definite := uint64(150), 0
	if os.Getenv("SPEC_SOAK") != "" {
		n = 5_000
	}
	for seed := range n {
		sys := irtest.RandomPacked(seed)
		sys.Checks = nil
		for _, p := range sys.Props {
			sys.Checks = append(sys.Checks, ir.Check{Prop: p, Depth: -1})
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) { definite += sameFindings(t, sys) })
	}
	t.Log(definite, "verdicts are the same")
	if definite < int(n) {
		t.Errorf("only %d definite verdicts", definite)
	}
}

func sameFindings(t *testing.T, sys *ir.System) int {
	t.Helper()
	want, err := mc.Check(context.Background(), sys, mc.Options{Workers: 1, Limits: mc.Limits{States: 20_000}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(want.Basis.Limit, "the limit") {
		return 0
	}
	got, err := prover.Check(context.Background(), sys, prover.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.Basis.Limit, "no circuit") {
		return 0
	}
	definite := 0
	for i := range got.Findings {
		f := &got.Findings[i]
		if f.Verdict == evidence.Unknown {
			continue
		}
		w := like(want, f, i)
		if w == nil || w.Verdict == evidence.Unknown {
			continue
		}
		definite++
		if d := cmp.Diff(found(w), found(f)); d != "" {
			t.Errorf("by visiting and by proof:\n%s", d)
		}
	}
	if len(got.Findings) > len(want.Findings) {
		t.Errorf("%d findings, want %d", len(got.Findings), len(want.Findings))
	}
	return definite
}

// like is the finding on the same property, which has the same place if it is
// asked for.
func like(res *evidence.Result, f *evidence.Finding, i int) *evidence.Finding {
	if f.Check != nil {
		return &res.Findings[i]
	}
	for j := range res.Findings {
		if w := &res.Findings[j]; w.Check == nil && w.Prop.Kind == f.Prop.Kind {
			return w
		}
	}
	return nil
}

// found is what two engines must agree on.
func found(f *evidence.Finding) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s at %d %v %s\n", f.Prop.Label(), f.Verdict, f.Depth, f.Span, f.Why)
	if f.Trace == nil {
		return s.String()
	}
	for _, st := range f.Trace.Steps {
		if st.Action != nil {
			fmt.Fprintf(&s, "%s(%s)", st.Action.Name, irtest.Key(st.Args))
		}
		for _, v := range st.State {
			if v != nil {
				fmt.Fprintf(&s, " %s", ir.Format(v))
			}
		}
		s.WriteByte('\n')
	}
	return s.String()
}
