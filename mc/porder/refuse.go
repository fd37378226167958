package porder

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Figures says in words which figures a model expects that a reduction
// changes; "" if there are none.
func Figures(sys *ir.System) string {
	e := sys.Expect
	if e.States >= 0 || e.Generated >= 0 || e.Depth >= 0 {
		return "the model expects figures of the whole state space"
	}
	return ""
}

// refusal is why some property must be decided on all steps.
func refusal(sys *ir.System, props []*ir.Property) string {
	for _, p := range props {
		switch p.Kind {
		case ir.CTL:
			return fmt.Sprintf("%s speaks about branching, which a reduction does not keep", p.Label())
		case ir.Temporal:
			if why := linear(p.Formula); why != "" {
				return p.Label() + " " + why
			}
			for _, a := range sys.Actions {
				if a.Fair != ir.Unfair {
					return fmt.Sprintf("%s rests on fairness, which speaks about every action", p.Label())
				}
			}
		}
	}
	return ""
}

// linear says what in a formula of linear time can tell runs apart that differ
// only in how long they rest.
func linear(e ir.Expr) string {
	why := ""
	ir.Walk(e, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Apply:
			switch t.Op {
			case ir.NextTime:
				why = "counts steps with next"
			case ir.Within:
				why = "measures time with within"
			}
		case *ir.ActionPred:
			if t.Taken {
				why = "asks which action is taken"
			}
		case *ir.VarRef:
			if t.Old {
				why = "asks what was before a step"
			}
		}
		return why == ""
	})
	return why
}

// statePredicates appends the largest parts of e that speak about one state.
func statePredicates(e ir.Expr, list []ir.Expr) []ir.Expr {
	temporal := false
	ir.Walk(e, func(t ir.Tree) bool {
		a, ok := t.(*ir.Apply)
		temporal = temporal || ok && ir.Ops[a.Op].Temporal
		return !temporal
	})
	if !temporal {
		return append(list, e)
	}
	switch e := e.(type) {
	case *ir.Apply:
		for _, x := range e.Args {
			list = statePredicates(x, list)
		}
	case *ir.Bind:
		list = append(list, e.Binders[0].Domain)
		if e.Cond != nil {
			list = append(list, e.Cond)
		}
		list = statePredicates(e.Body, list)
	case *ir.If:
		list = append(list, e.Cond)
		list = statePredicates(e.Else, statePredicates(e.Then, list))
	case *ir.Let:
		list = statePredicates(e.Body, append(list, e.Value))
	}
	return list
}

// idle reports whether a step property is true, for a reason that can be seen
// from how it is written, of every step that changes nothing.
func idle(e ir.Expr) bool {
	e = ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		switch e := e.(type) {
		case *ir.VarRef:
			if e.Old {
				return &ir.VarRef{Node: e.Node, Var: e.Var}
			}
		case *ir.ActionPred:
			if e.Taken {
				return truth(e, false) // of the steps that it does not name
			}
		case *ir.Apply:
			return simpler(e)
		case *ir.Bind:
			if e.Kind == ir.Forall && is(e.Body, true) {
				return truth(e, true)
			}
			if e.Kind == ir.Exists && is(e.Body, false) {
				return truth(e, false)
			}
		}
		return e
	})
	return is(e, true)
}

func truth(e ir.Expr, b bool) ir.Expr {
	return &ir.Lit{Node: ir.Node{T: e.Type(), Loc: e.Span()}, Value: ir.Bool(b)}
}

func is(e ir.Expr, b bool) bool {
	l, ok := e.(*ir.Lit)
	return ok && l.Value == ir.Bool(b)
}

// simpler is e where it is clear what it comes to.
func simpler(e *ir.Apply) ir.Expr {
	same := len(e.Args) == 2 && text(e.Args[0]) == text(e.Args[1])
	x := func(i int, b bool) bool { return is(e.Args[i], b) }
	switch e.Op {
	case ir.Eq, ir.Le, ir.Ge, ir.Iff, ir.Subset:
		if same {
			return truth(e, true)
		}
	case ir.Ne, ir.Lt, ir.Gt:
		if same {
			return truth(e, false)
		}
	case ir.Not:
		if x(0, true) || x(0, false) {
			return truth(e, x(0, false))
		}
	case ir.And:
		switch {
		case x(0, false) || x(1, false):
			return truth(e, false)
		case x(0, true):
			return e.Args[1]
		case x(1, true):
			return e.Args[0]
		}
	case ir.Or:
		switch {
		case x(0, true) || x(1, true):
			return truth(e, true)
		case x(0, false):
			return e.Args[1]
		case x(1, false):
			return e.Args[0]
		case opposite(e.Args[0], e.Args[1]):
			return truth(e, true)
		}
	case ir.Implies:
		if same || x(0, false) || x(1, true) {
			return truth(e, true)
		}
	}
	return e
}

func opposite(x, y ir.Expr) bool {
	no := func(x, y ir.Expr) bool {
		a, ok := x.(*ir.Apply)
		return ok && a.Op == ir.Not && text(a.Args[0]) == text(y)
	}
	return no(x, y) || no(y, x)
}

// text is the same for two expressions only if they mean the same.
func text(e ir.Expr) string {
	var b strings.Builder
	ir.Walk(e, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Lit:
			fmt.Fprintf(&b, "(%s %s", t.T, ir.Format(t.Value))
		case *ir.LocalRef:
			fmt.Fprintf(&b, "(local %p", t.Local)
		case *ir.VarRef:
			fmt.Fprintf(&b, "(var %d %t", t.Var.Index, t.Old)
		case *ir.ConstRef:
			fmt.Fprintf(&b, "(const %s", t.Const.Name)
		case *ir.Apply:
			fmt.Fprintf(&b, "(op %d %d", t.Op, len(t.Args))
		case *ir.FieldOf:
			fmt.Fprintf(&b, "(field %d", t.Index)
		case *ir.Is:
			fmt.Fprintf(&b, "(is %d", t.Variant)
		case *ir.Make:
			fmt.Fprintf(&b, "(make %s %d", t.T, t.Variant)
		default:
			fmt.Fprintf(&b, "(node %p", t)
		}
		return true
	})
	return b.String()
}
