package hoare

import "github.com/spec-lang/spec/ir"

// runs reports whether f can be run: neither it nor its contract comes to an
// extern function.
func runs(f *ir.Func) bool {
	ok, seen := true, map[*ir.Func]bool{}
	var visit func(t ir.Tree) bool
	look := func(f *ir.Func) {
		seen[f] = true
		ok = ok && !extern(f)
		ir.WalkBody(f.Body, visit)
		for _, x := range parts(f) {
			ir.Walk(x, visit)
		}
	}
	visit = func(t ir.Tree) bool {
		if c, is := t.(*ir.Call); is && !seen[c.Func] {
			look(c.Func)
		}
		return ok
	}
	look(f)
	return ok
}

// parts are the value of f, if it is one, and the clauses of its contract.
func parts(f *ir.Func) []ir.Expr {
	var out []ir.Expr
	if f.Value != nil {
		out = append(out, f.Value)
	}
	for _, c := range f.Requires {
		out = append(out, c.Cond)
	}
	for _, c := range f.Ensures {
		out = append(out, c.Cond)
	}
	return out
}
