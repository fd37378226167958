package elaborate_test

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// TestFunctions: what has something to prove comes, with what it calls, and
// needs neither a model nor sizes; what needs a constant of a model does not.
func TestFunctions(t *testing.T) {
	for _, tt := range []struct{ text, funcs, sorts string }{
		{"func f(n int) int = n", "", ""},
		{"func f(n int) int requires n > 0 = n", "f", ""},
		{"func f(n int) int ensures result == g(n) = n\nfunc g(n int) int = n", "f g", ""},
		{"func f(n int) int { var i = 0\n while i < n decreases n - i { i += 1 }\n return i }", "f", ""},
		{"func f(n int) int decreases n = if n > 0 then f(n - 1) else 0", "f", ""},
		{"sort Node\nfunc f(s set[Node]) int ensures result >= 0 = len(s)", "f", "Node 2"},
		{"func f[T](s []T) T requires len(s) > 0 = s[0]", "f", "T 2"},
		{"const N int\nfunc f(n int) int requires n < N = n\nfunc g(n int) int ensures true = n", "g", ""},
		{"sort Node\nconst N int = len(Node)\nfunc f(n int) int ensures result < N = n\nfunc g(n 0..N) int ensures result >= 0 = n\nfunc h(n int) int ensures true = n", "h", ""},
		{"extern func f(n int) int\nfunc g(n int) int ensures true = f(n)", "g f", ""},
	} {
		tree, diags := parse.File(source.NewFile("t.spec", "module t\n"+tt.text+"\n"))
		info, more := typecheck.Check(tree, nil)
		if diags = append(diags, more...); diags.HasErrors() {
			t.Fatal(tt.text, diags)
		}
		sys, diags := elaborate.Functions(info, info.Root, 2)
		if diags.HasErrors() {
			t.Errorf("%s: %v", tt.text, diags)
		}
		var funcs, sorts []string
		if sys != nil {
			for _, f := range sys.Funcs {
				funcs = append(funcs, f.Name)
			}
			for _, s := range sys.Sorts {
				sorts = append(sorts, s.Name, string(rune('0'+len(s.Elems))))
			}
		}
		if got := strings.Join(funcs, " "); got != tt.funcs {
			t.Errorf("%s: functions %q, want %q", tt.text, got, tt.funcs)
		}
		if got := strings.Join(sorts, " "); got != tt.sorts {
			t.Errorf("%s: sorts %q, want %q", tt.text, got, tt.sorts)
		}
	}
}
