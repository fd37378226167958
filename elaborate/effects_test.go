package elaborate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// TestEffectsContain checks the effects that the checker infers against those
// of what is elaborated, action by action: nothing is read or written that
// they do not name. Package ir/effects is tested against the judge itself.
func TestEffectsContain(t *testing.T) {
	n := 0
	for _, pattern := range []string{"testdata/*.spec", "../testdata/corpus/*.spec", "../testdata/bench/*.spec", "../examples/*/*.spec"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal("no files for", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			n += contained(t, name, string(text), 0)
		}
	}
	if n < 300 {
		t.Errorf("%d actions show little", n)
	}
}

// TestEffectsContainRandom does the same for random systems as texts.
func TestEffectsContainRandom(t *testing.T) {
	rounds := uint64(150)
	if os.Getenv("SPEC_SOAK") != "" {
		rounds = 20000
	}
	n := 0
	for seed := range rounds {
		if sys := irtest.Random(seed); !irtest.HasInstants(sys) {
			n += contained(t, fmt.Sprint("random", seed, ".spec"), print.System(sys), 20)
		}
	}
	if n < int(rounds) {
		t.Errorf("%d actions show little", n)
	}
}

// contained returns how many actions of the models of a text it has compared,
// in as many states as are asked for. What a model mutates has the effects of the mutation.
func contained(t *testing.T, name, text string, states int) int {
	t.Helper()
	p := compile(name, text)
	if p.diags.HasErrors() {
		return 0 // it imports others, or is wrong on purpose
	}
	n := 0
	for _, m := range p.models() {
		if slices.ContainsFunc(m.Decl.Items, func(it ast.ModelItem) bool { _, ok := it.(*ast.Mutate); return ok }) {
			continue
		}
		sys, _ := elaborate.Model(p.info, m)
		if sys == nil {
			continue
		}
		of := declaredEffects(p.info, m.Machine, "")
		for _, a := range sys.Actions {
			e := of[a.Name]
			if e == nil {
				continue // a name that had to make way
			}
			n++
			set := effects.Of(a)
			allow(t, fmt.Sprintf("%s: %s reads", name, a.Name), set.Reads, e.reads)
			allow(t, fmt.Sprintf("%s: %s writes", name, a.Name), set.Writes, e.writes)
		}
		observed(t, name, sys, of, states)
	}
	return n
}

// observed runs the first states of a System and reports variables that an
// action changes and does not name.
func observed(t *testing.T, name string, sys *ir.System, of map[string]*named, states int) {
	t.Helper()
	if states == 0 {
		return
	}
	for _, before := range irtest.ExploreUpTo(sys, states).States {
		for _, o := range eval.Successors(sys, before) {
			e := of[o.Action.Name]
			for i, v := range o.State {
				if e == nil || ir.Equal(v, before[i]) {
					continue
				}
				changed := renamed.ReplaceAllString(sys.Vars[i].Name, "")
				if !slices.ContainsFunc(e.writes, func(p []string) bool { return p[0] == changed }) {
					t.Errorf("%s: %s changes %s, which is not among %v", name, o.Action.Name, changed, e.writes)
				}
			}
		}
	}
}

// named are effects by the names that things have in the System: variable,
// then keys.
type named struct{ reads, writes [][]string }

// declaredEffects lists the effects of the actions of a machine by the name
// that each has in the System.
func declaredEffects(info *typecheck.Info, m *types.Machine, prefix string) map[string]*named {
	out := map[string]*named{}
	for _, obj := range m.Order {
		e := info.Effects[obj]
		switch obj := obj.(type) {
		case *types.Action:
			out[prefix+obj.Name()] = byName(e, prefix)
		case *types.Process:
			for _, l := range obj.Labels {
				out[prefix+obj.Name()+"_"+l] = byName(e, prefix)
			}
		case *types.Sync:
			if obj.Name() != "" {
				out[prefix+obj.Name()] = byName(e, prefix)
			}
		case *types.Instance:
			for name, e := range declaredEffects(info, obj.Machine, prefix+obj.Name()+"_") {
				out[name] = e
			}
		}
	}
	return out
}

func byName(e *typecheck.Effects, prefix string) *named {
	if e == nil {
		return &named{}
	}
	return &named{paths(e.Reads, prefix), paths(e.Writes, prefix)}
}

var keyText = regexp.MustCompile(`\[[^\]]*\]|\.\w+|@`)

func paths(ps []typecheck.Path, prefix string) [][]string {
	var out [][]string
	for _, p := range ps {
		name, plain := prefix, ""
		for _, in := range p.Via {
			name += in.Name() + "_"
			plain += in.Name() + "."
		}
		if v, ok := p.Var.(*types.ProcessVar); ok {
			name += v.Owner().Name() + "_"
			plain += v.Owner().Name() + "."
		}
		keys := keyText.FindAllString(strings.TrimPrefix(p.Text, plain+p.Var.Name()), -1)
		name += p.Var.Name()
		if len(keys) > 0 && keys[len(keys)-1] == "@" {
			name, keys = name+"_pc", keys[:len(keys)-1]
		}
		out = append(out, append([]string{name}, keys...))
	}
	return out
}

// renamed is what a name in the kernel ends in if it had to make way for
// another.
var renamed = regexp.MustCompile(`_[2-9]$`)

// allow reports the paths of the kernel that none of the checker's contains.
func allow(t *testing.T, what string, have []effects.Path, allowed [][]string) {
	t.Helper()
	for _, p := range have {
		path := kernelPath(p)
		path[0] = renamed.ReplaceAllString(path[0], "")
		if !slices.ContainsFunc(allowed, func(a []string) bool { return contains(a, path) }) {
			t.Errorf("%s %v, which is not among %v", what, path, allowed)
		}
	}
}

func contains(a, path []string) bool {
	if len(a) > len(path) {
		return false
	}
	for i, k := range a {
		if k != path[i] && k != "[_]" {
			return false
		}
	}
	return true
}

// kernelPath is a path of the kernel up to the first set that it looks into.
func kernelPath(p effects.Path) []string {
	out := []string{p.Var.Name}
	t := p.Var.Type
	for _, s := range p.Steps {
		switch s.Kind {
		case effects.Field:
			out = append(out, "."+t.Fields[s.Field].Name)
			t = t.Fields[s.Field].Type
			continue
		case effects.Member:
			return out
		}
		switch k := s.Key.(type) {
		case *ir.LocalRef:
			out = append(out, "["+k.Local.Name+"]")
		case *ir.ConstRef:
			out = append(out, "["+k.Const.Name+"]")
		case *ir.Make:
			if len(k.Args) == 0 && k.T.Kind == ir.SumKind {
				out = append(out, "["+k.T.Variants[k.Variant].Name+"]")
			} else {
				out = append(out, "[?]")
			}
		case *ir.Lit:
			out = append(out, "["+ir.FormatAs(k.Value, k.T)+"]")
		default:
			out = append(out, "[?]")
		}
		t = t.Elem
	}
	return out
}
