package irtest

import (
	"fmt"
	"math/rand/v2"

	"github.com/spec-lang/spec/ir"
)

// Random returns a well-typed System, the same one for the same seed: a few
// variables, a few actions with every kind of statement, functions and
// properties, over types and operators of every kind.
//
// Its state space is finite and small, because what is stored is brought into
// a small part of its type first. Evaluation errors and failed assertions
// happen, but not often. About one System in five has instants, for which the
// language has no literals; see HasInstants.
func Random(seed uint64) *ir.System { return random(seed, gen{}) }

// RandomPacked is like Random, without strings, bags and maps: nearly every
// state has a fixed size.
func RandomPacked(seed uint64) *ir.System { return random(seed, gen{packed: true}) }

// RandomWide is like Random, over larger types and with counters that run for
// longer: its state spaces are finite, but not small. It has the rarer
// constructs too: parts of names that are assigned, choices in loops, values
// that are stored where their type has a condition, assumptions, contracts.
func RandomWide(seed uint64) *ir.System { return random(seed, gen{wide: true}) }

func random(seed uint64, kind gen) *ir.System {
	g := &kind
	g.B, g.r = New("Random"), rand.New(rand.NewPCG(seed, 0x5bec))
	g.types()
	g.constants()
	g.functions()
	g.variables()
	if g.wide { // a function that reads the state
		g.within(func() { g.function("seen") })
	}
	for i := range 3 + g.r.IntN(3) {
		g.action(fmt.Sprintf("A%d", i+1))
	}
	if g.wide {
		g.count()
		g.contracts()
	}
	g.properties()
	return g.Sys
}

// HasInstants reports whether a System speaks of instants anywhere.
func HasInstants(sys *ir.System) bool {
	found := false
	var look func(t *ir.Type)
	look = func(t *ir.Type) {
		found = found || t.Kind == ir.InstantKind
		t.Parts(look)
	}
	for _, c := range sys.Consts {
		look(c.Type)
	}
	for _, v := range sys.Vars {
		look(v.Type)
	}
	sys.Walk(func(t ir.Tree) bool {
		if e, ok := t.(ir.Expr); ok {
			look(e.Type())
		}
		return !found
	})
	return found
}

// gen makes one System. What expressions may say changes as it goes.
type gen struct {
	*B
	r      *rand.Rand
	packed bool // no strings, bags or maps
	wide   bool // see RandomWide
	// pool are the types of variables; small are finite ones of few values.
	pool, small []*ir.Type
	locals      []*ir.Local
	mutable     []*ir.Local
	state, old  bool // variables may be read, and as they were before the step
	ask         bool // enabled(A) may be asked
	taken       bool // taken(A) may be asked
	instants    bool
	names       int
}

// one reports a chance of one in n.
func (g *gen) one(n int) bool { return g.r.IntN(n) == 0 }

func pick[T any](g *gen, list []T) T { return list[g.r.IntN(len(list))] }

func (g *gen) name(of string) string {
	g.names++
	return fmt.Sprintf("%s%d", of, g.names)
}

// fresh makes a local with a name of its own.
func (g *gen) fresh(t *ir.Type) *ir.Local { return g.Local(g.name("x"), t) }

// with runs f with a local in scope.
func (g *gen) with(l *ir.Local, f func()) {
	before := g.locals
	g.locals = append(before[:len(before):len(before)], l)
	f()
	g.locals = before
}

// within runs f and forgets the locals that it adds.
func (g *gen) within(f func()) {
	locals, mutable := g.locals, g.mutable
	f()
	g.locals, g.mutable = locals, mutable
}

func (g *gen) types() {
	node := g.Sort("Node", 2, ir.Unordered)
	rank := g.Sort("Rank", 3, ir.Ordered)
	seat := g.Sort("Seat", 2+g.r.IntN(2), ir.Ring)
	g.small = []*ir.Type{g.Bool(), node, rank, seat, g.Ints(0, 2), g.Ints(-1, 1)}
	color := g.Enumerate("Color", "Red", "Green")
	shape := g.Enum("Shape", ir.Variant{Name: "Dot"}, ir.Variant{Name: "Line", Fields: []ir.Field{{Name: "to", Type: pick(g, g.small)}}})
	point := g.Record("Point", ir.Field{Name: "x", Type: pick(g, g.small)}, ir.Field{Name: "n", Type: g.Int()})
	g.small = append(g.small, color, shape, g.Option(pick(g, g.small)), g.Tuple(g.Bool(), node), g.Set(node))
	g.pool = append(g.pool, g.small...)
	if g.packed {
		point = g.Tuple(pick(g, g.small), pick(g, g.small))
	}
	g.pool = append(g.pool, g.Int(), g.Int(), g.Duration(), point)
	if !g.packed {
		g.pool = append(g.pool, g.String())
	}
	if g.instants = g.one(5); g.instants {
		g.pool = append(g.pool, g.Instant())
	}
	if g.wide {
		g.widen()
	}
	for range 4 {
		g.pool = append(g.pool, g.composite())
	}
}

// composite makes a collection or other type of the types there are.
func (g *gen) composite() *ir.Type {
	elem, key := pick(g, g.pool), pick(g, g.small)
	if elem.Kind == ir.SetKind || elem.Kind == ir.BagKind || elem.Kind == ir.FuncKind {
		elem = pick(g, g.small)
	}
	if g.packed {
		elem = pick(g, g.small)
		return pick(g, []*ir.Type{g.Set(elem), g.Func(key, elem), g.Seq(elem, 1+g.r.IntN(2)), g.Option(elem), g.Tuple(elem, key)})
	}
	switch g.r.IntN(9) {
	case 0:
		return g.Set(elem)
	case 1:
		return g.Bag(key)
	case 2:
		return g.Func(key, pick(g, g.small))
	case 3:
		return g.Map(key, elem)
	case 4:
		return g.Seq(elem, -1)
	case 5:
		return g.Seq(elem, 1+g.r.IntN(2))
	case 6:
		return g.Option(elem)
	case 7:
		return g.Tuple(elem, key)
	}
	return g.Set(g.Set(g.Bool()))
}

func (g *gen) constants() {
	for i := range 1 + g.r.IntN(2) {
		t := pick(g, g.pool)
		g.Const(fmt.Sprintf("C%d", i+1), t, g.value(t))
	}
}

// variables declares state and gives it initial values: each variable one, or
// any of a few.
func (g *gen) variables() {
	for i := range 2 + g.r.IntN(3) {
		v := g.Var(fmt.Sprintf("v%d", i+1), pick(g, g.pool))
		if n, ok := ir.Card(v.Type); ok && n.Int64() <= 8 && g.one(3) {
			l := g.fresh(v.Type)
			g.Init(g.Pick(l, g.Values(v.Type), nil), g.Put(v, g.Use(l)))
			continue
		}
		first := g.Put(v, g.clamp(g.expr(v.Type, 1)))
		if g.one(4) {
			g.Init(g.Either([]ir.Stmt{first}, []ir.Stmt{g.Put(v, g.literal(v.Type))}))
		} else {
			g.Init(first)
		}
	}
	g.state = true
}

func (g *gen) action(name string) {
	g.locals, g.mutable = nil, nil
	var params []*ir.Param
	for range g.r.IntN(3) {
		p := g.Param(g.name("p"), pick(g, g.small))
		if g.one(3) {
			p = g.ParamIn(g.name("p"), g.domain(pick(g, g.small), 1))
		}
		params = append(params, p)
		g.locals = append(g.locals, p.Local)
	}
	var guard ir.Expr
	if g.one(3) {
		guard = g.expr(g.Bool(), 2)
	}
	g.old = true
	body := g.body(2)
	g.old = false
	a := g.Action(name, params, guard, body...)
	a.Fair = ir.Fairness(g.r.IntN(3))
	a.FairAny = len(params) > 0 && a.Fair != ir.Unfair && g.one(3)
	g.locals, g.mutable = nil, nil
}

func (g *gen) properties() {
	g.ask = true
	if !g.one(3) {
		g.Sys.Terminal = g.expr(g.Bool(), 1)
	}
	if g.one(4) {
		g.Bound(g.expr(g.Bool(), 1))
	}
	for i := range 1 + g.r.IntN(2) {
		g.Prop(ir.Invariant, fmt.Sprintf("Inv%d", i+1), g.formula(3))
	}
	g.Prop(ir.Witness, "Wit", g.formula(2))
	g.scenario("Scn")
	g.old, g.taken = true, true
	g.Prop(ir.Step, "Stp", g.formula(3))
	g.old = false
	if g.one(4) {
		g.Prop(ir.Temporal, "Tmp", g.temporal(2))
	}
	g.taken = false
	if g.one(4) {
		g.Prop(ir.CTL, "Brn", g.branching(2))
	}
}

// formula is a bool that reads some variable.
func (g *gen) formula(depth int) ir.Expr {
	v := pick(g, g.Sys.Vars)
	reads := g.Op(ir.Eq, g.Get(v), g.expr(v.Type, depth-1))
	return g.Op(pick(g, []ir.Op{ir.And, ir.Or, ir.Implies, ir.Iff}), reads, g.expr(g.Bool(), depth))
}

// temporal is a formula of linear time.
func (g *gen) temporal(depth int) ir.Expr {
	if depth == 0 {
		return g.formula(1)
	}
	x := func() ir.Expr { return g.temporal(depth - 1) }
	switch op := pick(g, []ir.Op{ir.Always, ir.Eventually, ir.NextTime, ir.Until, ir.Unless, ir.Release, ir.LeadsTo, ir.Within, ir.Not, ir.And}); op {
	case ir.Always, ir.Eventually, ir.NextTime, ir.Not:
		return g.Op(op, x())
	case ir.Within:
		return g.OpT(g.Bool(), op, g.literal(g.Duration()), x())
	default:
		return g.Op(op, x(), x())
	}
}

// branching is a formula of branching time.
func (g *gen) branching(depth int) ir.Expr {
	if depth == 0 {
		return g.formula(1)
	}
	op := pick(g, []ir.Op{ir.AG, ir.AF, ir.AX, ir.EG, ir.EF, ir.EX, ir.AU, ir.EU, ir.Implies})
	if ir.Ops[op].Arity == 2 {
		return g.Op(op, g.branching(depth-1), g.branching(depth-1))
	}
	return g.Op(op, g.branching(depth-1))
}
