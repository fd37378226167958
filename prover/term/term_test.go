package term_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/spec-lang/spec/prover/term"
)

// plain is a formula built twice: as a term, which is simplified, and as a
// function of the truth of its symbols.
type plain struct {
	t *term.Term
	f func(env map[string]int) int
}

// maker makes random formulas over two bools, two numbers and an enum.
type maker struct {
	r     *rand.Rand
	b     *term.Bank
	enum  *term.Sort
	bound []*term.Term
}

func truth(v bool) int {
	if v {
		return 1
	}
	return 0
}

func (m *maker) symbol(name string, s *term.Sort) plain {
	return plain{m.b.Apply(m.b.Func(name, nil, s)), func(env map[string]int) int { return env[name] }}
}

func (m *maker) number(depth int) plain {
	if depth == 0 {
		if m.r.IntN(2) == 0 {
			n := m.r.IntN(5) - 2
			return plain{m.b.I(n), func(map[string]int) int { return n }}
		}
		return m.symbol(fmt.Sprintf("n%d", m.r.IntN(2)), m.b.Int)
	}
	x, y := m.number(depth-1), m.number(depth-1)
	switch m.r.IntN(4) {
	case 0:
		return plain{m.b.Add(x.t, y.t), func(e map[string]int) int { return x.f(e) + y.f(e) }}
	case 1:
		return plain{m.b.Mul(x.t, y.t), func(e map[string]int) int { return x.f(e) * y.f(e) }}
	case 2:
		return plain{m.b.Neg(x.t), func(e map[string]int) int { return -x.f(e) }}
	}
	c := m.formula(depth - 1)
	return plain{m.b.Ite(c.t, x.t, y.t), func(e map[string]int) int {
		if c.f(e) == 1 {
			return x.f(e)
		}
		return y.f(e)
	}}
}

// element is a constant of the enum, an element, or a bound variable.
func (m *maker) element() plain {
	switch n := m.r.IntN(3 + len(m.bound)); {
	case n < 3:
		return plain{m.b.Elem(m.enum, n), func(map[string]int) int { return n }}
	case m.r.IntN(3) == 0:
		return m.symbol("e", m.enum)
	default:
		v := m.bound[n-3]
		return plain{v, func(e map[string]int) int { return e[fmt.Sprint(v.Index)] }}
	}
}

func (m *maker) formula(depth int) plain {
	if depth == 0 {
		switch m.r.IntN(4) {
		case 0:
			x := m.element()
			f := m.b.Func("p", []*term.Sort{m.enum}, m.b.Bool)
			return plain{m.b.Apply(f, x.t), func(e map[string]int) int { return e[fmt.Sprintf("p@%d", x.f(e))] }}
		case 1:
			x, y := m.element(), m.element()
			return plain{m.b.Eq(x.t, y.t), func(e map[string]int) int { return truth(x.f(e) == y.f(e)) }}
		}
		return m.symbol(fmt.Sprintf("b%d", m.r.IntN(2)), m.b.Bool)
	}
	x := m.formula(depth - 1)
	switch m.r.IntN(8) {
	case 0:
		return plain{m.b.Not(x.t), func(e map[string]int) int { return 1 - x.f(e) }}
	case 1:
		a, b := m.number(depth-1), m.number(depth-1)
		return plain{m.b.Le(a.t, b.t), func(e map[string]int) int { return truth(a.f(e) <= b.f(e)) }}
	case 2, 3:
		return m.quantified(depth)
	}
	y := m.formula(depth - 1)
	switch m.r.IntN(4) {
	case 0:
		return plain{m.b.And(x.t, y.t), func(e map[string]int) int { return x.f(e) & y.f(e) }}
	case 1:
		return plain{m.b.Or(x.t, y.t), func(e map[string]int) int { return x.f(e) | y.f(e) }}
	case 2:
		return plain{m.b.Implies(x.t, y.t), func(e map[string]int) int { return 1 - x.f(e) | y.f(e) }}
	}
	return plain{m.b.Eq(x.t, y.t), func(e map[string]int) int { return truth(x.f(e) == y.f(e)) }}
}

func (m *maker) quantified(depth int) plain {
	v := m.b.Var("v", m.enum)
	m.bound = append(m.bound, v)
	body := m.formula(depth - 1)
	m.bound = m.bound[:len(m.bound)-1]
	all := m.r.IntN(2) == 0
	f := func(e map[string]int) int {
		for i := range m.enum.Elems {
			inner := map[string]int{fmt.Sprint(v.Index): i}
			for k, v := range e {
				if _, ok := inner[k]; !ok {
					inner[k] = v
				}
			}
			if got := body.f(inner); got == truth(!all) {
				return truth(!all)
			}
		}
		return truth(all)
	}
	if all {
		return plain{m.b.Forall([]*term.Term{v}, body.t), f}
	}
	return plain{m.b.Exists([]*term.Term{v}, body.t), f}
}

// value computes a ground term.
func value(t *testing.T, x *term.Term, env map[string]int) int {
	arg := func(i int) int { return value(t, x.Args[i], env) }
	switch x.Op {
	case term.True, term.False:
		return truth(x.Op == term.True)
	case term.Number:
		return int(x.N.Int64())
	case term.Apply:
		return env[strings.TrimPrefix(x.Fn.Name, "index of ")]
	case term.Not:
		return 1 - arg(0)
	case term.And, term.Or:
		for i := range x.Args {
			if arg(i) == truth(x.Op == term.Or) {
				return truth(x.Op == term.Or)
			}
		}
		return truth(x.Op == term.And)
	case term.Implies:
		return 1 - arg(0) | arg(1)
	case term.Eq:
		return truth(arg(0) == arg(1))
	case term.Le:
		return truth(arg(0) <= arg(1))
	case term.Ite:
		if arg(0) == 1 {
			return arg(1)
		}
		return arg(2)
	case term.Add:
		sum := 0
		for i := range x.Args {
			sum += arg(i)
		}
		return sum
	case term.Mul:
		return arg(0) * arg(1)
	}
	t.Fatalf("%v is left after grounding", x.Op)
	return 0
}

// TestGroundMeansTheSame: what is simplified and grounded is as true as what
// it was made from, for all values of its symbols.
func TestGroundMeansTheSame(t *testing.T) {
	yes := 0
	for seed := range uint64(400) {
		b := term.NewBank()
		m := &maker{r: rand.New(rand.NewPCG(seed, 1)), b: b, enum: b.Enum("E", []string{"a", "b", "c"})}
		x := m.formula(4)
		g := term.NewGrounder(b)
		ground := g.Ground(x.t)
		for range 40 {
			env := map[string]int{"e": m.r.IntN(3), "n0": m.r.IntN(7) - 3, "n1": m.r.IntN(7) - 3}
			for _, p := range []string{"b0", "b1", "p@0", "p@1", "p@2"} {
				env[p] = m.r.IntN(2)
			}
			got, want := value(t, ground, env), x.f(env)
			if got != want {
				t.Fatalf("seed %d: ground is %d, want %d in %v", seed, got, want, env)
			}
			yes += got
			for _, l := range g.Limits() {
				if value(t, l, env) != 1 {
					t.Fatalf("seed %d: a limit excludes %v", seed, env)
				}
			}
		}
	}
	if yes < 4000 || yes > 12000 {
		t.Errorf("%d of 16000 are true: the formulas are lopsided", yes)
	}
}

// TestScript: sorts and symbols are declared once, shared parts are named where
// their variables are in scope.
func TestScript(t *testing.T) {
	b := term.NewBank()
	node, colour := b.Free("Node"), b.Enum("Colour", []string{"Red", "Blue"})
	f := b.Func("of", []*term.Sort{node}, colour)
	v := b.Var("n", node)
	red := b.Eq(b.Apply(f, v), b.Elem(colour, 0))
	all := b.Forall([]*term.Term{v}, b.Eq(red, b.Or(red, b.Lt(b.I(-1), b.Apply(b.Func("k", []*term.Sort{node}, b.Int), v)))))
	var out strings.Builder
	s := term.NewScript(&out)
	s.Assert("a", all)
	s.Assert("b", b.Not(all))
	want := `(declare-sort |Node| 0)
(declare-datatypes ((|Colour| 0)) (((|Colour/Red|) (|Colour/Blue|))))
(declare-fun |of| (|Node|) |Colour|)
(declare-fun |k| (|Node|) Int)
(assert (! (forall ((x1 |Node|)) (let ((s1 (= (|of| x1) |Colour/Red|))) (= s1 (or s1 (not (<= (|k| x1) (- 1))))))) :named a))
(assert (! (not (forall ((x1 |Node|)) (let ((s2 (= (|of| x1) |Colour/Red|))) (= s2 (or s2 (not (<= (|k| x1) (- 1)))))))) :named b))
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// TestForced: a variable that must equal something is that.
func TestForced(t *testing.T) {
	b := term.NewBank()
	s := b.Free("S")
	p := b.Func("p", []*term.Sort{s}, b.Bool)
	c := b.Apply(b.Func("c", nil, s))
	v := b.Var("v", s)
	pc := b.Apply(p, c)
	if got := b.Exists([]*term.Term{v}, b.And(b.Eq(v, c), b.Apply(p, v))); got != pc {
		t.Error("exists v: v == c && p(v) is not p(c)")
	}
	if got := b.Forall([]*term.Term{v}, b.Implies(b.Eq(c, v), b.Apply(p, v))); got != pc {
		t.Error("forall v: c == v => p(v) is not p(c)")
	}
	if got := b.Exists([]*term.Term{v}, b.Or(b.Eq(v, c), b.Apply(p, v))); got.Op != term.Exists {
		t.Error("exists v: v == c || p(v) lost its quantifier")
	}
}
