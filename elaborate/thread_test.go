package elaborate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
)

// TestProcessOfActions: a step knows its process, with the name of the
// instance of a machine before it; other actions have none.
func TestProcessOfActions(t *testing.T) {
	p := compile("p.spec", `module p

sort Side

machine Inner {
    var n int = 0
    process Worker { a: n = 1
                     b: n = 2 }
    action Reset { n = 0 }
}

machine Outer {
    use Inner as in
    process Each(self Side) { x: skip }
}

model M of Outer { Side = 2 }
`)
	got := map[string]string{}
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if diags.HasErrors() {
		t.Fatal(p.show(diags))
	}
	for _, a := range sys.Actions {
		got[a.Name] = a.Process
	}
	want := map[string]string{"in_Worker_a": "in_Worker", "in_Worker_b": "in_Worker", "in_Reset": "", "Each_x": "Each"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("processes (-want +got):\n%s", diff)
	}
}
