//go:build peers

package bench

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// reduction is the flag that turns partial order reduction on.
const reduction = "--reduction=partial-order"

// buildSpec compiles the tool.
func buildSpec(t *testing.T) string {
	t.Helper()
	spec := filepath.Join(t.TempDir(), "spec")
	command(t, "..", "go", "build", "-o", spec, "./cmd/spec")
	return spec
}

func runSpec(t *testing.T, spec string, d duel, flags ...string) run {
	t.Helper()
	args := append([]string{"verify", "--format", "json", "--model", d.model}, flags...)
	out := command(t, ".", spec, append(args, d.specFile())...)
	var report struct {
		Models []struct {
			OK      bool
			States  struct{ Distinct uint64 }
			Seconds float64
			Memory  uint64
		}
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Models) != 1 {
		t.Fatalf("%v, or not one model, in %s", err, out)
	}
	m := report.Models[0]
	return run{m.States.Distinct, m.Seconds, float64(m.Memory) / float64(m.States.Distinct), m.OK}
}

// milliseconds returns how long a whole run of the tool takes that ends with
// the exit code: the median of several.
func milliseconds(t *testing.T, code int, spec string, args ...string) float64 {
	t.Helper()
	var all []float64
	for range rounds {
		start := time.Now()
		cmd := exec.Command(spec, args...)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
			t.Fatalf("spec %q: %v, want exit %d", args, err, code)
		}
		all = append(all, time.Since(start).Seconds()*1000)
	}
	slices.Sort(all)
	return all[len(all)/2]
}
