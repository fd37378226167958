//go:build peers

package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"
)

const rounds = 5

// duel is one system written twice.
type duel struct {
	spec, model string
	pml         string
	defines     []string
	// extra is how many states Spin counts beyond ours: those of its init
	// process.
	extra uint64
}

var duels = []duel{
	{"twophase.spec", "Seven", "twophase.pml", []string{"-DN=7"}, 0},
	{"twophase.spec", "Eight", "twophase.pml", []string{"-DN=8"}, 0},
	{"bakery.spec", "Three", "bakery.pml", []string{"-DN=3", "-DM=2"}, 1},
	{"lamport.spec", "Three", "lamport.pml", nil, 0},
}

// run is one finished search.
type run struct {
	states  uint64
	seconds float64
	bytes   float64 // memory for each stored state
}

func (r run) rate() float64 { return float64(r.states) / r.seconds }

func TestPeers(t *testing.T) {
	dir := t.TempDir()
	spec := filepath.Join(dir, "spec")
	command(t, "..", "go", "build", "-o", spec, "./cmd/spec")
	fmt.Printf("%-22s %10s | %12s %8s %9s | %12s %8s | %s\n", "model", "states",
		"spec st/s", "B/state", "first ms", "spin st/s", "B/state", "ratio")
	for _, d := range duels {
		pan := buildSpin(t, d)
		var ours, theirs []run
		for range rounds {
			ours = append(ours, runSpec(t, spec, d))
			theirs = append(theirs, runSpin(t, pan))
		}
		a, b := median(ours), median(theirs)
		if a.states+d.extra != b.states {
			t.Errorf("%s %s: %d states here, %d in Spin", d.spec, d.model, a.states, b.states)
		}
		fmt.Printf("%-22s %10d | %12.0f %8.1f %9.1f | %12.0f %8.1f | %.2f\n", d.spec+" "+d.model, a.states,
			a.rate(), a.bytes, 1000*firstState(t, spec, d), b.rate(), b.bytes, a.rate()/b.rate())
	}
}

// command runs a program to its end and returns what it printed.
func command(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, out, errs.Bytes())
	}
	return out
}

func buildSpin(t *testing.T, d duel) string {
	t.Helper()
	dir := t.TempDir()
	file, err := filepath.Abs(filepath.Join("promela", d.pml))
	if err != nil {
		t.Fatal(err)
	}
	// -o1 -o2 -o3: no data-flow optimisation and no merging of statements.
	command(t, dir, "spin", append(append([]string{"-a", "-o1", "-o2", "-o3"}, d.defines...), file)...)
	pan := filepath.Join(dir, "pan")
	command(t, dir, "gcc", "-O2", "-DNOREDUCE", "-DSAFETY", "-DMEMLIM=12000", "-o", pan, "pan.c")
	return pan
}

var (
	stored  = regexp.MustCompile(`(\d+) states, stored`)
	memory  = regexp.MustCompile(`([\d.]+)\s+actual memory usage for states`)
	elapsed = regexp.MustCompile(`elapsed time ([\d.]+) seconds`)
)

func runSpin(t *testing.T, pan string) run {
	t.Helper()
	out := command(t, filepath.Dir(pan), pan, "-m10000000", "-w24", "-E", "-A", "-n")
	number := func(re *regexp.Regexp) float64 {
		m := re.FindSubmatch(out)
		if m == nil {
			t.Fatalf("no %s in %s", re, out)
		}
		n, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	states := number(stored)
	return run{uint64(states), number(elapsed), number(memory) * (1 << 20) / states}
}

func runSpec(t *testing.T, spec string, d duel) run {
	t.Helper()
	out := command(t, ".", spec, "verify", "--format", "json", "--workers", "1", "--model", d.model,
		filepath.Join("..", "testdata", "bench", d.spec))
	var report struct {
		Models []struct {
			States  struct{ Distinct uint64 }
			Seconds float64
			Memory  uint64
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	m := report.Models[0]
	return run{m.States.Distinct, m.Seconds, float64(m.Memory) / float64(m.States.Distinct)}
}

// firstState returns the seconds from the command to its first state: the
// median of whole runs that stop there.
func firstState(t *testing.T, spec string, d duel) float64 {
	t.Helper()
	var all []float64
	for range rounds {
		start := time.Now()
		cmd := exec.Command(spec, "verify", "--max-states", "1", "--model", d.model,
			filepath.Join("..", "testdata", "bench", d.spec))
		cmd.Stdout, cmd.Stderr = nil, os.Stderr
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != 3 {
			t.Fatalf("a run of one state: %v, want exit 3", err)
		}
		all = append(all, time.Since(start).Seconds())
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func median(runs []run) run {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b run) int {
		switch {
		case a.seconds < b.seconds:
			return -1
		case a.seconds > b.seconds:
			return 1
		}
		return 0
	})
	return runs[len(runs)/2]
}
