package encode_test

import (
	"math/rand/v2"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/term"
)

// counted builds sequences in all ways that counts go through.
type counted struct {
	*rand.Rand
	t   *ir.Table
	seq *ir.Type
}

func (c *counted) node(t *ir.Type) ir.Node { return ir.Node{T: t} }

func (c *counted) number(n int) ir.Expr {
	return &ir.Lit{Node: c.node(c.t.Int()), Value: ir.NewInt(int64(n))}
}

func (c *counted) apply(op ir.Op, t *ir.Type, args ...ir.Expr) ir.Expr {
	return &ir.Apply{Node: c.node(t), Op: op, Args: args}
}

func (c *counted) sequence(depth int) ir.Expr {
	if depth == 0 {
		var v ir.SeqValue
		for range c.IntN(4) {
			v.Elems = append(v.Elems, ir.NewInt(c.Int64N(3)))
		}
		return &ir.Lit{Node: c.node(c.seq), Value: v}
	}
	s := c.sequence(depth - 1)
	switch c.IntN(4) {
	case 0:
		return c.apply(ir.Put, c.seq, s, c.number(c.IntN(3)), c.number(c.IntN(3)))
	case 1:
		return c.apply(ir.Concat, c.seq, s, c.sequence(depth-1))
	case 2:
		return c.apply(ir.Slice, c.seq, s, c.number(c.IntN(2)), c.number(1+c.IntN(3)))
	}
	cond := c.apply(ir.Lt, c.t.Bool(), c.number(c.IntN(2)), c.number(c.IntN(2)))
	return &ir.If{Node: c.node(c.seq), Cond: cond, Then: s, Else: c.sequence(depth - 1)}
}

// TestCounts: how often something is in a sequence that is known comes to what
// the judge says.
func TestCounts(t *testing.T) {
	c := &counted{Rand: rand.New(rand.NewPCG(1, 1)), t: &ir.Table{}}
	c.seq = c.t.Seq(c.t.Int(), -1)
	seen := map[int64]int{}
	for range 3000 {
		x := c.apply(ir.CountOf, c.t.Int(), c.sequence(1+c.IntN(3)), c.number(c.IntN(3)))
		want, err := eval.Expr(x, &eval.Env{})
		if err != nil {
			continue
		}
		n := want.(ir.Int).Int.Int64()
		for _, m := range []int64{n, n + 1} {
			e := encode.New(term.NewBank(), &ir.System{}, nil)
			truth, ok := e.Holds(c.apply(ir.Eq, c.t.Bool(), x, c.number(int(m))), encode.Env{})
			if (truth.Op == term.True) != (m == n) || !truth.Const() || ok.Op != term.True || e.Err() != nil {
				t.Fatalf("whether a count of %d is %d: got %v, %v", n, m, truth.Op, e.Err())
			}
		}
		seen[n]++
	}
	if len(seen) < 5 {
		t.Errorf("only these counts: %v", seen)
	}
}
