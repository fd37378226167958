package diagtest_test

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/diag/diagtest"
	"github.com/spec-lang/spec/lang/source"
)

// TestCheck is about what Check refuses: every row has a checker that says
// E0201 "expected int, found bool" of the texts in wrong.
func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		wrong     []string
		want      []string // the beginnings of the complaints
	}{
		{"met", `x = true //~ E0201 at "true": found bool`, []string{"true"}, nil},
		{"met without text", `x = true //~ E0201: found bool`, []string{"true"}, nil},
		{"met without message", `x = true //~ E0201`, []string{"true"}, nil},
		{"met twice on a line", `x = true + false //~ E0201 at "true" //~ E0201 at "false"`, []string{"true", "false"}, nil},
		{"nothing at all", `x = 1`, nil, nil},
		{"wrong text", `x = true //~ E0201 at "x"`, []string{"true"}, []string{"t:1: nothing expects E0201", "t:1: nothing meets E0201"}},
		{"wrong code", `x = true //~ E0202`, []string{"true"}, []string{"t:1: nothing expects E0201", "t:1: nothing meets E0202"}},
		{"wrong message", `x = true //~ E0201: found int`, []string{"true"}, []string{"t:1: nothing expects", "t:1: nothing meets"}},
		{"wrong line", "x = true\n//~ E0201", []string{"true"}, []string{"t:1: nothing expects", "t:2: nothing meets"}},
		{"unwanted", `x = true`, []string{"true"}, []string{`t:1: nothing expects E0201 at "true": expected int, found bool`}},
		{"unmet", `x = 1 //~ E0201: found bool`, nil, []string{"t:1: nothing meets E0201: found bool"}},
		{"one expectation for two", `x = true + true2 //~ E0201`, []string{"true", "true2"}, []string{"t:1: nothing expects"}},
		{"no code", `x = 1 //~ wrong`, nil, []string{`t:1: expected a code after //~, found "wrong"`}},
		{"no quotes", `x = 1 //~ E0201 at x`, nil, []string{"t:1: expected quoted source text"}},
		{"no colon", `x = 1 //~ E0201 found bool`, nil, []string{"t:1: expected `at"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("t", tt.src)
			var list diag.List
			for _, w := range tt.wrong {
				i := strings.Index(tt.src, w)
				list.Add(diag.Diagnostic{Code: "E0201", Span: f.Span(i, i+len(w)), Message: "expected int, found bool"})
			}
			got := diagtest.Check(f, list)
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.want[i]) {
					t.Errorf("got %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}
