package absint

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// maxPairs is how many combinations of listed operands the judge is asked
// about; of more, their parts are combined.
const maxPairs = 64

// operation is an operator with what its operands may be, none of them empty.
type operation struct {
	*run
	site ir.Tree // where it stands
	op   ir.Op
	s    *shape // of the result
	v    []*Value
}

func (x *run) apply(e *ir.Apply, at *env) *Value {
	s := x.shapes.of(e.T)
	switch {
	case ir.Ops[e.Op].Temporal:
		x.fail(e)
		return s.top
	case e.Op == ir.And || e.Op == ir.Or:
		return x.connective(e, at)
	case e.Op == ir.Implies:
		return x.implication(e, at)
	case e.Op == ir.In:
		return x.member(e, at)
	}
	args := x.evalAll(e.Args, at)
	if args == nil {
		return s.bottom
	}
	return operation{x, e, e.Op, s, args}.value()
}

// value is what the operator may give: after the judge where the operands are
// few enough, else by their parts.
func (o operation) value() *Value {
	row := transfers[o.op]
	if row.whole || !o.few() {
		return row.f(o)
	}
	return o.judged()
}

// judged is what the judge says of each combination of listed operands.
func (o operation) judged() *Value {
	e := &ir.Apply{Node: ir.Node{T: o.s.t}, Op: o.op, Args: make([]ir.Expr, len(o.v))}
	lits := make([]ir.Lit, len(o.v))
	for i, v := range o.v {
		lits[i].T = v.shape.t
		e.Args[i] = &lits[i]
	}
	var env eval.Env
	var out []ir.Value
	var each func(i int)
	each = func(i int) {
		if i == len(lits) {
			if v, err := eval.Expr(e, &env); err != nil {
				o.fail(o.site)
			} else {
				out = append(out, v)
			}
			return
		}
		for _, v := range o.v[i].few {
			lits[i].Value = v
			each(i + 1)
		}
	}
	each(0)
	return o.s.list(out)
}

func (o operation) few() bool {
	n := 1
	for _, v := range o.v {
		if !v.listed {
			return false
		}
		if n *= len(v.few); n > maxPairs {
			return false
		}
	}
	return true
}

// truth is the bool that may be either of two.
func (o operation) truth(yes, no bool) *Value {
	switch {
	case yes && no:
		return o.s.top
	case yes || no:
		return o.s.single(ir.Bool(yes))
	}
	return o.s.bottom
}

func (o operation) num(i int) Num { return o.v[i].number() }

// transfer is how an operator works on Values. A whole one takes listed
// operands as they are; the judge would build what it does not need.
type transfer struct {
	whole bool
	f     func(o operation) *Value
}

// arithmetic is the operator that computes a number from numbers.
func arithmetic(f func(a, b Num) Num) transfer {
	return transfer{f: func(o operation) *Value { return o.s.numeric(f(o.num(0), o.num(1))) }}
}

// divided is arithmetic where a zero divisor is an error.
func divided(f func(a, b Num) Num) transfer {
	return transfer{f: func(o operation) *Value {
		if o.num(1).Has(new(big.Int)) {
			o.fail(o.site)
		}
		return o.s.numeric(f(o.num(0), o.num(1)))
	}}
}

// ordered is a comparison: holds(b) are the numbers of which it may be true,
// fails(b) those of which it may be false.
func ordered(holds, fails func(b Num) Num) transfer {
	return transfer{whole: true, f: func(o operation) *Value {
		a, b := o.num(0), o.num(1)
		return o.truth(!a.meet(holds(b)).none, !a.meet(fails(b)).none)
	}}
}

func less(b Num) Num {
	if b.Hi == nil {
		return Num{}
	}
	return Num{Hi: new(big.Int).Sub(b.Hi, one)}
}

func atMost(b Num) Num { return Num{Hi: b.Hi} }

func greater(b Num) Num {
	if b.Lo == nil {
		return Num{}
	}
	return Num{Lo: new(big.Int).Add(b.Lo, one)}
}

func notLess(b Num) Num { return Num{Lo: b.Lo} }

func equality(equal bool) transfer {
	return transfer{whole: true, f: func(o operation) *Value {
		may := !o.v[0].meet(o.v[1]).Empty()
		must := may && o.v[0].Single() != nil && o.v[1].Single() != nil
		if equal {
			return o.truth(may, !must)
		}
		return o.truth(!must, may)
	}}
}

// byJudge is of operators whose operands are always few.
var byJudge = transfer{f: func(o operation) *Value {
	o.fail(o.site)
	return o.s.top
}}

// transfers is the table of operators on Values. And, Or and Implies stand
// elsewhere: they do not always evaluate all operands.
var transfers = [...]transfer{
	ir.Not: byJudge,
	ir.Iff: byJudge,
	ir.Eq:  equality(true),
	ir.Ne:  equality(false),
	ir.Neg: {f: func(o operation) *Value { return o.s.numeric(o.num(0).neg()) }},
	ir.Add: arithmetic(Num.add),
	ir.Sub: arithmetic(Num.sub),
	ir.Mul: arithmetic(Num.mul),
	ir.Div: divided(Num.quo),
	ir.Mod: divided(Num.rem),
	ir.Lt:  ordered(less, notLess),
	ir.Le:  ordered(atMost, greater),
	ir.Gt:  ordered(greater, atMost),
	ir.Ge:  ordered(notLess, less),

	ir.Next: {whole: true, f: func(o operation) *Value { return o.neighbour(1) }},
	ir.Prev: {whole: true, f: func(o operation) *Value { return o.neighbour(-1) }},

	ir.Universe: {whole: true, f: operation.universe},
	ir.Interval: {whole: true, f: operation.interval},
	ir.SetLit:   {f: operation.literal},
	ir.In:       {f: operation.in},
	ir.Subset:   {f: operation.subset},
	ir.Union:    {f: operation.unite},
	ir.Inter:    {f: operation.intersect},
	ir.Diff:     {f: operation.subtract},
	ir.Powerset: {whole: true, f: operation.powerset},
	ir.Len:      {whole: true, f: func(o operation) *Value { return o.s.numeric(o.v[0].length()) }},
	ir.ToSet:    {f: operation.toSet},
	ir.BagLit:   {f: operation.literal},
	ir.BagAdd:   {f: operation.unite},
	ir.BagSub:   {f: operation.subtract},
	ir.CountOf:  {f: operation.countOf},

	ir.ConstFunc: {whole: true, f: operation.constFunc},
	ir.MapLit:    {f: operation.mapLit},
	ir.Get:       {f: operation.get},
	ir.Put:       {f: operation.put},
	ir.RemoveKey: {f: operation.removeKey},
	ir.Keys: {f: func(o operation) *Value {
		m := o.v[0].loosened()
		return (&Value{shape: o.s, num: m.num, elem: m.elem, must: m.must}).norm()
	}},
	ir.SeqLit: {f: operation.literal},
	ir.Concat: {f: operation.concat},
	ir.Slice:  {f: operation.slice},

	ir.EU: {}, // the last operator: the table is as long as ir.Ops
}

// length is how many elements a collection, or bytes a string, may have.
func (v *Value) length() Num {
	if !v.listed {
		return v.num
	}
	n := Num{none: true}
	for _, x := range v.few {
		if s, ok := x.(ir.Str); ok {
			n = n.join(count(len(s)))
		} else {
			n = n.join(count(size(x)))
		}
	}
	return n
}

// neighbour is the next or previous element of a sort.
func (o operation) neighbour(by int64) *Value {
	if o.s.open {
		o.fail(o.site)
		return o.s.top
	}
	if o.few() {
		return o.judged()
	}
	n := o.num(0).add(exactly(big.NewInt(by)))
	out := n.meet(o.s.top.number())
	if out.same(n) {
		return o.s.numeric(n)
	}
	if o.s.t.Sort.Order == ir.Ring {
		return o.s.top
	}
	o.fail(o.site)
	return o.s.numeric(out)
}
