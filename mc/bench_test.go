package mc_test

import (
	"context"
	"testing"

	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/program"
)

func BenchmarkTwoPhase(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(map[int]string{1: "one worker", 2: "two workers"}[workers], func(b *testing.B) {
			sys := irtest.TwoPhase(6)
			exhaust(sys)
			for b.Loop() {
				res, err := mc.Check(context.Background(), sys, mc.Options{Workers: workers})
				if err != nil || res.States.Distinct != 50816 {
					b.Fatalf("got %d states, %v", res.States.Distinct, err)
				}
				b.ReportMetric(float64(res.States.Distinct)/res.Time.Seconds(), "states/s")
				b.ReportMetric(float64(res.States.Generated)/res.Time.Seconds(), "successors/s")
				b.ReportMetric(float64(res.Memory)/float64(res.States.Distinct), "B/state")
			}
		})
	}
}

// TestNoAllocation: successors of packed states cost no memory.
func TestNoAllocation(t *testing.T) {
	for _, k := range irtest.Systems() {
		switch k.Name {
		case "two-phase commit, 3", "philosophers, 3", "Peterson", "jugs":
		default:
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			prog, _ := program.Compile(k.Sys)
			m := prog.NewMachine()
			var keys [][]uint64
			note := func(m *program.Machine) {
				key := make([]uint64, prog.Layout.Words)
				prog.Layout.Pack(key, m.State())
				keys = append(keys, key)
			}
			m.Initial(note)
			for i := 0; i < len(keys) && i < 100; i++ {
				m.Successors(keys[i], note)
			}
			key := make([]uint64, prog.Layout.Words)
			drop := func(m *program.Machine) { prog.Layout.Pack(key, m.State()) }
			n := testing.AllocsPerRun(10, func() {
				for _, k := range keys {
					m.Successors(k, drop)
				}
			})
			if n != 0 {
				t.Errorf("%g allocations for the successors of %d states", n, len(keys))
			}
		})
	}
}
