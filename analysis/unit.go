package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Unit is a part of the root module that is analysed by itself: a declaration
// of the module, or a member of a machine. A machine is a unit without its
// members: its name and parameters.
type Unit struct {
	ID      string // such as `TwoPhase.Prepare`; unique in a module without errors
	Span    source.Span
	Decl    ast.Decl
	Object  types.Object   // nil if the declaration has no name
	Machine *types.Machine // that it is a member of, or is; nil for others
	// Broken: it has an error, or depends on something that has one.
	Broken bool
	// Uses are the places where it names another declaration, in order.
	Uses []Use

	deps    []*Unit // units of the root module that it depends on
	imports bool    // it depends on another module
}

// Use is a place that names a declared object: not a local, not a builtin.
type Use struct {
	Node   ast.Node // a Name or Select, or the NamedType
	Object types.Object
}

// Index says what the units of the root module are and which uses which.
type Index struct {
	Units []*Unit // in order of appearance

	info   *typecheck.Info
	byID   map[string]*Unit
	home   map[types.Object]*Unit
	whole  map[*types.Machine]*Unit // stands for a machine with all of its members
	usedBy map[types.Object][]*Unit
	stray  bool // there is an error that belongs to no unit
	// settled has the answers of Settled so far.
	settled map[*types.Machine]bool
}

// Of returns the unit that declares obj, a variant or field being declared
// by its enum or struct. It is nil for locals and what other modules declare.
func (x *Index) Of(obj types.Object) *Unit {
	for obj != nil {
		if u := x.home[obj]; u != nil {
			return u
		}
		obj = obj.Owner()
	}
	return nil
}

// Users returns the units that name obj, in order of appearance.
func (x *Index) Users(obj types.Object) []*Unit { return x.usedBy[obj] }

// At returns the unit that a place belongs to, nil if none.
func (x *Index) At(s source.Span) *Unit {
	i := sort.Search(len(x.Units), func(i int) bool { return x.Units[i].Span.Lo > s.Lo })
	if i == 0 || !x.Units[i-1].Span.Holds(s) {
		return nil
	}
	return x.Units[i-1]
}

// Settled reports whether everything that may name a member of a machine is
// known, or of the module if m is nil: nothing that could is broken.
func (x *Index) Settled(m *types.Machine) bool {
	known, asked := x.settled[m]
	if !asked {
		known = !x.stray && !slices.ContainsFunc(x.Units, func(u *Unit) bool {
			return u.Broken && (m == nil || x.reaches(u, m))
		})
		x.settled[m] = known
	}
	return known
}

// reaches reports whether a declaration may name members of a machine: its own
// ones may, a model of it, and a machine that it is part of.
func (x *Index) reaches(u *Unit, m *types.Machine) bool {
	switch u.Decl.(type) {
	case *ast.BadDecl, *ast.Use:
		return true // of what, is not known
	case *ast.Model:
		model, _ := u.Object.(*types.Model)
		return model == nil || model.Machine == nil || model.Machine == m
	}
	return u.Machine != nil && (u.Machine == m || slices.Contains(x.usersOf(m), u.Machine))
}

// usersOf are the machines that name a machine.
func (x *Index) usersOf(m *types.Machine) []*types.Machine {
	var out []*types.Machine
	for _, u := range x.usedBy[m] {
		if u.Machine != nil {
			out = append(out, u.Machine)
		}
	}
	return out
}

// Closed reports whether the root module is complete in itself: it has models.
// Of a module without any nobody knows who imports it and for what.
func (x *Index) Closed() bool {
	return slices.ContainsFunc(x.Units, func(u *Unit) bool { _, ok := u.Object.(*types.Model); return ok })
}

// newIndex finds the units of the root module.
func newIndex(info *typecheck.Info, diags diag.List) *Index {
	x := &Index{info: info, byID: map[string]*Unit{}, home: map[types.Object]*Unit{}, whole: map[*types.Machine]*Unit{}, usedBy: map[types.Object][]*Unit{}, settled: map[*types.Machine]bool{}}
	count := map[string]int{}
	for _, d := range info.Root.File.Decls {
		x.declaration(d, count)
	}
	slices.SortStableFunc(x.Units, func(a, b *Unit) int { return cmp.Compare(a.Span.Lo, b.Span.Lo) })
	x.uses()
	x.breaks(diags)
	return x
}

func (x *Index) declaration(d ast.Decl, count map[string]int) {
	m, ok := d.(*ast.Machine)
	if !ok {
		x.unit(d, nil, count)
		return
	}
	obj, _ := x.info.Defs[m.Name].(*types.Machine)
	head := x.unit(d, obj, count)
	if obj == nil {
		return
	}
	whole := &Unit{deps: []*Unit{head}}
	x.whole[obj] = whole
	for _, p := range obj.Params {
		x.home[p] = head
	}
	for _, member := range m.Members {
		head.Span.Hi = min(head.Span.Hi, member.Span().Lo)
		whole.deps = append(whole.deps, x.unit(member, obj, count))
	}
}

func (x *Index) unit(d ast.Decl, m *types.Machine, count map[string]int) *Unit {
	u := &Unit{Span: d.Span(), Decl: d, Machine: m}
	if id := DeclaredName(d); id != nil {
		u.Object = x.info.Defs[id]
		u.ID = id.Name
		if u.Object != nil {
			x.home[u.Object] = u
		}
	}
	if u.ID == "" {
		u.ID = fmt.Sprintf("%T", d)
	}
	if m != nil && types.Object(m) != u.Object {
		u.ID = m.Name() + "." + u.ID
	}
	if count[u.ID]++; count[u.ID] > 1 {
		u.ID = fmt.Sprintf("%s#%d", u.ID, count[u.ID])
	}
	x.byID[u.ID] = u
	x.Units = append(x.Units, u)
	return u
}

// uses finds the uses of all units. The checker's tables are gone through
// instead of the tree, since they also have the constants among the arguments
// of types, which parse as types.
func (x *Index) uses() {
	file := x.info.Root.File.Span().File
	add := func(n ast.Node, obj types.Object) {
		if n.Span().File != file || !isDeclared(obj) {
			return
		}
		if u := x.At(n.Span()); u != nil {
			u.Uses = append(u.Uses, Use{n, obj})
		}
	}
	for e, obj := range x.info.Uses {
		add(e, obj)
	}
	for t, obj := range x.info.Named {
		add(t, obj)
	}
	for e, v := range x.info.Patterns {
		if v != nil {
			add(e, v)
		}
	}
	for _, u := range x.Units {
		slices.SortFunc(u.Uses, func(a, b Use) int {
			return cmp.Or(cmp.Compare(a.Node.Span().Lo, b.Node.Span().Lo), cmp.Compare(a.Node.Span().Hi, b.Node.Span().Hi),
				cmp.Compare(a.Object.Name(), b.Object.Name()))
		})
		for _, use := range u.Uses {
			x.depends(u, use.Object)
			if by := x.usedBy[use.Object]; len(by) == 0 || by[len(by)-1] != u {
				x.usedBy[use.Object] = append(by, u)
			}
		}
	}
}

func isDeclared(obj types.Object) bool {
	switch obj.(type) {
	case nil, *types.Local, *types.Builtin:
		return false
	}
	return true
}

// depends notes that what u means depends on obj. Whoever names a machine as
// such depends on all of it.
func (x *Index) depends(u *Unit, obj types.Object) {
	if m, ok := obj.(*types.Machine); ok && x.whole[m] != nil {
		u.deps = append(u.deps, x.whole[m])
		return
	}
	if home := x.Of(obj); home != nil {
		if home != u && !slices.Contains(u.deps, home) {
			u.deps = append(u.deps, home)
		}
		return
	}
	u.imports = true
}

// breaks marks what has errors and what depends on it.
func (x *Index) breaks(diags diag.List) {
	var work []*Unit
	mark := func(u *Unit) {
		if u != nil && !u.Broken {
			u.Broken = true
			work = append(work, u)
		}
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			u := x.At(d.Span)
			x.stray = x.stray || u == nil
			mark(u)
		}
	}
	for e, t := range x.info.Types {
		if t == types.Type(types.Invalid) {
			mark(x.At(e.Span()))
		}
	}
	dependents := x.dependents()
	for len(work) > 0 {
		u := work[len(work)-1]
		work = work[:len(work)-1]
		for _, d := range dependents[u] {
			mark(d)
		}
	}
}

// dependents turns the dependencies around.
func (x *Index) dependents() map[*Unit][]*Unit {
	out := map[*Unit][]*Unit{}
	for _, u := range x.Units {
		for _, d := range u.deps {
			out[d] = append(out[d], u)
		}
	}
	for _, w := range x.whole {
		for _, d := range w.deps {
			out[d] = append(out[d], w)
		}
	}
	return out
}

// DeclaredName returns the identifier that a declaration declares, nil if it
// has none.
func DeclaredName(d ast.Decl) *ast.Ident {
	switch d := d.(type) {
	case *ast.Sort:
		return d.Name
	case *ast.Enum:
		return d.Name
	case *ast.Struct:
		return d.Name
	case *ast.TypeDecl:
		return d.Name
	case *ast.Const:
		return d.Name
	case *ast.Func:
		return d.Name
	case *ast.Machine:
		return d.Name
	case *ast.Model:
		return d.Name
	case *ast.Var:
		return d.Name
	case *ast.Action:
		return d.Name
	case *ast.Proc:
		return d.Name
	case *ast.Process:
		return d.Name
	case *ast.Property:
		return d.Name
	case *ast.Scenario:
		return d.Name
	case *ast.Use:
		return d.As
	case *ast.Sync:
		return d.Name
	case *ast.Theorem:
		return d.Name
	}
	return nil
}
