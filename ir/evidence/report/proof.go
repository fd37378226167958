package report

import (
	"strings"

	"github.com/spec-lang/spec/ir/evidence"
)

// mostClauses is how many clauses of an invariant are shown.
const mostClauses = 40

// clause writes a clause as it would stand in a spec.
func clause(atoms []evidence.Atom) string {
	if len(atoms) == 0 {
		return "false"
	}
	return strings.Join(atomTexts(atoms), " || ")
}

func atomTexts(atoms []evidence.Atom) []string {
	out := make([]string, len(atoms))
	for i, a := range atoms {
		out[i] = a.String()
	}
	return out
}

// proofs writes the invariants that verdicts rest on.
func (t *text) proofs(res *evidence.Result) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Proof == nil || len(f.Proof.Invariant) == 0 {
			continue
		}
		t.print("  ", headlineLabel(f), ": in every reachable state\n")
		for n, c := range f.Proof.Invariant {
			if n == mostClauses {
				t.reason("", "and "+count(uint64(len(f.Proof.Invariant)-n), "more clause"))
				break
			}
			t.reason("", clause(c))
		}
	}
}

func jsonProofOf(p *evidence.Proof) *jsonProof {
	if p == nil {
		return nil
	}
	out := &jsonProof{p.K, p.Simple, [][]string{}}
	for _, c := range p.Invariant {
		out.Invariant = append(out.Invariant, atomTexts(c))
	}
	return out
}
