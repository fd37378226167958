package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

func (c *checker) match(e *ast.Match, want types.Type) types.Type {
	t := c.operand(e.X, nil)
	cover := c.newCover(t)
	var result types.Type
	faulty := false
	for i := range e.Arms {
		arm := &e.Arms[i]
		c.scoped(func() {
			c.pattern(&arm.Pattern, t, cover)
			hint := want
			if hint == nil {
				hint = result
			}
			bt := c.expr(arm.Body, hint)
			if result != nil && !agree(result, bt) {
				c.errMismatch(arm.Body, bt, result, "the arms of match")
				faulty = true
				return
			}
			result = join(result, bt)
		})
	}
	c.covered(e.X, e, cover)
	if faulty || result == nil {
		return types.Invalid
	}
	return result
}

// cover is what the patterns of a match have dealt with so far.
type cover struct {
	typ      types.Type
	want     []string // every value or variant, nil if there are too many to list
	seen     map[string]bool
	wild     bool
	lost     bool            // a pattern is faulty: nothing is said of the others
	variants *types.TypeName // of an enum
	excluded bool            // the type excludes some of them
}

func (c *checker) newCover(t types.Type) *cover {
	cv := &cover{typ: t, seen: map[string]bool{}}
	switch u := under(t).(type) {
	case *types.Named:
		if _, enum := u.Obj.Decl.(*ast.Enum); enum {
			cv.variants = u.Obj
			for _, v := range u.Obj.Variants {
				cv.want = append(cv.want, v.Name())
			}
		}
	case *types.Option:
		cv.want = []string{"none", "some"}
	case types.Basic:
		if u == types.Bool {
			cv.want = []string{"true", "false"}
		}
	}
	if all := cv.want; all != nil {
		cv.want = c.admitted(t, all)
		cv.excluded = len(cv.want) < len(all)
	}
	return cv
}

func (cv *cover) missing() []string {
	var out []string
	for _, w := range cv.want {
		if !cv.seen[w] {
			out = append(out, w)
		}
	}
	return out
}

// covered reports values that no arm of a match is for.
func (c *checker) covered(x ast.Expr, at ast.Node, cv *cover) {
	if cv.wild || cv.lost || under(cv.typ) == types.Invalid {
		return
	}
	if missing := cv.missing(); len(missing) > 0 || cv.want == nil {
		c.errNotExhaustive(x, cv.typ, missing)
	}
}

// add notes a value as dealt with and reports an arm that can never be
// reached.
func (c *checker) add(cv *cover, key string, p *ast.Pattern) {
	if cv.lost {
		return
	}
	if cv.excluded && !slices.Contains(cv.want, key) {
		c.errUnreachableArm(p, cv.typ.String()+" has no such value: remove it")
		return
	}
	if cv.wild || cv.seen[key] || cv.want != nil && len(cv.missing()) == 0 {
		c.errUnreachableArm(p, "the arms before it match everything that it matches: remove it")
		return
	}
	cv.seen[key] = true
}

// pattern checks a pattern against the type of what is matched and declares
// the names that it binds.
func (c *checker) pattern(p *ast.Pattern, t types.Type, cv *cover) {
	switch {
	case len(p.Or) > 0:
		for i := range p.Or {
			c.pattern(&p.Or[i], t, cv)
			if len(p.Or[i].Binds) > 0 {
				c.noBinds(&p.Or[i])
			}
		}
	case p.Wild:
		if !cv.lost && (cv.wild || cv.want != nil && len(cv.missing()) == 0 && len(cv.want) > 0) {
			c.errUnreachableArm(p, "the arms before it match everything that it matches: remove it")
		}
		cv.wild = true
	case p.Literal != nil:
		lt := c.check(p.Literal, t, "a pattern")
		if lt != types.Invalid {
			c.add(cv, literalKey(p.Literal), p)
		}
	case p.Name != nil:
		c.variantPattern(p, t, cv)
	}
}

// noBinds reports names bound in an alternative: which of them would be
// bound depends on the value.
func (c *checker) noBinds(p *ast.Pattern) {
	for _, id := range p.Binds {
		if id.Name != "_" {
			c.errBindInAlternative(id)
			return
		}
	}
}

func literalKey(e ast.Expr) string {
	switch e := unparen(e).(type) {
	case *ast.BoolLit:
		if e.Value {
			return "true"
		}
		return "false"
	case *ast.StringLit:
		return "\"" + e.Value
	}
	if n := literalInt(e); n != nil {
		return n.String()
	}
	return exprText(e)
}

func (c *checker) variantPattern(p *ast.Pattern, t types.Type, cv *cover) {
	switch u := under(t).(type) {
	case *types.Option:
		c.optionPattern(p, u, cv)
		return
	case *types.Named:
		if cv.variants != nil {
			c.enumPattern(p, u, cv)
			return
		}
	}
	for _, id := range p.Binds {
		c.declare(id, types.Invalid, false)
	}
	if under(t) != types.Invalid {
		c.errPattern(p, t)
	}
	cv.lost = true
}

func (c *checker) optionPattern(p *ast.Pattern, t *types.Option, cv *cover) {
	n, ok := p.Name.(*ast.Name)
	if !ok || n.Name != "none" && n.Name != "some" {
		cv.lost = true
		c.errPattern(p, t)
		return
	}
	c.info.Uses[n] = builtins[n.Name]
	c.info.Patterns[p.Name] = nil
	want := 0
	if n.Name == "some" {
		want = 1
	}
	if p.HasArgs && len(p.Binds) != want {
		c.errArgCount(p.Span(), n.Name, want, len(p.Binds), builtins[n.Name])
	}
	for _, id := range p.Binds {
		c.declare(id, t.Elem, false)
	}
	c.add(cv, n.Name, p)
}

func (c *checker) enumPattern(p *ast.Pattern, t *types.Named, cv *cover) {
	v := c.patternVariant(p, t)
	if v == nil {
		for _, id := range p.Binds {
			c.declare(id, types.Invalid, false)
		}
		cv.lost = true
		return
	}
	c.info.Uses[p.Name] = v
	c.info.Patterns[p.Name] = v
	if p.HasArgs && len(p.Binds) != len(v.Fields) {
		c.errArgCount(p.Span(), v.Name(), len(v.Fields), len(p.Binds), v)
	}
	for i, id := range p.Binds {
		bt := types.Type(types.Invalid)
		if i < len(v.Fields) {
			bt = fieldType(t, v.Fields[i])
		}
		c.declare(id, bt, false)
	}
	c.add(cv, v.Name(), p)
}

func (c *checker) patternVariant(p *ast.Pattern, t *types.Named) *types.Variant {
	name, id := "", p.At
	switch n := p.Name.(type) {
	case *ast.Name:
		name = n.Name
	case *ast.Select:
		q, ok := c.qualifier(n.X)
		if ok && q.obj == types.Object(t.Obj) {
			name = n.Sel.Name
		} else if ok && q.obj == nil {
			return nil
		}
	}
	if v := c.variantNamed(t.Obj, name); v != nil {
		return v
	}
	var names []string
	for _, v := range t.Obj.Variants {
		names = append(names, v.Name())
	}
	c.errNoVariant(id.Span(), exprText(p.Name), t, nearest(name, names))
	return nil
}
