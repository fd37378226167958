package ir

func (k PropKind) String() string {
	return [...]string{"", "invariant", "step", "property", "ctl", "witness", "scenario",
		"deadlock", "assertion", "evaluation", "function", "refines"}[k]
}

// Label names a property as people do: its kind and its name. The properties
// that every system has go by what they ask for.
func (p *Property) Label() string {
	switch p.Kind {
	case Deadlock:
		return "no deadlock"
	case Assertion:
		return "no failed assertion"
	case Evaluation:
		return "no evaluation error"
	case Scenario:
		if p.Run != nil && p.Run.Refuse {
			return "refuse scenario " + p.Name
		}
	}
	return p.Kind.String() + " " + p.Name
}

// Conjuncts returns the operands of the outermost conjunctions of e, from left
// to right; nil of nil. Counters of guards are by position in this list.
func Conjuncts(e Expr) []Expr {
	a, ok := e.(*Apply)
	switch {
	case e == nil:
		return nil
	case !ok || a.Op != And:
		return []Expr{e}
	}
	return append(Conjuncts(a.Args[0]), Conjuncts(a.Args[1])...)
}
