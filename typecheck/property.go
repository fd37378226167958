package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

var propertyPlace = map[ast.PropertyKind]*place{
	ast.InvariantProp: placeInvariant, ast.StepProp: placeStep, ast.TemporalProp: placeProperty,
	ast.CTLProp: placeCTL, ast.WitnessProp: placeWitness,
}

func (c *checker) property(d *ast.Property) {
	obj, ok := declared[*types.Property](c, d.Name)
	p := propertyPlace[d.Kind]
	if !ok || p == nil {
		return
	}
	c.at(p, func() { c.check(d.Formula, types.Bool, p.what) })
	for _, id := range d.Using {
		c.lemma(id, obj)
	}
}

// lemma checks a name after `using`.
func (c *checker) lemma(id *ast.Ident, of *types.Property) {
	obj, ok := c.machine.Members[id.Name]
	if !ok {
		var names []string
		for _, n := range memberNames(c.machine.Members) {
			if _, prop := c.machine.Members[n].(*types.Property); prop {
				names = append(names, n)
			}
		}
		c.errUnknown(id.Span(), id.Name, suggestion(nearest(id.Name, names)))
		return
	}
	if p, ok := obj.(*types.Property); !ok || p.Decl.Kind != ast.InvariantProp || p == of {
		c.errUsing(id, obj)
	}
}

func (c *checker) pathQuant(e *ast.PathQuant) types.Type {
	op := "E[p U q]"
	if e.All {
		op = "A[p U q]"
	}
	c.temporal(e, op, ctl)
	c.check(e.P, types.Bool, "an operand of "+op)
	c.check(e.Q, types.Bool, "an operand of "+op)
	return types.Bool
}

func (c *checker) within(e *ast.Within) types.Type {
	c.temporal(e, "within", ltl)
	formula := c.formula
	c.formula = plain
	c.check(e.Bound, types.Duration, "the bound of within")
	c.formula = formula
	c.check(e.X, types.Bool, "the operand of within")
	return types.Bool
}

// actionPred is `enabled(A(x))` or `taken(A(x))`.
func (c *checker) actionPred(e *ast.ActionPred) types.Type {
	ref := c.actionRef(e.Action)
	if ref == nil {
		for _, a := range e.Args {
			if !c.needy(a) {
				c.expr(a, nil)
			}
		}
		return types.Bool
	}
	if e.Taken && c.place != nil && c.place.formula != ltl && !(c.place == placeStep) {
		c.errTaken(e, c.place.what)
	}
	if e.NoArgs {
		return types.Bool
	}
	if len(e.Args) != len(ref.Action.Args) {
		c.errArgCount(e.Span(), ref.Action.Name(), len(ref.Action.Args), len(e.Args), ref.Action)
		return types.Bool
	}
	for i, a := range e.Args {
		l := ref.Action.Args[i]
		c.check(a, through(l.T, ref.Path), "argument "+l.Name()+" of "+ref.Action.Name())
	}
	return types.Bool
}

// actionRef finds the action that an expression names, nil if there is none,
// which is reported.
func (c *checker) actionRef(e ast.Expr) *types.ActionRef {
	obj, path := c.stmtCallee(e)
	if obj == nil {
		return nil
	}
	c.info.Uses[e] = obj
	c.resolve(obj)
	a, ok := obj.(*types.Action)
	if !ok {
		c.errNotAction(e, obj)
		return nil
	}
	ref := &types.ActionRef{Path: path, Action: a}
	c.info.Actions[e] = ref
	if len(path) > 0 {
		c.info.Paths[e] = path
	}
	return ref
}

func (c *checker) fairAny(d *ast.FairAny) {
	ref := c.actionRef(d.Action)
	if ref == nil {
		return
	}
	if ref.Action.Decl.Fair != ast.Unfair {
		c.errFairTwice(d, ref.Action)
	}
}

// scenario checks the steps of a scenario. Names that mean nothing else are
// its variables.
func (c *checker) scenario(d *ast.Scenario) {
	obj, ok := declared[*types.Scenario](c, d.Name)
	if !ok {
		return
	}
	oldFree, oldBody, oldModel := c.free, c.body, c.inModel
	c.free, c.body, c.inModel = obj, scenarioBody, true
	c.at(placeScenario, func() {
		c.scoped(func() { c.stmts(d.Steps) })
	})
	c.free, c.body, c.inModel = oldFree, oldBody, oldModel
}
