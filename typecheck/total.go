package typecheck

import (
	"strconv"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// total demands that the entries of a literal without a default give each key
// of t one value. Only keys that can be named one by one can be given so.
func (c *checker) total(e *ast.MapLit, t *types.Func) {
	all := c.nameable(t.Key)
	seen := map[string]bool{}
	for _, en := range e.Entries {
		key, ok := c.keyName(en.Key)
		switch {
		case under(c.info.Types[en.Key]) == types.Invalid:
			return
		case !ok:
			all = nil
		case seen[key]:
			c.errNotTotal(e, t, ", found two for "+key)
			return
		}
		seen[key] = true
	}
	for _, key := range all {
		if !seen[key] {
			if len(e.Entries) > 0 {
				c.errNotTotal(e, t, ", found none for "+key)
				return
			}
			all = nil
		}
	}
	if len(all) == 0 {
		c.errNotTotal(e, t, "")
	}
}

// nameable lists the values of bool and of an enum without fields, else
// nothing.
func (c *checker) nameable(t types.Type) []string {
	switch u := under(t).(type) {
	case *types.Named:
		for _, v := range u.Obj.Variants {
			if len(v.Fields) > 0 {
				return nil
			}
		}
	case types.Basic:
	default:
		return nil
	}
	return c.newCover(t).want
}

// keyName is the name of a key that a literal gives, if it has one.
func (c *checker) keyName(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.Name, *ast.Select:
		if v, ok := c.info.Uses[e].(*types.Variant); ok {
			return v.Name(), true
		}
	case *ast.BoolLit:
		return strconv.FormatBool(e.Value), true
	}
	return "", false
}
