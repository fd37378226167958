package symbolic

import (
	"context"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/slice"
)

// sliced searches the slice of a system, if it has one. What the slice decides
// but no run of the system shows is decided on the whole system.
func sliced(ctx context.Context, sys *ir.System, opt Options) (*evidence.Result, error) {
	opt.Slicing = false
	cut, why := slice.Of(sys)
	if cut == nil {
		res, err := Check(ctx, sys, opt)
		if err == nil {
			res.Basis.Notes = append(res.Basis.Notes, "no slicing: "+why)
		}
		return res, err
	}
	res, err := Check(ctx, cut.Sys, opt)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, v := range cut.Removed {
		names = append(names, v.Name)
	}
	res.Reduced = true
	res.Basis.Notes = append(res.Basis.Notes, "slicing: no answer depends on "+strings.Join(names, ", "))
	open := cut.Whole(res)
	if len(open) == 0 {
		return res, nil
	}
	full, err := Check(ctx, sys, opt)
	if err != nil {
		return nil, err
	}
	for _, i := range open {
		res.Findings[i] = full.Findings[i]
	}
	return res, nil
}
