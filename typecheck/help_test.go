package typecheck_test

import (
	"strings"
	"testing"
)

// helps is a module where one statement is put into an action and one
// invariant is put beside it.
const helps = `module helps
sort Node
sort Seat ring
enum Color { Red, Green }
struct Point { x int; y int }
func twice(n int) int = n + n
machine M {
    var f    [Node]Color = {_: Red}
    var s    set[Node] = {}
    var q    []Point = []
    var b    bag[Node] = {}
    var m    map[Node]int = {}
    var o    option[Node] = none
    var n    int = 0
    var d    duration = 0s
    var at   instant
    var p    Point = Point(0, 0)
    var t    (int, bool) = (1, true)
    var text string = ""
    init { at = choose i in {at2()} where true }
    func at2() instant = at3
    const at3 instant
    proc paint(x Node) { s += x }
    process P(self Node) { go: skip }
    action A(r Node, c Seat) { STMT }
    action B { skip }
    invariant I: n > 0
}
`

// TestHelp checks what is said to write instead.
func TestHelp(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"f = Red", "write `{_: Red}` for the same value everywhere, or assign one entry: `f[k] = Red`"},
		{"o = r", "write `some(r)`"},
		{"f[o] = Red", "use match, or write `o.value` if it cannot be none here"},
		{"s = r", "write `{r}` for the set with this one element"},
		{"s = [r]", "write `toSet([r])`"},
		{"q = p", "write `[p]` for the sequence of this one element"},
		{"q = {}", "a sequence is written `[a, b]`, the empty one `[]`"},
		{"f[Node] = Red", "Node is the set of all of them: write one, such as `x` of `forall x in Node: ...`"},
		{"d = 5", "give it a unit, as in `5ms`, or multiply: `5 * 1ms`"},
		{"d = d * d", "a duration may be multiplied by an int, and divided by an int or a duration"},
		{"d = d + 3", "give the number a unit, as in `3s` or `3ms`, or multiply it: `n * 1ms`"},
		{"at = at + at", "two instants have a difference, `a - b`, and no sum"},
		{"d = d - at", "durations add to durations and instants; `instant - instant` is a duration"},
		{"q ++= p", "write `q ++= [p]` to append one element"},
		{"q = q ++ p", "write `q ++ [p]` to append one element"},
		{"q = p ++ q", "write `[p] ++ q` to put one element before"},
		{"s = s ++ s", "write `|` for the union of sets"},
		{"n = n ++ n", "++ joins two sequences of one type, or two strings"},
		{"q += p", "write `q ++= [x]` to append"},
		{"o += r", "write `o = ...`"},
		{"s += s", "write `s |= s` to add every element of a set"},
		{"b += b", "write `b = b + b` to add every element of a bag"},
		{"s = s + r", "write `s | {r}` to add an element"},
		{"s = s - r", "write `s - {r}` to leave an element out"},
		{"s = s + s", "write `|` for the union of sets, `&` for what they share"},
		{"s = s * s", "write `&` for what two sets share"},
		{"q = q + q", "write `++` to join sequences"},
		{"q = q + p", "write `q ++ [p]` to append an element"},
		{"text = text + text", "write `++` to join strings"},
		{"assert o == r", "write some(...) around the second"},
		{"assert r == o", "write some(...) around the first"},
		{"assert f == Red", "write `f[k]` for the value at one key, or `{_: v}` for the function that is v everywhere"},
		{"assert r == s", "write in to ask whether it is an element"},
		{"assert s in s", "write subset to compare two sets"},
		{"assert f[r] < f[r]", "Color has no order: write a func that gives each value a number"},
		{"assert r < r", "declare `sort Node ordered`"},
		{"assert next(r) == r", "declare `sort Node ring`, or `ordered` if there is a last one"},
		{"assert prev(c) == c", "a ring has next alone: declare `sort Seat ordered` for < and prev"},
		{"assert next(p) == p", "it is the successor in a sort that is `ordered` or a `ring`; of numbers write `+ 1`"},
		{"n = s[0]", "a set has no order: write `choose x in S` for some element"},
		{"n = t[0]", "write `.0`, `.1` for the parts of a tuple"},
		{"n = o[0]", "use match to get at the value"},
		{"n = p.z", "the fields of Point are x, y"},
		{"n = t.7", "the parts of a tuple are `.0`, `.1` and so on"},
		{"n = f.x", "to read one entry write `[k]`"},
		{"n = f[r].x", "use match to get at what a variant holds"},
		{"n = o.val", "use match, or `.value` where it cannot be none"},
		{"n = o.valeu", "did you mean value?"},
		{"n = q.length", "write `len(q)`"},
		{"q.append(p)", "write `q ++= [x]`"},
		{"q = q.pop()", "write `q = q[1:]`"},
		{"s.remove(r)", "write `s -= x`"},
		{"m.remove(r)", "write `m = remove(m, k)`"},
		{"assert s.contains(r)", "write `x in s`"},
		{"assert exists x in m: true", "write `keys(m)` for its keys"},
		{"assert exists x in f: true", "write `Node` for its keys"},
		{"assert q subset q", "write `toSet(q)` for the set of its elements"},
		{"assert exists x in n: true", "write `0..n` for the numbers up to it"},
		{"o = nil", "the empty option is `none`"},
		{"n = Cardinality(s)", "write `len(s)`"},
		{"n = nn2", "declare it first: as a parameter, or with let, var, const or func"},
		{"n = twise(n)", "did you mean twice?"},
		{"n = twice", "call it: `twice(...)`"},
		{"n = A", "in a property write `enabled(A)` or `taken(A)`"},
		{"n = P", "write a label or variable of it: `P@label`, `P.x`"},
		{"n = I", "repeat its formula, or put the formula into a func"},
		{"n = n(1)", "to read it at a key write `n[k]`"},
		{"n = Node(1)", "there is no conversion between types: write the value itself"},
		{"n = paint(r)", "a proc is a statement and has no result: write a func"},
		{"n = B()", "an action is a statement; in a property write `enabled(B(x))`"},
		{"twice(3)", "a function changes nothing: use its result, as in `x = f(a)`"},
		{"I()", "call a proc or an action"},
		{"pant(r)", "did you mean paint?"},
		{"o.value = r", "write `o = some(v)`"},
		{"r = r", "declare `var r = ...` to assign it later"},
		{"assert match o { none => true }", "add an arm for each, or `_ => ...` for all others"},
		{"assert match n { 1 => true }", "add `_ => ...` for all others"},
		{"assert match f[r] { Rod => true, _ => false }", "did you mean Red?"},
		{"let e = {}", "declare it: `let x set[int] = {}`"},
		{"n = Node.1", "only models and scenarios name elements; elsewhere write `forall x in Node: ...`"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			set, diags := check("helps", strings.Replace(helps, "STMT", tt.in, 1), library())
			for _, d := range diags {
				if d.Help == tt.want {
					return
				}
			}
			for _, d := range diags {
				t.Errorf("%s at %q: %s\n\thelp: %s", d.Code, set.Text(d.Span), d.Message, d.Help)
			}
		})
	}
}
