package elaborate_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir/irtest"
)

// sketch is a statement of a random process over the variables x and y.
type sketch struct {
	kind   string // set, await, if, either, while, loop, label, goto
	v, n   int    // the variable and a number
	bodies [][]sketch
}

// maker makes random processes. Every body of a loop begins with a label, so
// that no step is without end.
type maker struct {
	*rand.Rand
	labels int
}

func (m *maker) label() sketch {
	m.labels++
	return sketch{kind: "label", n: m.labels - 1}
}

func (m *maker) list(depth int) []sketch {
	var out []sketch
	for range 1 + m.Intn(3) {
		s := sketch{v: m.Intn(2), n: m.Intn(3)}
		kinds := []string{"set", "set", "set", "await", "label", "label", "if", "either", "while", "loop", "goto"}
		if depth == 0 {
			kinds = kinds[:6]
		}
		switch s.kind = kinds[m.Intn(len(kinds))]; s.kind {
		case "label":
			s = m.label()
		case "if", "either":
			s.bodies = [][]sketch{m.list(depth - 1), m.list(depth - 1)}
		case "while", "loop":
			s.bodies = [][]sketch{append([]sketch{m.label()}, m.list(depth-1)...)}
		case "goto":
			s.n = m.Intn(8)
		}
		out = append(out, s)
		if s.kind == "loop" || s.kind == "goto" {
			break // nothing after it is reached
		}
	}
	return out
}

// text writes statements in the language.
func (m *maker) text(b *strings.Builder, list []sketch) {
	block := func(list []sketch) { b.WriteString("{\n"); m.text(b, list); b.WriteString("}") }
	for _, s := range list {
		v := string(rune('x' + s.v))
		switch s.kind {
		case "set":
			fmt.Fprintf(b, "%s = (%s + %d) %% 3", v, v, s.n)
		case "await":
			fmt.Fprintf(b, "await %s != %d", v, s.n)
		case "label":
			fmt.Fprintf(b, "l%d: skip", s.n)
		case "goto":
			fmt.Fprintf(b, "goto l%d", s.n%m.labels)
		case "if":
			fmt.Fprintf(b, "if %s == %d ", v, s.n)
			block(s.bodies[0])
			b.WriteString(" else ")
			block(s.bodies[1])
		case "either":
			b.WriteString("either ")
			block(s.bodies[0])
			b.WriteString(" or ")
			block(s.bodies[1])
		case "while":
			fmt.Fprintf(b, "while %s != %d ", v, s.n)
			block(s.bodies[0])
		case "loop":
			b.WriteString("loop ")
			block(s.bodies[0])
		}
		b.WriteString("\n")
	}
}

// point is a place in a process with the values of x and y: what is left to
// do, innermost first.
type point struct {
	label string
	vars  [2]int
}

// rest is what is left to do: a list, and then what follows it.
type rest struct {
	list []sketch
	then *rest
}

// twin runs a process on its text's meaning: it walks through the statements
// with values in hand, where the elaboration compiles every branch.
type twin struct {
	m     *maker
	after map[string]*rest // by label
}

func (w *twin) find(list []sketch, then *rest) {
	for i, s := range list {
		next := &rest{list[i+1:], then}
		switch s.kind {
		case "label":
			w.after[fmt.Sprintf("l%d", s.n)] = next
		case "while", "loop":
			next = &rest{list[i:], then}
		}
		for _, b := range s.bodies {
			w.find(b, next)
		}
	}
}

// run returns where the step that begins with r may end.
func (w *twin) run(r *rest, vars [2]int) []point {
	for r != nil && len(r.list) == 0 {
		r = r.then
	}
	if r == nil {
		return []point{{"done", vars}}
	}
	s, next := r.list[0], &rest{r.list[1:], r.then}
	switch s.kind {
	case "set":
		vars[s.v] = (vars[s.v] + s.n) % 3
	case "await":
		if vars[s.v] == s.n {
			return nil
		}
	case "label":
		return []point{{fmt.Sprintf("l%d", s.n), vars}}
	case "goto":
		return []point{{fmt.Sprintf("l%d", s.n%w.m.labels), vars}}
	case "if":
		if vars[s.v] == s.n {
			return w.run(&rest{s.bodies[0], next}, vars)
		}
		return w.run(&rest{s.bodies[1], next}, vars)
	case "either":
		return append(w.run(&rest{s.bodies[0], next}, vars), w.run(&rest{s.bodies[1], next}, vars)...)
	case "while":
		if vars[s.v] != s.n {
			return w.run(&rest{s.bodies[0], r}, vars)
		}
	case "loop":
		return w.run(&rest{s.bodies[0], r}, vars)
	}
	return w.run(next, vars)
}

// explore returns every reachable point as text, sorted, and how many were
// generated.
func (w *twin) explore(start string) ([]string, int) {
	todo := []point{{start, [2]int{}}}
	seen, generated := map[point]bool{}, 1
	var out []string
	for len(todo) > 0 {
		p := todo[0]
		todo = todo[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		out = append(out, fmt.Sprintf("%d;%d;%s;", p.vars[0], p.vars[1], p.label))
		if p.label != "done" {
			next := w.run(w.after[p.label], p.vars)
			generated += len(next)
			todo = append(todo, next...)
		}
	}
	slices.Sort(out)
	return out, generated
}

// TestTwin compares random processes with an interpreter of their statements.
func TestTwin(t *testing.T) {
	compared := 0
	for seed := range int64(400) {
		m := &maker{Rand: rand.New(rand.NewSource(seed))}
		list := m.list(4)
		list = append(list, m.label()) // something to go to
		var b strings.Builder
		b.WriteString("module twin\nmachine M {\nvar x 0..2 = 0\nvar y 0..2 = 0\nprocess P {\n")
		m.text(&b, list)
		b.WriteString("}\nterminal when true\n}\nmodel All of M { }\n")
		p := compile("twin.spec", b.String())
		if p.diags.HasErrors() {
			t.Fatalf("seed %d does not check:\n%s\n%s", seed, p.show(p.diags), b.String())
		}
		sys, diags := elaborate.Model(p.info, p.models()[0])
		if sys == nil {
			t.Fatalf("seed %d does not elaborate:\n%s\n%s", seed, p.show(diags), b.String())
		}
		w := &twin{m, map[string]*rest{"start": {list, nil}}}
		w.find(list, nil)
		start := "start"
		if first := list[0]; first.kind == "label" || first.kind == "loop" {
			start = w.run(w.after["start"], [2]int{})[0].label
		}
		want, generated := w.explore(start)
		r := irtest.Explore(sys)
		var got []string
		for _, st := range r.States {
			got = append(got, irtest.Key(st))
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || r.Generated != generated {
			t.Fatalf("seed %d: %d generated, want %d; states (-want +got):\n%s\n%s", seed, r.Generated, generated, diff, b.String())
		}
		compared += len(got)
	}
	if compared < 1500 {
		t.Errorf("only %d states compared: the random processes are too small", compared)
	}
}
