package lsp

import (
	"context"

	"go.lsp.dev/protocol"
)

// Definition returns where the name under the cursor is declared. Names of
// builtins are declared nowhere.
func (s *Server) Definition(_ context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	snap, path := s.snapshot(p.TextDocument.URI)
	f := snap.Files[path]
	if f == nil || snap.Info == nil {
		return nil, nil
	}
	nodes := under(snap.Tree, offset(f, p.Position))
	for i := len(nodes) - 1; i >= 0; i-- {
		o := object(snap.Info, nodes[i])
		if o == nil {
			continue
		}
		if loc, ok := location(snap.Files, o.Span()); ok {
			return &loc, nil
		}
		return nil, nil
	}
	return nil, nil
}
