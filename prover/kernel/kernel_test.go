package kernel_test

import (
	"math/big"
	"testing"

	. "github.com/spec-lang/spec/prover/kernel"
)

const item Sort = "Item"

var (
	a, b, c = F("a", Bool), F("b", Bool), F("c", Bool)
	n, m    = V("n", Int), V("m", Int)
	x, y    = V("x", item), V("y", item)
	s       = V("s", Seq(item))
)

func px(t *Term) *Term { return F("p", Bool, t) }

func assume(t *Term) *Proof                       { return &Proof{Rule: Assume, Term: t} }
func rule(r Rule, t *Term, from ...*Proof) *Proof { return &Proof{Rule: r, Term: t, From: from} }
func named(r Rule, name string, terms ...*Term) *Proof {
	return &Proof{Rule: r, Name: name, Terms: terms}
}

func theory() *Theory {
	return &Theory{
		Known: map[string]*Term{"known": a},
		Defs:  map[string]Def{"swap": {Params: []*Term{n, m}, Body: F("pair", Int, m, n)}},
		Enums: map[Sort][]string{"Side": {"Left", "Right"}},
	}
}

// rules has a right use of every rule, with what it shows, and a wrong one
// beside it.
var rules = []struct {
	name         string
	right, wrong *Proof
	goal         *Term
	hyps         int
}{
	{"assume", assume(a), assume(n), a, 1},
	{"cite", named(Cite, "known"), named(Cite, "unknown"), a, 0},
	{"discharge", rule(Discharge, a, assume(a)), rule(Discharge, n, assume(a)), T(Implies, a, a), 0},
	{"detach", rule(Detach, nil, assume(T(Implies, a, b)), assume(a)), rule(Detach, nil, assume(T(Implies, a, b)), assume(b)), b, 2},
	{"join", rule(Join, nil, assume(a), assume(b)), rule(Join, nil, assume(a)), T(And, a, b), 2},
	{"first", rule(First, nil, assume(T(And, a, b))), rule(First, nil, assume(T(Or, a, b))), a, 1},
	{"second", rule(Second, nil, assume(T(And, a, b))), rule(Second, nil, assume(a)), b, 1},
	{"weaken", rule(Weaken, T(Or, a, b), assume(b)), rule(Weaken, T(Or, a, b), assume(c)), T(Or, a, b), 1},
	{"split", rule(Split, nil, assume(T(Or, a, a)), assume(a), assume(a)), rule(Split, nil, assume(T(Or, a, b)), assume(a), assume(b)), a, 1},
	{"clash", rule(Clash, nil, assume(a), assume(T(Not, a))), rule(Clash, nil, assume(a), assume(T(Not, b))), Truth(false), 2},
	{"negate", rule(Negate, Truth(false), assume(Truth(false))), rule(Negate, a, assume(a)), T(Not, Truth(false)), 0},
	{"indirect", rule(Indirect, a, rule(Clash, nil, assume(a), assume(T(Not, a)))), rule(Indirect, a, assume(a)), a, 1},
	{"equate", rule(Equate, nil, assume(T(Implies, a, b)), assume(T(Implies, b, a))),
		rule(Equate, nil, assume(T(Implies, a, b)), assume(T(Implies, b, c))), T(Eq, a, b), 2},
	{"generalize", rule(Generalize, x, rule(Reflexive, x)), rule(Generalize, x, assume(px(x))), Bind(Forall, x, T(Eq, x, x)), 0},
	{"specialize", rule(Specialize, y, assume(Bind(Forall, x, px(x)))), rule(Specialize, n, assume(Bind(Forall, x, px(x)))), px(y), 1},
	{"exhibit", &Proof{Rule: Exhibit, Term: Bind(Exists, x, px(x)), Terms: []*Term{y}, From: []*Proof{assume(px(y))}},
		&Proof{Rule: Exhibit, Term: Bind(Exists, x, px(x)), Terms: []*Term{x}, From: []*Proof{assume(px(y))}}, Bind(Exists, x, px(x)), 1},
	{"obtain", rule(Obtain, y, assume(Bind(Exists, x, px(x))), assume(a)), rule(Obtain, y, assume(Bind(Exists, x, px(x))), assume(px(y))), a, 2},
	{"reflexive", rule(Reflexive, n), rule(Reflexive, nil), T(Eq, n, n), 0},
	{"rewrite", rule(Rewrite, px(y), assume(T(Eq, x, y)), assume(px(x))), rule(Rewrite, px(y), assume(T(Eq, x, x)), assume(px(x))), px(y), 2},
	{"define", named(Define, "swap", m, n), named(Define, "swap", m), T(Eq, F("swap", Int, m, n), F("pair", Int, n, m)), 0},
	{"if true", rule(IfTrue, T(Ite, a, n, m), assume(a)), rule(IfTrue, T(Ite, a, n, m), assume(b)), T(Eq, T(Ite, a, n, m), n), 1},
	{"if false", rule(IfFalse, T(Ite, a, n, m), assume(T(Not, a))), rule(IfFalse, T(Ite, a, n, m), assume(a)), T(Eq, T(Ite, a, n, m), m), 1},
	{"fact", named(Fact, "len nil", s), named(Fact, "len nil", n), T(Eq, F(Len, Int, Empty(s.Sort)), I(0)), 0},
	{"enumerate", rule(First, nil, named(Enumerate, "Side")), named(Enumerate, "Item"),
		Bind(Forall, V("x", "Side"), T(Or, T(Eq, V("x", "Side"), F("Left", "Side")), T(Eq, V("x", "Side"), F("Right", "Side")))), 0},
	{"naturals", induction(T(Le, I(0), n), I(0)), induction(T(Le, I(1), n), I(0)), Bind(Forall, n, T(Implies, T(Le, I(0), n), T(Le, I(0), n))), 0},
	{"sequences", &Proof{Rule: Sequences, From: []*Proof{rule(Reflexive, Empty(s.Sort)), rule(Reflexive, Push(x, s))}, Term: s, Terms: []*Term{T(Eq, s, s), x}},
		&Proof{Rule: Sequences, From: []*Proof{rule(Reflexive, Empty(s.Sort)), rule(Reflexive, s)}, Term: s, Terms: []*Term{T(Eq, s, s), x}},
		Bind(Forall, s, T(Eq, s, s)), 0},
	{"ring", rule(Ring, T(Eq, T(Mul, n, T(Add, m, I(1))), T(Add, T(Mul, m, n), n))), rule(Ring, T(Eq, T(Mul, n, m), T(Add, n, m))),
		T(Eq, T(Mul, n, T(Add, m, I(1))), T(Add, T(Mul, m, n), n)), 0},
	{"squeeze", rule(Squeeze, nil, assume(T(Le, n, m)), assume(T(Le, m, n))), rule(Squeeze, nil, assume(T(Le, n, m)), assume(T(Le, n, m))), T(Eq, n, m), 2},
	{"linear", linear(1, T(Le, n, m), Lt(m, n)), linear(1, T(Le, n, m), T(Le, m, n)), Truth(false), 2},
	{"linear, negative", linear(-1, T(Eq, n, I(1)), T(Le, n, I(0))), linear(-1, T(Le, n, I(1)), T(Le, I(2), n)), Truth(false), 2},
	{"refute", refute(Resolution(0, 1)), refute(Resolution(0, 0)), Truth(false), 2},
	{"oracle", &Proof{Rule: Oracle, Name: "z3", Term: a}, &Proof{Rule: Oracle, Name: "z3", Term: n}, a, 0},
}

func induction(p, least *Term) *Proof {
	first := rule(Indirect, Replace(p, n, least), linear(1, T(Not, Replace(p, n, least))))
	next := rule(Indirect, Replace(p, n, T(Add, n, I(1))), linear(1, p, T(Not, Replace(p, n, T(Add, n, I(1))))))
	return &Proof{Rule: Naturals, From: []*Proof{first, next}, Term: n, Terms: []*Term{p, least}}
}

// linear adds premises up, the first of them with a factor.
func linear(factor int64, premises ...*Term) *Proof {
	p := &Proof{Rule: Linear}
	for i, t := range premises {
		f := int64(1)
		if i == 0 {
			f = factor
		}
		p.From, p.Factors = append(p.From, assume(t)), append(p.Factors, big.NewInt(f))
	}
	return p
}

// Resolution is the last step of a refutation, of two clauses.
func Resolution(i, j int) Step { return Step{Parent1: i, Parent2: j} }

func refute(last Step) *Proof {
	input := func(premise int) Step { return Step{Premise: premise, Parent1: -1, Parent2: -1} }
	return &Proof{Rule: Refute, From: []*Proof{assume(Bind(Forall, x, px(x))), assume(T(Not, px(y)))}, Steps: []Step{input(0), input(1), last}}
}

func TestRules(t *testing.T) {
	used := map[Rule]bool{}
	for _, r := range rules {
		res, err := Check(theory(), r.right)
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if !Same(res.Goal, r.goal) || len(res.Hyps) != r.hyps {
			t.Errorf("%s shows %s under %d hypotheses, want %s under %d", r.name, res.Goal, len(res.Hyps), r.goal, r.hyps)
		}
		if res, err := Check(theory(), r.wrong); err == nil {
			t.Errorf("%s: the wrong proof passes, and shows %s", r.name, res.Goal)
		}
		mark(r.right, used)
	}
	for r := Assume; r <= Oracle; r++ {
		if !used[r] {
			t.Errorf("rule %d is not tested", r)
		}
	}
}

func mark(p *Proof, used map[Rule]bool) {
	used[p.Rule] = true
	for _, q := range p.From {
		mark(q, used)
	}
}

// TestCapture: a variable of a binder is never taken for one outside.
func TestCapture(t *testing.T) {
	some := Bind(Exists, y, F("q", Bool, x, y)) // exists y: q(x, y)
	all := Bind(Forall, x, some)
	res, err := Check(theory(), rule(Specialize, y, assume(all)))
	if err != nil {
		t.Fatal(err)
	}
	if want := Bind(Exists, V("z", item), F("q", Bool, y, V("z", item))); !Same(res.Goal, want) {
		t.Errorf("got %s, want %s", res.Goal, want)
	}
}

// TestMarks: a formula cannot smuggle variables of clauses in.
func TestMarks(t *testing.T) {
	p := &Proof{Rule: Refute, From: []*Proof{assume(px(V("?x", item))), assume(T(Not, px(y)))},
		Steps: []Step{{Parent1: -1, Parent2: -1}, {Premise: 1, Parent1: -1, Parent2: -1}, {Parent1: 0, Parent2: 1}}}
	if res, err := Check(theory(), p); err == nil {
		t.Errorf("shows %s", res.Goal)
	}
}
