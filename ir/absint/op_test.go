package absint

import (
	"testing"

	"github.com/spec-lang/spec/ir"
)

// TestOperators names the operators that Values do not know.
func TestOperators(t *testing.T) {
	lazy := map[ir.Op]bool{ir.And: true, ir.Or: true, ir.Implies: true}
	for op, row := range ir.Ops {
		op := ir.Op(op)
		if op == 0 || row.Temporal || lazy[op] {
			continue
		}
		if transfers[op].f == nil {
			t.Errorf("operator %d, %s, has no transfer function", int(op), row.Name)
		}
	}
}
