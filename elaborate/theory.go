package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Theory returns the theorems of a module; nil if it has none, or at least one
// error. Sorts are left without elements, and extern functions without a body.
func Theory(info *typecheck.Info, mod *types.Module) (*ir.Theory, diag.List) {
	nothing := &types.Machine{Base: types.Base{In: mod}}
	b := newBuilder(info, &types.Model{Machine: nothing})
	b.theory = &ir.Theory{Module: mod.Name(), Types: b.t}
	b.root = &instance{machine: nothing}
	b.reserveNames()
	known := map[*types.Theorem]*ir.Theorem{}
	for _, obj := range mod.Order {
		if obj, ok := obj.(*types.Theorem); ok {
			known[obj] = b.theorem(obj, known)
			b.theory.Theorems = append(b.theory.Theorems, known[obj])
		}
	}
	list := b.diags.Sorted()
	if list.HasErrors() || len(known) == 0 {
		return nil, list
	}
	b.theory.Sorts, b.theory.Named, b.theory.Funcs = b.sys.Sorts, b.sys.Named, b.sys.Funcs
	return b.theory, list
}

// anySort returns the type of a sort of which nothing is known but its order,
// and perhaps an example of elements.
func (b *builder) anySort(obj *types.SortName) *ir.Type {
	s := &ir.Sort{Name: b.unique(obj.Name(), obj), Order: ir.Order(obj.Order), Span: obj.Span()}
	s.Elems = sortElems(s.Name, b.example)
	b.sys.Sorts = append(b.sys.Sorts, s)
	return b.t.SortOf(s)
}

var theoremKinds = map[ast.TheoremKind]ir.TheoremKind{ast.Axiom: ir.AxiomClaim, ast.Lemma: ir.LemmaClaim, ast.TheoremClaim: ir.TheoremClaim}

func (b *builder) theorem(obj *types.Theorem, known map[*types.Theorem]*ir.Theorem) *ir.Theorem {
	d := obj.Decl
	s := b.scope(b.top)
	t := &ir.Theorem{Name: obj.Name(), Kind: theoremKinds[d.Kind], Doc: d.Doc, Span: d.Claim.Span(), NameSpan: d.Name.Span()}
	var says ir.Expr // what the types of the parameters do
	for i, a := range obj.Args {
		t.Params = append(t.Params, s.bindObj(a, s.typ(a.Type())))
		says = b.both(says, s.refined(b.info.Written[d.Args[i].Type], ref(s.locals[a], a.Span())))
	}
	if t.Claim = s.condition(d.Claim); says != nil {
		t.Claim = apply(ir.Implies, b.t.Bool(), t.Span, says, t.Claim)
	}
	t.Proof = s.proof(d.Proof, known)
	return t
}

var methods = map[string]ir.ProofMethod{"computation": ir.ByComputation, "induction": ir.ByInduction, "cases": ir.ByCases,
	"resolution": ir.ByResolution, "smt": ir.BySolver}

func (s *scope) proof(d *ast.Proof, known map[*types.Theorem]*ir.Theorem) *ir.Proof {
	if d == nil {
		return nil
	}
	p := &ir.Proof{Span: d.Span()}
	if d.Method != nil {
		p.Method = methods[d.Method.Name]
	}
	if d.On != nil {
		p.On = s.expr(d.On, nil)
	}
	for _, id := range d.Using {
		if t, ok := s.b.info.Defs[id].(*types.Theorem); ok {
			p.Using = append(p.Using, known[t])
		}
	}
	for _, st := range d.Steps {
		p.Steps = append(p.Steps, s.proofStep(st, known))
	}
	return p
}

var stepKinds = map[ast.StepKind]ir.StepKind{ast.Have: ir.Have, ast.Suppose: ir.Suppose, ast.Obtain: ir.Obtain, ast.Conclude: ir.Conclude}

func (s *scope) proofStep(d *ast.ProofStep, known map[*types.Theorem]*ir.Theorem) *ir.ProofStep {
	st := &ir.ProofStep{Kind: stepKinds[d.Kind], Span: d.Span()}
	if d.Name != nil {
		st.Name = d.Name.Name
	}
	if d.Kind == ast.Obtain {
		st.From = s.expr(d.Binder.Domain, nil)
		st.Local = s.bind(d.Binder.Names[0], st.From.Type().Elem)
		st.Name = st.Local.Name
	}
	if d.Claim != nil {
		st.Claim = s.condition(d.Claim)
	}
	st.Proof = s.proof(d.Proof, known)
	return st
}
