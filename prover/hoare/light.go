package hoare

import "github.com/spec-lang/spec/prover/term"

// light makes formulas that say less, by leaving out what stands under
// quantifiers. A goal about numbers that follows from the rest is found at once
// so, where a solver would lose itself among instances.
type light struct {
	bank  *term.Bank
	known map[*term.Term]bool // whether there are quantifiers inside
}

func (l *light) quantified(t *term.Term) bool {
	if q, ok := l.known[t]; ok {
		return q
	}
	q := t.Op == term.Forall || t.Op == term.Exists
	for _, a := range t.Args {
		q = q || l.quantified(a)
	}
	l.known[t] = q
	return q
}

// weaker is a formula without quantifiers that follows from t; where deny is
// set, t follows from it.
func (l *light) weaker(t *term.Term, deny bool) *term.Term {
	if !l.quantified(t) {
		return t
	}
	parts := func(deny ...bool) *term.Term {
		args := make([]*term.Term, len(t.Args))
		for i, a := range t.Args {
			args[i] = l.weaker(a, deny[min(i, len(deny)-1)])
		}
		return l.bank.Rebuild(t, args)
	}
	switch {
	case t.Op == term.And || t.Op == term.Or:
		return parts(deny)
	case t.Op == term.Not:
		return parts(!deny)
	case t.Op == term.Implies:
		return parts(!deny, deny)
	case t.Op == term.Ite && !l.quantified(t.Args[0]):
		return parts(deny)
	}
	return l.bank.Truth(!deny)
}
