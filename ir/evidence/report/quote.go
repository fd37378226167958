package report

import (
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/source"
)

// exprText is an expression as it stands in the source. One that was made up,
// such as the guard of a process step, is printed from the kernel.
func exprText(files source.Set, e ir.Expr) string {
	text := quote(files.Text(e.Span()))
	if a, ok := e.(*ir.Apply); text == "" || ok && ir.Ops[a.Op].Infix && !strings.Contains(text, a.Op.String()) {
		return print.Expr(e)
	}
	return text
}

// quote puts source text on one line, without comments.
func quote(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = l[:commentStart(l)]
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// commentStart is where the comment of a line begins, or its length.
func commentStart(line string) int {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quoted:
			i++
		case line[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(line[i:], "//"):
			return i
		}
	}
	return len(line)
}
