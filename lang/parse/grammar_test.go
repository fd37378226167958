package parse_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/ebnf"
	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/parse/parsetest"
	"github.com/spec-lang/spec/lang/source"
)

// reference is the grammar of docs/grammar.ebnf.
func reference(t *testing.T) parsetest.Grammar {
	text, err := os.ReadFile("../../docs/grammar.ebnf")
	if err != nil {
		t.Fatal(err)
	}
	g, err := parsetest.Read(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return g
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
	terms(g["Reserved"], func(term *ebnf.Term) { listed = append(listed, parsetest.Unquote(term.Literal)) })
	if d := cmp.Diff(listed, parse.Reserved()); d != "" {
		t.Error(d)
	}
	used := map[string]bool{}
	for name, e := range g {
		if name != "Reserved" {
			terms(e, func(term *ebnf.Term) { used[parsetest.Unquote(term.Literal)] = true })
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

// TestGrammarIsTrue writes texts by the grammar: they have no faults.
func TestGrammarIsTrue(t *testing.T) {
	g := reference(t)
	for seed := range uint64(800) {
		text := g.File(seed)
		file := source.NewFile("t.spec", text)
		_, faults := parse.File(file)
		if len(faults) > 0 {
			d := diag.Text(source.Set{"t.spec": file}, faults[:1])
			t.Fatalf("seed %d: %s\n%s", seed, d, text)
		}
	}
}
