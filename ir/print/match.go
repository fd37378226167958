package print

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// match shows a chain of conditionals on the variants of one local or
// variable as the match that it was, if it covers every variant.
func (p *printer) match(e *ir.If, want *ir.Type) (shown, bool) {
	subject := subjectOf(e.Cond)
	if subject == nil || subject.Type().Option && !namesPayload(e.Then, subject) && !namesPayload(e.Else, subject) {
		return shown{}, false
	}
	t := subject.Type()
	seen := map[int]bool{}
	var arms []string
	var rest ir.Expr = e
	for {
		c, ok := rest.(*ir.If)
		if !ok || subjectOf(c.Cond) == nil || !same(subjectOf(c.Cond), subject) {
			break
		}
		variant := c.Cond.(*ir.Is).Variant
		seen[variant] = true
		arms = append(arms, p.arm(t, variant, c.Then, subject, want))
		rest = c.Else
	}
	switch left := missing(t, seen); {
	case len(left) == 1:
		arms = append(arms, p.arm(t, left[0], rest, subject, want))
	case len(left) > 1:
		arms = append(arms, "_ => "+p.closed(rest, want))
	}
	return atom("match " + p.closed(subject, nil) + " { " + strings.Join(arms, ", ") + " }"), true
}

// subjectOf returns what a condition tests the variant of, if that is
// something that can be read again.
func subjectOf(cond ir.Expr) ir.Expr {
	is, ok := cond.(*ir.Is)
	if !ok {
		return nil
	}
	switch is.X.(type) {
	case *ir.LocalRef, *ir.VarRef:
		return is.X
	}
	return nil
}

func same(x, y ir.Expr) bool {
	switch x := x.(type) {
	case *ir.LocalRef:
		y, ok := y.(*ir.LocalRef)
		return ok && x.Local == y.Local
	case *ir.VarRef:
		y, ok := y.(*ir.VarRef)
		return ok && x.Var == y.Var && x.Old == y.Old
	}
	return false
}

func missing(t *ir.Type, seen map[int]bool) []int {
	var left []int
	for i := range t.Variants {
		if !seen[i] {
			left = append(left, i)
		}
	}
	return left
}

// namesPayload reports whether e begins by naming a field of subject.
func namesPayload(e, subject ir.Expr) bool {
	let, ok := e.(*ir.Let)
	if !ok {
		return false
	}
	pl, ok := let.Value.(*ir.Payload)
	return ok && same(pl.X, subject)
}

// arm shows one arm: names for the fields that its body begins by naming.
func (p *printer) arm(t *ir.Type, variant int, body, subject ir.Expr, want *ir.Type) string {
	var text string
	p.scoped(func() {
		bound := map[int]string{}
		for {
			let, ok := body.(*ir.Let)
			if !ok {
				break
			}
			pl, ok := let.Value.(*ir.Payload)
			if !ok || pl.Variant != variant || !same(pl.X, subject) || bound[pl.Index] != "" {
				break
			}
			bound[pl.Index] = p.bind(let.Local)
			body = let.Body
		}
		text = p.pattern(t, variant, bound) + " => " + p.operand(body, want, anyLevel)
	})
	return text
}
