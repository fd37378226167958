package term

import "strconv"

// Grounder rewrites terms until no quantifier over an enum sort or bool is
// left, no symbol has a parameter of such a sort, and elements are the numbers
// from 0. What is left is propositional logic with integers, and quantifiers
// over integers and free sorts if there were any.
type Grounder struct {
	b    *Bank
	done map[*Term]*Term
	// Limits say of each constant made for a symbol into an enum sort that it
	// is one of its elements. They belong to what is asserted.
	limits  []*Term
	limited map[*Func]bool
}

// NewGrounder returns a Grounder for terms of b.
func NewGrounder(b *Bank) *Grounder {
	return &Grounder{b: b, done: map[*Term]*Term{}, limited: map[*Func]bool{}}
}

// Limits says of every constant made so far what it may be.
func (g *Grounder) Limits() []*Term { return g.limits }

// Ground returns t without quantifiers over known elements.
func (g *Grounder) Ground(t *Term) *Term {
	if d := g.done[t]; d != nil {
		return d
	}
	d := g.ground(t)
	g.done[t] = d
	return d
}

func (g *Grounder) ground(t *Term) *Term {
	switch t.Op {
	case Elem:
		return g.b.I(t.Index)
	case Forall, Exists:
		return g.quantified(t)
	}
	args := make([]*Term, len(t.Args))
	for i, a := range t.Args {
		args[i] = g.Ground(a)
	}
	if t.Op == Apply {
		return g.apply(t.Fn, args)
	}
	return g.b.Rebuild(t, args)
}

// quantified takes one variable with known values away.
func (g *Grounder) quantified(t *Term) *Term {
	for i, v := range t.Vars {
		values := g.values(v.Sort)
		if values == nil {
			continue
		}
		rest := append(append([]*Term{}, t.Vars[:i]...), t.Vars[i+1:]...)
		var parts []*Term
		for _, value := range values {
			body := g.b.Substitute(t.Args[0], map[*Term]*Term{v: value})
			parts = append(parts, g.Ground(g.bind(t.Op, rest, body)))
		}
		if t.Op == Forall {
			return g.b.And(parts...)
		}
		return g.b.Or(parts...)
	}
	return g.bind(t.Op, t.Vars, g.Ground(t.Args[0]))
}

func (g *Grounder) bind(op Op, vars []*Term, body *Term) *Term {
	if op == Forall {
		return g.b.Forall(vars, body)
	}
	return g.b.Exists(vars, body)
}

// values lists a sort; nil if that cannot be done.
func (g *Grounder) values(s *Sort) []*Term {
	switch s.Kind {
	case BoolSort:
		return []*Term{g.b.no, g.b.yes}
	case EnumSort:
		out := make([]*Term, len(s.Elems))
		for i := range out {
			out[i] = g.b.Elem(s, i)
		}
		return out
	}
	return nil
}

// apply splits cases until every argument of a known sort is a value, and
// makes that value part of the name of the symbol.
func (g *Grounder) apply(f *Func, args []*Term) *Term {
	for i, s := range f.Params {
		n := sizeOf(s)
		if n == 0 || args[i].Const() {
			continue
		}
		at := func(k int) *Term {
			with := append([]*Term{}, args...)
			with[i] = g.number(s, k)
			return g.apply(f, with)
		}
		out := at(n - 1)
		for k := n - 2; k >= 0; k-- {
			out = g.b.Ite(g.b.Eq(args[i], g.number(s, k)), at(k), out)
		}
		return out
	}
	name := f.Name
	if f.Result.Kind == EnumSort {
		name = "index of " + name // it has another sort than f
	}
	var params []*Sort
	var left []*Term
	for i, s := range f.Params {
		switch {
		case sizeOf(s) == 0:
			params, left = append(params, s), append(left, args[i])
		case args[i].Op == Number:
			name += "@" + args[i].N.String()
		default:
			name += "@" + strconv.FormatBool(args[i].Op == True)
		}
	}
	return g.limit(f, g.b.Func(name, params, g.plain(f.Result)), left)
}

func (g *Grounder) number(s *Sort, k int) *Term {
	if s.Kind == BoolSort {
		return g.b.Truth(k == 1)
	}
	return g.b.I(k)
}

// sizeOf is how many elements a sort is known to have; 0 if that is open.
func sizeOf(s *Sort) int {
	switch s.Kind {
	case BoolSort:
		return 2
	case EnumSort:
		return len(s.Elems)
	}
	return 0
}

func (g *Grounder) plain(s *Sort) *Sort {
	if s.Kind == EnumSort {
		return g.b.Int
	}
	return s
}

// limit applies f, made for of, and notes once what its results may be.
func (g *Grounder) limit(of, f *Func, args []*Term) *Term {
	if of.Result.Kind == EnumSort && !g.limited[f] {
		g.limited[f] = true
		vars := make([]*Term, len(f.Params))
		for i, s := range f.Params {
			vars[i] = g.b.Var("x", s)
		}
		v := g.b.Apply(f, vars...)
		g.limits = append(g.limits, g.b.Forall(vars, g.b.And(
			g.b.Le(g.b.I(0), v), g.b.Le(v, g.b.I(len(of.Result.Elems)-1)))))
	}
	return g.b.Apply(f, args...)
}
