package parse

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Codes of the faults of a text.
const (
	Unexpected         diag.Code = "E0001" // something else is expected here
	NotText            diag.Code = "E0002" // bytes that are no text
	BadCharacter       diag.Code = "E0003" // a character that begins nothing
	BadNumber          diag.Code = "E0004" // a number that is none
	UnterminatedString diag.Code = "E0005" // a string without its end
	BadEscape          diag.Code = "E0006" // an escape that strings do not have
	Unclosed           diag.Code = "E0007" // a bracket is never closed
	Unopened           diag.Code = "E0008" // a bracket is closed that was never opened
	ReservedName       diag.Code = "E0009" // a reserved word used as a name
	TooDeep            diag.Code = "E0010" // nested too deeply
	ForeignSpelling    diag.Code = "E0011" // an operator or word of another language
	AssignInCondition  diag.Code = "E0012" // = where == is meant
	Chained            diag.Code = "E0013" // a < b < c
	TemporalScope      diag.Code = "E0014" // always a => b
	MixedOperators     diag.Code = "E0015" // operators that need parentheses
	LaterVersion       diag.Code = "E0016" // a construct of a later version
	Misplaced          diag.Code = "E0017" // a declaration where it cannot stand
	NoEffect           diag.Code = "E0018" // an expression used as a statement
)

// maxFaults is how many faults of one file are reported.
const maxFaults = 100

func related(at source.Span, message string) diag.Related {
	return diag.Related{Span: at, Message: message}
}

func fault(code diag.Code, at source.Span, help, format string, args ...string) diag.Diagnostic {
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	return diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, list...), Help: help}
}

// quote quotes source text for a message, shortened.
func quote(text string) string {
	if r := []rune(text); len(r) > 40 {
		text = string(r[:37]) + "..."
	}
	return strconv.Quote(text)
}

func unexpected(at source.Span, want, found, help string) diag.Diagnostic {
	return fault(Unexpected, at, help, "expected %s, found %s", want, found)
}

func notText(at source.Span, what string) diag.Diagnostic {
	return fault(NotText, at, "save the file as UTF-8 text", "expected UTF-8 text, found %s", what)
}

func badCharacter(at source.Span, text string) diag.Diagnostic {
	return fault(BadCharacter, at, "remove it", "%s has no meaning here", quote(text))
}

func badNumber(at source.Span, text string) diag.Diagnostic {
	help := "write digits, `0x1f`, `1_000`, or a duration such as 250us, 10ms, 5s, 30min, 2h"
	switch {
	case strings.Trim(text, "0123456789_") == "" && strings.HasPrefix(text, "0"):
		help = "write it without the leading 0: " + strings.TrimLeft(text, "0_")
	case strings.TrimLeft(text, "0123456789_") == "m":
		help = "write `min` for minutes or `ms` for milliseconds"
	}
	return fault(BadNumber, at, help, "expected a number, found %s", quote(text))
}

func fraction(at source.Span) diag.Diagnostic {
	return fault(BadNumber, at, "numbers are whole: count in a smaller unit", "expected a whole number, found a fraction")
}

func unterminatedString(at source.Span) diag.Diagnostic {
	return fault(UnterminatedString, at, "close it with the quote it began with, on the same line", "string has no end")
}

func badEscape(at source.Span) diag.Diagnostic {
	return fault(BadEscape, at, "write \\n, \\t, \\\", \\\\ or \\u00e9, or put the text between backquotes", "string has an unknown escape")
}

func unclosed(at source.Span, closer, opener, found string, open source.Span) diag.Diagnostic {
	d := fault(Unclosed, at, "", "expected %s to close %s, found %s", quote(closer), quote(opener), found)
	d.Related = []diag.Related{{Span: open, Message: quote(opener) + " is opened here"}}
	return d
}

func unopened(at source.Span, text string) diag.Diagnostic {
	return fault(Unopened, at, "remove it, or find the bracket above that is missing", "%s closes nothing", quote(text))
}

func reservedName(at source.Span, want, word string) diag.Diagnostic {
	return fault(ReservedName, at, "choose another name, such as "+word+"_ or my"+strings.ToUpper(word[:1])+word[1:],
		"expected %s, found the reserved word %s", want, quote(word))
}

func tooDeep(at source.Span) diag.Diagnostic {
	return fault(TooDeep, at, "give the inner part a name with let or func", "expected less nesting: this is more than %s levels deep",
		strconv.Itoa(maxDepth))
}

func foreignSpelling(at source.Span, text, ours string) diag.Diagnostic {
	return fault(ForeignSpelling, at, "write `"+ours+"`", "%s is not part of the language", quote(text))
}

func assignInCondition(at source.Span) diag.Diagnostic {
	return fault(AssignInCondition, at, "write `==` to compare", "expected a comparison, found \"=\"")
}

func chained(at source.Span, help string) diag.Diagnostic {
	return fault(Chained, at, help, "comparisons do not chain")
}

func temporalScope(at source.Span, op, operand, next, rest string) diag.Diagnostic {
	help := fmt.Sprintf("write `(%s %s) %s %s` or `%s (%s %s %s)`", op, operand, next, rest, op, operand, next, rest)
	return fault(TemporalScope, at, help, "how far %s reaches is not clear", quote(op))
}

func mixedOperators(at source.Span, help, a, b string) diag.Diagnostic {
	return fault(MixedOperators, at, help, "%s and %s need parentheses between them", quote(a), quote(b))
}

func laterVersion(at source.Span, word string) diag.Diagnostic {
	return fault(LaterVersion, at, "write it as a machine with actions or processes", "this version of the language does not have %s yet", quote(word))
}

func misplaced(at source.Span, help, what, where string) diag.Diagnostic {
	return fault(Misplaced, at, help, "%s cannot stand %s", what, where)
}

func noEffect(at source.Span, help string) diag.Diagnostic {
	return fault(NoEffect, at, help, "expected a statement, found an expression whose value is not used")
}
