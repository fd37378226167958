package wasm_test

import (
	"testing"

	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/wasm"
)

var benches = []struct{ file, model string }{{"twophase", "Eight"}, {"bakery", "Three"}, {"lamport", "Three"}}

// BenchmarkExpand expands the first states of a search, again and again, with
// both Steppers: ns per state and per successor.
func BenchmarkExpand(b *testing.B) {
	for _, x := range benches {
		p := compile(b, systems(b, "../../testdata/bench/"+x.file+".spec")[x.model], true)
		if p == nil {
			b.Fatal(x.file, "is not compiled")
		}
		keys := reach(p, 100_000)
		for _, s := range []struct {
			name string
			program.Stepper
		}{{"wasm", p.fast}, {"closures", p.slow}} {
			b.Run(x.file+"/"+s.name, func(b *testing.B) {
				var batch program.Batch
				size := p.prog.Layout.Words
				states, made := 0, uint64(0)
				for b.Loop() {
					for rest := keys; len(rest) > 0; {
						n := min(len(rest), 256*size)
						batch.Reset()
						s.Expand(rest[:n], &batch)
						rest = rest[n:]
						made += batch.Generated
					}
					states += len(keys) / size
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(states), "ns/state")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(made), "ns/successor")
			})
		}
	}
}

// BenchmarkCompile is what WebAssembly costs before the first state.
func BenchmarkCompile(b *testing.B) {
	for _, x := range benches {
		sys := systems(b, "../../testdata/bench/"+x.file+".spec")[x.model]
		b.Run(x.file, func(b *testing.B) {
			prog, c := program.Compile(sys)
			w := watchOf(sys, c, true)
			for b.Loop() {
				code, err := wasm.Compile(prog, c, w)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(code.Size), "B")
				code.Close()
			}
		})
	}
}

// TestNoAllocation: successors cost no memory once a batch is large enough.
func TestNoAllocation(t *testing.T) {
	p := compile(t, systems(t, "../../testdata/bench/twophase.spec")["Five"], true)
	keys := reach(p, 1000)
	out := make([]uint64, len(keys)/p.prog.Layout.Words)
	var b program.Batch
	n := testing.AllocsPerRun(20, func() {
		b.Reset()
		p.fast.Expand(keys, &b)
		p.fast.Examine(keys, out)
	})
	if n != 0 {
		t.Errorf("%g allocations for %d states", n, len(out))
	}
}
