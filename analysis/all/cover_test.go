package all_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	goast "go/ast"

	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// unsaid are the constructs that no random spec has, with the reason.
var unsaid = map[string]string{
	"BadExpr": "what cannot be read has no meaning to compare",
	"BadStmt": "what cannot be read has no meaning to compare",
}

// TestRandomCovers counts the constructs in random specs: every kind of
// expression and statement that package ast declares is there.
func TestRandomCovers(t *testing.T) {
	seen := map[string]int{}
	count := func(text string) {
		tree, _ := parse.File(source.NewFile("t", text))
		ast.Walk(tree, func(n ast.Node) bool {
			seen[strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast.")]++
			return true
		})
	}
	for seed := range uint64(200) {
		count(randomSpec(seed))
		if sys := irtest.Random(seed); !irtest.HasInstants(sys) {
			count(print.System(sys))
		}
	}
	for _, kind := range kinds(t) {
		if seen[kind] == 0 && unsaid[kind] == "" {
			t.Errorf("no random spec has a %s", kind)
		}
		if seen[kind] > 0 && unsaid[kind] != "" {
			t.Errorf("%s is listed as unsaid, and there are %d", kind, seen[kind])
		}
	}
}

// kinds are the kinds of expression and statement, from the methods that seal
// them.
func kinds(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../../lang/ast/sealed.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range f.Decls {
		fn, ok := d.(*goast.FuncDecl)
		if !ok || fn.Recv == nil || fn.Name.Name != "expr" && fn.Name.Name != "stmt" {
			continue
		}
		if star, ok := fn.Recv.List[0].Type.(*goast.StarExpr); ok {
			out = append(out, star.X.(*goast.Ident).Name)
		}
	}
	if len(out) < 40 || !slices.Contains(out, "Either") {
		t.Fatalf("kinds %v", out)
	}
	return out
}
