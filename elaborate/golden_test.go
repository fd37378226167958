package elaborate_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir/print"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden prints what the first model of each machine elaborates to.
func TestGolden(t *testing.T) {
	for _, base := range []string{"composition", "functions", "process", "properties", "start", "statements"} {
		name := filepath.Join("testdata", base+".spec")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p := compile(name, string(text))
		seen := map[string]bool{}
		for _, m := range p.models() {
			if seen[m.Machine.Name()] {
				continue
			}
			seen[m.Machine.Name()] = true
			t.Run(m.Machine.Name(), func(t *testing.T) {
				sys, diags := elaborate.Model(p.info, m)
				if sys == nil {
					t.Fatalf("does not elaborate:\n%s", p.show(diags))
				}
				golden(t, filepath.Join("testdata", "golden", base+"_"+m.Machine.Name()+".txt"), print.System(sys))
			})
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
