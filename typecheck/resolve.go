package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// resolve finds out what an object's declaration says of it: its type, the
// types of its parameters, the machine that it instantiates. It happens when
// first asked for, so the order of declarations does not matter. The result
// is false if the object is being resolved already: it depends on itself.
func (c *checker) resolve(obj types.Object) bool {
	home, declared := c.homes[obj]
	if !declared || c.state[obj] == done {
		return true
	}
	if c.state[obj] == underway {
		return false
	}
	c.state[obj] = underway
	c.inside(home, func() { c.resolveKind(obj) })
	c.state[obj] = done
	return true
}

func (c *checker) resolveKind(obj types.Object) {
	switch obj := obj.(type) {
	case *types.TypeName:
		c.header(obj)
		c.resolveTypeName(obj)
	case *types.Const:
		c.resolveConst(obj)
	case *types.Function:
		c.resolveFunction(obj)
	case *types.Theorem:
		obj.Args = c.fieldsAsLocals(obj.Decl.Args)
	case *types.Var:
		c.resolveVar(obj)
	case *types.Action:
		c.resolveAction(obj)
	case *types.Proc:
		obj.Args = c.fieldsAsLocals(obj.Decl.Args)
	case *types.Process:
		c.resolveProcess(obj)
	case *types.Instance:
		c.resolveInstance(obj)
	case *types.Model:
		c.resolveModel(obj)
	case *types.Sync:
		c.resolveSync(obj)
	}
}

func declTypeParams(d ast.Decl) []ast.TypeParam {
	switch d := d.(type) {
	case *ast.Enum:
		return d.Params
	case *ast.Struct:
		return d.Params
	case *ast.TypeDecl:
		return d.Params
	}
	return nil
}

// header declares the parameters of a generic type. It is false if that is
// under way: a parameter is of the type itself.
func (c *checker) header(obj *types.TypeName) bool {
	params := declTypeParams(obj.Decl)
	if len(params) == 0 || c.headers[obj] == done {
		return true
	}
	if c.headers[obj] == underway {
		return false
	}
	c.headers[obj] = underway
	c.inside(c.homes[obj], func() {
		for _, p := range params {
			if bound, typ := c.typeParam(p); typ {
				obj.Params = append(obj.Params, &types.Param{Name: p.Name.Name, Bound: bound})
				continue
			}
			if _, alias := obj.Decl.(*ast.TypeDecl); !alias {
				c.errValueParam(p.Name, "a struct or enum")
			}
			obj.Values = append(obj.Values, c.declare(p.Name, c.written(p.Type), false))
		}
	})
	c.headers[obj] = done
	return true
}

func (c *checker) resolveTypeName(obj *types.TypeName) {
	c.params = obj.Params
	for _, v := range obj.Values {
		c.scope = &scope{c.scope, v}
	}
	c.dependent = true
	switch d := obj.Decl.(type) {
	case *ast.Struct:
		obj.Fields = c.fields(d.Fields, obj)
	case *ast.Enum:
		for i, v := range obj.Variants {
			v.T = &types.Named{Obj: obj, Args: paramTypes(obj.Params)}
			v.Fields = c.fields(d.Variants[i].Fields, v)
		}
	case *ast.TypeDecl:
		obj.Alias = types.Invalid
		obj.Alias = c.written(d.Type)
	}
}

// typeParam reports whether a parameter in brackets is a type: it stands
// alone, or with the name of a bound that is no type.
func (c *checker) typeParam(p ast.TypeParam) (types.Bound, bool) {
	if p.Type == nil {
		return types.AnyType, true
	}
	n, ok := p.Type.(*ast.NamedType)
	if !ok || n.Module != nil || len(n.Args) > 0 || c.lookup(n.Name.Name) != nil {
		return types.AnyType, false
	}
	bound, ok := bounds[n.Name.Name]
	return bound, ok
}

var bounds = map[string]types.Bound{"ordered": types.Ordered, "finite": types.Finite}

func paramTypes(params []*types.Param) []types.Type {
	ts := make([]types.Type, len(params))
	for i, p := range params {
		ts[i] = p
	}
	return ts
}

func (c *checker) fields(fs []ast.Field, owner types.Object) []*types.Field {
	var out []*types.Field
	names := map[string]types.Object{}
	for i := range fs {
		f := &fs[i]
		obj := &types.Field{Base: types.Base{In: owner, T: c.written(f.Type)}, Index: i}
		if f.Name != nil {
			obj.Ident, obj.At = f.Name.Name, f.Name.Span()
			c.info.Defs[f.Name] = obj
			c.enter(names, obj)
		}
		out = append(out, obj)
	}
	return out
}

func (c *checker) resolveConst(obj *types.Const) {
	if obj.Decl == nil {
		obj.T = c.machineParamType(obj)
		return
	}
	d := obj.Decl
	if d.Type != nil {
		obj.T = c.written(d.Type)
		if isLinear(obj.T) {
			c.errLinearHolder(d.Type, "a constant")
		}
		if d.Value != nil {
			c.at(placeFixed("constant "+obj.Name()), func() { c.check(d.Value, obj.T, "constant "+obj.Name()) })
		}
		return
	}
	obj.T = types.Invalid
	if d.Value == nil {
		return // the parser has said so
	}
	c.at(placeFixed("constant "+obj.Name()), func() { obj.T = widen(c.expr(d.Value, nil)) })
}

// resolveVar finds the type of a state variable: as written, or that of its
// initial value.
func (c *checker) resolveVar(obj *types.Var) {
	d := obj.Decl
	if d.Type != nil {
		obj.T = c.written(d.Type)
		return
	}
	obj.T = types.Invalid
	c.at(placeVar, func() {
		switch {
		case d.Value != nil:
			obj.T = widen(c.expr(d.Value, nil))
		case d.In != nil:
			obj.T = c.domain(d.In)
		}
	})
}

func (c *checker) machineParamType(obj *types.Const) types.Type {
	for i := range c.machine.Decl.Params {
		if p := &c.machine.Decl.Params[i]; p.Name != nil && p.Name.Span() == obj.At {
			return c.written(p.Type)
		}
	}
	return types.Invalid
}

func (c *checker) resolveFunction(obj *types.Function) {
	d := obj.Decl
	for _, p := range d.Params {
		bound, typ := c.typeParam(p)
		if !typ {
			c.errValueParam(p.Name, "a function")
			continue
		}
		obj.Params = append(obj.Params, &types.Param{Name: p.Name.Name, Bound: bound})
	}
	c.params = obj.Params
	obj.Args = c.fieldsAsLocals(d.Args)
	obj.T = types.Invalid
	if d.Result != nil {
		obj.T = c.written(d.Result)
	}
	obj.Result = &types.Local{Base: types.Base{Ident: "result", T: obj.T, In: obj}}
}

// fieldsAsLocals declares parameters one after the other, so that the type of
// one may mention those before it.
func (c *checker) fieldsAsLocals(fs []ast.Field) []*types.Local {
	var out []*types.Local
	names := map[string]types.Object{}
	for i := range fs {
		l := c.declare(fs[i].Name, c.written(fs[i].Type), false)
		if l.Name() != "_" {
			c.enter(names, l)
		}
		out = append(out, l)
	}
	return out
}

func (c *checker) resolveAction(obj *types.Action) {
	names := map[string]types.Object{}
	for i := range obj.Decl.Params {
		l := c.actionParam(&obj.Decl.Params[i])
		if l.Name() != "_" {
			c.enter(names, l)
		}
		obj.Args = append(obj.Args, l)
	}
}

func (c *checker) actionParam(p *ast.Param) *types.Local {
	if p.In == nil {
		t := c.written(p.Type)
		c.wantFinite(p.Type, t)
		return c.declare(p.Name, t, false)
	}
	elem := types.Type(types.Invalid)
	c.at(placeParam, func() { elem = c.domain(p.In) })
	return c.declare(p.Name, elem, false)
}

// wantFinite reports a type that a parameter cannot range over.
func (c *checker) wantFinite(at ast.Node, t types.Type) {
	if ok, part := finite(t); !ok {
		c.errInfinite(at.Span(), t, part, "")
	}
}

func (c *checker) resolveProcess(obj *types.Process) {
	if p := obj.Decl.Param; p != nil {
		t := c.written(p.Type)
		c.wantFinite(p.Type, t)
		if isLinear(t) {
			c.errLinearHolder(p.Type, "the name of a process")
		}
		obj.Self = c.declare(p.Name, t, false)
	}
	if obj.Decl.Body == nil {
		return
	}
	c.processVars(obj)
	c.processLabels(obj)
}
