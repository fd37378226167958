package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// call is a call of a function or builtin, or a value of a struct or variant.
func (c *checker) call(e *ast.Call, want types.Type) types.Type {
	obj, path, ok := c.callee(e.Fun, want)
	if !ok {
		c.argsAnyhow(e)
		return types.Invalid
	}
	if len(path) > 0 {
		c.info.Paths[e.Fun] = path
	}
	c.info.Uses[e.Fun] = obj
	if !c.resolve(obj) {
		if _, isType := obj.(*types.TypeName); isType {
			return types.Invalid
		}
	}
	switch obj := obj.(type) {
	case *types.Function:
		return c.callFunction(e, obj, path, want)
	case *types.TypeName:
		if _, isStruct := obj.Decl.(*ast.Struct); isStruct {
			t := c.construct(e, obj, obj, obj.Fields, path, want)
			return t
		}
	case *types.Variant:
		c.resolve(obj.Enum)
		return c.construct(e, obj.Enum, obj, obj.Fields, path, want)
	case *types.Builtin:
		if t, ok := c.callBuiltin(e, obj, want); ok {
			return t
		}
	}
	c.errNotCallable(e.Fun, kindOf(obj), "")
	c.argsAnyhow(e)
	return types.Invalid
}

// argsAnyhow checks the arguments of a call that means nothing, so that what
// is wrong inside them is said at once.
func (c *checker) argsAnyhow(e *ast.Call) {
	for _, a := range e.Args {
		if !c.needy(a.Value) {
			c.expr(a.Value, nil)
		}
	}
}

// callee finds what is called; not ok if it is unknown, which is reported.
func (c *checker) callee(fun ast.Expr, want types.Type) (types.Object, []*types.Instance, bool) {
	switch fun := fun.(type) {
	case *ast.Name:
		obj := c.calleeName(fun, want)
		return obj, nil, obj != nil
	case *ast.Select:
		if fun.Sel == nil {
			return nil, nil, false
		}
		if q, ok := c.qualifier(fun.X); ok {
			obj := c.calleeMember(fun, q)
			return obj, q.path, obj != nil
		}
		if t := c.expr(fun.X, nil); t != types.Invalid {
			c.errNotCallable(fun, "a field", methodHelp(t, fun.X, fun.Sel.Name))
		}
		return nil, nil, false
	case *ast.Paren:
		return c.callee(fun.X, want)
	}
	if c.expr(fun, nil) != types.Invalid {
		c.errNotCallable(fun, "a value", "")
	}
	return nil, nil, false
}

func (c *checker) calleeName(fun *ast.Name, want types.Type) types.Object {
	if b := builtins[fun.Name]; b != nil && callable(b) && !callable(c.lookup(fun.Name)) {
		return b // a variable may be called count and the builtin still be called
	}
	if obj := c.scope.find(fun.Name); obj != nil {
		return obj
	}
	if v := c.variantOf(want, fun.Name); v != nil {
		return v
	}
	obj := c.lookup(fun.Name)
	if obj != nil && callable(obj) {
		return obj
	}
	vs := c.variantsNamed(fun.Name)
	switch {
	case len(vs) == 1:
		return vs[0]
	case len(vs) > 1:
		c.errAmbiguous(fun, vs)
	case obj != nil:
		return obj
	case !c.brokenImport(fun.Name):
		c.errUnknown(fun.Span(), fun.Name, c.unknownHelp(fun.Name))
	}
	return nil
}

func callable(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Function:
		return true
	case *types.TypeName:
		_, isStruct := obj.Decl.(*ast.Struct)
		return isStruct
	case *types.Builtin:
		_, basic := basics[obj.Ident]
		return !basic && obj.Ident != "none"
	}
	return false
}

func (c *checker) calleeMember(fun *ast.Select, q qualifier) types.Object {
	var owner types.Object
	var members map[string]types.Object
	switch obj := q.obj.(type) {
	case nil:
		return nil
	case *types.TypeName:
		if v := c.variantNamed(obj, fun.Sel.Name); v != nil {
			return v
		}
		c.errNoMember(fun.Sel, obj.Name(), nil)
		return nil
	case *types.Module:
		owner, members = obj, obj.Members
	case *types.Instance:
		if obj.Machine == nil {
			return nil
		}
		owner, members = obj.Machine, obj.Machine.Members
	default:
		c.errNotCallable(fun, kindOf(q.obj), "")
		return nil
	}
	if obj := members[fun.Sel.Name]; obj != nil {
		return obj
	}
	if vs := c.variants[owner][fun.Sel.Name]; len(vs) > 0 {
		return vs[0]
	}
	c.errNoMember(fun.Sel, exprText(fun.X), append(memberNames(members), sortedKeys(c.variants[owner])...))
	return nil
}

// construct is `S(a: 1, b: 2)` or `B(x)`: a value of a struct or variant.
func (c *checker) construct(e *ast.Call, named *types.TypeName, what types.Object, fields []*types.Field, path []*types.Instance, want types.Type) types.Type {
	args := c.fieldArgs(e, what, fields)
	in := &inference{params: named.Params}
	if n, ok := under(want).(*types.Named); ok && n.Obj == named {
		in.given = binding(named.Params, n.Args)
		if len(path) == 0 {
			path = n.Via // a variant of the expected enum needs no qualifier
		}
	}
	formal := make([]types.Type, len(fields))
	for i, f := range fields {
		formal[i] = through(f.T, path)
	}
	c.inferArgs(in, args, formal, func(i int) string { return "field " + fieldLabel(fields[i]) + " of " + what.Name() })
	t := through(&types.Named{Obj: named, Args: in.types()}, path)
	if !in.complete() {
		if !in.failed {
			c.errCannotInfer(e, t)
		}
		return types.Invalid
	}
	c.meetBounds(e, in, what)
	return t
}

func fieldLabel(f *types.Field) string {
	if f.Name() == "" {
		return "_"
	}
	return f.Name()
}

// fieldArgs puts arguments in the order of the fields; nil stands for one
// that is missing, which is reported.
func (c *checker) fieldArgs(e *ast.Call, what types.Object, fields []*types.Field) []ast.Expr {
	out := make([]ast.Expr, len(fields))
	named := false
	for i, a := range e.Args {
		if a.Name == nil {
			if i < len(out) {
				out[i] = a.Value
			}
			continue
		}
		named = true
		c.namedArg(a, what, fields, out)
	}
	if !named && len(e.Args) != len(fields) {
		c.errArgCount(e.Span(), what.Name(), len(fields), len(e.Args), what)
		return out
	}
	if named {
		var missing []string
		for i, f := range fields {
			if out[i] == nil {
				missing = append(missing, f.Name())
			}
		}
		if len(missing) > 0 {
			c.errMissingFields(e, what, missing)
		}
	}
	return out
}

func (c *checker) namedArg(a ast.Arg, what types.Object, fields []*types.Field, out []ast.Expr) {
	for i, f := range fields {
		if f.Name() != a.Name.Name {
			continue
		}
		if out[i] != nil {
			c.errDuplicate(a.Name.Name, a.Name.Span(), out[i].Span())
			return
		}
		out[i] = a.Value
		return
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name())
	}
	c.errNoMember(a.Name, what.Name(), names)
}

func (c *checker) callFunction(e *ast.Call, fn *types.Function, path []*types.Instance, want types.Type) types.Type {
	for _, a := range e.Args {
		if a.Name != nil {
			c.errNamedArg(a.Name, fn)
		}
	}
	if len(e.Args) != len(fn.Args) {
		c.errArgCount(e.Span(), fn.Name(), len(fn.Args), len(e.Args), fn)
		c.argsAnyhow(e)
		if len(fn.Params) > 0 {
			return types.Invalid
		}
		return through(fn.T, path)
	}
	args, formal := make([]ast.Expr, len(e.Args)), make([]types.Type, len(e.Args))
	for i, a := range e.Args {
		args[i], formal[i] = a.Value, through(fn.Args[i].T, path)
	}
	in := &inference{params: fn.Params}
	c.inferArgs(in, args, formal, func(i int) string { return "argument " + fn.Args[i].Name() + " of " + fn.Name() })
	if !in.complete() && want != nil {
		in.unify(fn.T, want)
	}
	if !in.complete() {
		if !in.failed {
			c.errCannotInfer(e, through(substitute(fn.T, in.given), path))
		}
		return types.Invalid
	}
	if len(fn.Params) > 0 {
		c.info.Inst[e] = in.types()
		c.meetBounds(e, in, fn)
	}
	return through(substitute(fn.T, in.given), path)
}

// inferArgs checks arguments against the types that parameters are declared
// with, and finds out what the type parameters stand for. Arguments that
// cannot tell their own type come after those that can.
func (c *checker) inferArgs(in *inference, args []ast.Expr, formal []types.Type, what func(int) string) {
	for _, needy := range []bool{false, true} {
		for i, a := range args {
			if a == nil || c.needy(a) != needy {
				continue
			}
			hint := substitute(formal[i], in.given)
			if len(in.params) == 0 || !in.mentions(formal[i]) {
				c.check(a, hint, what(i))
				continue
			}
			if in.mentions(hint) {
				hint = nil
			}
			t := c.expr(a, hint)
			if hint == nil {
				t = c.asBag(a, t, formal[i])
			}
			known := substitute(formal[i], in.given)
			in.at = a
			if !in.unify(formal[i], t) {
				in.failed = true
				c.errDisagree(a, t, known, what(i), in.firstOf(formal[i]))
			}
		}
	}
}

// asBag gives `{a, b}` the type of a bag where one is expected of elements
// that nothing has told yet.
func (c *checker) asBag(e ast.Expr, t, formal types.Type) types.Type {
	_, literal := unparen(e).(*ast.SetLit)
	_, bag := under(formal).(*types.Bag)
	s, set := t.(*types.Set)
	if !literal || !bag || !set {
		return t
	}
	return c.expr(e, &types.Bag{Elem: s.Elem})
}

// inference is what type parameters are known to stand for.
type inference struct {
	params []*types.Param
	given  map[string]types.Type
	failed bool                // an argument does not fit, which is reported
	at     ast.Expr            // the argument being looked at
	first  map[string]ast.Expr // the argument that first gave a parameter its meaning
}

// firstOf is the argument before the present one that gave a parameter in
// formal its meaning, nil if none did.
func (in *inference) firstOf(formal types.Type) ast.Expr {
	var first ast.Expr
	var look func(types.Type) types.Type
	look = func(t types.Type) types.Type {
		if p, ok := t.(*types.Param); ok && first == nil && in.first[p.Name] != in.at {
			first = in.first[p.Name]
		}
		return types.Rebuild(t, look)
	}
	look(formal)
	return first
}

// meetBounds checks what the parameters stand for against their bounds.
func (c *checker) meetBounds(e *ast.Call, in *inference, what types.Object) {
	for _, p := range in.params {
		if lacks := c.lacks(in.given[p.Name], p.Bound); lacks != "" {
			at := ast.Expr(e)
			if in.first[p.Name] != nil {
				at = in.first[p.Name]
			}
			c.errBound(at.Span(), "an argument of "+what.Name(), in.given[p.Name], lacks)
		}
	}
}

// mentions reports whether t mentions a parameter that is still unknown.
func (in *inference) mentions(t types.Type) bool {
	found := false
	var look func(types.Type) types.Type
	look = func(t types.Type) types.Type {
		if p, ok := t.(*types.Param); ok {
			found = found || in.isParam(p.Name)
		}
		return types.Rebuild(t, look)
	}
	look(t)
	return found
}

func (in *inference) isParam(name string) bool {
	for _, p := range in.params {
		if p.Name == name {
			return true
		}
	}
	return false
}

// unify makes formal equal to actual by giving its parameters a meaning. It
// is false if that cannot be.
func (in *inference) unify(formal, actual types.Type) bool {
	if actual == types.Invalid {
		return true
	}
	if p, ok := formal.(*types.Param); ok && in.isParam(p.Name) {
		return in.give(p.Name, actual)
	}
	f, a := under(formal), under(actual)
	switch f := f.(type) {
	case *types.Option:
		a, ok := a.(*types.Option)
		return ok && in.unify(f.Elem, a.Elem)
	case *types.Set:
		a, ok := a.(*types.Set)
		return ok && in.unify(f.Elem, a.Elem)
	case *types.Bag:
		a, ok := a.(*types.Bag)
		return ok && in.unify(f.Elem, a.Elem)
	case *types.Seq:
		a, ok := a.(*types.Seq)
		return ok && in.unify(f.Elem, a.Elem)
	case *types.Func:
		a, ok := a.(*types.Func)
		return ok && in.unify(f.Key, a.Key) && in.unify(f.Elem, a.Elem)
	case *types.Map:
		a, ok := a.(*types.Map)
		return ok && in.unify(f.Key, a.Key) && in.unify(f.Elem, a.Elem)
	case *types.Tuple:
		a, ok := a.(*types.Tuple)
		return ok && in.unifyAll(f.Elems, a.Elems)
	case *types.Named:
		a, ok := a.(*types.Named)
		return ok && f.Obj == a.Obj && in.unifyAll(f.Args, a.Args)
	}
	return agree(f, a)
}

func (in *inference) unifyAll(fs, as []types.Type) bool {
	if len(fs) != len(as) {
		return false
	}
	for i := range fs {
		if !in.unify(fs[i], as[i]) {
			return false
		}
	}
	return true
}

func (in *inference) give(name string, t types.Type) bool {
	if linear, ok := t.(*types.Linear); ok {
		t = linear.Elem // a generic body treats its values as plain ones
	}
	old := in.given[name]
	if old != nil && !agree(old, t) {
		return false
	}
	if in.given == nil {
		in.given = map[string]types.Type{}
	}
	if in.first == nil {
		in.first = map[string]ast.Expr{}
	}
	if old == nil {
		in.first[name] = in.at
	}
	in.given[name] = join(old, t)
	return true
}

func (in *inference) complete() bool { return len(in.missing()) == 0 }

func (in *inference) missing() []string {
	var names []string
	for _, p := range in.params {
		if in.given[p.Name] == nil {
			names = append(names, p.Name)
		}
	}
	return names
}

func (in *inference) types() []types.Type {
	var ts []types.Type
	for _, p := range in.params {
		t := in.given[p.Name]
		if t == nil {
			t = types.Invalid
		}
		ts = append(ts, t)
	}
	return ts
}
