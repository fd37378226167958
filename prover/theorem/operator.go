package theorem

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/kernel"
)

// logical are the operators that the kernel has as they are.
var logical = map[ir.Op]kernel.Op{ir.Not: kernel.Not, ir.And: kernel.And, ir.Or: kernel.Or, ir.Implies: kernel.Implies,
	ir.Iff: kernel.Eq, ir.Eq: kernel.Eq}

func (tr *translator) apply(e *ir.Apply) *kernel.Term {
	if op, ok := logical[e.Op]; ok {
		return kernel.T(op, tr.args(e)...)
	}
	switch e.Op {
	case ir.Ne:
		return kernel.T(kernel.Not, kernel.T(kernel.Eq, tr.args(e)...))
	case ir.Neg, ir.Add, ir.Sub, ir.Mul, ir.Lt, ir.Le, ir.Gt, ir.Ge:
		if k := e.Args[0].Type().Kind; k != ir.IntKind && k != ir.RangeKind {
			return tr.unsupported(e.Loc, "numbers of type %s", e.Args[0].Type())
		}
		return arithmetic(e.Op, tr.args(e))
	case ir.In:
		if in := tr.member(tr.expr(e.Args[0]), e.Args[1]); in != nil {
			return in
		}
		return verum
	case ir.SeqLit, ir.Concat, ir.Len, ir.Get, ir.Slice:
		return tr.sequence(e)
	}
	return tr.unsupported(e.Loc, "the operator %s", ir.Ops[e.Op].Name)
}

func (tr *translator) args(e *ir.Apply) []*kernel.Term {
	var args []*kernel.Term
	for _, a := range e.Args {
		args = append(args, tr.expr(a))
	}
	return args
}

func arithmetic(op ir.Op, x []*kernel.Term) *kernel.Term {
	switch op {
	case ir.Neg:
		return kernel.T(kernel.Mul, kernel.I(-1), x[0])
	case ir.Add:
		return kernel.T(kernel.Add, x[0], x[1])
	case ir.Sub:
		return kernel.Sub(x[0], x[1])
	case ir.Mul:
		return kernel.T(kernel.Mul, x[0], x[1])
	case ir.Lt:
		return kernel.Lt(x[0], x[1])
	case ir.Le:
		return kernel.T(kernel.Le, x[0], x[1])
	case ir.Gt:
		return kernel.Lt(x[1], x[0])
	default: // Ge
		return kernel.T(kernel.Le, x[1], x[0])
	}
}

// sequence knows s[0] and s[1:] of the ways to take a sequence apart.
func (tr *translator) sequence(e *ir.Apply) *kernel.Term {
	if k := operandType(e).Kind; k != ir.SeqKind {
		return tr.unsupported(e.Loc, "the operator %s on a %s", ir.Ops[e.Op].Name, operandType(e))
	}
	s := tr.sort(operandType(e), e.Loc)
	switch e.Op {
	case ir.SeqLit:
		out := kernel.Empty(s)
		for i := len(e.Args) - 1; i >= 0; i-- {
			out = kernel.Push(tr.expr(e.Args[i]), out)
		}
		return out
	case ir.Concat:
		return kernel.F(kernel.Append, s, tr.args(e)...)
	case ir.Len:
		return kernel.F(kernel.Len, kernel.Int, tr.args(e)...)
	case ir.Get:
		if isNumber(e.Args[1], 0) {
			return kernel.F(kernel.Head, tr.sort(e.T, e.Loc), tr.expr(e.Args[0]))
		}
	case ir.Slice:
		x := tr.expr(e.Args[0])
		if isNumber(e.Args[1], 1) && kernel.Same(tr.expr(e.Args[2]), kernel.F(kernel.Len, kernel.Int, x)) {
			return kernel.F(kernel.Tail, s, x)
		}
	}
	return tr.unsupported(e.Loc, "parts of a sequence but s[0] and s[1:]")
}

func operandType(e *ir.Apply) *ir.Type {
	if e.Op == ir.SeqLit {
		return e.T
	}
	return e.Args[0].Type()
}

func isNumber(e ir.Expr, n int64) bool {
	if c, ok := e.(*ir.Convert); ok {
		return isNumber(c.X, n)
	}
	l, ok := e.(*ir.Lit)
	if !ok {
		return false
	}
	v, ok := l.Value.(ir.Int)
	return ok && v.IsInt64() && v.Int64() == n
}
