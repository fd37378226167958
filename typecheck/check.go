package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// An Importer finds the module that an import path of the file from means.
// The same module must come back as the same *ast.File. A file with faults of
// its own comes back as it is, its faults reported by whoever parsed it; the
// error says why there is no file at all.
type Importer func(from *ast.File, path string) (*ast.File, error)

// Check checks root and everything that it imports. The diagnostics are those
// of all modules, sorted. Info is never nil; where the list
// has errors, facts are missing at the faults.
func Check(root *ast.File, load Importer) (*Info, diag.List) {
	c := &checker{
		info: newInfo(root), load: load,
		byFile:   map[*ast.File]*types.Module{},
		imports:  map[*types.Module]map[string]*imported{},
		state:    map[types.Object]progress{},
		headers:  map[*types.TypeName]progress{},
		homes:    map[types.Object]env{},
		elems:    map[*types.Local]int{},
		unread:   map[*types.Local]bool{},
		effects:  map[types.Object]*effect{},
		variants: map[types.Object]map[string][]*types.Variant{},
	}
	c.info.Root = c.module(root, "")
	for _, m := range c.info.Modules {
		c.checkModule(m)
	}
	c.inferEffects()
	for _, m := range c.info.Modules {
		c.checkEffects(m)
		c.checkInits(m)
		c.checkLinear(m)
	}
	for _, m := range c.info.Modules {
		c.checkModels(m)
	}
	c.warnUnused()
	return c.info, c.diags.Sorted()
}

// newInfo makes the tables, of a size that fits the root module.
func newInfo(root *ast.File) *Info {
	size := (root.Span().Hi - root.Span().Lo) / 16
	return &Info{
		Types:     make(map[ast.Expr]types.Type, size),
		Written:   map[ast.Type]types.Type{},
		Named:     map[*ast.NamedType]types.Object{},
		Uses:      make(map[ast.Expr]types.Object, size),
		Fields:    map[*ast.Select]*types.Field{},
		Defs:      map[*ast.Ident]types.Object{},
		Paths:     map[ast.Expr][]*types.Instance{},
		Inst:      map[*ast.Call][]types.Type{},
		Refines:   map[*ast.Refines]*types.Instance{},
		Actions:   map[ast.Expr]*types.ActionRef{},
		Patterns:  map[ast.Expr]*types.Variant{},
		SortElems: map[ast.Expr]int{},
		Effects:   map[types.Object]*Effects{},
	}
}

// checker holds what is known so far and, in env, where it is looking.
type checker struct {
	env

	info  *Info
	diags diag.List
	load  Importer

	byFile  map[*ast.File]*types.Module // nil while the module is being loaded
	loading []edge                      // imports on the way to the current module
	imports map[*types.Module]map[string]*imported

	// Declarations are resolved when they are first needed: state says how
	// far each is, homes in which env it is to be read.
	state   map[types.Object]progress
	headers map[*types.TypeName]progress // of the parameters of types
	homes   map[types.Object]env
	// elems numbers the names that a model gives to sort elements.
	elems map[*types.Local]int
	// unread are the locals that nothing has used so far.
	unread  map[*types.Local]bool
	guesses int  // at what a misspelt name should be
	faults  int  // reported here or by the parser, met so far
	linear  bool // some type is linear
	// effects are those of functions, actions, procs and processes.
	effects map[types.Object]*effect
	// variants are the enum variants that a module or machine declares.
	variants map[types.Object]map[string][]*types.Variant
}

type imported struct {
	decl *ast.Import
	mod  *types.Module // nil if it could not be loaded
	used bool
}

// edge is an import on the way to the module being loaded.
type edge struct {
	from *ast.File
	decl *ast.Import
}

type progress int

const (
	untouched progress = iota
	underway
	done
)

// env is where the checker is looking.
type env struct {
	mod     *types.Module
	machine *types.Machine
	process *types.Process
	scope   *scope
	params  []*types.Param // type parameters in scope

	place     *place  // nil in declarations
	formula   formula // temporal operators that mean something here
	outer     *scope  // the scope around the place
	dependent bool    // constant expressions may mention local names

	body    body
	fn      *types.Function // whose body this is
	result  types.Type      // of fn
	free    *types.Scenario // unknown names are variables of this scenario
	inModel bool            // sort elements may be written as RM.1
}

// scope is the innermost local name with the ones around it.
type scope struct {
	up  *scope
	obj types.Object
}

func (s *scope) find(name string) types.Object {
	for ; s != nil; s = s.up {
		if s.obj.Name() == name {
			return s.obj
		}
	}
	return nil
}

// inside runs f with e as the env and returns to the present one.
func (c *checker) inside(e env, f func()) {
	old := c.env
	c.env = e
	f()
	c.env = old
}

// scoped runs f and forgets the local names that it declares.
func (c *checker) scoped(f func()) {
	old := c.scope
	f()
	c.scope = old
}

// declare brings a local name into scope; `_` is no name.
func (c *checker) declare(id *ast.Ident, t types.Type, mutable bool) *types.Local {
	if id == nil {
		return &types.Local{Base: types.Base{T: t}, Mutable: mutable}
	}
	obj := &types.Local{Base: types.Base{Ident: id.Name, At: id.Span(), T: t}, Mutable: mutable}
	c.info.Defs[id] = obj
	if id.Name != "_" {
		c.scope = &scope{c.scope, obj}
		c.hidesBuiltin(id, obj)
	}
	return obj
}

// unused notes a local that something should read.
func (c *checker) unused(l *types.Local) {
	if l.Name() != "_" && l.Name() != "" {
		c.unread[l] = true
	}
}

// warnUnused reports imports and locals that nothing reads. Where there are
// errors nobody knows what the faulty parts would have read.
func (c *checker) warnUnused() {
	if c.diags.HasErrors() {
		return
	}
	for l := range c.unread {
		c.errUnused(l.Span(), "local", l.Name(), "remove it, or call it _",
			diag.Fix{Title: "call it _", Edits: []diag.Edit{{Span: l.Span(), Text: "_"}}})
	}
	for _, m := range c.info.Modules {
		for name, imp := range c.imports[m] {
			if !imp.used && imp.mod != nil {
				c.errUnused(imp.decl.Span(), "import", name, "remove it",
					diag.Fix{Title: "remove the import", Edits: []diag.Edit{{Span: imp.decl.Span()}}})
			}
		}
	}
}

// module loads a file as the module of path, with its imports first.
func (c *checker) module(file *ast.File, path string) *types.Module {
	m := &types.Module{Base: types.Base{Ident: path}, Path: path, File: file, Members: map[string]types.Object{}}
	if file.Module != nil {
		m.Ident, m.At = file.Module.Name, file.Module.Span()
		c.info.Defs[file.Module] = m
	}
	c.byFile[file] = nil
	c.imports[m] = map[string]*imported{}
	for _, imp := range file.Imports {
		c.loading = append(c.loading, edge{file, imp})
		c.importModule(m, imp)
		c.loading = c.loading[:len(c.loading)-1]
	}
	c.byFile[file] = m
	c.info.Modules = append(c.info.Modules, m)
	c.collectModule(m)
	return m
}

func (c *checker) importModule(m *types.Module, imp *ast.Import) {
	name := importName(imp)
	entry := &imported{decl: imp}
	if old := c.imports[m][name]; old != nil {
		c.errDuplicate(name, importSpan(imp), importSpan(old.decl))
		return
	}
	c.imports[m][name] = entry
	file, err := c.load(m.File, imp.Path)
	if err != nil {
		c.errImport(imp, err)
		return
	}
	mod, seen := c.byFile[file]
	if seen && mod == nil {
		c.errImportCycle(imp, c.cycleTo(file))
		return
	}
	if !seen {
		mod = c.module(file, imp.Path)
	}
	entry.mod = mod
	if imp.As != nil {
		c.info.Defs[imp.As] = mod
	}
}

// cycleTo lists the imports that lead from a file being loaded to itself.
func (c *checker) cycleTo(file *ast.File) []*ast.Import {
	start := slices.IndexFunc(c.loading, func(e edge) bool { return e.from == file })
	var way []*ast.Import
	for _, e := range c.loading[max(0, start):] {
		way = append(way, e.decl)
	}
	return way
}

// importName is the name by which a module is known where it is imported.
func importName(imp *ast.Import) string {
	if imp.As != nil {
		return imp.As.Name
	}
	path := imp.Path
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

func importSpan(imp *ast.Import) source.Span {
	if imp.As != nil {
		return imp.As.Span()
	}
	return imp.Span()
}
