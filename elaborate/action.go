package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// happens reports whether an action of an instance is a step by itself.
func (b *builder) happens(in *instance, a *types.Action) bool {
	return !b.joined[key{in, a}] && !a.Decl.Internal && !in.silent()
}

// silent reports whether in is, or is part of, an internal instance, whose
// steps do not happen by themselves.
func (in *instance) silent() bool {
	for ; in != nil; in = in.parent {
		if in.hidden {
			return true
		}
	}
	return false
}

// declareActions makes the actions without their parts, so that properties
// and fairness can speak of them.
func (b *builder) declareActions() {
	for _, in := range b.all {
		for _, d := range in.machine.Decl.Members {
			switch d := d.(type) {
			case *ast.Action:
				if obj, ok := b.info.Defs[d.Name].(*types.Action); ok && b.happens(in, obj) {
					b.actions[key{in, obj}] = b.newAction(in.prefix+obj.Name(), obj, d.Fair, d.Doc, d.Span(), obj.Span())
				}
			case *ast.Process:
				b.declareSteps(b.processAt(in, d))
			case *ast.Sync:
				b.declareJoint(in, d)
			}
		}
		for _, d := range in.machine.Decl.Members {
			if fair, ok := d.(*ast.FairAny); ok {
				b.fairAny(in, fair)
			}
		}
	}
}

func (b *builder) newAction(name string, obj types.Object, fair ast.Fairness, doc string, at, nameAt source.Span) *ir.Action {
	a := &ir.Action{Name: b.unique(name, obj), Fair: ir.Fairness(fair), Index: len(b.sys.Actions), Doc: doc, Span: at, NameSpan: nameAt}
	b.sys.Actions = append(b.sys.Actions, a)
	return a
}

// fairAny makes the fairness of an action that of the whole disjunction.
func (b *builder) fairAny(in *instance, d *ast.FairAny) {
	r := b.info.Actions[d.Action]
	if r == nil {
		b.missing(d.Action, "action")
		return
	}
	a := b.actions[key{in.at(r.Path), r.Action}]
	switch {
	case a == nil:
		b.notAStep(d.Action, textOf(r.Path, r.Action.Name()))
	case a.Fair != ir.Unfair:
		b.missing(d, "single fairness")
	default:
		a.Fair, a.FairAny = ir.Weak, true
		if d.Fair == ast.StrongFair {
			a.Fair = ir.Strong
		}
	}
}

// buildActions fills in parameters, guards and bodies.
func (b *builder) buildActions() {
	for _, in := range b.all {
		for _, d := range in.machine.Decl.Members {
			switch d := d.(type) {
			case *ast.Action:
				if obj, ok := b.info.Defs[d.Name].(*types.Action); ok && b.actions[key{in, obj}] != nil {
					b.buildAction(in, obj, b.actions[key{in, obj}])
				}
			case *ast.Process:
				b.buildSteps(b.processAt(in, d))
			case *ast.Sync:
				b.buildJoint(in, d)
			}
		}
	}
}

func (b *builder) buildAction(in *instance, obj *types.Action, a *ir.Action) {
	s := b.scope(in)
	for i, p := range obj.Decl.Params {
		if i < len(obj.Args) {
			a.Params = append(a.Params, s.param(p, obj.Args[i]))
			a.Guard = b.both(a.Guard, s.refinement(p, obj.Args[i]))
		}
	}
	b.inlining = append(b.inlining, obj)
	defer b.leave()
	a.Guard = b.both(a.Guard, s.condition(b.guardOf(in, obj)))
	a.Body = (&flow{s: s}).plain(b.bodyOf(in, obj).Stmts)
	b.hoist(a)
}

// param lowers a parameter of an action.
func (s *scope) param(p ast.Param, obj *types.Local) *ir.Param {
	b := s.b
	if p.In != nil {
		domain := s.expr(p.In, nil)
		return &ir.Param{Local: s.bindObj(obj, domain.Type().Elem), Domain: domain}
	}
	t := s.written(p.Type)
	if t != b.invalid && !finite(t) {
		b.infinite(p, t)
	}
	return &ir.Param{Local: s.bindObj(obj, t), Domain: b.universe(t, p.Span()), ByType: true}
}

// refinement returns the condition that the type of a parameter puts on it,
// nil if none.
func (s *scope) refinement(p ast.Param, obj *types.Local) ir.Expr {
	if p.Type == nil {
		return nil
	}
	return s.refined(s.b.info.Written[p.Type], ref(s.locals[obj], p.Span()))
}

// hoist moves the awaits that begin a body into the guard: nothing was
// written or bound before them.
func (b *builder) hoist(a *ir.Action) {
	for len(a.Body) > 0 {
		w, ok := a.Body[0].(*ir.AwaitStmt)
		if !ok {
			return
		}
		a.Guard = b.both(a.Guard, w.Cond)
		a.Body = a.Body[1:]
	}
}
