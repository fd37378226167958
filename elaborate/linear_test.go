package elaborate_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck"
)

// pool is a machine with three tokens in one set, two options and an entry
// for each of two places. It neither makes nor ends any, so each reachable
// state has each token in one place.
const pool = `module pool
enum Token { A, B, C }
enum Spot { L, R }
enum Box { Empty, Full(t linear Token) }
machine Pool {
    var free set[linear Token] = values(Token)
    var x option[linear Token] = none
    var y option[linear Token] = none
    var at [Spot]option[linear Token] = {_: none}
    var box Box = Empty
ACTIONS
}
model All of Pool {}
`

// writer makes bodies of what moves a token, and then spoils some.
type writer struct {
	rng     *rand.Rand
	lines   []string
	name    int
	members []string // names that range over free
}

func (w *writer) pick(of ...string) string { return of[w.rng.IntN(len(of))] }

func (w *writer) spot() string { return w.pick("x", "y", "at[s]", "at[q]", "at[L]") }

func (w *writer) add(lines ...string) { w.lines = append(w.lines, lines...) }

// put stores a token.
func (w *writer) put(token string) {
	switch w.rng.IntN(4) {
	case 0:
		w.add("free += " + token)
	case 1:
		w.add("box = Full(" + token + ")")
	default:
		w.add(w.spot() + " = some(" + token + ")")
	}
}

// move takes a token from a spot and stores it.
func (w *writer) move() {
	from := w.spot()
	w.put(from + ".value")
	w.add(from + " = none")
}

func (w *writer) block(depth int, open string) {
	w.add(open)
	for n := w.rng.IntN(3); n > 0; n-- {
		w.stmt(depth)
	}
}

func (w *writer) stmt(depth int) {
	k := w.rng.IntN(10)
	if depth == 0 {
		k = w.rng.IntN(5)
	}
	w.name++
	name := fmt.Sprint("n", w.name)
	switch k {
	case 0:
		x := w.pick(w.members...)
		w.add("free -= " + x)
		w.put(x)
	case 1:
		from := w.spot()
		w.add("let "+name+" = "+from+".value", from+" = none")
		w.put(name)
	case 2:
		from := w.spot()
		w.add(w.spot()+" = "+from, from+" = none")
	case 3, 4:
		w.move()
	case 5, 6:
		w.block(depth-1, "if "+w.spot()+w.pick(" == ", " != ")+"none {")
		w.block(depth-1, "} else {")
		w.add("}")
	case 7:
		from := w.spot()
		w.block(depth-1, "match "+from+" { some("+name+") => {")
		w.put(name)
		w.add(from + " = none")
		w.block(depth-1, "}\nnone => {")
		w.add("} }")
	case 8:
		w.block(depth-1, "either {")
		w.block(depth-1, "} or {")
		w.add("}")
	case 9:
		old := w.members
		if w.rng.IntN(2) == 0 {
			w.members = append(old[:len(old):len(old)], name)
			w.block(depth-1, "for "+name+" in free {")
		} else {
			w.block(depth-1, "for s in Spot {")
		}
		w.add("}")
		w.members = old
	}
}

// spoil leaves out, repeats or exchanges plain lines.
func (w *writer) spoil() {
	var plain []int
	for i, line := range w.lines {
		if !strings.ContainsAny(line, "{}") {
			plain = append(plain, i)
		}
	}
	if len(plain) == 0 {
		return
	}
	i, j := plain[w.rng.IntN(len(plain))], plain[w.rng.IntN(len(plain))]
	switch w.rng.IntN(4) {
	case 0:
		w.lines[i] = "skip"
	case 1:
		w.lines[i] += "\n" + w.lines[j]
	case 2:
		w.lines[i], w.lines[j] = w.lines[j], w.lines[i]
	}
}

// labelled is the body with a label, a jump or nothing after some of its lines.
func (w *writer) labelled() string {
	var b strings.Builder
	depth := 0
	for _, line := range w.lines {
		b.WriteString(line + "\n")
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		if depth == 0 && w.rng.IntN(4) == 0 {
			w.name++
			fmt.Fprintf(&b, "l%d: %s", w.name, w.pick("pick p, o in free\nlet q = L\n", "skip\n", "if x == none { goto first }\n"))
		}
	}
	return b.String()
}

func (w *writer) action(i int) string {
	w.lines, w.members = nil, []string{"p", "o"}
	for n := 1 + w.rng.IntN(2); n > 0; n-- {
		w.stmt(2)
	}
	w.spoil()
	guard := w.pick("x == none", "at[s] == none && x != none", "at[q] == none && box == Empty", "y == none && at[s] == none && at[L] == none",
		"x == none && y == none && box == Empty && at == {_: none}", "p != o && x == none && y == none", "s != q && x != none && at[s] == none")
	if i%3 == 0 {
		return fmt.Sprintf("    process P(s Spot) { loop {\nfirst: await %s\npick p, o in free where %s\nlet q = L\n%s\n} }\n",
			w.pick("true", "box == Empty"), strings.NewReplacer("s != q", "s != R", "at[q]", "at[L]").Replace(guard), w.labelled())
	}
	return fmt.Sprintf("    action A%d(s Spot, q Spot, p in free, o in free) when %s {\n%s\n    }\n", i, guard, strings.Join(w.lines, "\n"))
}

// moves are actions that the checker accepts and that reach many states.
const moves = `
    action Take(p in free) when x == none { free -= p
        x = some(p) }
    action Put when x != none { free += x.value
        x = none }
    action Shift(s Spot) when at[s] == none && x != none { at[s] = some(x.value)
        x = none }
    action Back(s Spot) when y == none { match at[s] { some(t) => { y = some(t)
        at[s] = none }, none => skip } }
`

// TestLinearConserves says that what the checker accepts neither loses nor
// doubles a token, in any state that the judge reaches; and that it refuses
// bodies that do.
func TestLinearConserves(t *testing.T) {
	rounds := 2000
	if os.Getenv("SPEC_SOAK") != "" {
		rounds = 200000
	}
	w := &writer{rng: rand.New(rand.NewPCG(4, 1))}
	accepted, wrong := 0, 0
	for i := range rounds {
		action := w.action(i)
		p := compile("pool.spec", strings.Replace(pool, "ACTIONS", moves+action, 1))
		refused := p.diags.HasErrors()
		if refused && i%7 > 0 || !onlyLinear(p.diags) {
			continue
		}
		sys, diags := elaborate.Model(p.info, p.models()[0])
		if sys == nil && diags[0].Code == elaborate.LostAtLabel {
			continue // it reads a name of the step before
		}
		if sys == nil {
			t.Fatalf("does not elaborate:\n%s", p.show(diags))
		}
		switch conserved := conserves(sys); {
		case !refused && !conserved:
			t.Fatalf("a token is lost or doubled, and the checker is content:\n%s", action)
		case !refused:
			accepted++
		case !conserved:
			wrong++
		}
	}

	if accepted < 200 || wrong < 15 {
		t.Errorf("%d accepted and %d wrong bodies show little", accepted, wrong)
	}
}

// onlyLinear reports whether all that is wrong is about linear values.
func onlyLinear(list diag.List) bool {
	return !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && d.Code != typecheck.LinearLost && d.Code != typecheck.LinearTwice &&
			d.Code != typecheck.LinearCopied && d.Code != typecheck.LinearInside
	})
}

// conserves reports whether each reachable state has each token once.
func conserves(sys *ir.System) bool {
	for _, state := range irtest.ExploreUpTo(sys, 200).States {
		var count [3]int
		for _, v := range state {
			tokens(v, &count)
		}
		if count != [3]int{1, 1, 1} {
			return false
		}
	}
	return true
}

func tokens(v ir.Value, count *[3]int) {
	switch v := v.(type) {
	case ir.SumValue:
		if v.Type.Name == "Token" {
			count[v.Variant]++
		}
		for _, a := range v.Args {
			tokens(a, count)
		}
	case ir.SetValue:
		for _, e := range v.Elems {
			tokens(e, count)
		}
	case ir.MapValue:
		for _, e := range v.Vals {
			tokens(e, count)
		}
	}
}
