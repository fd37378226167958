package diag

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/lang/source"
)

// GitHub renders diagnostics as workflow commands of GitHub Actions, one a
// line, which GitHub shows beside the lines of a change.
func GitHub(files source.Set, list List) string {
	var b strings.Builder
	for _, d := range list {
		level := map[Severity]string{Error: "error", Warning: "warning", Info: "notice"}[d.Severity]
		message := d.Message
		if d.Help != "" {
			message += "\n" + d.Help
		}
		fmt.Fprintf(&b, "::%s %s::%s\n", level, property(files, d), data.Replace(message))
	}
	return b.String()
}

// data and value escape what would end a command or one of its properties.
var (
	data  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	value = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// property says where d is and which code it has. GitHub shows columns only
// within one line.
func property(files source.Set, d Diagnostic) string {
	p := PlaceOf(files, d.Span)
	out := ""
	if p.File != "" {
		out = "file=" + value.Replace(p.File) + ","
	}
	if p.Line > 0 {
		out += fmt.Sprintf("line=%d,endLine=%d,", p.Line, p.EndLine)
	}
	if p.Line > 0 && p.Line == p.EndLine {
		out += fmt.Sprintf("col=%d,endColumn=%d,", p.Column, p.EndColumn)
	}
	return out + "title=" + string(d.Code)
}
