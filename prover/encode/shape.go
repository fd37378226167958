package encode

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// maxListed is how many values are worth listing instead of quantifying.
const maxListed = 64

// shape is one form that a key may have: terms tell keys of it apart.
type shape struct {
	when  *term.Term
	name  string
	terms []*term.Term
}

// shapes returns the forms that k, of type t, may have, so that two keys are
// the same exactly if they have the same form and terms.
func (e *Encoder) shapes(k Value, t *ir.Type) []shape {
	yes := e.b.Truth(true)
	switch t.Kind {
	case ir.SumKind:
		return e.sumShapes(k.(*Sum), t)
	case ir.StructKind:
		return e.fieldShapes(k.(*Struct).Fields, t.Fields)
	case ir.SetKind:
		s := shape{when: yes}
		for _, v := range e.inside(t.Elem) {
			s.terms = append(s.terms, k.(*Set).Has(e.Literal(v, t.Elem)))
		}
		return []shape{s}
	case ir.FuncKind:
		var vs []Value
		var fields []ir.Field
		for _, v := range e.inside(t.Key) {
			vs = append(vs, k.(*Func).At(e.Literal(v, t.Key)))
			fields = append(fields, ir.Field{Type: t.Elem})
		}
		return e.fieldShapes(vs, fields)
	case ir.BagKind, ir.MapKind, ir.SeqKind:
		e.give("collections with members of type %s", t)
		return []shape{{when: yes}}
	case ir.RangeKind:
		if !e.unbounded() && few(t) {
			return e.numberShapes(one(k), t)
		}
	}
	return []shape{{when: yes, terms: []*term.Term{one(k)}}}
}

// unbounded reports whether some sort has any size: then quantifiers stay.
func (e *Encoder) unbounded() bool { return len(e.free) > 0 }

func few(t *ir.Type) bool {
	n, ok := ir.Card(t)
	return ok && n.Cmp(big.NewInt(maxListed)) <= 0
}

// numberShapes gives each number of a small range a form of its own.
func (e *Encoder) numberShapes(k *term.Term, t *ir.Type) []shape {
	if k.Op == term.Number {
		return []shape{{when: e.b.Truth(true), name: "@" + k.N.String()}}
	}
	var out []shape
	for v := range ir.Values(t) {
		n := v.(ir.Int).Int
		out = append(out, shape{when: e.b.Eq(k, e.b.Num(n)), name: "@" + n.String()})
	}
	return out
}

func (e *Encoder) sumShapes(k *Sum, t *ir.Type) []shape {
	if plain(t) {
		return []shape{{when: e.b.Truth(true), terms: []*term.Term{k.Tag}}}
	}
	var out []shape
	for i, v := range t.Variants {
		is := e.is(k, t, i)
		if is.Op == term.False {
			continue
		}
		for _, s := range e.fieldShapes(e.payload(k, t, i), v.Fields) {
			out = append(out, shape{e.b.And(is, s.when), "." + v.Name + s.name, s.terms})
		}
	}
	return out
}

// fieldShapes are the combinations of the forms of fields.
func (e *Encoder) fieldShapes(vs []Value, fields []ir.Field) []shape {
	out := []shape{{when: e.b.Truth(true)}}
	for i, f := range fields {
		var longer []shape
		for _, head := range out {
			for _, s := range e.shapes(vs[i], f.Type) {
				longer = append(longer, shape{e.b.And(head.when, s.when), head.name + s.name, with(head.terms, s.terms...)})
			}
		}
		if out = longer; len(out) > 1<<12 {
			e.give("collections whose members have that many forms")
			return out[:1]
		}
	}
	return out
}

// inside lists the values of a type that stands inside a member of a
// collection.
func (e *Encoder) inside(t *ir.Type) []ir.Value {
	if e.open(t) || !few(t) {
		e.give("sets of sets of %s, of which there is any number", t)
		return nil
	}
	var out []ir.Value
	for v := range ir.Values(t) {
		out = append(out, v)
	}
	return out
}

// open reports whether values of t mention a sort of any size.
func (e *Encoder) open(t *ir.Type) bool {
	if t.Kind == ir.SortKind {
		return e.free[t.Sort]
	}
	found := false
	t.Parts(func(p *ir.Type) { found = found || e.open(p) })
	return found
}

// every says that p holds for all values of t, and for what is shaped like
// one: a range is not checked.
func (e *Encoder) every(t *ir.Type, p func(Value) *term.Term) *term.Term {
	return e.quantify(true, t, "x", p)
}

// some says that p holds for a value of t, or of its shape.
func (e *Encoder) some(t *ir.Type, p func(Value) *term.Term) *term.Term {
	return e.quantify(false, t, "x", p)
}

func (e *Encoder) quantify(all bool, t *ir.Type, name string, p func(Value) *term.Term) *term.Term {
	truth, _ := e.quantified(all, t, name, func(v Value) (*term.Term, *term.Term) { return p(v), e.b.Truth(true) })
	return truth
}

// quantified says of the first result of p that it is so for all values of t,
// or for some, and of the second that it is so for all.
func (e *Encoder) quantified(all bool, t *ir.Type, name string, p func(Value) (truth, ok *term.Term)) (truth, ok *term.Term) {
	switch t.Kind {
	case ir.StructKind:
		return e.quantifyFields(all, t.Fields, name, nil, func(vs []Value) (*term.Term, *term.Term) { return p(&Struct{vs}) })
	case ir.SumKind:
		return e.quantifySum(all, t, name, p)
	case ir.SetKind, ir.FuncKind, ir.MapKind, ir.SeqKind, ir.BagKind:
		return e.listing(all, t, p)
	case ir.RangeKind:
		if !e.unbounded() && few(t) {
			return e.listing(all, t, p)
		}
	}
	return e.bind(all, name, e.sortOf(t), func(v *term.Term) (*term.Term, *term.Term) { return p(scalar(v)) })
}

func (e *Encoder) bind(all bool, name string, s *term.Sort, p func(*term.Term) (truth, ok *term.Term)) (truth, ok *term.Term) {
	v := e.b.Var(name, s)
	e.scope = append(e.scope, v)
	truth, ok = p(v)
	e.scope = e.scope[:len(e.scope)-1]
	vars := []*term.Term{v}
	if all {
		return e.b.Forall(vars, truth), e.b.Forall(vars, ok)
	}
	return e.b.Exists(vars, truth), e.b.Forall(vars, ok)
}

// cases collects results of a quantified condition, case by case.
type cases struct{ truths, oks []*term.Term }

func (c *cases) add(truth, ok *term.Term) {
	c.truths, c.oks = append(c.truths, truth), append(c.oks, ok)
}

func (c *cases) joined(b *term.Bank, all bool) (truth, ok *term.Term) {
	if all {
		return b.And(c.truths...), b.And(c.oks...)
	}
	return b.Or(c.truths...), b.And(c.oks...)
}

// listing goes through the values of t.
func (e *Encoder) listing(all bool, t *ir.Type, p func(Value) (truth, ok *term.Term)) (truth, ok *term.Term) {
	if e.open(t) || !few(t) {
		e.give("something about every value of type %s", t)
		return e.b.Truth(all), e.b.Truth(true)
	}
	var c cases
	for v := range ir.Values(t) {
		c.add(p(e.Literal(v, t)))
	}
	return c.joined(e.b, all)
}

// quantifySum goes through the variants; if none holds anything they share a
// bound tag.
func (e *Encoder) quantifySum(all bool, t *ir.Type, name string, p func(Value) (truth, ok *term.Term)) (truth, ok *term.Term) {
	if plain(t) {
		return e.bind(all, name, e.tags(t), func(tag *term.Term) (*term.Term, *term.Term) {
			return p(&Sum{Tag: tag, Args: make([][]Value, len(t.Variants))})
		})
	}
	var c cases
	for i, v := range t.Variants {
		c.add(e.quantifyFields(all, v.Fields, name, nil, func(vs []Value) (*term.Term, *term.Term) { return p(e.tagged(t, i, vs)) }))
	}
	return c.joined(e.b, all)
}

// plain reports whether no variant of a sum holds anything.
func plain(t *ir.Type) bool {
	return !slices.ContainsFunc(t.Variants, func(v ir.Variant) bool { return len(v.Fields) > 0 })
}

func (e *Encoder) quantifyFields(all bool, fields []ir.Field, name string, vs []Value, p func([]Value) (truth, ok *term.Term)) (truth, ok *term.Term) {
	if len(vs) == len(fields) {
		return p(vs)
	}
	return e.quantified(all, fields[len(vs)].Type, name, func(v Value) (*term.Term, *term.Term) {
		return e.quantifyFields(all, fields, name, append(append([]Value{}, vs...), v), p)
	})
}

// fits says that v, which is shaped like a value of t, is one.
func (e *Encoder) fits(v Value, t *ir.Type) *term.Term {
	if e.always(t) {
		return e.b.Truth(true)
	}
	switch t.Kind {
	case ir.RangeKind:
		return e.b.And(e.b.Le(e.b.Num(t.Lo), one(v)), e.b.Le(one(v), e.b.Num(t.Hi)))
	case ir.SumKind:
		var all []*term.Term
		for i, variant := range t.Variants {
			s := v.(*Sum)
			if is := e.is(s, t, i); is.Op != term.False {
				all = append(all, e.b.Implies(is, e.fitAll(e.payload(s, t, i), variant.Fields)))
			}
		}
		return e.b.And(all...)
	case ir.StructKind:
		return e.fitAll(v.(*Struct).Fields, t.Fields)
	case ir.SetKind:
		return e.every(t.Elem, func(x Value) *term.Term { return e.b.Implies(v.(*Set).Has(x), e.fits(x, t.Elem)) })
	case ir.BagKind:
		return e.every(t.Elem, func(x Value) *term.Term {
			n := v.(*Bag).Count(x)
			return e.b.And(e.b.Le(e.b.I(0), n), e.b.Implies(e.b.Lt(e.b.I(0), n), e.fits(x, t.Elem)))
		})
	case ir.FuncKind:
		return e.every(t.Key, func(k Value) *term.Term {
			return e.b.Implies(e.fits(k, t.Key), e.fits(v.(*Func).At(k), t.Elem))
		})
	case ir.MapKind:
		return e.every(t.Key, func(k Value) *term.Term {
			m := v.(*Map)
			return e.b.Implies(m.Has(k), e.b.And(e.fits(k, t.Key), e.fits(m.At(k), t.Elem)))
		})
	}
	q := v.(*Seq)
	all := []*term.Term{e.b.Le(e.b.I(0), q.Len)}
	if t.Max >= 0 {
		all = append(all, e.b.Le(q.Len, e.b.I(t.Max)))
	}
	if !e.always(t.Elem) {
		all = append(all, e.indices(q.Len, func(i *term.Term) *term.Term { return e.fits(q.At(i), t.Elem) }))
	}
	return e.b.And(all...)
}

func (e *Encoder) fitAll(vs []Value, fields []ir.Field) *term.Term {
	var all []*term.Term
	for i, f := range fields {
		all = append(all, e.fits(vs[i], f.Type))
	}
	return e.b.And(all...)
}

// always reports whether everything shaped like a value of t is one.
func (e *Encoder) always(t *ir.Type) bool {
	switch t.Kind {
	case ir.RangeKind, ir.SeqKind, ir.BagKind:
		return false
	}
	all := true
	t.Parts(func(p *ir.Type) { all = all && e.always(p) })
	return all
}
