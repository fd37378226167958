package wp_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/prover/wp"
)

// TestFree: a sort has any size unless something is computed from its elements
// or one of them has a name.
func TestFree(t *testing.T) {
	b := irtest.New("Free")
	plain, sized, named := b.Sort("Plain", 2, ir.Unordered), b.Sort("Sized", 2, ir.Unordered), b.Sort("Named", 2, ir.Unordered)
	sized.Sort.Sized = true
	who := b.Var("who", b.Set(named))
	b.Init(b.Put(who, b.Val(who.Type, ir.SetValue{Elems: []ir.Value{ir.Elem{Sort: named.Sort}}})))
	got := wp.Free(b.Sys)
	if !slices.Equal(got, []*ir.Sort{plain.Sort}) {
		t.Errorf("got %d sorts, want Plain alone", len(got))
	}
}

// TestObligations: one for the initial states and one for each action, with
// names that say what they are about, and the lemmas assumed before a step.
func TestObligations(t *testing.T) {
	b := irtest.New("Names")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	up := b.Action("Up", nil, b.Op(ir.Lt, b.Get(x), b.I(3)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	low := b.Prop(ir.Invariant, "Low", b.Op(ir.Le, b.Get(x), b.I(3)))
	lemma := b.Prop(ir.Invariant, "Lemma", b.Op(ir.Ge, b.Get(x), b.I(0)))
	got, err := wp.Invariant(b.Sys, low, wp.Rules{Lemmas: []*ir.Property{low, lemma}})
	if err != nil || len(got) != 2 {
		t.Fatal(len(got), err)
	}
	if got[0].Name != "every initial state satisfies Low" || got[0].Action != nil || got[0].Before != nil || len(got[0].After) != 1 {
		t.Errorf("initial states: got %+v", got[0])
	}
	o := got[1]
	if o.Name != "Up preserves Low" || o.Action != up || o.Span != low.Span || len(o.Before) != 1 {
		t.Errorf("Up: got %+v", o)
	}
	var names []string
	for _, a := range o.Asserts {
		if p := o.Names[a.Name]; p != nil {
			names = append(names, p.Name)
		}
	}
	if !slices.Equal(names, []string{"Low", "Lemma"}) {
		t.Errorf("assumed are %q, want Low and Lemma", names)
	}
}

// TestUnsaid: what has no terms is an error with its place.
func TestUnsaid(t *testing.T) {
	b := irtest.New("Unsaid")
	x := b.Var("x", b.Bag(b.Int()))
	b.Init(b.Put(x, b.OpT(x.Type, ir.BagLit)))
	formula := b.Op(ir.Ge, b.Op(ir.Len, b.Get(x)), b.I(0))
	p := b.Prop(ir.Invariant, "Long", formula)
	_, err := wp.Invariant(b.Sys, p, wp.Rules{})
	var u *encode.Unsupported
	if !errors.As(err, &u) || u.What != "the length of a bag" || u.Span != formula.(*ir.Apply).Args[0].Span() {
		t.Errorf("got %v, want that the length of a bag cannot be said", err)
	}
}

// TestSafe: a step that may fail has something to show, another has not.
func TestSafe(t *testing.T) {
	b := irtest.New("Safe")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(1)))
	b.Action("Fine", nil, b.Op(ir.Gt, b.Get(x), b.I(0)), b.Put(x, b.Op(ir.Div, b.I(6), b.I(2))))
	b.Action("Divides", nil, nil, b.Put(x, b.Op(ir.Div, b.I(6), b.Get(x))))
	b.Action("Asserts", nil, nil, b.Assert(b.Op(ir.Gt, b.Get(x), b.I(0))))
	b.Action("Guards", nil, b.Op(ir.Ne, b.Op(ir.Mod, b.I(1), b.Get(x)), b.I(0)))
	got, err := wp.Safe(b.Sys, wp.Rules{})
	if err != nil || len(got) != 5 {
		t.Fatal(len(got), err)
	}
	for i, want := range []struct {
		name string
		met  bool
	}{{"no initial state fails", true}, {"Fine never fails", true}, {"Divides never fails", false}, {"Asserts never fails", false}, {"Guards never fails", false}} {
		goal := got[i].Asserts[slices.IndexFunc(got[i].Asserts, func(a solver.Assertion) bool { return a.Name == "goal" })]
		if got[i].Name != want.name || (goal.Term.Op == term.False) != want.met {
			t.Errorf("%s: met at once is %v, want %s, %v", got[i].Name, goal.Term.Op == term.False, want.name, want.met)
		}
	}
}
