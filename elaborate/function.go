package elaborate

import (
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// funcKey is a function with type arguments, as text.
type funcKey struct {
	key
	args string
}

// function is an instance of a function, with the variables that it reads:
// they are its first parameters, since functions of ir are pure.
type function struct {
	ir    *ir.Func
	state []*ir.Var
}

// maxNesting is how deep calls are put in the place of one another; each may
// occur several times in the one before.
const maxNesting = 12

// callFunc lowers a call. A function of one expression that reads variables
// and does not recurse stands for its expression, so that what is read stays
// visible path by path.
func (s *scope) callFunc(e *ast.Call, in *instance, obj *types.Function) ir.Expr {
	b := s.b
	targs := map[string]*ir.Type{}
	for i, t := range b.info.Inst[e] {
		if i < len(obj.Params) {
			targs[obj.Params[i].Name] = s.typ(t)
		}
	}
	if len(e.Args) != len(obj.Args) {
		b.missing(e, "arguments")
		return b.bad(e.Span())
	}
	if value := b.funcValue(in, obj); value != nil && obj.Decl.Decreases == nil && len(b.inlining) < maxNesting &&
		len(b.readsOf(in, obj)) > 0 {
		return s.expand(e, in, obj, targs, value)
	}
	f := b.function(in, obj, targs)
	if f == nil {
		b.externCalled(e, obj)
		return b.bad(e.Span())
	}
	var args []ir.Expr
	for _, v := range f.state {
		args = append(args, s.readVar(v, e.Span()))
	}
	inner := b.scope(in)
	inner.targs = targs
	var lets []*ir.Let
	for i, a := range e.Args {
		x := s.expr(a.Value, f.ir.Params[len(f.state)+i].Type)
		if anyRefinement(obj.Args[i:]) { // which may be about this argument
			x, lets = inner.argument(obj.Args[i], x, lets)
		}
		args = append(args, x)
	}
	return within(lets, &ir.Call{Node: node(f.ir.Result, e.Span()), Func: f.ir, Args: args})
}

// argument checks an argument against the type of its parameter, and gives it
// the parameter's name for the types of later ones, by one more let or as the
// name that it is.
func (s *scope) argument(obj *types.Local, x ir.Expr, lets []*ir.Let) (ir.Expr, []*ir.Let) {
	x = s.stored(obj.Type(), x)
	if l, ok := x.(*ir.LocalRef); ok && l.Local.Type == x.Type() {
		s.locals[obj] = l.Local
		return x, lets
	}
	l := s.bindObj(obj, x.Type())
	return ref(l, x.Span()), append(lets, &ir.Let{Node: node(nil, x.Span()), Local: l, Value: x})
}

func anyRefinement(args []*types.Local) bool {
	return slices.ContainsFunc(args, func(a *types.Local) bool { return hasRefinement(a.Type()) })
}

// within puts lets around an expression, the first one outermost.
func within(lets []*ir.Let, x ir.Expr) ir.Expr {
	for i := len(lets) - 1; i >= 0; i-- {
		l := lets[i]
		l.T, l.Loc, l.Body = x.Type(), x.Span(), x
		x = l
	}
	return x
}

// funcValue returns the expression that a function is, under the mutations of
// the model; nil if it has a block or no body.
func (b *builder) funcValue(in *instance, obj *types.Function) ast.Expr {
	if m := b.mutations[key{in, obj}]; m != nil && m.Value != nil {
		return m.Value
	}
	return obj.Decl.Value
}

// readsOf returns the variables that a function reads, directly or through
// functions that it calls, in the order of System.Vars.
func (b *builder) readsOf(in *instance, obj *types.Function) []*ir.Var {
	if known, ok := b.reads[key{in, obj}]; ok {
		return known
	}
	found := map[*ir.Var]bool{}
	b.collectReads(in, obj, found, map[key]bool{})
	var out []*ir.Var
	for _, v := range b.sys.Vars {
		if found[v] {
			out = append(out, v)
		}
	}
	if len(b.sys.Vars) > 0 {
		b.reads[key{in, obj}] = out
	}
	return out
}

func (b *builder) collectReads(in *instance, obj *types.Function, found map[*ir.Var]bool, seen map[key]bool) {
	if seen[key{in, obj}] {
		return
	}
	seen[key{in, obj}] = true
	s := b.scope(in)
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AtLabel:
			if p, _ := s.processNamed(n.X, b.info.Paths[n]); p != nil {
				found[p.pc] = true
			}
		case ast.Expr:
			s.readBy(n, found, seen)
		}
		return true
	}
	ast.Walk(obj.Decl, visit)
	if value := b.funcValue(in, obj); value != nil {
		ast.Walk(value, visit)
	}
}

// readBy adds what e reads itself, if it is a name.
func (s *scope) readBy(e ast.Expr, found map[*ir.Var]bool, seen map[key]bool) {
	switch e.(type) {
	case *ast.Name, *ast.Select:
	default:
		return
	}
	in, obj := s.resolve(e)
	switch obj := obj.(type) {
	case *types.Var, *types.ProcessVar:
		if v := s.b.vars[key{in, obj}]; v != nil {
			found[v] = true
		}
	case *types.Function:
		s.b.collectReads(in, obj, found, seen)
	}
}

// expand puts the expression of a function in the place of its call.
func (s *scope) expand(e *ast.Call, in *instance, obj *types.Function, targs map[string]*ir.Type, value ast.Expr) ir.Expr {
	b := s.b
	if !b.enter(obj) {
		b.missing(e, "end of calls")
		return b.bad(e.Span())
	}
	defer b.leave()
	inner := b.scope(in)
	inner.targs, inner.old, inner.state = targs, s.old, s.state
	var lets []*ir.Let
	for i, a := range e.Args {
		_, lets = inner.argument(obj.Args[i], s.expr(a.Value, inner.typ(obj.Args[i].Type())), lets)
	}
	x := inner.stored(obj.Type(), inner.expr(value, inner.typ(obj.Type())))
	return within(lets, x)
}

// enter notes that obj is being put in the place of a call; it fails if that
// would never end.
func (b *builder) enter(obj types.Object) bool {
	for _, o := range b.inlining {
		if o == obj {
			return false
		}
	}
	b.inlining = append(b.inlining, obj)
	return true
}

func (b *builder) leave() { b.inlining = b.inlining[:len(b.inlining)-1] }

// function returns the instance of a function for the given type arguments,
// or nil if it has no body.
func (b *builder) function(in *instance, obj *types.Function, targs map[string]*ir.Type) *function {
	value := b.funcValue(in, obj)
	if value == nil && obj.Decl.Body == nil && b.theory == nil {
		return nil
	}
	suffix := ""
	for _, p := range obj.Params {
		if t := targs[p.Name]; t != nil {
			suffix += "_" + identifier(t.String())
		}
	}
	k := funcKey{key{in, obj}, suffix}
	if f := b.funcs[k]; f != nil {
		return f
	}
	f := &function{state: b.readsOf(in, obj)}
	b.funcs[k] = f
	s := b.scope(in)
	s.targs = targs
	f.ir = &ir.Func{Name: b.unique(in.prefix+obj.Name()+suffix, obj), Result: s.typ(obj.Type()), Doc: obj.Decl.Doc, Span: obj.Decl.Span()}
	b.sys.Funcs = append(b.sys.Funcs, f.ir)
	s.state = map[*ir.Var]*ir.Local{}
	for _, v := range f.state {
		l := &ir.Local{Name: v.Name, Type: v.Type, Span: v.Span}
		s.state[v] = l
		f.ir.Params = append(f.ir.Params, l)
	}
	for _, a := range obj.Args {
		f.ir.Params = append(f.ir.Params, s.bindObj(a, s.typ(a.Type())))
	}
	s.funcBody(f.ir, obj, value)
	return f
}

func (s *scope) funcBody(f *ir.Func, obj *types.Function, value ast.Expr) {
	d := obj.Decl
	if value != nil {
		f.Value = s.stored(obj.Type(), s.expr(value, f.Result))
	} else if d.Body != nil {
		f.Body = (&flow{s: s, result: obj.Type()}).plain(d.Body.Stmts)
	}
	for _, r := range d.Requires {
		f.Requires = append(f.Requires, &ir.Clause{Cond: s.condition(r), Span: r.Span()})
	}
	if d.Decreases != nil {
		f.Decreases = s.expr(d.Decreases, nil)
	}
	if obj.Result != nil && len(d.Ensures) > 0 {
		f.ResultLocal = s.bindObj(obj.Result, f.Result)
		for _, e := range d.Ensures {
			f.Ensures = append(f.Ensures, &ir.Clause{Cond: s.condition(e), Span: e.Span()})
		}
	}
}

// textOf is how an action or function is called in messages.
func textOf(path []*types.Instance, name string) string {
	var text strings.Builder
	for _, u := range path {
		text.WriteString(u.Name() + ".")
	}
	return text.String() + name
}
