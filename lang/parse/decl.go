package parse

import (
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// later are the words that begin a declaration of a later version.
var later = map[string]bool{"protocol": true, "workflow": true, "job": true, "taskset": true}

// loanWords are words of other languages with what they are here.
var loanWords = map[string]string{
	"function": "func", "def": "func", "fn": "func", "fun": "func", "pure": "func", "val": "const", "record": "struct", "class": "struct",
	"VARIABLE": "var", "VARIABLES": "var", "variable": "var", "variables": "var", "CONSTANT": "const", "CONSTANTS": "const",
	"constant": "const", "constants": "const", "EXTENDS": "import", "MODULE": "module", "ASSUME": "assume", "THEOREM": "theorem",
	"package": "module", "method": "proc", "procedure": "proc", "temporal": "property", "run": "scenario", "elif": "else if",
	"elsif": "else if", "when": "if", "switch": "match", "case": "match",
}

// topOnly are the words of declarations that only a module holds.
var topOnly = classOf(kModule, kImport, kMachine, kModel, kAxiom, kLemma, kTheorem)

// memberOnly are the words of declarations that only a machine holds.
var memberOnly = classOf(kVar, kInit, kAction, kProc, kProcess, kInvariant, kProperty, kCtl, kWitness, kScenario, kTerminal,
	kFair, kStrong, kUse, kSync, kRefines)

// file parses a whole file.
func (p *parser) file(f *ast.File) {
	for p.lines(); !p.at(lexer.EOF); p.lines() {
		before := p.lex.RawCursor()
		p.fileItem(f)
		if p.lex.RawCursor() == before {
			p.next()
		}
	}
}

func (p *parser) fileItem(f *ast.File) {
	switch {
	case p.at(kModule):
		p.moduleClause(f)
	case p.at(kImport):
		if i := p.importClause(); i != nil {
			f.Imports = append(f.Imports, i)
			if len(f.Decls) > 0 {
				p.report(misplaced(i.Loc, "move it above the declarations", "an import", "below a declaration"))
			}
		}
	case p.at(tRbrace):
		p.report(unopened(p.here(), "}"))
		p.next()
		return
	case memberOnly.has(p.declKind()) || p.declKind() == tIdent:
		p.strayMembers(f)
		return
	default:
		f.Decls = append(f.Decls, p.decl("declaration"))
	}
	p.declEnd()
}

// declEnd takes the end of a declaration. What stands before it is one fault,
// and reading goes on with the next line that begins a declaration.
func (p *parser) declEnd() {
	switch p.kind() {
	case tNewline, tRbrace, lexer.EOF:
		return
	}
	help := "begin a new line, or write `;`"
	if p.at(tLt) {
		help = "arguments of a type stand in square brackets: `set[T]`"
	}
	p.wanted("the end of the declaration", help)
	if !beginsDecl.has(p.kind()) {
		p.skipDecl()
	}
}

// declKind is the kind of the word that says what the next declaration is,
// after its modifiers; tIdent stands for step, -1 for no declaration.
func (p *parser) declKind() lexer.TokenType {
	mark := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(mark)
	for p.word("internal") || p.word("refuse") || p.at(kFair) || p.at(kStrong) {
		p.next()
	}
	switch k := p.kind(); {
	case beginsDecl.has(k) || k == kVar:
		return k
	case p.word("any") && p.previous() != nil && p.previous().Type == kFair:
		return kFair
	case p.word("step") && p.second().Type == tIdent:
		return tIdent
	}
	return lexer.EOF
}

func (p *parser) moduleClause(f *ast.File) {
	at := p.here()
	p.next()
	name := p.ident("the name of the module")
	if f.Module != nil {
		p.report(misplaced(at, "begin another file: one file is one module", "a second module", "in a file"))
		return
	}
	if len(f.Decls)+len(f.Imports) > 0 {
		p.report(misplaced(at, "move it to the top of the file", "the module clause", "below a declaration"))
	}
	f.Module = name
}

func (p *parser) importClause() *ast.Import {
	lo := p.start()
	p.next()
	i := &ast.Import{}
	if t := p.peek(); p.accept(tString) {
		i.Path, _ = strconv.Unquote(t.Value) // the scanner has checked it
	} else {
		p.wanted("the path of a module, in quotes", "write `import \"std/x\" as y`")
		p.skipLine()
		return nil
	}
	if p.acceptWord("as") {
		i.As = p.ident("a name after as")
	}
	i.At = p.from(lo)
	return i
}

// strayMembers parses members of a machine that stand outside of one: with a
// brace too many above them, or with no machine at all. They are one fault.
func (p *parser) strayMembers(f *ast.File) {
	d := misplaced(p.here(), "put it between the braces of a `machine Name { ... }`", p.found(), "outside a machine")
	var m *ast.Machine
	if n := len(f.Decls); n > 0 {
		m, _ = f.Decls[n-1].(*ast.Machine)
	}
	if m != nil && headAfter(f, m.Loc.Hi) {
		m = nil // what stands between belongs to no machine
	}
	if m != nil {
		d.Help = "remove the `}` that closes machine " + m.Name.Name + " too early"
		hi := m.Loc.Hi
		d.Related = append(d.Related, related(source.Span{File: m.Loc.File, Lo: hi - 1, Hi: hi}, "machine "+m.Name.Name+" is closed here"))
	}
	p.report(d)
	for p.lines(); !p.at(lexer.EOF) && !topOnly.has(p.kind()); p.lines() {
		before := p.lex.RawCursor()
		if p.accept(tRbrace) {
			return
		}
		decl := p.decl("member")
		p.declEnd()
		if m != nil {
			m.Members = append(m.Members, decl)
			m.At = p.from(m.Loc.Lo)
		}
		if p.lex.RawCursor() == before {
			return
		}
	}
}

// headAfter reports whether the module clause or an import stands after an
// offset, where it should not be.
func headAfter(f *ast.File, off int) bool {
	if f.Module != nil && f.Module.Loc.Lo >= off {
		return true
	}
	n := len(f.Imports)
	return n > 0 && f.Imports[n-1].Loc.Lo >= off
}

// members parses the body of a machine.
func (p *parser) members() (ds []ast.Decl) {
	if !p.at(tLbrace) {
		p.wanted(`"{"`, "write `machine Name { ... }`")
		p.skipBody()
		return nil
	}
	open := p.next()
	for p.lines(); !p.at(tRbrace) && !p.at(lexer.EOF) && !topOnly.has(p.kind()); p.lines() {
		before := p.lex.RawCursor()
		ds = append(ds, p.decl("member of a machine"))
		p.declEnd()
		if p.lex.RawCursor() == before {
			p.next()
		}
	}
	p.shut(tRbrace, open)
	return ds
}

// decl parses one declaration.
func (p *parser) decl(what string) ast.Decl {
	switch p.declKind() {
	case kSort:
		return build[sortDecl](p)
	case kEnum:
		return build[enumDecl](p)
	case kStruct:
		return build[structDecl](p)
	case kType:
		return build[typeDecl](p)
	case kConst:
		return build[constDecl](p)
	case kAssume:
		return build[assumeDecl](p)
	case kExtern, kFunc:
		return build[funcDecl](p)
	case kAxiom, kLemma, kTheorem:
		return build[theoremDecl](p)
	case kMachine:
		return build[machineDecl](p)
	case kModel:
		return build[modelDecl](p)
	case kVar:
		return build[varDecl](p)
	case kInit:
		return build[initDecl](p)
	case kAction:
		return build[actionDecl](p)
	case kProc:
		return build[procDecl](p)
	case kFair:
		return build[fairAnyDecl](p)
	case kProcess:
		return build[processDecl](p)
	case kTerminal:
		return build[terminalDecl](p)
	case kInvariant, kProperty, kCtl, kWitness, tIdent:
		return build[propertyDecl](p)
	case kScenario:
		return build[scenarioDecl](p)
	case kUse:
		return build[useDecl](p)
	case kSync:
		return build[syncDecl](p)
	case kRefines:
		return build[refinesDecl](p)
	}
	return p.badDecl(what)
}

// badDecl reports what begins no declaration and goes over it.
func (p *parser) badDecl(what string) ast.Decl {
	lo := p.start()
	t := p.peek()
	switch loan := loanWords[t.Value]; {
	case t.Type == tIdent && later[t.Value] && p.second().Type == tIdent:
		p.report(laterVersion(p.here(), t.Value))
	case t.Type == tIdent && loan != "":
		p.report(foreignSpelling(p.here(), t.Value, loan))
	default:
		p.wanted("a "+what, p.declHelp())
	}
	p.next()
	p.skipDecl()
	return &ast.BadDecl{At: p.from(lo)}
}

// declHelp says what to write where something begins no declaration.
func (p *parser) declHelp() string {
	t := p.peek()
	if t.Type == kFair || t.Type == kStrong || p.word("internal") || p.word("refuse") {
		return "write `fair action`, `strong fair action`, `fair process`, `fair any action`, `internal action`, `internal use` or `refuse scenario`"
	}
	if t.Type == tIdent && p.second().Type == tAssign {
		return "a variable is declared with `var " + t.Value + " T = e` and changed in an action"
	}
	if strings.HasPrefix(t.Value, "---") || t.Type == tMinus {
		return "comments begin with `//`"
	}
	return ""
}
