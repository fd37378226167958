package analysis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

const text = `module m

sort RM

enum Vote { Yes, No }

func other(v Vote) Vote = if v == Yes then No else Yes

machine Poll {
    var vote [RM]Vote = {_: Yes}
    var done bool     = false

    action Turn(r RM) { vote[r] = other(vote[r]) }
    action Stop when !done { done = true }

    invariant Any: done => done
}

model Two of Poll { RM = 2 }
`

// watcher says of every declaration that it has been there, and counts. Its
// remarks also point at everything that the declaration uses.
type watcher struct {
	seen []string
}

func (w *watcher) analyzers() []*analysis.Analyzer {
	const code diag.Code = "A1999"
	words := &analysis.Analyzer{Name: "words", Decl: func(p *analysis.DeclPass) analysis.Result {
		return len(strings.Fields(p.Files.Text(p.Unit.Span)))
	}}
	seen := &analysis.Analyzer{Name: "seen", Codes: []diag.Code{code}, Requires: []*analysis.Analyzer{words}}
	seen.Decl = func(p *analysis.DeclPass) analysis.Result {
		w.seen = append(w.seen, p.Unit.ID)
		id := analysis.DeclaredName(p.Unit.Decl)
		d := diag.Diagnostic{Code: code, Span: id.Span(), Message: fmt.Sprintf("%s has %d words", id.Name, p.ResultOf(words))}
		for _, u := range p.Unit.Uses {
			d.Related = append(d.Related, diag.Related{Span: u.Object.Span()})
		}
		p.Report(d)
		return nil
	}
	system := &analysis.Analyzer{Name: "system", Codes: []diag.Code{code}, System: func(p *analysis.SystemPass) analysis.Result {
		w.seen = append(w.seen, "system "+p.Model.Name())
		return nil
	}}
	return []*analysis.Analyzer{seen, system}
}

func program(src string) analysis.Program {
	f := source.NewFile("m.spec", src)
	tree, diags := parse.File(f)
	info, more := typecheck.Check(tree, func(*ast.File, string) (*ast.File, error) { return nil, fmt.Errorf("no such module") })
	return analysis.Program{
		Info: info, Files: source.Set{f.Name: f}, Diags: append(diags, more...),
		System: func(*types.Model) *ir.System { return &ir.System{} },
	}
}

var everything = []string{"RM", "Vote", "other", "Poll", "Poll.vote", "Poll.done", "Poll.Turn", "Poll.Stop", "Poll.Any", "Two", "system Two"}

// TestKept runs one driver over a text and then over a changed one: it looks
// again exactly at what depends on the change, and says the same as a new
// driver would.
func TestKept(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		again          []string
	}{
		{"nothing", "", "", nil},
		{"a comment between declarations", "enum Vote", "// what\nenum Vote", nil},
		{"an action", "done = true", "done = !done", []string{"Poll.Stop", "Two", "system Two"}},
		{"a function", "if v == Yes", "if v != Yes", []string{"other", "Poll.Turn", "Two", "system Two"}},
		{"an enum", "Yes, No", "No, Yes", []string{"Vote", "other", "Poll.vote", "Poll.Turn", "Two", "system Two"}},
		{"a new declaration above", "sort RM", "sort Extra\n\nsort RM", []string{"Extra"}},
		{"a model", "RM = 2", "RM = 3", []string{"Two", "system Two"}},
		{"an error", "done = true", "done = 3", nil},
		{"an error in what others use", "v == Yes", "v == 3", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var kept, fresh watcher
			d := analysis.NewDriver(kept.analyzers())
			d.Run(program(text))
			if diff := cmp.Diff(everything, kept.seen); diff != "" {
				t.Fatal(diff)
			}
			kept.seen = nil
			changed := text
			if tt.old != "" {
				changed = strings.Replace(text, tt.old, tt.new, 1)
			}
			got := d.Run(program(changed))
			if diff := cmp.Diff(tt.again, kept.seen); diff != "" {
				t.Error("looked at again:", diff)
			}
			want := analysis.NewDriver(fresh.analyzers()).Run(program(changed))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error("found:", diff)
			}
		})
	}
}

// TestBroken leaves out what has errors and what depends on it.
func TestBroken(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		lost           []string
	}{
		{"an action", "done = true", "done = 3", []string{"Poll.Stop", "Two", "system Two"}},
		{"a function", "v == Yes", "v == 3", []string{"other", "Poll.Turn", "Two", "system Two"}},
		{"a type", "[RM]Vote", "[RM]Voice", []string{"Poll.vote", "Poll.Turn", "Two", "system Two"}},
		{"syntax", "when !done", "when !", []string{"Poll.Stop", "Two", "system Two"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var w watcher
			analysis.NewDriver(w.analyzers()).Run(program(strings.Replace(text, tt.old, tt.new, 1)))
			want := slices.DeleteFunc(slices.Clone(everything), func(s string) bool { return slices.Contains(tt.lost, s) })
			if diff := cmp.Diff(want, w.seen); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReportRefuses: a code that an analyzer does not list, and a result that
// it does not require, are faults of the tool.
func TestReportRefuses(t *testing.T) {
	other := &analysis.Analyzer{Name: "other"}
	for name, f := range map[string]func(*analysis.DeclPass){
		"code":   func(p *analysis.DeclPass) { p.Report(diag.Diagnostic{Code: "A1998"}) },
		"result": func(p *analysis.DeclPass) { p.ResultOf(other) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("accepted")
				}
			}()
			a := &analysis.Analyzer{Name: name, Decl: func(p *analysis.DeclPass) analysis.Result { f(p); return nil }}
			analysis.NewDriver([]*analysis.Analyzer{a}).Run(program(text))
		})
	}
}
