package corpus_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/workspace"
)

func TestAbsintTable(t *testing.T) {
	for _, pattern := range []string{"*.spec", "../../examples/*/*.spec"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			snap := workspace.New().Snapshot(file)
			for _, m := range snap.Models() {
				sys, diags := snap.System(m)
				if diags.HasErrors() {
					continue
				}
				start := time.Now()
				f := absint.Of(sys)
				d := time.Since(start)
				fmt.Printf("%8.1fms %-30s %-14s acts %d vars %d", float64(d.Microseconds())/1000, short(file), sys.Model, len(sys.Actions), len(sys.Vars))
				for _, a := range sys.Actions {
					if !f.Fires(a) {
						fmt.Printf(" DEAD(%s)", a.Name)
					}
				}
				for _, p := range sys.Props {
					if p.Kind == ir.Invariant {
						tr := f.Truth(p.Formula)
						fmt.Printf(" %s:%v%v%v", p.Name, tr.True, tr.False, tr.Error)
					}
				}
				fmt.Println()
			}
		}
	}
}
