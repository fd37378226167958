package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

var expectText = map[ast.ExpectKind]string{
	ast.ExpectHolds: "holds", ast.ExpectViolated: "violated", ast.ExpectDeadlock: "deadlock",
	ast.ExpectUnknown: "unknown", ast.ExpectBounded: "bounded", ast.ExpectStates: "states",
	ast.ExpectGenerated: "generated", ast.ExpectDepth: "depth",
}

func isFigure(k ast.ExpectKind) bool { return k >= ast.ExpectStates }

// checkExpectations checks that what a model expects can be met.
func (c *checker) checkExpectations(m *types.Model) {
	seen := map[string]*ast.Expectation{}
	checked := map[types.Object]*ast.Check{}
	hasBound := false
	for _, it := range m.Decl.Items {
		if _, ok := it.(*ast.Bound); ok {
			hasBound = true
		}
	}
	for _, it := range m.Decl.Items {
		switch it := it.(type) {
		case *ast.ExpectItem:
			c.expectation(&it.Expect, seen, hasBound)
		case *ast.Check:
			c.checkItem(it, checked, hasBound)
		}
	}
}

func (c *checker) expectation(e *ast.Expectation, seen map[string]*ast.Expectation, hasBound bool) {
	kind := "outcome"
	if isFigure(e.Kind) {
		kind = expectText[e.Kind]
	}
	if old := seen[kind]; old != nil && (isFigure(e.Kind) || old.Kind != e.Kind) {
		c.errExpectation(e.Span(), "the model expects "+expectText[old.Kind]+" already", "remove one of the two expectations")
		return
	}
	seen[kind] = e
	c.boundedOnly(e, hasBound)
}

func (c *checker) boundedOnly(e *ast.Expectation, hasBound bool) {
	if e.Kind == ast.ExpectBounded && !hasBound {
		c.errExpectation(e.Span(), "expect bounded without a bound", "write `bound P`, or expect holds")
	}
}

func (c *checker) checkItem(it *ast.Check, checked map[types.Object]*ast.Check, hasBound bool) {
	if it.Expect != nil {
		if isFigure(it.Expect.Kind) {
			c.errExpectation(it.Expect.Span(), expectText[it.Expect.Kind]+" is a figure of the whole model, not of a property",
				"write `expect "+expectText[it.Expect.Kind]+" n` on a line of its own")
		}
		c.boundedOnly(it.Expect, hasBound)
	}
	for _, e := range it.Names {
		obj := c.info.Uses[e]
		if obj == nil {
			continue
		}
		if len(c.info.Paths[e]) == 0 && checked[obj] != nil {
			c.errExpectation(e.Span(), exprText(e)+" is checked twice in this model", "remove one of the two checks")
		}
		checked[obj] = it
	}
}
