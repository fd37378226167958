package lsp

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// CodeAction offers the fixes of the diagnostics that touch a range.
func (s *Server) CodeAction(_ context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	snap, path := s.snapshot(p.TextDocument.URI)
	f := snap.Files[path]
	out := []protocol.CommandOrCodeAction{}
	if f == nil {
		return out, nil
	}
	lo, hi := offset(f, p.Range.Start), offset(f, p.Range.End)
	for _, d := range everything(snap) {
		if d.Span.File != path || d.Span.Hi < lo || hi < d.Span.Lo {
			continue
		}
		for i, fix := range d.Fixes {
			out = append(out, codeAction(snap.Files, d, fix, i == 0))
		}
	}
	return out, nil
}

func codeAction(files source.Set, d diag.Diagnostic, fix diag.Fix, best bool) *protocol.CodeAction {
	kind := protocol.CodeActionKindQuickFix
	edit := &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{}}
	for _, e := range fix.Edits {
		if f := files[e.Span.File]; f != nil {
			u := uri.File(e.Span.File)
			edit.Changes[u] = append(edit.Changes[u], protocol.TextEdit{Range: rangeOf(f, e.Span), NewText: e.Text})
		}
	}
	return &protocol.CodeAction{
		Title: fix.Title, Kind: &kind, Diagnostics: []protocol.Diagnostic{diagnostic(files, d)}, IsPreferred: &best, Edit: edit,
	}
}
