package term

import (
	"cmp"
	"math/big"
	"slices"
)

func sortByID(ts []*Term) {
	slices.SortFunc(ts, func(x, y *Term) int { return cmp.Compare(x.id, y.id) })
}

// Truth returns true or false.
func (b *Bank) Truth(v bool) *Term {
	if v {
		return b.yes
	}
	return b.no
}

// Num returns the number n.
func (b *Bank) Num(n *big.Int) *Term { return b.intern(Term{Op: Number, Sort: b.Int, N: n}) }

// I returns the number n.
func (b *Bank) I(n int) *Term { return b.Num(big.NewInt(int64(n))) }

// Elem returns element i of an enum sort.
func (b *Bank) Elem(s *Sort, i int) *Term { return b.intern(Term{Op: Elem, Sort: s, Index: i}) }

// Var returns a new variable for a quantifier to bind.
func (b *Bank) Var(name string, s *Sort) *Term {
	b.bounds++
	return b.intern(Term{Op: Bound, Sort: s, Index: b.bounds, Name: name})
}

// Apply applies a symbol.
func (b *Bank) Apply(f *Func, args ...*Term) *Term {
	return b.intern(Term{Op: Apply, Sort: f.Result, Fn: f, Args: args})
}

// Not negates t.
func (b *Bank) Not(t *Term) *Term {
	switch t.Op {
	case True:
		return b.no
	case False:
		return b.yes
	case Not:
		return t.Args[0]
	}
	return b.intern(Term{Op: Not, Sort: b.Bool, Args: []*Term{t}})
}

// And is the conjunction of ts.
func (b *Bank) And(ts ...*Term) *Term { return b.junction(And, b.yes, b.no, ts) }

// Or is the disjunction of ts.
func (b *Bank) Or(ts ...*Term) *Term { return b.junction(Or, b.no, b.yes, ts) }

// junction flattens, drops what is neutral and what stands twice, and stops at
// what decides.
func (b *Bank) junction(op Op, neutral, decides *Term, ts []*Term) *Term {
	var out []*Term
	seen := map[*Term]bool{}
	add := func(t *Term) bool {
		switch {
		case t == decides || seen[b.Not(t)]:
			return false
		case t != neutral && !seen[t]:
			seen[t] = true
			out = append(out, t)
		}
		return true
	}
	for _, t := range ts {
		parts := []*Term{t}
		if t.Op == op {
			parts = t.Args
		}
		for _, p := range parts {
			if !add(p) {
				return decides
			}
		}
	}
	switch len(out) {
	case 0:
		return neutral
	case 1:
		return out[0]
	}
	return b.intern(Term{Op: op, Sort: b.Bool, Args: out})
}

// Implies is x => y.
func (b *Bank) Implies(x, y *Term) *Term {
	switch {
	case x == b.yes:
		return y
	case x == b.no || y == b.yes || x == y:
		return b.yes
	case y == b.no:
		return b.Not(x)
	case y.Op == Implies:
		return b.Implies(b.And(x, y.Args[0]), y.Args[1])
	}
	return b.intern(Term{Op: Implies, Sort: b.Bool, Args: []*Term{x, y}})
}

// Eq is x == y, for bools too.
func (b *Bank) Eq(x, y *Term) *Term {
	switch {
	case x == y:
		return b.yes
	case x.Const() && y.Const():
		return b.no
	case x == b.yes:
		return y
	case y == b.yes:
		return x
	case x == b.no:
		return b.Not(y)
	case y == b.no:
		return b.Not(x)
	case x.Op == Ite && y.Const():
		return b.pushed(x, y)
	case y.Op == Ite && x.Const():
		return b.pushed(y, x)
	case x.id > y.id:
		x, y = y, x
	}
	return b.intern(Term{Op: Eq, Sort: b.Bool, Args: []*Term{x, y}})
}

// pushed compares a conditional with a value, branch by branch.
func (b *Bank) pushed(ite, value *Term) *Term {
	c, x, y := ite.Args[0], ite.Args[1], ite.Args[2]
	return b.Ite(c, b.Eq(x, value), b.Eq(y, value))
}

// Ite is if c then x else y.
func (b *Bank) Ite(c, x, y *Term) *Term {
	switch {
	case c == b.yes || x == y:
		return x
	case c == b.no:
		return y
	case c.Op == Not:
		return b.Ite(c.Args[0], y, x)
	case x == b.yes:
		return b.Or(c, y)
	case x == b.no:
		return b.And(b.Not(c), y)
	case y == b.yes:
		return b.Or(b.Not(c), x)
	case y == b.no:
		return b.And(c, x)
	}
	return b.intern(Term{Op: Ite, Sort: x.Sort, Args: []*Term{c, x, y}})
}

// Add is the sum of ts; constants are added up.
func (b *Bank) Add(ts ...*Term) *Term {
	sum := new(big.Int)
	var out []*Term
	for _, t := range ts {
		parts := []*Term{t}
		if t.Op == Add {
			parts = t.Args
		}
		for _, p := range parts {
			if p.Op == Number {
				sum.Add(sum, p.N)
			} else {
				out = append(out, p)
			}
		}
	}
	if sum.Sign() != 0 || len(out) == 0 {
		out = append(out, b.Num(sum))
	}
	if len(out) == 1 {
		return out[0]
	}
	return b.intern(Term{Op: Add, Sort: b.Int, Args: out})
}

// Neg is -t.
func (b *Bank) Neg(t *Term) *Term { return b.Mul(b.I(-1), t) }

// Mul is x * y.
func (b *Bank) Mul(x, y *Term) *Term {
	if y.Op == Number {
		x, y = y, x
	}
	if x.Op == Number {
		switch {
		case y.Op == Number:
			return b.Num(new(big.Int).Mul(x.N, y.N))
		case x.N.Sign() == 0:
			return x
		case x.N.IsInt64() && x.N.Int64() == 1:
			return y
		}
	}
	return b.intern(Term{Op: Mul, Sort: b.Int, Args: []*Term{x, y}})
}

// Div is the quotient x / y as in SMT-LIB, which any number may be for y == 0.
func (b *Bank) Div(x, y *Term) *Term {
	if x.Op == Number && y.Op == Number && y.N.Sign() != 0 {
		return b.Num(new(big.Int).Div(x.N, y.N))
	}
	return b.intern(Term{Op: Div, Sort: b.Int, Args: []*Term{x, y}})
}

// Mod is the remainder of x / y as in SMT-LIB: from 0 to |y|-1.
func (b *Bank) Mod(x, y *Term) *Term {
	if x.Op == Number && y.Op == Number && y.N.Sign() != 0 {
		return b.Num(new(big.Int).Mod(x.N, y.N))
	}
	return b.intern(Term{Op: Mod, Sort: b.Int, Args: []*Term{x, y}})
}

// Le is x <= y.
func (b *Bank) Le(x, y *Term) *Term {
	switch {
	case x == y:
		return b.yes
	case x.Op == Number && y.Op == Number:
		return b.Truth(x.N.Cmp(y.N) <= 0)
	}
	return b.intern(Term{Op: Le, Sort: b.Bool, Args: []*Term{x, y}})
}

// Lt is x < y.
func (b *Bank) Lt(x, y *Term) *Term { return b.Not(b.Le(y, x)) }

// Forall binds vars in body.
func (b *Bank) Forall(vars []*Term, body *Term) *Term { return b.quantified(Forall, vars, body) }

// Exists binds vars in body.
func (b *Bank) Exists(vars []*Term, body *Term) *Term { return b.quantified(Exists, vars, body) }

// quantified leaves out variables that do not occur, and puts a variable that
// must equal something in its place.
func (b *Bank) quantified(op Op, vars []*Term, body *Term) *Term {
	if body.Op == op {
		vars, body = slices.Concat(vars, body.Vars), body.Args[0]
	}
	for again := true; again; {
		again = false
		for i, v := range vars {
			if t := b.forced(op, v, body); t != nil {
				body = b.Substitute(body, map[*Term]*Term{v: t})
				vars = slices.Delete(slices.Clone(vars), i, i+1)
				again = true
				break
			}
		}
	}
	var used []*Term
	for _, v := range vars {
		if body.open[v] {
			used = append(used, v)
		}
	}
	if len(used) == 0 {
		return body
	}
	return b.intern(Term{Op: op, Sort: b.Bool, Vars: used, Args: []*Term{body}})
}

// forced returns what v must be for body to matter: t in `exists v: v == t
// && ...` and in `forall v: v == t => ...`; nil if there is no such term.
func (b *Bank) forced(op Op, v, body *Term) *Term {
	conds := []*Term{body}
	if op == Forall {
		if body.Op != Implies {
			return nil
		}
		conds = []*Term{body.Args[0]}
	}
	if conds[0].Op == And {
		conds = conds[0].Args
	}
	for _, c := range conds {
		switch {
		case c == v:
			return b.yes
		case c.Op == Not && c.Args[0] == v:
			return b.no
		case c.Op != Eq:
		case c.Args[0] == v && !c.Args[1].open[v]:
			return c.Args[1]
		case c.Args[1] == v && !c.Args[0].open[v]:
			return c.Args[0]
		}
	}
	return nil
}
