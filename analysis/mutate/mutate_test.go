package mutate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/analysis/mutate"
	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

const text = `module m

enum Mode { Idle, Busy, Full(n 0..3) }

func least(a int, b int) int = if a < b then a else b
func unused(a int) int = a + 1

machine M {
    var mode Mode     = Idle
    var left 0..3     = 3
    var seen set[0..3] = {}

    fair action Take(n in seen) when left > 0 && mode == Busy {
        left -= 1
        if n == 0 { mode = Idle }
    }
    action Add(n 0..3) when !(n in seen) {
        seen |= {least(n, 2)}
    }
    process P {
        go: await mode == Idle
            goto go
    }
    invariant Left: left >= 0 && 1 == 1
}

model Small of M { check Left }
`

// check parses and checks a text without faults.
func check(t *testing.T, text string) (*source.File, *typecheck.Info, *types.Model) {
	t.Helper()
	file := source.NewFile("m.spec", text)
	tree, diags := parse.File(file)
	info, more := typecheck.Check(tree, nil)
	if diags = append(diags, more...); len(diags) > 0 {
		t.Fatal(diags)
	}
	return file, info, info.Root.Members["Small"].(*types.Model)
}

// TestOf is the whole list of mutants of a text: each operator at each of its
// places, and none in types, patterns, properties and functions that only
// properties could call.
func TestOf(t *testing.T) {
	file, info, _ := check(t, text)
	var got []string
	for _, m := range mutate.Of(file, info.Root.File, info) {
		got = append(got, fmt.Sprintf("%s, %s: %q to %q", m.In, m.Kind, file.Text[m.Span.Lo:m.Span.Hi], m.Text))
	}
	want := strings.Split(strings.TrimSpace(`
func least, condition: "a < b" to "true"
func least, condition: "a < b" to "false"
func least, operator: " < " to " <= "
var mode, value: "Idle" to "Busy"
var left, value: "3" to "4"
var left, value: "3" to "2"
action Take, fairness: "fair action " to "action "
action Take, condition: "left > 0" to "true"
action Take, operator: "left > 0 && mode == Busy" to "(left > 0 || mode == Busy)"
action Take, operator: " > " to " >= "
action Take, value: "0" to "1"
action Take, condition: "mode == Busy" to "true"
action Take, operator: " == " to " != "
action Take, value: "Busy" to "Idle"
action Take, statement: "left -= 1" to "skip"
action Take, operator: " -= " to " += "
action Take, value: "1" to "2"
action Take, value: "1" to "0"
action Take, condition: "n == 0" to "true"
action Take, condition: "n == 0" to "false"
action Take, operator: " == " to " != "
action Take, value: "0" to "1"
action Take, statement: "mode = Idle" to "skip"
action Take, value: "Idle" to "Busy"
action Add, condition: "!(n in seen)" to "true"
action Add, operator: "!(n in seen)" to "(n in seen)"
action Add, operator: " in " to " not in "
action Add, statement: "seen |= {least(n, 2)}" to "skip"
action Add, operator: " |= " to " &= "
action Add, value: "2" to "3"
action Add, value: "2" to "1"
process P, condition: "mode == Idle" to "true"
process P, operator: " == " to " != "
process P, value: "Idle" to "Busy"
process P, statement: "goto go" to "skip"
`), "\n")
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestSame: a change of what is never reached is no change, any other is.
func TestSame(t *testing.T) {
	build := func(text string) *ir.System {
		_, info, model := check(t, text)
		sys, diags := elaborate.Model(info, model)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return sys
	}
	whole := build(text)
	for _, c := range []struct {
		old, changed string
		same         bool
	}{
		{"left > 0 && mode == Busy", "left > 1 && mode == Busy", true}, // mode never is Busy
		{"left > 0 && mode == Busy", "left > 0 && mode == Idle", false},
		{"fair action Take", "action Take", false},
		{"= 3", "= 2", false},
		{"least(n, 2)", "least(n, 3)", false},
		{"a < b", "a <= b", true},
		{"await mode == Idle", "await mode != Idle", true}, // that step changes nothing, and others are possible
	} {
		if got := mutate.Same(whole, build(strings.Replace(text, c.old, c.changed, 1)), 1000); got != c.same {
			t.Errorf("%s for %s: same is %v", c.changed, c.old, got)
		}
	}
	if mutate.Same(whole, whole, 2) {
		t.Error("the same beyond the limit of states")
	}
}
