package typecheck

import (
	"maps"
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// A value of a linear type is used exactly once on every path. The walk here
// goes through a body along its paths and keeps, for each local of such a
// type, whether its value is still to be used, and for each part of the state
// that holds one, whether the value has been taken out or the part is known to
// be empty. Where paths meet, they must agree.
//
//   - To store, pass, return or match a value uses it (give). To compare it,
//     or to read a plain part of it, only looks at it (look).
//   - An element of a set is taken out by `s -= x`; what an option, a field or
//     an entry of a total function holds, by using it: then the part has to be
//     assigned again before the step ends.
//   - A part that may hold a value is not assigned: the value would be lost.
//
// Uses are counted as in the typing rules for linear variables of P. Wadler,
// "Linear types can change the world!", 1990, with the state as a context that
// each step has to leave as full as it found it.

// hold is what is known of a local of linear type.
type hold struct {
	local *types.Local
	state holdState
	at    source.Span // of the use, once used
	depth int         // how many repetitions it was declared in
	from  access      // of a lent one: the part of the state that it is in
	by    ast.Node    // what bound it, together with others
}

type holdState int

const (
	owned  holdState = iota // to be used
	used                    // has been used
	member                  // still in a set of the state
	held                    // still in an option or variant of the state
	stale                   // was in a part of the state, or a set, that may have lost it since
)

// part is what is known of a part of the state that may hold a value.
type part struct {
	access
	taken bool // its value has been moved; else it is known to be empty
	sure  bool // there was a value to move, not an option or set that may be empty
	by    ast.Node
}

// flow is what is known at one point of a path.
type flow struct {
	holds map[*types.Local]hold
	parts map[string]part
	apart map[pair]bool // names that are known to stand for different values
}

type pair struct{ a, b types.Object }

func newFlow() flow { return flow{map[*types.Local]hold{}, map[string]part{}, map[pair]bool{}} }

func (f flow) copy() flow { return flow{maps.Clone(f.holds), maps.Clone(f.parts), maps.Clone(f.apart)} }

// linear walks one body.
type linear struct {
	c     *checker
	flow              // at the present point
	dead  bool        // nothing runs here
	depth int         // repetitions around
	again *span       // the innermost repetition that copies what it mentions: a comprehension, a condition
	at    source.Span // the statement that was walked last
}

// span is a place with what it is.
type span struct {
	at   source.Span
	what string
}

// checkLinear follows the linear values of every body of a module.
func (c *checker) checkLinear(m *types.Module) {
	if !c.linear {
		return // no type is linear
	}
	for _, obj := range m.Order {
		c.linearBody(obj)
	}
}

func (c *checker) linearBody(obj types.Object) {
	l := &linear{c: c, flow: newFlow()}
	switch obj := obj.(type) {
	case *types.Machine:
		for _, o := range obj.Order {
			c.linearBody(o)
		}
		for _, d := range obj.Decl.Members {
			switch d := d.(type) {
			case *ast.Init:
				c.linearInit(obj, d)
			case *ast.Var:
				l.start(d.Value)
			case *ast.Sync:
				c.linearSync(d)
			}
		}
	case *types.Function:
		l.params(obj.Args)
		if obj.Decl.Value != nil {
			l.give(obj.Decl.Value)
			l.end(obj.Decl.Value.Span())
		}
		l.body(obj.Decl.Body)
	case *types.Action:
		l.actionParams(obj)
		l.assume(obj.Decl.Guard, true)
		l.observe(obj.Decl.Guard)
		l.body(obj.Decl.Body)
	case *types.Proc:
		l.params(obj.Args)
		l.body(obj.Decl.Body)
	case *types.Process:
		for _, v := range obj.Vars {
			l.start(v.Decl.Value)
		}
		if obj.Decl.Body != nil {
			l.body(&ast.Block{At: obj.Decl.Body.At, Stmts: processBodyStmts(obj.Decl)})
		}
	}
}

// start takes an initial value. What it holds begins there.
func (l *linear) start(e ast.Expr) {
	if e != nil {
		l.give(e)
	}
}

// linearInit begins with the variables empty that init assigns.
func (c *checker) linearInit(m *types.Machine, d *ast.Init) {
	l := &linear{c: c, flow: newFlow()}
	for _, o := range m.Order {
		if v, ok := o.(*types.Var); ok && v.Decl.Value == nil && v.Decl.In == nil {
			a := access{obj: v}
			l.parts[a.text()] = part{access: a}
		}
	}
	l.body(d.Body)
}

// linearSync reports a linear parameter that two joint actions would both use.
func (c *checker) linearSync(d *ast.Sync) {
	seen := map[string]*types.Local{}
	for _, e := range d.Actions {
		ref := c.info.Actions[e]
		if ref == nil {
			continue
		}
		for i, a := range ref.Action.Args {
			if !isLinear(a.T) || ref.Action.Decl.Params[i].In != nil {
				continue
			}
			if old := seen[a.Name()]; old != nil {
				c.errLinearTwice(e.Span(), a.Name(), old.Span())
			}
			seen[a.Name()] = a
		}
	}
}

func (l *linear) params(args []*types.Local) {
	for _, a := range args {
		l.own(a)
	}
}

// actionParams: a value by its type begins with the step, an element of a set
// of the state is still in it.
func (l *linear) actionParams(obj *types.Action) {
	for i, a := range obj.Args {
		if p := &obj.Decl.Params[i]; p.In != nil {
			l.observe(p.In)
			l.lend(a, p.In)
			continue
		}
		l.own(a)
	}
}

// own begins a local that has to be used.
func (l *linear) own(obj *types.Local) {
	if obj != nil && isLinear(obj.T) {
		l.holds[obj] = hold{local: obj, depth: l.depth}
	}
}

// lend begins a local that is an element of a set.
func (l *linear) lend(obj *types.Local, set ast.Expr) {
	if obj != nil && isLinear(obj.T) {
		from, _ := l.place(set)
		l.holds[obj] = hold{local: obj, state: member, depth: l.depth, from: from}
	}
}

func (l *linear) body(b *ast.Block) {
	if b == nil {
		return
	}
	l.stmts(b.Stmts)
	if !l.dead {
		l.end(source.Span{File: b.Span().File, Lo: b.Span().Hi - 1, Hi: b.Span().Hi})
	}
}

// end is the end of a step or function: every local has been used and every
// part of the state has its value.
func (l *linear) end(at source.Span) {
	for obj, h := range l.holds {
		if h.state == owned {
			l.c.errLinearLost(obj, at)
		}
		delete(l.holds, obj)
	}
	l.settle(l.parts, nil, at)
}

// settle reports parts whose value has been taken and that hold it still;
// those of keep are left alone.
func (l *linear) settle(parts, keep map[string]part, at source.Span) {
	for _, text := range sortedKeys(parts) {
		p := parts[text]
		if old, kept := keep[text]; p.taken && !(kept && old.taken) {
			l.c.errLinearStays(p.span, text, at)
			delete(parts, text)
		}
	}
}

// scope runs f; the locals that it declares end with it.
func (l *linear) scope(f func()) {
	before := maps.Clone(l.holds)
	f()
	for obj, h := range l.holds {
		if _, outer := before[obj]; outer {
			continue
		}
		if h.state == owned && !l.dead {
			l.c.errLinearLost(obj, l.at)
		}
		delete(l.holds, obj)
	}
}

// branches runs each of several ways on and joins what is known after them.
func (l *linear) branches(ways ...func()) {
	before, wasDead := l.flow, l.dead
	var ends []flow
	for _, way := range ways {
		l.flow, l.dead = before.copy(), wasDead
		l.scope(way)
		if !l.dead {
			ends = append(ends, l.flow)
		}
	}
	l.dead = wasDead || len(ends) == 0 && len(ways) > 0
	if len(ends) == 0 {
		l.flow = before
		return
	}
	l.flow = ends[0]
	for _, end := range ends[1:] {
		l.join(end)
	}
}

// join brings another path to the present point.
func (l *linear) join(f flow) {
	for obj, h := range l.holds {
		o := f.holds[obj]
		switch {
		case h.state == o.state:
		case h.state == used && o.state == owned:
			l.c.errLinearPath(obj, h.at)
		case h.state == owned && o.state == used:
			l.c.errLinearPath(obj, o.at)
			l.holds[obj] = o
		case h.state == owned || o.state == owned:
			l.c.errLinearLost(obj, l.at)
			h.state = used
			l.holds[obj] = h
		case o.state == used, o.state == stale && h.state != used:
			l.holds[obj] = o
		}
	}
	l.settle(l.parts, f.parts, l.at)
	l.settle(f.parts, l.parts, l.at)
	for text := range l.parts {
		if _, both := f.parts[text]; !both {
			delete(l.parts, text)
		}
	}
	maps.DeleteFunc(l.apart, func(p pair, _ bool) bool { return !f.apart[p] })
}

// repeat runs a body that may run any number of times, or never.
func (l *linear) repeat(f func()) {
	before := l.flow.copy()
	for text, p := range l.parts {
		if !p.taken {
			delete(l.parts, text)
		}
	}
	keep := maps.Clone(l.parts)
	l.depth++
	l.scope(f)
	l.depth--
	if !l.dead {
		l.settle(l.parts, keep, l.at)
	}
	l.flow, l.dead = flow{l.holds, keep, before.apart}, false
	for obj, h := range before.holds {
		// A use has been reported; a member may be gone for good.
		if s := l.holds[obj].state; s != used && s != stale {
			l.holds[obj] = h
		}
	}
}

// isLinear reports whether values of t hold linear values.
func isLinear(t types.Type) bool {
	switch t := t.(type) {
	case nil, types.Basic, *types.Range, *types.Sort, *types.Param:
		return false
	case *types.Linear:
		return true
	case *types.Named:
		return linearNamed(t, nil)
	}
	return linearIn(t, nil)
}

// linearNamed looks into the fields of a struct or enum; around are the ones
// being looked into.
func linearNamed(t *types.Named, around []*types.TypeName) bool {
	if slices.Contains(around, t.Obj) {
		return false
	}
	around = append(around, t.Obj)
	return slices.ContainsFunc(allFields(t.Obj), func(f *types.Field) bool {
		return linearIn(substitute(f.T, binding(t.Obj.Params, t.Args)), around)
	})
}

func linearIn(t types.Type, around []*types.TypeName) bool {
	switch t := t.(type) {
	case nil:
		return false
	case *types.Linear:
		return true
	case *types.Named:
		return linearNamed(t, around)
	}
	found := false
	types.Rebuild(t, func(part types.Type) types.Type {
		found = found || linearIn(part, around)
		return part
	})
	return found
}
