package encode

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/term"
)

// Proof is the proof of a function by the rules of Hoare, "An axiomatic basis
// for computer programming", 1969, with measures for total correctness. While
// it lasts, loops are taken by their invariants and calls by their contracts,
// and what must be shown for that is collected as goals.
type Proof struct {
	Func  *ir.Func
	Args  []Value // of Func
	Goals []Goal

	rests     []*ir.Func // taken by contract
	recursive map[*ir.Func]bool
	unfolded  int // calls of functions inside the definitions of others
}

// Goal is something that must be shown: Claim, where Path.
type Goal struct {
	Kind   GoalKind
	Number int      // of a clause, from 1
	Of     *ir.Func // whose clause it is; nil of a loop
	Span   source.Span
	Path   *term.Term
	Claim  *term.Term
	Env    Env // where it stands
}

// Prove follows the function f with anything as arguments that it requires, and
// returns what must be shown of it.
func (e *Encoder) Prove(f *ir.Func) *Proof {
	p := &Proof{Func: f, recursive: map[*ir.Func]bool{}}
	e.proof = p
	p.findRecursive(f)
	env := Env{}
	for _, l := range f.Params {
		v := e.Symbol("argument "+l.Name, l.Type)
		p.Args = append(p.Args, v)
		env = env.Bind(l, v)
	}
	w := Start(e.b, env)
	for _, r := range f.Requires {
		e.at = r.Span
		c, ok := e.Holds(r.Cond, w.Env)
		w = e.checked(w, ok).assume(e.b, c)
	}
	if f.Value != nil {
		e.at = f.Value.Span()
		v, ok := e.expr(f.Value, w.Env)
		w = e.checked(w, ok)
		w.Result = v
	} else {
		w = e.Exec(f.Body, w)
	}
	if w.Result != nil && f.ResultLocal != nil {
		w.Env = env.Bind(f.ResultLocal, w.Result)
		for i, c := range f.Ensures {
			truth, ok := e.Holds(c.Cond, w.Env)
			e.goal(cause{Ensured, i + 1, f, c.Span}, w, e.b.And(ok, truth))
		}
	}
	p.Goals = e.goals
	return p
}

// findRecursive notes every function that f can reach and that can reach
// itself.
func (p *Proof) findRecursive(f *ir.Func) {
	for _, g := range reached(f) {
		for _, h := range reached(g) {
			p.recursive[g] = p.recursive[g] || h == g
		}
	}
	for _, h := range reached(f) {
		p.recursive[f] = p.recursive[f] || h == f
	}
}

// reached are the functions that f calls, directly or not.
func reached(f *ir.Func) []*ir.Func {
	seen := map[*ir.Func]bool{}
	var out []*ir.Func
	var visit func(t ir.Tree) bool
	look := func(f *ir.Func) {
		if f.Value != nil {
			ir.Walk(f.Value, visit)
		}
		ir.WalkBody(f.Body, visit)
	}
	visit = func(t ir.Tree) bool {
		if c, ok := t.(*ir.Call); ok && !seen[c.Func] {
			seen[c.Func] = true
			out = append(out, c.Func)
			look(c.Func)
		}
		return true
	}
	look(f)
	return out
}

// Mentions reports whether f, or what it calls, has to do with elements of s.
func Mentions(f *ir.Func, s *ir.Sort) bool {
	found := false
	look := func(t *ir.Type) { found = found || mentions(t, s) }
	visit := func(t ir.Tree) bool {
		if x, ok := t.(ir.Expr); ok {
			look(x.Type())
		}
		return !found
	}
	for _, g := range append(reached(f), f) {
		for _, l := range g.Params {
			look(l.Type)
		}
		if g.Value != nil {
			ir.Walk(g.Value, visit)
		}
		ir.WalkBody(g.Body, visit)
		for _, c := range slices.Concat(g.Requires, g.Ensures) {
			ir.Walk(c.Cond, visit)
		}
	}
	return found
}

func mentions(t *ir.Type, s *ir.Sort) bool {
	found := t.Kind == ir.SortKind && t.Sort == s
	t.Parts(func(p *ir.Type) { found = found || mentions(p, s) })
	return found
}

func (e *Encoder) goal(c cause, w Way, claim *term.Term) {
	path := e.b.And(w.Path, e.b.Not(w.done))
	if c.kind == Ensured {
		path = w.Path
	}
	if e.b.Implies(path, claim).Op != term.True {
		e.goals = append(e.goals, Goal{c.kind, c.number, c.of, c.span, path, claim, w.Env})
	}
}

// Goals is what must be shown of the loops that were taken by their invariants,
// and with a Proof of all else.
func (e *Encoder) Goals() []Goal { return e.goals }

// while takes a loop by its invariants: they hold where it begins, and the body
// keeps them; after it they hold and the condition does not. What must be shown
// for that is among the goals.
func (e *Encoder) while(st *ir.WhileStmt, w Way) Way {
	for i, inv := range st.Invariants {
		c, ok := e.Holds(inv, w.Env)
		e.goal(cause{Entered, i + 1, nil, inv.Span()}, w, e.b.And(ok, c))
	}
	any := e.havoc(st.Body, w)
	for _, inv := range st.Invariants {
		c, _ := e.Holds(inv, any.Env)
		any = any.assume(e.b, c)
	}
	e.at = st.Cond.Span()
	c, ok := e.Holds(st.Cond, any.Env)
	any = e.checked(any, ok)
	body := any.assume(e.b, c)
	end := e.Exec(st.Body, body)
	for i, inv := range st.Invariants {
		c, ok := e.Holds(inv, end.Env)
		e.goal(cause{Kept, i + 1, nil, inv.Span()}, end, e.b.And(ok, c))
	}
	e.falls(st, body, end)
	after := any.assume(e.b, e.b.Not(c))
	if end.done.Op == term.False {
		return after
	}
	left := end.assume(e.b, end.done)
	left.done = e.b.Truth(true)
	return e.either(e.apply(e.name("left"), e.b.Bool, nil), left, after)
}

// falls says that the measure of a loop is not negative before the body, and
// smaller after it. It is no matter where a step is only followed: one that does
// not end leads nowhere.
func (e *Encoder) falls(st *ir.WhileStmt, before, after Way) {
	if e.proof == nil {
		return
	}
	if st.Decreases == nil || !st.Decreases.Type().IsNumeric() {
		e.give("why this loop ends: it has no measure that is a number")
		return
	}
	m, ok := e.expr(st.Decreases, before.Env)
	n, okn := e.expr(st.Decreases, after.Env)
	e.goal(cause{kind: Falls, span: st.Decreases.Span()}, after, e.b.And(ok, okn, e.b.Le(e.b.I(0), one(m)), e.b.Lt(one(n), one(m))))
}

// havoc gives everything that body assigns any value of its type.
func (e *Encoder) havoc(body []ir.Stmt, w Way) Way {
	seen := map[*ir.Local]bool{}
	ir.WalkBody(body, func(t ir.Tree) bool {
		a, ok := t.(*ir.Assign)
		if ok && a.Target.Var != nil {
			v := a.Target.Var
			w.State = slices.Clone(w.State)
			w.State[v.Index] = e.Symbol(e.name(v.Name), v.Type)
		}
		if !ok || a.Target.Local == nil || seen[a.Target.Local] || w.lookup(a.Target.Local) == nil {
			return true
		}
		l := a.Target.Local
		seen[l] = true
		w.Env = w.Bind(l, e.Symbol(e.name(l.Name), l.Type))
		return true
	})
	return w
}

func hasLoop(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		_, loop := t.(*ir.WhileStmt)
		found = found || loop
		return true
	})
	return found
}

// maxUnfolded is how deep definitions of recursive functions are put beside
// their calls.
const maxUnfolded = 2

// byContract reports whether of a call of f only the contract is known: it has
// one, or no definition that could stand for the call.
func (p *Proof) byContract(f *ir.Func) bool {
	return len(f.Ensures) > 0 || p.recursive[f] || hasLoop(f.Body) || f.Value == nil && f.Body == nil
}

// required says that arguments are what f requires.
func (e *Encoder) required(f *ir.Func, inner Env) *term.Term {
	met := e.b.Truth(true)
	for i, r := range f.Requires {
		c, ok := e.Holds(r.Cond, inner)
		met = e.b.And(met, ok, e.because(c, Required, i+1, f))
	}
	return met
}

// called is the result of a call of which only the contract is known, and,
// of a function that is one expression, its definition. Neither is known of
// arguments that are not required.
func (e *Encoder) called(x *ir.Call, args []Value, env Env) (Value, *term.Term) {
	f, b := x.Func, e.b
	if f != e.proof.Func && !slices.Contains(e.proof.rests, f) {
		e.proof.rests = append(e.proof.rests, f)
	}
	inner := Env{State: env.State, Old: env.Old}
	for i, p := range f.Params {
		inner = inner.Bind(p, args[i])
	}
	met, smaller := e.required(f, inner), e.smaller(f, inner)
	result := e.outcome(f, args)
	known := []*term.Term{e.fits(result, f.Result)}
	if f.ResultLocal != nil {
		for _, c := range f.Ensures {
			truth, _ := e.Holds(c.Cond, inner.Bind(f.ResultLocal, result))
			known = append(known, truth)
		}
	}
	if f.Value != nil && e.proof.unfolded < maxUnfolded {
		e.proof.unfolded++
		v, _ := e.expr(f.Value, inner)
		e.proof.unfolded--
		known = append(known, e.Same(result, v, f.Result))
	}
	e.fact(b.Forall(e.scope, b.Implies(b.And(met, smaller), b.And(known...))))
	if e.proof.unfolded > 0 { // the call stands in a definition, not in what is proved
		return result, met
	}
	return result, b.And(met, smaller)
}

// outcome is a result of f: the same for the same arguments, where these can be
// told apart by terms.
func (e *Encoder) outcome(f *ir.Func, args []Value) Value {
	fields := make([]ir.Field, len(f.Params))
	for i, p := range f.Params {
		fields[i].Type = p.Type
		if hasSequence(p.Type) {
			return e.symbol(e.name("call "+f.Name), f.Result, e.scope)
		}
	}
	var out Value
	for _, s := range e.fieldShapes(args, fields) {
		v := e.symbol("call "+f.Name+s.name, f.Result, s.terms)
		out = e.choice(s.when, v, out, f.Result)
	}
	return out
}

// hasSequence reports whether values of t are told apart only by quantifiers.
func hasSequence(t *ir.Type) bool {
	switch t.Kind {
	case ir.SeqKind, ir.MapKind, ir.BagKind, ir.SetKind, ir.FuncKind:
		return true
	}
	found := false
	t.Parts(func(p *ir.Type) { found = found || hasSequence(p) })
	return found
}

// smaller says that a call that may come back to the function being proved has a
// smaller measure, which is not negative. Only then is its contract known: that
// is the induction. Other functions are proved by themselves.
func (e *Encoder) smaller(f *ir.Func, inner Env) *term.Term {
	p := e.proof
	if f != p.Func && !slices.Contains(reached(f), p.Func) {
		return e.b.Truth(true)
	}
	if f.Decreases == nil || p.Func.Decreases == nil || !f.Decreases.Type().IsNumeric() || !p.Func.Decreases.Type().IsNumeric() {
		e.give("why the recursion of %s and %s ends: a function on the way has no measure that is a number", p.Func.Name, f.Name)
		return e.b.Truth(true)
	}
	own := Env{}
	for i, l := range p.Func.Params {
		own = own.Bind(l, p.Args[i])
	}
	n, ok := e.expr(f.Decreases, inner)
	m, okm := e.expr(p.Func.Decreases, own)
	return e.b.And(ok, okm, e.because(e.b.And(e.b.Le(e.b.I(0), one(n)), e.b.Lt(one(n), one(m))), Ends, 0, f))
}

// Rests are the functions that were taken by their contracts, apart from the one
// that is proved.
func (p *Proof) Rests() []*ir.Func { return p.rests }
