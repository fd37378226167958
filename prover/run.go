package prover

import (
	"context"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/bmc"
	"github.com/spec-lang/spec/prover/certificate"
	"github.com/spec-lang/spec/prover/ic3"
	"github.com/spec-lang/spec/prover/induction"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// warmUp is how long the paths are that the portfolio tries before IC3: that
// many are cheap, and what they prove is easier to read.
const warmUp = 3

// run decides the targets of one system.
type run struct {
	ctx    context.Context
	sys    *transition.System
	opt    Options
	search *bmc.Search
	step   *induction.Engine // nil where it is not asked for
	places *transition.Places
	proofs map[*transition.Target]*evidence.Proof
	long   bool   // some trace may not be a shortest one
	limit  string // why the run ended before everything was decided
	event  Event
}

func newRun(ctx context.Context, sys *transition.System, opt Options) *run {
	r := &run{ctx: ctx, sys: sys, opt: opt, search: bmc.New(ctx, sys), proofs: map[*transition.Target]*evidence.Proof{}}
	if opt.Engine == Portfolio || opt.Engine == Induction {
		r.step = induction.New(ctx, sys)
	}
	r.places = transition.NewPlaces(sys)
	return r
}

func (r *run) close() {
	r.search.Close()
	if r.step != nil {
		r.step.Close()
	}
}

func (r *run) run() error {
	depth := r.opt.Depth
	switch r.opt.Engine {
	case Portfolio:
		depth = warmUp
	case IC3:
		depth = 0
	}
	for r.search.Depth() < depth && len(r.open()) > 0 && r.limit == "" {
		if err := r.deepen(); err != nil || r.limit != "" {
			return err
		}
		if r.search.Initial() == 0 {
			return r.vacuous()
		}
		r.induct()
	}
	switch {
	case len(r.open()) == 0 || r.limit != "":
		return nil
	case r.opt.Engine == Portfolio || r.opt.Engine == IC3:
		return r.ic3()
	}
	r.limit = fmt.Sprintf("nothing found within %d steps, and longer runs were not looked at", r.search.Depth())
	return nil
}

// open are the targets that are not decided, and whose answer matters. When a
// run shows the answer to everything that is asked, nothing is left, as with
// package mc: what else may happen nobody has asked.
func (r *run) open() []*transition.Target {
	if r.answered() {
		r.limit = "nothing is left to decide"
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.sys.Targets), func(t *transition.Target) bool {
		return r.search.Hit(t) != nil || r.proofs[t] != nil || t.Role == transition.Lacking && r.search.Hit(t.Of) != nil
	})
}

// answered reports whether runs show everything that the model asks for.
func (r *run) answered() bool {
	asked := false
	for _, t := range r.sys.Targets {
		wanted := t.Role == transition.Asked || t.Role == transition.BuiltIn && t.Prop.Kind == ir.Deadlock && r.sys.Sys.Expect.Deadlock
		if wanted && r.search.Hit(t) == nil {
			return false
		}
		asked = asked || wanted
	}
	return asked
}

// vacuous claims, of a system without an initial state, that nothing is come
// to: no state is reachable, so the empty clause is an invariant.
func (r *run) vacuous() error {
	for _, t := range r.open() {
		r.claim(t, &evidence.Proof{Invariant: [][]evidence.Atom{{}}})
	}
	return nil
}

// deepen looks one step deeper for all targets.
func (r *run) deepen() error {
	ok, err := r.search.Deepen()
	if err == nil && !ok {
		r.limit = ended(r.ctx)
	}
	r.event.Depth = r.search.Depth()
	r.progress()
	return err
}

func (r *run) progress() {
	if r.opt.Progress != nil {
		r.opt.Progress(r.event)
	}
}

// induct tries to prove what is open with paths as long as the search is deep.
func (r *run) induct() {
	if r.step == nil || r.search.Depth() == 0 {
		return
	}
	r.step.Longer()
	for _, t := range r.open() {
		answer := r.step.Step(t)
		if answer == sat.Unsat {
			r.claim(t, &evidence.Proof{K: r.step.K(), Simple: r.step.Simple(), Invariant: [][]evidence.Atom{}})
		}
		if answer == sat.Stopped || r.limit != "" {
			r.limit = ended(r.ctx)
			return
		}
	}
}

// claim has a proof confirmed. What is not confirmed is not claimed.
func (r *run) claim(t *transition.Target, p *evidence.Proof) {
	c := r.claimOf(t, p)
	switch err := c.Confirm(r.ctx, r.sys, r.places); {
	case err == nil:
		r.proofs[t] = p
	case r.ctx.Err() != nil:
		r.limit = ended(r.ctx) + " while a proof of " + t.Label() + " was being confirmed"
	default:
		r.limit = "a second solver does not confirm the proof of " + t.Label() + ": " + err.Error()
	}
}

// claimOf is a proof as others are to check it.
func (r *run) claimOf(t *transition.Target, p *evidence.Proof) certificate.Claim {
	c := certificate.Claim{Targets: []string{t.Label()}, K: p.K, Simple: p.Simple, Invariant: p.Invariant}
	if t.Prop != nil && (t.Prop.Kind == ir.Evaluation || t.Prop.Kind == ir.Assertion) {
		c.Except = r.violated()
	}
	return c
}

// claims are all proofs, those that say the same of several targets in one.
func (r *run) claims() []certificate.Claim {
	var out []certificate.Claim
	for _, t := range r.sys.Targets {
		if r.proofs[t] == nil {
			continue
		}
		c := r.claimOf(t, r.proofs[t])
		i := slices.IndexFunc(out, func(d certificate.Claim) bool { return d.Same(c) })
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].Targets = append(out[i].Targets, c.Targets...)
	}
	return out
}

// violated are the labels of the properties that were found; evaluating these
// does not matter any more.
func (r *run) violated() []string {
	var out []string
	for _, t := range r.sys.Targets {
		if t.Role == transition.Asked && t.Prop.Formula != nil && r.search.Hit(t) != nil {
			out = append(out, t.Label())
		}
	}
	return out
}

// ic3 decides what is open, one target after the other.
func (r *run) ic3() error {
	e := ic3.New(r.ctx, r.sys)
	defer e.Close()
	for {
		open := r.open()
		if len(open) == 0 {
			return nil
		}
		t := open[0]
		out := e.Run(t, func(level, clauses int) {
			r.event.Level, r.event.Clauses = level, clauses
			r.progress()
		})
		switch out.Kind {
		case ic3.Ended:
			r.limit = ended(r.ctx)
		case ic3.Proved:
			r.claim(t, &evidence.Proof{Invariant: r.clauses(out.Invariant)})
		case ic3.Found:
			if err := r.reach(t, out.Path); err != nil {
				return err
			}
		}
		if r.limit != "" {
			return nil
		}
	}
}

// reach looks for a target to which a path is known. Others may be found on the
// way, and after that it may be another target. If the shortest run is not found
// in time, the path has to do.
func (r *run) reach(t *transition.Target, path [][]bool) error {
	bad := r.sys.Bad(t)
	for r.search.Depth() < len(path) && r.limit == "" && r.search.Hit(t) == nil {
		if err := r.deepen(); err != nil {
			return err
		}
	}
	switch {
	case r.search.Hit(t) != nil || r.sys.Bad(t) != bad:
		return nil
	case r.limit == "":
		return bmc.Disagree(t, len(path))
	}
	r.long = true
	return r.search.Follow(t, path)
}

// clauses is what the cubes of an invariant exclude, in the language.
func (r *run) clauses(cubes []ic3.Cube) [][]evidence.Atom {
	out := [][]evidence.Atom{}
	for _, c := range cubes {
		var clause []int
		for _, bit := range c {
			clause = append(clause, -bit)
		}
		if atoms, ok := r.places.Atoms(clause); ok {
			out = append(out, atoms)
		}
	}
	return out
}
