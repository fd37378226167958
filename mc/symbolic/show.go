package symbolic

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// mostShown is how many states are listed one by one to show why a formula of
// branching time is true or false.
const mostShown = 1 << 18

// show lets package ctl find the trees of reasons, on the states that are
// nearest to the initial ones: what it is sure of there is so whatever comes
// after. It also decides what only failures and bounds kept sets of states
// from deciding. The error says that the two disagree, a fault of one of them.
func (s *search) show(res *evidence.Result, asked []*evidence.Finding) error {
	prog, c := program.Compile(s.sys)
	var formulas []*ctl.Formula
	asked = slices.DeleteFunc(asked, func(f *evidence.Finding) bool {
		x := ctl.Prepare(c, f.Prop)
		plain := f.Verdict == evidence.Holds && !x.Shows(true)
		if !plain {
			formulas = append(formulas, x)
		}
		return plain
	})
	if len(asked) == 0 {
		return nil
	}
	opt := graph.Options{Limits: graph.Limits{States: mostShown, Memory: s.opt.Limits.Memory}}
	for _, b := range s.sys.Bounds {
		opt.Bounds = append(opt.Bounds, c.Predicate(b.Cond))
	}
	g := graph.Build(s.ctx, prog, opt)
	var fault *ctl.Fault
	for i, f := range asked {
		one := evidence.Finding{Prop: f.Prop, Check: f.Check}
		if at := ctl.Check(s.ctx, prog, g, formulas[i], &one); fault == nil {
			fault = at
		}
		if err := adopt(res, f, one, g.Limit != ""); err != nil {
			return err
		}
	}
	if fault != nil && s.goal.evaluation.hit == nil {
		fault.Report(res)
	}
	return nil
}

// adopt takes over what the states one by one say of a property. They are not
// all there if limited is set.
func adopt(res *evidence.Result, f *evidence.Finding, one evidence.Finding, limited bool) error {
	name := f.Prop.Label()
	note := func(format string, args ...any) {
		res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf(format, args...))
	}
	switch {
	case one.Verdict == evidence.Unknown && f.Verdict == evidence.Violated:
		note("what shows that %s is violated is beyond the %d states that are listed one by one", name, mostShown)
	case one.Verdict == evidence.Unknown && limited:
	case f.Verdict != evidence.Unknown && f.Verdict != one.Verdict:
		return fmt.Errorf("%s is %s by sets of states and %s one by one, which is a fault of this program", name, f.Verdict, one.Verdict)
	default:
		if f.Verdict == evidence.Unknown && one.Verdict != evidence.Unknown {
			note("%s is decided on the states one by one, since %s", name, f.Why)
		}
		*f = one
	}
	return nil
}
