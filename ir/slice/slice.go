// Package slice leaves out the variables that no answer depends on.
//
// A variable stays if a checked property, a guard, a domain, a bound, the
// terminal condition, a choice, an assertion or the value of a variable that
// stays reads it, or if an assignment to it may fail or take part in too many
// steps. All others lose their assignments and become constants without bits.
// After Weiser, "Program slicing", IEEE TSE 10 (1984).
//
// Actions stay, even if nothing of their bodies does: they are steps, and a
// state in which one is possible is no deadlock. Every run of the system is a
// run of the slice with the same actions and arguments, and every run of the
// slice is one of the system, whose variables Slice.Fill computes. Therefore
// the verdict and depth of every property are the same, with `next`, CTL and
// fairness included. What is different is how many states there are.
package slice

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/lang/source"
)

// Slice is a System with fewer variables.
type Slice struct {
	Full *ir.System
	// Sys has a variable in every place of Full's; those that are left out
	// have one value.
	Sys     *ir.System
	Removed []*ir.Var // of Full
	Kept    []Kept
}

// Kept is why a variable stays that nothing reads.
type Kept struct {
	Var  *ir.Var
	Why  string // in words
	Span source.Span
}

// String returns the reason in words without its place.
func (k Kept) String() string { return fmt.Sprintf("`%s` is kept because %s", k.Var.Name, k.Why) }

// AllMatter is the reason for which nothing is left out of most Systems.
const AllMatter = "every variable matters for what is checked"

// Of returns the slice of a System for the properties that its model checks.
// If nothing is left out it is nil and the reason is in words: AllMatter if
// every variable is read by something that matters.
func Of(sys *ir.System) (*Slice, string) {
	if e := sys.Expect; e.States >= 0 || e.Generated >= 0 || e.Depth >= 0 {
		return nil, "the model expects figures of the whole system"
	}
	c := &cone{sys: sys, in: map[*ir.Var]bool{}}
	c.roots()
	c.close()
	s := &Slice{Full: sys, Kept: c.kept}
	for _, v := range sys.Vars {
		if !c.in[v] {
			s.Removed = append(s.Removed, v)
		}
	}
	if len(s.Removed) == 0 {
		why := AllMatter
		for _, k := range s.Kept {
			why += "; " + k.String()
		}
		return nil, why
	}
	s.Sys = c.cut()
	return s, ""
}

// cone is the variables that matter.
type cone struct {
	sys  *ir.System
	in   map[*ir.Var]bool
	kept []Kept
}

func (c *cone) add(e ir.Expr) {
	if e != nil {
		c.reads(e)
		ir.Walk(e, c.asks)
	}
}

func (c *cone) reads(e ir.Expr) {
	for _, p := range effects.OfExpr(e).Reads {
		c.in[p.Var] = true
	}
}

// asked keeps what an action writes that actions or functions ask about: they
// are not made anew for the slice.
func (c *cone) asked(a *ir.Action, sp source.Span) {
	for _, p := range effects.Of(a).Writes {
		c.keep(p.Var, fmt.Sprintf("%s writes it, and is asked about", a.Name), sp)
	}
}

func (c *cone) keep(v *ir.Var, why string, sp source.Span) {
	if !c.in[v] {
		c.in[v] = true
		c.kept = append(c.kept, Kept{v, why, sp})
	}
}

// roots adds what matters by itself.
func (c *cone) roots() {
	for _, check := range c.sys.Checks {
		c.property(check.Prop)
	}
	for _, b := range c.sys.Bounds {
		c.add(b.Cond)
	}
	c.add(c.sys.Terminal)
	for _, f := range c.sys.Funcs {
		ir.WalkBody(f.Body, c.asks)
		if f.Value != nil {
			ir.Walk(f.Value, c.asks)
		}
	}
	c.body(nil, c.sys.Init)
	for _, a := range c.sys.Actions {
		for _, p := range a.Params {
			c.add(p.Domain)
		}
		c.add(a.Guard)
		c.body(a, a.Body)
	}
}

func (c *cone) asks(t ir.Tree) bool {
	if a, ok := t.(*ir.ActionPred); ok {
		c.asked(a.Action, a.Loc)
	}
	return true
}

// body adds what matters in statements whatever variables matter. Where an
// instance may come near the most steps that it may take, calls matter: without
// them there would be fewer.
func (c *cone) body(a *ir.Action, body []ir.Stmt) {
	long := effects.Steps(a, body) > ir.MaxSteps
	ir.WalkBody(body, func(t ir.Tree) bool {
		a, ok := t.(*ir.Assign)
		if !ok {
			if e, ok := t.(ir.Expr); ok {
				c.add(e)
				return false
			}
			return true
		}
		if a.Target.Var == nil {
			c.assigned(a)
		} else if f := effects.AssignMayFail(a); f != nil {
			c.keep(a.Target.Var, "the assignment "+f.Why, f.Span)
		} else if long && effects.Calls(a) {
			c.keep(a.Target.Var, "the calls of the assignment may be too many steps", a.Loc)
		}
		return false
	})
}

func (c *cone) assigned(a *ir.Assign) {
	c.add(a.Value)
	for _, p := range a.Target.Path {
		c.add(p.Index)
	}
}

// close adds what the values of variables that matter are made of.
func (c *cone) close() {
	for size := -1; size != len(c.in); {
		size = len(c.in)
		c.sys.Walk(func(t ir.Tree) bool {
			if a, ok := t.(*ir.Assign); ok && a.Target.Var != nil && c.in[a.Target.Var] {
				c.assigned(a)
			}
			return true
		})
	}
}

// cut makes the System without the other variables.
func (c *cone) cut() *ir.System {
	s := *c.sys
	point := s.Types.Range(new(big.Int), new(big.Int))
	s.Vars, s.Init, s.Actions, s.Props = nil, nil, nil, nil
	for _, v := range c.sys.Vars {
		if c.in[v] {
			s.Vars = append(s.Vars, v)
			continue
		}
		n := *v
		n.Type = point
		s.Vars = append(s.Vars, &n)
		zero := &ir.Lit{Node: ir.Node{T: point, Loc: v.Span}, Value: ir.NewInt(0)}
		s.Init = append(s.Init, &ir.Assign{Pos: ir.Pos{Loc: v.Span}, Target: ir.Target{Var: &n, Span: v.Span}, Value: zero})
	}
	s.Init = append(s.Init, c.without(c.sys.Init)...)
	for _, a := range c.sys.Actions {
		if c.writesOthers(a) {
			n := *a
			n.Body = c.without(a.Body)
			a = &n
		}
		s.Actions = append(s.Actions, a)
	}
	s.Checks = slices.Clone(s.Checks)
	renewed := map[*ir.Property]*ir.Property{}
	for i, check := range s.Checks {
		p := check.Prop
		if renewed[p] == nil {
			renewed[p] = asking{s.Actions}.property(p)
			s.Props = append(s.Props, renewed[p])
		}
		s.Checks[i].Prop = renewed[p]
	}
	return &s
}

func (c *cone) writesOthers(a *ir.Action) bool {
	found := false
	ir.WalkBody(a.Body, func(t ir.Tree) bool {
		found = found || c.dropped(t)
		return !found
	})
	return found
}

func (c *cone) dropped(t ir.Tree) bool {
	a, ok := t.(*ir.Assign)
	return ok && a.Target.Var != nil && !c.in[a.Target.Var]
}

func (c *cone) without(body []ir.Stmt) []ir.Stmt {
	return ir.RewriteBody(body, nil, func(s ir.Stmt) []ir.Stmt {
		if c.dropped(s) {
			return nil
		}
		return []ir.Stmt{s}
	})
}
