package lsp

import (
	"context"
	"fmt"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/lang/source"
)

// DidOpen takes over a text from the disk.
func (s *Server) DidOpen(ctx context.Context, p *protocol.DidOpenTextDocumentParams) error {
	d := p.TextDocument
	s.set(d.URI, d.Text, d.Version)
	return s.publishAll(ctx)
}

// DidChange applies edits to a text.
func (s *Server) DidChange(ctx context.Context, p *protocol.DidChangeTextDocumentParams) error {
	u := p.TextDocument.URI
	text, ok := s.text(u)
	if !ok {
		return fmt.Errorf("%s is not open", u)
	}
	for _, c := range p.ContentChanges {
		switch c := c.(type) {
		case *protocol.TextDocumentContentChangeWholeDocument:
			text = c.Text
		case *protocol.TextDocumentContentChangePartial:
			f := source.NewFile("", text)
			lo, hi := offset(f, c.Range.Start), offset(f, c.Range.End)
			text = text[:lo] + c.Text + text[max(lo, hi):]
		}
	}
	s.set(u, text, p.TextDocument.Version)
	return s.publishAll(ctx)
}

// DidClose gives a text back to the disk.
func (s *Server) DidClose(ctx context.Context, p *protocol.DidCloseTextDocumentParams) error {
	u := p.TextDocument.URI
	s.mu.Lock()
	delete(s.open, u)
	s.mu.Unlock()
	s.ws.DropOverlay(u.FsPath())
	if err := s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{URI: u, Diagnostics: []protocol.Diagnostic{}}); err != nil {
		return err
	}
	return s.publishAll(ctx)
}

func (s *Server) set(u uri.URI, text string, version int32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[u] = &document{path: u.FsPath(), text: text, version: version}
	s.ws.SetOverlay(u.FsPath(), text)
}

func (s *Server) text(u uri.URI) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[u]
	if d == nil {
		return "", false
	}
	return d.text, true
}
