package solver

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// probeTime is how long a program may take to say its version.
const probeTime = 5 * time.Second

// Find returns the solvers of this machine that answer, z3 before cvc5.
func Find(ctx context.Context) []Solver {
	var out []Solver
	if name, path := probe(ctx, "z3"); path != "" {
		out = append(out, Z3(name, path))
	}
	if name, path := probe(ctx, "cvc5"); path != "" {
		out = append(out, CVC5(name, path))
	}
	return out
}

// probe looks for a program and asks for its version: what does not answer is
// not there.
func probe(ctx context.Context, program string) (name, path string) {
	path, err := exec.LookPath(program)
	if err != nil {
		return "", ""
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return "", ""
	}
	return strings.TrimSpace(program + " " + version(string(out))), path
}

// version is the first word with a digit in front and a dot.
func version(text string) string {
	for _, w := range strings.Fields(text) {
		if w[0] >= '0' && w[0] <= '9' && strings.Contains(w, ".") {
			return w
		}
	}
	return ""
}
