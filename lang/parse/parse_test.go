package parse_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

func TestTour(t *testing.T) {
	text, err := os.ReadFile("testdata/tour.spec")
	if err != nil {
		t.Fatal(err)
	}
	file, faults := parse.File(source.NewFile("tour.spec", string(text)))
	for _, d := range faults {
		t.Errorf("%v %s: %s", d.Span, d.Code, d.Message)
	}
	if file.Module.Name != "twophase" || len(file.Decls) != 14 {
		t.Errorf("got module %s with %d declarations, want twophase with 14", file.Module.Name, len(file.Decls))
	}
}

// faults parses text and returns what is said about it, each fault as
// `CODE "text": message`.
func faults(text string) []string {
	f := source.NewFile("t.spec", text)
	_, list := parse.File(f)
	var out []string
	for _, d := range list {
		out = append(out, string(d.Code)+" "+text[d.Span.Lo:d.Span.Hi]+": "+d.Message)
	}
	return out
}

func TestSeparateFaults(t *testing.T) {
	got := faults(`machine M {
    var x int = 
    action A when x = 1 { x = 2 }
    action B { x = }
    invariant I: x > 0
    invariant J x > 0
}
`)
	want := []string{
		`E0001 : expected an expression, found end of line`,
		`E0012 =: expected a comparison, found "="`,
		`E0001 }: expected an expression, found "}"`,
		`E0001 J: expected a name and ":", found "J"`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
