package fold_test

import (
	"testing"

	"github.com/spec-lang/spec/analysis/fold"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// TestEval evaluates expressions of parameters, of which only the types are
// known.
func TestEval(t *testing.T) {
	for _, tt := range []struct{ typ, expr, want string }{
		{"int", "3 + 4", "7"},
		{"int", "-(7 / 2)", "-3"},
		{"int", "-7 % 4", "-3"},
		{"int", "1 / 0", ""},
		{"int", "n", ""},
		{"int", "r", "in 0..9"},
		{"int", "r + 1", "in 1..10"},
		{"int", "2 - r", "in -7..2"},
		{"int", "-r", "in -9..0"},
		{"int", "n + 1", ""},
		{"int", "if r > 20 then 5 else 6", "6"},
		{"int", "if b then 5 else r", "in 0..9"},
		{"int", "min(r, 3)", "in 0..3"},
		{"int", "max(n, 3)", "at least 3"},
		{"int", "min(n, 3)", "at most 3"},
		{"int", "len(s)", "in 0..4"},
		{"int", "len(u)", "at least 0"},
		{"int", "abs(n)", "at least 0"},
		{"int", "count x in u: x", "at least 0"},
		{"bool", "r < 10", "true"},
		{"bool", "r < 9", ""},
		{"bool", "r > 9", "false"},
		{"bool", "r >= 0", "true"},
		{"bool", "n == n + 1", ""},
		{"bool", "r + 1 == 0", "false"},
		{"bool", "r + 1 != 0", "true"},
		{"bool", "r in 0..9", "true"},
		{"bool", "r in 1..9", ""},
		{"bool", "r + 10 in 0..9", "false"},
		{"bool", "r + 10 in {3, 5}", "false"},
		{"bool", "r in {3, 5}", ""},
		{"bool", "4 not in {3, 4}", "false"},
		{"bool", "n in {}", "false"},
		{"bool", "b && false", "false"},
		{"bool", "b || 1 < 2", "true"},
		{"bool", "1 > 2 => b", "true"},
		{"bool", "!(b && false)", "true"},
		{"bool", "true <=> 1 > 2", "false"},
		{"bool", "p == A", ""},
		{"P", "if 1 < 2 then A else p", "A"},
		{"bool", "(if 1 < 2 then A else B) == B", "false"},
		{"int", "C", ""},
	} {
		f := source.NewFile("t", "module m\n\nenum P { A, B }\nconst C int = 3\n\nfunc f(n int, r 0..9, b bool, p P, s [..4]bool, u []bool) "+tt.typ+" = "+tt.expr+"\n")
		tree, diags := parse.File(f)
		info, more := typecheck.Check(tree, nil)
		if diags = append(diags, more...); diags.HasErrors() {
			t.Errorf("%s: %v", tt.expr, diags)
			continue
		}
		e := tree.Decls[2].(*ast.Func).Value
		if got := fold.Eval(info, e, nil).String(); got != tt.want {
			t.Errorf("%s is %q, want %q", tt.expr, got, tt.want)
		}
	}
}
