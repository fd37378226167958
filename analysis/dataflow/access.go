package dataflow

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Access is what a node of a block reads and writes: local names and state
// variables, each as a whole.
type Access struct {
	Reads []types.Object
	// Writes are given a new value, whatever they had; Changes keep a part of
	// the old one.
	Writes, Changes []types.Object
	// Yields: the step ends here, others may run before the next one.
	Yields bool
}

// AccessOf returns what a node of a block reads and writes. An instance's
// variables are objects of their own machine, shared by all of its instances,
// so a write through an instance only changes them.
func AccessOf(info *typecheck.Info, n ast.Node) Access {
	s := &accesses{info: info}
	switch n := n.(type) {
	case *ast.Assign:
		s.reads(n.Value)
		s.target(n)
	case *ast.LetStmt:
		s.reads(n.Value)
		s.defines(n.Name)
	case *ast.VarStmt:
		if n.Value != nil {
			s.reads(n.Value)
		}
		s.defines(n.Name)
	case *ast.Pick:
		s.reads(n)
		for _, b := range n.Binders {
			for _, id := range b.Names {
				s.defines(id)
			}
		}
	case *ast.Binder:
		for _, id := range n.Names {
			s.defines(id)
		}
	case *ast.Label:
		s.out.Yields = true
	default:
		s.reads(n)
	}
	return s.out
}

type accesses struct {
	info *typecheck.Info
	out  Access
}

func (s *accesses) defines(id *ast.Ident) {
	if obj := s.info.Defs[id]; obj != nil {
		s.out.Writes = append(s.out.Writes, obj)
	}
}

// target notes what an assignment does to the variable that it assigns.
func (s *accesses) target(n *ast.Assign) {
	e, whole := n.Target, true
	for {
		switch t := e.(type) {
		case *ast.Paren:
			e = t.X
			continue
		case *ast.Index:
			s.reads(t.I)
			e, whole = t.X, false
			continue
		case *ast.Select:
			if s.info.Fields[t] != nil {
				e, whole = t.X, false
				continue
			}
		}
		break
	}
	obj := s.info.Uses[e]
	switch {
	case obj == nil:
		s.reads(e)
	case !whole || len(s.info.Paths[e]) > 0:
		s.out.Changes = append(s.out.Changes, obj)
	case n.Op == ast.Set:
		s.out.Writes = append(s.out.Writes, obj)
	default:
		s.out.Reads = append(s.out.Reads, obj)
		s.out.Writes = append(s.out.Writes, obj)
	}
}

// reads notes everything that is read below a node, also by what it calls.
func (s *accesses) reads(n ast.Node) {
	ast.Walk(n, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			switch obj := s.info.Uses[e].(type) {
			case *types.Local, *types.Var, *types.ProcessVar:
				s.out.Reads = append(s.out.Reads, obj)
			case *types.Function, *types.Proc, *types.Action:
				s.effects(s.info.Effects[obj])
			}
		}
		return true
	})
}

func (s *accesses) effects(e *typecheck.Effects) {
	if e == nil {
		return
	}
	for _, p := range e.Reads {
		s.out.Reads = append(s.out.Reads, p.Var)
	}
	for _, p := range e.Writes {
		s.out.Changes = append(s.out.Changes, p.Var)
	}
}

// IsState reports whether an object outlives the body: a variable of a machine
// or of a process.
func IsState(obj types.Object) bool {
	switch obj.(type) {
	case *types.Var, *types.ProcessVar:
		return true
	}
	return false
}
