package typecheck

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// access is one use of a part of the state.
type access struct {
	obj  types.Object // *types.Var, *types.ProcessVar, or *types.Process for its label
	via  []*types.Instance
	keys []key
	span source.Span
}

// key is how an access goes into a value: by a field, or by an index that is
// a parameter, a literal, or anything (`_`).
type key struct {
	param *types.Local
	text  string // `.f`, `[3]`, `[_]`; of a parameter its name in brackets
}

// text is the access as a path, such as `vote[r]`.
func (a access) text() string {
	var b strings.Builder
	for _, inst := range a.via {
		b.WriteString(inst.Name() + ".")
	}
	if v, ok := a.obj.(*types.ProcessVar); ok {
		b.WriteString(v.Owner().Name() + ".")
	}
	b.WriteString(a.obj.Name())
	for _, k := range a.keys {
		b.WriteString(k.text)
	}
	return b.String()
}

// effect is what a function, action, proc or process does by itself, and what
// it calls.
type effect struct {
	reads, writes, grows []access
	calls                []callSite
	raises               []raise
	flags                map[string]source.Span // picks clock random io diverges
	predicates           bool                   // enabled or taken occurs
}

type raise struct {
	name string
	span source.Span
}

type callSite struct {
	callee types.Object
	via    []*types.Instance
	args   []ast.Expr
	span   source.Span
	params map[*types.Local]bool // of the caller
	joint  bool                  // the callee is part of a joint step, whose parameters are its own
}

func (e *effect) flag(name string, at source.Span) {
	if e.flags == nil {
		e.flags = map[string]source.Span{}
	}
	if _, seen := e.flags[name]; !seen {
		e.flags[name] = at
	}
}

// scan collects the effects of the nodes of one body.
type scan struct {
	c      *checker
	params map[*types.Local]bool
	lets   map[*types.Local]ast.Expr // the values of lets; nil for a var
	out    *effect
}

func (c *checker) newScan(params []*types.Local) *scan {
	s := &scan{c: c, params: map[*types.Local]bool{}, lets: map[*types.Local]ast.Expr{}, out: &effect{}}
	for _, p := range params {
		s.params[p] = true
	}
	return s
}

func (s *scan) walk(n ast.Node) {
	if n != nil {
		ast.Walk(n, s.visit)
	}
}

func (s *scan) visit(n ast.Node) bool {
	switch n := n.(type) {
	case ast.Type:
		return false
	case *ast.Assign:
		s.assign(n)
		return false
	case *ast.Pick:
		s.out.flag("picks", n.Span())
	case *ast.Either:
		s.out.flag("picks", n.Span())
	case *ast.LetStmt:
		s.let(n.Name, n.Value)
	case *ast.Let:
		s.let(n.Name, n.Value)
	case *ast.VarStmt:
		s.let(n.Name, nil)
	case *ast.Call:
		s.call(n)
	case *ast.AtLabel:
		s.atLabel(n)
		return false
	case *ast.ActionPred:
		s.out.predicates = true
	case ast.Expr:
		return !s.read(n)
	}
	return true
}

func (s *scan) let(id *ast.Ident, value ast.Expr) {
	if id == nil {
		return
	}
	if l, ok := s.c.info.Defs[id].(*types.Local); ok {
		s.lets[l] = value
	}
}

func (s *scan) call(n *ast.Call) {
	switch callee := s.c.info.Uses[n.Fun].(type) {
	case *types.Function, *types.Action, *types.Proc:
		site := callSite{callee: callee, via: s.c.info.Paths[n.Fun], span: n.Span(), params: s.params}
		for _, a := range n.Args {
			site.args = append(site.args, a.Value)
		}
		s.out.calls = append(s.out.calls, site)
	}
}

func (s *scan) atLabel(n *ast.AtLabel) {
	q := unparen(n.X)
	a := access{span: n.Span()}
	if ix, ok := q.(*ast.Index); ok {
		a.keys = []key{s.key(ix.I)}
		s.walk(ix.I)
		q = unparen(ix.X)
	}
	a.obj, a.via = s.c.info.Uses[q], s.c.info.Paths[n.X]
	if a.obj != nil {
		a.keys = append(a.keys, key{text: "@"})
		s.out.reads = append(s.out.reads, a)
	}
}

// read notes e as a read if it is a part of the state.
func (s *scan) read(e ast.Expr) bool {
	a, ok := s.path(e)
	if ok {
		s.out.reads = append(s.out.reads, a)
	}
	return ok
}

// path finds the part of the state that e is. What stands in brackets is
// walked on the way.
func (s *scan) path(e ast.Expr) (access, bool) {
	switch e := e.(type) {
	case *ast.Paren:
		return s.path(e.X)
	case *ast.Name:
		return s.root(e)
	case *ast.Select:
		if _, isVar := s.stateObject(e); isVar {
			return s.selected(e)
		}
		if s.c.info.Fields[e] == nil {
			return access{}, false
		}
		a, ok := s.path(e.X)
		if s.c.info.Fields[e] == OptionValue {
			return a, ok // which also reads whether there is a value
		}
		return a.by(key{text: "." + e.Sel.Name}, e), ok
	case *ast.Index:
		a, ok := s.path(e.X)
		if !ok {
			return a, false
		}
		s.walk(e.I)
		return a.by(s.key(e.I), e), true
	}
	return access{}, false
}

func (a access) by(k key, at ast.Expr) access {
	a.keys = append(a.keys[:len(a.keys):len(a.keys)], k)
	a.span = at.Span()
	return a
}

func (s *scan) stateObject(e ast.Expr) (types.Object, bool) {
	switch obj := s.c.info.Uses[e].(type) {
	case *types.Var, *types.ProcessVar:
		return obj, true
	}
	return nil, false
}

func (s *scan) root(e ast.Expr) (access, bool) {
	obj, ok := s.stateObject(e)
	a := access{obj: obj, via: s.c.info.Paths[e], span: e.Span()}
	if v, own := obj.(*types.ProcessVar); own {
		if p, isProcess := v.Owner().(*types.Process); isProcess && p.Self != nil {
			a.keys = []key{{p.Self, "[" + p.Self.Name() + "]"}}
		}
	}
	return a, ok
}

// selected is `l.x`, `P.x` or `P[a].x`.
func (s *scan) selected(e *ast.Select) (access, bool) {
	a := access{obj: s.c.info.Uses[e], via: s.c.info.Paths[e], span: e.Span()}
	if ix, ok := unparen(e.X).(*ast.Index); ok {
		s.walk(ix.I)
		a.keys = []key{s.key(ix.I)}
	}
	return a, true
}

// key says how an index is known: as a parameter, a literal, or not at all.
func (s *scan) key(e ast.Expr) key { return s.c.keyOf(e, s.params) }

func (c *checker) keyOf(e ast.Expr, params map[*types.Local]bool) key {
	switch e := unparen(e).(type) {
	case *ast.Name:
		switch obj := c.info.Uses[e].(type) {
		case *types.Local:
			if params[obj] {
				return key{obj, "[" + obj.Name() + "]"}
			}
		case *types.Variant, *types.Const:
			return key{text: "[" + e.Name + "]"}
		}
	case *ast.IntLit, *ast.BoolLit, *ast.StringLit:
		return key{text: "[" + exprText(e) + "]"}
	}
	return key{text: "[_]"}
}

func (s *scan) assign(n *ast.Assign) {
	s.walk(n.Value)
	a, ok := s.path(n.Target)
	if !ok {
		s.walk(n.Target) // a local: its indices are read
		return
	}
	s.out.writes = append(s.out.writes, a)
	if n.Op != ast.Set {
		s.out.reads = append(s.out.reads, a)
	} else if at := s.mustExist(n.Target, false); at != nil {
		s.read(at)
	}
	if s.growsBy(n) {
		s.out.grows = append(s.out.grows, a)
	}
}

// mustExist returns the longest part of a target that has to be there for it
// to be assigned, nil if none has: an element of a sequence, or an entry of a
// map of which a part is assigned.
func (s *scan) mustExist(e ast.Expr, part bool) ast.Expr {
	switch e := e.(type) {
	case *ast.Paren:
		return s.mustExist(e.X, part)
	case *ast.Select:
		return s.mustExist(e.X, true)
	case *ast.Index:
		switch under(s.c.info.Types[e.X]).(type) {
		case *types.Seq:
			return e
		case *types.Map:
			if part {
				return e
			}
		}
		return s.mustExist(e.X, true)
	}
	return nil
}

// growsBy reports whether an assignment may store a value larger than any
// before, so that there may be infinitely many states.
func (s *scan) growsBy(n *ast.Assign) bool {
	t := s.c.info.Types[n.Target]
	if t == nil {
		return false
	}
	if ok, _ := finite(t); ok {
		return false
	}
	switch n.Op {
	case ast.Set, ast.UnionSet:
		return !s.bounded(n.Value)
	case ast.AddSet, ast.SubSet:
		switch under(t).(type) {
		case *types.Set:
			return n.Op == ast.AddSet && !s.bounded(n.Value)
		case *types.Bag:
			return n.Op == ast.AddSet
		}
		return true
	case ast.ConcatSet:
		return true
	}
	return false
}

// bounded reports whether the values of e are among those that the state and
// the text already have.
func (s *scan) bounded(e ast.Expr) bool {
	if t := s.c.info.Types[e]; t != nil {
		if ok, _ := finite(t); ok {
			return true
		}
	}
	switch e := e.(type) {
	case *ast.Name:
		if l, ok := s.c.info.Uses[e].(*types.Local); ok {
			value, let := s.lets[l]
			return !let || value != nil && s.bounded(value)
		}
		return true
	case *ast.Binary:
		switch e.Op {
		case ast.Union, ast.Inter:
			return s.bounded(e.X) && s.bounded(e.Y)
		case ast.Sub:
			_, set := under(s.c.info.Types[e]).(*types.Set)
			return set && s.bounded(e.X)
		}
		return false
	case *ast.Unary:
		return e.Op == ast.Neg && literalInt(e) != nil
	case *ast.Call:
		return s.boundedCall(e)
	case *ast.If:
		return s.bounded(e.Then) && s.bounded(e.Else)
	case *ast.Let:
		s.let(e.Name, e.Value)
		return s.bounded(e.Body)
	case *ast.MapComp, *ast.SeqComp, *ast.SetComp, *ast.Fold, *ast.Quant, *ast.Match:
		return s.boundedParts(e)
	case *ast.Paren, *ast.Tuple, *ast.SetLit, *ast.MapLit, *ast.SeqLit, *ast.With, *ast.Old:
		return s.boundedParts(e)
	}
	return true
}

func (s *scan) boundedCall(e *ast.Call) bool {
	switch obj := s.c.info.Uses[e.Fun].(type) {
	case *types.Function:
		return false
	case *types.Builtin:
		if obj.Ident == "sum" {
			return false
		}
	}
	return s.boundedParts(e)
}

// boundedParts reports whether all expressions directly inside e are bounded.
func (s *scan) boundedParts(e ast.Expr) bool {
	ok := true
	ast.Walk(e, func(n ast.Node) bool {
		if n == ast.Node(e) {
			return true
		}
		x, isExpr := n.(ast.Expr)
		if isExpr {
			ok = ok && s.bounded(x)
			return false
		}
		return ok
	})
	return ok
}
