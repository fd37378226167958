package symbolic

import (
	"fmt"

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
	formulas := make([]*ctl.Formula, len(asked))
	for i, f := range asked {
		formulas[i] = ctl.Prepare(c, f.Prop)
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
		switch {
		case one.Verdict == evidence.Unknown && f.Verdict == evidence.Violated:
			res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("ctl: what shows that %s is violated is beyond the %d states that are listed one by one",
				f.Prop.Label(), mostShown))
		case one.Verdict == evidence.Unknown && g.Limit != "":
		case one.Verdict == evidence.Unknown:
			*f = one
		case f.Verdict != evidence.Unknown && f.Verdict != one.Verdict:
			return fmt.Errorf("%s is %s by sets of states and %s one by one, which is a fault of this program", f.Prop.Label(), f.Verdict, one.Verdict)
		default:
			if f.Verdict == evidence.Unknown {
				res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("ctl: %s is decided on the states one by one, since %s", f.Prop.Label(), f.Why))
			}
			*f = one
		}
	}
	if fault != nil && s.goal.evaluation.hit == nil {
		fault.Report(res)
	}
	return nil
}
