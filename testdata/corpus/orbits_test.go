package corpus_test

import (
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/workspace"
)

// TestOrbits counts states up to renaming the elements of sorts, for the
// models whose published figures were found under symmetry.
func TestOrbits(t *testing.T) {
	for _, tt := range []struct {
		file, model     string
		states, classes int
	}{
		{"voting.spec", "Three", 599, 77},
		{"paxos.spec", "One", 25, 25},
		{"paxos.spec", "Three", 3921, 443},
	} {
		if tt.states > 1000 && os.Getenv("SPEC_SOAK") == "" {
			continue // the judge takes half a minute
		}
		t.Run(tt.file, func(t *testing.T) {
			sys := system(t, tt.file, tt.model)
			res := irtest.Explore(sys)
			classes := map[string]bool{}
			renamings := permutations(sys.Sorts)
			for _, s := range res.States {
				least := ""
				for _, r := range renamings {
					if key := irtest.Key(rename(s, r)); least == "" || key < least {
						least = key
					}
				}
				classes[least] = true
			}
			if len(res.States) != tt.states || len(classes) != tt.classes {
				t.Errorf("got %d states in %d classes, want %d in %d", len(res.States), len(classes), tt.states, tt.classes)
			}
		})
	}
}

// system elaborates one model of a file.
func system(t *testing.T, file, model string) *ir.System {
	t.Helper()
	snap := workspace.New().Snapshot(file)
	for _, m := range snap.Models() {
		if m.Name() != model {
			continue
		}
		sys, diags := snap.System(m)
		if sys == nil {
			t.Fatalf("%s does not elaborate: %v", model, diags)
		}
		return sys
	}
	t.Fatalf("%s has no model %s: %v", file, model, snap.Diags)
	return nil
}

// renaming maps the elements of sorts to others, by index.
type renaming map[*ir.Sort][]int

// permutations returns all ways to rename the elements of unordered sorts.
func permutations(sorts []*ir.Sort) []renaming {
	out := []renaming{{}}
	for _, s := range sorts {
		if s.Order != ir.Unordered {
			continue
		}
		var next []renaming
		for _, r := range out {
			for _, p := range orders(len(s.Elems)) {
				more := renaming{s: p}
				for k, v := range r {
					more[k] = v
				}
				next = append(next, more)
			}
		}
		out = next
	}
	return out
}

// orders returns the permutations of 0..n-1.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for _, p := range orders(n - 1) {
		for i := range n {
			out = append(out, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return out
}

func rename(vs []ir.Value, r renaming) []ir.Value {
	out := make([]ir.Value, len(vs))
	for i, v := range vs {
		out[i] = renameValue(v, r)
	}
	return out
}

func renameValue(v ir.Value, r renaming) ir.Value {
	switch v := v.(type) {
	case ir.Elem:
		if p := r[v.Sort]; p != nil {
			return ir.Elem{Sort: v.Sort, Index: p[v.Index]}
		}
	case ir.SumValue:
		return ir.SumValue{Type: v.Type, Variant: v.Variant, Args: rename(v.Args, r)}
	case ir.StructValue:
		return ir.StructValue{Type: v.Type, Fields: rename(v.Fields, r)}
	case ir.SeqValue:
		return ir.SeqValue{Elems: rename(v.Elems, r)}
	case ir.SetValue:
		return ir.MakeSet(rename(v.Elems, r))
	case ir.MapValue:
		keys, vals := rename(v.Keys, r), rename(v.Vals, r)
		sorted := ir.MakeSet(slices.Clone(keys)).Elems
		out := ir.MapValue{Keys: sorted, Vals: make([]ir.Value, len(vals))}
		for i, k := range keys {
			at, _ := slices.BinarySearchFunc(sorted, k, ir.Compare)
			out.Vals[at] = vals[i]
		}
		return out
	}
	return v
}
