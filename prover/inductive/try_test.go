package inductive_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/inductive"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

func TestTry(t *testing.T) {
	name := os.Getenv("TRY")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tree, diags := parse.File(source.NewFile(name, string(text)))
	info, more := typecheck.Check(tree, nil)
	for _, d := range append(diags, more...) {
		fmt.Println(d.Span, d.Severity, d.Message, string(text[d.Span.Lo:d.Span.Hi]))
	}
	for _, obj := range info.Root.Order {
		m, ok := obj.(*types.Model)
		if !ok {
			continue
		}
		sys, ds := elaborate.Model(info, m)
		if sys == nil {
			t.Fatal(ds)
		}
		for _, p := range sys.Props {
			if !p.Inductive {
				continue
			}
			start := time.Now()
			pr, err := inductive.Check(context.Background(), sys, p, inductive.Options{
				Solver: &solver.Portfolio{Solvers: solver.Find(context.Background())},
				Resize: func(sizes map[string]int) *ir.System { s, _ := elaborate.Resized(info, m, sizes); return s }})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Printf("%s %s: outcome %d free %d obligations %d by %v why %q core %d of %d %v\n", m.Name(), p.Name, pr.Outcome, len(pr.Every), pr.Obligations, pr.By, pr.Why, len(pr.Needed), len(pr.With), time.Since(start))
			if c := pr.Counter; c != nil {
				show := func(vs []ir.Value) {
					for i, v := range vs {
						fmt.Printf("   %s = %s", sys.Vars[i].Name, ir.Format(v))
					}
					fmt.Println()
				}
				show(c.Before)
				if c.Action != nil {
					fmt.Print(" -> ", c.Action.Name)
					for _, a := range c.Args {
						fmt.Print(" ", ir.Format(a))
					}
					fmt.Println()
				}
				show(c.After)
				for _, p := range c.Excluding {
					fmt.Println("  excluded by", p.Name)
				}
			}
		}
	}
}
