package elaborate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestRefined stores values that meet the condition of their type, and one
// that does not, in every kind of place.
func TestRefined(t *testing.T) {
	tests := []struct{ name, typ, first, good, bad, found string }{
		{"plain", "Even", "0", "2", "3", "3"},
		{"function", "[bool]Even", "{_: 0}", "{_: 4}", "{_: 5}", "{false: 5, true: 5}"},
		{"set", "set[Even]", "{}", "{2, 4}", "{2, 3}", "{2, 3}"},
		{"sequence", "[..2]Even", "[]", "[2]", "[2, 5]", "[2, 5]"},
		{"bag", "bag[Even]", "{}", "{2, 2}", "{3}", "{3}"},
		{"map keys", "map[Even]bool", "{}", "{2: true}", "{1: true}", "{1: true}"},
		{"map values", "map[bool]Even", "{}", "{true: 2}", "{true: 1}", "{true: 1}"},
		{"option", "option[Even]", "none", "some(2)", "some(1)", "some(1)"},
		{"tuple", "(bool, Even)", "(true, 0)", "(true, 2)", "(true, 1)", "(true, 1)"},
		{"struct", "Pair", "Pair(0, 0)", "Pair(2, 1)", "Pair(1, 2)", "Pair(a: 1, b: 2)"},
		{"enum", "Maybe", "No", "Yes(2)", "Yes(1)", "Yes(1)"},
		{"twice", "Four", "0", "8", "6", "6"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.NewReplacer("TYPE", tt.typ, "FIRST", tt.first, "GOOD", tt.good, "BAD", tt.bad).Replace(`
module refined
const Two int
type Even = {x 0..9 | x % Two == 0}
type Four = {x Even | x % 4 == 0}
struct Pair { a Even; b int }
enum Maybe { No, Yes(n Even) }
machine M {
    var v TYPE = FIRST
    action Good { v = GOOD }
    action Bad  { v = BAD }
}
model All of M { Two = 2 }
`)
			p := compile("refined.spec", text)
			if p.diags.HasErrors() {
				t.Fatalf("does not check:\n%s", p.show(p.diags))
			}
			sys, diags := elaborate.Model(p.info, p.models()[0])
			if sys == nil {
				t.Fatalf("does not elaborate:\n%s", p.show(diags))
			}
			r := irtest.Explore(sys)
			if r.Distinct != 2 || r.Error != 1 {
				t.Fatalf("got %d states and an error at depth %d, want 2 and 1", r.Distinct, r.Error)
			}
			want := "expected a value that meets the condition of its type, found " + tt.found
			if diff := cmp.Diff(want, r.Errors[0].Err.Msg); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}
