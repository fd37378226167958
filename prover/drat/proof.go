// Package drat reads, writes and checks refutations of clauses: derivations of
// the empty clause in the DRAT format, which all modern solvers write. Wetzler,
// Heule and Hunt, "DRAT-trim: Efficient checking and trimming using expressive
// clausal proofs", SAT 2014.
//
// The checker shares nothing with the solvers whose proofs it reads. It knows
// unit propagation, and nothing else.
package drat

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/prover/cnf"
)

// Step adds a clause that follows, or says that one is not needed any more.
type Step struct {
	Delete bool
	Clause []cnf.Lit
}

// Proof is a derivation; that it ends in the empty clause is for Check to say.
type Proof []Step

// Add notes a clause that follows.
func (p *Proof) Add(clause []cnf.Lit) {
	*p = append(*p, Step{Clause: append([]cnf.Lit(nil), clause...)})
}

// Delete notes that a clause is not needed any more.
func (p *Proof) Delete(clause []cnf.Lit) {
	*p = append(*p, Step{true, append([]cnf.Lit(nil), clause...)})
}

// String writes the proof in the DRAT format, a step a line.
func (p Proof) String() string {
	var b strings.Builder
	for _, s := range p {
		if s.Delete {
			b.WriteString("d ")
		}
		for _, l := range s.Clause {
			b.WriteString(strconv.Itoa(int(l)))
			b.WriteByte(' ')
		}
		b.WriteString("0\n")
	}
	return b.String()
}

// maxLine bounds a line of a proof, in bytes.
const maxLine = 1 << 24

// Read reads the text of a proof.
func Read(r io.Reader) (Proof, error) {
	var p Proof
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 {
			continue
		}
		s, err := readStep(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		p = append(p, s)
	}
	return p, lines.Err()
}

func readStep(words []string) (Step, error) {
	var s Step
	if words[0] == "d" {
		s.Delete, words = true, words[1:]
	}
	if len(words) == 0 || words[len(words)-1] != "0" {
		return s, errors.New("a step ends with 0")
	}
	for _, w := range words[:len(words)-1] {
		n, err := strconv.ParseInt(w, 10, 32)
		if err != nil || n == 0 {
			return s, fmt.Errorf("%q is no literal", w)
		}
		s.Clause = append(s.Clause, cnf.Lit(n))
	}
	return s, nil
}
