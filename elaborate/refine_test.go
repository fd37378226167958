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
		{"struct", "Pair", "Pair(0, 0)", "Pair(2, 1)", "Pair(1, 2)", "1"},
		{"enum", "Maybe", "No", "Yes(2)", "Yes(1)", "1"},
		{"twice", "Four", "0", "8", "6", "6"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.NewReplacer("TYPE", tt.typ, "FIRST", tt.first, "GOOD", tt.good, "BAD", tt.bad).Replace(`
module refined
const Two int
type Even = {x 0..9 | x % Two == 0}
type Four = {x Even | x % (2 * Two) == 0}
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
			if msg := r.Errors[0].Err.Msg; !strings.HasPrefix(msg, "expected ") || !strings.HasSuffix(msg, ", found "+tt.found) || !strings.Contains(msg, " | ") {
				t.Errorf("got %s", msg)
			}
		})
	}
}

// TestRefinedPlaces passes values on that meet the condition of their type,
// and one that does not: as an argument, a result, a let, a field, an update.
func TestRefinedPlaces(t *testing.T) {
	tests := []struct{ name, use, found string }{
		{"argument", "n = half(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"argument of a block", "n = halved(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"argument about an earlier one", "n = below(z - 1, 2)", "{x 0..9 | x < a}, found 2"},
		{"argument about an earlier one, of a block", "n = under(z - 1, 2)", "{x 0..9 | x < a}, found 2"},
		{"result", "n = even(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"result of a block", "n = evened(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"result of a function that reads", "n = reads(0)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"let", "let e Even = z; n = e", "{x 0..9 | x % 2 == 0}, found 3"},
		{"let in an expression", "n = let e Even = z in e", "{x 0..9 | x % 2 == 0}, found 3"},
		{"variable of the body", "var e Even = 0; e = z; n = e", "{x 0..9 | x % 2 == 0}, found 3"},
		{"argument of a proc", "put(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"argument of an action", "Put(z)", "{x 0..9 | x % 2 == 0}, found 3"},
		{"field of a struct", "n = Pair(z, 2).b", "{x 0..9 | x % 2 == 0}, found 3"},
		{"field of a variant", "n = if Yes(z) == No then 1 else 2", "{x 0..9 | x % 2 == 0}, found 3"},
		{"update of a field", "n = (p with { a: z }).b", "{x 0..9 | x % 2 == 0}, found 3"},
		{"update of an entry", "n = (f with { [true]: z })[false]", "{x 0..9 | x % 2 == 0}, found 3"},
		{"match of a subset", "n = match (if z != 3 then l else some(red)) { some(c) => match c { Green => 1, Blue => 2 }, none => 0 }", "{c Colour | c != Red}, found Red"},
		{"statement of a subset", "match (if z != 3 then l else some(red)) { some(c) => match c { Green => skip, Blue => skip }, none => skip }", "{c Colour | c != Red}, found Red"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := compile("refined.spec", strings.Replace(`
module refined
type Even = {x 0..9 | x % 2 == 0}
struct Pair { a Even; b int }
enum Maybe { No, Yes(n Even) }
enum Colour { Red, Green, Blue }
type Light = {c Colour | c != Red}
func half(e Even) int = e / 2
func halved(e Even) int { return e / 2 }
func below(a int, b {x 0..9 | x < a}) int = a - b
func under(a int, b {x 0..9 | x < a}) int { return a - b }
func even(i 0..9) Even = i
func evened(i 0..9) Even { return i }
machine M {
    var z 0..9 = 2
    var n int = 0
    var p Pair = Pair(0, 0)
    var f [bool]Even = {_: 0}
    var l option[Light] = none
    var red Colour = Red
    func reads(i 0..9) Even = i + z
    proc put(e Even) { n = e }
    internal action Put(e Even) { n = e }
    action Three when z == 2 { z = 3 }
    action Use when z == 3 { USE }
    terminal when true
}
model All of M {}
`, "USE", tt.use, 1))
			if p.diags.HasErrors() {
				t.Fatalf("does not check:\n%s", p.show(p.diags))
			}
			sys, diags := elaborate.Model(p.info, p.models()[0])
			if sys == nil {
				t.Fatalf("does not elaborate:\n%s", p.show(diags))
			}
			r := irtest.Explore(sys)
			if r.Distinct != 2 || r.Error != 2 {
				t.Fatalf("got %d states and an error at depth %d, want 2 and 2", r.Distinct, r.Error)
			}
			if diff := cmp.Diff("expected "+tt.found, r.Errors[0].Err.Msg); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRefinedProcess runs an instance for each value that meets the condition.
func TestRefinedProcess(t *testing.T) {
	p := compile("refined.spec", `
module refined
type Odd = {x 0..5 | x % 2 == 1}
machine M {
    var ran set[0..5] = {}
    process P(self Odd) { go: ran += self }
    invariant Only: forall i in ran: i % 2 == 1
    witness All: ran == {1, 3, 5} && (forall i in Odd: P[i]@done)
}
model All of M { check all }
`)
	if p.diags.HasErrors() {
		t.Fatal(p.show(p.diags))
	}
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if sys == nil {
		t.Fatal(p.show(diags))
	}
	r := irtest.Explore(sys)
	if r.Distinct != 8 || r.Deadlock >= 0 || !cmp.Equal(r.Props, []int{-1, 3}) {
		t.Errorf("got %d states, a deadlock at %d, properties at %v", r.Distinct, r.Deadlock, r.Props)
	}
}
