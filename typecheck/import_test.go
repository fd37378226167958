package typecheck_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// checkAll checks the module main of several.
func checkAll(t *testing.T, texts map[string]string) (*typecheck.Info, diag.List) {
	t.Helper()
	trees := map[string]*ast.File{}
	for name, text := range texts {
		tree, diags := parse.File(source.NewFile(name, text))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		trees[name] = tree
	}
	return typecheck.Check(trees["main"], func(_ *ast.File, path string) (*ast.File, error) {
		if f := trees[path]; f != nil {
			return f, nil
		}
		return nil, fmt.Errorf("no module %s", path)
	})
}

func TestImports(t *testing.T) {
	const counter = `module counter
enum Light { Red, Green }
struct P { x int }
const N int
sort S
func next1(n int) int = n + 1
machine M(T sort) { var n 0..N = 0; var l Light = Red; action Up(t T) when n < N { n = next1(n) } }`
	for _, tt := range []struct {
		name string
		in   map[string]string
		want []string
	}{
		{"what is qualified is found", map[string]string{"counter": counter, "main": `module main
import "counter" as c
sort Mine
const K = c.next1(3)
const Q c.P = c.P(x: 3)
machine H { use c.M(Mine) as m; var l c.Light = c.Red; invariant I: m.n <= c.N && l == c.Green && Q.x == K
  action A(k Mine) { m.Up(k); l = Green } }
model X of H { c.N = 3; Mine = 2; check I }
model Y of c.M(c.S) { c.N = 3; c.S = 2 }`}, nil},
		{"a name of another module needs its qualifier", map[string]string{"counter": counter, "main": `module main
import "counter"
const K = next1(counter.N)`}, []string{"E0101 unknown name next1"}},
		{"what a model needs of another module", map[string]string{"counter": counter, "main": `module main
import "counter"
model X of counter.M { T = 2 }`}, []string{"E0309 model X leaves counter.N open"}},
		{"a cycle is shown with its way", map[string]string{
			"main": "module main\nimport \"b\"\nconst N = b.N", "b": "module b\nimport \"c\"\nconst N = c.N", "c": "module c\nimport \"main\"\nconst N = 3"},
			[]string{"E0106 this import leads back to where it starts: b -> c -> main"}},
		{"an import that fails says why and nothing else", map[string]string{
			"main": "module main\nimport \"gone\"\nconst N gone.T = gone.x + gone.f(3)"}, []string{"E0107 cannot import \"gone\": no module gone"}},
		{"two imports of one name", map[string]string{"a/x": "module x\nconst N = 1", "b/x": "module x\nconst N = 2",
			"main": "module main\nimport \"a/x\"\nimport \"b/x\"\nconst N = x.N"}, []string{"E0102 x is declared twice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := checkAll(t, tt.in)
			var got []string
			for _, d := range diags {
				got = append(got, string(d.Code)+" "+d.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
