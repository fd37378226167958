package print_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/print"
)

// decls are what the expressions below speak about.
const decls = `module m
sort Node
sort Seat ring
sort Rank ordered
enum Msg { Ask, Tell(from Node, n int), Stop(n 0..3) }
struct Point { x int; y int }
func f(a int, b int) int { return a + b }
machine M {
    var a int = 0
    var b int = 0
    var p bool = true
    var q bool = true
    var vote [Node]bool = {_: false}
    var grid [Node][Seat]int = {_: {_: 0}}
    var net set[Msg] = {}
    var log []int = []
    var bag bag[int] = {}
    var seen map[int]Point = {}
    var pos Point = Point(0, 0)
    var pair (int, bool) = (0, true)
    var got option[int] = none
    var who Node in Node
    var seat Seat in Seat
    var rank Rank in Rank
    var wait duration = 0s
    var msg Msg = Ask
    action A(n Node) { skip }
    action B { skip }
`

// formulas compiles one property for each text and returns their formulas.
func formulas(t *testing.T, kind string, texts []string) []ir.Expr {
	t.Helper()
	var src strings.Builder
	src.WriteString(decls)
	for i, text := range texts {
		src.WriteString("    " + kind + " P" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + ": " + text + "\n")
	}
	src.WriteString("}\nmodel S of M { Node = 2; Seat = 2; Rank = 2 }\n")
	all, err := systems("m.spec", src.String())
	if err != nil {
		t.Fatal(err)
	}
	var out []ir.Expr
	for _, p := range all[0].Props {
		out = append(out, p.Formula)
	}
	return out
}

func TestExpr(t *testing.T) {
	for kind, rows := range map[string][]string{
		"invariant": {
			// as people write them, they print as they are
			"p && q || p", "p && (q || p)", "p => q => p", "(p => q) => p", "p <=> q", "!p && !(p && q)",
			"a + b * 2 - 3 == 0", "(a + b) * 2 == 0", "a - (b - 1) == 0", "a - b - 1 == 0", "-a < 0", "-(a + b) < 0", "-3 < a",
			"a % 2 == 1", "2 * (a / b) == a", "a in 0..9", "a not in 0..b - 1", "(a == b) == p",
			"exists n in Node: vote[n]", "not exists n in Node: vote[n]", "not forall n in Node: vote[n]",
			"forall m, n in Node: vote[m] => vote[n]", "forall n in Node, s in Seat: grid[n][s] == 0",
			"forall n in Node: p && exists s in Seat: grid[n][s] > 0", "(forall n in Node: vote[n]) && p",
			"vote == {_: true}", "net == {}", "net subset {Ask, Tell(who, 3)}", "(net | {Ask}) & net == net - {Ask}",
			"Ask in net", "Stop(2) not in net", "log == []", "log ++ [1, 2] == log", "len(log) == 0 || log[0] == 1",
			"log[0:2] == log[a:b]", "count(log, 3) == 0", "count(bag, 3) == 0", "toSet(log) == {1}", "bag == {1, 1}",
			"1 in seen && seen[1].x == 2", "keys(seen) == {1}", "remove(seen, 1) == {}", "seen == {1: Point(1, 2)}",
			"seen with {[1]: Point(1, 2)} == seen", "pos with {x: 3} == pos", "pos == Point(1, 2)", "pair == (1, true)", "pair.1",
			"got == none", "got != none", "got == some(3)", "got.value == 3", "next(seat) == seat", "rank < next(rank)",
			"prev(rank) == rank", "{who} in powerset({who})",
		},
		"step": {
			"old(a) <= a", "old(vote[who]) => vote[who]", "old(vote)[who] => vote[who]", "old(grid[who][seat]) == a",
			"old(pos.x) == 1", "old(got.value) == a", "taken(A(who))", "taken(B) => taken(A)",
		},
		"property": {
			"always eventually p", "always (p => eventually q)", "p ~> q", "p until q", "(p ~> q) && (q unless p)", "p release q",
			"next p", "(always p) || eventually q", "forall n in Node: always eventually vote[n]", "not always p",
			"always (enabled(A(who)) => p)", "always enabled(B)", "within 5ms p", "always (p => within 2s q)", "(always p) => p",
		},
		"ctl": {"AG (p => EF q)", "A[p U q]", "E[p U q] || p", "(AX p) && EX q", "AF p", "EG p"},
	} {
		for i, e := range formulas(t, kind, rows) {
			if got := print.Expr(e); got != rows[i] {
				t.Errorf("%s: got  %s\nwant %s", kind, got, rows[i])
			}
		}
	}
}

// TestExprSugar has texts that print otherwise than they were written.
func TestExprSugar(t *testing.T) {
	rows := [][2]string{
		{"!(got == none)", "got != none"},
		{"not (a in {1})", "a not in {1}"},
		{"!(a == b)", "a != b"}, {"!(a < b)", "!(a < b)"},
		{"p && (q && p)", "p && q && p"},
		{"forall m in Node: forall n in Node: vote[m] => vote[n]", "forall m, n in Node: vote[m] => vote[n]"},
		{"match msg { Ask => p, Tell(n, k) => vote[n] && k > 0, Stop(_) => q }",
			"match msg { Ask => p, Tell(n, k) => vote[n] && k > 0, Stop(_) => q }"},
		{"match got { some(x) => x > 0, none => q }", "match got { some(x) => x > 0, none => q }"},
		{"match msg { Tell(_, _) => true, _ => false }", "match msg { Tell(_, _) => true, _ => false }"},
		{"let x = a + b in x * x == 0", "let x = a + b in x * x == 0"},
		{"(let x = (a in {b}) in x) == p", "(let x = (a in {b}) in x) == p"},
		{"(if p then a else b) == 0", "(if p then a else b) == 0"},
		{"(count n in Node: vote[n]) == (sum k in {1, 2}: k)", "(count n in Node: vote[n]) == (sum k in {1, 2}: k)"},
		{"(fold s = 0, k in log: s + k) == (min k in {1}: k)", "(fold s = 0, k in log: s + k) == (min k in {1}: k)"},
		{"(choose n in Node where vote[n]) == who", "(choose n in Node where vote[n]) == who"},
		{"{k * 2 for k in {a, 2} if k > 1} == {}", "{k * 2 for k in {a, 2} if k > 1} == {}"},
		{"[k for k in log if k > 1] == []", "[k for k in log if k > 1] == []"},
		{"{n: !vote[n] for n in Node} == vote", "{n: !vote[n] for n in Node} == vote"},
		{"{k: pos for k in {1}} == seen", "{k: pos for k in {1}} == seen"},
		{"f(a, b + 1) == 0", "f(a, b + 1) == 0"},
		{"wait + 5ms < 2 * 1s", "wait + 5ms < 2 * 1s"},
	}
	var texts []string
	for _, r := range rows {
		texts = append(texts, r[0])
	}
	for i, e := range formulas(t, "invariant", texts) {
		if got := print.Expr(e); got != rows[i][1] {
			t.Errorf("got  %s\nwant %s", got, rows[i][1])
		}
	}
}

// TestStmt prints bodies as they were written.
func TestStmt(t *testing.T) {
	const body = `a = a + 1
grid[who][seat] = 3
pos.x = log[0]
let x = a
var y = 0
if p {
    a = x
} else if q {
    b = x
} else {
    b = y
}
for n in Node {
    vote[n] = true
}
while y < 3
    decreases 3 - y
{
    y = y + 1
}
either {
    pick n in Node where vote[n]
    who = n
} or {
    await p
}
assert a > 0`
	all, err := systems("m.spec", decls+"action C {\n"+body+"\n}\n}\nmodel S of M { Node = 2; Seat = 2; Rank = 2 }\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range all[0].Actions[2].Body {
		got = append(got, print.Stmt(s))
	}
	// one statement at a time does not see the locals of the one before
	if diff := cmp.Diff(body, strings.Join(got, "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestValue(t *testing.T) {
	var tab ir.Table
	if got := print.Value(ir.NewInt(5_000_000), tab.Set(tab.Duration()).Elem); got != "5ms" {
		t.Errorf("got %s, want 5ms", got)
	}
	if got := print.Type(tab.Func(tab.Bool(), tab.Seq(tab.Int(), 3))); got != "[bool][..3]int" {
		t.Errorf("got %s", got)
	}
}
