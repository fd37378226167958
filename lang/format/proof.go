package format

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

func (p *printer) theorem(d *ast.Theorem) doc {
	head := concat(text(d.Kind.String()+" "+d.Name.Name), p.args(d.Args, d.Name.Loc.Hi, false), text(":"))
	claim := p.below(head, d.Claim)
	switch {
	case d.Proof == nil:
		return claim
	case d.Proof.Method == nil:
		return concat(claim, text(" "), p.proof(d.Proof))
	}
	return concat(claim, indent(p.gap(hard, d.Proof.Loc.Lo), p.proof(d.Proof)))
}

func (p *printer) proof(pr *ast.Proof) doc {
	if pr.Method == nil {
		var items []item
		for _, s := range pr.Steps {
			items = append(items, item{s.Loc.Lo, s.Loc.Hi, func() doc { return p.proofStep(s) }})
		}
		return p.spread(pr.Loc.Lo, pr.Loc.Hi, items, "")
	}
	d := text("by " + pr.Method.Name)
	if pr.On != nil {
		d = concat(d, text(" on "), p.expr(pr.On))
	}
	if len(pr.Using) > 0 {
		var names []string
		for _, n := range pr.Using {
			names = append(names, n.Name)
		}
		d = concat(d, text(" using "+strings.Join(names, ", ")))
	}
	return d
}

func (p *printer) proofStep(s *ast.ProofStep) doc {
	switch s.Kind {
	case ast.Have:
		return p.proved(p.below(text("have "+s.Name.Name+":"), s.Claim), s.Proof)
	case ast.Suppose:
		return p.below(text("assume "+s.Name.Name+":"), s.Claim)
	case ast.Obtain:
		head := concat(text("obtain "+s.Binder.Names[0].Name+" in "), p.expr(s.Binder.Domain), text(" "))
		return p.proved(concat(head, p.word("where", s.Claim)), s.Proof)
	}
	return p.proof(s.Proof)
}

// proved lays out a claim with its proof behind it, or below it.
func (p *printer) proved(claim doc, pr *ast.Proof) doc {
	if pr.Method == nil {
		return concat(claim, text(" "), p.proof(pr))
	}
	return group(claim, indent(p.gap(line, pr.Loc.Lo), p.proof(pr)))
}
