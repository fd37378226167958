package porder

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// maxInstances is how many instances of actions there may be: relations
// between them are tables.
const maxInstances = 1024

// Reducer says which steps of a System have to be explored. It does not change
// and may be used by several goroutines, each with a Set of its own.
type Reducer struct {
	prog *program.Program
	list []*instance
	// cells are those that conditions look at, with the instances that each of
	// their values allows.
	cells  []cell
	allows [][]Bits

	// demands are, by instance, the instances that must be explored with it
	// if it is enabled: those that it does not accord with, and those that may
	// bring about what it may undo.
	demands []Bits
	// enablers are, by instance and condition, the instances without which a
	// condition that is false stays false, and unblockers those without which
	// an instance that is blocked stays blocked.
	enablers   [][]Bits
	unblockers []Bits
	// breakers are instances of which each cycle of states has one.
	breakers Bits
	handles  []program.Instance
}

// New returns a Reducer that keeps deadlocks, failures and the truth of props,
// or the reason in words why there is none. It must be called before the first
// Machine of prog is made; c is the Compiler of prog.
//
// Scenarios are not kept: they are runs of their own.
func New(prog *program.Program, c *program.Compiler, props []*ir.Property) (*Reducer, string) {
	sys := prog.Sys
	if why := refusal(sys, props); why != "" {
		return nil, why
	}
	l := &lister{cells: newCells(sys, prog.Layout)}
	l.actions(sys, maxInstances)
	switch {
	case len(l.list) > maxInstances:
		return nil, fmt.Sprintf("there are more than %d actions with different parameters", maxInstances)
	case l.work > maxWork:
		return nil, "the actions are too large to be compared with each other"
	}
	r := &Reducer{prog: prog, list: l.list}
	goals, why := l.goals(sys, props)
	if why != "" {
		return nil, why
	}
	if !r.relate(l.cells, goals) {
		return nil, "no two actions are independent of each other"
	}
	r.breakers = r.cycles(l.cells)
	for _, b := range sys.Bounds {
		s := l.observe(b.Cond, nil)
		for i, in := range r.list {
			if in.lowers(&s) {
				r.breakers.set(i) // what a bound cuts off, no detour may run into
			}
		}
	}
	r.compile(l.cells, c)
	return r, ""
}

// Instances are what Reduce speaks about, by number: in order of actions, and
// of one action in canonical order of the parameters.
func (r *Reducer) Instances() []program.Instance { return r.handles }

// compile prepares the conditions for evaluation.
func (r *Reducer) compile(cs *cells, c *program.Compiler) {
	used := map[int]int{}
	for _, in := range r.list {
		r.handles = append(r.handles, r.prog.Instance(in.action.Index, in.args))
		for k := range in.conds {
			cond := &in.conds[k]
			at, ok := cond.single()
			if !ok || !cs.list[at.cell].spot.Packed() {
				cond.pred = c.Predicate(cond.expr)
				continue
			}
			if _, ok := used[at.cell]; !ok {
				used[at.cell] = len(r.cells)
				r.cells = append(r.cells, cs.list[at.cell])
			}
			cond.at = atom{used[at.cell], at.mask}
		}
	}
	for _, cell := range r.cells {
		r.allows = append(r.allows, make([]Bits, len(cell.values)))
	}
	for i := range r.cells {
		for v := range r.allows[i] {
			r.allows[i][v] = r.allowed(i, v)
		}
	}
}

// allowed are the instances that may be enabled where cell i has value v.
func (r *Reducer) allowed(i, v int) Bits {
	b := makeBits(len(r.list))
	for t, in := range r.list {
		ok := true
		for k := range in.conds {
			if c := &in.conds[k]; c.pred == nil && c.early && c.at.cell == i {
				ok = ok && c.at.mask>>v&1 != 0
			}
		}
		if ok {
			b.set(t)
		}
	}
	return b
}

// relate fills the tables and reports whether any two instances accord.
func (r *Reducer) relate(cs *cells, goals []goal) bool {
	n := len(r.list)
	accord := false
	for i, t := range r.list {
		r.demands = append(r.demands, makeBits(n))
		for j, u := range r.list {
			switch {
			case i == j:
			case conflict(t, u):
				r.demands[i].set(j)
			default:
				accord = true
			}
		}
		r.enablers = append(r.enablers, r.enabling(cs, t))
		r.unblockers = append(r.unblockers, r.changing(t.reads))
	}
	for _, g := range goals {
		for i := range r.list {
			if g.undo.Has(i) {
				r.demands[i].or(g.cause)
				r.demands[i].clear(i)
			}
		}
	}
	return accord
}

// changing are the instances that may change one of some cells.
func (r *Reducer) changing(of Bits) Bits {
	b := makeBits(len(r.list))
	for i, u := range r.list {
		if u.changes.meets(of) {
			b.set(i)
		}
	}
	return b
}

// enabling are, for each condition of t, the instances of which one must be
// taken before t is enabled, if that condition is false. A condition before it
// that fails makes t enabled too: failing is an outcome.
func (r *Reducer) enabling(cs *cells, t *instance) []Bits {
	failing := makeBits(len(cs.list))
	var out []Bits
	for k := range t.conds {
		c := &t.conds[k]
		if c.fails {
			c.reads(failing)
		}
		b := r.changing(failing)
		for i, u := range r.list {
			if u.raises(&c.sight) {
				b.set(i)
			}
		}
		out = append(out, b)
	}
	return out
}

// conflict reports whether two instances may be enabled together and then
// do not accord: the order matters, or one may disable the other.
func conflict(t, u *instance) bool {
	if !t.changes.meets(u.touches) && !u.changes.meets(t.touches) && !t.changes.meets(u.changes) {
		return false
	}
	return together(t, u) && (disturbs(t, u) || disturbs(u, t))
}

// together reports whether two instances may be enabled in one state.
func together(t, u *instance) bool {
	for i, m := range t.here {
		if other, ok := u.here[i]; ok && m&other == 0 {
			return false
		}
	}
	return true
}

// disturbs reports whether a step of u, taken where t is enabled too, may
// matter to t.
func disturbs(u, t *instance) bool {
	if u.changes.meets(t.reads) {
		return true
	}
	for k := range t.conds {
		if c := &t.conds[k]; u.lowers(&c.sight) || c.fails && u.changes.meets(c.raw) {
			return true
		}
	}
	for i, w := range u.writes {
		if v, ok := t.writes[i]; ok && (v.mask != w.mask || w.mask&(w.mask-1) != 0) {
			return true
		}
	}
	return false
}

// goal is something that a run may reach. Instances that may cause it are the
// last step before it; those that may undo it end it.
type goal struct{ cause, undo Bits }

// goals are what has to be kept of props and bounds.
func (l *lister) goals(sys *ir.System, props []*ir.Property) ([]goal, string) {
	var out []goal
	add := func(s sight, happens, both bool) {
		g := goal{makeBits(len(l.list)), makeBits(len(l.list))}
		for i, in := range l.list {
			up, down := in.raises(&s), in.lowers(&s)
			if up && happens || down && !happens || both && (up || down) {
				g.cause.set(i)
			}
			if down && happens || up && !happens || both && (up || down) {
				g.undo.set(i)
			}
		}
		out = append(out, g)
	}
	for _, p := range props {
		switch p.Kind {
		case ir.Invariant, ir.Witness:
			add(l.observe(p.Formula, nil), p.Kind == ir.Witness, false)
		case ir.Step:
			s := l.observe(p.Formula, nil)
			if s.fails || !idle(p.Formula) {
				return nil, fmt.Sprintf("%s may be false of a step that changes nothing it reads", p.Label())
			}
			add(s, true, true)
		case ir.Temporal:
			for _, e := range statePredicates(p.Formula, nil) {
				add(l.observe(e, nil), true, true)
			}
		}
	}
	if k := slices.IndexFunc(props, func(p *ir.Property) bool { return p.Kind == ir.Temporal }); k >= 0 {
		out = merged(out)
	}
	for _, b := range sys.Bounds {
		add(l.observe(b.Cond, nil), false, false)
	}
	return out, ""
}

// merged is one goal for all: what a formula of linear time sees must keep its
// order.
func merged(gs []goal) []goal {
	all := gs[0]
	for _, g := range gs {
		all.cause.or(g.cause)
		all.cause.or(g.undo)
	}
	all.undo = slices.Clone(all.cause)
	return []goal{all}
}
