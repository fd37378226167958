package typecheck

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// bindings are what a model says of constants and sorts.
type bindings struct {
	model *types.Model
	bound map[string]*ast.Bind // by the text of the target
}

// collectElements declares the names that a model gives to sort elements, as
// locals of the model.
func (c *checker) collectElements(obj *types.Model, b *bindings) {
	for _, it := range obj.Decl.Items {
		bind, ok := it.(*ast.Bind)
		if !ok {
			continue
		}
		s, path := c.boundSort(bind.Target)
		set, ok := bind.Value.(*ast.SetLit)
		if s == nil || !ok {
			continue
		}
		for i, e := range set.Elems {
			c.element(e, i, through(s.T, path))
		}
	}
}

// element declares a name for element number i of a sort.
func (c *checker) element(e ast.Expr, i int, t types.Type) {
	n, ok := e.(*ast.Name)
	if !ok {
		c.errElementName(e)
		return
	}
	if old := c.scope.find(n.Name); old != nil {
		c.errDuplicate(n.Name, n.Span(), old.Span())
		return
	}
	l := &types.Local{Base: types.Base{Ident: n.Name, At: n.Span(), T: t}}
	c.elems[l] = i
	c.scope = &scope{c.scope, l}
	c.info.Types[n], c.info.Uses[n], c.info.SortElems[n] = t, l, i
}

// boundSort returns the sort that a binding is for, nil if it is for
// something else.
func (c *checker) boundSort(target ast.Expr) (*types.SortName, []*types.Instance) {
	switch t := target.(type) {
	case *ast.Name:
		if c.scope.find(t.Name) == nil {
			s, _ := c.lookup(t.Name).(*types.SortName)
			return s, nil
		}
	case *ast.Select:
		if q, ok := c.qualifier(t.X); ok && q.obj != nil && t.Sel != nil {
			s, _ := memberOf(q.obj, t.Sel.Name).(*types.SortName)
			return s, q.path
		}
	}
	return nil, nil
}

func (c *checker) bindItem(obj *types.Model, b *bindings, it *ast.Bind) {
	target, path := c.bindTarget(it.Target)
	if target == nil {
		return
	}
	c.info.Uses[it.Target] = target
	if len(path) > 0 {
		c.info.Paths[it.Target] = path
	}
	if old := b.bound[exprText(it.Target)]; old != nil {
		c.errBoundTwice(it, old)
		return
	}
	b.bound[exprText(it.Target)] = it
	switch target := target.(type) {
	case *types.SortName:
		c.bindSort(it, target)
	case *types.Const:
		c.resolve(target)
		if target.Decl != nil && target.Decl.Value != nil {
			c.errBindsFixed(it, target)
			return
		}
		c.at(placeModel, func() { c.check(it.Value, through(target.T, path), target.Name()) })
	default:
		c.errBindTarget(it, target)
	}
}

func (c *checker) bindTarget(e ast.Expr) (types.Object, []*types.Instance) {
	switch e := e.(type) {
	case *ast.Name:
		obj := c.lookup(e.Name)
		if obj == nil {
			help := suggestion(nearest(e.Name, c.bindable()))
			if help == "" {
				help = "declare `const " + e.Name + " int` or `sort " + e.Name + "` for a model to bind"
			}
			c.errUnknown(e.Span(), e.Name, help)
		}
		return obj, nil
	case *ast.Select:
		q, ok := c.qualifier(e.X)
		if ok && q.obj == nil || e.Sel == nil {
			return nil, nil
		}
		if obj := memberOf(q.obj, e.Sel.Name); obj != nil {
			return obj, q.path
		}
		c.errNoMember(e.Sel, exprText(e.X), nil)
	}
	return nil, nil
}

// bindable lists the names that a model of the current machine may bind.
func (c *checker) bindable() []string {
	var names []string
	for _, members := range []map[string]types.Object{c.machine.Members, c.mod.Members} {
		for _, n := range memberNames(members) {
			switch members[n].(type) {
			case *types.SortName, *types.Const:
				names = append(names, n)
			}
		}
	}
	return names
}

// bindSort is `RM = 3` or `RM = {a, b}`.
func (c *checker) bindSort(it *ast.Bind, s *types.SortName) {
	if set, ok := it.Value.(*ast.SetLit); ok {
		c.info.Types[set] = &types.Set{Elem: s.T}
		if len(set.Elems) == 0 {
			c.errSortSize(it, s)
		}
		return
	}
	n := literalInt(it.Value)
	if n == nil || n.Cmp(big.NewInt(1)) < 0 || n.BitLen() > 31 {
		c.errSortSize(it, s)
		return
	}
	c.info.Types[it.Value] = types.Int
}
