package symmetry_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/symmetry"
)

// lockService is a lock with a queue of waiting nodes: who holds it, who
// waits in which order, and what each node believes.
func lockService(n int) *ir.System {
	b := irtest.New("LockService")
	node := b.Sort("Node", n, ir.Unordered)
	queue, holds := b.Var("queue", b.Seq(node, n)), b.Var("holds", b.Func(node, b.Bool()))
	b.Init(b.Put(queue, b.OpT(queue.Type, ir.SeqLit)), b.Put(holds, b.OpT(holds.Type, ir.ConstFunc, b.False())))
	free := b.Seq(node, -1)
	words := func() ir.Expr { return b.To(free, b.Get(queue)) }
	p := b.Param("n", node)
	me := func() ir.Expr { return b.Use(p.Local) }
	first := func() ir.Expr { return b.Op(ir.Get, b.Get(queue), b.I(0)) }
	b.Action("Ask", []*ir.Param{p}, b.Op(ir.Not, b.Op(ir.In, me(), b.Get(queue))),
		b.Put(queue, b.To(queue.Type, b.Op(ir.Concat, words(), b.OpT(free, ir.SeqLit, me())))))
	q := b.Param("n", node)
	p = q
	some := b.Op(ir.Lt, b.I(0), b.Op(ir.Len, b.Get(queue)))
	b.Action("Grant", []*ir.Param{q}, b.Op(ir.And, some, b.Op(ir.Eq, first(), me())), b.PutAt(holds, me(), b.True()))
	p = b.Param("n", node)
	b.Action("Release", []*ir.Param{p}, b.At(holds, me()), b.PutAt(holds, me(), b.False()),
		b.Put(queue, b.To(queue.Type, b.OpT(free, ir.Slice, words(), b.I(1), b.Op(ir.Len, b.Get(queue))))))
	return b.Sys
}

// BenchmarkCanonical says what a representative costs, and how many states
// each stands for.
func BenchmarkCanonical(b *testing.B) {
	for _, tt := range []struct {
		name string
		sys  *ir.System
	}{{"two-phase commit, 8", irtest.TwoPhase(8)}, {"lock service, 6", lockService(6)}} {
		b.Run(tt.name, func(b *testing.B) {
			prog, _ := program.Compile(tt.sys)
			r, refused := symmetry.New(prog, tt.sys, tt.sys.Props...)
			if r == nil {
				b.Fatal(refused)
			}
			c, k := r.NewCanon(), keys{prog.Layout}
			n, all := representatives(tt.sys, r, k)
			var sample [][]uint64
			for _, s := range irtest.ExploreUpTo(tt.sys, 400).States {
				sample = append(sample, k.of(s))
			}
			key := make([]uint64, prog.Layout.Words)
			i := 0
			for b.Loop() {
				copy(key, sample[i%len(sample)])
				c.Canonical(key)
				i++
			}
			b.ReportMetric(float64(n), "representatives")
			b.ReportMetric(float64(all)/float64(n), "states/representative")
		})
	}
}
