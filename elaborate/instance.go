package elaborate

import (
	"strconv"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

func itoa(n int) string { return strconv.Itoa(n) }

// instance is a machine with its arguments. The instance builder.top has no
// machine: it holds what belongs to modules.
type instance struct {
	parent   *instance
	use      *types.Instance // nil for the root
	machine  *types.Machine
	prefix   string // of the names of its members: "" or "l_"
	hidden   bool   // declared internal: its actions do not happen by themselves
	bound    map[types.Object]binding
	children map[*types.Instance]*instance
	order    []*instance
}

// binding is what a constant or sort stands for: an argument of the machine
// or a line of the model, with the instance that the text belongs to.
type binding struct {
	value ast.Expr
	typ   types.Type // for a sort parameter
	in    *instance
}

// newInstance makes an instance of m and of everything that m uses.
func (b *builder) newInstance(parent *instance, use *types.Instance, m *types.Machine, args []types.Arg) *instance {
	in := &instance{parent: parent, use: use, machine: m, bound: map[types.Object]binding{}, children: map[*types.Instance]*instance{}}
	from := parent
	if parent == nil {
		from = b.top
	}
	if use != nil {
		in.prefix = parent.prefix + use.Name() + "_"
		in.hidden = use.Decl.Internal
	}
	for i, arg := range args {
		if i < len(m.Params) {
			in.bound[m.Params[i]] = binding{value: arg.Value, typ: arg.Type, in: from}
		}
	}
	b.all = append(b.all, in)
	for _, obj := range m.Order {
		u, ok := obj.(*types.Instance)
		if !ok || u.Machine == nil {
			continue
		}
		if in.within(u.Machine) {
			b.missing(u.Decl, "end of uses")
			continue
		}
		child := b.newInstance(in, u, u.Machine, u.Args)
		in.children[u] = child
		in.order = append(in.order, child)
	}
	return in
}

// within reports whether in is an instance of m or part of one.
func (in *instance) within(m *types.Machine) bool {
	for ; in != nil; in = in.parent {
		if in.machine == m {
			return true
		}
	}
	return false
}

// at returns the instance that is reached from in by the given uses.
func (in *instance) at(path []*types.Instance) *instance {
	for _, u := range path {
		if next := in.children[u]; next != nil {
			in = next
		}
	}
	return in
}

// home returns the instance that obj belongs to, seen from in: in itself, an
// instance around it, or one below it. What belongs to a module is at top.
func (b *builder) home(in *instance, obj types.Object) *instance {
	owner := obj.Owner()
	switch of := owner.(type) {
	case *types.Process:
		owner = of.Owner()
	case *types.TypeName:
		owner = of.Owner()
	}
	m, ok := owner.(*types.Machine)
	if !ok {
		return b.top
	}
	for up := in; up != nil; up = up.parent {
		if up.machine == m {
			return up
		}
	}
	for todo := in.order; len(todo) > 0; {
		next := todo[0]
		if next.machine == m {
			return next
		}
		todo = append(todo[1:len(todo):len(todo)], next.order...)
	}
	return in
}

// sortElems returns the names of a sort's elements if n are not named.
func sortElems(name string, n int) []string {
	elems := make([]string, n)
	for i := range elems {
		elems[i] = name + "." + itoa(i+1)
	}
	return elems
}

// sortType returns the type of the elements of a sort.
func (b *builder) sortType(in *instance, obj *types.SortName) *ir.Type {
	in = b.home(in, obj)
	k := key{in, obj}
	if t := b.sorts[k]; t != nil {
		return t
	}
	bind, ok := in.bound[obj]
	var t *ir.Type
	switch {
	case ok && bind.typ != nil:
		t = b.scope(bind.in).typ(bind.typ)
	case ok && bind.value != nil:
		t = b.bindSort(in, obj, bind)
	case b.theory != nil:
		t = b.anySort(obj)
	default:
		b.unbound(obj.Span(), "sort "+in.path(obj.Name()))
		t = b.invalid
	}
	b.sorts[k] = t
	return t
}

// maxSort is the largest sort that is worth listing.
const maxSort = 1 << 16

func (b *builder) bindSort(in *instance, obj *types.SortName, bind binding) *ir.Type {
	s := &ir.Sort{Name: b.unique(in.prefix+obj.Name(), obj), Order: ir.Order(obj.Order), Span: obj.Span()}
	if lit, ok := bind.value.(*ast.SetLit); ok {
		for _, e := range lit.Elems {
			name, ok := e.(*ast.Name)
			if !ok {
				b.missing(e, "element name")
				return b.invalid
			}
			s.Elems = append(s.Elems, name.Name)
		}
	} else {
		n, ok := b.scope(bind.in).constInt(bind.value)
		if !ok {
			return b.invalid
		}
		if !n.IsInt64() || n.Int64() > maxSort {
			b.sortTooLarge(bind.value, obj, n)
			return b.invalid
		}
		s.Elems = sortElems(s.Name, int(max(0, n.Int64())))
	}
	if n, ok := b.sizes[s.Name]; ok && n != len(s.Elems) {
		s.Elems = sortElems(s.Name, n)
	}
	if len(s.Elems) == 0 {
		b.missing(bind.value, "element")
		return b.invalid
	}
	b.sys.Sorts = append(b.sys.Sorts, s)
	return b.t.SortOf(s)
}
