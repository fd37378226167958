package kernel

import (
	"fmt"
	"slices"
)

// Result is what a proof shows and what that rests on.
type Result struct {
	Sequent
	Cited   []string // axioms and theorems, in order of first use
	Oracles []string // who was believed, in order of first use
	Defined []string // functions whose definition was used, in order of first use
}

// Check takes a proof apart. The error is the first step that does not follow.
func Check(th *Theory, p *Proof) (*Result, error) {
	c := &checker{th: th, done: map[*Proof]Sequent{}, res: &Result{}}
	s, err := c.check(p)
	c.res.Sequent = s
	return c.res, err
}

type checker struct {
	th   *Theory
	done map[*Proof]Sequent
	res  *Result
}

// fault is a step that does not follow.
type fault struct {
	rule Rule
	why  string
}

func (f *fault) Error() string {
	return fmt.Sprintf("step %d of the proof does not follow: %s", f.rule, f.why)
}

func (c *checker) check(p *Proof) (Sequent, error) {
	if s, ok := c.done[p]; ok {
		return s, nil
	}
	premises := make([]Sequent, len(p.From))
	for i, q := range p.From {
		s, err := c.check(q)
		if err != nil {
			return Sequent{}, err
		}
		premises[i] = s
	}
	step := &step{Proof: p, th: c.th, premises: premises}
	s := step.conclude()
	if step.why != "" {
		return Sequent{}, &fault{p.Rule, step.why}
	}
	c.note(p)
	c.done[p] = s
	return s, nil
}

func (c *checker) note(p *Proof) {
	list := &c.res.Cited
	switch p.Rule {
	case Cite:
	case Oracle:
		list = &c.res.Oracles
	case Define:
		list = &c.res.Defined
	default:
		return
	}
	if !slices.Contains(*list, p.Name) {
		*list = append(*list, p.Name)
	}
}

// step is one application of a rule.
type step struct {
	*Proof
	th       *Theory
	premises []Sequent
	why      string // it does not follow; "" if it does
}

func (s *step) refuse(format string, args ...any) Sequent {
	if s.why == "" {
		s.why = fmt.Sprintf(format, args...)
	}
	return Sequent{}
}

// goal is what premise i shows, with the given head; a stand-in after a fault.
func (s *step) goal(i int, op Op) *Term {
	if i >= len(s.premises) {
		s.refuse("premise %d is missing", i+1)
	} else if g := s.premises[i].Goal; op == 0 || g.Op == op {
		return g
	} else {
		s.refuse("%s has the wrong form", g)
	}
	t := Truth(true)
	return &Term{Op: op, Sort: Bool, Args: []*Term{t, t}}
}

// formula is the Term of the step, with the given head if that is not 0.
func (s *step) formula(op Op) *Term {
	if t := s.Term; t != nil && t.Sort == Bool && (op == 0 || t.Op == op) && closed(t, 0) {
		return t
	}
	s.refuse("the formula of the step has the wrong form")
	t := Truth(true)
	return &Term{Op: op, Sort: Bool, Args: []*Term{t, t}}
}

// variable is the Term of the step, which must be a variable.
func (s *step) variable() *Term {
	if s.Term != nil && s.Term.Op == Free {
		return s.Term
	}
	s.refuse("the step names no variable")
	return V("", Bool)
}

// from is goal under the hypotheses of all premises.
func (s *step) from(goal *Term) Sequent {
	var hyps []*Term
	for _, p := range s.premises {
		for _, h := range p.Hyps {
			hyps = with(hyps, h)
		}
	}
	return Sequent{hyps, goal}
}

func with(hyps []*Term, h *Term) []*Term {
	if slices.ContainsFunc(hyps, func(x *Term) bool { return Same(x, h) }) {
		return hyps
	}
	return append(hyps, h)
}

// discharge takes hypotheses away from premise i.
func (s *step) discharge(i int, gone ...*Term) {
	if i < len(s.premises) {
		s.premises[i].Hyps = slices.DeleteFunc(slices.Clone(s.premises[i].Hyps), func(h *Term) bool {
			return slices.ContainsFunc(gone, func(g *Term) bool { return Same(g, h) })
		})
	}
}

// need refuses the step if two formulas differ that have to be the same.
func (s *step) need(found, want *Term) {
	if !Same(found, want) {
		s.refuse("%s where %s is needed", found, want)
	}
}

// fresh refuses the step if v occurs in any of the terms.
func (s *step) fresh(v *Term, in ...*Term) {
	for _, t := range in {
		if Occurs(v, t) {
			s.refuse("%s is not new: it occurs in %s", v, t)
		}
	}
}

// conclude applies the rule.
func (s *step) conclude() Sequent {
	switch s.Rule {
	case Assume:
		f := s.formula(0)
		return Sequent{[]*Term{f}, f}
	case Cite:
		if f := s.th.Known[s.Name]; f != nil {
			return Sequent{nil, f}
		}
		return s.refuse("%s is not known", s.Name)
	case Oracle:
		return Sequent{nil, s.formula(0)}
	case Discharge, Detach, Join, First, Second, Weaken, Split, Clash, Negate, Equate, Indirect:
		return s.propositional()
	case Generalize, Specialize, Exhibit, Obtain:
		return s.quantified()
	case Reflexive, Rewrite, Define, IfTrue, IfFalse:
		return s.equal()
	case Fact, Enumerate, Naturals, Sequences:
		return s.data()
	case Ring, Squeeze, Linear:
		return s.arithmetic()
	case Refute:
		return s.refute()
	}
	return s.refuse("there is no such rule")
}

func (s *step) propositional() Sequent {
	switch s.Rule {
	case Discharge:
		s.discharge(0, s.formula(0))
		return s.from(T(Implies, s.formula(0), s.goal(0, 0)))
	case Detach:
		rule := s.goal(0, Implies)
		s.need(s.goal(1, 0), rule.Args[0])
		return s.from(rule.Args[1])
	case Join:
		return s.from(T(And, s.goal(0, 0), s.goal(1, 0)))
	case First:
		return s.from(s.goal(0, And).Args[0])
	case Second:
		return s.from(s.goal(0, And).Args[1])
	case Weaken:
		or, a := s.formula(Or), s.goal(0, 0)
		if !Same(or.Args[0], a) && !Same(or.Args[1], a) {
			s.refuse("%s is no side of %s", a, or)
		}
		return s.from(or)
	case Split:
		or := s.goal(0, Or)
		s.discharge(1, or.Args[0])
		s.discharge(2, or.Args[1])
		s.need(s.goal(1, 0), s.goal(2, 0))
		return s.from(s.goal(1, 0))
	case Clash:
		s.need(s.goal(1, Not).Args[0], s.goal(0, 0))
		return s.from(Truth(false))
	case Negate:
		s.goal(0, False)
		s.discharge(0, s.formula(0))
		return s.from(T(Not, s.formula(0)))
	case Equate:
		there, back := s.goal(0, Implies), s.goal(1, Implies)
		s.need(back.Args[0], there.Args[1])
		s.need(back.Args[1], there.Args[0])
		return s.from(T(Eq, there.Args[0], there.Args[1]))
	default: // Indirect
		s.goal(0, False)
		s.discharge(0, T(Not, s.formula(0)))
		return s.from(s.formula(0))
	}
}

func (s *step) quantified() Sequent {
	switch s.Rule {
	case Generalize:
		v := s.variable()
		s.fresh(v, s.from(nil).Hyps...)
		return s.from(Bind(Forall, v, s.goal(0, 0)))
	case Specialize:
		q := s.goal(0, Forall)
		if s.Term == nil || s.Term.Sort != q.Over || !closed(s.Term, 0) {
			return s.refuse("no %s is given for %s", q.Over, q)
		}
		return s.from(Instance(q, s.Term))
	case Exhibit:
		q := s.formula(Exists)
		if len(s.Terms) != 1 || s.Terms[0].Sort != q.Over || !closed(s.Terms[0], 0) {
			return s.refuse("no %s is given for %s", q.Over, q)
		}
		s.need(s.goal(0, 0), Instance(q, s.Terms[0]))
		return s.from(q)
	default: // Obtain
		v, q := s.variable(), s.goal(0, Exists)
		if v.Sort != q.Over {
			return s.refuse("%s has sort %s, not %s", v, v.Sort, q.Over)
		}
		s.discharge(1, Instance(q, v))
		s.fresh(v, append(s.from(nil).Hyps, q, s.goal(1, 0))...)
		return s.from(s.goal(1, 0))
	}
}

func (s *step) equal() Sequent {
	switch s.Rule {
	case Reflexive:
		if s.Term == nil || !closed(s.Term, 0) {
			return s.refuse("no term is given")
		}
		return s.from(T(Eq, s.Term, s.Term))
	case Rewrite:
		eq, from, to := s.goal(0, Eq), s.goal(1, 0), s.formula(0)
		if !replaced(from, to, eq.Args[0], eq.Args[1]) && !replaced(from, to, eq.Args[1], eq.Args[0]) {
			s.refuse("%s does not turn %s into %s", eq, from, to)
		}
		return s.from(to)
	case Define:
		return s.define()
	default: // IfTrue, IfFalse
		cond, branch := s.goal(0, 0), 1
		if s.Rule == IfFalse {
			cond, branch = s.goal(0, Not).Args[0], 2
		}
		if s.Term == nil || s.Term.Op != Ite {
			return s.refuse("no conditional is given")
		}
		s.need(cond, s.Term.Args[0])
		return s.from(T(Eq, s.Term, s.Term.Args[branch]))
	}
}

// replaced reports whether t with some occurrences of a as b is u. Neither a
// nor b has variables of a binder outside itself, so none is captured.
func replaced(t, u, a, b *Term) bool {
	switch {
	case Same(t, u) || Same(t, a) && Same(u, b):
		return true
	case t.Op != u.Op || t.Sort != u.Sort || t.Name != u.Name && t.Op == App || t.Over != u.Over || len(t.Args) == 0:
		return false
	}
	return slices.EqualFunc(t.Args, u.Args, func(x, y *Term) bool { return replaced(x, y, a, b) })
}

// stray is a variable of t that is not among some, nil if there is none.
func stray(t *Term, vars []*Term) *Term {
	if t.Op == Free && !slices.ContainsFunc(vars, func(v *Term) bool { return Same(v, t) }) {
		return t
	}
	for _, a := range t.Args {
		if v := stray(a, vars); v != nil {
			return v
		}
	}
	return nil
}

func (s *step) define() Sequent {
	def, ok := s.th.Defs[s.Name]
	if !ok || len(def.Params) != len(s.Terms) {
		return s.refuse("%s has no definition for %d arguments", s.Name, len(s.Terms))
	}
	if v := stray(def.Body, def.Params); v != nil {
		return s.refuse("the definition of %s speaks of %s, which is no parameter", s.Name, v)
	}
	// All parameters at once: through variables that occur nowhere.
	body := def.Body
	for i, p := range def.Params {
		if p.Sort != s.Terms[i].Sort || !closed(s.Terms[i], 0) {
			return s.refuse("argument %d of %s has sort %s, not %s", i+1, s.Name, s.Terms[i].Sort, p.Sort)
		}
		body = Replace(body, p, V(fmt.Sprintf("\x00%d", i), p.Sort))
	}
	for i, p := range def.Params {
		body = Replace(body, V(fmt.Sprintf("\x00%d", i), p.Sort), s.Terms[i])
	}
	return s.from(T(Eq, F(s.Name, body.Sort, s.Terms...), body))
}
