package absint

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// after returns what is known after one step of an action; nil if it has no
// step from at.
func (x *run) after(a *ir.Action, at *env) *env {
	x.begin()
	var out *env
	for _, in := range x.instances(a, at) {
		if in = x.guarded(a, in); in == nil {
			continue
		}
		x.steps = 0
		out = out.join(x.exec(a.Body, in).forget())
	}
	return out
}

// instances binds the parameters of an action: value by value where there are
// few, else what they may be.
func (x *run) instances(a *ir.Action, at *env) []*env {
	ins := []*env{{now: at.now, old: at.now}}
	for _, p := range a.Params {
		var next []*env
		for _, in := range ins {
			l := leaf{at: in, n: count(1), alone: true}
			for _, l := range x.elements(ir.Binder{Local: p.Local, Domain: p.Domain}, l, len(ins)) {
				if in := x.chosen(p.Domain, p.Local, l.at); in != nil {
					next = append(next, in)
				}
			}
		}
		ins = next
	}
	return ins
}

// guarded is where the guard has turned out true. Before the step, now and
// old are the same.
func (x *run) guarded(a *ir.Action, in *env) *env {
	x.steps = 0
	if a.Guard != nil {
		if !x.eval(a.Guard, in).Has(ir.Bool(true)) {
			return nil
		}
		if in = x.assume(a.Guard, true, in); in == nil {
			return nil
		}
	}
	n := *in
	n.now = mergeAll(in.now, in.old, (*Value).meet)
	n.old = n.now
	if slices.ContainsFunc(n.now, (*Value).Empty) {
		return nil
	}
	return &n
}
