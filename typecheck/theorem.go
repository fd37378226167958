package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// proofMethods are the words after `by`.
var proofMethods = []string{"computation", "induction", "cases", "resolution", "smt"}

func (c *checker) theorem(d *ast.Theorem) {
	obj, ok := declared[*types.Theorem](c, d.Name)
	if !ok {
		return
	}
	if d.Kind == ast.Axiom && d.Proof != nil {
		c.errProofShape(d.Proof, "an axiom has no proof", "call it a theorem, or leave the proof out")
	}
	c.at(placeTheorem, func() {
		c.scoped(func() {
			c.openLocals(obj.Args)
			c.check(d.Claim, types.Bool, "a theorem")
			(&proofChecker{checker: c, of: obj}).proof(d.Proof)
		})
	})
}

// proofChecker checks the proof of one theorem. Facts are the names of what
// the steps around have shown.
type proofChecker struct {
	*checker
	of    *types.Theorem
	facts []string
}

// proof checks a proof in the scope of what it proves.
func (c *proofChecker) proof(p *ast.Proof) {
	switch {
	case p == nil:
	case p.Method != nil:
		c.method(p)
	default:
		facts := c.facts
		c.scoped(func() { c.proofSteps(p) })
		c.facts = facts
	}
}

func (c *proofChecker) method(p *ast.Proof) {
	name := p.Method.Name
	if name != "" && !slices.Contains(proofMethods, name) {
		c.errUnknownMethod(p.Method)
	}
	onWhat := name == "induction" || name == "cases"
	switch {
	case p.On != nil && !onWhat:
		c.errProofShape(p.On, "a proof by "+name+" is not on anything", "leave out `on`")
	case p.On == nil && onWhat:
		c.errProofShape(p, "a proof by "+name+" is on something", "write `by "+name+" on x`")
	case p.On != nil:
		c.proofTarget(p.On, name)
	}
	for _, id := range p.Using {
		c.used(id)
	}
}

// proofTarget checks what an induction or a case distinction is on.
func (c *proofChecker) proofTarget(e ast.Expr, method string) {
	t := c.expr(e, nil)
	if _, named := e.(*ast.Name); method == "induction" && !named {
		c.errProofShape(e, "an induction is on a name", "write `by induction on x`, with x a parameter of the theorem")
		return
	}
	switch u := under(t).(type) {
	case *types.Seq:
		if method == "induction" {
			return
		}
	case *types.Named:
		if _, enum := u.Obj.Decl.(*ast.Enum); enum {
			return
		}
	case types.Basic:
		if u == types.Invalid || method == "induction" && u == types.Int || method == "cases" && u == types.Bool {
			return
		}
	}
	c.errProofShape(e, "there is no proof by "+method+" on a "+t.String(), "an induction is on an int, a sequence or an enum, cases are of an enum or a bool")
}

// used checks a name after using: a theorem that stands before this one.
// What a proof has shown so far it uses anyway, and may name.
func (c *proofChecker) used(id *ast.Ident) {
	if slices.Contains(c.facts, id.Name) {
		return
	}
	obj := c.lookup(id.Name)
	if t, ok := obj.(*types.Theorem); ok && t.Span().Lo < c.of.Span().Lo {
		c.info.Defs[id] = t
		return
	}
	c.errNotTheorem(id, obj, c.of)
}

func (c *proofChecker) proofSteps(p *ast.Proof) {
	for i, s := range p.Steps {
		if s.Kind == ast.Conclude && i < len(p.Steps)-1 {
			c.errProofShape(s, "a proof ends with `by`", "write `have name: P` before this `by`, or remove what follows")
		}
		switch s.Kind {
		case ast.Have:
			c.check(s.Claim, types.Bool, "a step of a proof")
			c.proof(s.Proof)
			c.facts = append(c.facts, s.Name.Name)
		case ast.Suppose:
			c.check(s.Claim, types.Bool, "an assumption")
			c.facts = append(c.facts, s.Name.Name)
		case ast.Obtain:
			c.bind([]ast.Binder{*s.Binder})
			c.check(s.Claim, types.Bool, "the condition after where")
			c.proof(s.Proof)
		case ast.Conclude:
			c.proof(s.Proof)
		}
	}
	if n := len(p.Steps); n == 0 || p.Steps[n-1].Kind != ast.Conclude {
		c.errProofShape(p, "this proof does not say why its claim follows", "end it with `by computation`, or another method")
	}
}
