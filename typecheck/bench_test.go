package typecheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// large makes a specification of about the given number of lines: machines
// like two-phase commit, one after the other.
func large(lines int) string {
	var b strings.Builder
	b.WriteString("module large\n\nsort RM\nenum Vote { Working, Prepared, Committed, Aborted }\n")
	for i := 0; strings.Count(b.String(), "\n") < lines; i++ {
		fmt.Fprintf(&b, `
enum Msg%[1]d { PreparedBy%[1]d(from RM), Commit%[1]d, Abort%[1]d }

func votes%[1]d(vote [RM]Vote) int = count r in RM: vote[r] == Prepared

machine M%[1]d {
    var vote    [RM]Vote     = {_: Working}
    var net     set[Msg%[1]d]     = {}
    var heard   set[RM]      = {}
    var verdict option[bool] = none

    action Prepare(r RM) when vote[r] == Working {
        vote[r] = Prepared
        net += PreparedBy%[1]d(r)
    }
    action Collect(r RM) when verdict == none && PreparedBy%[1]d(r) in net { heard += r }
    fair action Decide(commit bool) when verdict == none && (!commit || heard == RM) {
        verdict = some(commit)
        net += if commit then Commit%[1]d else Abort%[1]d
    }
    fair action Hear(r RM, m in net) when vote[r] in {Working, Prepared} {
        match m {
            PreparedBy%[1]d(_) => skip
            Commit%[1]d => vote[r] = Committed
            Abort%[1]d => { vote[r] = Aborted }
        }
    }
    terminal when forall r in RM: vote[r] in {Committed, Aborted}
    invariant Consistent: not exists a, b in RM: vote[a] == Committed && vote[b] == Aborted
    invariant Few: votes%[1]d(vote) <= len(RM)
    property Ends: always eventually verdict != none
    step Final: forall r in RM: old(vote[r]) == Committed => vote[r] == Committed
}

model Small%[1]d of M%[1]d { RM = 3; check all }
`, i)
	}
	return b.String()
}

// BenchmarkCheck checks a parsed file of 5,000 lines.
func BenchmarkCheck(b *testing.B) {
	text := large(5000)
	tree, diags := parse.File(source.NewFile("large", text))
	if len(diags) > 0 {
		b.Fatal(diags)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, diags := typecheck.Check(tree, nil); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

// TestLarge checks that a file of 5,000 lines has no faults and is looked at
// as a whole.
func TestLarge(t *testing.T) {
	tree, faults := parse.File(source.NewFile("large", large(5000)))
	info, diags := typecheck.Check(tree, nil)
	if len(faults)+len(diags) > 0 {
		t.Fatal(faults, diags)
	}
	if len(info.Types) < 10000 {
		t.Errorf("only %d expressions have a type", len(info.Types))
	}
}
