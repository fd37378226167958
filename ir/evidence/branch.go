package evidence

import "github.com/spec-lang/spec/ir"

// Branch is why a part of a formula of branching time is true or false in a
// state. One run may show it, such as that something can be reached; then
// Trace is that run. That something can not be reached no run shows; then
// Region says where all of them stay. Both may rest on other parts of the
// formula being true or false there, so that the whole is a tree.
type Branch struct {
	Expr ir.Expr
	// Bindings are the names that are bound around Expr and occur in it.
	Bindings []Binding
	Holds    bool       // whether Expr is true
	State    []ir.Value // in which it is
	// Trace is a run that begins in State, nil if none shows it.
	Trace *Trace
	// Rests says that nothing is possible in the last state of Trace, so that
	// the run stays there for ever.
	Rests bool
	// Region is where the runs from State stay; nil if Trace or Parts show it.
	Region *Region
	// Parts are what it rests on.
	Parts []Part
}

// Part is a Branch about a part of the formula: in the state after step Step of
// the run of the Branch above it, or with Step 0 in the same state as that.
type Part struct {
	Step   int
	Branch *Branch
}

// Region is the set of states through which all runs from a state go, as far
// as a formula is about them.
type Region struct {
	States uint64 // how many
	Of     uint64 // reachable states of the system
	// Fixed are variables that never change there, though they do elsewhere.
	Fixed []Fixed
	// Possible are the actions that are possible in some of the states, Never
	// those that are not, though they are in other states of the system.
	Possible, Never []*ir.Action
	// Barriers say of each action that is possible in none of the states why, if
	// others are and nothing leads out of them.
	Barriers []Barrier
	// Exits is to how many states outside a step leads. 0 means that nothing
	// leads out; such a region is a trap.
	Exits uint64
	// Exit is a shortest run to one of them, from the state of the Branch.
	Exit *Trace
	// Longest is how many steps a run can take before it is outside; -1 if it
	// could go round for ever.
	Longest int
	// Unfair are the actions to which going round for ever would be unfair.
	Unfair []*ir.Action
}

// Barrier is why an action is not possible in a Region, as it is in the state
// of the Branch. Always says that the same part of its guard is false in every
// state of the Region, whatever the arguments are.
type Barrier struct {
	Blocked
	Always bool
}

// Fixed is a variable with the value that it has throughout a Region.
type Fixed struct {
	Var   *ir.Var
	Value ir.Value
}

// Next returns the part of b that goes on where its own run ends, nil if there
// is none: the first that has a run to show.
func (b *Branch) Next() *Branch {
	last := 0
	if b.Trace != nil {
		if b.Trace.Loop >= 0 {
			return nil
		}
		last = len(b.Trace.Steps) - 1
	}
	for _, p := range b.Parts {
		if p.Step == last && p.Branch.Run() != nil {
			return p.Branch
		}
	}
	return nil
}

// Run returns the longest run that b shows: its own, carried on by that of the
// part where it ends. It is nil if b shows no run.
func (b *Branch) Run() *Trace {
	next := b.Next()
	switch {
	case b.Trace == nil && next == nil:
		return nil
	case next == nil:
		return b.Trace
	case b.Trace == nil:
		return next.Run()
	}
	rest, n := next.Run(), len(b.Trace.Steps)
	t := &Trace{Steps: append(b.Trace.Steps[:n:n], rest.Steps[1:]...), Loop: -1}
	if rest.Loop >= 0 {
		t.Loop, t.Back = rest.Loop+n-1, rest.Back
	}
	return t
}

// Walk visits b and all the Branches below it.
func (b *Branch) Walk(visit func(*Branch)) {
	visit(b)
	for _, p := range b.Parts {
		p.Branch.Walk(visit)
	}
}
