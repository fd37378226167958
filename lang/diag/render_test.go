package diag_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// one returns a diagnostic about the first occurrence of at in text.
func one(text, at string) (source.Set, diag.Diagnostic) {
	files := source.Set{}
	f := files.Add(source.NewFile("a.spec", text))
	i := strings.Index(text, at)
	return files, diag.Diagnostic{Code: "E0101", Span: f.Span(i, i+len(at)), Message: "m"}
}

func TestText(t *testing.T) {
	long := strings.Repeat("a", 200)
	for _, tt := range []struct{ name, text, at, want string }{
		{"word", "module m\nvar log int\n", "log", "a.spec:2:5: error E0101: m\n    2 | var log int\n      |     ^^^\n"},
		{"tabs before", "\tx\tlog", "log", "a.spec:1:4: error E0101: m\n    1 |     x   log\n      |         ^^^\n"},
		{"tab within", "a\tb", "a\tb", "a.spec:1:1: error E0101: m\n    1 | a   b\n      | ^^^^^\n"},
		{"wide before", `x = "日本" + log`, "log", "a.spec:1:12: error E0101: m\n    1 | x = \"日本\" + log\n      |              ^^^\n"},
		{"wide within", `"日本"`, `"日本"`, "a.spec:1:1: error E0101: m\n    1 | \"日本\"\n      | ^^^^^^\n"},
		{"combining", "e\u0301 log", "log", "a.spec:1:4: error E0101: m\n    1 | e\u0301 log\n      |   ^^^\n"},
		{"over two lines", "a (\nb) c", "(\nb)", "a.spec:1:3: error E0101: m\n    1 | a (\n      |   ^\n"},
		{"nothing", "a b", "", "a.spec:1:1: error E0101: m\n    1 | a b\n      | ^\n"},
		{"carriage return", "a b\r\n", "b", "a.spec:1:3: error E0101: m\n    1 | a b\n      |   ^\n"},
		{"escape codes", "\x1b[2J b", "b", "a.spec:1:6: error E0101: m\n    1 | ?[2J b\n      |      ^\n"},
		{"long before", long + " b", "b", "a.spec:1:202: error E0101: m\n    1 | ..." + long[:115] + " b\n      | " + strings.Repeat(" ", 119) + "^\n"},
		{"long after", "b " + long, "b", "a.spec:1:1: error E0101: m\n    1 | b " + long[:115] + "...\n      | ^\n"},
		{"long within", long, long, "a.spec:1:1: error E0101: m\n    1 | " + long[:57] + "...\n      | " + strings.Repeat("^", 60) + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files, d := one(tt.text, tt.at)
			if diff := cmp.Diff(tt.want, diag.Text(files, diag.List{d})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextParts(t *testing.T) {
	files, d := one("module m\nvar log int\n", "log")
	d.Severity, d.Help = diag.Warning, "read it"
	d.Related = []diag.Related{{Span: files["a.spec"].Span(7, 8), Message: "in this module"}}
	nowhere := diag.Diagnostic{Code: "E0103", Message: "is about nothing"}
	lost := diag.Diagnostic{Code: "E0102", Span: source.Span{File: "b.spec"}, Message: "cannot be read"}
	want := `a.spec:2:5: warning E0101: m
    2 | var log int
      |     ^^^
   help: read it
   a.spec:1:8: in this module
b.spec: error E0102: cannot be read
error E0103: is about nothing
`
	if diff := cmp.Diff(want, diag.Text(files, diag.List{d, lost, nowhere})); diff != "" {
		t.Error(diff)
	}
}

func TestJSON(t *testing.T) {
	files, d := one("module m\nvar log int\n", "log")
	d.Help = "read it"
	d.Related = []diag.Related{{Span: files["a.spec"].Span(7, 8), Message: "in this module"}}
	got, err := diag.JSON(files, diag.List{d})
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "code": "E0101",
    "severity": "error",
    "message": "m",
    "help": "read it",
    "file": "a.spec",
    "line": 2,
    "column": 5,
    "endLine": 2,
    "endColumn": 8,
    "related": [
      {
        "message": "in this module",
        "file": "a.spec",
        "line": 1,
        "column": 8,
        "endLine": 1,
        "endColumn": 9
      }
    ]
  }
]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if empty, err := diag.JSON(files, nil); err != nil || string(empty) != "[]" {
		t.Errorf("got %s, %v for no diagnostics, want []", empty, err)
	}
}
