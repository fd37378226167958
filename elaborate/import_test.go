package elaborate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir/irtest"
)

// cells is a module whose names are also those of the one that imports it.
const cells = `
module cells

const Top int = 2
enum Level { Low, High }

func level(n int) Level = if n < Top then Low else High

machine Cell(start int) {
    var n 0..9 = start
    action Up when level(n) == Low { n += 1 }
    action Down when n > start { n -= 1 }
    invariant Between: start <= n && n <= Top
}
`

const user = `
module user
import "lib/cells"

const Top int
enum Level { Empty, Full }

func level(n int) Level = if n == Top then Full else Empty

machine Pair {
    use cells.Cell(Top) as a
    use cells.Cell(0) as b
    var a_n Level = Empty

    action Look { a_n = level(a.n + b.n) }

    invariant Sum: a.n + b.n <= 2 * cells.Top
    invariant Levels: cells.level(b.n) == cells.High => b.n == 2
    terminal when true
}

model One of Pair { Top = 1 }
`

// TestImports joins two modules that use the same names: those of the root
// module stay as they are.
func TestImports(t *testing.T) {
	p := compileWith("user.spec", user, map[string]string{"lib/cells": cells})
	if p.diags.HasErrors() {
		t.Fatalf("does not check:\n%s", p.show(p.diags))
	}
	sys, diags := elaborate.Model(p.info, p.models()[0])
	if sys == nil {
		t.Fatalf("does not elaborate:\n%s", p.show(diags))
	}
	var got []string
	for _, c := range sys.Consts {
		got = append(got, c.Name)
	}
	for _, n := range sys.Named {
		got = append(got, n.Name)
	}
	for _, f := range sys.Funcs {
		got = append(got, f.Name)
	}
	for _, v := range sys.Vars {
		got = append(got, v.Name)
	}
	want := []string{"cells_Top", "a_start", "b_start", "Top", "cells_Level", "Level", "cells_level", "level", "a_n", "cells_a_n", "b_n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	// a.n is 1 or 2, b.n is 0, 1 or 2, and a_n is Full once it was seen at 1 + 0.
	if r := irtest.Explore(sys); r.Distinct != 12 || r.Props[0] >= 0 || r.Props[1] >= 0 {
		t.Errorf("got %d states and violations at %v, want 12 and none", r.Distinct, r.Props)
	}
}
