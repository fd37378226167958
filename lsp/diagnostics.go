package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/workspace"
)

// publishAll sends the diagnostics of every open text: a change in one may
// mend or break another that imports it.
func (s *Server) publishAll(ctx context.Context) error {
	s.mu.Lock()
	var all []uri.URI
	versions := map[uri.URI]int32{}
	for u, d := range s.open {
		all = append(all, u)
		versions[u] = d.version
	}
	s.mu.Unlock()
	slices.Sort(all)
	for _, u := range all {
		if err := s.publish(ctx, u, versions[u]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) publish(ctx context.Context, u uri.URI, version int32) error {
	snap, path := s.snapshot(u)
	out := []protocol.Diagnostic{}
	for _, d := range everything(snap) {
		if d.Span.File == path {
			out = append(out, diagnostic(snap.Files, d))
		}
	}
	return s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{
		URI: u, Version: protocol.NewOptional(version), Diagnostics: out,
	})
}

// everything is what checking and analysing say of a snapshot.
func everything(snap *workspace.Snapshot) diag.List {
	return append(slices.Clone(snap.Diags), snap.Analysis()...).Sorted()
}

func diagnostic(files source.Set, d diag.Diagnostic) protocol.Diagnostic {
	message := d.Message
	if d.Help != "" {
		message = strings.Join([]string{message, d.Help}, "\n")
	}
	out := protocol.Diagnostic{
		Severity: severity(d.Severity),
		Code:     protocol.String(d.Code),
		Source:   protocol.NewOptional("spec"),
		Message:  protocol.String(message),
	}
	if f := files[d.Span.File]; f != nil {
		out.Range = rangeOf(f, d.Span)
	}
	for _, r := range d.Related {
		if loc, ok := location(files, r.Span); ok {
			out.RelatedInformation = append(out.RelatedInformation,
				protocol.DiagnosticRelatedInformation{Location: loc, Message: r.Message})
		}
	}
	return out
}

func severity(s diag.Severity) protocol.DiagnosticSeverity {
	switch s {
	case diag.Warning:
		return protocol.DiagnosticSeverityWarning
	case diag.Info:
		return protocol.DiagnosticSeverityInformation
	}
	return protocol.DiagnosticSeverityError
}
