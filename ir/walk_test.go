package ir_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
)

// kinds has one node of every kind.
var kinds = []ir.Tree{
	&ir.Lit{}, &ir.LocalRef{}, &ir.VarRef{}, &ir.ConstRef{}, &ir.Apply{}, &ir.Convert{}, &ir.If{}, &ir.Let{},
	&ir.Make{}, &ir.FieldOf{}, &ir.WithField{}, &ir.Is{}, &ir.Payload{}, &ir.Bind{}, &ir.Call{}, &ir.ActionPred{},
	&ir.Assign{}, &ir.Declare{}, &ir.IfStmt{}, &ir.ForStmt{}, &ir.WhileStmt{}, &ir.EitherStmt{}, &ir.PickStmt{},
	&ir.AssertStmt{}, &ir.AwaitStmt{}, &ir.ReturnStmt{},
}

// declaredKinds are the types of a file that embed what makes a node.
func declaredKinds(t *testing.T, file, base string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if st, ok := spec.Type.(*ast.StructType); ok && len(st.Fields.List) > 0 {
			if id, ok := st.Fields.List[0].Type.(*ast.Ident); ok && len(st.Fields.List[0].Names) == 0 && id.Name == base {
				names = append(names, spec.Name.Name)
			}
		}
		return true
	})
	return names
}

func TestKindsAreComplete(t *testing.T) {
	var got []string
	for _, k := range kinds {
		got = append(got, reflect.TypeOf(k).Elem().Name())
	}
	want := append(declaredKinds(t, "expr.go", "Node"), declaredKinds(t, "stmt.go", "Pos")...)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("kinds of node:\ngot  %v\nwant %v", got, want)
	}
}

var (
	exprType = reflect.TypeFor[ir.Expr]()
	stmtType = reflect.TypeFor[ir.Stmt]()
)

// fill puts two fresh leaves wherever v can hold expressions or statements
// and returns them.
func fill(v reflect.Value) []ir.Tree {
	switch {
	case v.Type() == exprType:
		leaf := &ir.Lit{}
		v.Set(reflect.ValueOf(leaf))
		return []ir.Tree{leaf}
	case v.Type() == stmtType:
		leaf := &ir.EitherStmt{}
		v.Set(reflect.ValueOf(leaf))
		return []ir.Tree{leaf}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		return append(fill(v.Index(0)), fill(v.Index(1))...)
	case v.Kind() == reflect.Struct:
		var all []ir.Tree
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				all = append(all, fill(v.Field(i))...)
			}
		}
		return all
	}
	return nil
}

func TestWalkVisitsEveryChild(t *testing.T) {
	for _, k := range kinds {
		name := reflect.TypeOf(k).Elem().Name()
		n := reflect.New(reflect.TypeOf(k).Elem())
		leaves := fill(n.Elem())
		seen := map[ir.Tree]int{}
		ir.Walk(n.Interface().(ir.Tree), func(t ir.Tree) bool {
			seen[t]++
			return true
		})
		if seen[n.Interface().(ir.Tree)] != 1 || len(seen) != len(leaves)+1 {
			t.Errorf("%s: visited %d nodes, want %d", name, len(seen), len(leaves)+1)
		}
		for _, l := range leaves {
			if seen[l] != 1 {
				t.Errorf("%s: a child was visited %d times", name, seen[l])
			}
		}
	}
}

func TestWalkStops(t *testing.T) {
	inner := &ir.Lit{}
	visits := 0
	ir.Walk(&ir.Convert{X: &ir.Is{X: inner}}, func(t ir.Tree) bool {
		visits++
		_, is := t.(*ir.Is)
		return !is
	})
	if visits != 2 {
		t.Errorf("visited %d nodes, want 2", visits)
	}
}

func TestRewriteCopies(t *testing.T) {
	for _, k := range kinds {
		name := reflect.TypeOf(k).Elem().Name()
		n := reflect.New(reflect.TypeOf(k).Elem())
		leaves := fill(n.Elem())
		old := n.Interface().(ir.Tree)
		fresh := &ir.LocalRef{}
		swap := func(e ir.Expr) ir.Expr {
			if _, ok := e.(*ir.Lit); ok {
				return fresh
			}
			return e
		}
		var got ir.Tree
		switch old := old.(type) {
		case *ir.Lit:
			continue
		case ir.Expr:
			got = ir.Rewrite(old, swap)
		case ir.Stmt:
			got = ir.RewriteBody([]ir.Stmt{old}, swap, nil)[0]
		}
		want, kept := 0, 0
		for _, l := range leaves {
			if _, ok := l.(*ir.Lit); ok {
				want++
			}
		}
		swapped := 0
		ir.Walk(got, func(t ir.Tree) bool {
			if t == ir.Tree(fresh) {
				swapped++
			}
			return true
		})
		ir.Walk(old, func(t ir.Tree) bool {
			if _, ok := t.(*ir.Lit); ok {
				kept++
			}
			return true
		})
		if swapped != want || kept != want {
			t.Errorf("%s: %d of %d leaves swapped in the copy, %d kept in the original", name, swapped, want, kept)
		}
		if (got == old) != (want == 0) {
			t.Errorf("%s: copied = %v with %d changes", name, got != old, want)
		}
	}
}

func TestRewriteBodyReplacesStatements(t *testing.T) {
	a, b := &ir.AssertStmt{Cond: &ir.Lit{}}, &ir.AwaitStmt{Cond: &ir.Lit{}}
	body := []ir.Stmt{&ir.IfStmt{Cond: &ir.Lit{}, Then: []ir.Stmt{a, b}}, a}
	got := ir.RewriteBody(body, nil, func(s ir.Stmt) []ir.Stmt {
		if s == ir.Stmt(a) {
			return []ir.Stmt{b, b}
		}
		return []ir.Stmt{s}
	})
	var names []string
	for _, s := range got {
		ir.Walk(s, func(t ir.Tree) bool {
			names = append(names, reflect.TypeOf(t).Elem().Name())
			return true
		})
	}
	want := []string{"IfStmt", "Lit", "AwaitStmt", "Lit", "AwaitStmt", "Lit", "AwaitStmt", "Lit", "AwaitStmt", "Lit", "AwaitStmt", "Lit"}
	if !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	if len(body[0].(*ir.IfStmt).Then) != 2 {
		t.Error("the original changed")
	}
}
