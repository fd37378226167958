package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// scenario lowers a run that must be possible. Names that are not declared
// are its free variables; `let` names stand for their values.
func (s *scope) scenario(obj *types.Scenario) *ir.ScenarioRun {
	b := s.b
	run := &ir.ScenarioRun{Refuse: obj.Decl.Refuse}
	for _, free := range obj.Free {
		t := s.typ(free.Type())
		if t != b.invalid && !finite(t) { // every value is tried
			b.infinite(free, t)
		}
		run.Free = append(run.Free, s.bindObj(free, t))
	}
	s.lets = map[*types.Local]ast.Expr{}
	for _, st := range obj.Decl.Steps {
		switch st := st.(type) {
		case *ast.LetStmt:
			if l, ok := b.info.Defs[st.Name].(*types.Local); ok {
				s.scenarioLet(st, l)
			}
		case *ast.Expect:
			run.Steps = append(run.Steps, ir.ScenarioStep{Expect: s.condition(st.Cond), Span: st.Span()})
		case *ast.CallStmt:
			if step, ok := s.scenarioStep(st); ok {
				run.Steps = append(run.Steps, step)
			}
		default:
			b.missing(st, "meaning here")
		}
	}
	return run
}

// scenarioLet names a value, which must be the same in every state.
func (s *scope) scenarioLet(st *ast.LetStmt, l *types.Local) {
	reads := false
	ir.Walk(s.expr(st.Value, nil), func(t ir.Tree) bool {
		_, v := t.(*ir.VarRef)
		reads = reads || v
		return !reads
	})
	if reads {
		s.b.scenarioLetReads(st)
	}
	s.lets[l] = st.Value
}

func (s *scope) scenarioStep(st *ast.CallStmt) (ir.ScenarioStep, bool) {
	a := s.stepNamed(st.Call.Fun)
	if a == nil {
		return ir.ScenarioStep{}, false
	}
	step := ir.ScenarioStep{Action: a, Span: st.Span()}
	for i, arg := range st.Call.Args {
		if i < len(a.Params) {
			step.Args = append(step.Args, s.expr(arg.Value, a.Params[i].Local.Type))
		}
	}
	return step, true
}

// stepNamed returns the action or joint step that e names, nil if it is none.
func (s *scope) stepNamed(e ast.Expr) *ir.Action {
	b := s.b
	in, obj := s.resolve(e)
	if y, ok := obj.(*types.Sync); ok {
		return b.joints[joint{in, y.Decl}]
	}
	r := b.info.Actions[e]
	if r == nil || r.Action == nil {
		b.missing(e, "action")
		return nil
	}
	a := b.actions[key{s.in.at(r.Path), r.Action}]
	if a == nil {
		b.notAStep(e, textOf(r.Path, r.Action.Name()))
	}
	return a
}
