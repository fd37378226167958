package solver

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/spec-lang/spec/prover/term"
)

// Portfolio asks several solvers at once.
type Portfolio struct {
	Solvers []Solver
	// All wants every solver to answer, and the answers to be the same: with
	// one that does not know, nobody does. Otherwise the first answer wins.
	All bool
}

// Name returns the names of the solvers.
func (p *Portfolio) Name() string {
	names := make([]string, len(p.Solvers))
	for i, s := range p.Solvers {
		names[i] = s.Name()
	}
	return strings.Join(names, ", ")
}

type reply struct {
	answer Answer
	err    error
}

// Solve asks all solvers. Faults matter only if nobody answers, or with All.
func (p *Portfolio) Solve(ctx context.Context, q *Query) (Answer, error) {
	inner, cancel := context.WithCancel(ctx)
	q = oneAtATime(q)
	replies := make(chan reply, len(p.Solvers))
	for _, s := range p.Solvers {
		go func() {
			a, err := s.Solve(inner, q)
			replies <- reply{a, err}
		}()
	}
	left := len(p.Solvers)
	defer func() { // none may still use the query
		cancel()
		for ; left > 0; left-- {
			<-replies
		}
	}()
	var all []Answer
	var errs []error
	for left > 0 {
		r := <-replies
		left--
		switch {
		case r.err != nil:
			errs = append(errs, r.err)
		case r.answer.Status != Unknown && !p.All:
			return r.answer, nil
		default:
			all = append(all, r.answer)
		}
	}
	if len(errs) > 0 && (p.All || len(all) == 0) {
		return Answer{}, errors.Join(errs...)
	}
	return p.agreed(all)
}

// agreed is the one answer of all solvers.
func (p *Portfolio) agreed(all []Answer) (Answer, error) {
	out := Answer{Solver: p.Name()}
	for _, a := range all {
		switch {
		case a.Status == Unknown:
			out.Why = join(out.Why, a.Solver+": "+a.Why)
		case out.Status == Unknown:
			out.Status, out.Core, out.Values = a.Status, a.Core, a.Values
		case out.Status != a.Status:
			return Answer{}, &Fault{p.Name(), "they contradict each other: one says sat, another unsat"}
		}
	}
	if out.Why != "" {
		return Answer{Solver: out.Solver, Why: out.Why}, nil
	}
	return out, nil
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// oneAtATime is q for several solvers: what it needs makes new terms.
func oneAtATime(q *Query) *Query {
	if q.Need == nil {
		return q
	}
	var lock sync.Mutex
	shared := *q
	shared.Need = func(v Values) []*term.Term {
		lock.Lock()
		defer lock.Unlock()
		return q.Need(v)
	}
	return &shared
}
