// Package verify says whether a System is well-formed: whether it is what
// every engine takes for granted.
//
// It runs after each pass in tests and after elaboration always. A fault is a
// bug of the pass, not of the spec that somebody wrote. It checks that
//
//   - types come from the System's table and match exactly on every node,
//     operators after the table of ir.Op.CheckTypes;
//   - locals are bound before use, each by one binder of a nest, and only
//     mutable ones are assigned;
//   - variables, constants, functions, actions and properties are the
//     System's own, stand at their index and have names of their own;
//   - every variable has a value on every path of Init, before it is read;
//   - expressions say no more than their place allows: no variables in
//     assumptions, no temporal operators in state predicates, no choices in
//     functions, which return on every path.
package verify

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Fault is one thing wrong with a System.
type Fault struct {
	Where string // "action Prepare"
	Span  source.Span
	Msg   string
}

func (f Fault) String() string { return f.Where + ": " + f.Msg }

// Faults are the faults of a System, in its order. They are an error.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return "ill-formed system: " + strings.Join(lines, "\n")
}

// System returns the Faults of sys, or nil if it is well-formed.
func System(sys *ir.System) error {
	v := &verifier{sys: sys, own: map[any]bool{}, checked: map[*ir.Type]bool{}}
	v.system()
	if len(v.faults) == 0 {
		return nil
	}
	return v.faults
}

type verifier struct {
	sys     *ir.System
	faults  Faults
	where   string
	own     map[any]bool // sorts, vars, constants, functions, actions, properties, named types
	checked map[*ir.Type]bool
}

func (v *verifier) fault(at source.Span, format string, args ...any) {
	v.faults = append(v.faults, Fault{v.where, at, fmt.Sprintf(format, args...)})
}

// names reports the second of two things of one kind and name.
func (v *verifier) names(kind string) func(name string, at source.Span) {
	seen := map[string]bool{}
	return func(name string, at source.Span) {
		v.where = kind + " " + name
		switch {
		case name == "":
			v.fault(at, "no name")
		case seen[name]:
			v.fault(at, "the name is taken")
		}
		seen[name] = true
	}
}

func (v *verifier) system() {
	sys := v.sys
	v.where = "system"
	if sys.Types == nil {
		v.fault(sys.Span, "no table of types")
		return
	}
	v.register()
	v.declarations()
	for _, f := range sys.Funcs {
		v.function(f)
	}
	v.initial()
	for _, a := range sys.Actions {
		v.action(a)
	}
	v.where = "terminal condition"
	if sys.Terminal != nil {
		v.condition(sys.Terminal, scope{place: statePlace})
	}
	v.where = "assumption"
	v.clauses(sys.Assumes, scope{place: constPlace})
	v.where = "bound"
	v.clauses(sys.Bounds, scope{place: statePlace})
	for _, p := range sys.Props {
		v.property(p)
	}
	v.where = "check"
	for _, c := range sys.Checks {
		if c.Prop == nil || !v.own[c.Prop] {
			v.fault(c.Span, "the property is not one of the system")
		}
	}
}

// register takes note of what belongs to the System.
func (v *verifier) register() {
	for _, s := range v.sys.Sorts {
		v.own[s] = true
	}
	for _, t := range v.sys.Named {
		v.own[t] = true
	}
	for _, c := range v.sys.Consts {
		v.own[c] = true
	}
	for _, f := range v.sys.Funcs {
		v.own[f] = true
	}
	for _, x := range v.sys.Vars {
		v.own[x] = true
	}
	for _, a := range v.sys.Actions {
		v.own[a] = true
	}
	for _, p := range v.sys.Props {
		v.own[p] = true
	}
}

func (v *verifier) declarations() {
	name := v.names("sort")
	for _, s := range v.sys.Sorts {
		name(s.Name, s.Span)
		elem := map[string]bool{}
		for _, e := range s.Elems {
			if elem[e] {
				v.fault(s.Span, "two elements are called %s", e)
			}
			elem[e] = true
		}
	}
	name = v.names("type")
	for _, t := range v.sys.Named {
		name(t.Name, v.sys.Span)
		v.typ(t, v.sys.Span)
	}
	name = v.names("constant")
	for _, c := range v.sys.Consts {
		name(c.Name, c.Span)
		v.value(c.Value, c.Type, c.Span)
	}
	name = v.names("variable")
	for i, x := range v.sys.Vars {
		name(x.Name, x.Span)
		v.typ(x.Type, x.Span)
		if x.Index != i {
			v.fault(x.Span, "expected index %d, found %d", i, x.Index)
		}
	}
	name = v.names("function")
	for _, f := range v.sys.Funcs {
		name(f.Name, f.Span)
	}
	name = v.names("action")
	for i, a := range v.sys.Actions {
		name(a.Name, a.Span)
		if a.Index != i {
			v.fault(a.Span, "expected index %d, found %d", i, a.Index)
		}
	}
	name = v.names("property")
	for _, p := range v.sys.Props {
		name(p.Name, p.Span)
	}
}

// typ checks a type in all depths, once.
func (v *verifier) typ(t *ir.Type, at source.Span) {
	if t == nil {
		v.fault(at, "no type")
		return
	}
	if v.checked[t] {
		return
	}
	v.checked[t] = true
	switch {
	case !v.sys.Types.Has(t):
		v.fault(at, "type %s is not of the system's table", t)
	case t.Kind == ir.RangeKind && t.Lo.Cmp(t.Hi) > 0:
		v.fault(at, "type %s has no values", t)
	case t.Kind == ir.SortKind && !v.own[t.Sort]:
		v.fault(at, "sort %s is not one of the system", t)
	case t.Kind == ir.FuncKind && !finite(t.Key):
		v.fault(at, "type %s has infinitely many keys", t)
	case t.Name != "" && (t.Kind == ir.SumKind || t.Kind == ir.StructKind) && !v.own[t]:
		v.fault(at, "type %s is not one of the system", t)
	}
	t.Parts(func(p *ir.Type) { v.typ(p, at) })
}

func finite(t *ir.Type) bool {
	_, ok := ir.Card(t)
	return ok
}

func (v *verifier) value(x ir.Value, t *ir.Type, at source.Span) {
	before := len(v.faults)
	v.typ(t, at)
	switch {
	case len(v.faults) > before || t == nil:
	case x == nil:
		v.fault(at, "no value")
	case !ir.Fits(x, t):
		v.fault(at, "expected a value of %s, found %s", t, ir.Format(x))
	}
}

func (v *verifier) clauses(cs []*ir.Clause, s scope) {
	for _, c := range cs {
		v.condition(c.Cond, s)
	}
}

func (v *verifier) property(p *ir.Property) {
	v.where = "property " + p.Name
	places := map[ir.PropKind]*place{ir.Invariant: statePlace, ir.Witness: statePlace, ir.Step: stepPlace,
		ir.Temporal: ltlPlace, ir.CTL: ctlPlace}
	switch place := places[p.Kind]; {
	case place != nil && p.Run != nil:
		v.fault(p.Span, "a run beside a formula")
	case place != nil:
		v.condition(p.Formula, scope{place: place})
	case p.Formula != nil:
		v.fault(p.Span, "expected no formula")
	case p.Kind == ir.Scenario && p.Run != nil:
		v.run(p)
	case p.Kind == ir.Scenario:
		v.fault(p.Span, "no run")
	case p.Kind == ir.Refines && p.Refines != nil:
		v.refinement(p)
	case p.Kind != ir.Deadlock && p.Kind != ir.Assertion && p.Kind != ir.Evaluation:
		v.fault(p.Span, "property of an unknown kind")
	}
}

// refinement checks that every variable of the abstract System has a value. That
// System is checked by itself.
func (v *verifier) refinement(p *ir.Property) {
	vars := p.Refines.Abstract.Vars
	if len(vars) != len(p.Refines.Map) {
		v.fault(p.Span, "a mapping of %d variables, expected %d", len(p.Refines.Map), len(vars))
		return
	}
	for i, e := range p.Refines.Map {
		v.expect(e, vars[i].Type, scope{place: statePlace})
	}
}

func (v *verifier) run(p *ir.Property) {
	s := scope{place: statePlace}
	for _, l := range p.Run.Free {
		s = v.bind(s, l, p.Span)
	}
	for _, st := range p.Run.Steps {
		switch {
		case st.Action == nil:
			v.condition(st.Expect, s)
		case !v.own[st.Action]:
			v.fault(st.Span, "action %s is not one of the system", st.Action.Name)
		default:
			v.arguments(st.Action, st.Args, s, st.Span)
		}
	}
}

// arguments checks what is given for the parameters of an action.
func (v *verifier) arguments(a *ir.Action, args []ir.Expr, s scope, at source.Span) {
	if len(args) != len(a.Params) {
		v.fault(at, "action %s: expected %d arguments, found %d", a.Name, len(a.Params), len(args))
		return
	}
	for i, e := range args {
		v.expect(e, a.Params[i].Local.Type, s)
	}
}
