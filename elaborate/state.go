package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// declareState makes the variables of an instance, those of its processes
// included.
func (b *builder) declareState(in *instance) {
	for _, obj := range in.machine.Order {
		switch obj := obj.(type) {
		case *types.Var:
			b.vars[key{in, obj}] = b.newVar(in.prefix+obj.Name(), obj, b.scope(in).typ(obj.Type()), obj.Decl.Doc, obj.Span())
		case *types.Process:
			b.declareProcess(in, obj)
		}
	}
}

func (b *builder) newVar(name string, obj types.Object, t *ir.Type, doc string, at source.Span) *ir.Var {
	v := &ir.Var{Name: b.unique(name, obj), Type: t, Index: len(b.sys.Vars), Doc: doc, Span: at}
	b.sys.Vars = append(b.sys.Vars, v)
	return v
}

// buildInit makes the initial statements: those of an instance where it is
// used, init blocks last.
func (b *builder) buildInit() {
	b.initInstance(b.root)
	for i := len(b.all) - 1; i >= 0; i-- {
		in := b.all[i]
		for _, d := range in.machine.Decl.Members {
			if init, ok := d.(*ast.Init); ok {
				b.sys.Init = append(b.sys.Init, (&flow{s: b.scope(in)}).plain(init.Body.Stmts)...)
			}
		}
	}
	b.checkInit()
}

func (b *builder) initInstance(in *instance) {
	for _, obj := range in.machine.Order {
		switch obj := obj.(type) {
		case *types.Instance:
			if child := in.children[obj]; child != nil {
				b.initInstance(child)
			}
		case *types.Var:
			b.initVar(in, obj)
		case *types.Process:
			b.initProcess(b.processes[key{in, obj}])
		}
	}
}

func (b *builder) initVar(in *instance, obj *types.Var) {
	s, v := b.scope(in), b.vars[key{in, obj}]
	value, domain := obj.Decl.Value, obj.Decl.In
	if m := b.mutations[key{in, obj}]; m != nil && m.Value != nil {
		value, domain = m.Value, nil
	}
	pos := ir.Pos{Loc: obj.Decl.Span()}
	switch {
	case value != nil:
		b.sys.Init = append(b.sys.Init, &ir.Assign{Pos: pos, Target: ir.Target{Var: v, Span: obj.Span()},
			Value: s.stored(obj.Type(), s.expr(value, v.Type))})
	case domain != nil:
		d := s.lower(domain, b.t.Set(v.Type))
		if d.Type() == b.invalid {
			return
		}
		l := &ir.Local{Name: obj.Name(), Type: d.Type().Elem, Span: obj.Span()}
		b.sys.Init = append(b.sys.Init, &ir.PickStmt{Pos: pos, Local: l, Domain: d},
			&ir.Assign{Pos: pos, Target: ir.Target{Var: v, Span: obj.Span()},
				Value: s.stored(obj.Type(), b.convert(ref(l, obj.Span()), v.Type))})
	}
}

// checkInit reports variables that some way through the initialisation does
// not assign.
func (b *builder) checkInit() {
	if b.diags.HasErrors() {
		return
	}
	done := map[*ir.Var]bool{}
	assigns(b.sys.Init, done)
	for _, v := range b.sys.Vars {
		if !done[v] {
			b.fault(v.Span, "%s has no initial value", v.Name)
		}
	}
}

// assigns adds the variables that body assigns as a whole on every path.
func assigns(body []ir.Stmt, done map[*ir.Var]bool) {
	for _, st := range body {
		switch st := st.(type) {
		case *ir.Assign:
			if st.Target.Var != nil && len(st.Target.Path) == 0 {
				done[st.Target.Var] = true
			}
		case *ir.IfStmt:
			assignsAll([][]ir.Stmt{st.Then, st.Else}, done)
		case *ir.EitherStmt:
			assignsAll(st.Branches, done)
		}
	}
}

func assignsAll(branches [][]ir.Stmt, done map[*ir.Var]bool) {
	count := map[*ir.Var]int{}
	for _, br := range branches {
		inner := map[*ir.Var]bool{}
		assigns(br, inner)
		for v := range inner {
			count[v]++
		}
	}
	for v, n := range count {
		if n == len(branches) {
			done[v] = true
		}
	}
}
