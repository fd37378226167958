package theorem

import (
	"errors"
	"fmt"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/kernel"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// solverTime is how long a solver may think about one step.
const solverTime = 10 * time.Second

// bySolver believes a solver that says that facts and the negation of a goal
// contradict each other. The kernel marks such a step.
func (a *attempt) bySolver(p *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	if a.solver == nil {
		return nil, &gap{p.Span, "no solver is there to ask: install z3 or cvc5, or use another method"}
	}
	answer, err := a.solver.Solve(a.ctx, a.query(facts, goal))
	var fault *solver.Fault
	switch {
	case errors.As(err, &fault):
		return nil, &gap{p.Span, fault.Error()}
	case err != nil:
		return nil, &gap{p.Span, "the proof was interrupted"}
	case answer.Status == solver.Sat:
		return nil, &gap{p.Span, fmt.Sprintf("%s finds a case in which this is not so, as far as it knows the functions: %s", answer.Solver, goal)}
	case answer.Status != solver.Unsat:
		return nil, &gap{p.Span, fmt.Sprintf("%s does not know: %s", answer.Solver, answer.Why)}
	}
	whole := goal
	for i := len(facts) - 1; i >= 0; i-- {
		whole = kernel.T(kernel.Implies, facts[i].goal, whole)
	}
	proof := &kernel.Proof{Rule: kernel.Oracle, Name: "what " + answer.Solver + " says", Term: whole}
	for _, f := range facts {
		proof = step(kernel.Detach, nil, proof, f.proof)
	}
	return proof, nil
}

func (a *attempt) query(facts []fact, goal *kernel.Term) *solver.Query {
	w := &writer{b: term.NewBank(), theory: a.theory(), free: map[string]*term.Term{}}
	q := &solver.Query{Limit: solverTime}
	add := func(t *term.Term) {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("a%d", len(q.Asserts)), Term: t})
	}
	for _, f := range facts {
		add(w.term(f.goal, nil))
	}
	add(w.b.Not(w.term(goal, nil)))
	for i := 0; i < len(w.used); i++ { // a definition may mention more functions
		add(w.definition(w.used[i]))
	}
	return q
}

// writer writes terms of the kernel as terms for solvers.
type writer struct {
	b      *term.Bank
	theory *kernel.Theory
	free   map[string]*term.Term
	used   []string // functions with a definition, in order of first use
}

func (w *writer) sort(s kernel.Sort) *term.Sort {
	switch s {
	case kernel.Bool:
		return w.b.Bool
	case kernel.Int:
		return w.b.Int
	}
	if all := w.theory.Enums[s]; len(all) > 0 {
		return w.b.Enum(string(s), all)
	}
	return w.b.Free(string(s))
}

// definition says what a function is, for all arguments.
func (w *writer) definition(name string) *term.Term {
	def := w.theory.Defs[name]
	var vars []*term.Term
	var params []*kernel.Term
	for _, p := range def.Params {
		v := w.b.Var(p.Name, w.sort(p.Sort))
		vars, params = append(vars, v), append(params, p)
		w.free[p.Key()] = v
	}
	eq := w.term(kernel.T(kernel.Eq, kernel.F(name, def.Body.Sort, params...), def.Body), nil)
	for _, p := range def.Params {
		delete(w.free, p.Key())
	}
	if len(vars) == 0 {
		return eq
	}
	return w.b.Forall(vars, eq)
}

// term writes t below binders whose variables are bound, outermost first.
func (w *writer) term(t *kernel.Term, bound []*term.Term) *term.Term {
	args := make([]*term.Term, len(t.Args))
	if t.Op == kernel.Forall || t.Op == kernel.Exists {
		v := w.b.Var(t.Name, w.sort(t.Over))
		body := w.term(t.Args[0], append(bound[:len(bound):len(bound)], v))
		if t.Op == kernel.Forall {
			return w.b.Forall([]*term.Term{v}, body)
		}
		return w.b.Exists([]*term.Term{v}, body)
	}
	for i, a := range t.Args {
		args[i] = w.term(a, bound)
	}
	switch t.Op {
	case kernel.Free:
		return w.variable(t)
	case kernel.Bound:
		return bound[len(bound)-1-t.Index]
	case kernel.App:
		return w.application(t, args)
	case kernel.Num:
		return w.b.Num(t.N)
	case kernel.True, kernel.False:
		return w.b.Truth(t.Op == kernel.True)
	case kernel.Not:
		return w.b.Not(args[0])
	case kernel.And:
		return w.b.And(args...)
	case kernel.Or:
		return w.b.Or(args...)
	case kernel.Implies:
		return w.b.Implies(args[0], args[1])
	case kernel.Eq:
		return w.b.Eq(args[0], args[1])
	case kernel.Ite:
		return w.b.Ite(args[0], args[1], args[2])
	case kernel.Add:
		return w.b.Add(args...)
	case kernel.Mul:
		return w.b.Mul(args[0], args[1])
	default: // Le
		return w.b.Le(args[0], args[1])
	}
}

// variable is a constant of which nothing is known, or one that a definition
// is for all values of.
func (w *writer) variable(t *kernel.Term) *term.Term {
	if v := w.free[t.Key()]; v != nil {
		return v
	}
	return w.b.Apply(w.b.Func("var "+t.Name, nil, w.sort(t.Sort)))
}

func (w *writer) application(t *kernel.Term, args []*term.Term) *term.Term {
	for i, name := range w.theory.Enums[t.Sort] {
		if len(args) == 0 && name == t.Name {
			return w.b.Elem(w.sort(t.Sort), i)
		}
	}
	var params []*term.Sort
	name := t.Name
	for _, a := range t.Args {
		params = append(params, w.sort(a.Sort))
		name += " " + string(a.Sort) // nil, cons and others are there for every sort
	}
	if def, ok := w.theory.Defs[t.Name]; ok && def.Body != nil && !w.knows(t.Name) {
		w.used = append(w.used, t.Name)
	}
	return w.b.Apply(w.b.Func(name+" "+string(t.Sort), params, w.sort(t.Sort)), args...)
}

func (w *writer) knows(name string) bool {
	for _, n := range w.used {
		if n == name {
			return true
		}
	}
	return false
}
