package print

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// body writes statements, whose locals end with them.
func (p *printer) body(body []ir.Stmt) {
	p.scoped(func() { p.stmts(body) })
}

func (p *printer) stmts(body []ir.Stmt) {
	for _, s := range body {
		p.stmt(s)
	}
}

func (p *printer) stmt(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.Assign:
		p.line(p.target(s.Target), " = ", p.closed(s.Value, s.Target.Type()))
	case *ir.Declare:
		word, typ := "let ", ""
		if s.Mutable {
			word = "var "
		}
		value := p.closed(s.Value, s.Local.Type)
		if p.exact {
			typ = " " + p.typ(s.Local.Type)
		}
		p.line(word, p.bind(s.Local), typ, " = ", value)
	case *ir.IfStmt:
		p.ifStmt("if ", s)
	case *ir.ForStmt:
		p.scoped(func() {
			domain := p.operand(s.Domain, nil, anyLevel)
			p.block("for "+p.bind(s.Local)+" in "+domain+" {", func() { p.stmts(s.Body) }, "}")
		})
	case *ir.WhileStmt:
		p.while(s)
	case *ir.EitherStmt:
		p.either(s)
	case *ir.PickStmt:
		domain := p.operand(s.Domain, nil, anyLevel)
		text := "pick " + p.bind(s.Local) + " in " + domain
		if s.Where != nil {
			text += " where " + p.closed(s.Where, s.Where.Type())
		}
		p.line(text)
	case *ir.AssertStmt:
		p.line("assert ", p.closed(s.Cond, s.Cond.Type()))
	case *ir.AwaitStmt:
		if p.inInit { // where the language has no await
			p.line("pick ", p.bind(&ir.Local{Name: "ok"}), " in {true} where ", p.closed(s.Cond, s.Cond.Type()))
			return
		}
		p.line("await ", p.closed(s.Cond, s.Cond.Type()))
	case *ir.ReturnStmt:
		p.line("return ", p.closed(s.Value, s.Value.Type()))
	}
}

func (p *printer) ifStmt(word string, s *ir.IfStmt) {
	p.line(word, p.closed(s.Cond, s.Cond.Type()), " {")
	p.indented(func() { p.body(s.Then) })
	p.rest(s)
}

// rest writes the end of an if: `} else if c {` where the other branch is one
// if.
func (p *printer) rest(s *ir.IfStmt) {
	if len(s.Else) == 0 {
		p.line("}")
		return
	}
	if next, ok := s.Else[0].(*ir.IfStmt); ok && len(s.Else) == 1 {
		p.ifStmt("} else if ", next)
		return
	}
	p.line("} else {")
	p.indented(func() { p.body(s.Else) })
	p.line("}")
}

func (p *printer) indented(f func()) {
	p.indent++
	f()
	p.indent--
}

func (p *printer) while(s *ir.WhileStmt) {
	p.line("while ", p.closed(s.Cond, s.Cond.Type()))
	p.indented(func() {
		for _, c := range s.Invariants {
			p.line("invariant ", p.closed(c, c.Type()))
		}
		if s.Decreases != nil {
			p.line("decreases ", p.closed(s.Decreases, nil))
		}
	})
	p.block("{", func() { p.body(s.Body) }, "}")
}

func (p *printer) either(s *ir.EitherStmt) {
	for i, b := range s.Branches {
		if i == 0 {
			p.line("either {")
		} else {
			p.line("} or {")
		}
		p.indented(func() { p.body(b) })
	}
	if len(s.Branches) == 1 { // the language wants two: the other one blocks
		p.line("} or {")
		p.indented(func() { p.line("await false") })
	}
	p.line("}")
}

func (p *printer) target(t ir.Target) string {
	var text strings.Builder
	if t.Var != nil {
		text.WriteString(p.names.of(t.Var, t.Var.Name))
	} else {
		text.WriteString(p.names.of(t.Local, t.Local.Name))
	}
	typ := t.Root()
	for _, a := range t.Path {
		if a.Index == nil {
			text.WriteString("." + typ.Fields[a.Field].Name)
			typ = typ.Fields[a.Field].Type
			continue
		}
		text.WriteString("[" + p.closed(a.Index, keyType(typ, a.Index)) + "]")
		typ = typ.Elem
	}
	return text.String()
}
