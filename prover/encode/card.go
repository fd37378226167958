package encode

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// card is the number of elements of a set: of the values of vars for which has
// is true. It depends on the variables that are open.
type card struct {
	elem element
	has  *term.Term
	open []*term.Term
	fn   *term.Func
}

// element is a value made of variables.
type element struct {
	vars  []*term.Term
	value Value
}

type cardKey struct {
	elem *ir.Type
	has  *term.Term
}

// count is the number of values of type t for which has is true. Where they
// can be listed it is a sum. Otherwise it is a number of which is known what
// holds for all finite sets (see cardFacts).
func (e *Encoder) count(has func(Value) *term.Term, t *ir.Type) *term.Term {
	if !e.open(t) && few(t) {
		n := e.b.I(0)
		for v := range ir.Values(t) {
			n = e.b.Add(n, e.b.Ite(has(e.Literal(v, t)), e.b.I(1), e.b.I(0)))
		}
		return n
	}
	e.depth++
	x := e.element(t, fmt.Sprintf("x%d", e.depth))
	e.scope = append(e.scope, x.vars...)
	k := cardKey{t, has(x.value)}
	e.scope = e.scope[:len(e.scope)-len(x.vars)]
	e.depth--
	c := e.counted[k]
	if c == nil {
		c = e.newCard(k, x)
	}
	return e.b.Apply(c.fn, c.open...)
}

func (e *Encoder) newCard(k cardKey, x element) *card {
	c := &card{elem: x, has: k.has}
	bound := map[*term.Term]bool{}
	for _, v := range x.vars {
		bound[v] = true
	}
	var params []*term.Sort
	for _, v := range k.has.Open() {
		if !bound[v] {
			c.open, params = append(c.open, v), append(params, v.Sort)
		}
	}
	c.fn = e.b.Func(e.name("len"), params, e.b.Int)
	e.counted[k] = c
	e.cards[k.elem] = append(e.cards[k.elem], c)
	if len(e.cards[k.elem]) == 1 {
		e.cardTypes = append(e.cardTypes, k.elem)
	}
	return c
}

// element is a value of type t made of variables, the same ones for one name:
// so sets that are built in the same way are recognised.
func (e *Encoder) element(t *ir.Type, name string) element {
	key := name + " " + t.String()
	if x, ok := e.elems[key]; ok {
		return x
	}
	var x element
	x.value = e.variables(t, name, &x)
	e.elems[key] = x
	return x
}

func (e *Encoder) variables(t *ir.Type, name string, x *element) Value {
	variable := func(s *term.Sort) *term.Term {
		v := e.b.Var(name, s)
		x.vars = append(x.vars, v)
		return v
	}
	fields := func(fs []ir.Field) []Value {
		var out []Value
		for _, f := range fs {
			out = append(out, e.variables(f.Type, name, x))
		}
		return out
	}
	switch t.Kind {
	case ir.StructKind:
		return &Struct{fields(t.Fields)}
	case ir.SumKind:
		s := &Sum{Tag: variable(e.tags(t)), Args: make([][]Value, len(t.Variants))}
		for i, v := range t.Variants {
			s.Args[i] = fields(v.Fields)
		}
		return s
	case ir.SetKind, ir.FuncKind, ir.MapKind, ir.SeqKind, ir.BagKind:
		e.give("how many values of type %s there are", t)
		return e.symbol("any "+t.String(), t, nil)
	}
	return scalar(variable(e.sortOf(t)))
}

// cardFacts is what is true of the sizes of finite sets, for all sets counted:
// a set inside another is not larger, one more element makes one more, two
// sets that together are larger than everything have an element in common, and
// as many as they are larger if what they have in common is counted too. It is
// what is needed of majorities; it is far from all that is true.
func (e *Encoder) cardFacts() []*term.Term {
	var out []*term.Term
	for _, t := range e.cardTypes {
		sets := e.cards[t]
		var all *card
		for _, c := range sets {
			if c.has.Op == term.True {
				all = c
			}
		}
		for _, c := range sets {
			out = append(out, e.sizeFacts(c, t)...)
			for _, d := range sets {
				if d != c || len(c.open) > 0 {
					out = append(out, e.pairFacts(t, c, e.apart(d), all)...)
				}
			}
		}
	}
	return out
}

// apart is c with other open variables.
func (e *Encoder) apart(c *card) *card {
	by := map[*term.Term]*term.Term{}
	d := &card{elem: c.elem, fn: c.fn}
	for _, v := range c.open {
		w := e.b.Var(v.Name, v.Sort)
		by[v] = w
		d.open = append(d.open, w)
	}
	d.has = e.b.Substitute(c.has, by)
	return d
}

func (e *Encoder) size(c *card) *term.Term { return e.b.Apply(c.fn, c.open...) }

// sizeFacts is about one set: it is empty if it has no elements, and has at
// most one if all elements are the same.
func (e *Encoder) sizeFacts(c *card, t *ir.Type) []*term.Term {
	b, n := e.b, e.size(c)
	y := e.element(t, "y")
	by := map[*term.Term]*term.Term{}
	for i, v := range c.elem.vars {
		by[v] = y.vars[i]
	}
	both := b.And(c.has, b.Substitute(c.has, by))
	same := b.Forall(append(append([]*term.Term{}, c.elem.vars...), y.vars...), b.Implies(both, e.Same(c.elem.value, y.value, t)))
	return []*term.Term{
		b.Forall(c.open, b.Le(b.I(0), n)),
		b.Forall(c.open, b.Eq(b.Le(n, b.I(0)), b.Forall(c.elem.vars, b.Not(c.has)))),
		b.Forall(c.open, b.Eq(b.Le(n, b.I(1)), same)),
	}
}

// pairFacts is about two sets with the same element variables.
func (e *Encoder) pairFacts(t *ir.Type, c, d, all *card) []*term.Term {
	b, vars := e.b, c.elem.vars
	dhas := d.has
	if len(d.elem.vars) > 0 && d.elem.vars[0] != vars[0] {
		by := map[*term.Term]*term.Term{}
		for i, v := range d.elem.vars {
			by[v] = vars[i]
		}
		dhas = b.Substitute(dhas, by)
	}
	open := append(append([]*term.Term{}, c.open...), d.open...)
	inside := b.Forall(vars, b.Implies(c.has, dhas))
	back := b.Forall(vars, b.Implies(dhas, c.has))
	n, m := e.size(c), e.size(d)
	out := []*term.Term{
		b.Forall(open, b.Implies(inside, b.Le(n, m))),
		b.Forall(open, b.Implies(b.And(inside, b.Le(m, n)), back)),
		b.Forall(open, b.Implies(b.And(inside, e.oneMore(c, dhas)), b.Eq(m, b.Add(n, b.I(1))))),
	}
	if all != nil {
		u := e.size(all)
		out = append(out, b.Forall(open, b.Implies(b.Lt(u, b.Add(n, m)), b.Exists(vars, b.And(c.has, dhas)))))
		if both := e.counted[cardKey{t, b.And(c.has, dhas)}]; both != nil && len(open) == 0 {
			out = append(out, b.Le(b.Add(n, m), b.Add(u, e.size(both))))
		}
	}
	return out
}

// oneMore says that a single element is in the second set but not in c.
func (e *Encoder) oneMore(c *card, has *term.Term) *term.Term {
	b, vars := e.b, c.elem.vars
	var others []*term.Term
	by := map[*term.Term]*term.Term{}
	var same []*term.Term
	for _, v := range vars {
		w := b.Var(v.Name, v.Sort)
		others = append(others, w)
		by[v] = w
		same = append(same, b.Eq(v, w))
	}
	extra := b.And(has, b.Not(c.has))
	only := b.Forall(others, b.Implies(b.Substitute(extra, by), b.And(same...)))
	return b.Exists(vars, b.And(extra, only))
}
