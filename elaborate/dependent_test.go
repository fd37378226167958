package elaborate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/discharge"
	"github.com/spec-lang/spec/ir/irtest"
)

// shelf has types that mention earlier parameters.
const shelf = `module shelf
const Room int
type Index[n int] = 0..n - 1
type Short[n int] = [..n]0..3
func at(s []0..3, i 0..len(s) - 1) 0..3 = s[i]
func clip(n int, hi 0..3) 0..hi = min(max(n, 0), hi)
func long(n int, s Short[n]) int = len(s)
machine M {
    var log [..Room]0..3 = []
    var x 0..3 = 0
    action Add(n 0..Room, i 0..n - 1) when n > 1 && len(log) < Room { log ++= [i] }
    action Take(k Index[Room], hi k..2 * k) when k < len(log) { x = clip(at(log, k), min(hi, 3)) }
    action Call(n 1..3) when x <= n { Inner(n, x) }
    internal action Inner(n 1..3, k 0..n) { x = n - k }
    terminal when true
}
model All of M { Room = 3 }
`

// plain says the same with conditions.
const plain = `module shelf
const Room int
func clip(n int, hi 0..3) 0..3 = min(max(n, 0), hi)
machine M {
    var log [..Room]0..3 = []
    var x 0..3 = 0
    action Add(n 0..Room, i 0..Room - 1) when i <= n - 1 && n > 1 && len(log) < Room { log ++= [i] }
    action Take(k 0..Room - 1, hi 0..2 * (Room - 1)) when k <= hi && hi <= 2 * k && k < len(log) { x = clip(log[k], min(hi, 3)) }
    action Call(n 1..3) when x <= n { x = n - x }
    terminal when true
}
model All of M { Room = 3 }
`

func systemOf(t *testing.T, text string) *ir.System {
	t.Helper()
	p := compile("shelf.spec", text)
	if p.diags.HasErrors() {
		t.Fatal(p.show(p.diags))
	}
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if sys == nil {
		t.Fatal(p.show(diags))
	}
	return sys
}

// TestDependentMeansCondition says that a type that mentions a parameter
// means the condition that it stands for, in every reachable state.
func TestDependentMeansCondition(t *testing.T) {
	got, want := irtest.ExploreUpTo(systemOf(t, shelf), 5000), irtest.ExploreUpTo(systemOf(t, plain), 5000)
	if len(got.States) != len(want.States) || got.Generated != want.Generated || len(got.Errors) > 0 || len(want.States) < 50 {
		t.Errorf("got %d states, %d generated, %d errors; want %d states, %d generated, no errors",
			len(got.States), got.Generated, len(got.Errors), len(want.States), want.Generated)
	}
}

// TestDependentBreaks says which values break a type that mentions a
// parameter, and that the judge meets them.
func TestDependentBreaks(t *testing.T) {
	for _, tt := range []struct {
		name, body, want string
		errors           bool
	}{
		{"within", "action A(n 0..3, k 0..n) { x = up(n, k) }", "intervals", false},
		{"above", "action A(n 0..3, b bool) { x = up(n, if b then 2 else 0) }", "model checker breaks 2", true},
		{"below", "action A(k 0..3) { x = down(2, k) }", "model checker breaks 0, 1", true},
		{"guarded", "action A(k 0..3) when k >= 2 { x = down(2, k) }", "intervals", false},
		{"an index", "action A(k 0..3) { x = last([0, 1], k) }", "model checker breaks 2, 3", true},
		{"a length", "action A(k 1..4) { x = short(2, if k > 2 then [0, 1, 2] else []) }", "model checker breaks ", true},
		{"a result", "func same(n 0..3) 1..n = n\naction A(n 0..3) { x = same(n) }", "model checker breaks 0", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := systemOf(t, `module m
func up(n 0..3, x 0..n) 0..3 = x
func down(n 0..3, x n..3) 0..3 = x
func last(s []0..3, i 0..len(s) - 1) 0..3 = s[i]
func short(n 0..3, s [..n]0..3) 0..3 = len(s)
machine M {
var x 0..3 = 0
`+tt.body+"\nterminal when true\n}\nmodel All of M {}\n")
			weakest := discharge.Answer{By: discharge.Constants}
			for _, a := range discharge.Of(sys) {
				if a.By < weakest.By {
					weakest = a
				}
			}
			got := weakest.By.String()
			if weakest.By == discharge.ModelChecker {
				got += fmt.Sprintf(" breaks %s", weakest.Breaks)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if failed := len(irtest.ExploreUpTo(sys, 100).Errors) > 0; failed != tt.errors {
				t.Errorf("the judge meets an error: %v", failed)
			}
		})
	}
}
