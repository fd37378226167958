package buchi

import "slices"

// eventual reports whether x is a pure eventuality: true of a word if it is
// true of some suffix of it.
func (f *Formulas) eventual(x Formula) bool {
	switch n := f.nodes[x]; n.kind {
	case falsity, truth:
		return true
	case and, or:
		return f.eventual(n.a) && f.eventual(n.b)
	case next:
		return f.eventual(n.a)
	case until:
		return n.a == True || f.eventual(n.b)
	case release:
		return f.eventual(n.b)
	}
	return false
}

// universal reports whether x is purely universal: true of all suffixes of a
// word of which it is true.
func (f *Formulas) universal(x Formula) bool { return f.eventual(f.Not(x)) }

// implies reports whether x implies y, as far as that can be read off them.
func (f *Formulas) implies(x, y Formula) bool {
	if x == y || x == False || y == True {
		return true
	}
	key := [2]Formula{x, y}
	if known, ok := f.below[key]; ok {
		return known
	}
	f.below[key] = false // while it is being looked at
	known := f.impliedBy(x, y)
	f.below[key] = known
	return known
}

func (f *Formulas) impliedBy(x, y Formula) bool {
	m, n := f.nodes[x], f.nodes[y]
	switch m.kind {
	case or:
		return f.implies(m.a, y) && f.implies(m.b, y)
	case and:
		if f.implies(m.a, y) || f.implies(m.b, y) {
			return true
		}
	case until:
		if f.implies(m.a, y) && f.implies(m.b, y) {
			return true
		}
	case release:
		if f.implies(m.b, y) {
			return true
		}
	}
	switch n.kind {
	case and:
		return f.implies(x, n.a) && f.implies(x, n.b)
	case or:
		return f.implies(x, n.a) || f.implies(x, n.b)
	case until:
		return f.implies(x, n.b) || m.kind == until && f.implies(m.a, n.a) && f.implies(m.b, n.b)
	case release:
		return f.implies(x, n.a) && f.implies(x, n.b) ||
			m.kind == release && f.implies(m.a, n.a) && f.implies(m.b, n.b)
	case next:
		return m.kind == next && f.implies(m.a, n.a)
	}
	return false
}

// And is the conjunction of xs.
func (f *Formulas) And(xs ...Formula) Formula {
	ops := f.operands(and, xs...)
	ops = f.strongest(ops)
	if len(ops) == 0 {
		return True
	}
	for i, x := range ops {
		for j, y := range ops {
			if x == False || i != j && f.implies(x, f.Not(y)) {
				return False
			}
			if i < j {
				if z, ok := f.both(x, y); ok {
					return f.And(append(without(ops, i, j), z)...)
				}
			}
		}
	}
	return f.fold(and, ops)
}

// Or is the disjunction of xs: the dual of And.
func (f *Formulas) Or(xs ...Formula) Formula {
	ops := f.operands(or, xs...)
	ops = f.weakest(ops)
	if len(ops) == 0 {
		return False
	}
	for i, x := range ops {
		for j, y := range ops {
			if x == True || i != j && f.implies(f.Not(x), y) {
				return True
			}
			if i < j {
				if z, ok := f.either(x, y); ok {
					return f.Or(append(without(ops, i, j), z)...)
				}
			}
		}
	}
	return f.fold(or, ops)
}

func without(ops []Formula, i, j int) []Formula {
	out := slices.Clone(ops)
	out = slices.Delete(out, j, j+1)
	return slices.Delete(out, i, i+1)
}

// strongest leaves out what others imply.
func (f *Formulas) strongest(ops []Formula) []Formula {
	return leaveOut(ops, func(x, y Formula) bool { return f.implies(x, y) })
}

// weakest leaves out what implies others.
func (f *Formulas) weakest(ops []Formula) []Formula {
	return leaveOut(ops, func(x, y Formula) bool { return f.implies(y, x) })
}

// leaveOut drops each y for which some x that stays makes it needless.
func leaveOut(ops []Formula, needless func(x, y Formula) bool) []Formula {
	out := slices.Clone(ops)
	for i := 0; i < len(out); {
		y, drop := out[i], false
		for j, x := range out {
			drop = drop || i != j && needless(x, y)
		}
		if drop {
			out = slices.Delete(out, i, i+1)
		} else {
			i++
		}
	}
	return out
}

// both is a formula for x && y that is simpler, if there is one.
func (f *Formulas) both(x, y Formula) (Formula, bool) {
	m, n := f.nodes[x], f.nodes[y]
	switch {
	case m.kind != n.kind:
	case m.kind == next:
		return f.Next(f.And(m.a, n.a)), true
	case m.kind == release && m.a == n.a:
		return f.Release(m.a, f.And(m.b, n.b)), true
	case m.kind == until && m.b == n.b:
		return f.Until(f.And(m.a, n.a), m.b), true
	case f.recurs(x, release) && f.recurs(y, release): // eventually always
		return f.Eventually(f.Always(f.And(f.nodes[m.b].b, f.nodes[n.b].b))), true
	}
	return 0, false
}

// either is a formula for x || y that is simpler, if there is one.
func (f *Formulas) either(x, y Formula) (Formula, bool) {
	z, ok := f.both(f.Not(x), f.Not(y))
	if !ok {
		return 0, false
	}
	return f.Not(z), true
}

// recurs reports whether x is eventually always, with release, or always
// eventually, with until.
func (f *Formulas) recurs(x Formula, inner kind) bool {
	n := f.nodes[x]
	if inner == release {
		return n.kind == until && n.a == True && f.is(n.b, release) && f.nodes[n.b].a == False
	}
	return n.kind == release && n.a == False && f.is(n.b, until) && f.nodes[n.b].a == True
}

// Next is x in the next place.
func (f *Formulas) Next(x Formula) Formula {
	if x == True || x == False || f.eventual(x) && f.universal(x) {
		return x
	}
	return f.intern(node{kind: next, a: x})
}

// Until is x until y.
func (f *Formulas) Until(x, y Formula) Formula {
	m, n := f.nodes[x], f.nodes[y]
	switch {
	case y == True || y == False || f.eventual(y) || f.implies(x, y):
		return y
	case x != True && f.implies(f.Not(y), x):
		return f.Until(True, y)
	case m.kind == next && n.kind == next:
		return f.Next(f.Until(m.a, n.a))
	case x == True && n.kind == next:
		return f.Next(f.Until(True, n.a))
	case n.kind == until && f.implies(x, n.a):
		return y
	case x == True && n.kind == or && f.eventual(n.a) && f.universal(n.a):
		return f.Or(n.a, f.Until(True, n.b))
	}
	return f.intern(node{until, x, y})
}

// Release is x release y, the dual of Until.
func (f *Formulas) Release(x, y Formula) Formula {
	m, n := f.nodes[x], f.nodes[y]
	switch {
	case y == True || y == False || f.universal(y) || f.implies(y, x):
		return y
	case x != False && f.implies(x, f.Not(y)):
		return f.Release(False, y)
	case m.kind == next && n.kind == next:
		return f.Next(f.Release(m.a, n.a))
	case x == False && n.kind == next:
		return f.Next(f.Release(False, n.a))
	case n.kind == release && f.implies(n.a, x):
		return y
	case x == False && n.kind == and && f.eventual(n.a) && f.universal(n.a):
		return f.And(n.a, f.Release(False, n.b))
	}
	return f.intern(node{release, x, y})
}
