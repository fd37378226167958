package buchi

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// tree is a formula as a test writes it, before anything is simplified.
type tree struct {
	op   string
	prop int
	args []*tree
}

// word is a lasso: letters, and where the last one leads back to.
type word struct {
	letters []uint64
	loop    int
}

func (w word) next(i int) int {
	if i+1 < len(w.letters) {
		return i + 1
	}
	return w.loop
}

// holds is the semantics of linear time, to the letter: it walks as far as a
// walk can lead to something new.
func (w word) holds(t *tree, i int) bool {
	arg := func(k, i int) bool { return w.holds(t.args[k], i) }
	switch t.op {
	case "true":
		return true
	case "prop":
		return w.letters[i]>>t.prop&1 == 1
	case "!":
		return !arg(0, i)
	case "&&":
		return arg(0, i) && arg(1, i)
	case "||":
		return arg(0, i) || arg(1, i)
	case "=>":
		return !arg(0, i) || arg(1, i)
	case "<=>":
		return arg(0, i) == arg(1, i)
	case "X":
		return arg(0, w.next(i))
	case "~>":
		for n, j := 0, i; n < len(w.letters); n, j = n+1, w.next(j) {
			if arg(0, j) && !w.until(j, func(int) bool { return true }, func(k int) bool { return arg(1, k) }) {
				return false
			}
		}
		return true
	case "F":
		return w.until(i, func(int) bool { return true }, func(k int) bool { return arg(0, k) })
	case "G":
		return !w.until(i, func(int) bool { return true }, func(k int) bool { return !arg(0, k) })
	case "U":
		return w.until(i, func(k int) bool { return arg(0, k) }, func(k int) bool { return arg(1, k) })
	case "W":
		for n, j := 0, i; n < len(w.letters); n, j = n+1, w.next(j) {
			if arg(1, j) {
				return true
			}
			if !arg(0, j) {
				return false
			}
		}
		return true
	case "R":
		return !w.until(i, func(k int) bool { return !arg(0, k) }, func(k int) bool { return !arg(1, k) })
	}
	panic(t.op)
}

func (w word) until(i int, p, q func(int) bool) bool {
	for n, j := 0, i; n < len(w.letters); n, j = n+1, w.next(j) {
		if q(j) {
			return true
		}
		if !p(j) {
			return false
		}
	}
	return false
}

// build makes the formula of a tree.
func (t *tree) build(f *Formulas) Formula {
	var args []Formula
	for _, a := range t.args {
		args = append(args, a.build(f))
	}
	switch t.op {
	case "true":
		return True
	case "prop":
		return f.Prop(t.prop)
	case "!":
		return f.Not(args[0])
	case "&&":
		return f.And(args...)
	case "||":
		return f.Or(args...)
	case "=>":
		return f.Implies(args[0], args[1])
	case "<=>":
		return f.Iff(args[0], args[1])
	case "X":
		return f.Next(args[0])
	case "F":
		return f.Eventually(args[0])
	case "G":
		return f.Always(args[0])
	case "U":
		return f.Until(args[0], args[1])
	case "W":
		return f.Unless(args[0], args[1])
	case "R":
		return f.Release(args[0], args[1])
	case "~>":
		return f.LeadsTo(args[0], args[1])
	}
	panic(t.op)
}

func (t *tree) String() string {
	switch len(t.args) {
	case 0:
		if t.op == "prop" {
			return fmt.Sprintf("p%d", t.prop)
		}
		return t.op
	case 1:
		return t.op + " " + t.args[0].String()
	}
	return "(" + t.args[0].String() + " " + t.op + " " + t.args[1].String() + ")"
}

var unary, binary = []string{"!", "X", "F", "G"}, []string{"&&", "||", "=>", "<=>", "U", "W", "R", "~>"}

func randomTree(r *rand.Rand, size, props int) *tree {
	switch {
	case size <= 1 && r.IntN(20) == 0:
		return &tree{op: "true"}
	case size <= 1:
		return &tree{op: "prop", prop: r.IntN(props)}
	case size == 2 || r.IntN(3) == 0:
		return &tree{op: unary[r.IntN(len(unary))], args: []*tree{randomTree(r, size-1, props)}}
	}
	left := 1 + r.IntN(size-2)
	return &tree{op: binary[r.IntN(len(binary))], args: []*tree{randomTree(r, left, props), randomTree(r, size-1-left, props)}}
}

func randomWord(r *rand.Rand, props int) word {
	n := 1 + r.IntN(6)
	w := word{loop: r.IntN(n)}
	for range n {
		w.letters = append(w.letters, r.Uint64N(1<<props))
	}
	return w
}

// accepts decides by brute force whether a accepts w: some place of the
// product is reached from the start, and from itself by a walk that meets all
// marks, which reachability with each set of marks shows.
func (a *Automaton) accepts(w word) bool {
	type spot struct{ state, place int }
	reach := func(from []spot) map[spot]bool {
		seen := map[spot]bool{}
		for len(from) > 0 {
			at := from[0]
			from = from[1:]
			if seen[at] {
				continue
			}
			seen[at] = true
			for _, e := range a.Edges[at.state] {
				if e.Label.Allows(w.letters[at.place]) {
					from = append(from, spot{e.To, w.next(at.place)})
				}
			}
		}
		return seen
	}
	var start []spot
	for _, q := range a.Initial {
		start = append(start, spot{q, 0})
	}
	behind := map[spot]map[spot]bool{}
	all := reach(start)
	for s := range all {
		behind[s] = reach([]spot{s})
	}
	for s := range all {
		marks, cycle := uint64(0), false
		for u := range behind[s] {
			if !behind[u][s] {
				continue
			}
			for _, e := range a.Edges[u.state] {
				to := spot{e.To, w.next(u.place)}
				if e.Label.Allows(w.letters[u.place]) && behind[s][to] && behind[to][s] {
					marks |= e.Marks
					cycle = true
				}
			}
		}
		if cycle && marks == a.All() {
			return true
		}
	}
	return false
}

func automaton(t *testing.T, f *Formulas, x Formula) *Automaton {
	t.Helper()
	a, err := Translate(f, x)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTranslate compares automata of random formulas, and of their negations,
// with the semantics on random words.
func TestTranslate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		tr := randomTree(r, 2+r.IntN(8), 3)
		f := NewFormulas()
		x := tr.build(f)
		a, b := automaton(t, f, x), automaton(t, f, f.Not(x))
		for range 12 {
			w := randomWord(r, 3)
			want := w.holds(tr, 0)
			if got := a.accepts(w); got != want {
				t.Fatalf("%s (as %s) on %v: accepted %v, want %v", tr, f.String(x), w, got, want)
			}
			if got := b.accepts(w); got == want {
				t.Fatalf("not %s (as %s) on %v: accepted %v, want %v", tr, f.String(f.Not(x)), w, got, !want)
			}
		}
	}
}

// TestUnsimplified holds the translation to the semantics without what
// simplify does, so that one cannot hide a fault of the other.
func TestUnsimplified(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		tr := randomTree(r, 2+r.IntN(6), 3)
		f := NewFormulas()
		x := tr.build(f)
		tn := translation{f: f, moves: map[Formula][]move{}, states: map[string]int{}, a: &Automaton{}}
		if err := tn.run(x); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			if w := randomWord(r, 3); tn.a.accepts(w) != w.holds(tr, 0) {
				t.Fatalf("%s on %v: accepted %v", tr, w, tn.a.accepts(w))
			}
		}
	}
}
