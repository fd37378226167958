package theorem

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/kernel"
)

// Unsupported is something that the kernel's logic has no terms for.
type Unsupported struct {
	Span source.Span
	What string
}

func (u *Unsupported) Error() string { return "proofs cannot speak of " + u.What }

// translator turns expressions of a Theory into terms of the kernel.
type translator struct {
	theory *kernel.Theory
	err    *Unsupported // the first one
	bound  map[*ir.Local]*kernel.Term
	names  map[string]int // how often a variable's name was given
	// measures are what gets smaller in each call, by function: of its
	// parameters. Nil where there is none.
	measures map[string]*kernel.Term
}

func newTranslator() *translator {
	return &translator{theory: &kernel.Theory{Known: map[string]*kernel.Term{}, Defs: map[string]kernel.Def{}, Enums: map[kernel.Sort][]string{}},
		bound: map[*ir.Local]*kernel.Term{}, names: map[string]int{}, measures: map[string]*kernel.Term{}}
}

func (tr *translator) unsupported(at source.Span, format string, args ...any) *kernel.Term {
	if tr.err == nil {
		tr.err = &Unsupported{at, fmt.Sprintf(format, args...)}
	}
	return falsum
}

var falsum = kernel.Truth(false)

// verum is a formula that is true and that the rules can show.
var verum = kernel.T(kernel.Not, falsum)

// fresh makes a variable that occurs nowhere else.
func (tr *translator) fresh(name string, s kernel.Sort) *kernel.Term {
	tr.names[name]++
	if n := tr.names[name]; n > 1 {
		name = fmt.Sprintf("%s_%d", name, n)
	}
	return kernel.V(name, s)
}

// bind makes a variable for a local, with what its type says of it; nil if it
// says nothing.
func (tr *translator) bind(l *ir.Local) (v, range_ *kernel.Term) {
	v = tr.fresh(l.Name, tr.sort(l.Type, l.Span))
	tr.bound[l] = v
	if l.Type.Kind == ir.RangeKind {
		return v, between(v, kernel.N(l.Type.Lo), kernel.N(l.Type.Hi))
	}
	return v, nil
}

// whole refuses a type that does not have all values of its sort: what is said
// of all of them would be said of more than there are, and one that is said to
// be there might be none of them.
func (tr *translator) whole(t *ir.Type, at source.Span) {
	for e := t; e.Kind == ir.SeqKind; e = e.Elem {
		if e.Max >= 0 || e.Elem.Kind == ir.RangeKind {
			tr.unsupported(at, "all values of %s: leave out its bounds, and say them in a condition", t)
		}
	}
}

func between(v, lo, hi *kernel.Term) *kernel.Term {
	return kernel.T(kernel.And, kernel.T(kernel.Le, lo, v), kernel.T(kernel.Le, v, hi))
}

func (tr *translator) sort(t *ir.Type, at source.Span) kernel.Sort {
	switch t.Kind {
	case ir.BoolKind:
		return kernel.Bool
	case ir.IntKind, ir.RangeKind:
		return kernel.Int
	case ir.SortKind:
		return kernel.Sort(t.Name)
	case ir.SeqKind:
		return kernel.Seq(tr.sort(t.Elem, at))
	case ir.SumKind:
		if s, ok := tr.enum(t); ok {
			return s
		}
	}
	tr.unsupported(at, "values of %s", t)
	return kernel.Bool
}

// enum is the sort of an enum without payloads.
func (tr *translator) enum(t *ir.Type) (kernel.Sort, bool) {
	var names []string
	for _, v := range t.Variants {
		if len(v.Fields) > 0 {
			return "", false
		}
		names = append(names, constant(t, v.Name))
	}
	tr.theory.Enums[kernel.Sort(t.Name)] = names
	return kernel.Sort(t.Name), true
}

func (tr *translator) expr(e ir.Expr) *kernel.Term {
	switch e := e.(type) {
	case *ir.Lit:
		return tr.value(e.Value, e.T, e.Loc)
	case *ir.LocalRef:
		if v := tr.bound[e.Local]; v != nil {
			return v
		}
	case *ir.Convert:
		return tr.expr(e.X)
	case *ir.If:
		return kernel.T(kernel.Ite, tr.expr(e.Cond), tr.expr(e.Then), tr.expr(e.Else))
	case *ir.Let:
		tr.bound[e.Local] = tr.expr(e.Value)
		return tr.expr(e.Body)
	case *ir.Make:
		return tr.variant(e.T, e.Variant, e.Loc)
	case *ir.Is:
		return kernel.T(kernel.Eq, tr.expr(e.X), tr.variant(e.X.Type(), e.Variant, e.Loc))
	case *ir.Call:
		return tr.call(e)
	case *ir.Bind:
		return tr.quantifier(e)
	case *ir.Apply:
		return tr.apply(e)
	}
	return tr.unsupported(e.Span(), "this")
}

func (tr *translator) value(v ir.Value, t *ir.Type, at source.Span) *kernel.Term {
	switch v := v.(type) {
	case ir.Bool:
		if v {
			return verum
		}
		return falsum
	case ir.Int:
		if t.Kind == ir.IntKind || t.Kind == ir.RangeKind {
			return kernel.N(v.Int)
		}
	case ir.SumValue:
		return tr.variant(t, v.Variant, at)
	case ir.SeqValue:
		if len(v.Elems) == 0 {
			return kernel.Empty(tr.sort(t, at))
		}
	}
	return tr.unsupported(at, "the value %s", ir.FormatAs(v, t))
}

func (tr *translator) variant(t *ir.Type, variant int, at source.Span) *kernel.Term {
	s := tr.sort(t, at)
	if variant >= len(t.Variants) {
		return tr.unsupported(at, "values of %s", t)
	}
	return kernel.F(constant(t, t.Variants[variant].Name), s)
}

// constant is the symbol of a variant. It is no identifier, so that no function
// has its name.
func constant(t *ir.Type, variant string) string { return t.Name + "." + variant }

// call applies a function, which gets its definition in the theory.
func (tr *translator) call(e *ir.Call) *kernel.Term {
	var args []*kernel.Term
	for _, a := range e.Args {
		args = append(args, tr.expr(a))
	}
	f := e.Func
	if f.Body != nil {
		return tr.unsupported(e.Loc, "function %s, which is a block of statements", f.Name)
	}
	if _, known := tr.theory.Defs[f.Name]; !known && f.Value != nil {
		tr.theory.Defs[f.Name] = kernel.Def{} // it may call itself
		var params []*kernel.Term
		for _, p := range f.Params {
			v, _ := tr.bind(p)
			params = append(params, v)
		}
		tr.theory.Defs[f.Name] = kernel.Def{Params: params, Body: tr.expr(f.Value)}
		if f.Decreases != nil {
			tr.measures[f.Name] = tr.expr(f.Decreases)
		}
	}
	return kernel.F(f.Name, tr.sort(f.Result, e.Loc), args...)
}

// quantifier is a Forall or Exists over a sort, a range or all values of a type.
func (tr *translator) quantifier(e *ir.Bind) *kernel.Term {
	if e.Kind != ir.Forall && e.Kind != ir.Exists {
		return tr.unsupported(e.Loc, "sums, counts, least and greatest elements")
	}
	q, joint := kernel.Forall, kernel.Implies
	if e.Kind == ir.Exists {
		q, joint = kernel.Exists, kernel.And
	}
	var vars, conds []*kernel.Term
	for _, b := range e.Binders {
		v, ok := tr.bind(b.Local)
		vars = append(vars, v)
		conds = append(conds, ok, tr.member(v, b.Domain))
	}
	body := tr.expr(e.Body)
	if e.Cond != nil {
		conds = append(conds, tr.expr(e.Cond))
	}
	for i := len(conds) - 1; i >= 0; i-- {
		if conds[i] != nil {
			body = kernel.T(joint, conds[i], body)
		}
	}
	for i := len(vars) - 1; i >= 0; i-- {
		body = kernel.Bind(q, vars[i], body)
	}
	return body
}

// member says that v is in a set; nil if all values of its sort are.
func (tr *translator) member(v *kernel.Term, set ir.Expr) *kernel.Term {
	s, ok := set.(*ir.Apply)
	switch {
	case ok && s.Op == ir.Universe && s.T.Elem.Kind == ir.RangeKind:
		return between(v, kernel.N(s.T.Elem.Lo), kernel.N(s.T.Elem.Hi))
	case ok && s.Op == ir.Universe:
		tr.whole(s.T.Elem, s.Loc)
		return nil
	case ok && s.Op == ir.Interval:
		return between(v, tr.expr(s.Args[0]), tr.expr(s.Args[1]))
	case ok && s.Op == ir.SetLit && len(s.Args) > 0:
		in := kernel.T(kernel.Eq, v, tr.expr(s.Args[0]))
		for _, a := range s.Args[1:] {
			in = kernel.T(kernel.Or, in, kernel.T(kernel.Eq, v, tr.expr(a)))
		}
		return in
	}
	return tr.unsupported(set.Span(), "such a set")
}
