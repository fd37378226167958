package kernel

import "math/big"

// Rule is a way to come from sequents to a sequent.
type Rule int

// Rules. Above the line of each stand the sequents of From, in order; hypotheses
// that are not spoken of are kept. A discharged hypothesis need not be there.
const (
	Assume Rule = iota + 1 // Term |- Term
	Cite                   // |- the axiom or theorem Name

	Discharge  // |- b  to  |- Term => b, without the hypothesis Term
	Detach     // |- a => b, |- a  to  |- b
	Join       // |- a, |- b  to  |- a && b
	First      // |- a && b  to  |- a
	Second     // |- a && b  to  |- b
	Weaken     // |- a  to  |- Term, a disjunction with a on one side
	Split      // |- a || b, a |- c, b |- c  to  |- c
	Clash      // |- a, |- !a  to  |- false
	Negate     // Term |- false  to  |- !Term
	Equate     // |- a => b, |- b => a  to  |- a == b, of truth values
	Indirect   // !Term |- false  to  |- Term
	Generalize // |- a  to  |- forall Term: a, where no hypothesis has the variable Term
	Specialize // |- forall x: a  to  |- a with Term for x
	Exhibit    // |- a with Terms[0] for x  to  |- Term, which is exists x: a
	Obtain     // |- exists x: a, a with Term for x |- c  to  |- c, where nothing else has the variable Term

	Reflexive // |- Term == Term
	Rewrite   // |- a == b, |- c  to  |- Term, which is c with some a as b, or some b as a
	Define    // |- Name(Terms) == its definition
	IfTrue    // |- c  to  |- Term == a, where Term is if c then a else b
	IfFalse   // |- !c  to  |- Term == b
	Fact      // |- the fact of data called Name about Terms; see Facts
	Enumerate // |- forall x: x == A || x == B ..., of the enum sort Name

	Naturals  // |- p(Terms[1]), Terms[1] <= n, p(n) |- p(n + 1)  to  |- forall n: Terms[1] <= n => p(n); n is Term, p(n) is Terms[0]
	Sequences // |- p([]), p(s) |- p(cons(x, s))  to  |- forall s: p(s); s is Term, p(s) is Terms[0], x is Terms[1]

	Ring    // |- Term, an equality of equal polynomials
	Squeeze // |- a <= b, |- b <= a  to  |- a == b
	Linear  // |- a <= b, a == b, !(a <= b) ...  to  |- false, if Factors make the sum of all a - b a positive number
	Refute  // |- a, |- b ...  to  |- false, if Steps lead from their clauses to the empty one

	Oracle // |- Term, because Name says so: not checked here
)

// Proof is a step with the proofs of what it starts from.
type Proof struct {
	Rule    Rule
	From    []*Proof
	Name    string
	Term    *Term
	Terms   []*Term
	Factors []*big.Int
	Steps   []Step
}

// Step is one clause of a refutation. With Parent2 < 0 it is a factor of the
// first parent; with both < 0 it is clause Clause of premise Premise.
type Step struct {
	Premise, Clause  int
	Parent1, Parent2 int
	Lit1, Lit2       int
}

// Sequent says that Goal is true wherever all of Hyps are.
type Sequent struct {
	Hyps []*Term
	Goal *Term
}

// Theory is what proofs may speak of.
type Theory struct {
	// Known are axioms and theorems that were checked before, closed formulas.
	Known map[string]*Term
	// Defs are functions with a definition. Whoever adds one vouches that it
	// has a value everywhere.
	Defs map[string]Def
	// Enums are the constants of each enum sort.
	Enums map[Sort][]string
}

// Def is the definition of a function.
type Def struct {
	Params []*Term // Free
	Body   *Term
}
