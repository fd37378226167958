package elaborate_test

import (
	"slices"
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
)

const sizes = `module sizes
sort Node
sort Plain
sort Quorum
const Half int = quorum()
const Leader Node = choose n in Node where true
const members [Quorum]set[Plain] = {_: Plain}
func quorum() int = len(Node) / 2
assume len(Plain) > 1
machine M {
    var x 0..9 = 0
    var who set[Plain] = {}
    action Step when x < Half && Leader in Node { x += 1 }
    action Join(p Plain, q Quorum) when p in members[q] { who += p }
    invariant Low inductive: x <= 9
    invariant Here inductive using Low, There: who subset Plain
    invariant There: x >= 0
}
model Two of M { Node = 2; Plain = 2; Quorum = 1 }
`

// TestInductive: lemmas are carried, declared before or after; sorts that
// constants were computed from are noted, others are not.
func TestInductive(t *testing.T) {
	p := compile("sizes.spec", sizes)
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if sys == nil {
		t.Fatal(p.show(append(p.diags, diags...)))
	}
	var got []string
	for _, prop := range sys.Props {
		for _, l := range prop.Using {
			got = append(got, prop.Name+" using "+l.Name)
		}
		if prop.Inductive != (prop.Name != "There") {
			t.Errorf("%s: inductive is %t", prop.Name, prop.Inductive)
		}
	}
	if want := []string{"Here using Low", "Here using There"}; !slices.Equal(got, want) {
		t.Errorf("lemmas: got %q, want %q", got, want)
	}
	for _, s := range sys.Sorts {
		if s.Sized != (s.Name == "Node") {
			t.Errorf("sort %s: sized is %t", s.Name, s.Sized)
		}
	}
}

// TestResized: a model at other sizes has other constants.
func TestResized(t *testing.T) {
	p := compile("sizes.spec", sizes)
	sys, diags := elaborate.Resized(p.info, p.models()[0], map[string]int{"Node": 5})
	if sys == nil {
		t.Fatal(p.show(append(p.diags, diags...)))
	}
	for _, c := range sys.Consts {
		if c.Name == "Half" && ir.Format(c.Value) != "2" {
			t.Errorf("Half of five is %s, want 2", ir.Format(c.Value))
		}
	}
	for _, s := range sys.Sorts {
		if want := map[string]int{"Node": 5, "Plain": 2, "Quorum": 1}[s.Name]; len(s.Elems) != want {
			t.Errorf("sort %s has %d elements, want %d", s.Name, len(s.Elems), want)
		}
	}
}
