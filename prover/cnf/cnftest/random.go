// Package cnftest has formulas to test solvers with.
package cnftest

import (
	"math/rand/v2"

	"github.com/spec-lang/spec/prover/cnf"
)

// Random returns a random formula: n variables, and clauses of up to three
// literals, about as many as make it as likely to be satisfiable as not.
func Random(seed uint64, n int) *cnf.Formula {
	r := rand.New(rand.NewPCG(seed, 0x5a7))
	f := &cnf.Formula{Vars: n}
	for range n*4 + r.IntN(n) {
		var c []cnf.Lit
		for range 3 - r.IntN(8)/7 {
			l := cnf.Lit(1 + r.IntN(n))
			if r.IntN(2) == 0 {
				l = -l
			}
			c = append(c, l)
		}
		f.Add(c...)
	}
	return f
}

// Pigeons returns the formula that n+1 pigeons sit in n holes, one in each:
// it is not satisfiable, and hard to refute. Haken, "The intractability of
// resolution", TCS 39 (1985).
func Pigeons(n int) *cnf.Formula {
	f := &cnf.Formula{Vars: n * (n + 1)}
	sits := func(pigeon, hole int) cnf.Lit { return cnf.Lit(pigeon*n + hole + 1) }
	for p := range n + 1 {
		var some []cnf.Lit
		for h := range n {
			some = append(some, sits(p, h))
			for q := range p {
				f.Add(-sits(p, h), -sits(q, h))
			}
		}
		f.Add(some...)
	}
	return f
}

// Satisfies reports whether a model, by variable, makes a formula true.
func Satisfies(f *cnf.Formula, model func(v cnf.Lit) bool) bool {
	for _, c := range f.Clauses {
		so := false
		for _, l := range c {
			so = so || l > 0 && model(l) || l < 0 && !model(-l)
		}
		if !so {
			return false
		}
	}
	return true
}

// Satisfiable tries all assignments, of which there are few.
func Satisfiable(f *cnf.Formula) bool {
	for m := range 1 << f.Vars {
		if Satisfies(f, func(v cnf.Lit) bool { return m>>(v-1)&1 != 0 }) {
			return true
		}
	}
	return false
}
