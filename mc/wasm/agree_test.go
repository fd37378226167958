package wasm_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/wasm"
)

// pair is a System with both Steppers.
type pair struct {
	sys   *ir.System
	prog  *program.Program
	watch program.Watch
	code  *wasm.Code
	fast  program.Stepper
	slow  program.Stepper
}

// watchOf is what a search of sys would watch: bounds, and alarms about what
// is violated.
func watchOf(sys *ir.System, c *program.Compiler, props bool) program.Watch {
	var w program.Watch
	for _, b := range sys.Bounds {
		w.Bounds = append(w.Bounds, c.Predicate(b.Cond))
	}
	if !props {
		return w
	}
	for _, p := range sys.Props {
		switch p.Kind {
		case ir.Invariant:
			w.States = append(w.States, program.Alarm{Pred: c.Predicate(p.Formula)})
		case ir.Witness:
			w.States = append(w.States, program.Alarm{Pred: c.Predicate(p.Formula), When: true})
		case ir.Step:
			w.Steps = append(w.Steps, program.Alarm{Pred: c.Predicate(p.Formula)})
		}
	}
	return w
}

// compile returns nil if the System, or with props what it watches, is not
// supported.
func compile(t testing.TB, sys *ir.System, props bool) *pair {
	t.Helper()
	prog, c := program.Compile(sys)
	p := &pair{sys: sys, prog: prog, watch: watchOf(sys, c, props)}
	var err error
	p.code, err = wasm.Compile(prog, c, p.watch)
	if un := new(wasm.Unsupported); errors.As(err, &un) {
		t.Logf("not compiled: %s", un.Why)
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.code.Close() })
	p.fast, err = p.code.New()
	if err != nil {
		t.Fatal(err)
	}
	p.slow = prog.NewStepper(p.watch)
	return p
}

// reach returns the keys of up to n reachable states. With props, states that
// a Machine has to look at have no successors.
func reach(p *pair, n int) []uint64 {
	size := p.prog.Layout.Words
	var keys []uint64
	seen := map[string]bool{}
	add := func(key []uint64) {
		if k := fmt.Sprint(key); !seen[k] {
			seen[k] = true
			keys = append(keys, key...)
		}
	}
	m := p.prog.NewMachine()
	key := make([]uint64, size)
	take := func(m *program.Machine) {
		if m.Failure() == nil {
			p.prog.Layout.Pack(key, m.State())
			add(key)
		}
	}
	m.Initial(take)
	for i := 0; i < len(keys) && len(seen) < n; i += size {
		m.Successors(keys[i:i+size], take)
	}
	return keys
}

// differ returns how two batches differ.
func differ(got, want program.Batch) string {
	switch {
	case !slices.Equal(got.Stuck, want.Stuck):
		return fmt.Sprintf("stuck %v, want %v", got.Stuck, want.Stuck)
	case !slices.Equal(got.Redo, want.Redo):
		return fmt.Sprintf("redo %v, want %v", got.Redo, want.Redo)
	case got.Generated != want.Generated:
		return fmt.Sprintf("generated %d, want %d", got.Generated, want.Generated)
	case !slices.Equal(got.Metas, want.Metas):
		return fmt.Sprintf("metas %x, want %x", got.Metas, want.Metas)
	case !slices.Equal(got.Keys, want.Keys):
		return fmt.Sprintf("keys %x, want %x", got.Keys, want.Keys)
	}
	return ""
}

// agree compares both Steppers on every state. WebAssembly may leave more
// states to a Machine, but it must not leave fewer; it reports how many more.
func agree(t *testing.T, p *pair, limit int) (extra int) {
	t.Helper()
	size := p.prog.Layout.Words
	keys := reach(p, limit)
	n := len(keys) / size
	var all []uint64 // states that neither leaves to a Machine
	for i := range n {
		key := keys[i*size : (i+1)*size]
		var got, want program.Batch
		p.fast.Expand(key, &got)
		p.slow.Expand(key, &want)
		if len(got.Redo) > 0 && len(want.Redo) == 0 {
			extra++
			if got.Generated != 0 || len(got.Keys)+len(got.Metas)+len(got.Stuck) > 0 {
				t.Fatalf("state %x: %+v left to a Machine", key, got)
			}
			continue
		}
		if d := differ(got, want); d != "" {
			t.Fatalf("state %x: %s", key, d)
		}
		if len(got.Redo) == 0 {
			all = append(all, key...)
		}
	}
	agreeOnCounts(t, p, all, keys)
	states, others := make([]uint64, n), make([]uint64, n)
	p.fast.Examine(keys, states)
	p.slow.Examine(keys, others)
	for i := range states {
		if states[i] != others[i] {
			t.Fatalf("state %x: alarms %b, want %b", keys[i*size:(i+1)*size], states[i], others[i])
		}
	}
	return extra
}

// agreeOnCounts expands states that nothing is rare about with fresh Steppers,
// and one that is given all states in one call.
func agreeOnCounts(t *testing.T, p *pair, all, keys []uint64) {
	t.Helper()
	size := p.prog.Layout.Words
	fast, err := p.code.New()
	if err != nil {
		t.Fatal(err)
	}
	defer fast.Close()
	slow := p.prog.NewStepper(p.watch)
	var got, want program.Batch
	fast.Expand(keys, &got)
	slow.Expand(all, &want)
	if got.Generated != want.Generated || !slices.Equal(got.Keys, want.Keys) {
		t.Fatalf("in one call: %d successors, want %d", got.Generated, want.Generated)
	}
	if len(got.Redo)+len(all)/size != len(keys)/size {
		t.Fatalf("in one call: %d states are left to a Machine, want %d", len(got.Redo), (len(keys)-len(all))/size)
	}
	for i, a := range fast.Counts() {
		b := slow.Counts()[i]
		if a.Taken != b.Taken || a.Enabled != b.Enabled || a.Passed != b.Passed || !slices.Equal(a.Blocked, b.Blocked) {
			t.Fatalf("%s: counted %+v, want %+v", p.sys.Actions[i].Name, a, b)
		}
	}
}

func TestAgreesOnKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		for _, props := range []bool{false, true} {
			t.Run(fmt.Sprint(k.Name, props), func(t *testing.T) {
				if p := compile(t, k.Sys, props); p != nil {
					if extra := agree(t, p, 2000); extra > 0 {
						t.Logf("%d states more for a Machine", extra)
					}
				}
			})
		}
	}
}

// TestAgreesOnRandomSystems: of systems without strings, bags and maps at least
// half must be compiled.
func TestAgreesOnRandomSystems(t *testing.T) {
	n := uint64(200)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 10_000
	}
	for _, of := range []struct {
		name  string
		make  func(uint64) *ir.System
		least int // percent
	}{{"packed", irtest.RandomPacked, 50}, {"any", irtest.Random, 3}} {
		compiled := 0
		for seed := range n {
			t.Run(fmt.Sprint(of.name, seed), func(t *testing.T) {
				sys := of.make(seed)
				p := compile(t, sys, true)
				if p == nil {
					p = compile(t, sys, false)
				}
				if p != nil {
					compiled++
					agree(t, p, 300)
				}
			})
		}
		t.Logf("%s: %d of %d compiled", of.name, compiled, n)
		if compiled*100 < of.least*int(n) {
			t.Errorf("%s: %d of %d compiled, want %d %%", of.name, compiled, n, of.least)
		}
	}
}
