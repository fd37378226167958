package format_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// layouts are texts with what the formatter makes of them.
var layouts = []struct{ name, in, want string }{
	{"nothing", "", ""},
	{"blanks", "module   m\n\n\n\nsort  A ; sort B ring", "module m\n\nsort A\nsort B ring\n"},
	{"carriage returns", "module m\r\n\r\nsort A // x\r\n", "module m\n\nsort A // x\n"},
	{"byte order mark", "\uFEFFmodule m\n", "module m\n"},
	{"only a comment", "// a\n\n\n// b", "// a\n\n// b\n"},
	{"comments at declarations", "// a\nmodule m // b\n// c\n\n/// d\nsort A // e\n// f", "// a\nmodule m // b\n// c\n\n/// d\nsort A // e\n// f\n"},
	{"columns", "machine M {\nvar a int = 1 // x\n/// doc\nvar bcd set[int] = {} // yy\nvar e int\n}",
		"machine M {\n    var a   int      = 1 // x\n    /// doc\n    var bcd set[int] = {} // yy\n    var e   int\n}\n"},
	{"comments in a list", "const S = {1, // one\n // two\n 2 /* */}", "const S = {1, // one\n // two\n 2 /* */}"},
	{"comments in a set", "const S = {1, // one\n // two\n 2 // three\n}", "const S = {\n    1, // one\n    // two\n    2, // three\n}\n"},
	{"comments in a formula", "assume a // x\n && b // y\n && c // z\n", "assume a // x\n    && b // y\n    && c // z\n"},
	{"comments in a call", "assume f(a, // x\n b)", "assume f(\n    a, // x\n    b,\n)\n"},
	{"comments in a body", "machine M { init { // x\n a = 1 // y\n // z\n } }",
		"machine M {\n    init { // x\n        a = 1 // y\n        // z\n    }\n}\n"},
	{"only a comment in a body", "machine M { init {\n// x\n} }", "machine M {\n    init {\n        // x\n    }\n}\n"},
	{"one line", "machine M { init { a = 1; b = 2 } }", "machine M { init { a = 1; b = 2 } }\n"},
	{"long chain", "assume aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb && ccccccccccccccccccccccc",
		"assume aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n    && bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n    && ccccccccccccccccccccccc\n"},
	{"long sum", "const N = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb - ccccccccccccccccccccccc",
		"const N = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa +\n    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb -\n    ccccccccccccccccccccccc\n"},
	{"kept chain", "assume a &&\n b", "assume a\n    && b\n"},
	{"ranges", "const S = {x for x in 0 .. n-1}; const T = s[i+1 : n * 2]", "const S = {x for x in 0..n-1}\nconst T = s[i+1:n*2]\n"},
	{"labels", "machine M { process P { a: x = 1\n y = 2\n long: skip } }",
		"machine M {\n    process P {\n        a:    x = 1\n              y = 2\n        long: skip\n    }\n}\n"},
	{"numbers", "const N = 0x1F + 1_000; const D = 60s", "const N = 0x1F + 1_000\nconst D = 60s\n"},
	{"raw string", "const S = `a\n  b`", "const S = `a\n  b`\n"},
	{"clauses", "func f(n int) int requires n > 0 decreases n = n", "func f(n int) int requires n > 0 decreases n = n\n"},
	{"clauses on lines", "func f(n int) int\nrequires n > 0\n{ return n }", "func f(n int) int\n    requires n > 0\n{ return n }\n"},
	{"arms", "func f(m M) int = match m { A => 1\n Bcd(x) => 2\n_ => 3 }", "func f(m M) int = match m {\n    A      => 1\n    Bcd(x) => 2\n    _      => 3\n}\n"},
	{"model", "model M of N(3) { RM = 3; check A, B expect violated depth 4; mutate A when b }",
		"model M of N(3) { RM = 3; check A, B expect violated depth 4; mutate A when b }\n"},
	{"with faults", "sort   A\nsort = 3", "sort   A\nsort = 3"},
}

func TestLayout(t *testing.T) {
	for _, tt := range layouts {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, check(t, tt.in)); d != "" {
				t.Error(d)
			}
		})
	}
}
