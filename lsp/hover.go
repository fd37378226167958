package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
	"github.com/spec-lang/spec/workspace"
)

// Hover shows what stands under the cursor: the declaration of a name with its
// doc comment and effects, or the type of an expression.
func (s *Server) Hover(_ context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	snap, path := s.snapshot(p.TextDocument.URI)
	f := snap.Files[path]
	if f == nil || snap.Info == nil {
		return nil, nil
	}
	text, at := describe(snap, under(snap.Tree, offset(f, p.Position)))
	if text == "" {
		return nil, nil
	}
	r := rangeOf(f, at)
	return &protocol.Hover{
		Contents: &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text},
		Range:    &r,
	}, nil
}

// under returns the nodes that hold a byte, outermost first.
func under(tree *ast.File, off int) []ast.Node {
	var path []ast.Node
	ast.Walk(tree, func(n ast.Node) bool {
		sp := n.Span()
		if off < sp.Lo || off > sp.Hi {
			return false
		}
		path = append(path, n)
		return true
	})
	return path
}

// describe returns the hover text of the innermost node that has one, and
// which place it is about.
func describe(snap *workspace.Snapshot, path []ast.Node) (string, source.Span) {
	for i := len(path) - 1; i >= 0; i-- {
		if o := object(snap.Info, path[i]); o != nil {
			return describeObject(snap, o), path[i].Span()
		}
		if e, ok := path[i].(ast.Expr); ok {
			if t := snap.Info.Types[e]; t != nil && t != types.Type(types.Invalid) {
				return code(t.String()), e.Span()
			}
		}
	}
	return "", source.Span{}
}

// object returns what a node names or declares.
func object(info *typecheck.Info, n ast.Node) types.Object {
	switch n := n.(type) {
	case *ast.Ident:
		return info.Defs[n]
	case *ast.Select:
		if f := info.Fields[n]; f != nil && f != typecheck.OptionValue {
			return f
		}
	case *ast.NamedType:
		return typeName(info.Written[n])
	}
	e, ok := n.(ast.Expr)
	if !ok {
		return nil
	}
	if ref := info.Actions[e]; ref != nil {
		return ref.Action
	}
	if _, builtin := info.Uses[e].(*types.Builtin); builtin {
		return nil
	}
	return info.Uses[e]
}

// typeName returns the declaration of a type, or nil.
func typeName(t types.Type) types.Object {
	switch t := t.(type) {
	case *types.Sort:
		return t.Obj
	case *types.Named:
		return t.Obj
	}
	return nil
}

func describeObject(snap *workspace.Snapshot, o types.Object) string {
	head := heading(o)
	if t := o.Type(); t != nil {
		head += " " + t.String()
	}
	parts := []string{code(head)}
	if e := snap.Info.Effects[o]; e != nil {
		parts = append(parts, effects(e))
	}
	if doc := docOf(o); doc != "" {
		parts = append(parts, doc)
	}
	return strings.Join(parts, "\n\n")
}

func code(s string) string { return "```spec\n" + s + "\n```" }

// heading names an object with its kind, as it is declared.
func heading(o types.Object) string {
	kind := ""
	switch o.(type) {
	case *types.Module:
		kind = "module "
	case *types.SortName:
		kind = "sort "
	case *types.TypeName:
		kind = "type "
	case *types.Const:
		kind = "const "
	case *types.Function:
		kind = "func "
	case *types.Machine:
		kind = "machine "
	case *types.Var, *types.ProcessVar:
		kind = "var "
	case *types.Action:
		kind = "action "
	case *types.Proc:
		kind = "proc "
	case *types.Process:
		kind = "process "
	case *types.Property:
		kind = "property "
	case *types.Scenario:
		kind = "scenario "
	case *types.Instance:
		kind = "use "
	case *types.Model:
		kind = "model "
	}
	return kind + o.Name()
}

// effects lists effects as they would be declared.
func effects(e *typecheck.Effects) string {
	var parts []string
	paths := func(word string, ps []typecheck.Path) {
		if len(ps) == 0 {
			return
		}
		texts := make([]string, len(ps))
		for i, p := range ps {
			texts[i] = "`" + p.Text + "`"
		}
		parts = append(parts, word+" "+strings.Join(texts, ", "))
	}
	paths("reads", e.Reads)
	paths("writes", e.Writes)
	paths("grows", e.Grows)
	if len(e.Raises) > 0 {
		parts = append(parts, "raises "+strings.Join(e.Raises, ", "))
	}
	for _, f := range []struct {
		word string
		has  bool
	}{{"picks", e.Picks}, {"clock", e.Clock}, {"random", e.Random}, {"io", e.IO}, {"diverges", e.Diverges}} {
		if f.has {
			parts = append(parts, f.word)
		}
	}
	if len(parts) == 0 {
		return "pure"
	}
	return strings.Join(parts, "  \n")
}

// docOf returns the doc comment of an object's declaration.
func docOf(o types.Object) string {
	switch o := o.(type) {
	case *types.Machine:
		return o.Decl.Doc
	case *types.Action:
		return o.Decl.Doc
	case *types.Var:
		return o.Decl.Doc
	case *types.Function:
		return o.Decl.Doc
	case *types.Process:
		return o.Decl.Doc
	case *types.Proc:
		return o.Decl.Doc
	case *types.Property:
		return o.Decl.Doc
	case *types.Scenario:
		return o.Decl.Doc
	case *types.Model:
		return o.Decl.Doc
	case *types.SortName:
		if o.Decl != nil {
			return o.Decl.Doc
		}
	case *types.Const:
		if o.Decl != nil {
			return o.Decl.Doc
		}
	case *types.TypeName:
		switch d := o.Decl.(type) {
		case *ast.Enum:
			return d.Doc
		case *ast.Struct:
			return d.Doc
		case *ast.TypeDecl:
			return d.Doc
		}
	}
	return ""
}
