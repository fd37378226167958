package mc_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/wasm"
)

// outcomeText is what engine and judge must agree on, of one outcome.
func outcomeText(a *ir.Action, args, state []ir.Value, kind eval.ErrorKind, sp source.Span, assert *ir.AssertStmt, failed bool) string {
	s := ""
	if a != nil {
		s = a.Name + irtest.Key(args)
	}
	s += " -> " + irtest.Key(state)
	switch {
	case assert != nil:
		s += fmt.Sprintf(" assert at %v", assert.Span())
	case failed:
		s += fmt.Sprintf(" %s at %s", kind, fmt.Sprint(sp))
	}
	return s
}

func judged(outcomes []eval.Outcome) []string {
	var out []string
	for _, o := range outcomes {
		if o.Err != nil {
			out = append(out, outcomeText(o.Action, o.Args, nil, o.Err.Kind, o.Err.Span, nil, true))
			continue
		}
		if o.Assert != nil {
			out = append(out, outcomeText(o.Action, o.Args, nil, 0, source.Span{}, o.Assert, true))
			continue
		}
		out = append(out, outcomeText(o.Action, o.Args, o.State, 0, source.Span{}, nil, false))
	}
	return out
}

// engine computes outcomes with a Machine.
type engine struct {
	sys  *ir.System
	prog *program.Program
	m    *program.Machine
	out  []string
}

func newEngine(sys *ir.System) *engine {
	prog, _ := program.Compile(sys)
	return &engine{sys: sys, prog: prog, m: prog.NewMachine()}
}

func (e *engine) take(m *program.Machine) {
	var a *ir.Action
	var args []ir.Value
	if m.Action() >= 0 {
		a = e.sys.Actions[m.Action()]
		args = m.Args()
	}
	if f := m.Failure(); f != nil {
		e.out = append(e.out, outcomeText(a, args, nil, f.Kind, f.Span, f.Assert, true))
		return
	}
	// Through a key and back, as a search does.
	key := make([]uint64, e.prog.Layout.Words)
	slots := make([]uint64, len(e.prog.Layout.Slots)+1)
	e.prog.Layout.Pack(key, m.State())
	e.prog.Layout.Unpack(slots, key)
	e.out = append(e.out, outcomeText(a, args, e.prog.Layout.Decode(slots), 0, source.Span{}, nil, false))
}

func (e *engine) initial() []string {
	e.out = nil
	e.m.Initial(e.take)
	return e.out
}

func (e *engine) successors(state []ir.Value) []string {
	e.out = nil
	slots := make([]uint64, len(e.prog.Layout.Slots)+1)
	key := make([]uint64, e.prog.Layout.Words)
	e.prog.Layout.Encode(slots, state)
	e.prog.Layout.Pack(key, slots)
	e.m.Successors(key, e.take)
	return e.out
}

// difference returns the first outcome on which two lists differ.
func difference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			return fmt.Sprintf("outcome %d:\n got %s\nwant %s", i, g, w)
		}
	}
	return ""
}

// tooBig reports whether the engine itself takes so long that the judge, a
// hundred times slower, would take minutes.
func tooBig(t *testing.T, sys *ir.System) bool {
	exhaust(sys)
	start := time.Now()
	res, err := mc.Check(context.Background(), sys, mc.Options{Workers: 1, Limits: mc.Limits{States: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	return res.Basis.Kind == evidence.Partial || time.Since(start) > 20*time.Millisecond
}

// agree compares the outcomes in every state, and then the whole search.
func agree(t *testing.T, sys *ir.System) {
	t.Helper()
	if tooBig(t, sys) {
		return
	}
	want := irtest.Explore(sys)
	e := newEngine(sys)
	if d := difference(e.initial(), judged(eval.Initial(sys))); d != "" {
		t.Fatalf("initial states: %s", d)
	}
	for _, state := range want.States {
		if d := difference(e.successors(state), judged(eval.Successors(sys, state))); d != "" {
			t.Fatalf("in %s %s", irtest.Key(state), d)
		}
	}
	for _, opt := range []mc.Options{
		{Workers: 1},
		mc.Lonely(mc.Options{Workers: 3}, 3),
		mc.Lonely(mc.Options{Workers: 2, Code: mc.WebAssembly}, 1),
	} {
		res, err := mc.Check(context.Background(), sys, opt)
		var no *wasm.Unsupported
		if errors.As(err, &no) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if want.PropErr < 0 && !lacksValue(res) {
			compare(t, res, want.Figures, want.Props)
		}
		if err := explain.Fill(res); err != nil {
			t.Error(err)
		}
	}
}

func TestAgreesOnKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { agree(t, k.Sys) })
	}
}

// TestAgreesOnRandomSystems compares engine and judge on random Systems:
// more of them with SPEC_SOAK.
func TestAgreesOnRandomSystems(t *testing.T) {
	n := uint64(120)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20_000
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agree(t, irtest.Random(seed)) })
	}
}
