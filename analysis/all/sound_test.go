package all_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/all"
	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// most is how many states of a spec are looked at. Specs with more are left
// out, but for claims that there are infinitely many.
const most = 300

// behaviour is what a spec comes to, found with ir/eval alone.
type behaviour struct {
	p     analysis.Program
	sys   *ir.System
	found *irtest.Result
	whole bool // all states are found
}

// behave checks, elaborates and explores a text; nil if it has errors.
func behave(name, text string) *behaviour {
	p := program(source.NewFile(name, text))
	if p.Diags.HasErrors() {
		return nil
	}
	for _, o := range p.Info.Root.Order {
		m, ok := o.(*types.Model)
		if !ok {
			continue
		}
		sys, faults := elaborate.Model(p.Info, m)
		if faults.HasErrors() {
			return nil
		}
		r := irtest.ExploreUpTo(sys, most)
		return &behaviour{p, sys, r, len(r.States) < most}
	}
	return nil
}

// faultless reports whether every expression had a value wherever it was
// evaluated. A claim speaks of values.
func (b *behaviour) faultless() bool { return b.found.Error < 0 && b.found.PropErr < 0 }

// index is the position of a variable in a state, -1 if it is not there.
func (b *behaviour) index(v types.Object) int {
	return slices.IndexFunc(b.sys.Vars, func(x *ir.Var) bool { return x.Span == v.Span() })
}

// states are the reachable states as texts, sorted, seen through view.
func (b *behaviour) states(view func([]ir.Value) []ir.Value) []string {
	var out []string
	for _, s := range b.found.States {
		if view != nil {
			s = view(slices.Clone(s))
		}
		out = append(out, irtest.Key(s))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// without leaves a variable out of a state.
func without(i int) func([]ir.Value) []ir.Value {
	return func(s []ir.Value) []ir.Value { return slices.Delete(s, i, i+1) }
}

// appends is how random specs make a sequence longer.
var appends = regexp.MustCompile(`\b(q) \+\+= (\[\w+\])`)

// unordered shows a sequence by its elements alone.
func unordered(i int) func([]ir.Value) []ir.Value {
	return func(s []ir.Value) []ir.Value {
		elems := slices.Clone(s[i].(ir.SeqValue).Elems)
		slices.SortFunc(elems, ir.Compare)
		s[i] = ir.SeqValue{Elems: elems}
		return s
	}
}

// verdicts are the properties by whether they are violated, or reached.
func (b *behaviour) verdicts() string {
	out := fmt.Sprint("deadlock ", b.found.Deadlock >= 0, " assert ", b.found.Assert >= 0)
	for i, at := range b.found.Props {
		out += fmt.Sprint(" ", b.sys.Props[i].Name, " ", at >= 0)
	}
	return out
}

// claim turns a finding into a text that behaves alike if the finding is so,
// and says how states are to be seen then. It is "" if the finding says
// nothing that can be tried so.
func claim(b *behaviour, d diag.Diagnostic) (text string, view func([]ir.Value) []ir.Value) {
	f := b.p.Files[d.Span.File]
	replaced := func(with string) string { return f.Text[:d.Span.Lo] + with + f.Text[d.Span.Hi:] }
	fixed := func() string {
		if len(d.Fixes) == 0 {
			return ""
		}
		return diag.Apply(b.p.Files, d.Fixes[:1])[f.Name]
	}
	switch d.Code {
	case "A1001":
		if strings.HasPrefix(d.Message, "nothing leads") {
			return replaced(f.Text[d.Span.Lo:d.Span.Hi] + ": assert false\n again_"), nil
		}
		return replaced("assert false"), nil
	case "A1002":
		if strings.Contains(d.Message, "condition") {
			return replaced("false"), nil // unless it never ends, which is an error
		}
	case "A1003", "A1010", "A1012", "A1041", "A1050":
		return fixed(), nil
	case "A1004", "A1005":
		return replaced(fmt.Sprint("(", !strings.Contains(d.Message, "always false"), ")")), nil
	case "A1006":
		if text := fixed(); text != "" {
			return text, nil
		}
		if with := sameSides(b, d.Span); with != "" {
			return replaced(with), nil
		}
	case "A1007":
		return named(f, d), nil
	case "A1211":
		return replaced("await false"), nil
	case "A1231":
		return replaced("(true)"), nil
	case "A1020":
		v := b.variable(d.Span)
		if i := b.index(v); i >= 0 {
			return unassigned(b, f, v), without(i)
		}
	case "A1040":
		v := b.variable(d.Span)
		return appends.ReplaceAllString(f.Text, "$1 = $2 ++ $1"), unordered(b.index(v))
	}
	return "", nil
}

// sameSides is what a comparison of a term with itself comes to.
func sameSides(b *behaviour, at source.Span) string {
	out := ""
	ast.Walk(b.p.Info.Root.File, func(n ast.Node) bool {
		if e, ok := n.(*ast.Binary); ok && e.Span() == at {
			switch e.Op {
			case ast.Eq, ast.Le, ast.Ge, ast.Implies, ast.Iff, ast.Subset:
				out = "(true)"
			case ast.Ne, ast.Lt, ast.Gt:
				out = "(false)"
			}
		}
		return true
	})
	return out
}

func (b *behaviour) variable(at source.Span) types.Object {
	for _, obj := range b.p.Info.Defs {
		if obj.Span() == at {
			return obj
		}
	}
	return nil
}

// named gives what is computed first a name, and uses it the second time.
func named(f *source.File, d diag.Diagnostic) string {
	first := d.Related[0].Span
	line := f.LineStart(f.Pos(first.Lo).Line)
	return f.Text[:line] + "let named_ = " + f.Text[first.Lo:first.Hi] + "\n" + f.Text[line:d.Span.Lo] + "named_" + f.Text[d.Span.Hi:]
}

// unassigned is the text without the assignments of a variable.
func unassigned(b *behaviour, f *source.File, v types.Object) string {
	var fix diag.Fix
	ast.Walk(b.p.Info.Root.File, func(n ast.Node) bool {
		if s, ok := n.(*ast.Assign); ok && rootOf(b, s.Target) == v {
			fix.Edits = append(fix.Edits, diag.Edit{Span: s.Span(), Text: "skip"})
		}
		return true
	})
	if len(fix.Edits) == 0 {
		return f.Text
	}
	return diag.Apply(b.p.Files, []diag.Fix{fix})[f.Name]
}

func rootOf(b *behaviour, e ast.Expr) types.Object {
	for {
		if obj := b.p.Info.Uses[e]; obj != nil {
			return obj
		}
		switch t := e.(type) {
		case *ast.Index:
			e = t.X
		case *ast.Paren:
			e = t.X
		default:
			return nil
		}
	}
}

// trial counts what became of the claims of one code.
type trial struct{ made, tried int }

// try holds every claim that analyzers make of a text against its behaviour.
// It reports whether the text checks.
func try(t *testing.T, name, text string, tally map[diag.Code]*trial) bool {
	t.Helper()
	b := behave(name, text)
	if b == nil {
		return false
	}
	for _, d := range analysis.NewDriver(all.Analyzers()).Run(b.p) {
		if tally[d.Code] == nil {
			tally[d.Code] = &trial{}
		}
		tally[d.Code].made++
		bad, tried := refute(b, d)
		if tried {
			tally[d.Code].tried++
		}
		if bad != "" {
			t.Errorf("%s: %s %s at %q: %s\n%s", name, d.Code, d.Message, b.p.Files.Text(d.Span), bad, text)
		}
	}
	return true
}

// refute says what speaks against a claim, "" if nothing does, and whether it
// could be tried at all.
func refute(b *behaviour, d diag.Diagnostic) (bad string, tried bool) {
	switch d.Code {
	case "A1011":
		return b.neverMade(d)
	case "A1021":
		return b.neverChanges(d)
	case "A1030":
		return b.grows(d)
	case "A1201", "A1220", "A1221", "A1222", "A1230":
		return b.refuteKernel(d)
	}
	if !b.whole || !b.faultless() {
		return "", false
	}
	text, view := claim(b, d)
	if text == "" {
		return "", false
	}
	c := behave(d.Span.File, text)
	if c == nil {
		return "", false
	}
	if was, is := b.verdicts(), c.verdicts(); was != is {
		return fmt.Sprintf("%s, and without it %s", was, is), true
	}
	if d.Code == "A1001" && strings.HasPrefix(d.Message, "nothing leads") {
		return "", true // a label more is a place more
	}
	if was, is := b.states(view), c.states(view); !slices.Equal(was, is) {
		return fmt.Sprintf("%d states, and without it %d", len(was), len(is)), true
	}
	return "", true
}

func (b *behaviour) neverMade(d diag.Diagnostic) (string, bool) {
	name := b.p.Files.Text(d.Span)
	for _, s := range b.found.States {
		for i, v := range s {
			if strings.Contains(ir.FormatAs(v, b.sys.Vars[i].Type), name) {
				return "there is one in a state", true
			}
		}
	}
	return "", true
}

func (b *behaviour) neverChanges(d diag.Diagnostic) (string, bool) {
	i := b.index(b.variable(d.Span))
	if i < 0 || len(b.found.States) == 0 {
		return "", false
	}
	for _, s := range b.found.States {
		if ir.Format(s[i]) != ir.Format(b.found.States[0][i]) {
			return "it has another value in a state", true
		}
	}
	return "", true
}

// grows: either all states are found, and then the action is never possible,
// or they are not.
func (b *behaviour) grows(d diag.Diagnostic) (string, bool) {
	u := b.p.Info
	for _, obj := range u.Defs {
		a, ok := obj.(*types.Action)
		if ok && a.Decl.Span().Holds(d.Span) && b.whole && b.faultless() && b.found.Assert < 0 && b.takes(a) {
			return "it happens, and there are only so many states", true
		}
	}
	return "", true
}

func (b *behaviour) takes(a *types.Action) bool {
	for _, act := range b.sys.Actions {
		if act.NameSpan != a.Span() {
			continue
		}
		for _, s := range b.found.States {
			if slices.ContainsFunc(eval.Successors(b.sys, s), func(o eval.Outcome) bool { return o.Action == act }) {
				return true
			}
		}
	}
	return false
}

// TestSound tries every claim on random specs: what is said to make no
// difference is taken out, and the reference evaluator finds the same states
// and verdicts. The specs are those of this package and the printed ones of
// ir/irtest, which say everything that the kernel can say.
func TestSound(t *testing.T) {
	n := uint64(60)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20000
	}
	tally := map[diag.Code]*trial{}
	for seed := range n {
		name, text := fmt.Sprint("random", seed, ".spec"), randomSpec(seed)
		if !try(t, name, text, tally) {
			t.Errorf("%s does not check:\n%v\n%s", name, program(source.NewFile(name, text)).Diags, text)
		}
		if t.Failed() {
			return
		}
	}
	printed, unread := 0, 0
	for seed := range n / 4 {
		if sys := irtest.Random(seed); !irtest.HasInstants(sys) {
			printed++
			if !try(t, fmt.Sprint("printed", seed, ".spec"), print.System(sys), tally) {
				unread++ // a literal that does not tell its type where it is printed
			}
		}
	}
	if unread > printed/20 {
		t.Errorf("%d of %d printed systems cannot be read again", unread, printed)
	}
	for code, c := range tally {
		t.Logf("%s: %d claims, %d tried", code, c.made, c.tried)
	}
	for _, code := range []diag.Code{"A1001", "A1003", "A1004", "A1005", "A1006", "A1007", "A1010", "A1011", "A1012", "A1020", "A1021", "A1030", "A1041", "A1050",
		"A1201", "A1220", "A1222", "A1230", "A1231"} {
		if tally[code] == nil || tally[code].tried == 0 {
			t.Errorf("no claim of %s was tried", code)
		}
	}
}
