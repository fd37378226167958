package mc_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// report is what of a result must not depend on the number of workers.
type report struct {
	States   evidence.States
	Cuts     uint64
	Findings []string
	Coverage evidence.Coverage
}

func reportOf(t *testing.T, sys *ir.System, opt mc.Options) report {
	t.Helper()
	res, err := mc.Check(context.Background(), sys, opt)
	if err != nil {
		t.Fatal(err)
	}
	r := report{States: res.States, Cuts: res.Basis.Cuts, Coverage: res.Coverage}
	for _, f := range res.Findings {
		r.Findings = append(r.Findings, f.Prop.Label()+" "+f.Verdict.String()+" "+f.ID()+traceText(f.Trace))
	}
	return r
}

func traceText(tr *evidence.Trace) string {
	s := ""
	if tr == nil {
		return s
	}
	for _, st := range tr.Steps {
		if st.Action != nil {
			s += " " + st.Action.Name + irtest.Key(st.Args)
		}
		s += " " + irtest.Key(st.State)
	}
	return s
}

// careless is two-phase commit of n in which nobody is aborted for good, with
// many shortest traces to each of its violations.
func careless(n int) *ir.System {
	sys := irtest.TwoPhase(n)
	for _, a := range sys.Actions {
		if a.Name == "Commit" {
			a.Guard = ir.Conjuncts(a.Guard)[0]
		}
	}
	return sys
}

// bounded is two-phase commit of n in which not everybody is heard, and in
// which to hear of the third is an error.
func bounded(n int, limit int64) *ir.System {
	sys := irtest.TwoPhase(n)
	b := &irtest.B{Table: sys.Types, Sys: sys}
	var heard *ir.Var
	for _, v := range sys.Vars {
		if v.Name == "heard" {
			heard = v
		}
	}
	few := func(k int64) ir.Expr { return b.Op(ir.Le, b.Op(ir.Len, b.Get(heard)), b.I(k)) }
	b.Bound(few(limit))
	for _, a := range sys.Actions {
		if a.Name == "Collect" {
			a.Body = append(a.Body, b.Assert(few(2)))
		}
	}
	return sys
}

func TestWorkersDoNotMatter(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func() *ir.System
		all  bool
	}{
		{"violated", func() *ir.System { return careless(5) }, false},
		{"violated, to the end", func() *ir.System { return careless(4) }, true},
		{"holds", func() *ir.System { return irtest.TwoPhase(5) }, true},
		{"bounded", func() *ir.System { return bounded(5, 1) }, true},
		{"assertion and bounds", func() *ir.System { return bounded(5, 3) }, true},
		{"deadlock", func() *ir.System { return irtest.Philosophers(7) }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := tt.make()
			if tt.all {
				exhaust(sys)
			}
			want := reportOf(t, sys, mc.Options{Workers: 1})
			for workers := 1; workers <= 5; workers++ {
				for _, code := range []mc.Code{mc.Closures, mc.WebAssembly} {
					got := reportOf(t, sys, mc.Lonely(mc.Options{Workers: workers, Code: code}, 1))
					if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(&ir.Action{}, &ir.Property{})); diff != "" {
						t.Errorf("%d workers, code %d (-one +many):\n%s", workers, code, diff)
					}
				}
			}
		})
	}
}
