package kernel

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Literal is an atom or its negation. The atom's variables are Free terms whose
// names begin with the mark.
type Literal struct {
	Neg  bool
	Atom *Term
}

// Clause is a disjunction of literals, for all values of its variables.
type Clause []Literal

// Clauses returns formulas that can be refuted exactly if f can, as a
// conjunction of clauses. The functions that stand for what exists (T. Skolem,
// 1928) have names with the mark too, and with the premise's number, so
// that no two formulas share one.
func Clauses(f *Term, premise int) []Clause {
	k := &clausifier{premise: premise}
	return k.clauses(f, false, nil)
}

type clausifier struct {
	premise, made int
}

// clauses of f, or of its negation, below the quantifiers that bind vars.
func (k *clausifier) clauses(f *Term, neg bool, vars []*Term) []Clause {
	switch {
	case f.Op == Not:
		return k.clauses(f.Args[0], !neg, vars)
	case f.Op == And && !neg || f.Op == Or && neg:
		return append(k.clauses(f.Args[0], neg, vars), k.clauses(f.Args[1], neg, vars)...)
	case f.Op == And || f.Op == Or:
		return products(k.clauses(f.Args[0], neg, vars), k.clauses(f.Args[1], neg, vars))
	case f.Op == Implies:
		return k.clauses(T(Or, T(Not, f.Args[0]), f.Args[1]), neg, vars)
	case f.Op == Eq && f.Args[0].Sort == Bool:
		a, b := f.Args[0], f.Args[1]
		return k.clauses(T(And, T(Or, T(Not, a), b), T(Or, a, T(Not, b))), neg, vars)
	case f.Op == Ite:
		c, a, b := f.Args[0], f.Args[1], f.Args[2]
		return k.clauses(T(And, T(Or, T(Not, c), a), T(Or, c, b)), neg, vars)
	case f.Op == Forall && !neg || f.Op == Exists && neg:
		v := V(k.name(), f.Over)
		return k.clauses(Instance(f, v), neg, append(slices.Clone(vars), v))
	case f.Op == Forall || f.Op == Exists:
		return k.clauses(Instance(f, F(k.name(), f.Over, vars...)), neg, vars)
	case f.Op == True && neg || f.Op == False && !neg:
		return []Clause{{}}
	case f.Op == True || f.Op == False:
		return nil
	}
	return []Clause{{{neg, f}}}
}

func (k *clausifier) name() string {
	k.made++
	return fmt.Sprintf("%s%d.%d", mark, k.premise, k.made)
}

// products are the clauses of a disjunction.
func products(as, bs []Clause) []Clause {
	var out []Clause
	for _, a := range as {
		for _, b := range bs {
			out = append(out, append(slices.Clone(a), b...))
		}
	}
	return out
}

// Isolated returns a clause with variables of its own.
func (c Clause) Isolated(prefix string) Clause {
	out := make(Clause, len(c))
	for i, l := range c {
		out[i] = Literal{l.Neg, renamed(l.Atom, prefix)}
	}
	return out
}

func renamed(t *Term, prefix string) *Term {
	if IsVariable(t) {
		return V(mark+prefix+t.Name[len(mark):], t.Sort)
	}
	return t.mapArgs(func(a *Term, _ int) *Term { return renamed(a, prefix) })
}

// mark begins the names of what clauses need: formulas must be free of it.
const mark = "?"

// IsVariable reports whether t is a variable of clauses.
func IsVariable(t *Term) bool { return t.Op == Free && strings.HasPrefix(t.Name, mark) }

// marked reports whether a name in t begins with the mark.
func marked(t *Term) bool {
	return (t.Op == Free || t.Op == App) && strings.HasPrefix(t.Name, mark) || slices.ContainsFunc(t.Args, marked)
}

// Substitution gives terms to variables, by name.
type Substitution map[string]*Term

// Of applies the substitution until nothing changes.
func (s Substitution) Of(t *Term) *Term {
	if IsVariable(t) {
		if by := s[t.Name]; by != nil {
			return s.Of(by)
		}
		return t
	}
	return t.mapArgs(func(a *Term, _ int) *Term { return s.Of(a) })
}

// Unify extends s so that a and b become the same (J. A. Robinson, 1965). What
// is below a quantifier must be the same already.
func (s Substitution) Unify(a, b *Term) bool {
	a, b = s.walk(a), s.walk(b)
	switch {
	case Same(a, b):
		return true
	case IsVariable(a):
		return s.bind(a, b)
	case IsVariable(b):
		return s.bind(b, a)
	case a.Op != b.Op || a.Sort != b.Sort || a.Name != b.Name || len(a.Args) != len(b.Args) || len(a.Args) == 0 || a.Op == Forall || a.Op == Exists:
		return false
	}
	for i := range a.Args {
		if !s.Unify(a.Args[i], b.Args[i]) {
			return false
		}
	}
	return true
}

func (s Substitution) walk(t *Term) *Term {
	for IsVariable(t) && s[t.Name] != nil {
		t = s[t.Name]
	}
	return t
}

func (s Substitution) bind(v, t *Term) bool {
	if v.Sort != t.Sort || !closed(t, 0) || Occurs(v, s.Of(t)) {
		return false
	}
	s[v.Name] = t
	return true
}

// Resolve returns what follows from two clauses by their literals i and j, of
// which one says what the other denies.
func Resolve(a, b Clause, i, j int) (Clause, bool) {
	a, b = a.Isolated("l"), b.Isolated("r")
	s := Substitution{}
	if a[i].Neg == b[j].Neg || !s.Unify(a[i].Atom, b[j].Atom) {
		return nil, false
	}
	return s.clause(slices.Delete(slices.Clone(a), i, i+1), slices.Delete(slices.Clone(b), j, j+1)), true
}

// Factor returns what a clause says where its literals i and j are the same.
func Factor(a Clause, i, j int) (Clause, bool) {
	s := Substitution{}
	if i == j || a[i].Neg != a[j].Neg || !s.Unify(a[i].Atom, a[j].Atom) {
		return nil, false
	}
	return s.clause(slices.Delete(slices.Clone(a), j, j+1), nil), true
}

// clause is two clauses as one, without repetitions and with short names of
// variables.
func (s Substitution) clause(a, b Clause) Clause {
	names := Substitution{}
	var out Clause
	for _, l := range append(slices.Clone(a), b...) {
		l.Atom = names.short(s.Of(l.Atom))
		if !slices.ContainsFunc(out, func(o Literal) bool { return o.Neg == l.Neg && Same(o.Atom, l.Atom) }) {
			out = append(out, l)
		}
	}
	return out
}

// short gives variables their numbers as names.
func (s Substitution) short(t *Term) *Term {
	if !IsVariable(t) {
		return t.mapArgs(func(a *Term, _ int) *Term { return s.short(a) })
	}
	if s[t.Name] == nil {
		s[t.Name] = V(mark+strconv.Itoa(len(s)), t.Sort)
	}
	return s[t.Name]
}

// refute follows the steps of a refutation.
func (s *step) refute() Sequent {
	var given [][]Clause
	for i, p := range s.premises {
		if marked(p.Goal) {
			return s.refuse("%s has names that begin with %s", p.Goal, mark)
		}
		given = append(given, Clauses(p.Goal, i))
	}
	var made []Clause
	for _, st := range s.Steps {
		c, ok := replay(given, made, st)
		if !ok {
			return s.refuse("clause %d of the refutation does not follow", len(made))
		}
		made = append(made, c)
	}
	if len(made) == 0 || len(made[len(made)-1]) > 0 {
		return s.refuse("the refutation does not end with the empty clause")
	}
	return s.from(Truth(false))
}

func replay(given [][]Clause, made []Clause, st Step) (Clause, bool) {
	within := func(i int, list int) bool { return 0 <= i && i < list }
	switch {
	case st.Parent1 < 0:
		if !within(st.Premise, len(given)) || !within(st.Clause, len(given[st.Premise])) {
			return nil, false
		}
		return given[st.Premise][st.Clause], true
	case !within(st.Parent1, len(made)) || !within(st.Lit1, len(made[st.Parent1])) || st.Lit2 < 0:
		return nil, false
	case st.Parent2 < 0:
		if !within(st.Lit2, len(made[st.Parent1])) {
			return nil, false
		}
		return Factor(made[st.Parent1], st.Lit1, st.Lit2)
	case !within(st.Parent2, len(made)) || !within(st.Lit2, len(made[st.Parent2])):
		return nil, false
	}
	return Resolve(made[st.Parent1], made[st.Parent2], st.Lit1, st.Lit2)
}
