//go:build peers

package bench

import (
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// A pan is a verifier that Spin wrote for one duel.
type pan struct {
	program string
	args    []string
}

// exhaustive visits every state, without reduction.
func exhaustive(t *testing.T, d duel) pan {
	return buildPan(t, d, nil, []string{"-DNOREDUCE", "-DSAFETY"}, "-E", "-A")
}

// reduced leaves out what Spin's partial order reduction finds needless.
func reduced(t *testing.T, d duel) pan {
	return buildPan(t, d, nil, []string{"-DSAFETY"}, "-E", "-A")
}

// acceptance looks for a weakly fair run against the claim in the file.
func acceptance(t *testing.T, d duel) pan {
	return buildPan(t, d, []string{"-DLIVE"}, []string{"-DNOREDUCE", "-DNFAIR=3"}, "-a", "-f")
}

func buildPan(t *testing.T, d duel, defines, compile []string, args ...string) pan {
	t.Helper()
	dir := t.TempDir()
	// -o1 -o2 -o3: no data-flow optimisation and no merging of statements.
	spin := append([]string{"-a", "-o1", "-o2", "-o3"}, defines...)
	command(t, dir, "spin", append(append(spin, d.defines...), d.promelaFile(t))...)
	program := filepath.Join(dir, "pan")
	command(t, dir, "gcc", append([]string{"-O2", "-w", "-DMEMLIM=12000", "-o", program, "pan.c"}, compile...)...)
	return pan{program, append([]string{"-m10000000", "-w24", "-n"}, args...)}
}

var (
	stored  = regexp.MustCompile(`(\d+) states, stored`)
	memory  = regexp.MustCompile(`([\d.]+)\s+actual memory usage for states`)
	elapsed = regexp.MustCompile(`elapsed time ([\d.]+) seconds`)
	errors  = regexp.MustCompile(`errors: (\d+)`)
)

func (p pan) run(t *testing.T) run {
	t.Helper()
	out := command(t, filepath.Dir(p.program), p.program, p.args...)
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
	return run{uint64(states), number(elapsed), number(memory) * (1 << 20) / states, number(errors) == 0}
}
