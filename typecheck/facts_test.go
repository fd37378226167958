package typecheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

const facts = `module facts
sort RM
sort Slot ordered
enum Msg { From(who RM), Commit }
enum Either[A, B] { Left(a A), Right(b B) }
struct P { x int; y 0..3 }
func id[T](v T) T = v
machine Lock(Who sort) { var held set[Who] = {}; action Take(w Who) { held += w } }
machine M {
    use Lock(RM) as l
    var net  set[Msg] = {}
    var f    [0..3]int = {i: 0 for i in 0..3}
    var opt  option[0..3] = none
    var p    P = P(1, 2)
    var e    Either[int, bool] = Left(3)
    var m    map[RM]P = {}
    var seq  [..3]int = []
    process W(self RM) { var k 0..3 = 0 ; go: k = 1 }
    action A(r RM, m0 in net) when m0 == Commit || m0 in {From(r)} {
        let q = HERE
        assert q == q
        match m0 { From(w) => l.Take(w), Commit => skip }
    }
    scenario S { A(a, Commit); expect l.held == {RM.1, a} }
}
model X of M { RM = {one, two}; bound one in l.held }
`

// TestTypes checks the type that an expression has where nothing is expected
// of it.
func TestTypes(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a sort is a set", "RM", "set[RM]"},
		{"an interval is a set of int", "0..3", "set[int]"},
		{"reading an entry", "f[1]", "int"},
		{"a field keeps its range", "p.y", "0..3"},
		{"arithmetic widens", "p.y + p.y", "int"},
		{"branches of one type keep it", "if p.x > 0 then p.y else p.y", "0..3"},
		{"branches of two widen", "if p.x > 0 then p.y else p.x", "int"},
		{"the value of an option", "opt.value", "0..3"},
		{"a set of a literal and a range", "{p.y, 7}", "set[int]"},
		{"a comprehension", "{x.y for x in {p}}", "set[0..3]"},
		{"a total function over a sort", "{k: 3 for k in RM}", "[RM]int"},
		{"a map over a set", "{k: 3 for k in l.held}", "map[RM]int"},
		{"a map literal", "{r: p}", "map[RM]P"},
		{"a tuple", "(r, Commit)", "(RM, Msg)"},
		{"a part of a tuple", "(r, Commit).1", "Msg"},
		{"a variant with a payload", "From(r)", "Msg"},
		{"a generic function", "id(id(p.y))", "0..3"},
		{"of an instance, its sort is ours", "l.held", "set[RM]"},
		{"slices lose their bound", "seq[1:]", "[]int"},
		{"joined sequences too", "seq ++ [p.y]", "[]int"},
		{"times", "5s / 2", "duration"},
		{"a ratio of times", "5s / 2ms", "int"},
		{"variables of a process", "W.k", "[RM]0..3"},
		{"of one instance", "W[r].k", "0..3"},
		{"a label", "W[r]@go", "bool"},
		{"a choice", "choose s in Slot where true", "Slot"},
		{"the next of an ordered sort", "next(choose s in Slot where true)", "Slot"},
		{"a count", "count s in Slot: true", "int"},
		{"the least of ranges", "min x in {p.y}: x", "0..3"},
		{"a sum of ranges", "sum x in {p.y}: x", "int"},
		{"a fold starts with int", "fold acc = p.y, x in {1}: acc + x", "int"},
		{"powerset", "powerset(RM)", "set[set[RM]]"},
		{"keys", "keys(m)", "set[RM]"},
		{"old", "old(m)", "map[RM]P"},
		{"with", "p with { x: 3 }", "P"},
		{"values", "values([RM]bool)", "set[[RM]bool]"},
		{"a match", "match e { Left(n) => n, Right(_) => p.y }", "int"},
		{"a let", "let x = p in x.y", "0..3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := source.NewFile("facts", strings.Replace(facts, "HERE", tt.in, 1))
			tree, faults := parse.File(file)
			info, _ := typecheck.Check(tree, nil)
			got := ""
			ast.Walk(tree, func(n ast.Node) bool {
				if s, ok := n.(*ast.LetStmt); ok && len(faults) == 0 && info.Types[s.Value] != types.Invalid {
					got = info.Types[s.Value].String()
				}
				return true
			})
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTables checks the tables other than Types on one text: what stands at
// which place, line by line.
func TestTables(t *testing.T) {
	file := source.NewFile("facts", strings.Replace(facts, "HERE", "id(p.x)", 1))
	set := source.Set{"facts": file}
	tree, faults := parse.File(file)
	info, diags := typecheck.Check(tree, nil)
	if len(faults)+len(diags) > 0 {
		t.Fatal(faults, diags)
	}
	var got []string
	ast.Walk(tree, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok || file.Pos(e.Span().Lo).Line < 19 {
			return true
		}
		if fact := factOf(info, e); fact != "" {
			got = append(got, set.Text(e.Span())+": "+fact)
		}
		return true
	})
	want := []string{
		"id(p.x): of [int]", "p.x: field x of type int",
		"From: variant From", "l.Take: action Take through l", "Commit: variant Commit",
		"A: action A", "l.held: through l", "RM.1: element 0",
		"one: element 0", "two: element 1", "one: element 0", "l.held: through l",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	scenario := info.Root.Members["M"].(*types.Machine).Members["S"].(*types.Scenario)
	if len(scenario.Free) != 1 || scenario.Free[0].Name() != "a" || scenario.Free[0].Type().String() != "RM" {
		t.Errorf("scenario S has the variables %v", scenario.Free)
	}
}

// factOf says what the tables other than Types and Uses hold of e.
func factOf(info *typecheck.Info, e ast.Expr) string {
	var out []string
	if ref := info.Actions[e]; ref != nil {
		out = append(out, "action "+ref.Action.Name())
	}
	if call, ok := e.(*ast.Call); ok && info.Inst[call] != nil {
		out = append(out, fmt.Sprint("of ", info.Inst[call]))
	}
	if sel, ok := e.(*ast.Select); ok && info.Fields[sel] != nil {
		f := info.Fields[sel]
		out = append(out, fmt.Sprintf("field %s of type %s", f.Name(), f.Type()))
	}
	if v := info.Patterns[e]; v != nil {
		out = append(out, "variant "+v.Name())
	}
	if i, ok := info.SortElems[e]; ok {
		out = append(out, fmt.Sprint("element ", i))
	}
	for _, inst := range info.Paths[e] {
		out = append(out, "through "+inst.Name())
	}
	return strings.Join(out, " ")
}
