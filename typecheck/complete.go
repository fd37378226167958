package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// open is a constant or sort that a model has to bind, as it writes it.
type open struct {
	obj  types.Object
	name string
}

// checkBound reports constants without a value and sorts without a size among
// those that the machine of a model depends on.
func (c *checker) checkBound(m *types.Model, b *bindings) {
	for _, o := range c.required(m) {
		if b.bound[o.name] == nil && o.obj.Type() != types.Type(types.Invalid) {
			c.errUnbound(m, o.obj, o.name)
		}
	}
}

// required lists what a model has to bind, in the order in which the machine
// mentions it.
func (c *checker) required(m *types.Model) []open {
	r := &reach{c: c, model: m, seen: map[string]bool{}}
	if len(m.Decl.Args) == 0 {
		for _, p := range m.Machine.Params {
			r.add(p, p.Name())
		}
	}
	r.machine(m.Machine, "")
	for _, a := range m.Args {
		r.typ(a.Type)
		r.expr(a.Value)
	}
	for _, it := range m.Decl.Items {
		ast.Walk(it, r.visit)
	}
	return r.open
}

// reach finds what a machine depends on.
type reach struct {
	c      *checker
	model  *types.Model
	prefix string // of names of the instance being looked at: "l."
	seen   map[string]bool
	open   []open
}

func (r *reach) machine(m *types.Machine, prefix string) {
	old := r.prefix
	r.prefix = prefix
	for _, o := range m.Order {
		switch o := o.(type) {
		case *types.Const, *types.SortName:
			r.object(o)
		case *types.Instance:
			r.instance(o)
		}
	}
	ast.Walk(m.Decl, r.visit)
	r.prefix = old
}

func (r *reach) instance(inst *types.Instance) {
	name := r.prefix + inst.Name() + "."
	if inst.Machine == nil || r.seen[name] {
		return
	}
	r.seen[name] = true
	for _, a := range inst.Args {
		r.typ(a.Type)
		r.expr(a.Value)
	}
	r.machine(inst.Machine, name)
}

func (r *reach) expr(e ast.Expr) {
	if e != nil {
		ast.Walk(e, r.visit)
	}
}

func (r *reach) visit(n ast.Node) bool {
	switch n := n.(type) {
	case ast.Type:
		r.typ(r.c.info.Written[n])
	case ast.Expr:
		if len(r.c.info.Paths[n]) == 0 {
			r.object(r.c.info.Uses[n])
		}
	}
	return true
}

func (r *reach) typ(t types.Type) {
	switch t := t.(type) {
	case nil:
	case *types.Sort:
		r.object(t.Obj)
	case *types.Named:
		r.object(t.Obj)
	}
	if t != nil {
		types.Rebuild(t, func(part types.Type) types.Type { r.typ(part); return part })
	}
}

// object looks at what an object depends on.
func (r *reach) object(obj types.Object) {
	switch obj := obj.(type) {
	case *types.Const:
		if obj.Decl == nil {
			return // a parameter
		}
		if obj.Decl.Value == nil {
			r.add(obj, r.name(obj))
		}
		r.declaration(obj, obj.Decl)
	case *types.SortName:
		if obj.Decl != nil {
			r.add(obj, r.name(obj))
		}
	case *types.TypeName:
		r.declaration(obj, obj.Decl)
	case *types.Function:
		r.declaration(obj, obj.Decl)
	case *types.Variant:
		r.object(obj.Enum)
	}
}

func (r *reach) declaration(obj types.Object, d ast.Node) {
	name := r.name(obj)
	if !r.seen[name] {
		r.seen[name] = true
		ast.Walk(d, r.visit)
	}
}

// name is how the model writes an object: members of an instance after its
// name, members of another module after the name of its import.
func (r *reach) name(obj types.Object) string {
	if mod, ok := obj.Owner().(*types.Module); ok {
		if mod == r.c.mod {
			return obj.Name()
		}
		for _, n := range sortedKeys(r.c.imports[r.c.mod]) {
			if r.c.imports[r.c.mod][n].mod == mod {
				return n + "." + obj.Name()
			}
		}
		return mod.Name() + "." + obj.Name()
	}
	return r.prefix + obj.Name()
}

func (r *reach) add(obj types.Object, name string) {
	key := "open " + name
	if !r.seen[key] {
		r.seen[key] = true
		r.open = append(r.open, open{obj, name})
	}
}
