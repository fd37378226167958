package typecheck_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// FuzzCheck checks that the checker comes to an end on every text, with
// diagnostics inside it, and that a text without errors has a type for every
// expression that is not a name before a dot.
func FuzzCheck(f *testing.F) {
	for _, pattern := range []string{"../testdata/check/*.spec", "../testdata/corpus/*.spec", "../examples/*/*.spec", "../lang/parse/testdata/*.spec"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, faults := parse.File(source.NewFile("fuzz", text))
		info, diags := typecheck.Check(tree, func(_ *ast.File, path string) (*ast.File, error) {
			if path == "self" {
				return tree, nil
			}
			return nil, os.ErrNotExist
		})
		for _, d := range diags {
			if d.Span.File != "fuzz" || d.Span.Lo < 0 || d.Span.Lo > d.Span.Hi || d.Span.Hi > len(text) {
				t.Errorf("%s at %v of %d bytes: %s", d.Code, d.Span, len(text), d.Message)
			}
			if strings.Contains(d.Message+d.Help, "invalid type") {
				t.Errorf("%s speaks of types that the text does not have: %s", d.Code, d.Message)
			}
		}
		if len(faults) == 0 && !diags.HasErrors() {
			if e := untyped(info, tree); e != nil {
				t.Errorf("no type for %T %q", e, text[e.Span().Lo:e.Span().Hi])
			}
		}
	})
}

// untyped returns an expression that has neither a type nor an object.
func untyped(info *typecheck.Info, tree *ast.File) ast.Expr {
	var found, statement ast.Expr
	ast.Walk(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.EffectClause, *ast.Pattern:
			return false
		case *ast.AtLabel:
			return false
		case *ast.Index:
			if p, ok := n.X.(*ast.Name); ok && info.Types[p] == nil {
				return false // an instance of a process
			}
		case *ast.Expectation:
			return false // its figures are no expressions
		case *ast.CallStmt:
			statement = n.Call
		case ast.Expr:
			if info.Types[n] == nil && info.Uses[n] == nil && n != statement && found == nil {
				found = n
			}
		}
		return found == nil
	})
	return found
}
