package hoare_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/workspace"
)

// functions are those of a module with the given text.
func functions(t *testing.T, text string, n int) (*ir.System, func(*evidence.Unmet) string) {
	t.Helper()
	path := t.TempDir() + "/f.spec"
	ws := workspace.New()
	ws.SetOverlay(path, "module f\n"+text+"\n")
	s := ws.Snapshot(path)
	if s.Diags.HasErrors() {
		t.Fatal(s.Diags)
	}
	sys, diags := s.Functions(n)
	if sys == nil {
		t.Fatal(diags)
	}
	return sys, func(u *evidence.Unmet) string { return s.Files.Text(u.Span) }
}

// forgetful knows every goal but one.
type forgetful struct {
	but  int // from 1
	seen []*term.Term
}

func (f *forgetful) Name() string { return "forgetful" }

func (f *forgetful) Solve(_ context.Context, q *solver.Query) (solver.Answer, error) {
	goal := q.Asserts[slices.IndexFunc(q.Asserts, func(a solver.Assertion) bool { return a.Name == "goal" })].Term
	if !slices.Contains(f.seen, goal) { // a goal may be asked for twice
		f.seen = append(f.seen, goal)
	}
	if slices.Index(f.seen, goal)+1 == f.but {
		return solver.Answer{Solver: "forgetful", Why: "it forgot"}, nil
	}
	return solver.Answer{Status: solver.Unsat, Solver: "forgetful"}, nil
}

// TestGoals: what must be shown of a function is complete, and each goal says
// what and where it is. Whatever is not met, the function is not proved.
func TestGoals(t *testing.T) {
	const text = `
func half(n int) int
    requires n % 2 == 0
    = n / 2
func f(s []int, m map[int]int, n int, d int) int
    requires n >= 0 && d != 0
    requires 3 in keys(m) && n <= len(s)
    ensures result >= 0
    ensures result <= n
    decreases n
{
    var t = m[3] / d
    var i = 0
    var a = s
    while i < n
        invariant 0 <= i && i <= n && len(a) == len(s)
        invariant i >= 0
        decreases n - i
    {
        a[i] = 7
        i += 1
    }
    let part = s[0:n]
    t = half(min({d, n}))
    if n > 5 { return f(s, m, n - 6, d) }
    return n
}`
	// What is so by itself, i >= 0 where i is 0, or is known, d != 0 in the call of
	// f, is no goal; n - 6 >= 0 is one as a measure, and so as a condition, too.
	want := []string{
		"the divisor is not zero | m[3] / d",
		"the key is there | m[3]",
		"the invariant holds where the loop begins | 0 <= i && i <= n && len(a) == len(s)",
		"the index is inside | a[i] = 7",
		"the invariant is kept by the loop | 0 <= i && i <= n && len(a) == len(s)",
		"the invariant is kept by the loop | i >= 0",
		"the measure of the loop goes down, and is not negative before | n - i",
		"both ends of the part are inside | s[0:n]",
		"there is something to choose | {d, n}",
		"requires of half is met by the call | half(min({d, n}))",
		"the measure of the call of f is smaller, and not negative | f(s, m, n - 6, d)",
		"requires 2 of f is met by the call | f(s, m, n - 6, d)",
		"ensures 1 of f | result >= 0",
		"ensures 2 of f | result <= n",
	}
	sys, at := functions(t, text, 2)
	i := slices.IndexFunc(sys.Funcs, func(f *ir.Func) bool { return f.Name == "f" })
	sys.Funcs = sys.Funcs[i : i+1]
	var got []string
	for n := 1; n < 40; n++ {
		found, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &forgetful{but: n}, Limit: 1})
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		c := found[0]
		if c.Verdict == evidence.Holds {
			break
		}
		if c.Verdict != evidence.Unknown || c.Unmet.Help == "" {
			t.Fatalf("%s: %+v", c.Verdict, c.Unmet)
		}
		got = append(got, c.Unmet.Goal+" | "+at(c.Unmet))
	}
	if !slices.Equal(got, want) {
		t.Errorf("goals:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestAdvice: whoever meets what is not proved is told what to write.
func TestAdvice(t *testing.T) {
	for _, tt := range []struct{ name, text, help string }{
		{"no invariant, going up", `func f(n int) int
    requires n >= 0
    ensures result == n
{
    var i = 0
    while i < n decreases n - i { i += 1 }
    return i
}`, "write `invariant i <= n` behind the condition of the loop"},
		{"no invariant, going down", `func f(n int) int
    requires n >= 0
    ensures result == 0
{
    var i = n
    while i > 0 decreases i { i -= 1 }
    return i
}`, "write `invariant i >= 0` behind the condition of the loop"},
		{"an invariant that says too little", `func f(n int) int
    requires n >= 0
    ensures result == n
{
    var i = 0
    while i < n invariant i >= 0 decreases n - i { i += 1 }
    return i
}`, "strengthen the invariant"},
		{"unknown numbers are multiplied", `func f(a int, b int, c int) bool
    requires a > 0 && b > 0 && c > 0
    ensures result
    = a * a * a + b * b * b != c * c * c`, "unknown numbers are multiplied here"},
		{"a call of which too little is known", `func f(n int) int
    ensures result > n
    = g(n)
func g(n int) int
    ensures result >= n
    = n + 1`, "say more in `requires`, or in `ensures` of the functions that it calls"},
		{"what cannot be said", `func f(s string) int
    ensures result >= 0
    = len(s)`, "call a function instead, and say in its `ensures` what is known of it"},
	} {
		sys, _ := functions(t, tt.text, 2)
		found, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &scripted{status: solver.Unknown}})
		if err != nil || len(found) == 0 {
			t.Fatal(tt.name, found, err)
		}
		c := found[0]
		if c.Verdict != evidence.Unknown || !strings.Contains(c.Unmet.Help, tt.help) {
			t.Errorf("%s: %s, help %q, want %q", tt.name, c.Verdict, c.Unmet.Help, tt.help)
		}
	}
}

// TestExtern: what extern functions do is believed, and is not run.
func TestExtern(t *testing.T) {
	sys, _ := functions(t, `
extern func e(n int) int
    ensures result >= n
func f(n int) int
    ensures result >= n
    = e(n)`, 2)
	found, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &scripted{status: solver.Unsat}})
	if err != nil || len(found) != 1 || found[0].Verdict != evidence.Holds {
		t.Fatal(found, err)
	}
	if all := found[0].Believed(); len(all) != 1 || all[0].Name != "e" {
		t.Errorf("believed: %v", all)
	}
	found, err = hoare.Check(t.Context(), sys, hoare.Options{Solver: &scripted{status: solver.Sat, value: 1}})
	if err != nil || len(found) != 1 || found[0].Verdict != evidence.Unknown || !strings.Contains(found[0].Unmet.Why, "not so in general") {
		t.Errorf("with a model: %+v %v", found[0], err)
	}
}

// TestKnown: what is proved elsewhere is not proved again, and what rests on a
// function that is not proved there is not proved here.
func TestKnown(t *testing.T) {
	sys, _ := functions(t, `
func g(n int) int
    ensures result >= 0 || n > 20
    = if n > 20 then -1 else 0
func f(n int) int
    ensures result >= 0 || n > 20
    = g(n)`, 2)
	g := sys.Funcs[0]
	for _, tt := range []struct{ elsewhere, want evidence.Verdict }{
		{evidence.Holds, evidence.Holds}, {evidence.Unknown, evidence.Unknown}, {evidence.Violated, evidence.Unknown},
	} {
		found, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &scripted{status: solver.Unsat},
			Known: []*evidence.Contract{{Func: g, Verdict: tt.elsewhere}}})
		if err != nil || len(found) != 1 || found[0].Func == g || found[0].Verdict != tt.want {
			t.Errorf("g %s elsewhere: %d found, %v", tt.elsewhere, len(found), err)
		}
	}
}
