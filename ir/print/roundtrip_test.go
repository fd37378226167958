package print_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// systems takes a text to the kernel: one System for each of its models.
func systems(name, text string) ([]*ir.System, error) {
	file := source.NewFile(name, text)
	tree, diags := parse.File(file)
	info, more := typecheck.Check(tree, func(_ *ast.File, path string) (*ast.File, error) {
		return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrNotExist}
	})
	if err := failure(file, append(diags, more...)); err != nil {
		return nil, err
	}
	var out []*ir.System
	for _, obj := range info.Root.Order {
		if m, ok := obj.(*types.Model); ok {
			sys, diags := elaborate.Model(info, m)
			if err := failure(file, diags); err != nil {
				return nil, err
			}
			out = append(out, sys)
		}
	}
	return out, nil
}

func failure(file *source.File, list diag.List) error {
	var lines []string
	for _, d := range list.Sorted() {
		if d.Severity == diag.Error {
			pos := file.Pos(d.Span.Lo)
			lines = append(lines, fmt.Sprintf("%d:%d: %s %s   in   %s", pos.Line, pos.Col, d.Code, d.Message, strings.TrimSpace(file.Line(pos.Line))))
		}
	}
	if lines == nil {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}

// summary is what must survive printing: all figures, and the states in the
// order they are found.
func summary(sys *ir.System) []string {
	r := irtest.ExploreUpTo(sys, 100)
	out := []string{fmt.Sprintf("%+v props %v failing %d", r.Figures, r.Props, r.PropErr)}
	for _, s := range r.States {
		out = append(out, irtest.Key(s))
	}
	for _, e := range r.Errors {
		name := "init"
		if e.Action != nil {
			name = e.Action.Name
		}
		out = append(out, fmt.Sprint(name, " ", e.Err.Kind))
	}
	return out
}

// huge reports whether listing the initial states of sys takes too long.
func huge(sys *ir.System) bool { return sys.Machine == "Bakery" && sys.Model == "FromInvariant" }

// roundTrip holds printing to keeping the meaning, and to coming to the same
// text again.
func roundTrip(t *testing.T, sys *ir.System) {
	t.Helper()
	text, again := sameMeaning(t, sys)
	if again == nil {
		return
	}
	if second := print.System(again); second != text {
		third, err := systems("printed.spec", second)
		if err != nil || print.System(third[0]) != second {
			t.Errorf("printing does not settle: %v\n%s", err, cmp.Diff(text, second))
		}
	}
}

// sameMeaning prints sys, reads it again and compares the states.
func sameMeaning(t *testing.T, sys *ir.System) (string, *ir.System) {
	t.Helper()
	text := print.System(sys)
	again, err := systems("printed.spec", text)
	if err != nil {
		t.Errorf("what is printed does not check:\n%v\n%s", err, text)
		return text, nil
	}
	if huge(sys) {
		return text, again[0] // it checks, and that has to do
	}
	if diff := cmp.Diff(summary(sys), summary(again[0])); diff != "" {
		t.Errorf("what is printed means something else (-printed +read):\n%s\n%s", diff, text)
	}
	return text, again[0]
}

func TestRoundTrip(t *testing.T) {
	for _, k := range irtest.Systems() {
		if k.Name == "clock" {
			continue // the language has no literals of type instant
		}
		t.Run(k.Name, func(t *testing.T) { roundTrip(t, k.Sys) })
	}
}

// TestRoundTripSpecs prints what specs elaborate to.
func TestRoundTripSpecs(t *testing.T) {
	for _, pattern := range []string{"../../elaborate/testdata/*.spec", "../../testdata/corpus/*.spec"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all, err := systems(name, string(text))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, sys := range all {
				t.Run(filepath.Base(name)+"/"+sys.Model, func(t *testing.T) { roundTrip(t, sys) })
			}
		}
	}
}

// TestRoundTripRandom prints random systems, which say everything that the
// kernel can say.
func TestRoundTripRandom(t *testing.T) {
	n := uint64(200) // of 185 no side of a comparison has a type but through a let
	if os.Getenv("SPEC_SOAK") != "" {
		n = 5000
	}
	for seed := range n {
		sys := irtest.Random(seed)
		if irtest.HasInstants(sys) {
			continue // the language has no literals of type instant
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) { sameMeaning(t, sys) })
	}
}
