package elaborate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// program is a source text taken as far as it goes.
type program struct {
	file  *source.File
	info  *typecheck.Info
	diags diag.List // of parsing and checking
}

func compile(name, text string) program { return compileWith(name, text, nil) }

// compileWith compiles a text that may import others, by their path.
func compileWith(name, text string, imports map[string]string) program {
	p := program{file: source.NewFile(name, text)}
	tree, diags := parse.File(p.file)
	trees := map[string]*ast.File{}
	info, more := typecheck.Check(tree, func(_ *ast.File, path string) (*ast.File, error) {
		if _, ok := imports[path]; !ok {
			return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrNotExist}
		}
		if trees[path] == nil {
			var faults diag.List
			trees[path], faults = parse.File(source.NewFile(path+".spec", imports[path]))
			diags = append(diags, faults...)
		}
		return trees[path], nil
	})
	p.info, p.diags = info, append(diags, more...).Sorted()
	return p
}

func (p program) models() []*types.Model {
	var out []*types.Model
	for _, obj := range p.info.Root.Order {
		if m, ok := obj.(*types.Model); ok {
			out = append(out, m)
		}
	}
	return out
}

func (p program) show(list diag.List) string {
	var b strings.Builder
	set := source.Set{p.file.Name: p.file}
	for _, d := range list {
		if d.Severity == diag.Error {
			pos := set.Pos(d.Span)
			b.WriteString(filepath.Base(d.Span.File) + ":" + itoa(pos.Line) + ":" + itoa(pos.Col) + ": " + string(d.Code) + " " + d.Message +
				"   at " + set.Text(d.Span) + "\n")
		}
	}
	return b.String()
}

// TestSpecs takes every spec of testdata to the kernel and compares what its
// models expect with what the reference evaluator finds.
func TestSpecs(t *testing.T) {
	for _, pattern := range []string{"testdata/*.spec", "../testdata/corpus/*.spec"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range names {
			t.Run(filepath.Base(name), func(t *testing.T) { testSpec(t, name) })
		}
	}
}

func testSpec(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p := compile(name, string(text))
	if p.diags.HasErrors() {
		t.Fatalf("does not check:\n%s", p.show(p.diags))
	}
	for _, m := range p.models() {
		t.Run(m.Name(), func(t *testing.T) {
			sys, diags := elaborate.Model(p.info, m)
			if sys == nil {
				t.Fatalf("does not elaborate:\n%s", p.show(diags))
			}
			if strings.HasPrefix(name, "testdata") || 0 < sys.Expect.States && sys.Expect.States < tooMany {
				compare(t, sys, irtest.Explore(sys))
			}
		})
	}
}

// tooMany is how many states of a public model are left to faster engines.
const tooMany = 500

func compare(t *testing.T, sys *ir.System, got *irtest.Result) {
	t.Helper()
	wrong := len(got.Asserts) > 0 || len(got.Errors) > 0
	if wrong && sys.Expect.Outcome != ir.ExpectViolated && !slices.ContainsFunc(sys.Checks, func(c ir.Check) bool {
		return c.Expect == ir.ExpectViolated // engines stop there
	}) {
		t.Errorf("a step fails: %d assertions, %d errors", len(got.Asserts), len(got.Errors))
		for _, o := range got.Errors[:min(3, len(got.Errors))] {
			t.Logf("%s at depth %d: %s", o.Action.Name, got.Error, o.Err.Msg)
		}
	}
	if got.PropErr >= 0 {
		t.Errorf("a property fails to evaluate at depth %d", got.PropErr)
	}
	e := sys.Expect
	for _, c := range []struct {
		word      string
		got, want int64
	}{
		{"states", int64(got.Distinct), e.States},
		{"generated", int64(got.Generated), e.Generated},
		{"depth", int64(got.Depth), e.Depth},
	} {
		if c.want >= 0 && c.got != c.want {
			t.Errorf("%s: got %d, want %d", c.word, c.got, c.want)
		}
	}
	if dead := got.Deadlock >= 0; dead != e.Deadlock {
		t.Errorf("deadlock at depth %d, want %v", got.Deadlock, e.Deadlock)
	} else if e.DeadlockDepth >= 0 && got.Deadlock != e.DeadlockDepth {
		t.Errorf("deadlock: got depth %d, want %d", got.Deadlock, e.DeadlockDepth)
	}
	if wrong && sys.Expect.Outcome == ir.ExpectViolated {
		return // any violation is what the model expects
	}
	for _, c := range sys.Checks {
		compareCheck(t, sys, c, got)
	}
}

func compareCheck(t *testing.T, sys *ir.System, c ir.Check, got *irtest.Result) {
	t.Helper()
	want := c.Expect
	if want == ir.ExpectDefault {
		want = sys.Expect.Outcome
	}
	for i, p := range sys.Props {
		at := got.Props[i]
		switch {
		case p != c.Prop || p.Kind != ir.Invariant && p.Kind != ir.Step && p.Kind != ir.Witness:
		case (p.Kind == ir.Witness) == (at < 0) != (want == ir.ExpectViolated):
			t.Errorf("%s: found at depth %d, expected outcome %d", p.Label(), at, want)
		case c.Depth >= 0 && at != c.Depth:
			t.Errorf("%s: found at depth %d, want %d", p.Label(), at, c.Depth)
		}
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
