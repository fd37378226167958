package certificate_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover"
	"github.com/spec-lang/spec/prover/certificate"
	"github.com/spec-lang/spec/prover/transition"
)

var background = context.Background()

// proved calls f for packed systems, known and random, about which something
// is proved.
func proved(t *testing.T, random uint64, f func(t *testing.T, s *transition.System, claims []certificate.Claim)) {
	try := func(name string, sys *ir.System) {
		sys.Checks = nil
		for _, p := range sys.Props {
			sys.Checks = append(sys.Checks, ir.Check{Prop: p, Depth: -1})
		}
		for _, engine := range []prover.Engine{prover.Induction, prover.IC3} {
			_, claims, err := prover.Prove(background, sys, prover.Options{Engine: engine, Depth: 6})
			if err != nil {
				t.Fatal(err)
			}
			if len(claims) == 0 {
				continue
			}
			s, err := transition.New(sys)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(name+" "+engine.String(), func(t *testing.T) { f(t, s, claims) })
		}
	}
	for _, k := range irtest.Systems() {
		try(k.Name, k.Sys)
	}
	for seed := range random {
		try(fmt.Sprint(seed), irtest.RandomPacked(seed))
	}
}

// soak is n, or more with SPEC_SOAK.
func soak(n uint64) uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 20 * n
	}
	return n
}

// TestRight checks every certificate in each way, after it was written and
// read.
func TestRight(t *testing.T) {
	claimed, visited := 0, 0
	proved(t, soak(25), func(t *testing.T, s *transition.System, claims []certificate.Claim) {
		c, err := certificate.Make(background, s, claims)
		if err != nil {
			t.Fatal(err)
		}
		again := copied(t, c)
		if d := cmp.Diff(c, again); d != "" {
			t.Fatal(d)
		}
		if err := again.Check(background, s); err != nil {
			t.Error(err)
		}
		if n, err := c.Enumerate(background, s, 2000); err == nil {
			visited += n
		} else if _, large := err.(certificate.ErrLarge); !large {
			t.Error(err)
		}
		for _, p := range c.Claims {
			claimed += len(p.Targets)
		}
	})
	if claimed < 100 || visited < 200 {
		t.Errorf("only %d claims and %d states", claimed, visited)
	}
}

// copied writes and reads a certificate.
func copied(t *testing.T, c *certificate.Certificate) *certificate.Certificate {
	t.Helper()
	var b bytes.Buffer
	if err := (&certificate.File{Version: certificate.Version, Models: []certificate.Certificate{*c}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	file, err := certificate.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	return &file.Models[0]
}

// spoiled are claims made wrong in every small way.
func spoiled(c certificate.Claim) []certificate.Claim {
	var out []certificate.Claim
	for i, clause := range c.Invariant {
		change := func(with ...[]evidence.Atom) {
			d := c
			d.Invariant = append(append(append([][]evidence.Atom{}, c.Invariant[:i]...), with...), c.Invariant[i+1:]...)
			out = append(out, d)
		}
		change()
		for j, a := range clause {
			rest := append(append([]evidence.Atom{}, clause[:j]...), clause[j+1:]...)
			change(rest)
			a.Not = !a.Not
			change(append(rest, a))
		}
	}
	if c.K > 0 {
		d := c
		d.K--
		out = append(out, d)
	}
	return out
}

// TestWrongClaims spoils claims: each is refused, with the refutations of the
// right ones and by a second solver, or it is true all the same, as the judge
// says of every state.
func TestWrongClaims(t *testing.T) {
	refused, kept := 0, 0
	proved(t, soak(10), func(t *testing.T, s *transition.System, claims []certificate.Claim) {
		c, err := certificate.Make(background, s, claims)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range c.Claims {
			for _, wrong := range spoiled(p.Claim) {
				d := *c
				d.Claims = []certificate.Proved{{Claim: wrong, Refutations: c.Claims[i].Refutations}}
				byProof, bySolver := d.Check(background, s), wrong.Confirm(background, s, transition.NewPlaces(s))
				if byProof == nil || bySolver == nil {
					_, byJudge := d.Enumerate(background, s, 5000)
					if _, large := byJudge.(certificate.ErrLarge); byJudge != nil && !large {
						t.Fatalf("%+v is accepted (%v, %v), but %v", wrong, byProof, bySolver, byJudge)
					}
				}
				switch {
				case byProof == nil && bySolver != nil:
					t.Fatalf("%+v is accepted by its refutations, but %v", wrong, bySolver)
				case byProof != nil:
					refused++
				default:
					kept++
				}
			}
		}
	})
	t.Log(refused, "refused", kept, "true all the same")
	if refused < 200 {
		t.Errorf("only %d were refused", refused)
	}
}

// TestWrongCertificates spoils what stands beside the claims.
func TestWrongCertificates(t *testing.T) {
	sys := irtest.TwoPhase(2)
	sys.Checks = []ir.Check{{Prop: sys.Props[0], Depth: -1}}
	_, claims, err := prover.Prove(background, sys, prover.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := transition.New(sys)
	if err != nil {
		t.Fatal(err)
	}
	right, err := certificate.Make(background, s, claims)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, want string
		spoil      func(*certificate.Certificate)
	}{
		{"nothing", "", func(*certificate.Certificate) {}},
		{"another model", "another version", func(c *certificate.Certificate) { c.System = "x" }},
		{"another target", "has no", func(c *certificate.Certificate) { c.Claims[0].Targets[0] = "invariant X" }},
		{"another place", "nothing like", func(c *certificate.Certificate) { c.Claims[0].Invariant[0][0].Place = "x" }},
		{"another value", "nothing like", func(c *certificate.Certificate) { c.Claims[0].Invariant[0][0].Values = []string{"x"} }},
		{"a negative k", "k is -1", func(c *certificate.Certificate) { c.Claims[0].K = -1 }},
		{"a refutation too few", "refutations", func(c *certificate.Certificate) {
			c.Claims[0].Refutations = c.Claims[0].Refutations[1:]
		}},
		{"refutations in another order", "expected the refutation", func(c *certificate.Certificate) {
			r := c.Claims[0].Refutations
			r[0], r[1] = r[1], r[0]
		}},
		{"no literal", "is no literal", func(c *certificate.Certificate) { c.Claims[0].Refutations[1].DRAT = "x 0\n" }},
		{"a step that does not follow", "does not", func(c *certificate.Certificate) {
			c.Claims[0].Refutations[1].DRAT = "2 0\n-2 0\n0\n"
		}},
	} {
		c := copied(t, right)
		tt.spoil(c)
		err := c.Check(background, s)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

// stairs go up from 0 to 5, and come past step n.
func stairs(n int64) *ir.System {
	b := irtest.New("Stairs")
	x := b.Var("x", b.Ints(0, 5))
	at := func() ir.Expr { return b.To(b.Int(), b.Get(x)) }
	b.Init(b.Put(x, b.To(x.Type, b.I(0))))
	b.Action("Up", nil, b.Op(ir.Lt, at(), b.I(5)), b.Put(x, b.To(x.Type, b.Op(ir.Add, at(), b.I(1)))))
	b.Prop(ir.Invariant, "Not", b.Op(ir.Ne, at(), b.I(n)))
	return b.Sys
}

// TestFalseClaims claims what is not so. No path comes to step n after n+1
// others: that would be a proof, if no run came there in its first states.
func TestFalseClaims(t *testing.T) {
	for n := range 4 {
		s, err := transition.New(stairs(int64(n)))
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range []int{0, n, n + 1, n + 2} {
			claim := certificate.Claim{Targets: []string{"invariant Not"}, K: k}
			want := "not so: invariant Not: the induction step"
			if k > n {
				want = "not so: invariant Not: the first steps"
			}
			if _, err := certificate.Make(background, s, []certificate.Claim{claim}); err == nil || err.Error() != want {
				t.Errorf("step %d, k = %d: got %v, want %s", n, k, err, want)
			}
			if err := claim.Confirm(background, s, transition.NewPlaces(s)); err == nil || err.Error() != want {
				t.Errorf("step %d, k = %d: got %v, want %s", n, k, err, want)
			}
			c := certificate.Certificate{Claims: []certificate.Proved{{Claim: claim}}}
			if _, err := c.Enumerate(background, s, 100); err == nil || !strings.Contains(err.Error(), "not so: invariant Not") {
				t.Errorf("step %d, k = %d: visiting says %v", n, k, err)
			}
		}
		low := [][]evidence.Atom{{{Place: "x", Values: []string{"0", "1", "4"}}}}
		c := certificate.Certificate{Claims: []certificate.Proved{{Claim: certificate.Claim{Invariant: low}}}}
		if _, err := c.Enumerate(background, s, 100); err == nil || err.Error() != "a clause of the invariant is false in the state 2" {
			t.Errorf("visiting says %v", err)
		}
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "it is no certificate",
		"{}":                         "version 0",
		`{"version": 7}`:             "version 7",
		`{"version": 1, "other": 1}`: "unknown field",
		`{"version": 1}`:             "",
	} {
		if _, err := certificate.Read(strings.NewReader(text)); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
