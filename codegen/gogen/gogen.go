// Package gogen writes a System as a Go package.
//
// The package stands on its own: it imports the standard library only. Its
// parts, by file:
//
//   - state.go: the struct State with a method for each action, invariant,
//     step property and witness; New; the functions and constants of the spec.
//   - types.go: the types. Sorts and enums count, structs and options are
//     structs, total functions are arrays, sets, bags, maps and sequences are
//     kept in canonical order. Collections are never changed in place, so that
//     a copy of a State is a copy of its struct.
//   - spec.go: errors, checked arithmetic and choices.
//   - conform_test.go and testdata/conform.txt: every edge of the state graph
//     of the model, replayed.
//
// Integers are int64. What does not fit is refused: constants here, results of
// arithmetic by an error of the generated code. Checks are left out where the
// types and the conditions around show that they cannot fail.
//
// What has no Go, such as a property of whole runs, is a diagnostic.
package gogen

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// DefaultEdges is how many edges the conformance test replays at most, if the
// Options do not say.
const DefaultEdges = 20_000

// Options say how to generate.
type Options struct {
	// Package is the name of the package; "" means the name of the machine in
	// lower case.
	Package string
	// Files hold the text of the spec, for lines and columns; may be nil.
	Files source.Set
	// Edges is how many edges the conformance test replays at most; 0 means
	// DefaultEdges, a negative number means that there is no such test.
	Edges int
}

// File is a generated file.
type File struct {
	Name string // with / between folders
	Text string
}

// gen generates one package.
type gen struct {
	sys   *ir.System
	opts  Options
	diags diag.List

	names    names           // of the package
	methods  names           // of State
	clashes  map[string]bool // names that more than one thing of the spec has
	byType   map[*ir.Type]*goType
	byKey    map[string]*goType
	types    []*goType // in order of their first use
	elems    map[*goType][]string
	lists    map[*ir.Type]string
	indexers map[*ir.Type]string
	helpers  printer // functions that list and index values

	consts   map[*ir.Const]string
	vars     map[*ir.Var]string
	funcs    map[*ir.Func]*goFunction
	actions  map[*ir.Action]*goAction
	enablers map[*ir.Action]string
	props    map[*ir.Property]string
	terminal string
	fallible map[string]bool // the methods of properties that return an error
	news     int             // how New is called
	chooses  bool            // something asks a Chooser
}

// Generate returns the files of the Go package for sys, sorted by name. If
// the list has errors there are no files.
func Generate(sys *ir.System, opts Options) ([]File, diag.List) {
	g := newGen(sys, opts)
	start := eval.Initial(sys)
	sure := len(start) == 1 && start[0].Err == nil && start[0].Assert == nil
	if len(start) == 0 {
		g.noInitialState()
	}
	state, conform := g.stateFile(sure), printer{}
	var graph string
	if g.opts.Edges >= 0 && !g.diags.HasErrors() {
		graph = g.conformance(&conform)
	}
	types := g.typesFile()
	if g.diags.HasErrors() {
		return nil, g.diags.Sorted()
	}
	files := []File{{"spec.go", g.supportFile()}, {"state.go", state}, {"types.go", types}}
	if graph != "" {
		files = append(files, File{"conform_test.go", conform.String()})
	}
	files, err := g.finish(files)
	if err != nil {
		g.broken(err)
		return nil, g.diags.Sorted()
	}
	if graph != "" {
		files = append(files, File{"testdata/conform.txt", graph})
	}
	return sorted(files), g.diags.Sorted()
}

// newGen returns a gen in which everything that the spec names has a name.
func newGen(sys *ir.System, opts Options) *gen {
	g := &gen{sys: sys, opts: opts, names: names{}, methods: names{},
		byType: map[*ir.Type]*goType{}, byKey: map[string]*goType{}, elems: map[*goType][]string{},
		lists: map[*ir.Type]string{}, indexers: map[*ir.Type]string{},
		consts: map[*ir.Const]string{}, vars: map[*ir.Var]string{}, funcs: map[*ir.Func]*goFunction{},
		actions: map[*ir.Action]*goAction{}, enablers: map[*ir.Action]string{}, props: map[*ir.Property]string{}, fallible: map[string]bool{}}
	if g.opts.Package == "" {
		g.opts.Package = PackageName(sys.Machine)
	}
	if g.opts.Edges == 0 {
		g.opts.Edges = DefaultEdges
	}
	g.claimNames()
	return g
}

func (g *gen) stateFile(sure bool) string {
	p := &printer{}
	for _, c := range g.sys.Consts {
		g.constDecl(p, c)
	}
	g.stateDecl(p)
	g.initial(p, sure)
	for _, a := range g.sys.Actions {
		g.action(p, a)
	}
	g.predicates(p)
	for _, f := range g.sys.Funcs {
		g.function(f)
	}
	for _, f := range g.sys.Funcs {
		p.text.WriteString(g.funcs[f].text)
	}
	return p.String()
}

// constDecl writes a constant: a Go const where Go has constants of its type.
func (g *gen) constDecl(p *printer, c *ir.Const) {
	t, v := g.typ(c.Type), g.value(c.Value, c.Type, c.Span)
	p.blank()
	p.comment(g.consts[c] + " is the constant " + c.Name + " of the spec.")
	p.line("//")
	p.comment("Spec: " + g.position(c.Span))
	if t.isOrdered() || t.kind == goBool {
		p.line("const %s %s = %s", g.consts[c], t.name, v.text)
	} else {
		p.line("var %s = %s", g.consts[c], v.text)
	}
}

func (g *gen) typesFile() string {
	p := &printer{}
	for i := 0; i < len(g.types); i++ { // declarations may need more types
		g.declaration(p, g.types[i])
	}
	p.text.WriteString(g.helpers.String())
	return p.String()
}

func (g *gen) supportFile() string {
	if g.chooses {
		return supportSource + "\n" + chooserSource
	}
	return supportSource
}
