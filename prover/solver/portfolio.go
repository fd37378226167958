package solver

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/spec-lang/spec/prover/term"
)

// Portfolio asks several solvers.
type Portfolio struct {
	Solvers []Solver
	Mode    Mode
}

// Mode is how a Portfolio asks.
type Mode int

// Modes of a Portfolio.
const (
	// Race asks all at once: the first answer wins.
	Race Mode = iota
	// InTurn asks one after the other until one knows: slower, but who answers
	// does not depend on who is faster today.
	InTurn
	// Agree wants every solver to answer, and the answers to be the same: with
	// one that does not know, nobody does.
	Agree
)

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

// Solve asks the solvers. Faults matter only if nobody answers, or with Agree.
func (p *Portfolio) Solve(ctx context.Context, q *Query) (Answer, error) {
	if p.Mode == InTurn {
		return p.inTurn(ctx, q)
	}
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
		case r.answer.Status != Unknown && p.Mode == Race:
			return r.answer, nil
		default:
			all = append(all, r.answer)
		}
	}
	if len(errs) > 0 && (p.Mode == Agree || len(all) == 0) {
		return Answer{}, errors.Join(errs...)
	}
	return p.agreed(all)
}

func (p *Portfolio) inTurn(ctx context.Context, q *Query) (Answer, error) {
	var all []Answer
	var errs []error
	for _, s := range p.Solvers {
		a, err := s.Solve(ctx, q)
		switch {
		case err != nil:
			errs = append(errs, err)
		case a.Status != Unknown:
			return a, nil
		default:
			all = append(all, a)
		}
	}
	if len(all) == 0 {
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
