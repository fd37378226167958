package explain

import (
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// mostInstances is how many choices of arguments of an action are looked at.
const mostInstances = 10_000

// stuck says of each action why it is not possible in state.
func stuck(sys *ir.System, state []ir.Value) []evidence.Blocked {
	out := make([]evidence.Blocked, len(sys.Actions))
	for i, a := range sys.Actions {
		out[i] = closest(a, state, nil).blocked()
	}
	return out
}

// closest looks for the arguments that come closest in a state, of given
// values those that are not nil.
func closest(a *ir.Action, state []ir.Value, given []ir.Value) *search {
	s := &search{action: a}
	s.instancesOf(spot{env: &eval.Env{State: state, Old: state}}, a.Params, given)
	return s
}

// search looks for the arguments of an action that satisfy most conjuncts of
// its guard, the first of them in canonical order.
type search struct {
	action *ir.Action
	seen   int
	passed int  // conjuncts that the closest arguments satisfy
	at     spot // the closest arguments; expr is what blocks, nil for the body
	empty  *ir.Param
	where  *eval.Env
	only   ir.Expr // nil, or the one conjunct that counts
}

// instancesOf tries the values of the parameters that are left; of given
// values, those that are not nil are the only ones tried.
func (s *search) instancesOf(at spot, rest []*ir.Param, given []ir.Value) {
	if s.seen >= mostInstances {
		return
	}
	if len(rest) == 0 {
		s.instance(at)
		return
	}
	elems := elements(rest[0].Domain, at.env)
	if len(elems) == 0 && s.empty == nil {
		s.empty, s.where = rest[0], at.env
	}
	var want ir.Value
	if len(given) > 0 {
		want, given = given[0], given[1:]
	}
	for _, v := range elems {
		if want == nil || ir.Equal(v, want) {
			s.instancesOf(at.bind(rest[0].Local, v), rest[1:], given)
		}
	}
}

func (s *search) instance(at spot) {
	passed := 0
	var blocks ir.Expr
	for _, c := range s.conditions() {
		if !truth(c, at.env, true) {
			blocks = c
			break
		}
		passed++
	}
	if s.seen == 0 || passed > s.passed {
		s.passed, s.at = passed, at.at(blocks)
	}
	s.seen++
}

// conditions are the conjuncts of the guard, then of the awaits with which
// the body begins.
func (s *search) conditions() []ir.Expr {
	if s.only != nil {
		return []ir.Expr{s.only}
	}
	conds := ir.Conjuncts(s.action.Guard)
	for _, st := range s.action.Body {
		await, ok := st.(*ir.AwaitStmt)
		if !ok {
			break
		}
		conds = append(conds, ir.Conjuncts(await.Cond)...)
	}
	return conds
}

func (s *search) blocked() evidence.Blocked {
	b := evidence.Blocked{Action: s.action, Closest: s.seen > 1}
	if s.seen == 0 {
		b.Reason = "no arguments"
		if s.empty != nil {
			b.Reason = "no value for " + s.empty.Local.Name + values(atom{s.empty.Domain, s.where}, ": ")
		}
		return b
	}
	for _, x := range s.at.bound {
		b.Args = append(b.Args, evidence.Binding{Local: x.local, Value: x.value})
	}
	if s.at.expr == nil {
		b.Reason = "its guard holds, but its body blocks: every way through it meets an await that is false or a pick without a value"
		return b
	}
	b.Expr = narrow(s.at.expr, s.at.env).expr
	var reads []string
	for _, a := range collect(s.at.expr, s.at.env, false).atoms {
		if t := values(a, ""); t != "" {
			reads = append(reads, t)
		}
	}
	b.Reason = strings.Join(reads, ", ")
	return b
}

// values writes the places that an atom reads with their values.
func values(a atom, before string) string {
	var parts []string
	for _, p := range places(a) {
		parts = append(parts, p.name()+" = "+p.shown())
	}
	if len(parts) == 0 {
		return ""
	}
	return before + strings.Join(parts, ", ")
}
