package term

// Substitute puts terms in the place of variables.
func (b *Bank) Substitute(t *Term, by map[*Term]*Term) *Term {
	return (&rewriter{b: b, by: by, done: map[*Term]*Term{}}).rewrite(t)
}

// rewriter rebuilds terms, simplifying again.
type rewriter struct {
	b    *Bank
	by   map[*Term]*Term
	done map[*Term]*Term
}

func (r *rewriter) rewrite(t *Term) *Term {
	if by := r.by[t]; by != nil {
		return by
	}
	if len(t.open) == 0 {
		return t
	}
	if d := r.done[t]; d != nil {
		return d
	}
	args := make([]*Term, len(t.Args))
	for i, a := range t.Args {
		args[i] = r.rewrite(a)
	}
	d := r.b.Rebuild(t, args)
	r.done[t] = d
	return d
}

// Rebuild returns t with other arguments, simplified.
func (b *Bank) Rebuild(t *Term, args []*Term) *Term {
	switch t.Op {
	case Apply:
		return b.Apply(t.Fn, args...)
	case Not:
		return b.Not(args[0])
	case And:
		return b.And(args...)
	case Or:
		return b.Or(args...)
	case Implies:
		return b.Implies(args[0], args[1])
	case Eq:
		return b.Eq(args[0], args[1])
	case Ite:
		return b.Ite(args[0], args[1], args[2])
	case Add:
		return b.Add(args...)
	case Mul:
		return b.Mul(args[0], args[1])
	case Div:
		return b.Div(args[0], args[1])
	case Mod:
		return b.Mod(args[0], args[1])
	case Le:
		return b.Le(args[0], args[1])
	case Forall:
		return b.Forall(t.Vars, args[0])
	case Exists:
		return b.Exists(t.Vars, args[0])
	}
	return t
}
