package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// selfAt returns the instance whose step this is, nil in a single process.
func (s *scope) selfAt(at source.Span) ir.Expr {
	if s.self == nil {
		return nil
	}
	return ref(s.self, at)
}

func (s *scope) selfRef(e ast.Expr) ir.Expr { return s.selfAt(e.Span()) }

// processOf lowers `P` or `P[a]`, with the instances on the way if they are
// known from around it, to the process and the instance of it.
func (s *scope) processOf(e ast.Expr, path []*types.Instance) (*process, ir.Expr) {
	p, index := s.processNamed(e, path)
	if p == nil || p.self == nil || index == nil {
		return p, nil
	}
	return p, s.expr(index, p.self)
}

// processNamed finds the process of `P` or `P[a]`, and a.
func (s *scope) processNamed(e ast.Expr, path []*types.Instance) (*process, ast.Expr) {
	if len(path) == 0 {
		path = s.b.info.Paths[e]
	}
	switch e := e.(type) {
	case *ast.Paren:
		return s.processNamed(e.X, path)
	case *ast.Index:
		p, _ := s.processNamed(e.X, path)
		return p, e.I
	}
	in, obj := s.resolve(e)
	if len(path) > 0 {
		in = s.in.at(path)
	}
	if obj, ok := obj.(*types.Process); ok {
		return s.b.processes[key{in, obj}], nil
	}
	return nil, nil
}

// processVar reads a variable of instance who of a process.
func (s *scope) processVar(e ast.Expr, in *instance, obj *types.ProcessVar, who ir.Expr) ir.Expr {
	x := s.readVar(s.b.vars[key{in, obj}], e.Span())
	if who == nil || x.Type().Kind != ir.FuncKind {
		return x
	}
	return apply(ir.Get, x.Type().Elem, e.Span(), x, who)
}

// atLabel lowers `P[a]@label`.
func (s *scope) atLabel(e *ast.AtLabel) ir.Expr {
	p, who := s.processOf(e.X, s.b.info.Paths[e])
	if p == nil {
		s.b.missing(e.X, "process")
		return s.b.bad(e.Span())
	}
	if _, ok := p.index[e.Label.Name]; !ok {
		s.b.missing(e, "label")
		return s.b.bad(e.Span())
	}
	return s.atStep(p, who, e.Label.Name, e.Span())
}

// atStep says that instance who of p is at a label.
func (s *scope) atStep(p *process, who ir.Expr, label string, at source.Span) ir.Expr {
	b := s.b
	pc := s.readVar(p.pc, at)
	if pc.Type() == b.invalid || p.self != nil && who == nil {
		return b.bad(at)
	}
	if p.self != nil {
		pc = apply(ir.Get, p.labels, at, pc, who)
	}
	return apply(ir.Eq, b.t.Bool(), at, pc, &ir.Make{Node: node(p.labels, at), Variant: p.index[label]})
}

// actionPred lowers `enabled(A(x))` and `taken(A(x))`.
func (s *scope) actionPred(e *ast.ActionPred) ir.Expr {
	a := s.stepNamed(e.Action)
	if a == nil {
		return s.b.bad(e.Span())
	}
	x := &ir.ActionPred{Node: node(s.b.t.Bool(), e.Span()), Taken: e.Taken, Action: a, Any: e.NoArgs && len(a.Params) > 0}
	for i, arg := range e.Args {
		if i < len(a.Params) {
			x.Args = append(x.Args, s.expr(arg, a.Params[i].Local.Type))
		}
	}
	return x
}
