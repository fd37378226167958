package resolution_test

import (
	"context"
	"errors"
	"testing"
	"time"

	. "github.com/spec-lang/spec/prover/kernel"
	"github.com/spec-lang/spec/prover/resolution"
)

const person Sort = "Person"

func pred(name string, args ...*Term) *Term { return F(name, Bool, args...) }

func all(v, body *Term) *Term  { return Bind(Forall, v, body) }
func some(v, body *Term) *Term { return Bind(Exists, v, body) }

// refute proves a goal by refuting its negation, and has the kernel check that.
func refute(t *testing.T, limit int, goal *Term, axioms ...*Term) error {
	t.Helper()
	no := T(Not, goal)
	goals := append([]*Term{no}, axioms...)
	var proofs []*Proof
	for _, g := range goals {
		proofs = append(proofs, &Proof{Rule: Assume, Term: g})
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	p, err := resolution.Refute(ctx, proofs, goals, limit)
	if err != nil {
		return err
	}
	res, err := Check(&Theory{}, &Proof{Rule: Indirect, From: []*Proof{p}, Term: goal})
	if err != nil {
		t.Fatal(err)
	}
	if !Same(res.Goal, goal) || len(res.Hyps) > len(axioms) {
		t.Fatalf("the proof shows %s from %d hypotheses", res.Goal, len(res.Hyps))
	}
	return nil
}

var x, y, z = V("x", person), V("y", person), V("z", person)

func imp(a, b *Term) *Term { return T(Implies, a, b) }
func and(a, b *Term) *Term { return T(And, a, b) }
func or(a, b *Term) *Term  { return T(Or, a, b) }
func not(a *Term) *Term    { return T(Not, a) }
func iff(a, b *Term) *Term { return T(Eq, a, b) }

// problems are from F. J. Pelletier, "Seventy-five problems for testing
// automatic theorem provers", 1986, by their numbers there.
var problems = []struct {
	name   string
	goal   *Term
	axioms []*Term
}{
	{"1", iff(imp(pred("p"), pred("q")), imp(not(pred("q")), not(pred("p")))), nil},
	{"8, Peirce", imp(imp(imp(pred("p"), pred("q")), pred("p")), pred("p")), nil},
	{"18, drinker", some(x, imp(pred("drinks", x), all(y, pred("drinks", y)))), nil},
	{"19", some(x, all(y, all(z, imp(imp(pred("p", y), pred("q", z)), imp(pred("p", x), pred("q", x)))))), nil},
	{"20", imp(all(x, all(y, some(z, imp(and(pred("p", x), pred("q", y)), and(pred("r", z), pred("u", z)))))),
		imp(some(x, some(y, and(pred("p", x), pred("q", y)))), some(z, pred("r", z)))), nil},
	{"21", some(x, iff(pred("p"), pred("f", x))), []*Term{
		some(x, imp(pred("p"), pred("f", x))), some(x, imp(pred("f", x), pred("p")))}},
	{"22", imp(all(x, iff(pred("p"), pred("f", x))), iff(pred("p"), all(x, pred("f", x)))), nil},
	{"24", some(x, and(pred("p", x), pred("r", x))), []*Term{
		not(some(x, and(pred("u", x), pred("q", x)))),
		all(x, imp(pred("p", x), or(pred("q", x), pred("r", x)))),
		imp(not(some(x, pred("p", x))), some(x, pred("q", x))),
		all(x, imp(or(pred("q", x), pred("r", x)), pred("u", x)))}},
	{"28", imp(some(x, pred("f", x)), some(x, pred("g", x))), []*Term{
		all(x, imp(pred("p", x), all(z, pred("q", z)))),
		imp(all(x, or(pred("q", x), pred("r", x))), some(x, and(pred("q", x), pred("s", x)))),
		all(x, pred("p", x)),
		imp(some(x, pred("s", x)), all(x, imp(pred("f", x), pred("g", x))))}},
	{"35", some(x, some(y, imp(pred("p", x, y), all(x, all(y, pred("p", x, y)))))), nil},
	{"39, Russell", not(some(x, all(y, iff(pred("f", y, x), not(pred("f", y, y)))))), nil},
	{"42", not(some(y, all(x, iff(pred("f", x, y), not(some(z, and(pred("f", x, z), pred("f", z, x)))))))), nil},
	{"barber", not(some(x, all(y, iff(pred("shaves", x, y), not(pred("shaves", y, y)))))), nil},
	{"reflexive", all(x, pred("e", x, x)), []*Term{
		all(x, some(y, pred("e", x, y))),
		all(x, all(y, imp(pred("e", x, y), pred("e", y, x)))),
		all(x, all(y, all(z, imp(and(pred("e", x, y), pred("e", y, z)), pred("e", x, z)))))}},
}

func TestProblems(t *testing.T) {
	for _, p := range problems {
		t.Run(p.name, func(t *testing.T) {
			if err := refute(t, 20_000, p.goal, p.axioms...); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNoTheorem: what does not follow is not proved.
func TestNoTheorem(t *testing.T) {
	for _, p := range []struct {
		name string
		goal *Term
		want error
	}{
		{"everybody", imp(some(x, pred("p", x)), all(x, pred("p", x))), resolution.ErrSaturated},
		{"order of quantifiers", imp(all(x, some(y, pred("p", x, y))), some(y, all(x, pred("p", x, y)))), resolution.ErrSaturated},
		{"transitive", imp(all(x, all(y, imp(pred("e", x, y), pred("e", y, x)))), all(x, pred("e", x, x))), resolution.ErrSaturated},
		{"endless", imp(all(x, some(y, and(pred("lt", x, y), all(z, imp(pred("lt", y, z), pred("lt", x, z)))))), pred("q")), resolution.ErrLimit},
	} {
		if err := refute(t, 60, p.goal); !errors.Is(err, p.want) {
			t.Errorf("%s: %v, want %v", p.name, err, p.want)
		}
	}
}
