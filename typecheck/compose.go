package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// machineNamed finds the machine that an expression names, nil if there is
// none, which is reported.
func (c *checker) machineNamed(e ast.Expr) *types.Machine {
	var obj types.Object
	switch e := e.(type) {
	case *ast.Name:
		obj = c.mod.Members[e.Name]
		if obj == nil {
			c.errUnknown(e.Span(), e.Name, c.nearestMachine(e.Name))
			return nil
		}
	case *ast.Select:
		q, ok := c.qualifier(e.X)
		mod, isMod := q.obj.(*types.Module)
		if ok && q.obj == nil {
			return nil
		}
		if !ok || !isMod || e.Sel == nil {
			c.errNotMachine(e, nil)
			return nil
		}
		obj = mod.Members[e.Sel.Name]
		if obj == nil {
			c.errNoMember(e.Sel, exprText(e.X), memberNames(mod.Members))
			return nil
		}
	default:
		return nil
	}
	m, ok := obj.(*types.Machine)
	if !ok {
		c.errNotMachine(e, obj)
		return nil
	}
	c.info.Uses[e] = m
	return m
}

func (c *checker) nearestMachine(name string) string {
	var names []string
	for _, n := range memberNames(c.mod.Members) {
		if _, ok := c.mod.Members[n].(*types.Machine); ok {
			names = append(names, n)
		}
	}
	return suggestion(nearest(name, names))
}

// machineArgs checks the arguments of a machine: a sort for each sort
// parameter, a constant expression for every other.
func (c *checker) machineArgs(at ast.Node, m *types.Machine, written []ast.TypeArg) []types.Arg {
	if len(written) != len(m.Params) {
		c.errArgCount(at.Span(), m.Name(), len(m.Params), len(written), m)
		return nil
	}
	args := make([]types.Arg, len(written))
	sorts := &types.Instance{Machine: m, Args: args}
	for i, p := range m.Params {
		c.resolve(p)
		switch p := p.(type) {
		case *types.SortName:
			args[i].Type = c.sortArg(&written[i], p)
		case *types.Const:
			if args[i].Value = c.valueArg(&written[i]); args[i].Value != nil {
				want := through(p.T, []*types.Instance{sorts})
				c.constant(args[i].Value, want, "parameter "+p.Name()+" of "+m.Name())
			}
		}
	}
	return args
}

func (c *checker) sortArg(a *ast.TypeArg, p *types.SortName) types.Type {
	if a.Type == nil {
		c.errArgKind(a.Value, "a sort for "+p.Name(), exprText(a.Value))
		return types.Invalid
	}
	t := c.written(a.Type)
	if s, ok := t.(*types.Sort); ok {
		if s.Obj.Order != p.Order && p.Order != ast.Unordered {
			c.errSortOrder(a.Type, s.Obj, p)
		}
		return t
	}
	if t != types.Invalid {
		c.errArgKind(a.Type, "a sort for "+p.Name(), t.String())
	}
	return types.Invalid
}

func (c *checker) resolveInstance(obj *types.Instance) {
	d := obj.Decl
	m := c.machineNamed(d.Machine)
	if m == nil {
		return
	}
	if m == c.machine || c.uses(m, c.machine, map[*types.Machine]bool{}) {
		c.errMachineCycle(d, m)
		return
	}
	obj.Machine = m
	obj.Args = c.machineArgs(d.Machine, m, d.Args)
}

// uses reports whether machine m instantiates target, directly or not.
func (c *checker) uses(m, target *types.Machine, seen map[*types.Machine]bool) bool {
	if seen[m] {
		return false
	}
	seen[m] = true
	for _, o := range m.Order {
		if inst, ok := o.(*types.Instance); ok {
			c.resolve(inst)
			if inst.Machine == target || inst.Machine != nil && c.uses(inst.Machine, target, seen) {
				return true
			}
		}
	}
	return false
}

func (c *checker) resolveSync(obj *types.Sync) {
	obj.Actions, obj.Args = c.syncParts(obj.Decl)
}

// syncParts finds the actions of a joint step and its parameters.
func (c *checker) syncParts(d *ast.Sync) ([]*types.ActionRef, []*types.Local) {
	var refs []*types.ActionRef
	var args []*types.Local
	for _, e := range d.Actions {
		ref := c.actionRef(e)
		if ref == nil {
			continue
		}
		refs = append(refs, ref)
		for _, a := range ref.Action.Args {
			args = c.syncParam(e, args, a, ref.Path)
		}
	}
	return refs, args
}

func (c *checker) syncParam(at ast.Expr, args []*types.Local, a *types.Local, path []*types.Instance) []*types.Local {
	t := through(a.T, path)
	for _, old := range args {
		if old.Name() != a.Name() {
			continue
		}
		if !agree(old.T, t) {
			c.errSyncParam(at, a.Name(), old.T, t)
		}
		return args
	}
	return append(args, &types.Local{Base: types.Base{Ident: a.Name(), At: a.Span(), T: t}})
}

func (c *checker) sync(d *ast.Sync) {
	if len(d.Actions) < 2 {
		return // the parser has said so
	}
	if d.Name != nil {
		declared[*types.Sync](c, d.Name)
		return
	}
	c.syncParts(d)
}

// refines checks the mapping of an abstract machine's variables.
func (c *checker) refines(d *ast.Refines) {
	m := c.machineNamed(d.Machine)
	if m == nil {
		return
	}
	var args []types.Arg
	if len(d.Args) > 0 || len(m.Params) > 0 {
		args = c.machineArgs(d.Machine, m, d.Args)
	}
	path := []*types.Instance{{Machine: m, Args: args}}
	c.info.Refines[d] = path[0]
	seen := map[string]types.Object{}
	for i := range d.Mapping {
		b := &d.Mapping[i]
		v, ok := m.Members[b.Name.Name].(*types.Var)
		if !ok {
			c.errNoMember(b.Name, m.Name(), varNames(m))
			continue
		}
		c.resolve(v)
		if c.enter(seen, &types.Local{Base: types.Base{Ident: b.Name.Name, At: b.Name.Span()}}) {
			c.at(placeRefines, func() { c.check(b.Value, through(v.T, path), v.Name()) })
		}
	}
	var missing []string
	for _, n := range varNames(m) {
		if seen[n] == nil && !c.sameVar(n, m, path) {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		c.errRefinesMissing(d, m, missing)
	}
}

// sameVar reports whether this machine has a variable of the name and type that
// one of m has: it is mapped to itself if nothing else is said.
func (c *checker) sameVar(name string, m *types.Machine, path []*types.Instance) bool {
	own, ok := c.machine.Members[name].(*types.Var)
	if !ok {
		return false
	}
	v := m.Members[name].(*types.Var)
	c.resolve(own)
	c.resolve(v)
	return types.Identical(own.T, through(v.T, path))
}

func varNames(m *types.Machine) []string {
	var names []string
	for _, o := range m.Order {
		if v, ok := o.(*types.Var); ok {
			names = append(names, v.Name())
		}
	}
	return names
}
