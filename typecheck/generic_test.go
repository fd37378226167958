package typecheck_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// variable is a type variable of the functions below; in a message about a
// call it would mean nothing to the reader.
var variable = regexp.MustCompile(`\b[TKV]\b`)

// TestGenericMessages checks that an argument that disagrees with an earlier
// one shows it, and that no message or help speaks of type variables.
func TestGenericMessages(t *testing.T) {
	for _, tt := range []struct{ in, message, first string }{
		{"assert same(1, true)", "argument y of same: expected int, found true (bool)", "1"},
		{"assert three(small, 2, Red)", "argument z of three: expected 0..9, found Red (Color)", "small"},
		{"assert at(fun, 3) == 1", "argument k of at: expected bool, found 3 (int)", "fun"},
		{"assert at(small, 3) == 1", "argument f of at: expected a total function, found small (0..9)", ""},
		{"assert both((1, Red), (1, 2))", "argument y of both: expected (int, Color), found (1, 2) ((int, int))", "(1, Red)"},
		{"let b = Box(1, Red)", "field second of Box: expected int, found Red (Color)", "1"},
		{"let b = Box(none, {})", "the type of Box(none, {}) cannot be told here", ""},
		{"let e = empty()", "the type of empty() cannot be told here", ""},
		{"assert unbox(3) == 3", "argument b of unbox: expected Box[...], found 3 (int)", ""},
		{"assert largest([Red], Red) == Red", "an argument of largest: Color does not have an order", ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			set, diags := check("generic", strings.Replace(`module generic
enum Color { Red, Blue }
struct Box[T] { first T; second T }
func same[T](x T, y T) bool = x == y
func three[T](x T, y T, z T) bool = x == y && y == z
func both[K, V](x (K, V), y (K, V)) bool = x == y
func at[K, V](f [K]V, k K) V = f[k]
func empty[T]() set[T] = {}
func unbox[T](b Box[T]) T = b.first
func largest[T ordered](s []T, least T) T = fold m = least, x in s: if x > m then x else m
machine M {
    var small 0..9 = 0
    var fun [bool]int = {_: 1}
    action A { BODY }
}
`, "BODY", tt.in, 1), nil)
			if len(diags) == 0 {
				t.Fatal("nothing is wrong")
			}
			d, first := diags[0], ""
			if len(d.Related) > 0 {
				first = set.Text(d.Related[0].Span)
			}
			if diff := cmp.Diff([]string{tt.message, tt.first}, []string{d.Message, first}); diff != "" {
				t.Error(diff)
			}
			if text := d.Message + " " + d.Help; variable.MatchString(text) {
				t.Errorf("it speaks of a type variable: %s", text)
			}
		})
	}
}
