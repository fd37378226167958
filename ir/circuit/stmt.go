package circuit

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// maxRounds bounds the rounds of a loop whose condition no constant decides.
const maxRounds = 4096

// exec runs a body. What a way through it has chosen is in input bits; where
// a way blocks or has returned, f.path does not hold.
func (b *builder) exec(f *frame, body []ir.Stmt) {
	for _, st := range body {
		if b.err != nil || b.live(f) == False {
			return
		}
		b.at = st.Span()
		b.stmt(f, st)
	}
}

func (b *builder) stmt(f *frame, st ir.Stmt) {
	switch st := st.(type) {
	case *ir.Assign:
		b.assign(f, st)
	case *ir.Declare:
		f.locals[st.Local] = b.eval(f, st.Value)
	case *ir.IfStmt:
		c := b.holds(f, st.Cond)
		b.alternatives(f, []Lit{c, c.Not()}, func(i int) {
			b.exec(f, [][]ir.Stmt{st.Then, st.Else}[i])
		})
	case *ir.ForStmt:
		for _, it := range b.domain(f, st.Domain) {
			b.alternatives(f, []Lit{it.on, it.on.Not()}, func(i int) {
				if i == 0 {
					f.locals[st.Local] = it.v
					b.exec(f, st.Body)
				}
			})
		}
	case *ir.WhileStmt:
		b.whileLoop(f, st)
	case *ir.EitherStmt:
		sel := b.selectors(f, len(st.Branches))
		b.alternatives(f, sel, func(i int) { b.exec(f, st.Branches[i]) })
	case *ir.PickStmt:
		b.pick(f, st)
	case *ir.AssertStmt:
		c := b.holds(f, st.Cond)
		f.asserts = b.g.Or(f.asserts, b.g.And(b.live(f), c.Not()))
	case *ir.AwaitStmt:
		f.path = b.g.And(f.path, b.holds(f, st.Cond))
	case *ir.ReturnStmt:
		v := b.eval(f, st.Value)
		f.result = b.mux(f.path, v, f.result)
		f.returned = b.g.Or(f.returned, f.path)
		f.path = False
	default:
		b.unsupported("a statement of a kind that circuits do not know")
	}
}

// alternatives runs do for each alternative where its condition holds, from
// the same state, and merges where they come to. At most one condition holds.
func (b *builder) alternatives(f *frame, conds []Lit, do func(i int)) {
	path, vars, locals := f.path, f.vars, f.locals
	out, outVars, outLocals := False, vars, locals
	for i, c := range conds {
		f.path, f.vars, f.locals = b.g.And(path, c), slices.Clone(vars), cloned(locals)
		if f.path == False {
			continue
		}
		do(i)
		outVars = b.muxVars(c, f.vars, outVars)
		outLocals = b.muxLocals(c, f.locals, outLocals)
		out = b.g.Or(out, f.path)
	}
	f.path, f.vars, f.locals = out, outVars, outLocals
}

func cloned(m map[*ir.Local]val) map[*ir.Local]val {
	out := make(map[*ir.Local]val, len(m))
	for l, v := range m {
		out[l] = v
	}
	return out
}

func (b *builder) muxVars(c Lit, xs, ys []val) []val {
	out := make([]val, len(xs))
	for i := range xs {
		out[i] = b.mux(c, xs[i], ys[i])
	}
	return out
}

// muxLocals merges the locals that were there before; the others are out of
// scope.
func (b *builder) muxLocals(c Lit, xs, ys map[*ir.Local]val) map[*ir.Local]val {
	out := cloned(ys)
	for l, y := range ys {
		if x, ok := xs[l]; ok && x != y {
			out[l] = b.mux(c, x, y)
		}
	}
	return out
}

func (b *builder) whileLoop(f *frame, st *ir.WhileStmt) {
	var rounds func(n int)
	rounds = func(n int) {
		c := b.holds(f, st.Cond)
		switch {
		case b.g.And(b.live(f), c) == False:
			return
		case n == maxRounds:
			b.at = st.Loc
			b.unsupported("a loop of so many rounds")
			return
		}
		b.alternatives(f, []Lit{c, c.Not()}, func(i int) {
			if i == 0 {
				b.exec(f, st.Body)
				if b.err == nil && b.live(f) != False {
					rounds(n + 1)
				}
			}
		})
	}
	rounds(0)
}

// selectors returns n conditions of which exactly one holds for each value of
// new input bits below n. Where nothing is to choose the bits are false, so
// that ways through a body and values of the inputs are one to one.
func (b *builder) selectors(f *frame, n int) []Lit {
	x := &num{lo: 0, hi: int64(max(n-1, 0))}
	if n > maxCases {
		b.unsupported("a choice of more than 4096")
		return nil
	}
	here := b.live(f)
	for range width(x.lo, x.hi) - 1 {
		in := b.input(f.inputs)
		f.inputs++
		f.idle = b.g.And(f.idle, b.g.And(in, here.Not()).Not())
		x.bits = append(x.bits, in)
	}
	x.bits = append(x.bits, False)
	sel := make([]Lit, n)
	for i := range sel {
		sel[i] = b.is(x, int64(i))
	}
	if n > 0 && len(x.bits) > 1 {
		f.idle = b.g.And(f.idle, b.less(fixed(int64(n-1)), &num{x.bits, 0, 1<<(len(x.bits)-1) - 1}).Not())
	}
	return sel
}

func (b *builder) pick(f *frame, st *ir.PickStmt) {
	items := b.domain(f, st.Domain)
	b.at = st.Loc
	sel := b.selectors(f, len(items))
	if b.err != nil {
		return
	}
	var v val
	some := False
	for i, it := range items {
		v = b.mux(sel[i], it.v, v)
		some = b.g.Or(some, b.g.And(sel[i], it.on))
	}
	f.path = b.g.And(f.path, some)
	f.locals[st.Local] = v
	if st.Where != nil && f.path != False {
		f.path = b.g.And(f.path, b.holds(f, st.Where))
	}
}

// assign evaluates the indices of the target, then the value, and stores it.
func (b *builder) assign(f *frame, st *ir.Assign) {
	t := st.Target
	keys := make([]val, len(t.Path))
	for i, a := range t.Path {
		if a.Index != nil {
			keys[i] = b.eval(f, a.Index)
		}
	}
	v := b.eval(f, st.Value)
	if b.err != nil {
		return
	}
	var old val
	switch {
	case t.Var == nil:
		old = f.locals[t.Local]
	case len(t.Path) > 0:
		old = b.variable(f, t.Var, false)
	}
	if old == nil {
		old = b.any(t.Root())
	}
	v = b.store(f, old, t.Root(), t.Path, keys, v)
	if t.Var == nil {
		f.locals[t.Local] = v
		return
	}
	f.vars = slices.Clone(f.vars)
	f.vars[t.Var.Index] = v
}

// store returns old, of type t, with v at path.
func (b *builder) store(f *frame, old val, t *ir.Type, path []ir.Access, keys []val, v val) val {
	if len(path) == 0 {
		return v
	}
	if old == nil {
		old = b.any(t)
	}
	if path[0].Index == nil {
		i := path[0].Field
		r := old.(*record)
		return withField(r, i, b.store(f, r.fields[i], t.Fields[i].Type, path[1:], keys[1:], v))
	}
	if len(path) > 1 {
		v = b.store(f, b.get(f, old, t, keys[0]), t.Elem, path[1:], keys[1:], v)
	}
	return b.putAt(f, old, t, keys[0], v)
}
