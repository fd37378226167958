// Package parsetest writes random texts by the grammar of docs/grammar.ebnf, for
// tests of what reads them.
package parsetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/alecthomas/participle/v2/ebnf"
)

// A Grammar is what each name stands for.
type Grammar map[string]*ebnf.Expression

// Read reads a grammar. It is an error to define a name twice.
func Read(text string) (Grammar, error) {
	tree, err := ebnf.ParseString(text)
	if err != nil {
		return nil, err
	}
	g := Grammar{}
	for _, p := range tree.Productions {
		if g[p.Production] != nil {
			return nil, fmt.Errorf("%s is defined twice", p.Production)
		}
		g[p.Production] = p.Expression
	}
	return g, nil
}

// File writes a text that is a File of the grammar, the same for the same
// seed: one of a few words up to one of some hundred.
func (g Grammar) File(seed uint64) string {
	w := &writer{g: g, h: heights(g), r: rand.New(rand.NewPCG(seed, 1))}
	w.production("File", 12+int(seed%14))
	return strings.Join(w.out, " ")
}

// A writer writes random texts by the grammar.
type writer struct {
	g   Grammar
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
func heights(g Grammar) map[string]int {
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
		w.out = append(w.out, Unquote(term.Literal))
	default:
		w.out = append(w.out, map[string]string{"ident": []string{"x", "Name", "é1"}[w.r.IntN(3)], "int": "7", "duration": "5ms",
			"string": `"s"`, "nl": []string{"\n", ";"}[w.r.IntN(2)]}[term.Token])
	}
}

// Unquote takes the quotes off a literal of a grammar.
func Unquote(lit string) string { return strings.Trim(lit, `"`) }
