package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// collectModule makes the objects of a module's declarations, without looking
// at their types.
func (c *checker) collectModule(m *types.Module) {
	home := env{mod: m}
	for _, d := range m.File.Decls {
		obj := c.object(d, home)
		if obj == nil {
			continue
		}
		if c.enter(m.Members, obj) {
			m.Order = append(m.Order, obj)
		}
		if mach, ok := obj.(*types.Machine); ok {
			c.collectMachine(mach, home)
		}
	}
}

// collectMachine makes the objects of a machine's parameters and members.
func (c *checker) collectMachine(m *types.Machine, home env) {
	home.machine = m
	for i := range m.Decl.Params {
		obj := c.machineParam(m, &m.Decl.Params[i])
		c.homes[obj] = home
		m.Params = append(m.Params, obj)
		c.enter(m.Members, obj)
	}
	for _, d := range m.Decl.Members {
		if obj := c.object(d, home); obj != nil && c.enter(m.Members, obj) {
			m.Order = append(m.Order, obj)
		}
	}
}

func (c *checker) machineParam(m *types.Machine, p *ast.MachineParam) types.Object {
	base := types.Base{Ident: p.Name.Name, At: p.Name.Span(), In: m}
	if p.IsSort {
		obj := &types.SortName{Base: base, Order: p.Order}
		obj.T = &types.Sort{Obj: obj}
		c.info.Defs[p.Name] = obj
		return obj
	}
	obj := &types.Const{Base: base}
	c.info.Defs[p.Name] = obj
	return obj
}

// enter puts obj among members; a second object of a name is reported.
func (c *checker) enter(members map[string]types.Object, obj types.Object) bool {
	if obj.Name() == "" {
		return true // the parser has said that the name is missing
	}
	if old := members[obj.Name()]; old != nil {
		c.errDuplicate(obj.Name(), obj.Span(), old.Span())
		return false
	}
	members[obj.Name()] = obj
	return true
}

// object makes the object that a declaration declares, nil if it has no name.
func (c *checker) object(d ast.Decl, home env) types.Object {
	var owner types.Object = home.mod
	if home.machine != nil {
		owner = home.machine
	}
	obj, id := c.newObject(d, owner)
	if id == nil {
		return nil
	}
	c.info.Defs[id] = obj
	c.homes[obj] = home
	return obj
}

func (c *checker) newObject(d ast.Decl, owner types.Object) (types.Object, *ast.Ident) {
	base := func(id *ast.Ident) types.Base {
		if id == nil {
			return types.Base{In: owner}
		}
		return types.Base{Ident: id.Name, At: id.Span(), In: owner}
	}
	switch d := d.(type) {
	case *ast.Sort:
		obj := &types.SortName{Base: base(d.Name), Decl: d, Order: d.Order}
		obj.T = &types.Sort{Obj: obj}
		return obj, d.Name
	case *ast.Enum:
		obj := &types.TypeName{Base: base(d.Name), Decl: d}
		c.collectVariants(obj, d, owner)
		return obj, d.Name
	case *ast.Struct:
		return &types.TypeName{Base: base(d.Name), Decl: d}, d.Name
	case *ast.TypeDecl:
		return &types.TypeName{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Const:
		return &types.Const{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Func:
		return &types.Function{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Theorem:
		return &types.Theorem{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Machine:
		return &types.Machine{Base: base(d.Name), Decl: d, Members: map[string]types.Object{}}, d.Name
	case *ast.Model:
		return &types.Model{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Var:
		return &types.Var{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Action:
		return &types.Action{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Proc:
		return &types.Proc{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Process:
		return &types.Process{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Property:
		return &types.Property{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Scenario:
		return &types.Scenario{Base: base(d.Name), Decl: d}, d.Name
	case *ast.Use:
		return &types.Instance{Base: base(d.As), Decl: d}, d.As
	case *ast.Sync:
		return &types.Sync{Base: base(d.Name), Decl: d}, d.Name
	}
	return nil, nil
}

func (c *checker) collectVariants(enum *types.TypeName, d *ast.Enum, owner types.Object) {
	table := c.variants[owner]
	if table == nil {
		table = map[string][]*types.Variant{}
		c.variants[owner] = table
	}
	own := map[string]types.Object{}
	for i := range d.Variants {
		id := d.Variants[i].Name
		v := &types.Variant{Base: types.Base{Ident: id.Name, At: id.Span(), In: enum}, Enum: enum, Index: i}
		c.info.Defs[id] = v
		if c.enter(own, v) {
			table[id.Name] = append(table[id.Name], v)
		}
		enum.Variants = append(enum.Variants, v)
	}
}
