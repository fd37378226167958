package typecheck

// place is a kind of text and what may stand in it.
type place struct {
	what    string // with its article, for messages
	fixed   bool   // only constants may be mentioned
	params  bool   // and local names that cannot change
	reads   bool   // state variables may be read
	old     bool   // old(e) means something
	formula formula
}

// formula says which temporal operators mean something.
type formula int

const (
	plain formula = iota
	ltl
	ctl
)

// Places. They are constants in all but name.
var (
	placeRefinement = &place{what: "a refinement"}
	placeAssume     = &place{what: "an assumption"}
	placeContract   = &place{what: "a contract", reads: true}
	placeEnsures    = &place{what: "an ensures clause", reads: true, old: true}
	placeTheorem    = &place{what: "a theorem"}
	placeFunc       = &place{what: "a function", reads: true}
	placeVar        = &place{what: "an initial value", reads: true}
	placeInit       = &place{what: "an init block", reads: true}
	placeGuard      = &place{what: "a guard", reads: true}
	placeParam      = &place{what: "the domain of a parameter", reads: true}
	placeAction     = &place{what: "an action", reads: true, old: true}
	placeProc       = &place{what: "a proc", reads: true, old: true}
	placeProcess    = &place{what: "a process", reads: true, old: true}
	placeTerminal   = &place{what: "a terminal condition", reads: true}
	placeInvariant  = &place{what: "an invariant", reads: true}
	placeWitness    = &place{what: "a witness", reads: true}
	placeStep       = &place{what: "a step property", reads: true, old: true}
	placeProperty   = &place{what: "a property", reads: true, formula: ltl}
	placeCTL        = &place{what: "a ctl property", reads: true, formula: ctl}
	placeScenario   = &place{what: "a scenario", reads: true}
	placeRefines    = &place{what: "a refinement mapping", reads: true}
	placeBound      = &place{what: "a bound", reads: true}
	placeStart      = &place{what: "a condition on the start", reads: true}
	placeModel      = &place{what: "a binding", fixed: true}
)

// at runs f in the place p.
func (c *checker) at(p *place, f func()) {
	old, oldFormula, oldOuter := c.place, c.formula, c.outer
	c.place, c.formula, c.outer = p, p.formula, c.scope
	f()
	c.place, c.formula, c.outer = old, oldFormula, oldOuter
}

// constOnly reports whether only constants may be mentioned here.
func (c *checker) constOnly() bool { return c.place != nil && c.place.fixed }

// placeFixed is a place where only constants may be mentioned.
func placeFixed(what string) *place { return &place{what: what, fixed: true} }
