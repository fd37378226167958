package buchi

import (
	"fmt"
	"math/bits"
	"slices"
)

// Label is a conjunction of literals: the propositions of Pos are true and
// those of Neg are false, by bit.
type Label struct{ Pos, Neg uint64 }

// Allows reports whether a letter, the set of propositions that are true,
// satisfies l.
func (l Label) Allows(letter uint64) bool { return l.Pos&^letter == 0 && l.Neg&letter == 0 }

// weaker reports whether every letter that m allows is allowed by l.
func (l Label) weaker(m Label) bool { return l.Pos&^m.Pos == 0 && l.Neg&^m.Neg == 0 }

func (l Label) with(m Label) (Label, bool) {
	n := Label{l.Pos | m.Pos, l.Neg | m.Neg}
	return n, n.Pos&n.Neg == 0
}

// Edge is a transition. Marks are the acceptance sets that it belongs to.
type Edge struct {
	Label Label
	Marks uint64
	To    int
}

// Automaton is a transition-based generalised Buchi automaton. It accepts a
// word if some run over it meets each of its acceptance sets infinitely often;
// with no acceptance set, if there is a run.
type Automaton struct {
	Initial []int // ascending
	Edges   [][]Edge
	// Sets is how many acceptance sets there are, at most 64.
	Sets int
	// Accepting says of each state whether an accepting cycle goes through
	// it.
	Accepting []bool
}

// All is the marks of all acceptance sets.
func (a *Automaton) All() uint64 {
	if a.Sets == 64 {
		return ^uint64(0)
	}
	return 1<<a.Sets - 1
}

// Transitions is how many transitions there are.
func (a *Automaton) Transitions() int {
	n := 0
	for _, es := range a.Edges {
		n += len(es)
	}
	return n
}

// What a formula may come to before it counts as too large.
const (
	mostStates = 1 << 14
	mostEdges  = 1 << 18
)

// Translate returns an automaton for x. The error says that it would be too
// large.
func Translate(f *Formulas, x Formula) (*Automaton, error) {
	t := translation{f: f, moves: map[Formula][]move{}, states: map[string]int{}, a: &Automaton{}}
	if err := t.run(x); err != nil {
		return nil, err
	}
	t.a.simplify()
	return t.a, nil
}

// move is a transition of the alternating automaton: to all the formulas in
// to, which is ascending.
type move struct {
	label Label
	to    []Formula
}

// implied reports whether n is needless beside m.
func (m move) implied(n move) bool { return m.label.weaker(n.label) && subset(m.to, n.to) }

type translation struct {
	f      *Formulas
	moves  map[Formula][]move // of temporal formulas
	untils []Formula
	sets   [][]Formula // states: conjunctions of temporal formulas
	states map[string]int
	a      *Automaton
	edges  int
}

func (t *translation) run(x Formula) error {
	t.collect(x, map[Formula]bool{})
	if len(t.untils) > 64 {
		return fmt.Errorf("%d different promises of `until` or `eventually`, expected at most 64", len(t.untils))
	}
	t.a.Sets = len(t.untils)
	// A literal is no state: the first step is from a state of its own.
	first := t.asks(x)
	t.sets = append(t.sets, nil)
	t.a.Initial = []int{0}
	if err := t.leave(0, first); err != nil {
		return err
	}
	for i := 1; i < len(t.sets); i++ {
		if err := t.leave(i, t.product(t.sets[i])); err != nil {
			return err
		}
	}
	return nil
}

// collect lists the untils of x: each is a promise, and an acceptance set.
func (t *translation) collect(x Formula, seen map[Formula]bool) {
	if seen[x] {
		return
	}
	seen[x] = true
	n := t.f.nodes[x]
	switch n.kind {
	case and, or, until, release:
		t.collect(n.a, seen)
		t.collect(n.b, seen)
	case next:
		t.collect(n.a, seen)
	}
	if n.kind == until {
		t.untils = append(t.untils, x)
	}
}

// asks returns what x asks of the letter that is read and of what follows.
func (t *translation) asks(x Formula) []move {
	if ms, ok := t.moves[x]; ok {
		return ms
	}
	n := t.f.nodes[x]
	var ms []move
	switch n.kind {
	case truth:
		ms = []move{{}}
	case literal:
		l := Label{Pos: 1 << n.a}
		if n.b == 1 {
			l = Label{Neg: 1 << n.a}
		}
		ms = []move{{label: l}}
	case and:
		ms = meet(t.asks(n.a), t.asks(n.b))
	case or:
		ms = least(append(slices.Clone(t.asks(n.a)), t.asks(n.b)...))
	case next:
		for _, to := range t.clauses(n.a) {
			ms = append(ms, move{to: to})
		}
	case until:
		ms = least(append(slices.Clone(t.asks(n.b)), meet(t.asks(n.a), []move{{to: []Formula{x}}})...))
	case release:
		ms = meet(t.asks(n.b), least(append(slices.Clone(t.asks(n.a)), move{to: []Formula{x}})))
	}
	t.moves[x] = ms
	return ms
}

// clauses is x as a disjunction of conjunctions of formulas that are neither.
func (t *translation) clauses(x Formula) [][]Formula {
	n := t.f.nodes[x]
	switch n.kind {
	case truth:
		return [][]Formula{nil}
	case falsity:
		return nil
	case or:
		return append(t.clauses(n.a), t.clauses(n.b)...)
	case and:
		var out [][]Formula
		for _, a := range t.clauses(n.a) {
			for _, b := range t.clauses(n.b) {
				out = append(out, union(a, b))
			}
		}
		return out
	}
	return [][]Formula{{x}}
}

// product is what all of a set ask for together. Nothing is needless here: a
// move that asks for more may keep a promise.
func (t *translation) product(set []Formula) []move {
	ms := []move{{}}
	for _, x := range set {
		ms = combine(ms, t.asks(x))
	}
	return ms
}

// meet is combine without what is needless.
func meet(ms, ns []move) []move { return least(combine(ms, ns)) }

// combine is the moves that do both a move of ms and one of ns.
func combine(ms, ns []move) []move {
	var out []move
	for _, m := range ms {
		for _, n := range ns {
			if l, ok := m.label.with(n.label); ok {
				out = append(out, move{l, union(m.to, n.to)})
			}
		}
	}
	return out
}

// least drops the moves that others make needless.
func least(ms []move) []move {
	slices.SortFunc(ms, func(m, n move) int {
		if c := compareSets(m.to, n.to); c != 0 {
			return c
		}
		return compareLabels(m.label, n.label)
	})
	out := ms[:0:0]
	for _, n := range ms {
		if !slices.ContainsFunc(out, func(m move) bool { return m.implied(n) }) {
			out = append(out, n)
		}
	}
	return out
}

// compareLabels puts those of fewer literals first.
func compareLabels(l, m Label) int {
	size := func(l Label) int { return bits.OnesCount64(l.Pos) + bits.OnesCount64(l.Neg) }
	switch {
	case l == m:
		return 0
	case size(l) != size(m):
		return size(l) - size(m)
	case l.Pos < m.Pos || l.Pos == m.Pos && l.Neg < m.Neg:
		return -1
	}
	return 1
}

// leave adds the transitions of state i.
func (t *translation) leave(i int, ms []move) error {
	for len(t.a.Edges) <= i {
		t.a.Edges = append(t.a.Edges, nil)
	}
	es := make([]Edge, len(ms))
	needless := func(j, k int) bool {
		return ms[j].implied(ms[k]) && es[k].Marks&^es[j].Marks == 0 && (j < k || !ms[k].implied(ms[j]) || es[j].Marks != es[k].Marks)
	}
	for k, m := range ms {
		es[k] = Edge{Label: m.label, Marks: t.kept(m)}
	}
	for k, m := range ms {
		drop := false
		for j := range ms {
			drop = drop || j != k && needless(j, k)
		}
		if !drop {
			es[k].To = t.state(m.to)
			t.a.Edges[i] = append(t.a.Edges[i], es[k])
		}
	}
	t.edges += len(t.a.Edges[i])
	if len(t.sets) > mostStates || t.edges > mostEdges {
		return fmt.Errorf("the automaton has more than %d states or %d transitions", mostStates, mostEdges)
	}
	return nil
}

// kept are the untils whose promise a move does not put off: those that it
// does not lead to, and those that it could keep as well (the acceptance
// condition of Gastin and Oddoux, section 4).
func (t *translation) kept(m move) uint64 {
	marks := uint64(0)
	for i, u := range t.untils {
		put := slices.Contains(m.to, u)
		if put {
			put = !slices.ContainsFunc(t.asks(u), func(n move) bool {
				return !slices.Contains(n.to, u) && n.implied(m)
			})
		}
		if !put {
			marks |= 1 << i
		}
	}
	return marks
}

func (t *translation) state(set []Formula) int {
	key := fmt.Sprint(set)
	if i, ok := t.states[key]; ok {
		return i
	}
	t.states[key] = len(t.sets)
	t.sets = append(t.sets, set)
	return len(t.sets) - 1
}

// union merges ascending lists.
func union(a, b []Formula) []Formula {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// subset reports whether the ascending list a is within b.
func subset(a, b []Formula) bool {
	if len(a) > len(b) {
		return false
	}
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			return false
		}
	}
	return true
}
