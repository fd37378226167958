package slice

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
)

// property adds what a property reads. The actions that it asks about are
// asked of the slice, where they are possible in the same states and lead to
// the same.
func (c *cone) property(p *ir.Property) {
	c.formula(p.Formula)
	if p.Refines != nil {
		for _, e := range p.Refines.Map {
			c.formula(e)
		}
	}
	if p.Run == nil {
		return
	}
	for _, st := range p.Run.Steps {
		for _, a := range st.Args {
			c.formula(a)
		}
		c.formula(st.Expect)
	}
}

// formula adds what e reads besides the actions that it asks about. If trying
// them may take too many steps, those matter that they lose in the slice.
func (c *cone) formula(e ir.Expr) {
	if e == nil {
		return
	}
	if effects.ExprSteps(e) > ir.MaxSteps {
		c.add(e) // keeps them as they are
		return
	}
	c.reads(ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		if a, ok := e.(*ir.ActionPred); ok {
			return &ir.ActionPred{Node: a.Node, Action: a.Action, Args: a.Args, Any: a.Any, Taken: true} // which reads nothing else
		}
		return e
	}))
}

// asking makes the properties of a slice: those that ask about actions ask
// about those of the slice.
type asking struct{ actions []*ir.Action }

func (a asking) property(p *ir.Property) *ir.Property {
	n := *p
	if p.Formula != nil {
		n.Formula = a.expr(p.Formula)
	}
	changed := n.Formula != p.Formula
	if p.Run != nil {
		n.Run, changed = a.scenario(p.Run), true
	}
	if !changed {
		return p
	}
	return &n
}

func (a asking) expr(e ir.Expr) ir.Expr {
	return ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		p, ok := e.(*ir.ActionPred)
		if !ok || a.actions[p.Action.Index] == p.Action {
			return e
		}
		n := *p
		n.Action = a.actions[p.Action.Index]
		return &n
	})
}

func (a asking) scenario(run *ir.ScenarioRun) *ir.ScenarioRun {
	n := *run
	n.Steps = nil
	for _, st := range run.Steps {
		if st.Action != nil {
			st.Action = a.actions[st.Action.Index]
		}
		args := st.Args
		st.Args = nil
		for _, x := range args {
			st.Args = append(st.Args, a.expr(x))
		}
		if st.Expect != nil {
			st.Expect = a.expr(st.Expect)
		}
		n.Steps = append(n.Steps, st)
	}
	return &n
}
