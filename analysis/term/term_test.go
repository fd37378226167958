package term_test

import (
	"testing"

	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

func expr(t *testing.T, text string) ast.Expr {
	t.Helper()
	tree, diags := parse.File(source.NewFile("t", "module m\n\nfunc f() int = "+text+"\n"))
	if len(diags) > 0 {
		t.Fatalf("%s: %v", text, diags)
	}
	return tree.Decls[0].(*ast.Func).Value
}

func TestKey(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"a + b", "a+(b)", true},
		{"a + b", "a - b", false},
		{"a + b", "b + a", false},
		{"(a + b) + c", "a + b + c", true},
		{"a + (b + c)", "a + b + c", false},
		{"{{a}, b}", "{{a, b}}", false},
		{"f(a)(b)", "f(a, b)", false},
		{`"a b"`, `"ab"`, false},
		{"forall x in S: P(x)", "exists x in S: P(x)", false},
		{"forall x in S: P(x)", "forall  x in S : P(x)", true},
		{"s[1:]", "s[:1]", false},
		{"s[1:]", "s[1]", false},
		{"m.a", "m.b", false},
		{"m with {a: 1}", "m with {b: 1}", false},
		{"m with {a: 1}", "m with { a : 1 }", true},
		{"{_: 1}", "{1}", false},
		{"1", "0x1", true},
		{"1s", "1000ms", true},
		{"match x { A => 1, B => 2 }", "match x { A => 1, C => 2 }", false},
		{"match x { A(y) => 1, B => 2 }", "match x { A(_) => 1, B => 2 }", false},
		{"if a then b else c", "if a then c else b", false},
		{"{x for x in S if P}", "{x for x in S, P in P}", false},
	} {
		if got := term.Key(expr(t, tt.a)) == term.Key(expr(t, tt.b)); got != tt.same {
			t.Errorf("%s and %s: same is %v", tt.a, tt.b, got)
		}
	}
}

func TestChain(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{
		{"a && b && c && d", 4},
		{"(a && b) && c", 3},
		{"a && (b && c)", 2},
		{"a && b || c", 2},
		{"a - b - c", 2},
		{"a | b | c", 3},
	} {
		got := term.Chain(expr(t, tt.text).(*ast.Binary))
		if len(got) != tt.want {
			t.Errorf("%s has %d operands, want %d", tt.text, len(got), tt.want)
		}
		if last := term.Key(got[len(got)-1]); last == term.Key(got[0]) {
			t.Errorf("%s: the first operand is the last", tt.text)
		}
	}
}
