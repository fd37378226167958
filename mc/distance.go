package mc

import (
	"math"
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// A guided search goes where a violation seems nearest. How near a state is to
// making a formula true is an integer, 0 if it is: of a conjunction the sum, of
// a disjunction the least, of a comparison of integers how far they are apart.
// After Korel, "Automated software test data generation", IEEE TSE 16 (1990),
// and Groce and Visser, "Heuristics for model checking Java programs", STTT 6
// (2004).

// compass tells the distance of a state to the nearest violation or witness.
type compass struct {
	exprs []*program.Expression
	m     *program.Machine
	key   []uint64
	slots []uint64
}

// newCompass compiles the distances; it comes before the first Machine.
func newCompass(sys *ir.System, c *program.Compiler) *compass {
	d := distances{sys.Types}
	out := &compass{}
	for _, check := range sys.Checks {
		switch p := check.Prop; p.Kind {
		case ir.Invariant:
			out.exprs = append(out.exprs, c.Expression(d.to(p.Formula, false)))
		case ir.Witness:
			out.exprs = append(out.exprs, c.Expression(d.to(p.Formula, true)))
		}
	}
	return out
}

// distance returns the distance of a state.
func (s *search) distance(id store.ID) int64 {
	c := s.compass
	if c.m == nil {
		c.m, c.key, c.slots = s.prog.NewMachine(), make([]uint64, s.prog.Layout.Words), make([]uint64, len(s.prog.Layout.Slots)+1)
	}
	s.store.Key(id, c.key)
	s.prog.Layout.Unpack(c.slots, c.key)
	best := int64(math.MaxInt64)
	for _, x := range c.exprs {
		w, failure := c.m.Eval(x, c.slots, nil)
		if failure != nil {
			continue
		}
		if n, ok := x.Rep.Decode(w).(ir.Int); ok && n.IsInt64() {
			best = min(best, n.Int64())
		}
	}
	return best
}

// distances builds expressions of type int.
type distances struct{ types *ir.Table }

func (d distances) int(n int64, at ir.Expr) ir.Expr {
	return &ir.Lit{Node: ir.Node{T: d.types.Int(), Loc: at.Span()}, Value: ir.Int{Int: big.NewInt(n)}}
}

func (d distances) op(op ir.Op, x, y ir.Expr) ir.Expr {
	return &ir.Apply{Node: ir.Node{T: d.types.Int(), Loc: x.Span()}, Op: op, Args: []ir.Expr{x, y}}
}

func (d distances) choose(cond, then, els ir.Expr) ir.Expr {
	return &ir.If{Node: ir.Node{T: d.types.Int(), Loc: cond.Span()}, Cond: cond, Then: then, Else: els}
}

func (d distances) cond(op ir.Op, x, y ir.Expr) ir.Expr {
	return &ir.Apply{Node: ir.Node{T: d.types.Bool(), Loc: x.Span()}, Op: op, Args: []ir.Expr{x, y}}
}

// to returns the distance to where e is want.
func (d distances) to(e ir.Expr, want bool) ir.Expr {
	switch e := e.(type) {
	case *ir.Apply:
		if x := d.apply(e, want); x != nil {
			return x
		}
	case *ir.If:
		return d.choose(e.Cond, d.to(e.Then, want), d.to(e.Else, want))
	case *ir.Let:
		return &ir.Let{Node: ir.Node{T: d.types.Int(), Loc: e.Loc}, Local: e.Local, Value: e.Value, Body: d.to(e.Body, want)}
	case *ir.Bind:
		if x := d.quantifier(e, want); x != nil {
			return x
		}
	}
	if want {
		return d.choose(e, d.int(0, e), d.int(1, e))
	}
	return d.choose(e, d.int(1, e), d.int(0, e))
}

func (d distances) apply(e *ir.Apply, want bool) ir.Expr {
	switch e.Op {
	case ir.Not:
		return d.to(e.Args[0], !want)
	case ir.And:
		return d.both(e.Args[0], e.Args[1], want, want, want)
	case ir.Or:
		return d.both(e.Args[0], e.Args[1], want, want, !want)
	case ir.Implies:
		return d.both(e.Args[0], e.Args[1], !want, want, !want)
	case ir.Eq, ir.Ne:
		if e.Args[0].Type().IsNumeric() && want == (e.Op == ir.Eq) {
			return d.apart(e.Args[0], e.Args[1])
		}
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		if e.Args[0].Type().IsNumeric() {
			return d.choose(d.is(e, want), d.int(0, e), d.op(ir.Add, d.apart(e.Args[0], e.Args[1]), d.int(1, e)))
		}
	}
	return nil
}

// is is the condition that e is want.
func (d distances) is(e ir.Expr, want bool) ir.Expr {
	if want {
		return e
	}
	return &ir.Apply{Node: ir.Node{T: d.types.Bool(), Loc: e.Span()}, Op: ir.Not, Args: []ir.Expr{e}}
}

// both is the distance to where x and y are as wanted, or, if not all, one of
// them. The second counts only where it has a value.
func (d distances) both(x, y ir.Expr, wantX, wantY, all bool) ir.Expr {
	a, b := d.to(x, wantX), d.to(y, wantY)
	if all {
		return d.choose(d.is(x, wantX), b, d.op(ir.Add, a, d.int(1, x)))
	}
	return d.choose(d.is(x, wantX), d.int(0, x), d.choose(d.cond(ir.Lt, a, b), a, b))
}

// apart is how far two integers are apart.
func (d distances) apart(x, y ir.Expr) ir.Expr {
	x, y = d.whole(x), d.whole(y)
	return d.choose(d.cond(ir.Lt, x, y), d.op(ir.Sub, y, x), d.op(ir.Sub, x, y))
}

// whole is a number as an int.
func (d distances) whole(x ir.Expr) ir.Expr {
	if x.Type() == d.types.Int() {
		return x
	}
	return &ir.Convert{Node: ir.Node{T: d.types.Int(), Loc: x.Span()}, X: x}
}

// quantifier sums over what must all be, and takes the least of what may be
// any; of nothing that is one more than any single distance would be.
func (d distances) quantifier(e *ir.Bind, want bool) ir.Expr {
	if e.Kind != ir.Forall && e.Kind != ir.Exists {
		return nil
	}
	body := &ir.Bind{Node: ir.Node{T: d.types.Int(), Loc: e.Loc}, Kind: ir.Sum, Binders: e.Binders, Cond: e.Cond, Body: d.to(e.Body, want)}
	if (e.Kind == ir.Forall) == want {
		return body
	}
	body.Kind = ir.Min
	some := *e
	some.Kind, some.Body = ir.Exists, &ir.Lit{Node: ir.Node{T: d.types.Bool(), Loc: e.Loc}, Value: ir.Bool(true)}
	return d.choose(&some, body, d.int(1000, e))
}
