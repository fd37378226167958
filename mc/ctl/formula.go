package ctl

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// Formula is a compiled formula of branching time.
type Formula struct {
	Prop *ir.Property
	root *node
	all  int // nodes
}

// node is a part of a formula. Exactly one of pred, op and bind is set.
type node struct {
	id   int
	expr ir.Expr
	// pred is a condition on single states: the largest part without temporal
	// operators.
	pred *program.Predicate
	// op is a connective, a temporal operator, or choice.
	op   ir.Op
	args []*node
	bind *binding
	// free are the registers of the names that are bound further out.
	free []int
}

// choice is the op of an if: condition, then, else. No operator has its number.
const choice ir.Op = -1

// binding is a quantifier or let above temporal operators.
type binding struct {
	local *ir.Local
	reg   int
	rep   *word.Rep
	// Of a quantifier:
	kind   ir.BindKind
	domain ir.Expr
	// Of a let, with kind 0:
	value  *program.Expression
	source ir.Expr // of value
	body   *node
}

// Prepare compiles the formula of a property of kind CTL. As with all that is
// compiled, this comes before the first Machine is made.
func Prepare(c *program.Compiler, p *ir.Property) *Formula {
	b := &compiler{c: c}
	root := b.node(p.Formula)
	return &Formula{Prop: p, root: root, all: b.n}
}

type compiler struct {
	c     *program.Compiler
	bound []*ir.Local
	n     int
}

// Temporal reports whether a temporal operator occurs in e.
func temporal(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Apply); ok && ir.Ops[a.Op].Temporal {
			found = true
		}
		return !found
	})
	return found
}

func (b *compiler) node(e ir.Expr) *node {
	n := &node{id: b.n, expr: e}
	b.n++
	for _, l := range b.bound {
		if mentions(e, l) {
			n.free = append(n.free, b.c.Register(l))
		}
	}
	if !temporal(e) {
		n.pred = b.c.Predicate(e)
		return n
	}
	switch e := e.(type) {
	case *ir.Apply:
		n.op, n.args = e.Op, b.nodes(e.Args...)
	case *ir.If:
		n.op, n.args = choice, b.nodes(e.Cond, e.Then, e.Else)
	case *ir.Let:
		x := &binding{local: e.Local, value: b.c.Expression(e.Value), source: e.Value}
		b.within(x, e.Local, func() { x.body = b.node(e.Body) })
		n.bind = x
	case *ir.Bind:
		b.quantifier(n, e, e.Binders)
	}
	return n
}

func (b *compiler) nodes(es ...ir.Expr) []*node {
	out := make([]*node, len(es))
	for i, e := range es {
		out[i] = b.node(e)
	}
	return out
}

func (b *compiler) within(x *binding, l *ir.Local, f func()) {
	x.reg, x.rep = b.c.Register(l), b.c.Rep(l.Type)
	b.bound = append(b.bound, l)
	f()
	b.bound = b.bound[:len(b.bound)-1]
}

// quantifier compiles a quantifier with some binders left: one node for each.
// The condition of the quantifier becomes a part of what is said.
func (b *compiler) quantifier(n *node, e *ir.Bind, rest []ir.Binder) {
	x := &binding{local: rest[0].Local, kind: e.Kind, domain: rest[0].Domain}
	b.within(x, rest[0].Local, func() {
		switch {
		case len(rest) > 1:
			inner := *e
			inner.Binders = rest[1:]
			x.body = b.node(&inner)
		case e.Cond != nil:
			op := ir.And
			if e.Kind == ir.Forall {
				op = ir.Implies
			}
			x.body = b.node(&ir.Apply{Node: e.Node, Op: op, Args: []ir.Expr{e.Cond, e.Body}})
		default:
			x.body = b.node(e.Body)
		}
	})
	n.bind = x
}

func mentions(e ir.Expr, l *ir.Local) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		if r, ok := t.(*ir.LocalRef); ok && r.Local == l {
			found = true
		}
		return !found
	})
	return found
}

// values are what a quantifier ranges over. Its domain may mention names that
// are bound further out, but nothing that changes in a run.
func (x *binding) values(names *eval.Locals) ([]ir.Value, error) {
	if reads(x.domain, map[*ir.Func]bool{}) {
		return nil, fmt.Errorf("what %s ranges over changes in a run", x.local.Name)
	}
	v, err := eval.Expr(x.domain, &eval.Env{Locals: names})
	if err != nil {
		return nil, fmt.Errorf("what %s ranges over has no value: %s", x.local.Name, err.Msg)
	}
	switch v := v.(type) {
	case ir.SetValue:
		return v.Elems, nil
	case ir.BagValue:
		return v.Elems, nil
	case ir.SeqValue:
		return v.Elems, nil
	}
	return nil, fmt.Errorf("%s ranges over what is not a collection", x.local.Name)
}

// reads reports whether the value of an expression may depend on the state.
func reads(e ir.Tree, called map[*ir.Func]bool) bool {
	found := false
	visit := func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.VarRef, *ir.ActionPred:
			found = true
		case *ir.Call:
			if !called[t.Func] {
				called[t.Func] = true
				found = found || bodyReads(t.Func, called)
			}
		}
		return !found
	}
	ir.Walk(e, visit)
	return found
}

func bodyReads(f *ir.Func, called map[*ir.Func]bool) bool {
	if f.Value != nil {
		return reads(f.Value, called)
	}
	for _, s := range f.Body {
		if reads(s, called) {
			return true
		}
	}
	return false
}
