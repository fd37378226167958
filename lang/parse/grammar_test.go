package parse_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/ebnf"
	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// reference is the grammar of docs/grammar.ebnf by production.
func reference(t *testing.T) map[string]*ebnf.Expression {
	text, err := os.ReadFile("../../docs/grammar.ebnf")
	if err != nil {
		t.Fatal(err)
	}
	g, err := ebnf.ParseString(string(text))
	if err != nil {
		t.Fatal(err)
	}
	productions := map[string]*ebnf.Expression{}
	for _, p := range g.Productions {
		if productions[p.Production] != nil {
			t.Errorf("%s is defined twice", p.Production)
		}
		productions[p.Production] = p.Expression
	}
	return productions
}

// terms calls visit for every term below e.
func terms(e *ebnf.Expression, visit func(*ebnf.Term)) {
	for _, s := range e.Alternatives {
		for _, term := range s.Terms {
			visit(term)
			if term.Group != nil {
				terms(term.Group.Expr, visit)
			}
		}
	}
}

// unquote takes the quotes off a literal of the grammar.
func unquote(lit string) string { return strings.Trim(lit, `"`) }

func TestGrammarIsWhole(t *testing.T) {
	g := reference(t)
	used := map[string]bool{"File": true, "Reserved": true}
	for name, e := range g {
		terms(e, func(term *ebnf.Term) {
			if term.Name != "" && g[term.Name] == nil {
				t.Errorf("%s uses %s, which is not defined", name, term.Name)
			}
			if term.Name != "" && term.Name != name {
				used[term.Name] = true
			}
		})
	}
	for name := range g {
		if !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
}

// TestReservedWords compares the reserved words of the grammar, of the
// scanner, and of what the grammar uses.
func TestReservedWords(t *testing.T) {
	g := reference(t)
	var listed []string
	terms(g["Reserved"], func(term *ebnf.Term) { listed = append(listed, unquote(term.Literal)) })
	if d := cmp.Diff(listed, parse.Reserved()); d != "" {
		t.Error(d)
	}
	used := map[string]bool{}
	for name, e := range g {
		if name != "Reserved" {
			terms(e, func(term *ebnf.Term) { used[unquote(term.Literal)] = true })
		}
	}
	for _, word := range listed {
		if !used[word] {
			t.Errorf("%s is reserved and never used", word)
		}
		f := source.NewFile("t", "const "+word+" = 1")
		_, faults := parse.File(f)
		if len(faults) != 1 || faults[0].Code != parse.ReservedName {
			t.Errorf("const %s: got %v, want one %s", word, faults, parse.ReservedName)
		}
	}
	for word := range used {
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == "" && word != "" && !slices.Contains(listed, word) {
			if _, faults := parse.File(source.NewFile("t", "const "+word+" = 1")); len(faults) > 0 {
				t.Errorf("const %s: %v, though %s is not reserved", word, faults[0].Message, word)
			}
		}
	}
}

// A writer writes random texts by the grammar.
type writer struct {
	g   map[string]*ebnf.Expression
	h   map[string]int
	r   *rand.Rand
	out []string
}

// narrower are productions that the grammar restricts in words, with one that
// keeps to the restriction.
var narrower = map[string]string{"LetValue": "Range", "RangeEnd": "<int>", "TypeArg": "Type"}

func (w *writer) production(name string, depth int) {
	switch {
	case name == "Temporal" || name == "Reaching":
		w.out = append(w.out, "(")
		w.expression(w.g[name], depth)
		w.out = append(w.out, ")")
	case narrower[name] == "<int>":
		w.out = append(w.out, "3")
	case narrower[name] != "":
		w.production(narrower[name], depth)
	default:
		w.expression(w.g[name], depth)
	}
}

// expression writes an alternative; far down, the one that reaches down least.
func (w *writer) expression(e *ebnf.Expression, depth int) {
	if len(w.out) > 200 {
		depth = 0 // enough is written
	}
	alt := e.Alternatives[w.r.IntN(len(e.Alternatives))]
	if depth <= 0 {
		for _, a := range e.Alternatives {
			if height(w.h, a) < height(w.h, alt) {
				alt = a
			}
		}
	}
	for _, term := range alt.Terms {
		for range w.times(term.Repetition, depth) {
			w.term(term, depth-1)
		}
	}
}

// heights are how far down each production reaches at least.
func heights(g map[string]*ebnf.Expression) map[string]int {
	h := map[string]int{}
	for name := range g {
		h[name] = 1000
	}
	for changed := true; changed; {
		changed = false
		for name, e := range g {
			if n := 1 + lowest(h, e); n < h[name] {
				h[name], changed = n, true
			}
		}
	}
	return h
}

// lowest is the height of the alternative of e that reaches down least.
func lowest(h map[string]int, e *ebnf.Expression) int {
	n := 1000
	for _, s := range e.Alternatives {
		n = min(n, height(h, s))
	}
	return n
}

func height(h map[string]int, s *ebnf.Sequence) int {
	n := 0
	for _, term := range s.Terms {
		switch {
		case term.Repetition == "?" || term.Repetition == "*":
		case term.Name != "":
			n = max(n, h[term.Name])
		case term.Group != nil:
			n = max(n, lowest(h, term.Group.Expr))
		}
	}
	return n
}

func (w *writer) times(repetition string, depth int) int {
	least, most := 1, 1
	switch repetition {
	case "?":
		least = 0
	case "*":
		least, most = 0, 2
	case "+":
		most = 2
	}
	if depth <= 0 || len(w.out) > 200 {
		return least
	}
	return least + w.r.IntN(most-least+1)
}

func (w *writer) term(term *ebnf.Term, depth int) {
	switch {
	case term.Name != "":
		w.production(term.Name, depth)
	case term.Group != nil:
		w.expression(term.Group.Expr, depth+1)
	case term.Literal != "":
		w.out = append(w.out, unquote(term.Literal))
	default:
		w.out = append(w.out, map[string]string{"ident": []string{"x", "Name", "é1"}[w.r.IntN(3)], "int": "7", "duration": "5ms",
			"string": `"s"`, "nl": []string{"\n", ";"}[w.r.IntN(2)]}[term.Token])
	}
}

// TestGrammarIsTrue writes texts by the grammar: they have no faults.
func TestGrammarIsTrue(t *testing.T) {
	g := reference(t)
	h := heights(g)
	for seed := range uint64(1500) {
		w := &writer{g: g, h: h, r: rand.New(rand.NewPCG(seed, 1))}
		w.production("File", 12+int(seed%14))
		text := strings.Join(w.out, " ")
		file := source.NewFile("t.spec", text)
		_, faults := parse.File(file)
		if len(faults) > 0 {
			d := diag.Text(source.Set{"t.spec": file}, faults[:1])
			t.Fatalf("seed %d: %s\n%s", seed, d, text)
		}
	}
}
