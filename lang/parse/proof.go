package parse

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// proof parses `by ...` or steps between braces, if either is there. The word
// may stand on the next line.
func (p *parser) proof() *ast.Proof {
	if t := p.second(); p.at(tNewline) && t.Type == tIdent && t.Value == "by" {
		p.next()
	}
	lo := p.start()
	pr := &ast.Proof{}
	switch {
	case p.acceptWord("by"):
		p.method(pr)
	case p.at(tLbrace):
		if !p.deeper(func() { p.stepsInto(pr) }) {
			return &ast.Proof{At: p.nowhere()}
		}
	default:
		return nil
	}
	pr.At = p.from(lo)
	return pr
}

func (p *parser) stepsInto(pr *ast.Proof) {
	open := p.next()
	p.plain(func() { pr.Steps = p.proofSteps() })
	p.shut(tRbrace, open)
}

func (p *parser) method(pr *ast.Proof) {
	pr.Method = p.ident("a method of proof")
	if p.acceptWord("on") {
		pr.On = p.expr()
	}
	if p.acceptWord("using") {
		pr.Using = namesRule{}.parse(p)
	}
}

func (p *parser) proofSteps() (steps []*ast.ProofStep) {
	for p.lines(); !p.at(tRbrace) && !p.at(lexer.EOF) && (!beginsDecl.has(p.kind()) || p.at(kAssume)); p.lines() {
		before := p.lex.RawCursor()
		steps = append(steps, p.proofStep())
		if p.lex.RawCursor() == before {
			p.next()
		}
	}
	return steps
}

func (p *parser) proofStep() *ast.ProofStep {
	lo := p.start()
	s := &ast.ProofStep{}
	switch {
	case p.acceptWord("have"):
		s.Kind, s.Name, s.Claim = ast.Have, p.ident("a name"), formulaRule{}.parse(p)
		s.Proof = p.neededProof()
	case p.accept(kAssume):
		s.Kind, s.Name, s.Claim = ast.Suppose, p.ident("a name"), formulaRule{}.parse(p)
	case p.acceptWord("obtain"):
		s.Kind = ast.Obtain
		p.obtained(s)
	case p.word("by"):
		s.Kind, s.Proof = ast.Conclude, p.proof()
	default:
		p.wanted("a step of the proof", "write have, assume, obtain, or last `by ...`")
		p.skipLine()
		s.Kind, s.Proof = ast.Conclude, &ast.Proof{At: p.nowhere()}
	}
	s.At = p.from(lo)
	return s
}

// obtained parses what follows the word obtain.
func (p *parser) obtained(s *ast.ProofStep) {
	b := p.binder()
	s.Binder = &b
	if p.need(kWhere, "say what is known of it: `obtain x in S where P by ...`") {
		s.Claim = p.expr()
	} else {
		s.Claim = &ast.BadExpr{At: p.nowhere()}
	}
	s.Proof = p.neededProof()
}

// neededProof parses a proof that has to be there.
func (p *parser) neededProof() *ast.Proof {
	if pr := p.proof(); pr != nil {
		return pr
	}
	p.wanted("`by` or `{`", "say why: `by computation`, or steps between braces")
	return &ast.Proof{At: p.nowhere()}
}
