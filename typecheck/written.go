package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// written gives a written type its meaning.
func (c *checker) written(t ast.Type) types.Type {
	if t == nil {
		return types.Invalid
	}
	typ := c.writtenKind(t)
	if faulty(typ) {
		typ = types.Invalid
	}
	if what := c.copiesLinear(typ); what != "" {
		c.errLinearHolder(t, what)
		typ = types.Invalid
	}
	c.info.Written[t] = typ
	return typ
}

// copiesLinear names a collection of linear values that is only copied as a
// whole, "" for any other type.
func (c *checker) copiesLinear(typ types.Type) string {
	if !c.linear || !isLinear(typ) {
		return ""
	}
	switch u := typ.(type) {
	case *types.Seq:
		return "a sequence"
	case *types.Bag:
		return "a bag"
	case *types.Map:
		return "a map"
	case *types.Func:
		if isLinear(u.Key) {
			return "the key of a function"
		}
	case *types.Named:
		for _, f := range allFields(u.Obj) {
			if what := c.copiesLinear(fieldType(u, f)); what != "" {
				return "field " + fieldLabel(f) + " of " + u.String() + ": " + what
			}
		}
	}
	return ""
}

func (c *checker) writtenKind(t ast.Type) types.Type {
	switch t := t.(type) {
	case *ast.NamedType:
		return c.namedType(t)
	case *ast.RangeType:
		lo := c.constant(t.Lo, types.Int, "the lower end of a range")
		hi := c.constant(t.Hi, types.Int, "the upper end of a range")
		if lo && hi && c.rangeHolds(t) {
			return c.rangeOf(t.Lo, t.Hi)
		}
	case *ast.FuncType:
		key := c.written(t.Key)
		if ok, part := finite(key); !ok {
			c.errInfinite(t.Key.Span(), key, part, "write map[K]V for a function that is defined only somewhere")
		}
		return &types.Func{Key: key, Elem: c.written(t.Elem)}
	case *ast.MapType:
		return &types.Map{Key: c.written(t.Key), Elem: c.written(t.Elem)}
	case *ast.SeqType:
		if t.Max != nil && !c.constant(t.Max, types.Int, "the longest length of a sequence") {
			return &types.Seq{Elem: c.written(t.Elem)}
		}
		return c.seqOf(c.written(t.Elem), t.Max)
	case *ast.TupleType:
		elems := make([]types.Type, len(t.Elems))
		for i, e := range t.Elems {
			elems[i] = c.written(e)
		}
		return &types.Tuple{Elems: elems}
	case *ast.RefinedType:
		return c.refinedType(t)
	case *ast.LinearType:
		c.linear = true
		return &types.Linear{Elem: c.written(t.Elem)}
	}
	return types.Invalid
}

// rangeHolds reports whether a range has values, as far as its ends are
// literals.
func (c *checker) rangeHolds(t *ast.RangeType) bool {
	lo, hi := literalInt(t.Lo), literalInt(t.Hi)
	if lo != nil && hi != nil && lo.Cmp(hi) > 0 {
		c.errRangeEmpty(t, lo, hi)
		return false
	}
	return true
}

func (c *checker) refinedType(t *ast.RefinedType) types.Type {
	base := c.written(t.Base)
	c.scoped(func() {
		c.declare(t.Var, base, false)
		c.at(placeRefinement, func() { c.check(t.Pred, types.Bool, "a refinement") })
	})
	return &types.Refined{Base: base, Decl: t}
}

// constant checks an expression that a type mentions: of constants, and of
// names that cannot change, such as earlier parameters. It reports whether it
// is one.
func (c *checker) constant(e ast.Expr, want types.Type, what string) bool {
	ok := false
	c.at(&place{what: what, fixed: true, params: true}, func() {
		before := len(c.diags)
		c.check(e, want, what)
		ok = len(c.diags) == before
	})
	return ok
}

func (c *checker) namedType(t *ast.NamedType) types.Type {
	if t.Module == nil {
		for _, p := range c.params {
			if p.Name == t.Name.Name {
				c.typeArgs(t, p.Name, 0)
				return p
			}
		}
		if typ, ok := c.builtinType(t); ok {
			return typ
		}
		obj := c.lookup(t.Name.Name)
		if _, local := obj.(*types.Local); local || obj == nil {
			if obj == nil && c.brokenImport(t.Name.Name) {
				return types.Invalid
			}
			c.errNoType(t.Name, c.nearestType(t.Name.Name))
			return types.Invalid
		}
		return c.declaredType(t, obj, nil)
	}
	obj, path := c.qualifiedType(t)
	if obj == nil {
		return types.Invalid
	}
	return through(c.declaredType(t, obj, path), path)
}

// qualifiedType finds `m.T`, where m is an imported module or an instance.
func (c *checker) qualifiedType(t *ast.NamedType) (types.Object, []*types.Instance) {
	var members map[string]types.Object
	var path []*types.Instance
	switch owner := c.lookup(t.Module.Name).(type) {
	case *types.Module:
		members = owner.Members
	case *types.Instance:
		c.resolve(owner)
		if owner.Machine == nil {
			return nil, nil
		}
		members, path = owner.Machine.Members, []*types.Instance{owner}
	default:
		if !c.brokenImport(t.Module.Name) {
			c.errUnknown(t.Module.Span(), t.Module.Name, c.didYouMean(t.Module.Name))
		}
		return nil, nil
	}
	obj := members[t.Name.Name]
	if obj == nil {
		c.errNoMember(t.Name, t.Module.Name, memberNames(members))
	}
	return obj, path
}

func (c *checker) declaredType(t *ast.NamedType, obj types.Object, path []*types.Instance) types.Type {
	c.info.Named[t] = obj
	switch obj := obj.(type) {
	case *types.SortName:
		c.typeArgs(t, obj.Name(), 0)
		return obj.T
	case *types.TypeName:
		return c.instantiate(t, obj)
	case *types.Instance, *types.Module:
		c.errNotType(t.Name, obj)
		return types.Invalid
	}
	c.errNotType(t.Name, obj)
	return types.Invalid
}

// instantiate applies a declared type to its written arguments.
func (c *checker) instantiate(t *ast.NamedType, obj *types.TypeName) types.Type {
	if !c.header(obj) {
		c.errRecursiveType(t, obj)
		return types.Invalid
	}
	if !c.typeArgs(t, obj.Name(), len(obj.Params)+len(obj.Values)) {
		return types.Invalid
	}
	args, values, ok := c.arguments(t, obj)
	if !ok {
		return types.Invalid
	}
	if !c.resolve(obj) {
		c.errRecursiveType(t, obj)
		return types.Invalid
	}
	if _, alias := obj.Decl.(*ast.TypeDecl); alias {
		return c.closeType(substitute(obj.Alias, binding(obj.Params, args)), values)
	}
	return &types.Named{Obj: obj, Args: args}
}

// arguments checks the arguments of a declared type; not ok if a value is
// faulty.
func (c *checker) arguments(t *ast.NamedType, obj *types.TypeName) (args []types.Type, values map[*types.Local]ast.Expr, ok bool) {
	values, ok = map[*types.Local]ast.Expr{}, true
	for i, p := range declTypeParams(obj.Decl) {
		if bound, typ := c.typeParam(p); typ {
			arg := c.typeArg(t.Args[i])
			if lacks := c.lacks(arg, bound); lacks != "" {
				c.errBound(t.Span(), "an argument of "+obj.Name(), arg, lacks)
				ok = false
			}
			args = append(args, arg)
			continue
		}
		l := obj.Values[len(values)]
		v := c.valueArg(&t.Args[i])
		ok = ok && v != nil && c.constant(v, l.T, "an argument of "+obj.Name())
		values[l] = v
	}
	return args, values, ok
}

func (c *checker) typeArg(a ast.TypeArg) types.Type {
	if a.Type == nil {
		c.errArgKind(a.Value, "a type", exprText(a.Value))
		return types.Invalid
	}
	return c.written(a.Type)
}

// valueArg returns the expression that an argument is. A lone name parses as
// a type, so one is made of it that stands in no tree.
func (c *checker) valueArg(a *ast.TypeArg) ast.Expr {
	if a.Value != nil {
		return a.Value
	}
	n, ok := a.Type.(*ast.NamedType)
	if !ok || len(n.Args) > 0 {
		c.errArgKind(a.Type, "a value", "a type")
		return nil
	}
	name := &ast.Name{At: n.Name.At, Name: n.Name.Name}
	if n.Module == nil {
		return name
	}
	return &ast.Select{At: n.At, X: &ast.Name{At: n.Module.At, Name: n.Module.Name}, Sel: n.Name}
}

// typeArgs checks the number of arguments of a named type.
func (c *checker) typeArgs(t *ast.NamedType, name string, want int) bool {
	if len(t.Args) == want {
		return true
	}
	c.errTypeArgs(t, name, want, len(t.Args))
	return false
}

func (c *checker) builtinType(t *ast.NamedType) (types.Type, bool) {
	if b, ok := basics[t.Name.Name]; ok {
		c.typeArgs(t, t.Name.Name, 0)
		return b, true
	}
	if !slices.Contains(typeFormers, t.Name.Name) {
		return nil, false
	}
	if !c.typeArgs(t, t.Name.Name, 1) {
		return types.Invalid, true
	}
	elem := c.typeArg(t.Args[0])
	switch t.Name.Name {
	case "set":
		return &types.Set{Elem: elem}, true
	case "bag":
		return &types.Bag{Elem: elem}, true
	}
	return &types.Option{Elem: elem}, true
}

var basics = map[string]types.Basic{
	"bool": types.Bool, "int": types.Int, "string": types.String,
	"duration": types.Duration, "instant": types.Instant,
}

var typeFormers = []string{"bag", "option", "set"}

func (c *checker) nearestType(name string) string {
	var names []string
	for _, p := range c.params {
		names = append(names, p.Name)
	}
	add := func(members map[string]types.Object) {
		for _, n := range memberNames(members) {
			switch members[n].(type) {
			case *types.SortName, *types.TypeName:
				names = append(names, n)
			}
		}
	}
	if c.machine != nil {
		add(c.machine.Members)
	}
	add(c.mod.Members)
	names = append(append(names, sortedKeys(basics)...), typeFormers...)
	return nearest(name, names)
}
