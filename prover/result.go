package prover

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/bmc"
	"github.com/spec-lang/spec/prover/transition"
)

// result puts together what was found and proved.
func (r *run) result() *evidence.Result {
	res := &evidence.Result{System: r.sys.Sys, Engine: r.opt.Engine.String(), Shortest: !r.long, Basis: r.basis()}
	res.States.Initial = uint64(r.search.Initial())
	byProp := map[*ir.Property]*transition.Target{}
	for _, t := range r.sys.Targets {
		if t.Role == transition.Asked {
			byProp[t.Prop] = t
		}
	}
	for i := range r.sys.Sys.Checks {
		check := &r.sys.Sys.Checks[i]
		f := evidence.Finding{Prop: check.Prop, Check: check}
		if t := byProp[check.Prop]; t != nil {
			r.decide(&f, t)
		} else {
			f.Why = undecided(f.Prop.Kind)
		}
		res.Findings = append(res.Findings, f)
	}
	r.builtIn(res)
	return res
}

// builtIn adds what nobody has asked for: what was found, and what is not
// decided, unless the reason for that is told already.
func (r *run) builtIn(res *evidence.Result) {
	told := r.answered() || slices.ContainsFunc(res.Findings, func(f evidence.Finding) bool { return f.Verdict == evidence.Unknown })
	for _, t := range r.sys.Targets {
		if t.Role != transition.BuiltIn {
			continue
		}
		f := evidence.Finding{Prop: t.Prop}
		r.decide(&f, t)
		if f.Verdict == evidence.Violated || f.Verdict == evidence.Unknown && !told {
			res.Findings = append(res.Findings, f)
		}
	}
}

// undecided says why a kind of property is not decided here.
func undecided(k ir.PropKind) string {
	switch k {
	case ir.Temporal:
		return "this engine does not decide properties of linear time; use --engine explicit"
	case ir.CTL:
		return "this engine does not decide properties of branching time; use --engine explicit"
	case ir.Refines:
		return "this engine does not compare the steps of two machines; use --engine explicit"
	}
	return "this engine does not play scenarios; use --engine explicit"
}

// cutting is the target of states outside the bounds, nil if there are none.
func (r *run) cutting() *transition.Target {
	for _, t := range r.sys.Targets {
		if t.Role == transition.Cutting {
			return t
		}
	}
	return nil
}

func (r *run) basis() evidence.Basis {
	b := evidence.Basis{Kind: evidence.Inductive, Limit: r.limit}
	cut := r.cutting()
	switch {
	case r.limit == "" && r.search.Initial() == 0:
		b.Kind = evidence.Exhaustive // there is nothing to visit
	case r.limit != "":
		b.Kind = evidence.Partial
	case cut != nil && r.search.Hit(cut) != nil:
		b.Kind = evidence.Bounded
		for _, c := range r.sys.Sys.Bounds {
			b.BoundOf = append(b.BoundOf, *c)
		}
	}
	return b
}

// decide gives a finding its verdict.
func (r *run) decide(f *evidence.Finding, t *transition.Target) {
	witness := t.Prop.Kind == ir.Witness
	hit := r.search.Hit(t)
	switch {
	case hit != nil && hit.Trace == nil:
		f.Why = "found, but the search for its trace was ended: " + ended(r.ctx)
	case hit != nil:
		f.Verdict = evidence.Violated
		if witness {
			f.Verdict = evidence.Holds
		}
		show(f, hit)
	default:
		f.Why = r.doubt(t)
		if f.Why != "" {
			return
		}
		f.Verdict, f.Proof = evidence.Holds, r.proofs[t]
		if witness {
			f.Verdict = evidence.Violated
		}
	}
}

// doubt says why a target that was not found may be come to all the same; "" if
// it is proved that it is not.
func (r *run) doubt(t *transition.Target) string {
	for _, l := range r.sys.Targets {
		switch {
		case l.Role == transition.Lacking && l.Of == t && r.search.Hit(l) != nil:
			return "it has no value in some state"
		case l.Role == transition.Cutting && r.search.Hit(l) != nil:
			return "nothing found within the bound, which cuts runs off"
		case l.Role == transition.Lacking && l.Of != t:
		case (l == t || l.Role == transition.Lacking || l.Role == transition.Cutting) && r.proofs[l] == nil:
			return r.limit
		}
	}
	return ""
}

// show gives a finding its trace.
func show(f *evidence.Finding, h *bmc.Hit) {
	f.Depth, f.Trace = h.Depth, h.Trace
	switch {
	case h.Assert != nil:
		f.Span = h.Assert.Span()
		f.Failing = &evidence.Failing{Expr: h.Assert.Cond, Since: h.Depth}
	case h.Err != nil:
		f.Span = h.Err.Span
	default:
		return
	}
	if h.Err != nil {
		f.Why = h.Err.Msg
	}
	if f.Check == nil {
		p := *f.Prop
		p.Span = f.Span
		f.Prop = &p
	}
}
