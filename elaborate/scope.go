package elaborate

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// scope is where an expression stands.
type scope struct {
	b      *builder
	in     *instance
	targs  map[string]*ir.Type        // of type parameters
	locals map[*types.Local]*ir.Local // what locals are called in ir
	// state has, in a function, the parameter that holds each variable that
	// it reads; functions of ir are pure.
	state map[*ir.Var]*ir.Local
	// lets has, in a scenario, what `let` names stand for.
	lets map[*types.Local]ast.Expr
	old  bool      // inside old( )
	self *ir.Local // in a process with instances
	step string    // in a process: the label of the step
}

// scope returns the scope of the members of an instance.
func (b *builder) scope(in *instance) *scope {
	return &scope{b: b, in: in, locals: map[*types.Local]*ir.Local{}}
}

// bind makes a local of ir for a declared name. A nil obj is `_`.
func (s *scope) bind(id *ast.Ident, t *ir.Type) *ir.Local {
	l := &ir.Local{Name: id.Name, Type: t, Span: id.Span()}
	if obj, ok := s.b.info.Defs[id].(*types.Local); ok {
		s.locals[obj] = l
	}
	return l
}

// bindObj makes a local of ir for a parameter.
func (s *scope) bindObj(obj *types.Local, t *ir.Type) *ir.Local {
	l := &ir.Local{Name: obj.Name(), Type: t, Span: obj.Span()}
	s.locals[obj] = l
	return l
}

// own returns the type that the checker gave e.
func (s *scope) own(e ast.Expr) *ir.Type {
	t, ok := s.b.info.Types[e]
	if !ok {
		s.b.missing(e, "type")
		return s.b.invalid
	}
	return s.typ(t)
}

// written returns the meaning of a written type.
func (s *scope) written(t ast.Type) *ir.Type {
	typ, ok := s.b.info.Written[t]
	if !ok {
		s.b.missing(t, "type")
		return s.b.invalid
	}
	return s.typ(typ)
}

// resolve returns what a Name or Select stands for, with its instance.
func (s *scope) resolve(e ast.Expr) (*instance, types.Object) {
	if p, ok := e.(*ast.Paren); ok {
		return s.resolve(p.X)
	}
	obj := s.b.info.Uses[e]
	if path := s.b.info.Paths[e]; len(path) > 0 {
		return s.in.at(path), obj
	}
	if sel, ok := e.(*ast.Select); ok {
		if in := s.instance(sel.X); in != nil {
			return in, obj
		}
	}
	if obj == nil {
		return s.in, nil
	}
	return s.b.home(s.in, obj), obj
}

// instance returns the instance of a machine that e names, nil if none.
func (s *scope) instance(e ast.Expr) *instance {
	switch e := e.(type) {
	case *ast.Paren:
		return s.instance(e.X)
	case *ast.Name, *ast.Select:
	default:
		return nil
	}
	in, obj := s.resolve(e)
	u, ok := obj.(*types.Instance)
	switch {
	case !ok:
		return nil
	case in.use == u:
		return in
	}
	return in.children[u]
}

func node(t *ir.Type, at source.Span) ir.Node { return ir.Node{T: t, Loc: at} }

func (b *builder) bad(at source.Span) ir.Expr {
	return &ir.Lit{Node: node(b.invalid, at), Value: ir.Bool(false)}
}

func (b *builder) boolean(v bool, at source.Span) ir.Expr {
	return &ir.Lit{Node: node(b.t.Bool(), at), Value: ir.Bool(v)}
}

func (b *builder) integer(n int64, at source.Span) ir.Expr {
	return &ir.Lit{Node: node(b.t.Int(), at), Value: ir.NewInt(n)}
}

func apply(op ir.Op, t *ir.Type, at source.Span, args ...ir.Expr) ir.Expr {
	return &ir.Apply{Node: node(t, at), Op: op, Args: args}
}

func ref(l *ir.Local, at source.Span) ir.Expr {
	return &ir.LocalRef{Node: node(l.Type, at), Local: l}
}

// universe returns the set of all values of t.
func (b *builder) universe(t *ir.Type, at source.Span) ir.Expr {
	if t == b.invalid {
		return b.bad(at)
	}
	return apply(ir.Universe, b.t.Set(t), at)
}

// both returns x && y, where either may be nil for true.
func (b *builder) both(x, y ir.Expr) ir.Expr {
	switch {
	case x == nil:
		return y
	case y == nil:
		return x
	}
	return apply(ir.And, b.t.Bool(), x.Span().Cover(y.Span()), x, y)
}

// readVar reads a variable, as it was before the step inside old( ).
func (s *scope) readVar(v *ir.Var, at source.Span) ir.Expr {
	if v == nil {
		return s.b.bad(at)
	}
	if l := s.state[v]; l != nil {
		return ref(l, at)
	}
	return &ir.VarRef{Node: node(v.Type, at), Var: v, Old: s.old}
}

// finite reports whether t has finitely many values.
func finite(t *ir.Type) bool {
	_, ok := ir.Card(t)
	return ok
}

func fits(n *big.Int, t *ir.Type) bool {
	return t.Kind == ir.IntKind || t.Kind == ir.RangeKind && t.Lo.Cmp(n) <= 0 && n.Cmp(t.Hi) <= 0
}
