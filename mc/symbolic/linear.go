package symbolic

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// linear decides the properties of linear time. A run violates one if it is
// fair and the automaton of the negation accepts it, so that the product with
// that has a fair part which runs come to. What is found is a run whatever
// limits have left out.
func (s *search) linear(res *evidence.Result) {
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Prop.Kind == ir.Temporal {
			s.refute(res, f)
		}
	}
}

// question is a property of linear time with its propositions as sets.
type question struct {
	ltl    *buchi.Property
	never  *buchi.Automaton // of the negation
	truths []truth
	broken bool // some proposition has no value in some state
}

// truth is where a proposition is true and where it is false: one set of
// states, or if it speaks of steps one for each step and one for none.
type truth struct{ yes, no []bdd.Node }

func (s *search) refute(res *evidence.Result, f *evidence.Finding) {
	q, err := s.question(f.Prop)
	if err != nil {
		f.Why = err.Error()
		return
	}
	p := s.newProduct(q.product(s), q.never.Sets)
	p.props = q.ltl.Props
	x := p.fair(p.each(func(i int) bdd.Node {
		if q.never.Accepting[i] {
			return s.reached
		}
		return bdd.False
	}))
	from := p.reach(p.all(), x)
	bad := bdd.False
	for _, i := range q.never.Initial {
		bad = s.space.t.Or(bad, s.space.t.And(s.layers[0], from[i]))
	}
	if bad != bdd.False {
		f.Trace = p.lasso(starts(s.sys, q.never), x)
	}
	switch {
	case s.stopped():
		f.Why, f.Trace = s.limit, nil
		res.Basis.Kind, res.Basis.Limit = evidence.Partial, s.limit
	case bad != bdd.False:
		f.Verdict, f.Depth = evidence.Violated, f.Trace.Loop
	case q.broken:
		f.Why = "it has no value in some state"
	case res.Basis.Kind == evidence.Bounded:
		f.Why = fmt.Sprintf("no violation within the bound, which cut %d successors off", res.Basis.Cuts)
	case res.Basis.Kind == evidence.Exhaustive:
		f.Verdict = evidence.Holds
	}
	if res.Basis.Kind != evidence.Partial {
		for _, span := range q.ltl.Idle(func(a buchi.Antecedent) bool { return q.occurs(s, a) }) {
			res.Coverage.Vacuous = append(res.Coverage.Vacuous, evidence.Vacuity{Prop: f.Prop, Span: span, Why: buchi.NeverAsked})
		}
	}
}

// starts are the spots that runs begin in.
func starts(sys *ir.System, a *buchi.Automaton) []spot {
	var out []spot
	for _, o := range eval.Initial(sys) {
		if o.Err == nil && o.Assert == nil {
			for _, q := range a.Initial {
				out = append(out, spot{o.State, q})
			}
		}
	}
	return out
}

// question translates a property. The error says what of it has no automaton
// or no circuit.
func (s *search) question(prop *ir.Property) (*question, error) {
	ltl, err := buchi.FromIR(s.sys, prop.Formula)
	if err != nil {
		return nil, err
	}
	q := &question{ltl: ltl}
	if q.never, err = ltl.Negation(); err != nil {
		return nil, err
	}
	for _, p := range ltl.Props {
		t, err := s.truth(q, p)
		if err != nil {
			return nil, fmt.Errorf("%w; use --engine explicit", err)
		}
		q.truths = append(q.truths, t)
	}
	return q, nil
}

func (s *search) truth(q *question, p buchi.Prop) (truth, error) {
	var t truth
	add := func(c circuit.Cond, err error) error {
		if err != nil {
			return err
		}
		b, holds := s.space.t, s.space.node(c.Holds)
		lost := b.Or(s.space.node(c.Error), s.space.node(c.Assert))
		q.broken = q.broken || b.And(s.reached, lost) != bdd.False
		t.yes, t.no = append(t.yes, holds), append(t.no, b.Not(b.Or(holds, lost)))
		return nil
	}
	if !p.Step {
		err := add(s.space.c.Condition(p.Expr))
		return t, err
	}
	for _, r := range s.space.steps {
		if err := add(s.space.c.Leaving(r.step, p.Expr)); err != nil {
			return t, err
		}
	}
	err := add(s.space.c.Leaving(nil, p.Expr))
	return t, err
}

// product are the transitions of the automaton of the negation.
func (q *question) product(s *search) [][]edge {
	out := make([][]edge, len(q.never.Edges))
	for i, es := range q.never.Edges {
		for _, e := range es {
			x := edge{to: e.To, label: e.Label, marks: e.Marks, where: s.reached}
			q.restrict(s, &x)
			out[i] = append(out[i], x)
		}
	}
	return out
}

// restrict puts the sets of states that its label allows into an edge.
func (q *question) restrict(s *search, e *edge) {
	b := s.space.t
	for i, t := range q.truths {
		var of []bdd.Node
		switch {
		case e.label.Pos>>i&1 != 0:
			of = t.yes
		case e.label.Neg>>i&1 != 0:
			of = t.no
		default:
			continue
		}
		if !q.ltl.Props[i].Step {
			e.where = b.And(e.where, of[0])
			continue
		}
		if e.during == nil {
			e.during = append(e.during, of...)
			continue
		}
		for k := range of {
			e.during[k] = b.And(e.during[k], of[k])
		}
	}
}

// occurs reports whether an antecedent is true in some state, or of some step.
func (q *question) occurs(s *search, a buchi.Antecedent) bool {
	b, of := s.space.t, q.truths[a.Prop].yes
	if a.Negated {
		of = q.truths[a.Prop].no
	}
	for i, n := range of {
		during := s.reached
		switch steps := s.space.steps; {
		case !q.ltl.Props[a.Prop].Step:
		case i < len(steps):
			during = b.And(during, b.Exists(steps[i].ways, s.space.choice))
		default:
			for _, r := range steps {
				during = b.Diff(during, r.enabled)
			}
		}
		if b.And(during, n) != bdd.False {
			return true
		}
	}
	return false
}
