package ir

import "github.com/spec-lang/spec/lang/source"

// Part is a part of a property that ought to matter.
type Part struct {
	// Once is a predicate that is true somewhere if the part matters: in some
	// state for an invariant, in some step for a step property.
	Once Expr
	Span source.Span
	// Why says what it means if Once is never true.
	Why string
}

// MustMatter returns the parts of an invariant or step property that must
// be true at least once, or the property says less than it seems to: the
// antecedents of its implications and the domains of its quantifiers. After
// Beer, Ben-David, Eisner and Rodeh, "Efficient detection of vacuity in
// temporal model checking", FMSD 18 (2001), as far as it goes for predicates
// on states.
func MustMatter(sys *System, p *Property) []Part {
	if p.Formula == nil || p.Kind != Invariant && p.Kind != Step {
		return nil
	}
	f := matterFinder{bool: sys.Types.Bool()}
	f.find(p.Formula, func(e Expr) Expr { return e })
	return f.parts
}

// matterFinder walks the parts of a formula that are asserted. The context of
// a part is what turns a predicate on its bound names into one without.
type matterFinder struct {
	bool  *Type
	parts []Part
}

func (f *matterFinder) need(once Expr, sp source.Span, why string) {
	f.parts = append(f.parts, Part{once, sp, why})
}

func (f *matterFinder) find(e Expr, in func(Expr) Expr) {
	switch e := e.(type) {
	case *Apply:
		f.operator(e, in)
	case *Bind:
		f.quantifier(e, in)
	case *Let:
		f.find(e.Body, func(x Expr) Expr { return in(&Let{Node: e.Node, Local: e.Local, Value: e.Value, Body: x}) })
	case *If:
		f.find(e.Then, func(x Expr) Expr { return in(f.and(e.Cond, x)) })
		f.find(e.Else, func(x Expr) Expr { return in(f.and(f.not(e.Cond), x)) })
	}
}

func (f *matterFinder) operator(e *Apply, in func(Expr) Expr) {
	switch e.Op {
	case And:
		f.find(e.Args[0], in)
		f.find(e.Args[1], in)
	case Or:
		f.find(e.Args[0], in)
		f.find(e.Args[1], func(x Expr) Expr { return in(f.and(f.not(e.Args[0]), x)) })
	case Implies:
		f.need(in(e.Args[0]), e.Args[0].Span(), "the left side of `=>` is never true, so this says nothing")
		f.find(e.Args[1], func(x Expr) Expr { return in(f.and(e.Args[0], x)) })
	}
}

func (f *matterFinder) quantifier(e *Bind, in func(Expr) Expr) {
	if e.Kind != Forall {
		return
	}
	some := func(x Expr) Expr {
		return in(&Bind{Node: Node{f.bool, e.Loc}, Kind: Exists, Binders: e.Binders, Cond: e.Cond, Body: x})
	}
	if !allUniverses(e) {
		f.need(some(&Lit{Node{f.bool, e.Loc}, Bool(true)}), e.Loc, "`forall` never has anything to range over, so this says nothing")
	}
	f.find(e.Body, some)
}

// allUniverses reports whether the domains are all of types that have values.
func allUniverses(e *Bind) bool {
	if e.Cond != nil {
		return false
	}
	for _, b := range e.Binders {
		a, ok := b.Domain.(*Apply)
		if !ok || a.Op != Universe {
			return false
		}
		if n, finite := Card(a.T.Elem); finite && n.Sign() == 0 {
			return false
		}
	}
	return true
}

func (f *matterFinder) and(x, y Expr) Expr {
	return &Apply{Node: Node{f.bool, x.Span()}, Op: And, Args: []Expr{x, y}}
}

func (f *matterFinder) not(x Expr) Expr {
	return &Apply{Node: Node{f.bool, x.Span()}, Op: Not, Args: []Expr{x}}
}
