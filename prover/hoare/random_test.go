//go:build solvers

package hoare

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/workspace"
)

// writer writes random functions that are well typed and small enough to be
// wrong for small arguments if they are wrong.
type writer struct {
	*rand.Rand
	strings.Builder
	names []string // of numbers
	depth int
	loops int // around what is written: in them s does not grow
}

func (w *writer) pick(all ...string) string { return all[w.IntN(len(all))] }

func (w *writer) name() string { return w.pick(w.names...) }

func (w *writer) number(depth int) string {
	if depth == 0 || w.IntN(3) == 0 {
		return w.pick(w.name(), w.name(), fmt.Sprint(w.IntN(4)-1), "len(s)")
	}
	x, y := w.number(depth-1), w.number(depth-1)
	switch w.IntN(9) {
	case 0:
		return "(" + x + " / " + y + ")"
	case 1:
		return "(" + x + " % " + y + ")"
	case 2:
		return "s[" + x + "]"
	case 3:
		return "count(s, " + x + ")"
	case 4:
		return "(if " + w.condition(depth-1) + " then " + x + " else " + y + ")"
	case 5:
		return w.pick("above", "fewer", "halved") + "(" + x + ")"
	case 6:
		return "(" + x + " * " + w.pick("2", "-1", "3") + ")"
	case 7:
		return "count(s[" + w.pick("0", "1") + ":" + w.pick("len(s)", x) + "], " + y + ")"
	}
	return "(" + x + w.pick(" + ", " - ") + y + ")"
}

func (w *writer) condition(depth int) string {
	switch w.IntN(6) {
	case 0:
		return "(" + w.condition(max(0, depth-1)) + w.pick(" && ", " || ", " => ") + w.condition(max(0, depth-1)) + ")"
	case 1:
		return "(forall v in s: v" + w.pick(" < ", " >= ", " != ") + w.number(0) + ")"
	case 2:
		return "(exists k in 0..len(s)-1: s[k]" + w.pick(" == ", " > ") + w.number(0) + ")"
	}
	return w.number(depth) + w.pick(" < ", " <= ", " == ", " != ") + w.number(depth)
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) statements(n int) {
	known := len(w.names)
	defer func() { w.names = w.names[:known] }()
	for range n {
		w.depth++
		switch k := w.IntN(8); {
		case k == 0 && w.depth < 6:
			w.line("if %s {", w.condition(1))
			w.statements(1)
			w.line("} else {")
			w.statements(1)
			w.line("}")
		case k == 1 && w.depth < 6:
			i := fmt.Sprintf("i%d", w.depth)
			w.line("var %s = 0", i)
			w.names = append(w.names, i)
			w.line("while %s < len(s)", i)
			w.line("    invariant 0 <= %s && %s", i, w.pick(i+" <= len(s)", w.condition(1)))
			w.line("    decreases len(s) - %s", i)
			w.line("{")
			w.loops++
			w.statements(1)
			w.loops--
			w.line("%s += 1", i)
			w.line("}")
		case k == 2:
			w.line("if %s { return %s }", w.condition(1), w.number(1))
		case k == 3:
			w.line("if %s { s[%s] = %s }", w.condition(0), w.number(0), w.number(1))
		case k == 4 && w.loops == 0:
			w.line("s = %s", w.pick("s ++ ["+w.number(1)+"]", "["+w.number(0)+"] ++ s", "s[0:len(s)]"))
		default:
			w.line("%s = %s", w.pick("x", "y"), w.number(2))
		}
	}
}

const helpers = `
func above(n int) int
    ensures result > n
    = n + 1
func fewer(n int) int
    requires n > 0
    ensures 0 <= result && result < n
    decreases n
    = if n == 1 then 0 else fewer(n - 1) + 1
func halved(n int) int = n / 2
`

func randomFunction(seed uint64) string {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 7)), names: []string{"a", "b"}}
	w.line("module f\n%sfunc f(a int, b int, q []int) int", helpers)
	if w.IntN(2) == 0 {
		w.line("    requires %s", w.pick("a >= 0", "a < b", "len(q) > 0", "b != 0", "len(q) > 0 && q[0] == a"))
	}
	w.line("    ensures %s", strings.NewReplacer("s[", "q[", "(s", "(q", "in s:", "in q:", "a ", "result ").Replace(w.sayable()))
	w.line("{\nvar s = q\nvar x = a\nvar y = b")
	w.names = append(w.names, "x", "y")
	w.statements(1 + w.IntN(3))
	w.line("return %s\n}", w.pick("x", "y", "x + y", "len(s)"))
	return w.String()
}

// sayable is a condition that has a value everywhere.
func (w *writer) sayable() string {
	return w.pick("a < b + 3", "a <= b || a > b", "a == b", "a >= 0", "a <= len(s)", "count(s, a) == 0", "a != 7", "forall v in s: v <= a", "a + b >= 0 || b < 0")
}

// TestSound: what solvers say is proved is not wrong for small arguments. Some
// functions are right, and some of these are proved.
func TestSound(t *testing.T) {
	found := solver.Find(t.Context())
	if len(found) < 2 {
		t.Fatalf("z3 and cvc5 are not both here: run `make deps`; found %d", len(found))
	}
	many := uint64(100)
	if os.Getenv("SPEC_SOAK") != "" {
		many = 3000
	}
	proved, wrong := 0, 0
	for seed := range many {
		text := randomFunction(seed)
		ws := workspace.New()
		ws.SetOverlay("/f.spec", text)
		s := ws.Snapshot("/f.spec")
		sys, diags := s.Functions(2)
		if sys == nil || s.Diags.HasErrors() {
			t.Fatalf("%s\n%v %v", text, s.Diags, diags)
		}
		for _, f := range sys.Funcs {
			if f.Name != "f" {
				continue
			}
			out := &evidence.Contract{Func: f}
			newProof(t.Context(), sys, f, Options{Solver: &solver.Portfolio{Solvers: found}, Limit: 300 * time.Millisecond}, nil).run(out)
			bad := try(f)
			switch {
			case bad != nil && out.Verdict == evidence.Holds:
				t.Errorf("seed %d: proved, but wrong for %v: %s\n%s", seed, bad.Unmet.Args, bad.Unmet.Why, text)
			case bad != nil:
				wrong++
			case out.Verdict == evidence.Holds:
				proved++
			}
		}
	}
	t.Logf("%d functions: %d are proved, %d are wrong", many, proved, wrong)
	if proved < int(many)/20 || wrong < int(many)/5 {
		t.Errorf("of %d functions %d are proved and %d are wrong: too few", many, proved, wrong)
	}
}
