package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// mostPlaces is how many places of the state are told beside the bound names.
const mostPlaces = 8

// place is a part of the state that a formula reads, `vote[a]`, with its
// value and the names that it depends on.
type place struct {
	expr   ir.Expr
	env    *eval.Env
	text   string // with the values of its indices: "vote[RM.1]"
	value  ir.Value
	locals []*ir.Local
	old    bool // of the state before the step
}

// places returns the parts of the state that an atom reads, each once.
func places(a atom) []place {
	var out []place
	ir.Walk(a.expr, func(t ir.Tree) bool {
		e, ok := t.(ir.Expr)
		if !ok || !isPlace(e) {
			return !bindsNames(t)
		}
		v, err := eval.Expr(e, a.env)
		text, old, ok := placeText(e, a.env)
		if err != nil || !ok {
			return false
		}
		p := place{expr: e, env: a.env, text: text, value: v, old: old}
		ir.Walk(e, func(t ir.Tree) bool {
			if l, ok := t.(*ir.LocalRef); ok {
				p.locals = append(p.locals, l.Local)
			}
			return true
		})
		out = append(out, p)
		return false
	})
	return out
}

// bindsNames reports whether names without a value here occur below t.
func bindsNames(t ir.Tree) bool {
	switch t.(type) {
	case *ir.Bind, *ir.Let:
		return true
	}
	return false
}

// isPlace reports whether e is a variable or a part of one.
func isPlace(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.VarRef:
		return true
	case *ir.FieldOf:
		return isPlace(e.X)
	case *ir.Payload:
		return isPlace(e.X)
	case *ir.Convert:
		return isPlace(e.X)
	case *ir.Apply:
		return (e.Op == ir.Get || e.Op == ir.Len) && isPlace(e.Args[0])
	}
	return false
}

// placeText writes a place with the values of its indices.
func placeText(e ir.Expr, env *eval.Env) (text string, old, ok bool) {
	switch e := e.(type) {
	case *ir.VarRef:
		return e.Var.Name, e.Old, true
	case *ir.FieldOf:
		text, old, ok = placeText(e.X, env)
		return text + "." + e.X.Type().Fields[e.Index].Name, old, ok
	case *ir.Payload:
		text, old, ok = placeText(e.X, env)
		return text + "." + e.X.Type().Variants[e.Variant].Fields[e.Index].Name, old, ok
	case *ir.Convert:
		return placeText(e.X, env)
	case *ir.Apply:
		text, old, ok = placeText(e.Args[0], env)
		if e.Op == ir.Len {
			return "len(" + text + ")", old, ok
		}
		i, err := eval.Expr(e.Args[1], env)
		if err != nil {
			return "", old, false
		}
		return text + "[" + ir.FormatAs(i, e.Args[1].Type()) + "]", old, ok
	}
	return "", false, false
}

// since is the first step from which on the place has had its value.
func (r run) since(p place) int {
	first := r.last()
	for first > 0 {
		env := *p.env
		env.State = r.f.Trace.Steps[first-1].State
		v, err := eval.Expr(p.expr, &env)
		if err != nil || !ir.Equal(v, p.value) {
			break
		}
		first--
	}
	return first
}

func (r run) sinceText(p place) string {
	switch n := r.since(p); {
	case p.old:
		return ""
	case n == 0:
		return "from the start"
	default:
		return fmt.Sprintf("since #%d", n)
	}
}

// bindings are the bound names, each with the places that depend on it, and
// the places that depend on none.
func (r run) bindings(bs []bound, atoms []atom) []evidence.Binding {
	var ps []place
	for _, a := range atoms {
		for _, p := range places(a) {
			if !slices.ContainsFunc(ps, func(q place) bool { return q.text == p.text && q.old == p.old }) {
				ps = append(ps, p)
			}
		}
	}
	var out []evidence.Binding
	for i, b := range bs {
		later := bs[i+1:]
		mine := func(p place) bool {
			return slices.Contains(p.locals, b.local) &&
				!slices.ContainsFunc(later, func(l bound) bool { return slices.Contains(p.locals, l.local) })
		}
		out = append(out, evidence.Binding{Local: b.local, Value: b.value, Note: r.note(slices.DeleteFunc(slices.Clone(ps), func(p place) bool { return !mine(p) }))})
	}
	for _, p := range ps {
		if len(p.locals) == 0 && len(out) < len(bs)+mostPlaces {
			out = append(out, evidence.Binding{Local: &ir.Local{Name: p.name(), Type: p.expr.Type()}, Value: p.value, Note: r.sinceText(p)})
		}
	}
	return out
}

// note says what the places that depend on a name are: only the value if
// there is one place, "Committed since #4".
func (r run) note(ps []place) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.name() + " = " + p.shown()
		if len(ps) == 1 && !p.old {
			parts[i] = p.shown()
		}
		if s := r.sinceText(p); s != "" {
			parts[i] += " " + s
		}
	}
	return strings.Join(parts, ", ")
}

func (p place) name() string {
	if p.old {
		return "old(" + p.text + ")"
	}
	return p.text
}

// shown is the value of the place as it is written.
func (p place) shown() string { return ir.FormatAs(p.value, p.expr.Type()) }
