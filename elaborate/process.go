package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Labels that a process has without writing them.
const (
	startLabel = "start" // of statements before the first label
	doneLabel  = "done"
)

// process is a process of an instance. Each label is an action that runs from
// it to the next label on every path; the variable pc says which one is next.
//
// The translation follows PlusCal's (L. Lamport, "The PlusCal Algorithm
// Language", ICTAC 2009), except that control flow that crosses labels is
// compiled into the branches, so that labels may stand anywhere.
type process struct {
	obj    *types.Process
	in     *instance
	self   *ir.Type // of the instances; nil for a single process
	labels *ir.Type // the enum of labels
	index  map[string]int
	pc     *ir.Var
	steps  []*step
}

// step is what stands behind a label.
type step struct {
	label  string
	at     source.Span // of the label
	rest   cont
	action *ir.Action
}

// stepKey is a label of a process of an instance.
type stepKey struct {
	key
	label string
}

func (b *builder) declareProcess(in *instance, obj *types.Process) {
	p := &process{obj: obj, in: in, index: map[string]int{}}
	b.processes[key{in, obj}] = p
	s := b.scope(in)
	if obj.Self != nil {
		p.self = s.typ(obj.Self.Type())
		if p.self != b.invalid && !finite(p.self) {
			b.infinite(obj.Decl.Param, p.self)
			p.self = b.invalid
		}
	}
	body := obj.Decl.Body.Stmts
	for len(body) > 0 {
		if _, ok := body[0].(*ast.VarStmt); !ok {
			break
		}
		body = body[1:]
	}
	if needsStart(body) {
		p.steps = append(p.steps, &step{label: startLabel, at: obj.Span(), rest: cont{stmts: body}})
	}
	p.collect(b, body, nil)
	p.declareLabels(b)
	name := in.prefix + obj.Name() + "_"
	for _, v := range obj.Vars {
		b.vars[key{in, v}] = b.newVar(name+v.Name(), nil, p.perInstance(b, s.typ(v.Type())), "", v.Span())
	}
	p.pc = b.newVar(name+"pc", nil, p.perInstance(b, p.labels), "", obj.Span())
}

// perInstance returns [self]t, or t for a single process.
func (p *process) perInstance(b *builder, t *ir.Type) *ir.Type {
	switch {
	case p.self == nil:
		return t
	case p.self == b.invalid || t == b.invalid:
		return b.invalid
	}
	return b.t.Func(p.self, t)
}

// declareLabels makes the enum of the labels, `done` last.
func (p *process) declareLabels(b *builder) {
	var variants []ir.Variant
	for _, st := range p.steps {
		if _, twice := p.index[st.label]; twice {
			continue
		}
		p.index[st.label] = len(variants)
		variants = append(variants, ir.Variant{Name: st.label})
	}
	if _, ok := p.index[doneLabel]; ok {
		b.missing(p.obj.Decl, "name for label done")
	}
	p.index[doneLabel] = len(variants)
	variants = append(variants, ir.Variant{Name: doneLabel})
	p.labels = b.t.Sum(b.unique(p.in.prefix+p.obj.Name()+"_Label", nil), variants)
	b.namedAt[p.labels] = p.obj.Span()
	b.sys.Named = append(b.sys.Named, p.labels)
}

// needsStart reports whether anything happens before the first label.
func needsStart(body []ast.Stmt) bool {
	if len(body) == 0 {
		return true
	}
	switch st := body[0].(type) {
	case *ast.Label:
		return false
	case *ast.Loop:
		return needsStart(st.Body.Stmts)
	}
	return true
}

// collect finds the labels and what follows each.
func (p *process) collect(b *builder, stmts []ast.Stmt, k *cont) {
	for i, st := range stmts {
		rest := &cont{stmts[i+1:], k}
		switch st := st.(type) {
		case *ast.Label:
			p.steps = append(p.steps, &step{label: st.Name.Name, at: st.Name.Span(), rest: *rest})
		case *ast.IfStmt:
			p.collect(b, st.Then.Stmts, rest)
			p.collect(b, elseOf(st), rest)
		case *ast.BlockStmt:
			p.collect(b, st.Body.Stmts, rest)
		case *ast.Either:
			for _, br := range st.Branches {
				p.collect(b, br.Stmts, rest)
			}
		case *ast.MatchStmt:
			for _, arm := range st.Arms {
				p.collect(b, arm.Body.Stmts, rest)
			}
		case *ast.Loop:
			p.collect(b, st.Body.Stmts, &cont{[]ast.Stmt{st}, rest})
		case *ast.While:
			p.collect(b, st.Body.Stmts, &cont{[]ast.Stmt{st}, rest})
		}
	}
}

// initProcess gives the variables of a process their initial values and sets
// every instance to the first label.
func (b *builder) initProcess(p *process) {
	for _, v := range p.obj.Vars {
		if v.Decl.Value == nil {
			b.missing(v.Decl, "initial value")
			continue
		}
		value := v.Decl.Value
		if m := b.mutations[key{p.in, v}]; m != nil && m.Value != nil {
			value = m.Value
		}
		b.initAll(p, b.vars[key{p.in, v}], v.Decl.Span(), func(s *scope, t *ir.Type) ir.Expr {
			return s.stored(v.Type(), s.expr(value, t))
		})
	}
	b.initAll(p, p.pc, p.obj.Span(), func(s *scope, t *ir.Type) ir.Expr {
		at := p.obj.Span()
		first := &ir.Make{Node: node(t, at), Variant: 0}
		runs := s.runs(p, at)
		if runs == nil {
			return first
		}
		return &ir.If{Node: node(t, at), Cond: runs, Then: first, Else: &ir.Make{Node: node(t, at), Variant: p.index[doneLabel]}}
	})
}

// runs returns the condition for the instance self to be one: that it meets
// the refinement of its type. The others are done from the start. It is nil if
// all are.
func (s *scope) runs(p *process, at source.Span) ir.Expr {
	if p.self == nil {
		return nil
	}
	return s.refined(p.obj.Self.Type(), ref(s.self, at))
}

// initAll assigns a variable of a process, for all instances.
func (b *builder) initAll(p *process, v *ir.Var, at source.Span, value func(*scope, *ir.Type) ir.Expr) {
	s := b.scope(p.in)
	var x ir.Expr
	switch {
	case v.Type == b.invalid:
		return
	case p.self == nil:
		x = value(s, v.Type)
	default:
		l := s.bindObj(p.obj.Self, p.self)
		s.self = l
		body := value(s, v.Type.Elem)
		if ir.Closed(body) {
			x = apply(ir.ConstFunc, v.Type, at, body)
			break
		}
		x = &ir.Bind{Node: node(v.Type, at), Kind: ir.FuncOf, Body: body,
			Binders: []ir.Binder{{Local: l, Domain: b.universe(p.self, at)}}}
	}
	b.sys.Init = append(b.sys.Init, &ir.Assign{Pos: ir.Pos{Loc: at}, Target: ir.Target{Var: v, Span: at}, Value: x})
}

// declareSteps makes one action for each label.
func (b *builder) declareSteps(p *process) {
	if p == nil || p.in.silent() {
		return
	}
	d := p.obj.Decl
	for _, st := range p.steps {
		st.action = b.newAction(p.in.prefix+p.obj.Name()+"_"+st.label, nil, d.Fair, d.Doc, d.Span(), st.at)
		st.action.Process = p.in.prefix + p.obj.Name()
	}
}

// processAt returns the process that d declares in an instance.
func (b *builder) processAt(in *instance, d *ast.Process) *process {
	obj, ok := b.info.Defs[d.Name].(*types.Process)
	if !ok {
		b.missing(d.Name, "process")
		return nil
	}
	return b.processes[key{in, obj}]
}

func (b *builder) buildSteps(p *process) {
	if p == nil {
		return
	}
	for _, st := range p.steps {
		if st.action != nil {
			b.buildStep(p, st)
		}
	}
}

func (b *builder) buildStep(p *process, st *step) {
	s, a := b.scope(p.in), st.action
	s.step = st.label
	if p.self != nil {
		s.self = s.bindObj(p.obj.Self, p.self)
		a.Params = []*ir.Param{{Local: s.self, Domain: b.universe(p.self, p.obj.Self.Span()), ByType: true}}
	}
	a.Guard = b.both(s.runs(p, st.at), s.atStep(p, s.selfAt(st.at), st.label, st.at))
	f := &flow{s: s, proc: p, active: map[ast.Stmt]bool{}}
	a.Body = f.seq(b.stepBody(p, st), st.rest.next)
	b.hoist(a)
}

// stepBody returns the statements behind a label; a mutation replaces those up
// to the next label in the same block.
func (b *builder) stepBody(p *process, st *step) []ast.Stmt {
	m := b.steps[stepKey{key{p.in, p.obj}, st.label}]
	if m == nil || m.Body == nil {
		return st.rest.stmts
	}
	out := append([]ast.Stmt{}, m.Body.Stmts...)
	for i, next := range st.rest.stmts {
		if _, ok := next.(*ast.Label); ok {
			return append(out, st.rest.stmts[i:]...)
		}
	}
	return out
}
