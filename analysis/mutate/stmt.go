package mutate

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// swappedAssigns are the assignments that stand for each other.
var swappedAssigns = map[ast.AssignOp]ast.AssignOp{
	ast.AddSet: ast.SubSet, ast.SubSet: ast.AddSet, ast.UnionSet: ast.InterSet, ast.InterSet: ast.UnionSet,
}

func (m *maker) block(b *ast.Block) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		m.stmt(s)
	}
}

// stmt makes the mutants of a statement. An assertion is a property, and stays
// as it is.
func (m *maker) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.Assign:
		m.leaveOut(s)
		m.assign(s)
		m.node(s.Target)
		m.node(s.Value)
	case *ast.CallStmt:
		m.leaveOut(s)
		m.node(s.Call)
	case *ast.Goto:
		m.leaveOut(s)
	case *ast.LetStmt:
		m.node(s.Value)
	case *ast.VarStmt:
		m.node(s.Value)
	case *ast.Return:
		m.node(s.Value)
	case *ast.Await:
		m.condition(s.Cond)
	case *ast.Pick:
		for i := range s.Binders {
			m.node(s.Binders[i].Domain)
		}
		m.condition(s.Where)
	default:
		m.compound(s)
	}
}

// compound makes the mutants of a statement with blocks.
func (m *maker) compound(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.IfStmt:
		m.branch(s.Cond)
		m.node(s.Cond)
		m.block(s.Then)
		m.stmt(s.Else)
	case *ast.BlockStmt:
		m.block(s.Body)
	case *ast.MatchStmt:
		m.node(s.X)
		for _, arm := range s.Arms {
			m.block(arm.Body)
		}
	case *ast.For:
		for i := range s.Binders {
			m.node(s.Binders[i].Domain)
		}
		m.block(s.Body)
	case *ast.While:
		m.node(s.Cond)
		m.block(s.Body)
	case *ast.Loop:
		m.block(s.Body)
	case *ast.Either:
		for _, b := range s.Branches {
			m.block(b)
		}
	}
}

func (m *maker) leaveOut(s ast.Stmt) { m.add(Statement, s.Span(), "skip") }

func (m *maker) assign(s *ast.Assign) {
	if op, ok := swappedAssigns[s.Op]; ok {
		between := source.Span{File: m.file.Name, Lo: s.Target.Span().Hi, Hi: s.Value.Span().Lo}
		m.add(Operator, between, strings.Replace(m.text(between), s.Op.String(), op.String(), 1))
	}
}
