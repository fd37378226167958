package typecheck_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLinearPlaces checks that an error about a linear value shows both places
// and says what to write.
func TestLinearPlaces(t *testing.T) {
	for _, tt := range []struct{ name, in, want, help string }{
		{"dropped", "action A(p linear Permit) { skip }", "p; }", "store it, return it"},
		{"dropped early", "func f(p linear Permit, b bool) bool { if b { return true } ; return back(p) == p }", "p; return true", ""},
		{"dropped in a branch", "action A(p in free) { free -= p; if len(free) > 0 { let q = p } else { free += p } }", "q; let q = p", ""},
		{"twice", "action A(p linear Permit) { free += p; free += p }", "p; p", "compare it before that"},
		{"one path", "action A(p linear Permit) { either { skip } or { free += p } }", "p; p", "on every path"},
		{"moved and kept", "action A when x != none { free += x.value }", "x.value; }", "`x = none`"},
		{"moved twice", "action A when x != none { free += x.value; free += x.value; x = none }", "x.value; x.value", "assign x before this"},
		{"overwritten", "action A { x = none }", "x; x", "`when x == none`"},
		{"overwritten set", "action A { free = {} }", "free; free", "`when free == {}`"},
		{"not taken out", "action A(p in free) when x == none { x = some(p) }", "p; p", "`free -= p`"},
		{"in a loop", "action A(p linear Permit) { for i in 0..2 { free += p } }", "p; p", "use it outside, once"},
		{"one element", "action A(p in free, q in free) { free -= p; free -= q; free += p }", "q; p", "`when q != ...`"},
		{"a result", "action A { assert same(choose p in Permit where true) in Permit }", "same(choose p in Permit where true); same", "with let"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, diags := check("linear", strings.Replace(`module linears
sort Permit
func back(p linear Permit) Permit = p
func same(p linear Permit) linear Permit = p
machine M {
    var free set[linear Permit] = Permit
    var x option[linear Permit] = none
    BODY
}
`, "BODY", tt.in, 1), nil)
			if len(diags) == 0 {
				t.Fatal("nothing is wrong")
			}
			got := set.Text(diags[0].Span)
			for _, r := range diags[0].Related {
				got += "; " + set.Text(r.Span)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%s", diags[0].Message, diff)
			}
			if !strings.Contains(diags[0].Help, tt.help) {
				t.Errorf("%s\nhelp: %s, want %s", diags[0].Message, diags[0].Help, tt.help)
			}
		})
	}
}
