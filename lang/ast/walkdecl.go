package ast

func (w walker) decl(d Decl) {
	switch d := d.(type) {
	case *Sort:
		w.ident(d.Name)
	case *Enum:
		w.ident(d.Name)
		w.typeParams(d.Params)
		parts(w, d.Variants)
	case *Struct:
		w.ident(d.Name)
		w.typeParams(d.Params)
		parts(w, d.Fields)
	case *TypeDecl:
		w.ident(d.Name)
		w.typeParams(d.Params)
		w.node(d.Type)
	case *Const:
		w.ident(d.Name)
		w.node(d.Type)
		w.node(d.Value)
	case *Assume:
		w.node(d.Cond)
	case *Func:
		w.fn(d)
	case *Machine:
		w.ident(d.Name)
		parts(w, d.Params)
		nodes(w, d.Members)
	case *Model:
		w.ident(d.Name)
		w.node(d.Machine)
		w.typeArgs(d.Args)
		nodes(w, d.Items)
	case *Var:
		w.ident(d.Name)
		w.node(d.Type)
		w.node(d.Value)
		w.node(d.In)
	case *Init:
		w.block(d.Body)
	case *Action:
		w.ident(d.Name)
		parts(w, d.Params)
		w.node(d.Guard)
		parts(w, d.Effects)
		w.block(d.Body)
	case *Proc:
		w.ident(d.Name)
		parts(w, d.Args)
		parts(w, d.Effects)
		w.block(d.Body)
	case *FairAny:
		w.node(d.Action)
	case *Process:
		w.ident(d.Name)
		if d.Param != nil {
			w.node(d.Param)
		}
		w.block(d.Body)
	case *Terminal:
		w.node(d.Cond)
	case *Property:
		w.ident(d.Name)
		w.idents(d.Using)
		w.node(d.Formula)
	case *Theorem:
		w.ident(d.Name)
		parts(w, d.Args)
		w.node(d.Claim)
		w.proof(d.Proof)
	case *Scenario:
		w.ident(d.Name)
		nodes(w, d.Steps)
	case *Use:
		w.node(d.Machine)
		w.typeArgs(d.Args)
		w.ident(d.As)
	case *Sync:
		w.ident(d.Name)
		nodes(w, d.Actions)
	case *Refines:
		w.node(d.Machine)
		w.typeArgs(d.Args)
		parts(w, d.Mapping)
	}
}

func (w walker) fn(d *Func) {
	w.ident(d.Name)
	w.typeParams(d.Params)
	parts(w, d.Args)
	w.node(d.Result)
	w.ordered(func(w walker) {
		nodes(w, d.Requires)
		nodes(w, d.Ensures)
		w.node(d.Decreases)
		parts(w, d.Effects)
	})
	w.node(d.Value)
	w.block(d.Body)
}

func (w walker) proof(p *Proof) {
	if p != nil {
		w.node(p)
	}
}
