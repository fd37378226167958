package elaborate_test

import (
	"testing"

	"github.com/spec-lang/spec/elaborate"
)

// TestScenarioVariables refuses a free variable whose values cannot all be
// tried: it would make the scenario impossible without a word.
func TestScenarioVariables(t *testing.T) {
	const head, tail = "module m\nmachine M {\n var q []int = [1]\n var p bool = false\n", "\n}\nmodel S of M { check all }\n"
	for _, tt := range []struct{ name, text, want string }{
		{"finite", "action A(x bool) { p = x }\n scenario R { A(v) }", ""},
		{"infinite", "action A(x in q) { p = x > 0 }\n scenario R { A(v) }", "E0407"},
		{"infinite, but given", "action A(x in q) { p = x > 0 }\n scenario R { A(1) }", ""},
	} {
		p := compile("m.spec", head+tt.text+tail)
		if p.diags.HasErrors() {
			t.Fatalf("%s does not check:\n%s", tt.name, p.show(p.diags))
		}
		_, diags := elaborate.Model(p.info, p.models()[0])
		got := ""
		for _, d := range diags {
			got += string(d.Code)
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
