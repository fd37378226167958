package typecheck_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// effectText shows effects on one line.
func effectText(e *typecheck.Effects) string {
	var out []string
	add := func(kind string, ps []typecheck.Path) {
		if len(ps) == 0 {
			return
		}
		var texts []string
		for _, p := range ps {
			texts = append(texts, p.Text)
		}
		out = append(out, kind+" "+strings.Join(texts, ", "))
	}
	add("reads", e.Reads)
	add("writes", e.Writes)
	add("grows", e.Grows)
	if len(e.Raises) > 0 {
		out = append(out, "raises "+strings.Join(e.Raises, ", "))
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{e.Picks, "picks"}, {e.Clock, "clock"}, {e.Random, "random"}, {e.IO, "io"}, {e.Diverges, "diverges"}} {
		if f.on {
			out = append(out, f.name)
		}
	}
	return strings.Join(out, "; ")
}

const stores = `module m
sort RM
enum Color { Red, Blue }
struct S { a int; b bool }
extern func charge(n int) bool raises Declined effects io, clock
machine Lock { var held set[int] = {}; action Take(i in held) { held -= i } }
machine Pair { use Lock as a; use Lock as b; action Both(i in a.held) { a.Take(i); b.Take(i) } }
machine M {
    use Lock as l
    use Pair as two
    var vote  [RM]int = {_: 0}
    var color [Color]bool = {_: true}
    var grid  [RM][RM]bool = {_: {_: false}}
    var s     S = S(1, true)
    var seq   []int = []
    var short [..3]bool = []
    var n     int = 0
    var small 0..9 = 0
    var pool  bag[RM] = {}
    var seen  set[int] = {}
    var opt   option[0..9] = none
    var map0  map[0..3]S = {}
    func total() int = sum r in RM: vote[r]
    func at(r RM) int = vote[r]
    func of[T](x T, r RM) int = if x == x then vote[r] else 0
    action Go { n = 1 }
    proc set(r RM, v 0..3) { vote[r] = v }
    proc reset { for r in RM { set(r, 0) } }
    X
}
`

func TestEffects(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a part by a parameter", "action A(r RM) when vote[r] == 1 { vote[r] = 2 }", "reads vote[r]; writes vote[r]"},
		{"by a literal and a variant", "action A { color[Red] = color[Blue] }", "reads color[Blue]; writes color[Red]"},
		{"by anything else", "action A(r RM) { let q = choose x in RM where true; vote[q] = 1 }", "writes vote[_]"},
		{"an index is read", "action A { short = short with { [small]: true } ; grid[choose r in RM] = {_: color[Red]} }",
			"reads color[Red], short, small; writes grid[_], short"},
		{"two keys and a field", "action A(r RM, q RM) { grid[r][q] = s.b ; s.a = 3 }", "reads s.b; writes grid[r][q], s.a"},
		{"operators read what they change", "action A { small += 1 }", "reads small; writes small"},
		{"ints grow, ranges do not", "action A { n += 1; small = small + 1 }", "reads n, small; writes n, small; grows n"},
		{"copies do not grow", "action A { n = small; let v = n; n = v; seq = seq[1:] }", "reads n, seq, small; writes n, seq"},
		{"sums do, through lets too", "action A { let v = n + 1; n = v }", "reads n; writes n; grows n"},
		{"sequences and bags grow, bounded ones do not", "action A(r RM) { seq ++= [1]; short ++= [true]; pool += r }",
			"reads pool, seq, short; writes pool, seq, short; grows pool, seq"},
		{"a set grows by new values only", "action A { seen += 1; seen += n * 2 }", "reads n, seen; writes seen; grows seen"},
		{"taking away does not grow", "action A(r RM) { pool -= r; seen -= 1 }", "reads pool, seen; writes pool, seen"},
		{"through functions", "action A(r RM) { small = at(r) ; n = total() }", "reads vote[_], vote[r]; writes n, small; grows n"},
		{"through procs, arguments named", "action A(q RM) { set(q, 1) }", "writes vote[q]"},
		{"through two procs", "action A { reset() }", "writes vote[_]"},
		{"of another machine", "action A { l.Take(3); assert l.held == {} }", "reads l.held; writes l.held"},
		{"of a machine inside another", "action A { two.Both(3) }", "reads two.a.held, two.b.held; writes two.a.held, two.b.held"},
		{"a joint step", "sync A: l.Take || Go", "reads l.held; writes l.held, n"},
		{"through a generic function", "action A(q RM) { n = of(true, q) + of(small, q) }", "reads small, vote[q]; writes n; grows n"},
		{"an option is read as a whole", "action A when opt != none { small = opt.value }", "reads opt; writes small"},
		{"an element that is assigned is there", "action A { seq[0] = 1 }", "reads seq[0]; writes seq[0]"},
		{"a part of an entry too, but an entry may be new", "action A { map0[1].a = 1; map0[2] = s }", "reads map0[1], s; writes map0[1].a, map0[2]"},
		{"choice", "action A { pick r in RM; vote[r] = 0 }", "writes vote[_]; picks"},
		{"branches", "action A { either { n = 1 } or { skip } }", "writes n; picks"},
		{"externs", "action A { assert charge(n) }", "reads n; raises Declined; clock; io"},
		{"pure", "func A(x int) int = x + 1", ""},
		{"steps end", "process A { go: while n > 0 { again: n = 0 } }", "reads A@, n; writes A@, n"},
		{"process variables", "process A(self RM) { var k 0..3 = 0\n go: k = small; vote[self] = k }",
			"reads A.k[self], A[self]@, small; writes A.k[self], A[self]@, vote[self]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			info, diags := checkAll(t, map[string]string{"main": strings.Replace(stores, "X\n", tt.in+"\n", 1)})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			obj := info.Root.Members["M"].(*types.Machine).Members["A"]
			if diff := cmp.Diff(tt.want, effectText(info.Effects[obj])); diff != "" {
				t.Error(diff)
			}
		})
	}
}
