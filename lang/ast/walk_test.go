package ast

import (
	"go/parser"
	"go/token"
	"reflect"
	"testing"

	goast "go/ast"
)

// kinds is one empty node of every kind. TestWalkKnowsEveryKind compares it
// with the declarations of the package.
var kinds = []Node{
	&Ident{}, &File{}, &Import{}, &Block{}, &Binder{}, &Pattern{}, &Field{}, &Variant{}, &MachineParam{}, &Param{},
	&EffectClause{}, &Binding{}, &Expectation{}, &Theorem{}, &Proof{}, &ProofStep{},
	&BadType{}, &NamedType{}, &RangeType{}, &FuncType{}, &MapType{}, &SeqType{}, &TupleType{}, &RefinedType{}, &LinearType{},
	&BadExpr{}, &IntLit{}, &DurationLit{}, &StringLit{}, &BoolLit{}, &Name{}, &Select{}, &Index{}, &Slice{}, &Call{}, &AtLabel{},
	&Unary{}, &Binary{}, &Paren{}, &Tuple{}, &If{}, &Let{}, &Match{}, &With{}, &SetLit{}, &MapLit{}, &SeqLit{}, &SetComp{},
	&SeqComp{}, &MapComp{}, &Quant{}, &Fold{}, &Choose{}, &Old{}, &Values{}, &PathQuant{}, &ActionPred{}, &Within{},
	&BadStmt{}, &Assign{}, &LetStmt{}, &VarStmt{}, &Pick{}, &IfStmt{}, &BlockStmt{}, &MatchStmt{}, &For{}, &While{}, &Loop{},
	&Either{}, &Assert{}, &Await{}, &Skip{}, &CallStmt{}, &Return{}, &Label{}, &Goto{}, &Expect{},
	&BadDecl{}, &Sort{}, &Enum{}, &Struct{}, &TypeDecl{}, &Const{}, &Assume{}, &Func{}, &Machine{}, &Model{}, &Var{}, &Init{},
	&Action{}, &Proc{}, &FairAny{}, &Process{}, &Terminal{}, &Property{}, &Scenario{}, &Use{}, &Sync{}, &Refines{},
	&BadItem{}, &Bind{}, &Bound{}, &Start{}, &Check{}, &ExpectItem{}, &Mutate{}, &Option{},
}

// TestWalkKnowsEveryKind reads the declarations of this package: every struct
// that embeds At, but for Comment, is in kinds.
func TestWalkKnowsEveryKind(t *testing.T) {
	known := map[string]bool{"Comment": true}
	for _, n := range kinds {
		known[reflect.TypeOf(n).Elem().Name()] = true
	}
	for _, file := range []string{"ast.go", "stmt.go", "decl.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		goast.Inspect(f, func(n goast.Node) bool {
			spec, ok := n.(*goast.TypeSpec)
			if !ok {
				return true
			}
			if s, ok := spec.Type.(*goast.StructType); ok && embedsAt(s) && !known[spec.Name.Name] {
				t.Errorf("%s is missing from kinds", spec.Name.Name)
			}
			return true
		})
	}
}

func embedsAt(s *goast.StructType) bool {
	for _, f := range s.Fields.List {
		if id, ok := f.Type.(*goast.Ident); ok && len(f.Names) == 0 && id.Name == "At" {
			return true
		}
	}
	return false
}

var (
	nodeType    = reflect.TypeFor[Node]()
	commentType = reflect.TypeFor[Comment]()
)

// fill puts a node of its own into every field of v that can hold one and
// returns how many there are.
func fill(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Interface:
		if !v.Type().Implements(nodeType) {
			return 0
		}
		v.Set(reflect.ValueOf(leaf(v.Type())))
		return 1
	case reflect.Pointer:
		if !v.Type().Implements(nodeType) {
			return 0
		}
		v.Set(reflect.New(v.Type().Elem()))
		return 1
	case reflect.Slice:
		if v.Type().Elem() == commentType {
			return 0
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		n := 0
		for i := range 2 {
			n += fill(v.Index(i))
		}
		return n
	case reflect.Struct:
		if reflect.PointerTo(v.Type()).Implements(nodeType) && v.Type() != reflect.TypeFor[At]() {
			return 1
		}
		return fillFields(v)
	}
	return 0
}

func fillFields(v reflect.Value) int {
	n := 0
	for i := range v.NumField() {
		if f := v.Field(i); v.Type().Field(i).Name != "At" {
			n += fill(f)
		}
	}
	return n
}

// leaf is a node without children for an interface type.
func leaf(t reflect.Type) Node {
	for _, n := range []Node{&BadExpr{}, &BadType{}, &BadStmt{}, &BadDecl{}, &BadItem{}} {
		if reflect.TypeOf(n).Implements(t) {
			return reflect.New(reflect.TypeOf(n).Elem()).Interface().(Node)
		}
	}
	panic(t.String())
}

func TestWalkVisitsEveryChild(t *testing.T) {
	for _, kind := range kinds {
		name := reflect.TypeOf(kind).Elem().Name()
		t.Run(name, func(t *testing.T) {
			n := reflect.New(reflect.TypeOf(kind).Elem())
			want := fillFields(n.Elem())
			root, got := n.Interface().(Node), 0
			Walk(root, func(n Node) bool {
				if n != root {
					got++
				}
				return n == root
			})
			if got != want {
				t.Errorf("got %d children, want %d", got, want)
			}
		})
	}
}

func TestWalkSkipsNil(t *testing.T) {
	for _, kind := range kinds {
		n := reflect.New(reflect.TypeOf(kind).Elem()).Interface().(Node)
		Walk(n, func(c Node) bool {
			if v := reflect.ValueOf(c); v.IsNil() {
				t.Errorf("%T: a nil child is visited", n)
			}
			return true
		})
	}
}
