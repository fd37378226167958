package theorem_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/theorem"
	"github.com/spec-lang/spec/typecheck"
)

func theory(t *testing.T, name, text string) *ir.Theory {
	t.Helper()
	file := source.NewFile(name, text)
	tree, diags := parse.File(file)
	info, more := typecheck.Check(tree, nil)
	if diags = append(diags, more...); len(diags) > 0 {
		t.Fatal(diags)
	}
	th, diags := elaborate.Theory(info, info.Root)
	if th == nil {
		t.Fatal(diags)
	}
	return th
}

// TestTheorems proves the textbook: everything by the kernel alone, but for
// what is called an axiom.
func TestTheorems(t *testing.T) {
	for _, name := range []string{"textbook.spec", "laws.spec", "pelletier.spec"} {
		t.Run(name, func(t *testing.T) { allHold(t, name) })
	}
}

func allHold(t *testing.T, name string) {
	text, err := os.ReadFile("../../testdata/proof/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for _, res := range theorem.Prove(context.Background(), theory(t, name, string(text)), nil) {
		if res.Verdict != evidence.Holds {
			t.Errorf("%s: %s: %s at %q", res.Theorem.Name, res.Verdict, res.Why, text[res.Span.Lo:min(res.Span.Hi, len(text))])
		}
		for _, what := range res.Rests {
			if !strings.HasPrefix(what, "axiom ") {
				t.Errorf("%s rests on %s", res.Theorem.Name, what)
			}
		}
	}
}

// TestNoTheorems: what is not true is not proved, and what is missing is said.
func TestNoTheorems(t *testing.T) {
	const text = `module wrong

sort Person
enum Side { Left, Right }
extern func drinks(p Person) bool
func total(n int) int decreases n = if n <= 0 then 0 else n + total(n - 1)
func endless(n int) int decreases n = if n <= 0 then 0 else endless(n + 1) + 1
func reverse(s []Person) []Person decreases len(s) = if s == [] then [] else reverse(s[1:]) ++ [s[0]]

axiom Some: exists p in Person: drinks(p)
theorem Gauss(n int): n >= 0 => 2 * total(n) == n * n
    by induction on n
theorem From(n int): 2 * total(n) == n * (n + 1)
    by induction on n
theorem Swap(s []Person, t []Person): s ++ t == t ++ s
    by induction on s
theorem All: forall p in Person: drinks(p)
    by resolution using Some
theorem Sides(s Side): s == Left
    by cases on s
theorem Bare: 1 == 1
theorem Less(n int): n < n + 1 by computation
theorem Grows(n int): n <= 0 => endless(n) == 0 by computation
theorem FromBare: 1 == 1 by computation using Bare
theorem Assumed: 1 == 2 => 1 == 1 {
    assume h: 1 == 3
    by computation
}
`
	var got []string
	for _, res := range theorem.Prove(context.Background(), theory(t, "wrong.spec", text), nil) {
		line := res.Theorem.Name + ": " + res.Verdict.String()
		if res.Why != "" {
			line += ": " + res.Why
		}
		if len(res.Rests) > 0 {
			line += ", rests on " + strings.Join(res.Rests, "; ")
		}
		got = append(got, line)
	}
	want := strings.Split(strings.TrimSpace(strings.ReplaceAll(`
Some: holds, rests on axiom Some
Gauss: unknown: for n + 1, from the claim for n, this is left to show: (2 * ((n + 1) + total(n))) == ((n + 1) * (n + 1))
From: unknown: the claim does not say from which number on it is true: write ~n >= 0 => ...~
Swap: unknown: for the empty sequence, this is left to show: t == (t ++ [])
All: unknown: no refutation was found: nothing more follows, and no contradiction is among it
Sides: unknown: for one of the cases, this is left to show: Side.Right == Side.Left
Bare: unknown: no proof is given: write ~by computation~, ~by induction on x~, or steps between braces
Less: holds
Grows: holds, rests on function endless, of which it is not shown that it ends
FromBare: holds, rests on theorem Bare, which is not proved
Assumed: unknown: this can be assumed only to show 1 == 3 => ..., but what is left to show is (1 == 2) => (1 == 1)
`, "~", "`")), "\n")
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestTypes: what the type of a name says is part of the claim, and a type
// without all values of its sort is refused: else claims would follow about
// values that there are not.
func TestTypes(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a refinement helps", "theorem T(n {x int | x > 0}): n >= 1 by computation", "T: holds"},
		{"an earlier parameter helps", "theorem T(n int, i 0..n - 1): i < n by computation", "T: holds"},
		{"an axiom about a refinement", "axiom A(n {x int | x > 0}): n >= 1\ntheorem T: 0 >= 1 by resolution using A", "T: unknown"},
		{"an axiom about an earlier parameter", "axiom A(n int, i 0..n - 1): i <= n - 1\ntheorem T: 5 <= 3 - 1 by resolution using A", "T: unknown"},
		{"no such sequence", "lemma L: len([true, true, true]) == 3 by computation\n" +
			"theorem T: exists s in values([..2]bool): len(s) == 3 by resolution using L", "T: unknown"},
		{"an axiom about elements", "axiom A(s []0..3): len(s) == 0 || s[0] <= 3\ntheorem T: 1 == 1 by computation", "A: unknown"},
		{"a use of such an axiom", "axiom A(s []0..3): len(s) == 0 || s[0] <= 3\ntheorem T: 7 <= 3 by resolution using A", "T: unknown"},
		{"a bound further in", "theorem T(s [][..2]bool): s == s by computation", "T: unknown"},
		{"no bound", "theorem T(s [][]bool): s == s by computation", "T: holds"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := false
			for _, res := range theorem.Prove(context.Background(), theory(t, "types.spec", "module types\n"+tt.text+"\n"), nil) {
				found = found || res.Theorem.Name+": "+res.Verdict.String() == tt.want
			}
			if !found {
				t.Errorf("not %q", tt.want)
			}
		})
	}
}

// TestNames: a function that is called like something that the kernel knows
// facts about is another one.
func TestNames(t *testing.T) {
	const text = `module names

sort Item
enum Side { Left, Right }

func tail(s []Item) []Item = []
func head(s []Item) []Item = s
func append(s []Item, t []Item) []Item = []
func cons(s []Item) []Item = s

theorem Tail(x Item, s []Item): tail([x] ++ s) == s
    by computation
theorem Append(s []Item): append([], s) == s
    by computation
theorem Own(s []Item, t []Item): append(s, t) == tail(s)
    by computation
`
	var got []evidence.Verdict
	for _, res := range theorem.Prove(context.Background(), theory(t, "names.spec", text), nil) {
		got = append(got, res.Verdict)
	}
	if d := cmp.Diff([]evidence.Verdict{evidence.Unknown, evidence.Unknown, evidence.Holds}, got); d != "" {
		t.Error(d)
	}
}

// TestContradiction: from axioms that contradict each other everything would
// follow, so that the one that brings it about is not believed.
func TestContradiction(t *testing.T) {
	const text = `module c

sort Person
extern func drinks(p Person) bool
extern func age(p Person) int

axiom Old: forall p in Person: age(p) > 60
axiom Some: exists p in Person: drinks(p)
axiom None: not exists p in Person: drinks(p)
axiom Nobody: forall p in Person: !drinks(p) || age(p) > 70
axiom Self: 1 == 2
`
	var got []string
	for _, res := range theorem.Prove(context.Background(), theory(t, "c.spec", text), nil) {
		got = append(got, res.Theorem.Name+" "+res.Verdict.String())
	}
	want := []string{"Old holds", "Some holds", "None unknown", "Nobody holds", "Self unknown"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
