package typecheck_test

import (
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/diag/diagtest"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

func check(name, text string, load typecheck.Importer) (source.Set, diag.List) {
	f := source.NewFile(name, text)
	tree, diags := parse.File(f)
	_, more := typecheck.Check(tree, load)
	return source.Set{name: f}, append(diags, more...).Sorted()
}

// TestFiles checks that each file of testdata/check has exactly the
// diagnostics that its comments expect.
func TestFiles(t *testing.T) {
	diagtest.Run(t, "../testdata/check/*.spec", func(f *source.File) diag.List {
		tree, diags := parse.File(f)
		_, more := typecheck.Check(tree, library())
		return append(diags, more...)
	})
}
