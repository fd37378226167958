package explain

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// atom is a part of a formula without logic in it, where it was evaluated.
type atom struct {
	expr ir.Expr
	env  *eval.Env
}

// collection is what makes a formula true or false: the values that its
// quantifiers were decided by, and the atoms that were looked at.
type collection struct {
	bound []bound
	atoms []atom
}

// collect returns why e has the value want in env.
func collect(e ir.Expr, env *eval.Env, want bool) *collection {
	c := &collection{}
	c.add(e, env, want)
	return c
}

func (c *collection) add(e ir.Expr, env *eval.Env, want bool) {
	switch e := e.(type) {
	case *ir.Apply:
		c.addApply(e, env, want)
	case *ir.Bind:
		c.addBind(e, env, want)
	case *ir.Let:
		if v, err := eval.Expr(e.Value, env); err == nil {
			c.bound = append(c.bound, bound{e.Local, v})
			c.add(e.Body, env.Bind(e.Local, v), want)
		}
	case *ir.If:
		c.add(e.Cond, env, !isFalse(e.Cond, env))
		c.add(branch(e, env), env, want)
	case *ir.Call:
		if s, ok := (spot{env: env}).called(e); ok {
			c.bound = append(c.bound, s.bound...)
			c.add(s.expr, s.env, want)
			return
		}
		c.atoms = append(c.atoms, atom{e, env})
	default:
		c.atoms = append(c.atoms, atom{e, env})
	}
}

func (c *collection) addApply(e *ir.Apply, env *eval.Env, want bool) {
	switch e.Op {
	case ir.Not:
		c.add(e.Args[0], env, !want)
	case ir.And, ir.Or:
		decides := e.Op == ir.Or // the value of one operand that settles it
		for _, a := range e.Args {
			settled := truth(a, env, decides)
			if want != decides || settled {
				c.add(a, env, settled == decides)
			}
			if settled {
				return
			}
		}
	case ir.Implies:
		if !want {
			c.add(e.Args[0], env, true)
			c.add(e.Args[1], env, false)
		}
	case ir.Iff:
		for _, a := range e.Args {
			c.add(a, env, !isFalse(a, env))
		}
	default:
		c.atoms = append(c.atoms, atom{e, env})
	}
}

// addBind finds the values that decide a quantifier. One that is decided by
// all of its values is told by what it ranges over.
func (c *collection) addBind(e *ir.Bind, env *eval.Env, want bool) {
	byOne := e.Kind == ir.Exists && want || e.Kind == ir.Forall && !want
	if byOne {
		if s, ok := (spot{expr: e, env: env}).binding(e, want); ok {
			c.bound = append(c.bound, s.bound...)
			c.add(e.Body, s.env, want)
			return
		}
	}
	if e.Kind != ir.Exists && e.Kind != ir.Forall {
		c.atoms = append(c.atoms, atom{e, env})
		return
	}
	c.atoms = append(c.atoms, atom{e.Binders[0].Domain, env})
}
