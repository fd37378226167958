package parse

import "github.com/alecthomas/participle/v2/lexer"

// Kinds of token. Every operator and reserved word has a kind of its own.
const (
	tBad      lexer.TokenType = iota + 1 // text that was refused, and reported, by the scanner
	tNewline                             // end of a line that ends a statement, or `;`
	tDoc                                 // a /// comment, elided
	tIdent                               // a name
	tInt                                 // 12, 0x1f, 1_000
	tDuration                            // 10ms
	tString                              // "text" or `text`

	tLparen
	tRparen
	tLbrack
	tRbrack
	tLbrace
	tRbrace
	tComma
	tColon
	tDot
	tAt
	tAssign // =
	tAddSet
	tSubSet
	tUnionSet
	tInterSet
	tConcatSet

	tIff
	tImplies
	tLeadsTo
	tOr
	tAnd
	tEq
	tNe
	tLt
	tLe
	tGt
	tGe
	tRange
	tPlus
	tMinus
	tPipe
	tConcat
	tStar
	tSlash
	tPercent
	tAmp
	tBang

	kModule
	kImport
	kSort
	kEnum
	kStruct
	kType
	kConst
	kAssume
	kFunc
	kExtern
	kAxiom
	kLemma
	kTheorem
	kMachine
	kProcess
	kModel
	kVar
	kInit
	kAction
	kProc
	kInvariant
	kProperty
	kCtl
	kWitness
	kScenario
	kTerminal
	kWhen
	kIf
	kThen
	kElse
	kLet
	kMatch
	kFor
	kIn
	kNot
	kWhile
	kEither
	kOr
	kPick
	kWhere
	kForall
	kExists
	kTrue
	kFalse
	kOld
	kReturn
	kAssert
	kAwait
	kSkip
	kLoop
	kGoto
	kFair
	kStrong
	kUse
	kSync
	kRefines
	kWith
	kChoose
	kAlways
	kEventually
	kNext
	kPrev
	kUntil
	kUnless
	kRelease
	kWithin
	kEnabled
	kTaken
	kValues
	kSubset
	kLinear
	kAG
	kAF
	kAX
	kEG
	kEF
	kEX

	kinds // how many kinds there are
)

// spelling is how each kind is written, or what it is called.
var spelling = [kinds]string{
	tBad: "Bad", tNewline: "Newline", tDoc: "Doc", tIdent: "Ident", tInt: "Int", tDuration: "Duration", tString: "String",
	tLparen: "(", tRparen: ")", tLbrack: "[", tRbrack: "]", tLbrace: "{", tRbrace: "}", tComma: ",", tColon: ":", tDot: ".", tAt: "@",
	tAssign: "=", tAddSet: "+=", tSubSet: "-=", tUnionSet: "|=", tInterSet: "&=", tConcatSet: "++=",
	tIff: "<=>", tImplies: "=>", tLeadsTo: "~>", tOr: "||", tAnd: "&&", tEq: "==", tNe: "!=", tLt: "<", tLe: "<=", tGt: ">", tGe: ">=",
	tRange: "..", tPlus: "+", tMinus: "-", tPipe: "|", tConcat: "++", tStar: "*", tSlash: "/", tPercent: "%", tAmp: "&", tBang: "!",
	kModule: "module", kImport: "import", kSort: "sort", kEnum: "enum", kStruct: "struct", kType: "type", kConst: "const",
	kAssume: "assume", kFunc: "func", kExtern: "extern", kAxiom: "axiom", kLemma: "lemma", kTheorem: "theorem", kMachine: "machine", kProcess: "process", kModel: "model", kVar: "var",
	kInit: "init", kAction: "action", kProc: "proc", kInvariant: "invariant", kProperty: "property", kCtl: "ctl",
	kWitness: "witness", kScenario: "scenario", kTerminal: "terminal", kWhen: "when", kIf: "if", kThen: "then", kElse: "else",
	kLet: "let", kMatch: "match", kFor: "for", kIn: "in", kNot: "not", kWhile: "while", kEither: "either", kOr: "or", kPick: "pick",
	kWhere: "where", kForall: "forall", kExists: "exists", kTrue: "true", kFalse: "false", kOld: "old", kReturn: "return",
	kAssert: "assert", kAwait: "await", kSkip: "skip", kLoop: "loop", kGoto: "goto", kFair: "fair", kStrong: "strong", kUse: "use",
	kSync: "sync", kRefines: "refines", kWith: "with", kChoose: "choose", kAlways: "always", kEventually: "eventually",
	kNext: "next", kPrev: "prev", kUntil: "until", kUnless: "unless", kRelease: "release", kWithin: "within", kEnabled: "enabled",
	kTaken: "taken", kValues: "values", kSubset: "subset", kLinear: "linear",
	kAG: "AG", kAF: "AF", kAX: "AX", kEG: "EG", kEF: "EF", kEX: "EX",
}

// keywords are the reserved words with their kinds.
var keywords = func() map[string]lexer.TokenType {
	m := map[string]lexer.TokenType{}
	for k := kModule; k < kinds; k++ {
		m[spelling[k]] = k
	}
	return m
}()

// Reserved returns the words that cannot be names, in the order of the
// reference.
func Reserved() []string { return append([]string(nil), spelling[kModule:]...) }

// A class is a set of kinds.
type class [kinds]bool

func classOf(ks ...lexer.TokenType) class {
	var c class
	for _, k := range ks {
		c[k] = true
	}
	return c
}

func (c *class) has(k lexer.TokenType) bool { return k >= 0 && c[k] }

var (
	// joinsNext are the kinds after which a line goes on.
	joinsNext = classOf(tNewline, tLparen, tLbrack, tLbrace, tComma, tColon, tDot, tAt, tAssign, tAddSet, tSubSet, tUnionSet,
		tInterSet, tConcatSet, tIff, tImplies, tLeadsTo, tOr, tAnd, tEq, tNe, tLt, tLe, tGt, tGe, tRange, tPlus, tMinus, tPipe,
		tConcat, tStar, tSlash, tPercent, tAmp, tBang, kWhen, kIf, kThen, kElse, kLet, kMatch, kIn, kNot, kOr, kWhere, kForall,
		kExists, kWith, kChoose, kAlways, kEventually, kNext, kPrev, kUntil, kUnless, kRelease, kWithin, kSubset, kLinear,
		kAG, kAF, kAX, kEG, kEF, kEX)
	// joinsPrevious are the kinds that, beginning a line, continue the one
	// above.
	joinsPrevious = classOf(tNewline, tRparen, tRbrack, tLbrace, tRbrace, tComma, tIff, tAssign, tImplies, tLeadsTo, tOr, tAnd, tEq, tNe, tLt, tLe,
		tGt, tGe, tDot, tRange, tPipe, tAmp, tConcat, tStar, tSlash, tPercent, kWhen, kWhere, kThen, kElse, kOr, kWith, kUntil,
		kUnless, kRelease, kSubset)
	// neverInBrackets are the words that show, beginning a line, that an open
	// ( or [ was forgotten.
	neverInBrackets = classOf(kModule, kImport, kAxiom, kLemma, kTheorem, kEnum, kStruct, kType, kConst, kAssume, kFunc, kExtern, kMachine, kProcess, kModel,
		kVar, kInit, kAction, kProc, kInvariant, kProperty, kCtl, kWitness, kScenario, kTerminal, kPick, kWhile, kEither,
		kReturn, kAssert, kAwait, kSkip, kLoop, kGoto, kFair, kStrong, kUse, kSync, kRefines)
	// beginsDecl are the words that begin a declaration and never a
	// statement.
	beginsDecl = classOf(kModule, kImport, kAxiom, kLemma, kTheorem, kSort, kEnum, kStruct, kType, kConst, kAssume, kFunc, kExtern, kMachine, kProcess,
		kModel, kInit, kAction, kProc, kInvariant, kProperty, kCtl, kWitness, kScenario, kTerminal, kFair, kStrong, kUse, kSync,
		kRefines)
)
