//go:build peers

package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/workspace"
)

// A formula of linear time in both languages.
type formula struct{ spec, spin string }

// Operators, with verbs in place of what they are applied to. Spin is mostly
// built without one for the next state.
var unary = []formula{{"not (%s)", "!(%s)"}, {"always (%s)", "[](%s)"}, {"eventually (%s)", "<>(%s)"}}

var binary = []formula{{"(%s) && (%s)", "(%s) && (%s)"}, {"(%s) || (%s)", "(%s) || (%s)"}, {"(%s) => (%s)", "(%s) -> (%s)"},
	{"(%s) until (%s)", "(%s) U (%s)"}, {"(%s) release (%s)", "(%s) V (%s)"}, {"(%s) unless (%s)", "(%s) W (%s)"}}

var atoms = []string{"a == 0", "a == 1", "a == 2", "b == 1"}

func randomFormula(r *rand.Rand, size int) formula {
	if size <= 1 {
		x := atoms[r.IntN(len(atoms))]
		return formula{x, x}
	}
	if size == 2 || r.IntN(3) == 0 {
		op, x := unary[r.IntN(len(unary))], randomFormula(r, size-1)
		return formula{fmt.Sprintf(op.spec, x.spec), fmt.Sprintf(op.spin, x.spin)}
	}
	op, left := binary[r.IntN(len(binary))], 1+r.IntN(size-2)
	x, y := randomFormula(r, left), randomFormula(r, size-1-left)
	return formula{fmt.Sprintf(op.spec, x.spec, y.spec), fmt.Sprintf(op.spin, x.spin, y.spin)}
}

// pair is one system in both languages: two processes that wait for each
// other now and then, but never both. What stands for the verb is how fair
// they are, and the properties.
const (
	pairSpec = `module pair
machine Pair {
    var a 0..2 = 0
    var b 0..1 = 0
    %[1]s action P {
        either {
            await a == 0
            a = 1
        } or {
            await a == 1 && b == 1
            a = 2
        } or {
            await a == 2
            a = 0
        }
    }
    %[1]s action Q {
        either {
            await b == 0
            b = 1
        } or {
            await a != 1
            b = 0
        }
    }
%[2]s}
model M of Pair {
%[3]s}
`
	pairSpin = `byte a, b;
active proctype P() {
	do
	:: d_step { a == 0 -> a = 1 }
	:: d_step { a == 1 && b == 1 -> a = 2 }
	:: d_step { a == 2 -> a = 0 }
	od
}
active proctype Q() {
	do
	:: d_step { b == 0 -> b = 1 }
	:: d_step { a != 1 -> b = 0 }
	od
}
`
)

// TestFormulas compares verdicts with Spin's: random formulas, with and
// without weak fairness. It also compares the sizes of the automata of all of
// them together.
func TestFormulas(t *testing.T) {
	var all []formula
	r := rand.New(rand.NewPCG(3, 5))
	for range 60 {
		all = append(all, randomFormula(r, 3+r.IntN(6)))
	}
	pan := claims(t, all)
	for _, fair := range []string{"", "fair"} {
		sys := pairOf(t, fair, all)
		res, err := mc.Check(context.Background(), sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]evidence.Verdict{}
		for _, f := range res.Findings {
			if f.Prop.Kind == ir.Temporal {
				got[f.Prop.Name] = f.Verdict
			}
		}
		counts := map[evidence.Verdict]int{}
		for i, x := range all {
			want := evidence.Holds
			if !pan.holds(t, i, fair) {
				want = evidence.Violated
			}
			counts[want]++
			if v := got[fmt.Sprintf("P%d", i)]; v != want {
				t.Errorf("%q: %s: %v here, %v in Spin", fair, x.spec, v, want)
			}
		}
		fmt.Printf("%d random formulas %s: %d hold, %d are violated, here and in Spin\n", len(all), fair, counts[evidence.Holds], counts[evidence.Violated])
		if counts[evidence.Holds] < 10 || counts[evidence.Violated] < 10 {
			t.Errorf("the formulas are not of both kinds: %v", counts)
		}
		if fair == "" {
			sizes(t, sys, pan)
		}
	}
}

func pairOf(t *testing.T, fair string, all []formula) *ir.System {
	t.Helper()
	var props, checks strings.Builder
	for i, x := range all {
		fmt.Fprintf(&props, "    property P%d: %s\n", i, x.spec)
		fmt.Fprintf(&checks, "    check P%d\n", i)
	}
	file := filepath.Join(t.TempDir(), "pair.spec")
	if err := os.WriteFile(file, fmt.Appendf(nil, pairSpec, fair, &props, &checks), 0o644); err != nil {
		t.Fatal(err)
	}
	snap := workspace.New().Snapshot(file)
	if snap.Diags.HasErrors() {
		t.Fatal(snap.Diags)
	}
	sys, diags := snap.System(snap.Models()[0])
	if sys == nil {
		t.Fatal(diags)
	}
	return sys
}

// claimed is a verifier with one claim for each formula.
type claimed struct{ program string }

func claims(t *testing.T, all []formula) claimed {
	t.Helper()
	dir := t.TempDir()
	text := pairSpin
	for i, x := range all {
		text += fmt.Sprintf("ltl p%d { %s }\n", i, x.spin)
	}
	if err := os.WriteFile(filepath.Join(dir, "pair.pml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	command(t, dir, "spin", "-a", "-o1", "-o2", "-o3", "pair.pml")
	c := claimed{filepath.Join(dir, "pan")}
	command(t, dir, "gcc", "-O1", "-w", "-DNOREDUCE", "-DNFAIR=3", "-o", c.program, "pan.c")
	return c
}

func (c claimed) holds(t *testing.T, claim int, fair string) bool {
	t.Helper()
	args := []string{"-a", "-n", "-N", fmt.Sprintf("p%d", claim)}
	if fair != "" {
		args = append(args, "-f")
	}
	out := command(t, filepath.Dir(c.program), c.program, args...)
	m := errors.FindSubmatch(out)
	if m == nil {
		t.Fatalf("no verdict in %s", out)
	}
	return string(m[1]) == "0"
}

// label begins a state of a claim.
var label = regexp.MustCompile(`(?m)^\w+:$`)

// sizes compares how many states the automata have, of ours and of Spin's.
func sizes(t *testing.T, sys *ir.System, pan claimed) {
	t.Helper()
	ours := 0
	for _, prop := range sys.Props {
		p, err := buchi.FromIR(sys, prop.Formula)
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.Negation()
		if err != nil {
			t.Fatal(err)
		}
		ours += len(a.Edges)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(pan.program), "_spin_nvr.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := len(label.FindAll(text, -1))
	fmt.Printf("their automata have %d states here and %d in Spin\n", ours, theirs)
	if ours == 0 || ours > theirs {
		t.Errorf("the automata have %d states here and %d in Spin", ours, theirs)
	}
}
