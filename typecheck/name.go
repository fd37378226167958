package typecheck

import (
	"slices"
	"strconv"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// isValue reports whether a name of the object is an expression.
func isValue(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Local, *types.Var, *types.ProcessVar, *types.Const, *types.SortName, *types.TypeName, *types.Variant:
		return true
	case *types.Builtin:
		_, basic := basics[obj.Ident]
		return basic || obj.Ident == "none"
	}
	return false
}

// name finds what a lone name means: a local; a variant of the expected enum;
// any other value in scope; the only variant of that name.
func (c *checker) name(e *ast.Name, want types.Type) types.Type {
	if obj := c.scope.find(e.Name); obj != nil {
		return c.use(e, obj, nil)
	}
	if v := c.variantOf(want, e.Name); v != nil {
		return c.variantValue(e, v, nil, want)
	}
	obj := c.lookup(e.Name)
	if obj != nil && isValue(obj) {
		if obj == types.Object(builtins["none"]) {
			return c.none(e, want)
		}
		return c.use(e, obj, nil)
	}
	if vs := c.variantsNamed(e.Name); len(vs) == 1 {
		return c.variantValue(e, vs[0], nil, want)
	} else if len(vs) > 1 {
		c.errAmbiguous(e, vs)
		return types.Invalid
	}
	if obj != nil {
		c.errNotValue(e, obj)
		return types.Invalid
	}
	return c.unknownName(e, want)
}

func (c *checker) unknownName(e *ast.Name, want types.Type) types.Type {
	if c.brokenImport(e.Name) {
		return types.Invalid
	}
	if v := c.freeVar(e.Name); v != nil {
		return c.use(e, v, nil)
	}
	if c.free != nil && want != nil {
		v := &types.Local{Base: types.Base{Ident: e.Name, At: e.Span(), T: want}}
		c.free.Free = append(c.free.Free, v)
		return c.use(e, v, nil)
	}
	c.errUnknown(e.Span(), e.Name, c.unknownHelp(e.Name))
	return types.Invalid
}

// freeVar returns the variable called name of the scenario being checked.
func (c *checker) freeVar(name string) *types.Local {
	if c.free == nil {
		return nil
	}
	for _, v := range c.free.Free {
		if v.Name() == name {
			return v
		}
	}
	return nil
}

func (c *checker) none(e *ast.Name, want types.Type) types.Type {
	c.info.Uses[e] = builtins["none"]
	if o, ok := under(want).(*types.Option); ok {
		return o
	}
	if want == nil || under(want) == types.Invalid {
		if want == nil {
			c.errNeedsType(e, "none", "option[int]")
		}
		return types.Invalid
	}
	return &types.Option{Elem: types.Invalid}
}

// use records that e names obj and returns the type of its value.
func (c *checker) use(e ast.Expr, obj types.Object, path []*types.Instance) types.Type {
	c.info.Uses[e] = obj
	if len(path) > 0 {
		c.info.Paths[e] = path
	}
	if !c.resolve(obj) {
		c.errConstantCycle(e, obj)
		return types.Invalid
	}
	if t := obj.Type(); t == types.Type(types.Invalid) {
		c.faults++ // reported where it is declared
	}
	switch obj := obj.(type) {
	case *types.Local:
		delete(c.unread, obj)
		if i, elem := c.elems[obj]; elem {
			c.info.SortElems[e] = i
			return obj.T
		}
		if c.constOnly() && !c.dependent && !c.insideOuter(obj) && (!c.place.params || obj.Mutable) {
			c.errNotConst(e, obj, c.place.what)
			return types.Invalid
		}
		return obj.T
	case *types.Var, *types.ProcessVar:
		if c.place != nil && !c.place.reads {
			c.errNotConst(e, obj, c.place.what)
			return types.Invalid
		}
		return through(obj.Type(), path)
	case *types.Const:
		return through(obj.T, path)
	case *types.SortName:
		return through(&types.Set{Elem: obj.T}, path)
	case *types.TypeName:
		return through(c.typeAsSet(e, obj), path)
	case *types.Builtin:
		if b, ok := basics[obj.Ident]; ok {
			return c.finiteSet(e, b)
		}
	}
	c.errNotValue(e, obj)
	return types.Invalid
}

// insideOuter reports whether a local is declared within the expression that
// has to be constant.
func (c *checker) insideOuter(obj *types.Local) bool {
	for s := c.scope; s != c.outer && s != nil; s = s.up {
		if s.obj == types.Object(obj) {
			return true
		}
	}
	return false
}

func (c *checker) typeAsSet(e ast.Expr, obj *types.TypeName) types.Type {
	if len(obj.Params)+len(obj.Values) > 0 {
		c.errTypeArgs(e, obj.Name(), len(obj.Params)+len(obj.Values), 0)
		return types.Invalid
	}
	if obj.Alias != nil {
		return c.finiteSet(e, obj.Alias)
	}
	return c.finiteSet(e, &types.Named{Obj: obj})
}

func (c *checker) finiteSet(e ast.Expr, t types.Type) types.Type {
	if ok, part := finite(t); !ok {
		c.errInfinite(e.Span(), t, part, "")
		return types.Invalid
	}
	return &types.Set{Elem: t}
}

// hidesBuiltin warns of a declaration that hides a builtin: a value hides a
// value or type, a function hides a function.
func (c *checker) hidesBuiltin(id *ast.Ident, obj types.Object) {
	b := builtins[id.Name]
	if b == nil {
		return
	}
	if _, typ := basics[id.Name]; typ || id.Name == "none" || id.Name == "some" || callable(obj) {
		c.errShadowsBuiltin(id)
	}
}

// variantValue is the use of a variant without payload.
func (c *checker) variantValue(e ast.Expr, v *types.Variant, path []*types.Instance, want types.Type) types.Type {
	c.info.Uses[e] = v
	c.resolve(v.Enum)
	if len(v.Fields) > 0 {
		c.errArgCount(e.Span(), v.Name(), len(v.Fields), 0, v)
		return types.Invalid
	}
	t := enumFor(v.Enum, path, want)
	if t == nil {
		c.errNeedsType(e, v.Name(), v.Enum.Name()+"[int]")
		return types.Invalid
	}
	return t
}

// enumFor returns the type of values of an enum that is reached by path: as
// expected, or without arguments if it has none, else nil.
func enumFor(enum *types.TypeName, path []*types.Instance, want types.Type) types.Type {
	if n, ok := under(want).(*types.Named); ok && n.Obj == enum && (len(path) == 0 || slices.Equal(path, n.Via)) {
		return n
	}
	if len(enum.Params) == 0 {
		return through(&types.Named{Obj: enum}, path)
	}
	return nil
}

// selectExpr finds what `X.Sel` means.
func (c *checker) selectExpr(e *ast.Select, want types.Type) types.Type {
	if e.Sel == nil {
		c.expr(e.X, nil)
		return types.Invalid
	}
	if q, ok := c.qualifier(e.X); ok {
		return c.qualified(e, q, want)
	}
	return c.field(e)
}

// qualifier is what stands before the dot when it is not a value.
type qualifier struct {
	obj   types.Object // nil if it is unknown and has been reported
	path  []*types.Instance
	index bool // a process with its index
}

// qualifier finds out whether x is a module, an instance, a type or a
// process, whose members can be selected.
func (c *checker) qualifier(x ast.Expr) (qualifier, bool) {
	switch x := x.(type) {
	case *ast.Paren:
		return c.qualifier(x.X)
	case *ast.Name:
		return c.nameQualifier(x)
	case *ast.Select:
		return c.selectQualifier(x)
	case *ast.Index:
		q, ok := c.qualifier(x.X)
		p, isProcess := q.obj.(*types.Process)
		if !ok || !isProcess {
			return qualifier{}, false
		}
		c.processIndex(x, p)
		q.index = true
		return q, true
	}
	return qualifier{}, false
}

func (c *checker) nameQualifier(x *ast.Name) (qualifier, bool) {
	obj := c.lookup(x.Name)
	if obj == nil && c.brokenImport(x.Name) {
		return qualifier{}, true
	}
	switch obj := obj.(type) {
	case *types.Module, *types.SortName, *types.TypeName, *types.Process:
		c.info.Uses[x] = obj
		c.resolve(obj)
		return qualifier{obj: obj}, true
	case *types.Instance:
		c.info.Uses[x] = obj
		c.resolve(obj)
		return qualifier{obj, []*types.Instance{obj}, false}, true
	}
	return qualifier{}, false
}

func (c *checker) selectQualifier(x *ast.Select) (qualifier, bool) {
	q, ok := c.qualifier(x.X)
	if !ok || q.obj == nil || x.Sel == nil {
		return qualifier{}, ok && q.obj == nil
	}
	switch obj := memberOf(q.obj, x.Sel.Name).(type) {
	case *types.SortName, *types.TypeName, *types.Process:
		c.info.Uses[x] = obj
		c.resolve(obj)
		return qualifier{obj, q.path, false}, true
	case *types.Instance:
		c.info.Uses[x] = obj
		c.resolve(obj)
		return qualifier{obj, append(q.path[:len(q.path):len(q.path)], obj), false}, true
	}
	return qualifier{}, false
}

// memberOf returns the member called name of a module or instance.
func memberOf(obj types.Object, name string) types.Object {
	switch obj := obj.(type) {
	case *types.Module:
		return obj.Members[name]
	case *types.Instance:
		if obj.Machine != nil {
			return obj.Machine.Members[name]
		}
	}
	return nil
}

func (c *checker) qualified(e *ast.Select, q qualifier, want types.Type) types.Type {
	switch obj := q.obj.(type) {
	case nil:
		return types.Invalid
	case *types.SortName:
		return through(c.sortElem(e, obj), q.path)
	case *types.TypeName:
		return c.qualifiedVariant(e, obj, q.path, want)
	case *types.Process:
		return through(c.processVar(e, obj, q), q.path)
	case *types.Instance:
		if obj.Machine == nil {
			return types.Invalid
		}
		return c.memberValue(e, obj.Machine, obj.Machine.Members, q.path, want)
	case *types.Module:
		return c.memberValue(e, obj, obj.Members, nil, want)
	}
	return types.Invalid
}

// memberValue is `m.x` and `l.x`: a value of another module or machine, or a
// variant of one of its enums.
func (c *checker) memberValue(e *ast.Select, owner types.Object, members map[string]types.Object, path []*types.Instance, want types.Type) types.Type {
	if obj := members[e.Sel.Name]; obj != nil {
		if !isValue(obj) {
			c.errNotValue(e, obj)
			return types.Invalid
		}
		return c.use(e, obj, path)
	}
	vs := c.variants[owner][e.Sel.Name]
	switch len(vs) {
	case 0:
		c.errNoMember(e.Sel, exprText(e.X), append(memberNames(members), sortedKeys(c.variants[owner])...))
		return types.Invalid
	case 1:
		return c.variantValue(e, vs[0], path, want)
	}
	if v := c.variantOf(want, e.Sel.Name); v != nil {
		return c.variantValue(e, v, path, want)
	}
	c.errAmbiguous(e, vs)
	return types.Invalid
}

func (c *checker) qualifiedVariant(e *ast.Select, obj *types.TypeName, path []*types.Instance, want types.Type) types.Type {
	v := c.variantNamed(obj, e.Sel.Name)
	if v == nil {
		var names []string
		for _, v := range obj.Variants {
			names = append(names, v.Name())
		}
		c.errNoMember(e.Sel, obj.Name(), names)
		return types.Invalid
	}
	if len(path) > 0 {
		c.info.Paths[e] = path
	}
	return c.variantValue(e, v, path, want)
}

// sortElem is `RM.1`.
func (c *checker) sortElem(e *ast.Select, obj *types.SortName) types.Type {
	n, err := strconv.Atoi(e.Sel.Name)
	if err != nil || n < 1 {
		c.errNoMember(e.Sel, "sort "+obj.Name(), nil)
		return types.Invalid
	}
	if !c.inModel {
		c.errSortElem(e, obj)
		return types.Invalid
	}
	c.info.SortElems[e] = n - 1
	return obj.T
}

// field is `X.Sel` where X is a value.
func (c *checker) field(e *ast.Select) types.Type {
	t := c.expr(e.X, nil)
	switch u := under(t).(type) {
	case *types.Named:
		for _, f := range u.Obj.Fields {
			if f.Name() == e.Sel.Name {
				c.info.Fields[e] = f
				return fieldType(u, f)
			}
		}
		c.errNoField(e, t, fieldNames(u.Obj))
	case *types.Option:
		if e.Sel.Name == OptionValue.Name() {
			c.info.Fields[e] = OptionValue
			return u.Elem
		}
		c.errNoField(e, t, []string{OptionValue.Name()})
	case *types.Tuple:
		if n, err := strconv.Atoi(e.Sel.Name); err == nil && n >= 0 && n < len(u.Elems) {
			c.info.Fields[e] = &types.Field{Base: types.Base{Ident: e.Sel.Name, T: u.Elems[n]}, Index: n}
			return u.Elems[n]
		}
		c.errNoField(e, t, nil)
	case types.Basic:
		if u != types.Invalid {
			c.errNoField(e, t, nil)
		}
	default:
		c.errNoField(e, t, nil)
	}
	return types.Invalid
}

func fieldNames(obj *types.TypeName) []string {
	var names []string
	for _, f := range obj.Fields {
		names = append(names, f.Name())
	}
	return names
}
