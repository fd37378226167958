package porder

import (
	"maps"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// instance is an action with values for its parameters, or, where they cannot
// be listed, for the first of them.
type instance struct {
	action *ir.Action
	args   []ir.Value
	conds  []cond // conjuncts of the guard, in order; before them domains

	reads  Bits // cells that matter besides those of conds
	writes map[int]write
	fails  bool // besides conds
	blocks bool // where all of conds hold, there may still be no outcome

	touches Bits           // all cells read
	changes Bits           // all cells written
	here    map[int]uint64 // what cells can be where it is enabled
}

// cond is a condition without which an instance is not enabled.
type cond struct {
	expr ir.Expr
	sight
	// at says which cell decides, by number in Reducer.cells; pred is set if it
	// takes more than looking at a cell.
	at   atom
	pred *program.Predicate
	// early says that no condition before it may fail.
	early bool
}

// lister lists the instances of a System.
type lister struct {
	*cells
	list []*instance
	work int // visits so far
}

// maxWork bounds the visits for all instances.
const maxWork = 4_000_000

// actions lists the instances of all actions, up to n+1 of them.
func (l *lister) actions(sys *ir.System, n int) {
	for _, a := range sys.Actions {
		l.params(a, nil, map[*ir.Local]ir.Value{}, nil, n)
	}
}

// params lists the instances that have the given first arguments.
func (l *lister) params(a *ir.Action, args []ir.Value, locals map[*ir.Local]ir.Value, conds []cond, n int) {
	if len(l.list) > n || l.work > maxWork {
		return
	}
	if len(args) == len(a.Params) {
		l.add(a, args, locals, conds)
		return
	}
	p := a.Params[len(args)]
	w := l.walker()
	maps.Copy(w.locals, locals)
	elems, known := w.domain(p.Domain)
	if !known {
		elems = l.small(p.Local.Type, maxUnrolled)
	}
	if w.fails || w.lost || elems == nil && !known {
		l.open(a, args, locals, conds)
		return
	}
	var before ir.Value
	for _, v := range elems {
		if before != nil && ir.Equal(before, v) {
			continue
		}
		before = v
		in := maps.Clone(locals)
		in[p.Local] = v
		cs := conds
		if !known {
			lit := &ir.Lit{Node: ir.Node{T: p.Local.Type, Loc: p.Local.Span}, Value: v}
			member := &ir.Apply{Node: ir.Node{T: l.bool, Loc: p.Domain.Span()}, Op: ir.In, Args: []ir.Expr{lit, p.Domain}}
			var never bool
			if cs, never = l.conjunct(member, locals, cs, 0); never {
				continue
			}
		}
		l.params(a, append(args[:len(args):len(args)], v), in, cs, n)
	}
}

// conjunct adds the conjuncts of e to cs and reports whether one of them is
// never true.
func (l *lister) conjunct(e ir.Expr, locals map[*ir.Local]ir.Value, cs []cond, depth int) (all []cond, never bool) {
	cs = cs[:len(cs):len(cs)]
	w := l.walker()
	maps.Copy(w.locals, locals)
	v := w.expr(e)
	l.work += maxVisits - w.left
	if v != nil && !w.fails && !w.lost {
		if v == ir.Bool(true) {
			return cs, false
		}
		if failing(cs) {
			return append(cs, l.cond(e, locals)), false // what comes before may fail
		}
		return cs, true
	}
	switch e := e.(type) {
	case *ir.If:
		if c := w.expr(e.Cond); c != nil && !w.fails {
			if c == ir.Bool(true) {
				return l.conjunct(e.Then, locals, cs, depth)
			}
			return l.conjunct(e.Else, locals, cs, depth)
		}
	case *ir.Apply:
		if e.Op != ir.And {
			break
		}
		for _, x := range e.Args {
			if cs, never = l.conjunct(x, locals, cs, depth); never {
				return cs, true
			}
		}
		return cs, false
	case *ir.Call:
		in := map[*ir.Local]ir.Value{}
		for i, x := range e.Args {
			in[e.Func.Params[i]] = w.expr(x)
		}
		for _, v := range in {
			if v == nil || depth > maxCalls || e.Func.Value == nil {
				return l.condition(e, locals, cs), false
			}
		}
		if e.Func.Value != nil {
			return l.conjunct(e.Func.Value, in, cs, depth+1)
		}
	case *ir.Bind:
		if e.Kind == ir.Forall && len(e.Binders) == 1 && e.Cond == nil {
			if elems, known := w.domain(e.Binders[0].Domain); known {
				in := maps.Clone(locals)
				for _, v := range elems {
					in[e.Binders[0].Local] = v
					if cs, never = l.conjunct(e.Body, in, cs, depth); never {
						return cs, true
					}
				}
				return cs, false
			}
		}
	}
	return l.condition(e, locals, cs), false
}

func failing(cs []cond) bool {
	return slices.ContainsFunc(cs, func(c cond) bool { return c.fails })
}

// condition adds e to cs, and before it what it implies of single cells.
func (l *lister) condition(e ir.Expr, locals map[*ir.Local]ir.Value, cs []cond) []cond {
	c := l.cond(e, locals)
	if _, ok := c.single(); ok {
		return append(cs, c)
	}
	reads := makeBits(len(l.cells.list))
	c.reads(reads)
	for i := reads.Next(0); i >= 0; i = reads.Next(i + 1) {
		if !l.cells.list[i].spot.Packed() {
			continue // the condition itself is as good
		}
		if mask := l.implied(e, locals, i); mask != l.cells.list[i].everything() {
			at := sight{atoms: []atom{{i, mask}}, raw: makeBits(len(l.cells.list))}
			cs = append(cs, cond{expr: c.expr, sight: at})
		}
	}
	return append(cs, c)
}

// implied returns the values of a cell for which e is not known to be false.
func (l *lister) implied(e ir.Expr, locals map[*ir.Local]ir.Value, i int) uint64 {
	c := l.cells.list[i]
	mask := c.everything()
	for r, v := range c.values {
		w := l.walker()
		maps.Copy(w.locals, locals)
		w.known[i] = v
		if w.expr(e) == ir.Bool(false) && !w.fails && !w.lost {
			mask &^= 1 << r
		}
		l.work += maxVisits - w.left
	}
	return mask
}

func (l *lister) cond(e ir.Expr, locals map[*ir.Local]ir.Value) cond {
	c := cond{expr: substitute(e, locals), sight: l.observe(e, locals)}
	if c.lost {
		for i := range l.cells.list {
			c.raw.set(i)
		}
		c.fails = true
	}
	return c
}

// substitute puts values in place of locals.
func substitute(e ir.Expr, locals map[*ir.Local]ir.Value) ir.Expr {
	return ir.Rewrite(e, func(e ir.Expr) ir.Expr {
		if ref, ok := e.(*ir.LocalRef); ok && locals[ref.Local] != nil {
			return &ir.Lit{Node: ref.Node, Value: locals[ref.Local]}
		}
		return e
	})
}

// add adds the instance with all of its arguments, if it can ever be enabled.
func (l *lister) add(a *ir.Action, args []ir.Value, locals map[*ir.Local]ir.Value, conds []cond) {
	if a.Guard != nil {
		var never bool
		if conds, never = l.conjunct(a.Guard, locals, conds, 0); never {
			return
		}
	}
	entry, body := l.entry(a.Body)
	if entry != nil {
		var never bool
		if conds, never = l.conjunct(entry, locals, conds, 0); never {
			return
		}
	}
	in := &instance{action: a, args: args, conds: conds}
	w := l.walker()
	maps.Copy(w.locals, locals)
	in.assume(w)
	w.body(body)
	l.finish(in, w)
}

// open adds the instances with the given first arguments as one.
func (l *lister) open(a *ir.Action, args []ir.Value, locals map[*ir.Local]ir.Value, conds []cond) {
	in := &instance{action: a, args: args, conds: conds}
	w := l.walker()
	maps.Copy(w.locals, locals)
	for _, p := range a.Params[len(args):] {
		w.expr(p.Domain)
	}
	if a.Guard != nil {
		w.expr(a.Guard)
	}
	w.body(a.Body)
	w.blocks = true
	l.finish(in, w)
}

// assume tells a walker what the guard says of single cells.
func (in *instance) assume(w *walker) {
	in.here = map[int]uint64{}
	for i := range in.conds {
		at, ok := in.conds[i].single()
		if !ok {
			continue
		}
		if _, old := in.here[at.cell]; !old {
			in.here[at.cell] = at.mask
		}
		in.here[at.cell] &= at.mask
		if m := in.here[at.cell]; m != 0 && m&(m-1) == 0 {
			for r, v := range w.list[at.cell].values {
				if m == 1<<r {
					w.known[at.cell] = v
				}
			}
		}
	}
}

// finish takes over what a walk of the body has found.
func (l *lister) finish(in *instance, w *walker) {
	if in.here == nil {
		in.assume(l.walker())
	}
	in.conds = slices.Clone(in.conds)
	for k := range in.conds {
		in.conds[k].early = !failing(in.conds[:k])
	}
	l.work += maxVisits - w.left
	in.reads, in.writes, in.fails, in.blocks = w.reads, w.writes, w.fails, w.blocks
	for i := range w.writes {
		wr := w.writes[i]
		wr.sure = w.sure[i] && !w.ended
		in.writes[i] = wr
	}
	if w.lost {
		in.fails, in.blocks = true, true
		for i, c := range l.cells.list {
			in.reads.set(i)
			in.writes[i] = write{mask: c.everything()}
		}
	}
	in.touches, in.changes = makeBits(len(l.cells.list)), makeBits(len(l.cells.list))
	in.touches.or(in.reads)
	for i := range in.conds {
		in.conds[i].reads(in.touches)
	}
	for i := range in.writes {
		in.changes.set(i)
	}
	l.list = append(l.list, in)
}

// from returns what a cell can be before a step of in.
func (in *instance) from(i int) uint64 {
	if m, ok := in.here[i]; ok {
		return m
	}
	return ^uint64(0)
}

// raises reports whether a step of in may make a condition true that was not.
func (in *instance) raises(s *sight) bool {
	if in.changes.meets(s.raw) || s.lost || s.taken[in.action] {
		return true
	}
	for _, a := range s.atoms {
		if w, ok := in.writes[a.cell]; ok && in.from(a.cell)&^a.mask != 0 && w.mask&a.mask != 0 {
			return true
		}
	}
	return false
}

// lowers reports whether a step of in may make a condition false that was not.
func (in *instance) lowers(s *sight) bool {
	if in.changes.meets(s.raw) || s.lost || s.taken[in.action] {
		return true
	}
	for _, a := range s.atoms {
		if w, ok := in.writes[a.cell]; ok && in.from(a.cell)&a.mask != 0 && w.mask&^a.mask != 0 {
			return true
		}
	}
	return false
}
