package parse

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// The grammar of declarations, in participle's notation. Words stand in the
// tags; everything that can be wrong is a slot. A slot always matches, so that
// the grammar never gives up: it takes what is there or an empty stand-in, and
// keeps the faults that it found.
type (
	sortDecl struct {
		Name  nameSlot `parser:"'sort' @@"`
		Order string   `parser:"@('ordered' | 'ring')?"`
	}
	enumDecl struct {
		Name     nameSlot       `parser:"'enum' @@"`
		Params   typeParamsSlot `parser:"@@"`
		Variants variantsSlot   `parser:"@@"`
	}
	structDecl struct {
		Name   nameSlot         `parser:"'struct' @@"`
		Params typeParamsSlot   `parser:"@@"`
		Fields structFieldsSlot `parser:"@@"`
	}
	typeDecl struct {
		Name   nameSlot       `parser:"'type' @@"`
		Params typeParamsSlot `parser:"@@"`
		Eq     eqSlot         `parser:"@@"`
		Type   typeSlot       `parser:"@@"`
	}
	constDecl struct {
		Name  nameSlot    `parser:"'const' @@"`
		Type  optTypeSlot `parser:"@@"`
		Value valueSlot   `parser:"@@"`
	}
	assumeDecl struct {
		Cond exprSlot `parser:"'assume' @@"`
	}
	funcDecl struct {
		Extern  bool           `parser:"@'extern'?"`
		Name    nameSlot       `parser:"'func' @@"`
		Params  typeParamsSlot `parser:"@@"`
		Args    argsSlot       `parser:"@@"`
		Result  typeSlot       `parser:"@@"`
		Clauses clausesSlot    `parser:"@@"`
		Body    funcBodySlot   `parser:"@@"`
	}
	theoremDecl struct {
		Kind  string      `parser:"@('axiom' | 'lemma' | 'theorem')"`
		Name  nameSlot    `parser:"@@"`
		Args  argsSlot    `parser:"@@"`
		Claim formulaSlot `parser:"@@"`
		Proof proofSlot   `parser:"@@"`
	}
	machineDecl struct {
		Name    nameSlot          `parser:"'machine' @@"`
		Params  machineParamsSlot `parser:"@@"`
		Members membersSlot       `parser:"@@"`
	}
	modelDecl struct {
		Name    nameSlot     `parser:"'model' @@"`
		Of      ofSlot       `parser:"@@"`
		Machine pathSlot     `parser:"@@"`
		Args    typeArgsSlot `parser:"@@"`
		Items   itemsSlot    `parser:"@@"`
	}
	varDecl struct {
		Name  nameSlot    `parser:"'var' @@"`
		Type  optTypeSlot `parser:"@@"`
		In    exprSlot    `parser:"( 'in' @@ )?"`
		Value valueSlot   `parser:"@@"`
	}
	initDecl struct {
		Body blockSlot `parser:"'init' @@"`
	}
	actionDecl struct {
		Internal bool        `parser:"@'internal'?"`
		Strong   bool        `parser:"@'strong'?"`
		Fair     bool        `parser:"@'fair'?"`
		Name     nameSlot    `parser:"'action' @@"`
		Params   paramsSlot  `parser:"@@"`
		Guard    exprSlot    `parser:"('when' @@)?"`
		Clauses  clausesSlot `parser:"@@"`
		Body     blockSlot   `parser:"@@"`
	}
	procDecl struct {
		Name    nameSlot    `parser:"'proc' @@"`
		Args    argsSlot    `parser:"@@"`
		Clauses clausesSlot `parser:"@@"`
		Body    blockSlot   `parser:"@@"`
	}
	fairAnyDecl struct {
		Strong bool          `parser:"@'strong'? 'fair' 'any'"`
		Action anyActionSlot `parser:"'action' @@"`
	}
	processDecl struct {
		Strong bool      `parser:"@'strong'?"`
		Fair   bool      `parser:"@'fair'?"`
		Name   nameSlot  `parser:"'process' @@"`
		Param  argsSlot  `parser:"@@"`
		Body   blockSlot `parser:"@@"`
	}
	terminalDecl struct {
		When whenSlot `parser:"'terminal' @@"`
		Cond exprSlot `parser:"@@"`
	}
	propertyDecl struct {
		Kind    string       `parser:"@('invariant' | 'step' | 'property' | 'ctl' | 'witness')"`
		Name    propNameSlot `parser:"@@"`
		Induct  bool         `parser:"@'inductive'?"`
		Using   namesSlot    `parser:"('using' @@)?"`
		Formula formulaSlot  `parser:"@@"`
	}
	scenarioDecl struct {
		Refuse bool      `parser:"@'refuse'?"`
		Name   nameSlot  `parser:"'scenario' @@"`
		Steps  storySlot `parser:"@@"`
	}
	useDecl struct {
		Internal bool         `parser:"@'internal'?"`
		Machine  pathSlot     `parser:"'use' @@"`
		Args     typeArgsSlot `parser:"@@"`
		As       asSlot       `parser:"@@"`
	}
	syncDecl struct {
		Parts syncSlot `parser:"'sync' @@"`
	}
	refinesDecl struct {
		Machine pathSlot     `parser:"'refines' @@"`
		Args    typeArgsSlot `parser:"@@"`
		Mapping mappingSlot  `parser:"@@"`
	}
)

// declarations is every declaration; the grammar is built from it.
type declarations struct {
	Sort     *sortDecl     `parser:"  @@"`
	Enum     *enumDecl     `parser:"| @@"`
	Struct   *structDecl   `parser:"| @@"`
	Type     *typeDecl     `parser:"| @@"`
	Const    *constDecl    `parser:"| @@"`
	Assume   *assumeDecl   `parser:"| @@"`
	Func     *funcDecl     `parser:"| @@"`
	Theorem  *theoremDecl  `parser:"| @@"`
	Machine  *machineDecl  `parser:"| @@"`
	Model    *modelDecl    `parser:"| @@"`
	Var      *varDecl      `parser:"| @@"`
	Init     *initDecl     `parser:"| @@"`
	Action   *actionDecl   `parser:"| @@"`
	Proc     *procDecl     `parser:"| @@"`
	FairAny  *fairAnyDecl  `parser:"| @@"`
	Process  *processDecl  `parser:"| @@"`
	Terminal *terminalDecl `parser:"| @@"`
	Property *propertyDecl `parser:"| @@"`
	Scenario *scenarioDecl `parser:"| @@"`
	Use      *useDecl      `parser:"| @@"`
	Sync     *syncDecl     `parser:"| @@"`
	Refines  *refinesDecl  `parser:"| @@"`
}

// grammar is the participle grammar, built when it is first needed. It holds
// no state of a parse.
var grammar = sync.OnceValue(func() *participle.Parser[declarations] {
	return participle.MustBuild[declarations](participle.Lexer(language{}), participle.UseLookahead(4))
})

// A production turns what the grammar found into a node at a place.
type production interface {
	node(p *parser, at ast.At, doc string) ast.Decl
}

// build parses the declaration D, whose first word has been seen.
func build[D any, P interface {
	*D
	production
}](p *parser) ast.Decl {
	lo, doc := p.start(), p.doc()
	g, err := participle.ParserForProduction[D](grammar())
	var d *D
	if err == nil {
		d, err = g.ParseFromLexer(p.lex, participle.AllowTrailing(true))
	}
	if err != nil || d == nil {
		p.wanted("a declaration", p.declHelp())
		p.next()
		p.skipLine()
		return &ast.BadDecl{At: p.from(lo)}
	}
	return P(d).node(p, p.from(lo), doc)
}

// A rule is a part of the grammar that is parsed by hand.
type rule[T any] interface{ parse(*parser) T }

// A slot is the place of a hand-written rule within the grammar: what it
// parsed and the faults that it found.
type slot[T any, R rule[T]] struct {
	val    T
	faults []report
}

// Parse is participle's hook.
func (s *slot[T, R]) Parse(lex *lexer.PeekingLexer) error {
	p := &parser{lex: lex}
	var r R
	s.val = r.parse(p)
	s.faults = p.faults
	return nil
}

// take returns what a slot holds and keeps its faults.
func take[T any, R rule[T]](p *parser, s slot[T, R]) T {
	for _, f := range s.faults {
		p.keep(f)
	}
	return s.val
}
