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

// processOf lowers `P` or `P[a]` to the process and the instance of it.
func (s *scope) processOf(e ast.Expr) (*instance, *process, ir.Expr) {
	switch e := e.(type) {
	case *ast.Paren:
		return s.processOf(e.X)
	case *ast.Index:
		in, p, _ := s.processOf(e.X)
		if p == nil || p.self == nil {
			return in, p, nil
		}
		return in, p, s.expr(e.I, p.self)
	}
	in, obj := s.resolve(e)
	if obj, ok := obj.(*types.Process); ok {
		return in, s.b.processes[key{in, obj}], nil
	}
	return in, nil, nil
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
	_, p, who := s.processOf(e.X)
	if p == nil {
		s.b.missing(e.X, "process")
		return s.b.bad(e.Span())
	}
	if _, ok := p.index[e.Label.Name]; !ok {
		s.b.noSuchLabel(e, p)
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
	b := s.b
	r := b.info.Actions[e.Action]
	if r == nil {
		b.missing(e.Action, "action")
		return b.bad(e.Span())
	}
	a := b.actions[key{s.in.at(r.Path), r.Action}]
	if a == nil {
		b.notAStep(e.Action, textOf(r.Path, r.Action.Name()))
		return b.bad(e.Span())
	}
	in := b.scope(s.in.at(r.Path))
	x := &ir.ActionPred{Node: node(b.t.Bool(), e.Span()), Taken: e.Taken, Action: a, Any: e.NoArgs && len(r.Action.Args) > 0}
	for i, arg := range e.Args {
		if i < len(r.Action.Args) {
			x.Args = append(x.Args, s.expr(arg, in.typ(r.Action.Args[i].Type())))
		}
	}
	return x
}
