package cfg_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// shape writes the live blocks of a graph: the text of each node and the
// numbers of the successors, which are those of the live blocks in order.
func shape(f *source.File, g *cfg.Graph) string {
	number := map[*cfg.Block]int{}
	for _, b := range g.Blocks {
		if b.Live {
			number[b] = len(number)
		}
	}
	var out strings.Builder
	for _, b := range g.Blocks {
		if !b.Live {
			continue
		}
		var nodes, next []string
		for _, n := range b.Nodes {
			nodes = append(nodes, f.Text[n.Span().Lo:n.Span().Hi])
		}
		for _, s := range b.Succs {
			next = append(next, fmt.Sprint(number[s]))
		}
		cond := ""
		if b.Cond != nil {
			cond = "?"
		}
		fmt.Fprintf(&out, "%d [%s]%s -> %s\n", number[b], strings.Join(nodes, "; "), cond, strings.Join(next, " "))
	}
	return out.String()
}

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"a line", "n = 1; m = 2", "0 [n = 1; m = 2] -> 1\n1 [] -> \n"},
		{"if without else", "if a { n = 1 }; m = 2", `0 [a]? -> 1 2
1 [n = 1] -> 3
2 [] -> 3
3 [m = 2] -> 4
4 [] -> 
`},
		{"while", "while a decreases n { n = 1 }; m = 2", `0 [] -> 1
1 [n; a]? -> 2 3
2 [n = 1] -> 1
3 [m = 2] -> 4
4 [] -> 
`},
		{"for", "for x in S { n = x }; m = 2", `0 [S] -> 1
1 [x in S] -> 2 3
2 [n = x] -> 1
3 [m = 2] -> 4
4 [] -> 
`},
		{"both ways leave", "if a { return 1 } else { return 2 }; n = 3", `0 [a]? -> 1 2
1 [return 1] -> 3
2 [return 2] -> 3
3 [] -> 
`},
		{"either", "either { n = 1 } or { n = 2 } or { skip }", `0 [] -> 1 2 3
1 [n = 1] -> 4
2 [n = 2] -> 4
3 [skip] -> 4
4 [] -> 5
5 [] -> 
`},
		{"loop", "loop { n = 1 }; m = 2", "0 [] -> 1\n1 [n = 1] -> 1\n"},
		{"jumps", "a: n = 1; if c { goto a }; goto b; m = 1; b: m = 2", `0 [] -> 1
1 [a:; n = 1; c]? -> 2 3
2 [goto a] -> 1
3 [] -> 4
4 [goto b] -> 5
5 [b:; m = 2] -> 6
6 [] -> 
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "module m\n\nmachine M {\n    process P { " + tt.body + " }\n}\n"
			f := source.NewFile("t", text)
			tree, diags := parse.File(f)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			g := cfg.New(tree.Decls[0].(*ast.Machine).Members[0])
			if diff := cmp.Diff(tt.want, shape(f, g)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
