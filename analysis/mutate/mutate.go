// Package mutate makes faults on purpose: small changes of what a spec
// describes, one at a time. A fault that no property notices shows what the
// properties leave open.
//
// The operators are those of R. DeMillo, R. Lipton and F. Sayward, "Hints on
// test data selection", IEEE Computer 1978, as far as they mean something for
// guarded actions. Properties and models are never changed, only behaviour.
package mutate

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Kind is what a mutant does to the text.
type Kind int

// Kinds of mutant.
const (
	Operator  Kind = iota + 1 // another operator, as < for <=
	Condition                 // a condition left out, or always false
	Statement                 // a statement left out
	Value                     // another constant, as n + 1 for n
	Fairness                  // fairness left out
)

func (k Kind) String() string {
	return [...]string{Operator: "operator", Condition: "condition", Statement: "statement", Value: "value", Fairness: "fairness"}[k]
}

// Mutant is one change of a file.
type Mutant struct {
	Kind Kind
	In   string      // what is changed, as "action Collect"
	Span source.Span // of what is replaced
	Text string      // what stands there instead
}

// Apply returns the changed text of the file.
func (m Mutant) Apply(text string) string { return text[:m.Span.Lo] + m.Text + text[m.Span.Hi:] }

// Of returns the mutants of what the machines of a file do, in the order of the
// text: of actions, procs, processes, init blocks and initial values, and of
// the functions of the file that these call. Not every mutant passes the type
// checker.
func Of(file *source.File, tree *ast.File, info *typecheck.Info) []Mutant {
	m := &maker{file: file, info: info}
	reached := m.behaviour(tree)
	ast.Walk(tree, func(n ast.Node) bool {
		if d, ok := n.(ast.Decl); ok && reached[d] {
			m.in = title(d)
			m.decl(d)
			return false
		}
		return true
	})
	slices.SortStableFunc(m.out, func(a, b Mutant) int { return a.Span.Lo - b.Span.Lo })
	return m.out
}

type maker struct {
	file *source.File
	info *typecheck.Info
	in   string
	out  []Mutant
}

// behaviour returns the declarations that say what machines do.
func (m *maker) behaviour(tree *ast.File) map[ast.Decl]bool {
	reached := map[ast.Decl]bool{}
	for _, d := range tree.Decls {
		machine, ok := d.(*ast.Machine)
		if !ok {
			continue
		}
		for _, member := range machine.Members {
			switch member.(type) {
			case *ast.Action, *ast.Proc, *ast.Process, *ast.Init, *ast.Var:
				m.reach(member, reached)
			}
		}
	}
	return reached
}

// reach adds a declaration and the functions that it calls.
func (m *maker) reach(d ast.Decl, reached map[ast.Decl]bool) {
	if reached[d] {
		return
	}
	reached[d] = true
	ast.Walk(d, func(n ast.Node) bool {
		if call, ok := n.(*ast.Call); ok {
			if f, ok := m.info.Uses[call.Fun].(*types.Function); ok && f.Decl != nil {
				m.reach(f.Decl, reached)
			}
		}
		return true
	})
}

func title(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.Action:
		return "action " + d.Name.Name
	case *ast.Proc:
		return "proc " + d.Name.Name
	case *ast.Process:
		return "process " + d.Name.Name
	case *ast.Func:
		return "func " + d.Name.Name
	case *ast.Var:
		return "var " + d.Name.Name
	}
	return "init"
}

// decl makes the mutants of a declaration.
func (m *maker) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.Action:
		m.fairness(d, d.Fair, d.Name)
		for i := range d.Params {
			m.node(d.Params[i].In)
		}
		m.condition(d.Guard)
		m.block(d.Body)
	case *ast.Process:
		m.fairness(d, d.Fair, d.Name)
		m.block(d.Body)
	case *ast.Proc:
		m.block(d.Body)
	case *ast.Init:
		m.block(d.Body)
	case *ast.Func:
		m.block(d.Body)
		m.node(d.Value)
	case *ast.Var:
		m.node(d.Value)
		m.node(d.In)
	}
}

// fairness leaves the word out.
func (m *maker) fairness(d ast.Decl, fair ast.Fairness, name *ast.Ident) {
	if fair == ast.Unfair {
		return
	}
	head := source.Span{File: m.file.Name, Lo: d.Span().Lo, Hi: name.Span().Lo}
	m.add(Fairness, head, withoutFairness(m.text(head)))
}

func (m *maker) text(s source.Span) string { return m.file.Text[s.Lo:s.Hi] }

func (m *maker) add(k Kind, at source.Span, text string) {
	if at.File == m.file.Name && m.text(at) != text {
		m.out = append(m.out, Mutant{k, m.in, at, text})
	}
}
