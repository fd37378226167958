package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/source"
)

// twin is the lexical definition in participle's own notation: slower, and
// obvious. It knows nothing of the newline rule and of faults.
func twin() *lexer.StatefulDefinition {
	return lexer.MustStateful(lexer.Rules{"Root": {
		{Name: "Blank", Pattern: `[ \t\r\n]+|\x{FEFF}`},
		{Name: "Comment", Pattern: `//[^\n]*`},
		{Name: "Duration", Pattern: `[0-9][0-9_]*(ns|us|ms|min|s|h)\b`},
		{Name: "Int", Pattern: `0[xX][0-9a-fA-F_]+|[0-9][0-9_]*`},
		{Name: "Ident", Pattern: `[\pL_][\pL\p{Nd}_]*`},
		{Name: "String", Pattern: "\"(\\\\.|[^\"\\\\\n])*\"|`[^`]*`"},
		{Name: "Semicolon", Pattern: `;`},
		{Name: "Operator", Pattern: `<=>|\+\+=|\+=|-=|\|=|&=|\+\+|=>|~>|\|\||&&|==|!=|<=|>=|\.\.|[(){}\[\],:.@=<>+\-|*/%&!]`},
	}})
}

// plainTokens are the tokens of a scanner as the twin has them.
func plainTokens(t *testing.T, f *source.File) (out []string) {
	s := newScanner(f)
	for {
		tok, err := s.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case tok.EOF():
			if len(s.faults) > 0 {
				t.Errorf("%d faults", len(s.faults))
			}
			return out
		case tok.Type == tDoc, tok.Type == tNewline && tok.Value != ";":
			continue
		}
		name := spelling[tok.Type]
		switch {
		case tok.Type == tNewline:
			name = "Semicolon"
		case tok.Type >= kModule:
			name = "Ident"
		case tok.Type >= tLparen:
			name = "Operator"
		}
		out = append(out, name+" "+tok.Value)
	}
}

func twinTokens(t *testing.T, text string) (out []string) {
	def := twin()
	names := lexer.SymbolsByRune(def)
	lex, err := def.LexString("t", text)
	if err != nil {
		t.Fatal(err)
	}
	for last := ""; ; {
		tok, err := lex.Next()
		if err != nil {
			t.Fatal(err)
		}
		if tok.EOF() {
			return out
		}
		name := names[tok.Type]
		if name == "Blank" || name == "Comment" {
			continue
		}
		if s := name + " " + tok.Value; name != "Semicolon" || last != s {
			out = append(out, s)
			last = s
		}
	}
}

// TestScannerAgreesWithTwin reads every spec with both.
func TestScannerAgreesWithTwin(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"testdata/*.spec", "../../testdata/*/*.spec", "../../examples/*/*.spec"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, more...)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "check/syntax.spec") {
			continue // has faults that only the scanner knows
		}
		if d := cmp.Diff(twinTokens(t, string(text)), plainTokens(t, source.NewFile(path, string(text)))); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
}

func BenchmarkScanner(b *testing.B) {
	text, err := os.ReadFile("../../testdata/corpus/paxos.spec")
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name string
		open func() (lexer.Lexer, error)
	}{
		{"ours", func() (lexer.Lexer, error) { return newScanner(source.NewFile("t", string(text))), nil }},
		{"twin", func() func() (lexer.Lexer, error) {
			def := twin()
			return func() (lexer.Lexer, error) { return def.LexString("t", string(text)) }
		}()},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				lex, err := bb.open()
				if err != nil {
					b.Fatal(err)
				}
				for {
					tok, err := lex.Next()
					if err != nil {
						b.Fatal(err)
					}
					if tok.EOF() {
						break
					}
				}
			}
		})
	}
}

// TestNewlineRule shows where a line break ends what stands before it, as ¶;
// the last one is left out.
func TestNewlineRule(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"two statements", "a = 1\nb = 2\n", "a = 1 ¶ b = 2"},
		{"empty lines and semicolons", "\n\na;;\n\n;b;", "a ; b ;"},
		{"behind an operator", "a =\n1 +\n2", "a = 1 + 2"},
		{"before an operator", "a\n&& b\n|| c\n=> d\n. e", "a && b || c => d . e"},
		{"before a sign", "a\n- b", "a ¶ - b"},
		{"before in", "a\nin b", "a ¶ in b"},
		{"in parentheses", "f(\na\nb\n)\nc", "f ( a b ) ¶ c"},
		{"in braces in parentheses", "f({a\nb})", "f ( { a ¶ b } )"},
		{"words that continue", "x\nwhen a\nwhere b\nthen c\nelse d\nor e\nwith f\nuntil g\nsubset h", "x when a where b then c else d or e with f until g subset h"},
		{"brace on its own line", "while x\n{\na\n}\nb", "while x { a } ¶ b"},
		{"value on its own line", "decreases n\n= 3", "decreases n = 3"},
		{"declaration behind an operator", "a =\naction b", "a = ¶ action b"},
		{"declaration in parentheses", "f(a,\naction b", "f ( a , ¶ action b"},
		{"behind a comment", "a // x\n// y\nb", "a ¶ b"},
		{"behind a colon", "I:\na", "I : a"},
		{"nothing", "", ""},
		{"only comments", "// a\n\n// b", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScanner(source.NewFile("t", tt.in))
			var got []string
			for {
				tok, err := s.Next()
				if err != nil {
					t.Fatal(err)
				}
				if tok.EOF() {
					break
				}
				if tok.Type == tNewline {
					tok.Value = strings.ReplaceAll(tok.Value, "\n", "¶")
					if tok.Value == "" {
						tok.Value = "¶"
					}
				}
				got = append(got, tok.Value)
			}
			if g := strings.Join(got, " "); strings.TrimSuffix(g, " ¶") != tt.want {
				t.Errorf("got %s, want %s", g, tt.want)
			}
		})
	}
}
