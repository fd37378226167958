package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// checkEffects checks effects against what is declared, and that functions
// and everything that only observes the state have none.
func (c *checker) checkEffects(m *types.Module) {
	for _, obj := range m.Order {
		c.checkEffectsOf(obj)
	}
}

func (c *checker) checkEffectsOf(obj types.Object) {
	switch obj := obj.(type) {
	case *types.Machine:
		for _, o := range obj.Order {
			c.checkEffectsOf(o)
		}
		c.observers(obj)
		c.constants(obj)
	case *types.Function:
		for _, e := range append(slices.Clone(obj.Decl.Requires), obj.Decl.Ensures...) {
			c.observe(e, placeContract.what)
		}
		if !obj.Decl.Extern {
			c.pureFunction(obj)
		}
		c.effectClauses(obj, obj.Args, obj.Decl.Effects)
	case *types.Action:
		c.effectClauses(obj, obj.Args, obj.Decl.Effects)
	case *types.Proc:
		c.effectClauses(obj, obj.Args, obj.Decl.Effects)
	}
}

// pureFunction checks that a function does nothing that it does not declare.
func (c *checker) pureFunction(fn *types.Function) {
	e := c.effects[fn]
	declaresEffects := slices.ContainsFunc(fn.Decl.Effects, func(cl ast.EffectClause) bool { return cl.Kind == "effects" })
	for _, f := range effectFlags {
		if at, ok := e.flags[f]; ok && !declaresEffects {
			c.errEffect(at, fn, f, "declare it: `effects "+f+"`")
		}
	}
	declaresRaises := slices.ContainsFunc(fn.Decl.Effects, func(cl ast.EffectClause) bool { return cl.Kind == "raises" })
	for _, r := range e.raises {
		if !declaresRaises {
			c.errEffect(r.span, fn, "raises "+r.name, "declare it: `raises "+r.name+"`")
		}
	}
}

// effectClauses checks effects against the clauses of a declaration. A kind
// of effect that no clause mentions is not restricted.
func (c *checker) effectClauses(obj types.Object, params []*types.Local, clauses []ast.EffectClause) {
	if len(clauses) == 0 {
		return
	}
	e := c.effects[obj]
	allowed := map[string][]access{}
	names := map[string][]string{}
	home := c.homes[obj]
	c.inside(home, func() {
		c.openLocals(params)
		for i := range clauses {
			c.effectClause(&clauses[i], params, allowed, names)
		}
	})
	for _, kind := range []struct {
		name string
		used []access
	}{{"reads", e.reads}, {"writes", e.writes}, {"grows", e.grows}} {
		if _, declared := names[kind.name]; !declared {
			continue
		}
		for _, a := range kind.used {
			if !slices.ContainsFunc(allowed[kind.name], func(d access) bool { return covers(d, a) }) {
				c.errEffect(a.span, obj, kind.name+" "+a.text(), "add `"+a.text()+"` to its "+kind.name+" clause")
			}
		}
	}
	if listed, declared := names["effects"]; declared {
		for _, f := range effectFlags {
			if at, ok := e.flags[f]; ok && !slices.Contains(listed, f) && names[f] == nil { // picks has a clause of its own
				c.errEffect(at, obj, f, "add `"+f+"` to its effects clause")
			}
		}
	}
	if listed, declared := names["raises"]; declared {
		for _, r := range e.raises {
			if !slices.Contains(listed, r.name) {
				c.errEffect(r.span, obj, "raises "+r.name, "add `"+r.name+"` to its raises clause")
			}
		}
	}
}

// effectClause reads one clause.
func (c *checker) effectClause(cl *ast.EffectClause, params []*types.Local, allowed map[string][]access, names map[string][]string) {
	if names[cl.Kind] == nil {
		names[cl.Kind] = []string{}
	}
	switch cl.Kind {
	case "reads", "writes", "grows":
		s := c.newScan(params)
		for _, p := range cl.Paths {
			c.at(placeGuard, func() { c.expr(p, nil) })
			if a, ok := s.path(p); ok {
				allowed[cl.Kind] = append(allowed[cl.Kind], a)
			} else if t := c.info.Types[p]; t != nil && t != types.Invalid {
				c.errEffectPath(p)
			}
		}
	case "effects":
		for _, p := range cl.Paths {
			if !slices.Contains(effectFlags, exprText(p)) {
				c.errEffectName(p.Span(), exprText(p))
			}
			names[cl.Kind] = append(names[cl.Kind], exprText(p))
		}
	case "sends", "receives":
		c.errEffectName(cl.Span(), cl.Kind)
	default:
		for _, p := range cl.Paths {
			names[cl.Kind] = append(names[cl.Kind], exprText(p))
		}
	}
}

// covers reports whether an access is within a declared path.
func covers(declared, a access) bool {
	if declared.obj != a.obj || !slices.Equal(declared.via, a.via) || len(declared.keys) > len(a.keys) {
		return false
	}
	for i, k := range declared.keys {
		if k.text != a.keys[i].text && k.text != "[_]" {
			return false
		}
	}
	return true
}

// observers checks what may only look at the state, and that it does.
func (c *checker) observers(m *types.Machine) {
	for _, d := range m.Decl.Members {
		switch d := d.(type) {
		case *ast.Action:
			for i := range d.Params {
				c.observe(d.Params[i].In, placeParam.what)
			}
			c.observe(d.Guard, placeGuard.what)
		case *ast.Scenario:
			for _, s := range d.Steps {
				if s, ok := s.(*ast.Expect); ok {
					c.observe(s.Cond, placeScenario.what)
				}
			}
		case *ast.Refines:
			for i := range d.Mapping {
				c.observe(d.Mapping[i].Value, placeRefines.what)
			}
		case *ast.Terminal:
			c.observe(d.Cond, placeTerminal.what)
		case *ast.Property:
			p := propertyPlace[d.Kind]
			if p == nil || d.Name == nil {
				continue
			}
			e := c.observe(d.Formula, p.what)
			if e != nil && len(e.reads) == 0 && !e.predicates && !c.untyped(d.Formula) {
				c.errReadsNothing(d, p.what)
			}
			c.steadyDomains(d.Formula)
		}
	}
}

// constants reports functions that read the state where a machine needs
// something that is known before the run.
func (c *checker) constants(m *types.Machine) {
	ast.Walk(m.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Const:
			c.readsNoState(n.Value)
		case *ast.Assume:
			c.readsNoState(n.Cond)
		case *ast.RangeType:
			c.readsNoState(n.Lo)
			c.readsNoState(n.Hi)
		case *ast.SeqType:
			c.readsNoState(n.Max)
		}
		return true
	})
}

func (c *checker) readsNoState(e ast.Expr) {
	if e == nil {
		return
	}
	s := c.newScan(nil)
	s.walk(e)
	for _, site := range s.out.calls {
		if callee := c.effects[site.callee]; callee != nil && len(callee.reads) > 0 {
			c.errStateInConst(site.span, site.callee, callee.reads[0].text())
		}
	}
}

// observe finds the effects of an expression and reports all but reading.
func (c *checker) observe(e ast.Expr, what string) *effect {
	if e == nil {
		return nil
	}
	s := c.newScan(nil)
	s.walk(e)
	c.absorb(s.out)
	for _, f := range effectFlags {
		if at, ok := s.out.flags[f]; ok {
			c.errOnlyReads(at, what, f)
		}
	}
	for _, r := range s.out.raises {
		c.errOnlyReads(r.span, what, "raises "+r.name)
	}
	return s.out
}

// untyped reports whether some part of e has no type.
func (c *checker) untyped(e ast.Expr) bool {
	bad := false
	ast.Walk(e, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok {
			if t, typed := c.info.Types[x]; typed && t == types.Invalid {
				bad = true
			}
			_, isBad := x.(*ast.BadExpr)
			bad = bad || isBad
		}
		return !bad
	})
	return bad
}

// steadyDomains reports quantifiers above temporal operators whose domain can
// change in a run: which elements would be meant is not clear.
func (c *checker) steadyDomains(e ast.Expr) {
	ast.Walk(e, func(n ast.Node) bool {
		q, ok := n.(*ast.Quant)
		if !ok || !hasTemporal(q.Body) {
			return true
		}
		for i := range q.Binders {
			s := c.newScan(nil)
			s.walk(q.Binders[i].Domain)
			c.absorb(s.out)
			if len(s.out.reads) > 0 {
				c.errChangingDomain(q.Binders[i].Domain)
			}
		}
		return true
	})
}

func hasTemporal(e ast.Expr) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Unary:
			found = found || n.Op == ast.Always || n.Op == ast.Eventually || n.Op >= ast.AG
		case *ast.Binary:
			found = found || n.Op == ast.LeadsTo || n.Op == ast.Until || n.Op == ast.Unless || n.Op == ast.Release
		case *ast.PathQuant, *ast.Within:
			found = true
		}
		return !found
	})
	return found
}
