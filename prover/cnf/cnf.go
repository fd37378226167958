// Package cnf writes circuits as clauses.
//
// Literals are numbers as in DIMACS: a variable, counted from 1, or with a
// minus its negation. A Sink takes clauses: a Formula keeps them, solvers work
// on them. An Encoder translates literals of a graph into one, time frame by
// time frame, and no more of a graph than somebody asks for.
package cnf

// Lit is a variable or, if negative, its negation. 0 is no literal.
type Lit int32

// Var is the variable without the sign.
func (l Lit) Var() int { return int(max(l, -l)) }

// Sink takes clauses.
type Sink interface {
	// Var returns a new variable.
	Var() Lit
	// Add adds a clause: one of the literals is true. An empty clause is false.
	Add(clause ...Lit)
}

// Formula is a conjunction of clauses. The zero Formula is true.
type Formula struct {
	Vars    int // the greatest variable
	Clauses [][]Lit
}

// Var returns a new variable.
func (f *Formula) Var() Lit {
	f.Vars++
	return Lit(f.Vars)
}

// Add adds a clause.
func (f *Formula) Add(clause ...Lit) {
	f.Clauses = append(f.Clauses, append([]Lit(nil), clause...))
}
