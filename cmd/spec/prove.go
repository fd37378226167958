package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover"
	"github.com/spec-lang/spec/prover/certificate"
	"github.com/spec-lang/spec/prover/transition"
)

// proveFlags say how to prove, and where to write what was proved.
type proveFlags struct {
	prove       bool
	depth       int
	certificate string
	trust       string
	made        certificate.File
	solvers     solverFlags
}

// provers are the values of --engine that prove.
var provers = map[string]prover.Engine{"bmc": prover.BMC, "induction": prover.Induction, "ic3": prover.IC3}

func (f *proveFlags) register(fl *pflag.FlagSet) {
	fl.BoolVar(&f.prove, "prove", false, "prove by induction instead of visiting states, and prove theorems and functions")
	fl.IntVar(&f.depth, "depth", 0, fmt.Sprintf("look `n` steps deep with --engine bmc or induction; 0 means %d", prover.DefaultDepth))
	f.solvers.register(fl)
	fl.StringVar(&f.trust, "trust", "", "with --prove and `kernel`: list what the proof kernel does not check")
	fl.StringVar(&f.certificate, "certificate", "", "write what was proved to a `file`, for spec certify")
}

// engine is what the flags choose to prove with; false if nothing.
func (f *searchFlags) prover() (prover.Engine, bool, error) {
	e, known := provers[f.engine]
	switch {
	case f.prove.prove && !known && f.engine != "" && f.engine != "explicit":
		return 0, false, usageError{"--engine " + f.engine + " proves nothing", "leave out --prove, or write --engine bmc, induction or ic3"}
	case f.prove.trust != "" && (f.prove.trust != "kernel" || !f.prove.prove):
		return 0, false, usageError{"--trust goes with --prove and says kernel", "write --prove --trust kernel"}
	case f.prove.depth < 0:
		return 0, false, usageError{"a depth is not negative", "write --depth 20, or leave it out"}
	case f.prove.depth > 0 && (!known || e == prover.IC3):
		return 0, false, usageError{"--depth goes with --engine bmc and induction only", "leave it out: nothing else needs a bound"}
	case f.prove.certificate != "" && !f.prove.prove && !known:
		return 0, false, usageError{"only a proof has a certificate", "write --prove, too"}
	case f.prove.solvers.set() && !f.prove.prove:
		return 0, false, usageError{"--solver and --cross-check go with --prove", "write --prove, too"}
	case !f.prove.prove && !known:
		return 0, false, nil
	}
	return e, true, f.provable()
}

// provable refuses flags that say nothing to a proof.
func (f *searchFlags) provable() error {
	opt, err := f.options()
	switch {
	case err != nil:
		return err
	case f.checkpoint.save != "" || f.checkpoint.resume != "" || f.spill != "":
		return usageError{"a proof can be neither saved nor spilled", "leave out --checkpoint, --resume and --spill"}
	case opt.Order != mc.BreadthFirst || opt.Store != mc.Exact || opt.Code != mc.Auto || opt.Reductions != (mc.Reductions{}) || f.states > 0 || f.profile || f.workers > 0:
		return usageError{"--search, --store, --code, --reduction, --workers, --max-states and --profile say nothing to a proof", "leave them out"}
	}
	return nil
}

// byProof decides one model by proof.
func (f *searchFlags) byProof(ctx context.Context, std streams, sys *ir.System, engine prover.Engine, lim mc.Limits) (*evidence.Result, error) {
	p := newProgress(std.err, sys.Model)
	res, claims, err := prover.Prove(ctx, sys, prover.Options{Engine: engine, Depth: f.prove.depth,
		Limits: prover.Limits{Memory: lim.Memory, Time: lim.Time}, Progress: p.proof})
	p.clear()
	if err != nil {
		return nil, err
	}
	if err := explain.Fill(res); err != nil {
		return nil, err
	}
	if _, unbounded := transition.New(sys); unbounded == nil && engine == prover.Portfolio {
		if err := f.visit(ctx, sys, res); err != nil {
			return nil, err
		}
	}
	return res, f.prove.keep(ctx, sys, claims)
}

// visit decides by visiting states what proofs say nothing of: runs, branching
// time and refinements.
func (f *searchFlags) visit(ctx context.Context, sys *ir.System, res *evidence.Result) error {
	opt, err := f.options()
	if err != nil {
		return err
	}
	visited, names, err := visited(ctx, sys, res, opt, func(x *evidence.Finding) bool {
		k := x.Prop.Kind
		return k == ir.Temporal || k == ir.CTL || k == ir.Scenario || k == ir.Refines
	})
	if visited != nil {
		res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("%d states were visited for what proofs do not decide: %s", visited.States.Distinct, names))
	}
	return err
}

// visitUnbounded visits some states of a system that the engines for bounded
// types cannot take, for what is not decided otherwise.
func (f *searchFlags) visitUnbounded(ctx context.Context, sys *ir.System, res *evidence.Result) error {
	_, unbounded := transition.New(sys)
	if unbounded == nil || f.engine != "" && f.engine != "explicit" {
		return nil
	}
	opt, err := f.options()
	if err != nil {
		return err
	}
	opt.Limits.States = mostSearched
	found, names, err := visited(ctx, sys, res, opt, func(x *evidence.Finding) bool { return x.Induction == nil })
	if found == nil {
		return err
	}
	note := fmt.Sprintf("%d states were visited for %s: %s", found.States.Distinct, names, unbounded)
	notes := append(res.Basis.Notes, note)
	if slices.Equal(sys.Asked(), checksOf(found)) { // it is a search like any other
		for _, x := range res.Findings {
			if x.Contract != nil {
				found.Findings = append(found.Findings, x)
			}
		}
		*res = *found
	}
	res.Basis.Notes = notes
	return nil
}

// visited decides by visiting states the undecided checks of res that are
// wanted, and puts what it finds into res. The result is nil if there are none.
func visited(ctx context.Context, sys *ir.System, res *evidence.Result, opt mc.Options, want func(*evidence.Finding) bool) (*evidence.Result, string, error) {
	rest := *sys
	rest.Checks = nil
	var names []string
	for i := range res.Findings {
		if x := &res.Findings[i]; x.Check != nil && x.Verdict == evidence.Unknown && want(x) {
			rest.Checks = append(rest.Checks, *x.Check)
			names = append(names, x.Prop.Label())
		}
	}
	if rest.Checks == nil {
		return nil, "", nil
	}
	found, err := mc.Check(ctx, &rest, opt)
	if err != nil {
		return nil, "", err
	}
	found.System = sys
	if err := explain.Fill(found); err != nil {
		return nil, "", err
	}
	for _, x := range found.Findings {
		i := slices.IndexFunc(res.Findings, func(o evidence.Finding) bool {
			return o.Prop == x.Prop || x.Check == nil && o.Prop.Kind == x.Prop.Kind
		})
		switch {
		case i >= 0 && x.Check != nil:
			res.Findings[i] = x
		case i < 0 && x.Verdict == evidence.Violated: // a built-in property
			res.Findings = append(res.Findings, x)
		}
	}
	return found, strings.Join(names, ", "), nil
}

// checksOf are the properties that a result has findings of because its model
// checks them.
func checksOf(res *evidence.Result) (props []*ir.Property) {
	for _, x := range res.Findings {
		if x.Check != nil {
			props = append(props, x.Prop)
		}
	}
	return props
}

// keep makes the certificate of a model, if it is asked for.
func (f *proveFlags) keep(ctx context.Context, sys *ir.System, claims []certificate.Claim) error {
	if f.certificate == "" || len(claims) == 0 {
		return nil
	}
	ts, err := transition.New(sys)
	if err != nil {
		return err
	}
	c, err := certificate.Make(ctx, ts, claims)
	if err != nil {
		if ctx.Err() != nil {
			return usageError{"the certificate of model " + sys.Model + " is not made: interrupted", "run the proof again, and let it end"}
		}
		return err
	}
	f.made.Models = append(f.made.Models, *c)
	return nil
}

// write writes the certificates, if they are asked for.
func (f *proveFlags) write(std streams) error {
	if f.certificate == "" {
		return nil
	}
	if len(f.made.Models) == 0 {
		fmt.Fprintln(std.err, "spec: nothing was proved, so there is no certificate")
		return nil
	}
	f.made.Version = certificate.Version
	var b bytes.Buffer
	if err := f.made.Write(&b); err != nil {
		return err
	}
	return output(std, f.certificate, b.Bytes())
}
