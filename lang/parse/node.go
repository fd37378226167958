package parse

import "github.com/spec-lang/spec/lang/ast"

func (d *sortDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	s := &ast.Sort{At: at, Doc: doc, Name: take(p, d.Name)}
	switch d.Order {
	case "ordered":
		s.Order = ast.Ordered
	case "ring":
		s.Order = ast.Ring
	}
	return s
}

func (d *enumDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Enum{At: at, Doc: doc, Name: take(p, d.Name), Params: take(p, d.Params), Variants: take(p, d.Variants)}
}

func (d *structDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Struct{At: at, Doc: doc, Name: take(p, d.Name), Params: take(p, d.Params), Fields: take(p, d.Fields)}
}

func (d *typeDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	t := &ast.TypeDecl{At: at, Doc: doc, Name: take(p, d.Name), Params: take(p, d.Params)}
	take(p, d.Eq)
	t.Type = take(p, d.Type)
	return t
}

func (d *constDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Const{At: at, Doc: doc, Name: take(p, d.Name), Type: take(p, d.Type), Value: take(p, d.Value)}
}

func (d *assumeDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Assume{At: at, Doc: doc, Cond: take(p, d.Cond)}
}

func (d *funcDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	f := &ast.Func{At: at, Doc: doc, Extern: d.Extern, Name: take(p, d.Name), Params: take(p, d.Params), Args: take(p, d.Args),
		Result: take(p, d.Result)}
	c := take(p, d.Clauses)
	f.Requires, f.Ensures, f.Decreases, f.Effects = c.requires, c.ensures, c.decreases, c.effects
	body := take(p, d.Body)
	f.Value, f.Body = body.value, body.block
	if !f.Extern && f.Body == nil && f.Value == nil {
		p.wanted("a body", "write `= e` or `{ return e }`, or `extern func` if it is implemented in Go")
	}
	return f
}

func (d *machineDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Machine{At: at, Doc: doc, Name: take(p, d.Name), Params: take(p, d.Params), Members: take(p, d.Members)}
}

func (d *modelDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	m := &ast.Model{At: at, Doc: doc, Name: take(p, d.Name)}
	take(p, d.Of)
	m.Machine, m.Args, m.Items = take(p, d.Machine), take(p, d.Args), take(p, d.Items)
	return m
}

func (d *varDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Var{At: at, Doc: doc, Name: take(p, d.Name), Type: take(p, d.Type), In: take(p, d.In), Value: take(p, d.Value)}
}

func (d *initDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Init{At: at, Doc: doc, Body: take(p, d.Body)}
}

func (d *actionDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	a := &ast.Action{At: at, Doc: doc, Internal: d.Internal, Fair: fairness(d.Fair, d.Strong), Name: take(p, d.Name),
		Params: take(p, d.Params), Guard: take(p, d.Guard)}
	c := take(p, d.Clauses)
	p.noContract(c)
	a.Effects, a.Body = c.effects, take(p, d.Body)
	return a
}

func (d *procDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	a := &ast.Proc{At: at, Doc: doc, Name: take(p, d.Name), Args: take(p, d.Args)}
	c := take(p, d.Clauses)
	p.noContract(c)
	a.Effects, a.Body = c.effects, take(p, d.Body)
	return a
}

// noContract reports clauses that only functions have.
func (p *parser) noContract(c clauses) {
	for _, x := range append(append([]ast.Expr{c.decreases}, c.requires...), c.ensures...) {
		if x != nil {
			p.report(misplaced(x.Span(), "write a guard, `when P`, or `assert P` in the body", "a contract", "here: only functions have one"))
			return
		}
	}
}

func fairness(fair, strong bool) ast.Fairness {
	switch {
	case strong:
		return ast.StrongFair
	case fair:
		return ast.WeakFair
	}
	return ast.Unfair
}

func (d *fairAnyDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.FairAny{At: at, Doc: doc, Fair: fairness(true, d.Strong), Action: take(p, d.Action)}
}

func (d *processDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	pr := &ast.Process{At: at, Doc: doc, Fair: fairness(d.Fair, d.Strong), Name: take(p, d.Name)}
	params := take(p, d.Param)
	if len(params) > 0 {
		pr.Param = &params[0]
	}
	if len(params) > 1 {
		p.report(unexpected(params[1].Loc, "one parameter", "two", "a process has one: who it is; for two, range over a tuple"))
	}
	pr.Body = take(p, d.Body)
	return pr
}

func (d *terminalDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	take(p, d.When)
	return &ast.Terminal{At: at, Doc: doc, Cond: take(p, d.Cond)}
}

func (d *propertyDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	kinds := map[string]ast.PropertyKind{"invariant": ast.InvariantProp, "step": ast.StepProp, "property": ast.TemporalProp,
		"ctl": ast.CTLProp, "witness": ast.WitnessProp}
	return &ast.Property{At: at, Doc: doc, Kind: kinds[d.Kind], Name: take(p, d.Name), Induct: d.Induct, Using: take(p, d.Using),
		Formula: take(p, d.Formula)}
}

func (d *theoremDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	kinds := map[string]ast.TheoremKind{"axiom": ast.Axiom, "lemma": ast.Lemma, "theorem": ast.TheoremClaim}
	return &ast.Theorem{At: at, Doc: doc, Kind: kinds[d.Kind], Name: take(p, d.Name), Args: take(p, d.Args), Claim: take(p, d.Claim),
		Proof: take(p, d.Proof)}
}

func (d *scenarioDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Scenario{At: at, Doc: doc, Refuse: d.Refuse, Name: take(p, d.Name), Steps: take(p, d.Steps)}
}

func (d *useDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Use{At: at, Doc: doc, Internal: d.Internal, Machine: take(p, d.Machine), Args: take(p, d.Args), As: take(p, d.As)}
}

func (d *syncDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	s := take(p, d.Parts)
	return &ast.Sync{At: at, Doc: doc, Name: s.name, Actions: s.actions}
}

func (d *refinesDecl) node(p *parser, at ast.At, doc string) ast.Decl {
	return &ast.Refines{At: at, Doc: doc, Machine: take(p, d.Machine), Args: take(p, d.Args), Mapping: take(p, d.Mapping)}
}
