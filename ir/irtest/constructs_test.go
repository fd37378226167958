package irtest_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
)

// constructs counts the constructs of a System beyond its kinds of node.
type constructs map[string]int

func (c constructs) see(what string, there bool) {
	if there {
		c[what]++
	} else {
		c[what] += 0
	}
}

func (c constructs) system(sys *ir.System) {
	c.see("terminal condition", sys.Terminal != nil)
	c.see("bound", len(sys.Bounds) > 0)
	c.see("assumption", len(sys.Assumes) > 0)
	for _, f := range sys.Funcs {
		c.see("requires and ensures", len(f.Requires) > 0 && len(f.Ensures) > 0)
		c.see("function by a body", f.Value == nil)
		c.see("function that reads the state", readsState(f))
	}
	for _, a := range sys.Actions {
		c.see("guard", a.Guard != nil)
		c.see("internal action", a.Internal)
		c.see("weakly fair action", a.Fair == ir.Weak)
		c.see("strongly fair action", a.Fair == ir.Strong)
		c.see("fairness over all parameters", a.FairAny)
		for i, p := range a.Params {
			c.see("parameter of a type", p.ByType)
			c.see("parameter in a set", !p.ByType && p.Domain.Type().Kind == ir.SetKind)
			c.see("parameter in a bag", p.Domain.Type().Kind == ir.BagKind)
			c.see("parameter in a sequence", p.Domain.Type().Kind == ir.SeqKind)
			c.see("second parameter", i == 1)
		}
	}
	for _, p := range sys.Props {
		c.see("property: "+p.Kind.String(), true)
		c.see("refused scenario", p.Run != nil && p.Run.Refuse)
		c.see("scenario with a free variable", p.Run != nil && len(p.Run.Free) > 0)
	}
	sys.Walk(func(t ir.Tree) bool {
		c.tree(t)
		return true
	})
}

func readsState(f *ir.Func) bool {
	reads := false
	one := ir.System{Funcs: []*ir.Func{f}}
	one.Walk(func(t ir.Tree) bool {
		_, ok := t.(*ir.VarRef)
		reads = reads || ok
		return !reads
	})
	return reads
}

func (c constructs) tree(t ir.Tree) {
	switch t := t.(type) {
	case *ir.Assign:
		c.target(t.Target)
	case *ir.Declare:
		c.see("mutable name", t.Mutable)
	case *ir.IfStmt:
		c.see("if without else", t.Else == nil)
	case *ir.PickStmt:
		c.see("pick with a condition", t.Where != nil)
	case *ir.WhileStmt:
		c.see("loop with an invariant", len(t.Invariants) > 0)
		choice := false
		ir.WalkBody(t.Body, func(t ir.Tree) bool {
			_, either := t.(*ir.EitherStmt)
			choice = choice || either
			return true
		})
		c.see("choice in a loop", choice)
	case *ir.VarRef:
		c.see("old value", t.Old)
	case *ir.ActionPred:
		c.see("taken", t.Taken)
		c.see("enabled", !t.Taken)
		c.see("of any arguments", t.Any)
	case *ir.Bind:
		c.see("binder with a condition", t.Cond != nil)
		c.see("binder of two names", len(t.Binders) == 2)
		c.see("stored value", t.Stored)
	case *ir.Convert:
		c.see("conversion to fewer values", t.T.Kind == ir.RangeKind || t.T.Kind == ir.SeqKind && t.T.Max >= 0)
		c.see("conversion to more values", t.T.Kind == ir.IntKind || t.T.Kind == ir.SeqKind && t.T.Max < 0)
	}
}

func (c constructs) target(t ir.Target) {
	c.see("part of a name assigned", t.Local != nil && len(t.Path) > 0)
	c.see("whole name assigned", t.Local != nil && len(t.Path) == 0)
	c.see("part of a part assigned", len(t.Path) > 1)
	typ := t.Root()
	for _, s := range t.Path {
		if s.Index == nil {
			c.see("field assigned", true)
			typ = typ.Fields[s.Field].Type
			continue
		}
		c.see("function changed at a key", typ.Kind == ir.FuncKind)
		c.see("map changed at a key", typ.Kind == ir.MapKind)
		c.see("sequence changed at an index", typ.Kind == ir.SeqKind)
		typ = typ.Elem
	}
}

// TestRandomSystemsCoverConstructs holds the generators together to making
// every construct of the kernel, beside the kinds that
// TestRandomSystemsCover counts. Steps of processes have nothing of their own
// but a name.
func TestRandomSystemsCoverConstructs(t *testing.T) {
	c := constructs{}
	for seed := range samples() {
		c.system(irtest.Random(seed))
		c.system(irtest.RandomWide(seed))
	}
	for k := ir.Invariant; k <= ir.Scenario; k++ {
		c["property: "+k.String()] += 0
	}
	for what, n := range c {
		if n < 3 {
			t.Errorf("%s occurs %d times in %d systems", what, n, 2*samples())
		}
	}
}
