package gogen

import (
	"fmt"
	"strings"
)

// printer collects lines of Go. Indentation is left to gofmt, which sees
// every file.
type printer struct{ text strings.Builder }

// line writes one line.
func (p *printer) line(format string, args ...string) {
	p.text.WriteString(fill(format, args))
	p.text.WriteByte('\n')
}

// blank separates two declarations.
func (p *printer) blank() { p.text.WriteByte('\n') }

// comment writes text, which may have many lines, as a comment.
func (p *printer) comment(text string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		p.line("%s", strings.TrimRight("// "+strings.TrimSpace(line), " "))
	}
}

// String returns what has been written.
func (p *printer) String() string { return p.text.String() }

// fill puts args in the places of %s.
func fill(format string, args []string) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	return fmt.Sprintf(format, values...)
}

// Precedences of Go, from the loosest to the tightest.
const (
	orPrec = iota + 1
	andPrec
	comparePrec
	addPrec
	mulPrec
	unaryPrec
	primaryPrec
)

// code is a Go expression.
type code struct {
	text string
	prec int
	// untyped numbers need a type where none is wanted of them.
	untyped bool
}

func primary(text string) code { return code{text: text, prec: primaryPrec} }

// at returns the expression in parentheses if it binds weaker than prec.
func (c code) at(prec int) string {
	if c.prec < prec {
		return "(" + c.text + ")"
	}
	return c.text
}

// infix joins two operands that group to the left.
func infix(x code, op string, y code, prec int) code {
	return code{text: x.at(prec) + " " + op + " " + y.at(prec+1), prec: prec}
}

// callOf applies a function to arguments.
func callOf(fun string, args ...string) code {
	return primary(fun + "(" + strings.Join(args, ", ") + ")")
}

// negated returns the opposite of a condition.
func negated(c code) code {
	switch {
	case c.text == "true":
		return primary("false")
	case c.text == "false":
		return primary("true")
	case c.prec >= unaryPrec && strings.HasPrefix(c.text, "!"):
		return primary(c.text[1:])
	case c.prec == comparePrec && strings.Count(c.text, " == ") == 1 && !strings.Contains(c.text, "func("):
		return code{text: strings.Replace(c.text, " == ", " != ", 1), prec: comparePrec}
	}
	return code{text: "!" + c.at(unaryPrec), prec: unaryPrec}
}
