package format_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/format"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// strip replaces every Paren below v by what stands in it.
func strip(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*source.File]() {
			return
		}
		for v.Kind() == reflect.Interface {
			paren, ok := v.Interface().(*ast.Paren)
			if !ok {
				break
			}
			v.Set(reflect.ValueOf(paren.X))
		}
		if v.Kind() == reflect.Interface {
			strip(v.Elem())
		} else if v.Elem().Kind() == reflect.Struct && strings.HasSuffix(v.Elem().Type().PkgPath(), "lang/ast") {
			strip(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			strip(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "At" {
				strip(v.Field(i))
			}
		}
	}
}

// TestMadeUpTrees takes the parentheses and the text away from every spec:
// what is printed still has the same tree.
func TestMadeUpTrees(t *testing.T) {
	for _, path := range specs(t) {
		t.Run(strings.TrimPrefix(path, "../../"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			before, faults := parse.File(source.NewFile("t.spec", string(text)))
			if len(faults) > 0 {
				return
			}
			strip(reflect.ValueOf(before))
			printed := format.File(before)
			after, faults := parse.File(source.NewFile("t.spec", printed))
			for _, d := range faults {
				t.Errorf("%s at %q: %s", d.Code, printed[d.Span.Lo:d.Span.Hi], d.Message)
			}
			strip(reflect.ValueOf(after))
			before.Comments, after.Comments = nil, nil
			if d := difference(before, after); d != "" {
				t.Error(d, printed)
			}
		})
	}
}

func bin(op ast.BinaryOp, x, y ast.Expr) ast.Expr { return &ast.Binary{Op: op, X: x, Y: y} }

func TestParentheses(t *testing.T) {
	a, b, c := &ast.Name{Name: "a"}, &ast.Name{Name: "b"}, &ast.Name{Name: "c"}
	not := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: ast.Not, X: x} }
	always := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: ast.Always, X: x} }
	neg := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: ast.Neg, X: x} }
	all := func(x ast.Expr) ast.Expr {
		return &ast.Quant{Kind: ast.Forall, Binders: []ast.Binder{{Names: []*ast.Ident{{Name: "x"}}, Domain: b}}, Body: x}
	}
	for _, tt := range []struct {
		in   ast.Expr
		want string
	}{
		{bin(ast.Mul, bin(ast.Add, a, b), c), "(a + b) * c"},
		{bin(ast.Add, bin(ast.Mul, a, b), c), "a * b + c"},
		{bin(ast.Sub, a, bin(ast.Sub, b, c)), "a - (b - c)"},
		{bin(ast.Sub, bin(ast.Sub, a, b), c), "a - b - c"},
		{bin(ast.Implies, a, bin(ast.Implies, b, c)), "a => b => c"},
		{bin(ast.Implies, bin(ast.Implies, a, b), c), "(a => b) => c"},
		{bin(ast.LeadsTo, a, bin(ast.LeadsTo, b, c)), "a ~> (b ~> c)"},
		{bin(ast.Eq, bin(ast.Eq, a, b), c), "(a == b) == c"},
		{bin(ast.Eq, a, not(b)), "a == (not b)"},
		{not(bin(ast.Eq, a, b)), "not a == b"},
		{not(bin(ast.And, a, b)), "not (a && b)"},
		{bin(ast.And, not(a), b), "not a && b"},
		{bin(ast.And, always(a), b), "(always a) && b"},
		{bin(ast.And, a, always(b)), "a && always b"},
		{bin(ast.Or, bin(ast.And, a, always(b)), c), "(a && always b) || c"},
		{bin(ast.And, all(a), b), "(forall x in b: a) && b"},
		{bin(ast.And, a, all(b)), "a && forall x in b: b"},
		{bin(ast.And, bin(ast.And, a, all(b)), c), "a && (forall x in b: b) && c"},
		{neg(neg(a)), "--a"},
		{neg(bin(ast.Add, a, b)), "-(a + b)"},
		{&ast.Index{X: bin(ast.Add, a, b), I: c}, "(a + b)[c]"},
		{&ast.Select{X: neg(a), Sel: &ast.Ident{Name: "f"}}, "(-a).f"},
		{&ast.Unary{Op: ast.Next, X: bin(ast.Add, a, b)}, "next(a + b)"},
		{&ast.Let{Name: &ast.Ident{Name: "x"}, Value: bin(ast.In, a, b), Body: c}, "let x = (a in b) in c"},
		{&ast.Let{Name: &ast.Ident{Name: "x"}, Value: bin(ast.NotIn, a, b), Body: c}, "let x = a not in b in c"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			if got := format.Expr(tt.in); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			f := source.NewFile("t", tt.want)
			got, faults := parse.Expr(f)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			strip(reflect.ValueOf(&got).Elem())
			if d := cmp.Diff(tt.in, got, sameTree); d != "" {
				t.Error(d)
			}
		})
	}
}
