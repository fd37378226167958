package elaborate_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir/discharge"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/source"
)

// TestDischarge says by what each obligation of a machine is shown, and which
// values break the others.
func TestDischarge(t *testing.T) {
	text := `
module stock
const Max int
const Step int
type Even = {x 0..9 | x % 2 == 0}
type Below[n int] = {x 0..9 | x < n}
func half(e Even) int = e / 2
machine M {
    var n 0..Max = Max - 1
    var e Even = Step
    var log [..3]0..9 = []
    var seen [bool]Below[4] = {_: 1}
    func after(i int) 0..9 = i + 1
    action Up when n < Max { n += 1 }
    action Jump { n += 2 }
    action Double(k 0..4) { e = k * 2 }
    action Guess(k 0..9) { e = k }
    action Add when len(log) < 3 { log ++= [n] }
    action Push { log ++= [2] }
    action Pass(k Even) { n = half(k) }
    action Call(b bool) { seen[b] = after(n) }
    action Never { e = n * 2 + 1 }
}
model All of M { Max = 5; Step = 2 }
`
	p := compile("stock.spec", text)
	if p.diags.HasErrors() {
		t.Fatal(p.show(p.diags))
	}
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if sys == nil {
		t.Fatal(p.show(diags))
	}
	var got []string
	for _, a := range discharge.Of(sys) {
		line := fmt.Sprintf("%s in %s: %s", p.file.Text[a.Span.Lo:a.Span.Hi], a.Type, a.By)
		if a.Values != "" {
			line += ", may be " + a.Values
		}
		if a.Breaks != "" {
			line += ", breaks at " + a.Breaks
		}
		if a.Fails {
			line += ", always fails"
		}
		got = append(got, line)
	}
	want := []string{
		"Max - 1 in 0..5: constants",
		"Step in 0..9: constants",
		"Step in {x 0..9 | x % 2 == 0}: constants",
		"{_: 1} in [bool]{x 0..9 | x < 4}: constants",
		"i + 1 in 0..9: intervals",
		"n += 1 in 0..5: intervals",
		"n += 2 in 0..5: model checker, may be 2, 3, 4, 5, 6, 7, breaks at 6..7",
		"k * 2 in 0..9: intervals",
		"k * 2 in {x 0..9 | x % 2 == 0}: intervals",
		"k in {x 0..9 | x % 2 == 0}: model checker, may be 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, breaks at 1, 3, 5, 7, 9",
		"log ++= [n] in [..3]0..9: intervals",
		"log ++= [2] in [..3]0..9: model checker, may be 1..4 elements, breaks at 4 elements",
		"half(k) in 0..5: intervals",
		"k in {x 0..9 | x % 2 == 0}: intervals",
		"after(n) in {x 0..9 | x < 4}: model checker, may be 1, 2, 3, 4, 5, 6, breaks at 4, 5, 6",
		"n * 2 + 1 in 0..9: model checker, may be 1, 3, 5, 7, 9, 11, breaks at 10..11",
		"n * 2 + 1 in {x 0..9 | x % 2 == 0}: model checker, may be 1, 3, 5, 7, 9, always fails",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDischargeSound runs what is elaborated on the judge: where an
// obligation is said to be met, no error is ever met.
func TestDischargeSound(t *testing.T) {
	rounds := 300
	if os.Getenv("SPEC_SOAK") != "" {
		rounds = 20000
	}
	rng := rand.New(rand.NewPCG(1, 4))
	met, failed := 0, 0
	for i := range rounds {
		text := steps(rng)
		if sys := irtest.Random(uint64(i)); i%4 == 0 && !irtest.HasInstants(sys) {
			text = print.System(sys)
		}
		p := compile("steps.spec", text)
		if p.diags.HasErrors() {
			continue
		}
		sys, _ := elaborate.Model(p.info, p.models()[0])
		if sys == nil {
			continue
		}
		by := map[source.Span]discharge.Means{}
		for _, a := range discharge.Of(sys) {
			if old, twice := by[a.Span]; !twice || a.By < old {
				by[a.Span] = a.By
			}
			if a.By != discharge.ModelChecker {
				met++
			}
		}
		for _, o := range irtest.ExploreUpTo(sys, 300).Errors {
			if o.Err.Kind != eval.OutsideType && !storedError(o.Err) {
				continue
			}
			failed++
			if m := by[o.Err.Span]; m != discharge.ModelChecker {
				t.Fatalf("%q is said to be met by %s, and fails: %s\n%s", text[o.Err.Span.Lo:o.Err.Span.Hi], m, o.Err.Msg, text)
			}
		}
	}
	if met < rounds || failed < rounds {
		t.Errorf("%d met and %d failed obligations show little", met, failed)
	}
}

func storedError(e *eval.Error) bool {
	return e.Kind == eval.Empty && strings.HasPrefix(e.Msg, "expected ")
}

// steps is a machine of random arithmetic on ranges and refined types.
func steps(rng *rand.Rand) string {
	var b strings.Builder
	b.WriteString(`module steps
type Even = {x 0..9 | x % 2 == 0}
type Small[n int] = {x int | 0 <= x && x < n}
func twice(e Even) Small[19] = e + e
func less(x Small[6], d 0..3) Small[6] = if x >= d then x - d else 0
machine M {
    var a 0..9 = 3
    var b -3..3 = 0
    var e Even = 4
    var s Small[6] = 2
    var q [..2]Even = []
`)
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	atom := func() string { return pick("a", "b", "e", "s", "k", "1", "2", "4", "len(q)") }
	term := func() string {
		switch rng.IntN(5) {
		case 0:
			return atom()
		case 1:
			return "twice(" + atom() + ")"
		case 2:
			return "less(" + atom() + ", " + atom() + ")"
		}
		return atom() + pick(" + ", " - ", " * ", " % ", " / ") + atom()
	}
	test := func() string {
		return term() + pick(" < ", " <= ", " == ", " != ", " > ", " >= ") + atom()
	}
	for i := range 4 {
		fmt.Fprintf(&b, "    action A%d(k 0..4) when %s%s%s {\n", i, test(), pick(" && ", " || "), test())
		for range 1 + rng.IntN(2) {
			switch rng.IntN(4) {
			case 0:
				fmt.Fprintf(&b, "        if %s { %s = %s }\n", test(), pick("a", "b", "e", "s"), term())
			case 1:
				fmt.Fprintf(&b, "        q ++= [%s]\n", atom())
			default:
				fmt.Fprintf(&b, "        %s = %s\n", pick("a", "b", "e", "s"), term())
			}
		}
		b.WriteString("    }\n")
	}
	b.WriteString("    terminal when true\n}\nmodel All of M {}\n")
	return b.String()
}
