// Package elaborate turns a checked program into the kernel of one model.
//
// The result is closed and plain: constants have values, sorts have elements,
// generic types and functions are instantiated, procs are inlined, instances
// of other machines are part of the machine under prefixed names (`l_held`),
// and processes are actions guarded by a program counter.
//
// The parts, by what they produce:
//
//   - An instance is a machine with its arguments, at a place in the tree that
//     `use` makes. The root is the machine of the model.
//   - A scope is where an expression stands: an instance, the meaning of type
//     parameters and locals, and whether `old` is around it.
//   - A flow lowers statements. What follows a branch that leaves early, or
//     that crosses a label of a process, is compiled into each branch.
//
// An expression is lowered with the type that its place wants. Literals take
// that type; everything else is converted by ir.Convert where its own type
// differs, and a conversion that narrows is checked when it is evaluated.
//
// Model expects a program that checked without errors. Where a fact is missing
// nevertheless it reports X9001 and goes on.
package elaborate

import (
	"errors"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/verify"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Model returns the System of model m, or nil and at least one error.
func Model(info *typecheck.Info, m *types.Model) (*ir.System, diag.List) {
	return Resized(info, m, nil)
}

// Resized returns the System of model m with other sizes for its sorts, by
// ir.Sort.Name; those that are not named keep theirs.
func Resized(info *typecheck.Info, m *types.Model, sizes map[string]int) (*ir.System, diag.List) {
	b := newBuilder(info, m)
	b.sizes = sizes
	b.sys.Model = m.Name()
	b.sys.Span = m.Span()
	b.sys.Doc = m.Decl.Doc
	b.root = b.newInstance(nil, nil, m.Machine, m.Args)
	return b.build()
}

// key is an object in an instance.
type key struct {
	in  *instance
	obj types.Object
}

// builder holds everything that is known of one System while it is built.
type builder struct {
	info  *typecheck.Info
	model *types.Model
	sizes map[string]int // of sorts, instead of those that the model says
	sys   *ir.System
	t     *ir.Table
	diags diag.List
	names names
	// theory is what is built instead of a System; nil in Model. Its sorts have
	// as many elements as example says.
	theory  *ir.Theory
	example int
	// contracts makes functions of machines that promise something part of the
	// System even if nothing calls them.
	contracts bool

	top  *instance   // holds what belongs to modules
	root *instance   // the machine of the System
	all  []*instance // root and what it uses, users first

	consts    map[key]*ir.Const
	busy      map[key]bool // constants being evaluated
	sorts     map[key]*ir.Type
	named     map[namedKey]*ir.Type
	namedAt   map[*ir.Type]source.Span
	depends   map[*types.TypeName]bool
	funcs     map[funcKey]*function
	reads     map[key][]*ir.Var // of functions, once the variables are known
	inlining  []types.Object    // functions, procs and actions, outermost first
	mutable   map[*ir.Local]bool
	vars      map[key]*ir.Var
	processes map[key]*process
	actions   map[key]*ir.Action
	open      int // constants and sorts that were found to have no value
	joints    map[joint]*ir.Action
	joined    map[key]bool // actions that only happen as part of a sync
	props     map[key]*ir.Property
	mutations map[key]*ast.Mutate
	steps     map[stepKey]*ast.Mutate
	invalid   *ir.Type // of faulty expressions
}

func newBuilder(info *typecheck.Info, m *types.Model) *builder {
	t := &ir.Table{}
	b := &builder{
		info:  info,
		model: m,
		t:     t,
		sys: &ir.System{Machine: m.Machine.Name(), Types: t, Expect: ir.Expect{
			ViolatedDepth: -1, DeadlockDepth: -1, States: -1, Generated: -1, Depth: -1, Spans: map[string]source.Span{}}},
		names:     names{own: map[string]types.Object{}, taken: map[string]bool{}},
		consts:    map[key]*ir.Const{},
		busy:      map[key]bool{},
		sorts:     map[key]*ir.Type{},
		named:     map[namedKey]*ir.Type{},
		namedAt:   map[*ir.Type]source.Span{},
		depends:   map[*types.TypeName]bool{},
		funcs:     map[funcKey]*function{},
		reads:     map[key][]*ir.Var{},
		mutable:   map[*ir.Local]bool{},
		vars:      map[key]*ir.Var{},
		processes: map[key]*process{},
		actions:   map[key]*ir.Action{},
		joints:    map[joint]*ir.Action{},
		joined:    map[key]bool{},
		props:     map[key]*ir.Property{},
		mutations: map[key]*ast.Mutate{},
		steps:     map[stepKey]*ast.Mutate{},
		invalid:   &ir.Type{},
	}
	b.invalid.Elem, b.invalid.Key = b.invalid, b.invalid
	b.top = &instance{bound: map[types.Object]binding{}}
	if mod, ok := m.Machine.Owner().(*types.Module); ok {
		b.sys.Module = mod.Name()
	}
	return b
}

// build fills the System from the tree of instances.
func (b *builder) build() (*ir.System, diag.List) {
	b.reserveNames()
	b.bindModel()
	b.declareConstants()
	for _, in := range b.all {
		b.declareState(in)
	}
	for _, in := range b.all {
		b.declareSyncs(in)
	}
	b.declareActions()
	b.buildInit()
	b.buildActions()
	b.buildProperties()
	b.buildContracts()
	b.buildStart()
	b.buildModel()
	b.arrange()
	if !b.diags.HasErrors() {
		b.verify()
	}
	list := b.diags.Sorted()
	if list.HasErrors() {
		return nil, list
	}
	return b.sys, list
}

// verify reports faults of this package: a System that engines would
// misread is worse than none.
func (b *builder) verify() {
	var faults verify.Faults
	if errors.As(verify.System(b.sys), &faults) {
		for _, f := range faults {
			b.fault(f.Span, "ill-formed kernel: %s", f)
		}
	}
}
