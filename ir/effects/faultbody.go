package effects

import "github.com/spec-lang/spec/ir"

func (c *faults) body(body []ir.Stmt) {
	for _, s := range body {
		c.stmt(s)
	}
}

func (c *faults) stmt(s ir.Stmt) {
	if c.found != nil {
		return
	}
	switch s := s.(type) {
	case *ir.Assign:
		c.assign(s)
	case *ir.Declare:
		c.expr(s.Value)
	case *ir.IfStmt:
		c.expr(s.Cond)
		c.branch(s.Cond, true, s.Then)
		c.branch(s.Cond, false, s.Else)
	case *ir.ForStmt:
		c.expr(s.Domain)
		c.forget(s.Body)
		n := len(c.facts)
		c.facts = append(c.facts, elementOf(s.Local, s.Domain))
		c.forget(s.Body)
		c.body(s.Body)
		c.facts = c.facts[:min(n, len(c.facts))]
	case *ir.WhileStmt:
		c.giveUp(s.Loc, "may take too many steps")
	case *ir.EitherStmt:
		for _, b := range s.Branches {
			c.branch(nil, true, b)
		}
	case *ir.PickStmt:
		c.expr(s.Domain)
		c.expr(s.Where)
	case *ir.AssertStmt:
		c.expr(s.Cond)
		c.fault(s.Loc, "may be a failed assertion")
	case *ir.AwaitStmt:
		c.expr(s.Cond)
	case *ir.ReturnStmt:
		c.expr(s.Value)
	}
}

// branch takes a body that is run if cond has a truth value; what it assigns
// is not what it was before.
func (c *faults) branch(cond ir.Expr, truth bool, body []ir.Stmt) {
	before := append([]fact(nil), c.facts...)
	c.learn(cond, truth)
	c.body(body)
	c.facts = before
	c.forget(body)
}

func (c *faults) assign(s *ir.Assign) {
	t := s.Target.Root()
	for i, a := range s.Target.Path {
		if a.Index == nil {
			t = t.Fields[a.Field].Type
			continue
		}
		c.expr(a.Index)
		switch {
		case t.Kind == ir.SeqKind:
			c.fault(s.Loc, "may have its index outside the sequence")
		case t.Kind == ir.MapKind && i+1 < len(s.Target.Path):
			c.fault(s.Loc, "may miss the key")
		}
		t = t.Elem
	}
	c.expr(s.Value)
	c.forget([]ir.Stmt{s})
}

// forget drops the facts that speak of what a body assigns.
func (c *faults) forget(body []ir.Stmt) {
	vars, locals := map[*ir.Var]bool{}, map[*ir.Local]bool{}
	ir.WalkBody(body, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Assign); ok {
			if a.Target.Var != nil {
				vars[a.Target.Var] = true
			} else {
				locals[a.Target.Local] = true
			}
		}
		return true
	})
	var kept []fact
	for _, f := range c.facts {
		stale := false
		ir.Walk(f.expr, func(t ir.Tree) bool {
			switch t := t.(type) {
			case *ir.VarRef:
				stale = stale || vars[t.Var]
			case *ir.LocalRef:
				stale = stale || locals[t.Local]
			case *ir.Call, *ir.ActionPred:
				stale = true // it may read anything
			}
			return true
		})
		if !stale {
			kept = append(kept, f)
		}
	}
	c.facts = kept
}

// widens reports whether every value of one type is one of another that it
// converts to.
func widens(from, to *ir.Type) bool {
	if from == to {
		return true
	}
	switch {
	case to.Kind == ir.IntKind:
		return true
	case from.Kind == ir.IntKind:
		return false
	case from.Kind == ir.RangeKind:
		return to.Lo.Cmp(from.Lo) <= 0 && from.Hi.Cmp(to.Hi) <= 0
	case from.Kind == ir.SeqKind && to.Max >= 0 && (from.Max < 0 || from.Max > to.Max):
		return false
	case from.Elem != nil:
		return (from.Key == nil || widens(from.Key, to.Key)) && widens(from.Elem, to.Elem)
	}
	for i, f := range from.Fields {
		if !widens(f.Type, to.Fields[i].Type) {
			return false
		}
	}
	for i, v := range from.Variants {
		for j, f := range v.Fields {
			if !widens(f.Type, to.Variants[i].Fields[j].Type) {
				return false
			}
		}
	}
	return true
}
