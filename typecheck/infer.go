package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// Effects are found in two rounds: what each body does by itself, then what
// it does through its calls, until nothing is added any more. A path that a
// callee names by a parameter is named by the argument at the call.

// inferEffects fills Info.Effects and checks that calls come to an end.
func (c *checker) inferEffects() {
	var order []types.Object
	for _, m := range c.info.Modules {
		for _, obj := range m.Order {
			order = append(order, c.bodies(obj)...)
		}
	}
	c.checkCalls(order)
	order = c.calleesFirst(order)
	for changed := true; changed; {
		changed = false
		for _, obj := range order {
			changed = c.absorb(c.effects[obj]) || changed
		}
	}
	for _, obj := range order {
		c.info.Effects[obj] = c.effects[obj].summary()
	}
}

// bodies scans an object and the members of a machine; the result lists those
// that have effects.
func (c *checker) bodies(obj types.Object) []types.Object {
	var s *scan
	switch obj := obj.(type) {
	case *types.Machine:
		var all []types.Object
		for _, o := range obj.Order {
			all = append(all, c.bodies(o)...)
		}
		return all
	case *types.Function:
		s = c.newScan(obj.Args)
		c.externEffects(obj, s.out)
		s.walk(obj.Decl.Value)
		s.walkBlock(obj.Decl.Body)
		if !obj.Decl.Extern {
			s.out.flags = nil // its statements cannot pick, and its loops end
		}
	case *types.Action:
		s = c.newScan(obj.Args)
		for i := range obj.Decl.Params {
			s.walk(obj.Decl.Params[i].In)
		}
		s.walk(obj.Decl.Guard)
		s.walkBlock(obj.Decl.Body)
	case *types.Proc:
		s = c.newScan(obj.Args)
		s.walkBlock(obj.Decl.Body)
	case *types.Process:
		s = c.newScan(nil)
		if obj.Self != nil {
			s.params[obj.Self] = true
		}
		for _, st := range processBodyStmts(obj.Decl) {
			s.walk(st)
		}
		s.steps(obj)
	case *types.Sync:
		s = c.newScan(nil)
		for _, ref := range obj.Actions {
			s.out.calls = append(s.out.calls, callSite{callee: ref.Action, via: ref.Path, span: obj.Span(), joint: true})
		}
	default:
		return nil
	}
	c.effects[obj] = s.out
	return []types.Object{obj}
}

// steps notes that each step of a process depends on the label that it is at,
// and goes on to another.
func (s *scan) steps(p *types.Process) {
	a := access{obj: p, span: p.Span()}
	if p.Self != nil {
		a.keys = append(a.keys, key{p.Self, "[" + p.Self.Name() + "]"})
	}
	a.keys = append(a.keys, key{text: "@"})
	s.out.reads, s.out.writes = append(s.out.reads, a), append(s.out.writes, a)
}

func (s *scan) walkBlock(b *ast.Block) {
	if b != nil {
		s.walk(b)
	}
}

// externEffects are what the declaration of an extern function says: its body
// cannot be seen.
func (c *checker) externEffects(fn *types.Function, out *effect) {
	if !fn.Decl.Extern {
		return
	}
	for i := range fn.Decl.Effects {
		cl := &fn.Decl.Effects[i]
		for _, e := range cl.Paths {
			name := exprText(e)
			switch cl.Kind {
			case "raises":
				out.raises = append(out.raises, raise{name, cl.Span()})
			case "effects":
				if slices.Contains(effectFlags, name) {
					out.flag(name, cl.Span())
				}
			}
		}
		if cl.Kind == "picks" {
			out.flag("picks", cl.Span())
		}
	}
}

var effectFlags = []string{"picks", "clock", "random", "io", "diverges"}

// absorb adds the effects of what e calls and reports whether e has changed.
func (c *checker) absorb(e *effect) bool {
	before := e.size()
	for _, site := range e.calls {
		callee := c.effects[site.callee]
		if callee == nil {
			continue
		}
		e.reads = c.carry(e.reads, callee.reads, site)
		e.writes = c.carry(e.writes, callee.writes, site)
		e.grows = c.carry(e.grows, callee.grows, site)
		for _, r := range callee.raises {
			if !slices.ContainsFunc(e.raises, func(o raise) bool { return o.name == r.name }) {
				e.raises = append(e.raises, raise{r.name, site.span})
			}
		}
		for _, f := range effectFlags {
			if _, ok := callee.flags[f]; ok {
				e.flag(f, site.span)
			}
		}
		e.predicates = e.predicates || callee.predicates
	}
	return e.size() != before
}

func (e *effect) size() int {
	return len(e.reads) + len(e.writes) + len(e.grows) + len(e.raises) + len(e.flags)
}

// carry adds the accesses of a callee as they look from its caller.
func (c *checker) carry(to, from []access, site callSite) []access {
	params := paramsOf(site.callee)
	for _, a := range from {
		b := access{obj: a.obj, via: append(site.via[:len(site.via):len(site.via)], a.via...), span: site.span}
		for _, k := range a.keys {
			b.keys = append(b.keys, c.carryKey(k, params, site))
		}
		if !slices.ContainsFunc(to, func(o access) bool { return o.same(b) }) {
			to = append(to, b)
		}
	}
	return to
}

func (a access) same(b access) bool {
	return a.obj == b.obj && slices.Equal(a.via, b.via) && slices.Equal(a.keys, b.keys)
}

func (c *checker) carryKey(k key, params []*types.Local, site callSite) key {
	if k.param == nil || site.joint {
		return k
	}
	if i := slices.Index(params, k.param); i >= 0 && i < len(site.args) {
		return c.keyOf(site.args[i], site.params)
	}
	return key{text: "[_]"}
}

func paramsOf(obj types.Object) []*types.Local {
	switch obj := obj.(type) {
	case *types.Function:
		return obj.Args
	case *types.Action:
		return obj.Args
	case *types.Proc:
		return obj.Args
	}
	return nil
}

// summary is the effect as it is shown to others.
func (e *effect) summary() *Effects {
	has := func(f string) bool { _, ok := e.flags[f]; return ok }
	out := &Effects{Reads: paths(e.reads), Writes: paths(e.writes), Grows: paths(e.grows),
		Picks: has("picks"), Clock: has("clock"), Random: has("random"), IO: has("io"), Diverges: has("diverges")}
	for _, r := range e.raises {
		out.Raises = append(out.Raises, r.name)
	}
	slices.Sort(out.Raises)
	out.Raises = slices.Compact(out.Raises)
	return out
}

func paths(as []access) []Path {
	seen := map[string]Path{}
	for _, a := range as {
		seen[a.text()] = Path{a.obj, a.via, a.text()}
	}
	var out []Path
	for _, text := range sortedKeys(seen) {
		out = append(out, seen[text])
	}
	return out
}
