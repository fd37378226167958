package mutate

import (
	"math/big"
	"regexp"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// swapped are the operators that stand for each other.
var swapped = map[ast.BinaryOp]ast.BinaryOp{
	ast.Eq: ast.Ne, ast.Ne: ast.Eq, ast.Lt: ast.Le, ast.Le: ast.Lt, ast.Gt: ast.Ge, ast.Ge: ast.Gt,
	ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Implies: ast.Iff,
	ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Union: ast.Inter, ast.Inter: ast.Union,
}

var swappedKinds = map[ast.QuantKind]ast.QuantKind{
	ast.Forall: ast.Exists, ast.Exists: ast.Forall, ast.Min: ast.Max, ast.Max: ast.Min,
}

var fairness = regexp.MustCompile(`\b(strong\s+)?fair\s+`)

func withoutFairness(head string) string { return fairness.ReplaceAllString(head, "") }

// node makes the mutants of the expressions below n, which may be nil. Written
// types and patterns stay as they are.
func (m *maker) node(n ast.Node) {
	if n == nil {
		return
	}
	ast.Walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case ast.Type, *ast.Pattern:
			return false
		case *ast.Binary:
			m.binary(n)
		case *ast.Unary:
			m.unary(n)
		case *ast.Quant:
			m.quant(n)
		case *ast.If:
			m.branch(n.Cond)
		case *ast.IntLit:
			m.number(n.Span(), n.Value)
		case *ast.BoolLit:
			m.add(Value, n.Span(), map[bool]string{true: "false", false: "true"}[n.Value])
		case *ast.Name:
			m.variant(n, n.Span())
		case *ast.Select:
			m.variant(n, n.Sel.Span())
		}
		return true
	})
}

// binary puts another operator into the same place. An operator that binds
// less tightly gets parentheses, so that nothing else changes.
func (m *maker) binary(e *ast.Binary) {
	op, ok := swapped[e.Op]
	if !ok {
		return
	}
	between := source.Span{File: m.file.Name, Lo: e.X.Span().Hi, Hi: e.Y.Span().Lo}
	text := strings.Replace(m.text(between), e.Op.String(), op.String(), 1)
	if op.Level() == e.Op.Level() {
		m.add(Operator, between, text)
		return
	}
	m.add(Operator, e.Span(), "("+m.text(e.X.Span())+text+m.text(e.Y.Span())+")")
}

func (m *maker) unary(e *ast.Unary) {
	if e.Op == ast.Bang || e.Op == ast.Not {
		m.add(Operator, e.Span(), m.text(e.X.Span()))
	}
}

func (m *maker) quant(e *ast.Quant) {
	if kind, ok := swappedKinds[e.Kind]; ok {
		at := source.Span{File: m.file.Name, Lo: e.Span().Lo, Hi: e.Span().Lo + len(e.Kind.String())}
		m.add(Operator, at, kind.String())
	}
}

func (m *maker) number(at source.Span, n *big.Int) {
	one := big.NewInt(1)
	m.add(Value, at, new(big.Int).Add(n, one).String())
	if n.Sign() > 0 {
		m.add(Value, at, new(big.Int).Sub(n, one).String())
	}
}

// variant puts the next variant without a payload into the place of one.
func (m *maker) variant(e ast.Expr, name source.Span) {
	v, ok := m.info.Uses[e].(*types.Variant)
	if !ok || len(v.Fields) > 0 {
		return
	}
	all := v.Enum.Variants
	for i := 1; i < len(all); i++ {
		if next := all[(v.Index+i)%len(all)]; len(next.Fields) == 0 {
			m.add(Value, name, next.Name())
			return
		}
	}
}

// condition leaves each conjunct of a condition out that has to hold for a
// step to be possible, and makes the other mutants of it.
func (m *maker) condition(e ast.Expr) {
	if e == nil {
		return
	}
	m.conjuncts(e)
	m.node(e)
}

func (m *maker) conjuncts(e ast.Expr) {
	b, ok := e.(*ast.Binary)
	if !ok || b.Op != ast.And {
		m.add(Condition, e.Span(), "true")
		return
	}
	m.conjuncts(b.X)
	m.conjuncts(b.Y)
}

// branch decides a condition for good.
func (m *maker) branch(cond ast.Expr) {
	m.add(Condition, cond.Span(), "true")
	m.add(Condition, cond.Span(), "false")
}
