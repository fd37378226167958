package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/spec-lang/spec/lang/format"
	"github.com/spec-lang/spec/lang/source"
)

// Formatting returns the one edit that formats a text: none if it is broken
// or already as it should be.
func (s *Server) Formatting(_ context.Context, p *protocol.DocumentFormattingParams) ([]protocol.TextEdit, error) {
	text, ok := s.text(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	f := source.NewFile(p.TextDocument.URI.FsPath(), text)
	formatted, diags := format.Source(f)
	if diags.HasErrors() || formatted == text {
		return nil, nil
	}
	return []protocol.TextEdit{{Range: rangeOf(f, f.Span(0, len(text))), NewText: formatted}}, nil
}
