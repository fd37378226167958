// Package certificate says what a proof of the embedded engines rests on, in a
// form that somebody else can check: a claim, in the language of the model, and
// for each formula that the claim comes down to a refutation.
//
// The checks are three, and none of them knows how the proof was found.
//
//   - Confirm asks a second solver (package cdcl), for each formula.
//   - Check goes through stored refutations step by step (package drat).
//   - Enumerate visits, of a small model, every reachable state with the
//     reference evaluator, without circuits, clauses or solvers.
package certificate

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/cdcl"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/induction"
	"github.com/spec-lang/spec/prover/transition"
)

// Claim is that no run of a model comes to some targets: initially and after
// every step, one atom of each clause of the invariant is true; and where
// that is so no path of K steps comes to a target at its end and not before,
// nor does any run in its first K states. With K = 0 the invariant excludes
// the targets by itself.
type Claim struct {
	// Targets are what the properties are called (see ir.Property.Label).
	Targets []string `json:"targets"`
	// Except are properties in which failures do not count, since they are
	// violated: of the target that no evaluation fails.
	Except []string `json:"except,omitempty"`
	K      int      `json:"k"`
	// Simple says that paths come to no state twice.
	Simple    bool              `json:"simple,omitempty"`
	Invariant [][]evidence.Atom `json:"invariant"`
}

// Same reports whether two claims differ in their targets only.
func (c Claim) Same(d Claim) bool {
	c.Targets, d.Targets = nil, nil
	return reflect.DeepEqual(c, d)
}

// Obligation is a formula that must not be satisfiable for a claim to be
// true.
type Obligation struct {
	Name    string
	Formula *cnf.Formula
}

// clauses is where each clause of the invariant is true.
func (c *Claim) clauses(sys *transition.System, places *transition.Places) ([]circuit.Lit, error) {
	var out []circuit.Lit
	for _, clause := range c.Invariant {
		some := circuit.False
		for _, a := range clause {
			l, ok := places.Lit(a)
			if !ok {
				return nil, fmt.Errorf("the model has nothing like %s", a)
			}
			some = sys.Graph.Or(some, l)
		}
		out = append(out, some)
	}
	return out, nil
}

// find returns the targets of a claim.
func (c *Claim) find(sys *transition.System) ([]*transition.Target, error) {
	open := func(t *transition.Target) bool { return !slices.Contains(c.Except, t.Label()) }
	var out []*transition.Target
	for _, name := range c.Targets {
		i := slices.IndexFunc(sys.Targets, func(t *transition.Target) bool { return t.Label() == name })
		if i < 0 {
			return nil, fmt.Errorf("the model has no %q", name)
		}
		out = append(out, sys.Considering(sys.Targets[i], open))
	}
	return out, nil
}

// Obligations returns what a claim comes down to. The error says what in it is
// not of the system.
func (c *Claim) Obligations(sys *transition.System, places *transition.Places) ([]Obligation, error) {
	targets, err := c.find(sys)
	if err != nil {
		return nil, err
	}
	clauses, err := c.clauses(sys, places)
	if err != nil {
		return nil, err
	}
	if c.K < 0 || c.K > maxK {
		return nil, fmt.Errorf("k is %d, expected 0 to %d", c.K, maxK)
	}
	out := []Obligation{
		{"the invariant holds initially", kept(sys, clauses, true)},
		{"every step keeps the invariant", kept(sys, clauses, false)},
	}
	for _, t := range targets {
		out = append(out, Obligation{t.Label() + ": the first steps", c.base(sys, t)},
			Obligation{t.Label() + ": the induction step", c.step(sys, t, clauses)})
	}
	return out, nil
}

// maxK bounds what a certificate can ask of its checker.
const maxK = 10_000

// builder writes one formula.
type builder struct {
	*cnf.Formula
	sys *transition.System
	enc *cnf.Encoder
}

func newBuilder(sys *transition.System) *builder {
	f := &cnf.Formula{}
	return &builder{f, sys, cnf.NewEncoder(sys.Graph, f)}
}

// assume says that a frame has a state of which the invariant is true.
func (b *builder) assume(at cnf.Frame, clauses []circuit.Lit) {
	for _, c := range clauses {
		b.Add(b.enc.Lit(at, c, cnf.Pos))
	}
}

// kept is satisfiable if an initial state, or a step from a state within the
// invariant, leads outside of it, or to bits that are no state.
func kept(sys *transition.System, clauses []circuit.Lit, initially bool) *cnf.Formula {
	b := newBuilder(sys)
	from, next := b.enc.Free(), sys.Init
	if initially {
		b.Add(b.enc.Lit(from, sys.Begins, cnf.Pos))
	} else {
		next = sys.Next
		b.Add(b.enc.Lit(from, sys.Typed, cnf.Pos))
		b.Add(b.enc.Lit(from, sys.Moves, cnf.Pos))
		b.assume(from, clauses)
	}
	to := b.enc.After(from, next)
	some := []cnf.Lit{-b.enc.Lit(to, sys.Typed, cnf.Neg)}
	for _, c := range clauses {
		some = append(some, -b.enc.Lit(to, c, cnf.Neg))
	}
	b.Add(some...)
	return b.Formula
}

// base is satisfiable if a run comes to the target in its first K states, or
// in the initial statements.
func (c *Claim) base(sys *transition.System, t *transition.Target) *cnf.Formula {
	b := newBuilder(sys)
	start := b.enc.Free()
	some := []cnf.Lit{b.enc.Lit(start, t.Start, cnf.Pos)}
	way, from, next := b.enc.Lit(start, sys.Begins, cnf.Pos), start, sys.Init
	for range c.K {
		from, next = b.enc.After(from, next), sys.Next
		bad := b.Var()
		b.Add(-bad, way)
		b.Add(-bad, b.enc.Lit(from, sys.Bad(t), cnf.Pos))
		some = append(some, bad)
		on := b.Var()
		b.Add(-on, way)
		b.Add(-on, b.enc.Lit(from, sys.Moves, cnf.Pos))
		way = on
	}
	b.Add(some...)
	return b.Formula
}

// step is satisfiable if a path of K steps within the invariant comes to the
// target at its end and not before.
func (c *Claim) step(sys *transition.System, t *transition.Target, clauses []circuit.Lit) *cnf.Formula {
	b := newBuilder(sys)
	bad := sys.Bad(t)
	frames := []cnf.Frame{b.enc.Free()}
	b.Add(b.enc.Lit(frames[0], sys.Typed, cnf.Pos))
	for i := range c.K {
		b.Add(-b.enc.Lit(frames[i], bad, cnf.Neg))
		b.Add(b.enc.Lit(frames[i], sys.Moves, cnf.Pos))
		frames = append(frames, b.enc.After(frames[i], sys.Next))
	}
	b.Add(b.enc.Lit(frames[c.K], bad, cnf.Pos))
	for j, f := range frames {
		b.assume(f, clauses)
		for i := range j {
			if c.Simple {
				induction.Differ(b.enc, b.Formula, sys, frames[i], f)
			}
		}
	}
	return b.Formula
}

// Confirm asks a second solver whether the obligations of a claim are met. The
// error says which is not; if ctx ended first it is that of ctx.
func (c *Claim) Confirm(ctx context.Context, sys *transition.System, places *transition.Places) error {
	obligations, err := c.Obligations(sys, places)
	if err != nil {
		return err
	}
	for _, o := range obligations {
		switch answer, _ := cdcl.Solve(ctx, o.Formula, nil); answer {
		case cdcl.Sat:
			return errors.New("not so: " + o.Name)
		case cdcl.Stopped:
			return ctx.Err()
		}
	}
	return nil
}
