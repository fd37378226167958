package absint_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/source"
)

// prober wraps the expressions of a System in functions that assert what is
// claimed of them, so that the judge checks every claim wherever it evaluates.
type prober struct {
	b      *irtest.B
	trees  absint.Trees
	claims map[source.Span]ir.Expr // the original expression, by place
	probes map[*ir.AssertStmt]ir.Expr
	never  int // expressions of which it is claimed that they have no value
}

// wrap returns e, asserted to be what is known of it.
func (p *prober) wrap(e ir.Expr) ir.Expr {
	orig := p.claims[e.Span()]
	if a, ok := e.(*ir.Apply); ok && (a.Op == ir.Universe || a.Op == ir.Interval || a.Op == ir.Powerset) || orig == nil {
		return e
	}
	x := p.b.Local("probed", e.Type())
	claim := p.claim(p.trees.Value(orig), x)
	if claim == nil {
		return e
	}
	assert := &ir.AssertStmt{Cond: claim}
	p.probes[assert] = orig
	f := &ir.Func{Name: "probe", Params: []*ir.Local{x}, Result: e.Type(),
		Body: []ir.Stmt{assert, &ir.ReturnStmt{Value: p.b.Use(x)}}}
	return p.b.Call(f, e)
}

// claim says of x what v says, nil if that is nothing that has words.
func (p *prober) claim(v *absint.Value, x *ir.Local) ir.Expr {
	if v == nil || v.Empty() {
		p.never++
		return p.b.False()
	}
	if list, ok := v.List(); ok {
		lits := make([]ir.Expr, len(list))
		for i, y := range list {
			lits[i] = p.b.Val(x.Type, y)
		}
		return p.b.Op(ir.In, p.b.Use(x), p.b.OpT(p.b.Set(x.Type), ir.SetLit, lits...))
	}
	n, ok := v.Num()
	if !ok {
		return nil
	}
	cond := p.b.True()
	if n.Lo != nil {
		cond = p.b.Op(ir.And, cond, p.b.Op(ir.Ge, p.b.Use(x), p.b.Val(x.Type, ir.Int{Int: n.Lo})))
	}
	if n.Hi != nil {
		cond = p.b.Op(ir.And, cond, p.b.Op(ir.Le, p.b.Use(x), p.b.Val(x.Type, ir.Int{Int: n.Hi})))
	}
	return cond
}

// system wraps what is evaluated in steps.
func (p *prober) system(sys *ir.System) {
	sys.Walk(func(t ir.Tree) bool {
		if e, ok := t.(ir.Expr); ok {
			p.claims[e.Span()] = e
		}
		return true
	})
	for _, f := range sys.Funcs {
		if f.Value != nil {
			f.Value = ir.Rewrite(f.Value, p.wrap)
		}
		f.Body = ir.RewriteBody(f.Body, p.wrap, nil)
	}
	sys.Init = ir.RewriteBody(sys.Init, p.wrap, nil)
	for _, a := range sys.Actions {
		for _, q := range a.Params {
			q.Domain = ir.Rewrite(q.Domain, p.wrap)
		}
		if a.Guard != nil {
			a.Guard = ir.Rewrite(a.Guard, p.wrap)
		}
		a.Body = ir.RewriteBody(a.Body, p.wrap, nil)
	}
}

// TestExpressions lets the judge check what is claimed of every expression in
// every step of random Systems.
func TestExpressions(t *testing.T) {
	never, probes := 0, 0
	for seed := range samples() {
		if seed%1000 == 999 {
			t.Logf("%d systems: %d claims", seed+1, probes)
		}
		sys := random(seed)
		p := &prober{&irtest.B{Table: sys.Types, Sys: sys}, absint.OfListing(sys, listing(seed)).Trees(), map[source.Span]ir.Expr{}, map[*ir.AssertStmt]ir.Expr{}, 0}
		p.system(sys)
		for _, s := range irtest.ExploreUpTo(sys, states(16)).States {
			for _, o := range eval.Successors(sys, s) {
				if o.Err != nil && o.Err.Assert != nil { // in the domain of a parameter
					o.Assert = o.Err.Assert
				}
				if e := p.probes[o.Assert]; e != nil {
					t.Fatalf("seed %d: %T at %v is said to be %v, and is not", seed, e, e.Span(), p.trees.Value(e))
				}
			}
		}
		never += p.never
		probes += len(p.probes)
	}
	t.Logf("%d claims, %d that there is no value", probes, never)
}
