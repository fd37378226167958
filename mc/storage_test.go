package mc_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// samples are systems that hold and systems that do not.
func samples() map[string]*ir.System {
	whole := careless(4)
	exhaust(whole)
	return map[string]*ir.System{
		"violated": careless(4), "violated, to the end": whole, "holds": irtest.TwoPhase(4), "bounded": bounded(4, 1),
		"assertion and bounds": bounded(4, 3), "deadlock": irtest.Philosophers(6), "endless": endless(),
	}
}

// TestStorages: every way to keep states gives the same figures and traces.
func TestStorages(t *testing.T) {
	for name, sys := range samples() {
		want := reportOf(t, sys, mc.Options{Limits: mc.Limits{Depth: 12}})
		for _, st := range []mc.Storage{mc.Fingerprint, mc.Bitstate} {
			got := reportOf(t, sys, mc.Options{Store: st, Limits: mc.Limits{Depth: 12, Memory: 64 << 20}})
			if st == mc.Bitstate { // it claims less
				for i, f := range got.Findings {
					if want.Findings[i] != f && !bytes.Contains([]byte(f), []byte("unknown")) {
						t.Errorf("%s, %v: got %s, want %s", name, st, f, want.Findings[i])
					}
				}
				got.Findings = want.Findings
			}
			if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(&ir.Action{}, &ir.Property{})); diff != "" {
				t.Errorf("%s, %v (-exact +this):\n%s", name, st, diff)
			}
		}
	}
}

func TestStoragesSayWhatTheyRestOn(t *testing.T) {
	sys := irtest.TwoPhase(3)
	exhaust(sys)
	res, err := mc.Check(context.Background(), sys, mc.Options{Store: mc.Bitstate})
	if err != nil {
		t.Fatal(err)
	}
	if res.Basis.Kind != evidence.Partial || res.Basis.Limit != "bitstate storage, which covers an estimated 100 % of the states" {
		t.Errorf("bitstate: got basis %v, %q", res.Basis.Kind, res.Basis.Limit)
	}
	if res, err = mc.Check(context.Background(), sys, mc.Options{Store: mc.Fingerprint}); err != nil {
		t.Fatal(err)
	}
	want := []string{"64-bit fingerprints: the odds that two states were taken for one are at most 2e-15"}
	if !slices.Equal(res.Basis.Notes, want) {
		t.Errorf("fingerprints: got notes %q, want %q", res.Basis.Notes, want)
	}
}

// TestOrders: every order visits the same states and comes to the same
// verdicts, with real traces.
func TestOrders(t *testing.T) {
	for name, sys := range samples() {
		if name == "endless" || sys.Bounds != nil {
			continue
		}
		want, err := mc.Check(context.Background(), sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, order := range []mc.Order{mc.DepthFirst, mc.Random, mc.Guided} {
			got, err := mc.Check(context.Background(), sys, mc.Options{Order: order, Seed: 5})
			if err != nil {
				t.Fatal(err)
			}
			if want.Basis.Kind == evidence.Exhaustive && got.States.Distinct != want.States.Distinct {
				t.Errorf("%s, %v: %d states, want %d", name, order, got.States.Distinct, want.States.Distinct)
			}
			for i, f := range got.Findings {
				if f.Verdict != want.Findings[i].Verdict || f.Depth < want.Findings[i].Depth {
					t.Errorf("%s, %v: %s is %v at depth %d, want %v from depth %d on", name, order, f.Prop.Label(), f.Verdict, f.Depth,
						want.Findings[i].Verdict, want.Findings[i].Depth)
				}
				if f.Trace != nil && len(f.Trace.Steps) != f.Depth+1 {
					t.Errorf("%s, %v: a trace of %d states to depth %d", name, order, len(f.Trace.Steps), f.Depth)
				}
			}
		}
	}
}

// TestGuidedSearchIsShort: the distance leads straight to the violation.
func TestGuidedSearchIsShort(t *testing.T) {
	b := irtest.New("Race")
	x, y := b.Var("x", b.Int()), b.Var("y", b.Int())
	b.Init(b.Put(x, b.I(0)), b.Put(y, b.I(0)))
	up := func(v *ir.Var) ir.Stmt { return b.Put(v, b.Op(ir.Add, b.Get(v), b.I(1))) }
	b.Action("X", nil, b.Op(ir.Lt, b.Get(x), b.I(200)), up(x))
	b.Action("Y", nil, b.Op(ir.Lt, b.Get(y), b.I(200)), up(y))
	b.Prop(ir.Invariant, "Never", b.Op(ir.Or, b.Op(ir.Lt, b.Get(x), b.I(90)), b.Op(ir.Lt, b.Get(y), b.I(90))))
	guided, err := mc.Check(context.Background(), b.Sys, mc.Options{Order: mc.Guided})
	if err != nil {
		t.Fatal(err)
	}
	if f := guided.Findings[0]; f.Verdict != evidence.Violated || guided.States.Distinct > 1000 {
		t.Errorf("got %v after %d states, want violated after at most 1000", f.Verdict, guided.States.Distinct)
	}
}

// TestCheckpoints goes on from every checkpoint of a run and must come to
// where the run came to.
func TestCheckpoints(t *testing.T) {
	for name, sys := range samples() {
		for _, workers := range []int{1, 3} {
			var saved [][]byte
			opt := mc.Lonely(mc.Options{Workers: workers, Limits: mc.Limits{Depth: 15}}, 20)
			opt.Checkpoint = &mc.Checkpoint{Save: func(write func(io.Writer) error) error {
				var b bytes.Buffer
				defer func() { saved = append(saved, b.Bytes()) }()
				return write(&b)
			}}
			want := reportOf(t, sys, opt)
			if len(saved) == 0 {
				t.Errorf("%s: no checkpoint", name)
			}
			for i, data := range saved {
				opt.Checkpoint = &mc.Checkpoint{Load: bytes.NewReader(data), Every: 1 << 40}
				if diff := cmp.Diff(want, reportOf(t, sys, opt), cmpopts.IgnoreTypes(&ir.Action{}, &ir.Property{})); diff != "" {
					t.Errorf("%s, %d workers, from checkpoint %d (-whole +resumed):\n%s", name, workers, i, diff)
				}
			}
		}
	}
}

// TestCheckpointsRefuse what is cut off, changed or of another system.
func TestCheckpointsRefuse(t *testing.T) {
	var data []byte
	save := func(write func(io.Writer) error) error {
		var b bytes.Buffer
		err := write(&b)
		data = b.Bytes()
		return err
	}
	reportOf(t, irtest.TwoPhase(3), mc.Options{Checkpoint: &mc.Checkpoint{Save: save}})
	changed := slices.Clone(data)
	changed[len(data)/2] ^= 1
	for _, tt := range []struct {
		name string
		sys  *ir.System
		data []byte
		want error
	}{
		{"another system", irtest.TwoPhase(4), data, mc.ErrForeignCheckpoint},
		{"no checkpoint", irtest.TwoPhase(3), []byte("#!/bin/sh\n\nexit 0\n"), mc.ErrNoCheckpoint},
		{"empty", irtest.TwoPhase(3), nil, mc.ErrNoCheckpoint},
		{"cut off", irtest.TwoPhase(3), data[:len(data)-8], mc.ErrDamagedCheckpoint},
		{"changed", irtest.TwoPhase(3), changed, mc.ErrDamagedCheckpoint},
	} {
		_, err := mc.Check(context.Background(), tt.sys, mc.Options{Checkpoint: &mc.Checkpoint{Load: bytes.NewReader(tt.data)}})
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
}

// TestUnsavedCheckpoint: a full disk does not end the search, and is said.
func TestUnsavedCheckpoint(t *testing.T) {
	res, err := mc.Check(context.Background(), irtest.TwoPhase(3), mc.Options{Checkpoint: &mc.Checkpoint{
		Save: func(func(io.Writer) error) error { return errors.New("no space left on device") }}})
	if err != nil {
		t.Fatal(err)
	}
	want := "the last checkpoint could not be written: no space left on device"
	if fmt.Sprint(res.Basis.Notes) != "["+want+"]" || res.Findings[0].Verdict != evidence.Holds {
		t.Errorf("got notes %q and verdict %v, want %q", res.Basis.Notes, res.Findings[0].Verdict, want)
	}
}
