package certificate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/prover/transition"
)

// ErrLarge says that a model has more states than Enumerate was to visit.
type ErrLarge struct{ States int }

func (e ErrLarge) Error() string { return fmt.Sprintf("the model has more than %d states", e.States) }

// Enumerate visits every reachable state of a model with the reference
// evaluator, and looks whether all claims are true there: that nothing decides
// the targets, and one atom of each clause of the invariants is true. It returns how many
// states there are. The error says what is not so, or it is an ErrLarge, or that
// of ctx.
func (c *Certificate) Enumerate(ctx context.Context, sys *transition.System, most int) (int, error) {
	e := &enumeration{ctx: ctx, sys: sys.Sys, most: most, seen: map[string]bool{}}
	places := transition.NewPlaces(sys)
	for _, p := range c.Claims {
		targets, err := p.find(sys)
		if err != nil {
			return 0, err
		}
		c := claimed{targets: targets, except: p.Except}
		for _, clause := range p.Invariant {
			var exprs []ir.Expr
			for _, a := range clause {
				x := places.Expr(a)
				if x == nil {
					return 0, fmt.Errorf("the model has nothing like %s", a)
				}
				exprs = append(exprs, x)
			}
			c.clauses = append(c.clauses, exprs)
		}
		e.claims = append(e.claims, c)
	}
	err := e.run()
	return len(e.seen), err
}

// claimed is a claim with its targets.
type claimed struct {
	targets []*transition.Target
	clauses [][]ir.Expr
	except  []string
}

type enumeration struct {
	ctx    context.Context
	sys    *ir.System
	claims []claimed
	most   int
	seen   map[string]bool
	queue  [][]ir.Value
}

func (e *enumeration) run() error {
	if err := e.reach(nil, eval.Initial(e.sys)); err != nil {
		return err
	}
	for len(e.queue) > 0 {
		state := e.queue[0]
		e.queue = e.queue[1:]
		if err := e.reach(state, eval.Successors(e.sys, state)); err != nil {
			return err
		}
	}
	return nil
}

// reach looks at outcomes, and notes the states to go on from.
func (e *enumeration) reach(from []ir.Value, outcomes []eval.Outcome) error {
	for _, o := range outcomes {
		if err := e.look(from, o); err != nil {
			return err
		}
		if o.Err != nil || o.Assert != nil || !transition.Inside(e.sys, o.State) {
			continue
		}
		k := key(o.State)
		if e.seen[k] {
			continue
		}
		if e.seen[k] = true; len(e.seen) > e.most {
			return ErrLarge{e.most}
		}
		if e.ctx.Err() != nil {
			return e.ctx.Err()
		}
		e.queue = append(e.queue, o.State)
	}
	return nil
}

// look compares an outcome with the claims.
func (e *enumeration) look(from []ir.Value, o eval.Outcome) error {
	for _, c := range e.claims {
		for _, t := range c.targets {
			j := &transition.Judge{Sys: e.sys, Target: t, From: from, Open: func(p *ir.Property) bool {
				return !slices.Contains(c.except, p.Label())
			}}
			if j.Decides(o) != nil {
				return fmt.Errorf("not so: %s, in the state %s", t.Label(), key(o.State))
			}
		}
		if o.Err != nil || o.Assert != nil {
			continue
		}
		for _, clause := range c.clauses {
			if !holds(clause, o.State) {
				return fmt.Errorf("a clause of the invariant is false in the state %s", key(o.State))
			}
		}
	}
	return nil
}

// holds reports whether an atom of a clause is true.
func holds(clause []ir.Expr, state []ir.Value) bool {
	return slices.ContainsFunc(clause, func(e ir.Expr) bool {
		is, err := eval.Holds(e, &eval.Env{State: state})
		return err == nil && is
	})
}

// key tells states apart, and shows them.
func key(state []ir.Value) string {
	parts := make([]string, len(state))
	for i, v := range state {
		if parts[i] = "?"; v != nil {
			parts[i] = ir.Format(v)
		}
	}
	return strings.Join(parts, "; ")
}
