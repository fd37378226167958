package gogen

import (
	"go/token"
	"strconv"
	"strings"
	"unicode"
)

// names gives out identifiers of one scope, each once.
type names map[string]bool

// claim returns the first of the candidates that is free, or the last with
// the lowest number that makes it so.
func (n names) claim(candidates ...string) string {
	for _, c := range candidates {
		if !n[c] {
			n[c] = true
			return c
		}
	}
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		if c := last + strconv.Itoa(i); !n[c] {
			n[c] = true
			return c
		}
	}
}

// exported turns a name of a spec into an exported Go name: what is not a
// letter or digit begins a new word.
func exported(name string) string {
	var out strings.Builder
	upper := true
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			upper = true
		case upper:
			out.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			out.WriteRune(r)
		}
	}
	s := out.String()
	if s == "" || !unicode.IsUpper([]rune(s)[0]) {
		return "X" + s
	}
	return s
}

// unexported turns a name of a spec into one for a Go local.
func unexported(name string) string {
	s := []rune(exported(name))
	i := 0
	for i < len(s) && unicode.IsUpper(s[i]) && (i == 0 || i+1 == len(s) || unicode.IsUpper(s[i+1])) {
		s[i] = unicode.ToLower(s[i])
		i++
	}
	return string(s)
}

// predeclared are the names that generated functions use, of the language, of
// imported packages and of this package.
var predeclared = []string{
	"any", "append", "bool", "cap", "clear", "cmp", "copy", "delete", "e", "err", "errors", "error", "false", "fmt",
	"int", "int64", "len", "make", "math", "max", "min", "new", "next", "nil", "old", "panic", "s", "slices", "strconv",
	"string", "strings", "time", "true", "c", "fault", "compareBool", "indexBool", "choices",
}

// locals returns the scope of a function.
func locals() names {
	n := names{}
	for _, w := range predeclared {
		n[w] = true
	}
	return n
}

// claimLocal returns a free name for a local called name in the spec.
func (n names) claimLocal(name string) string {
	s := unexported(name)
	if token.IsKeyword(s) || n[s] {
		return n.claim(s + "1")
	}
	return n.claim(s)
}
