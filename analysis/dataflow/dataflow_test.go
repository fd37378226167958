package dataflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// action checks the body of an action of a machine with the variables n, m and
// f and makes its graph.
func action(t *testing.T, body string) (*source.File, *typecheck.Info, *cfg.Graph) {
	t.Helper()
	f := source.NewFile("t", `module m

machine M {
    var n int = 0
    var m int = 0
    var f [0..3]int = {_: 0}
    func twice() int = 2 * n
    proc set() { m = n }
    action A {
`+body+`
    }
    invariant I: n + m + f[0] > 0
}
`)
	tree, diags := parse.File(f)
	info, more := typecheck.Check(tree, nil)
	if diags = append(diags, more...); diags.HasErrors() {
		t.Fatal(diags)
	}
	return f, info, cfg.New(tree.Decls[0].(*ast.Machine).Members[5])
}

// TestLive says of each assignment which of n, m and x are live after it.
func TestLive(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"all state at the end", "n = 1", "n = 1: n"},
		{"overwritten", "n = 1\nn = 2", "n = 1: ; n = 2: n"},
		{"read", "n = 1\nm = n\nn = 2", "n = 1: n; m = n: m; n = 2: m n"},
		{"read by a function", "n = 1\nm = twice()\nn = 2", "n = 1: n; m = twice(): m; n = 2: m n"},
		{"read by a proc", "n = 1\nset()\nn = 2", "n = 1: m n; n = 2: m n"},
		{"on one of two ways", "n = 1\nif m > 0 { n = 2 }", "n = 1: m n; n = 2: n"},
		{"on no way", "n = 1\nif m > 0 { n = 2 } else { n = 3 }", "n = 1: m; n = 2: n; n = 3: n"},
		{"a part", "n = 1\nf[n] = 2\nn = 3", "n = 1: n; f[n] = 2: ; n = 3: n"},
		{"around a loop", "var x = 0\nfor i in {1, 2} { m = x\nx = i }", "m = x: m; x = i: m x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, info, g := action(t, tt.body)
			live := dataflow.NewLive(info, g)
			var got []string
			for _, b := range slices.Backward(g.Blocks) {
				live.After(b, func(n ast.Node, after dataflow.Set[types.Object]) {
					if s, ok := n.(*ast.Assign); ok {
						got = append(got, f.Text[s.Span().Lo:s.Span().Hi]+": "+names(after))
					}
				})
			}
			slices.Reverse(got)
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func names(set dataflow.Set[types.Object]) string {
	var out []string
	for obj := range set {
		if slices.Contains([]string{"n", "m", "x"}, obj.Name()) {
			out = append(out, obj.Name())
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestReaching says which definitions reach the end.
func TestReaching(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"the last one", "n = 1\nn = 2", "n = 2"},
		{"two ways", "n = 1\nif m > 0 { n = 2 }", "n = 1, n = 2"},
		{"a loop", "n = 1\nfor i in {1, 2} { n = i + n }", "i in {1, 2}, n = 1, n = i + n"},
		{"a part defines nothing", "f[0] = 1", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, info, g := action(t, tt.body)
			var got []string
			for d := range dataflow.Reaching(info, g)[g.Exit] {
				got = append(got, fmt.Sprint(f.Text[d.Node.Span().Lo:d.Node.Span().Hi]))
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
