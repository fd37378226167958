package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// checkModels checks the models of a module, when all that they speak about
// is known.
func (c *checker) checkModels(m *types.Module) {
	c.inside(env{mod: m}, func() {
		for _, d := range m.File.Decls {
			if d, ok := d.(*ast.Model); ok {
				if obj, ok := declared[*types.Model](c, d.Name); ok {
					c.model(obj)
				}
			}
		}
	})
}

func (c *checker) resolveModel(obj *types.Model) {
	d := obj.Decl
	obj.Machine = c.machineNamed(d.Machine)
	if obj.Machine != nil && len(d.Args) > 0 {
		obj.Args = c.machineArgs(d.Machine, obj.Machine, d.Args)
	}
}

func (c *checker) model(obj *types.Model) {
	if obj.Machine == nil {
		return
	}
	old := c.env
	c.env = env{mod: old.mod, machine: obj.Machine, inModel: true}
	b := &bindings{model: obj, bound: map[string]*ast.Bind{}}
	c.collectElements(obj, b)
	for _, it := range obj.Decl.Items {
		c.modelItem(obj, b, it)
	}
	c.checkBound(obj, b)
	c.checkExpectations(obj)
	c.env = old
}

func (c *checker) modelItem(obj *types.Model, b *bindings, it ast.ModelItem) {
	switch it := it.(type) {
	case *ast.Bind:
		c.bindItem(obj, b, it)
	case *ast.Bound:
		c.at(placeBound, func() { c.check(it.Cond, types.Bool, placeBound.what) })
		c.observe(it.Cond, placeBound.what)
	case *ast.Start:
		c.at(placeStart, func() { c.check(it.Where, types.Bool, placeStart.what) })
		c.observe(it.Where, placeStart.what)
	case *ast.Check:
		for _, e := range it.Names {
			c.checkedProperty(obj.Machine, e)
		}
	case *ast.Mutate:
		c.mutate(it)
	}
}

// checkedProperty finds a property that a model names after check.
func (c *checker) checkedProperty(m *types.Machine, e ast.Expr) {
	var found types.Object
	switch e := e.(type) {
	case *ast.Name:
		found = m.Members[e.Name]
		if found == nil {
			c.errNotProperty(e, nil, m, nearest(e.Name, propertyNames(m)))
			return
		}
	case *ast.Select:
		q, ok := c.qualifier(e.X)
		inst, isInst := q.obj.(*types.Instance)
		if !ok || !isInst || inst.Machine == nil {
			c.errNotProperty(e, nil, m, "")
			return
		}
		if found = inst.Machine.Members[e.Sel.Name]; found == nil {
			c.errNotProperty(e, nil, inst.Machine, nearest(e.Sel.Name, propertyNames(inst.Machine)))
			return
		}
		c.info.Paths[e] = q.path
	default:
		return
	}
	switch found.(type) {
	case *types.Property, *types.Scenario:
		c.info.Uses[e] = found
		return
	}
	c.errNotProperty(e, found, m, "")
}

func propertyNames(m *types.Machine) []string {
	var names []string
	for _, o := range m.Order {
		switch o.(type) {
		case *types.Property, *types.Scenario:
			names = append(names, o.Name())
		}
	}
	return names
}

// mutate checks that what a model changes on purpose exists and that the
// change fits in its place.
func (c *checker) mutate(it *ast.Mutate) {
	switch target := it.Target.(type) {
	case *ast.AtLabel:
		c.mutateStep(it, target)
		return
	case *ast.Name, *ast.Select:
		obj, path := c.stmtCallee(target)
		if obj == nil {
			return
		}
		c.info.Uses[target] = obj
		if len(path) > 0 {
			c.info.Paths[target] = path
		}
		c.resolve(obj)
		c.mutateObject(it, obj, path)
	}
}

func (c *checker) mutateObject(it *ast.Mutate, obj types.Object, path []*types.Instance) {
	home := c.homes[obj]
	home.inModel, home.scope = true, c.scope
	switch obj := obj.(type) {
	case *types.Action:
		if it.Value == nil && !it.IsVar {
			c.inside(home, func() { c.mutateAction(it, obj) })
			return
		}
	case *types.Proc:
		if it.Body != nil && it.Guard == nil {
			c.inside(home, func() {
				c.openLocals(obj.Args)
				c.at(placeProc, func() { c.bodyOf(procBody, it.Body) })
			})
			return
		}
	case *types.Var:
		if it.IsVar && it.Value != nil {
			c.inside(home, func() { c.at(placeVar, func() { c.check(it.Value, obj.T, obj.Name()) }) })
			return
		}
	case *types.Function:
		if it.Value != nil && !it.IsVar {
			c.inside(home, func() {
				c.params = obj.Params
				c.openLocals(obj.Args)
				c.at(placeFunc, func() { c.check(it.Value, obj.T, "the result of "+obj.Name()) })
			})
			return
		}
	}
	c.errMutate(it, obj)
}

func (c *checker) mutateAction(it *ast.Mutate, obj *types.Action) {
	c.openLocals(obj.Args)
	if it.Guard != nil {
		c.at(placeGuard, func() { c.check(it.Guard, types.Bool, placeGuard.what) })
		c.observe(it.Guard, placeGuard.what)
	}
	if it.Body != nil {
		c.at(placeAction, func() { c.bodyOf(actionBody, it.Body) })
	}
}

// mutateStep is `mutate P@label { }`.
func (c *checker) mutateStep(it *ast.Mutate, target *ast.AtLabel) {
	q, ok := c.qualifier(target.X)
	p, isProcess := q.obj.(*types.Process)
	if !ok || !isProcess {
		if q.obj != nil || !ok {
			c.errNotProcess(target.X)
		}
		return
	}
	c.knownLabel(target.Label, p)
	if it.Body == nil || it.Guard != nil {
		c.errMutate(it, p)
		return
	}
	home := c.homes[p]
	home.inModel, home.scope, home.process = true, c.scope, p
	c.inside(home, func() {
		if p.Self != nil {
			c.openLocals([]*types.Local{p.Self})
		}
		c.at(placeProcess, func() {
			c.body = processBody
			c.block(it.Body)
		})
	})
}
