// Package lsp serves editors over the Language Server Protocol 3.18.
//
// It is thin: each request asks workspace for a snapshot and translates what
// the snapshot knows. It is the only package that knows JSON-RPC and UTF-16.
// Each feature has a file of its own.
package lsp

import (
	"context"
	"io"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/workspace"
)

// Server answers one editor.
type Server struct {
	protocol.UnimplementedServer

	ws     *workspace.Workspace
	client protocol.Client
	// stopped is closed when the editor says exit.
	stopped chan struct{}

	mu   sync.Mutex
	open map[uri.URI]*document
}

// document is a text that the editor holds.
type document struct {
	path    string
	text    string
	version int32
}

// Serve speaks the protocol over rw until the editor leaves or ctx ends. The
// error is that of the connection; leaving is not one.
func Serve(ctx context.Context, rw io.ReadWriteCloser, version string) error {
	s := &Server{ws: workspace.New(), stopped: make(chan struct{}), open: map[uri.URI]*document{}}
	// The client is needed by the first notification, so the connection starts
	// only after it is set.
	ready := make(chan struct{})
	ctx, conn, client := protocol.NewServer(ctx, &gate{Server: s, ready: ready, version: version}, jsonrpc2.NewStream(rw))
	s.client = client
	close(ready)
	select {
	case <-s.stopped:
		return conn.Close()
	case <-conn.Done():
		return conn.Err()
	case <-ctx.Done():
		return conn.Close()
	}
}

// gate holds the first request back until the server is complete.
type gate struct {
	*Server
	ready   chan struct{}
	version string
}

// Initialize tells the editor what this server does.
func (g *gate) Initialize(ctx context.Context, _ *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	select {
	case <-g.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	yes, incremental := true, protocol.TextDocumentSyncKindIncremental
	return &protocol.InitializeResult{
		Capabilities: protocol.ServerCapabilities{
			TextDocumentSync:           &protocol.TextDocumentSyncOptions{OpenClose: &yes, Change: &incremental},
			HoverProvider:              protocol.Boolean(true),
			DefinitionProvider:         protocol.Boolean(true),
			DocumentFormattingProvider: protocol.Boolean(true),
			CodeActionProvider:         &protocol.CodeActionOptions{CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix}},
		},
		ServerInfo: protocol.ServerInfo{Name: "spec", Version: protocol.NewOptional(g.version)},
	}, nil
}

// Shutdown prepares for exit; there is nothing to save.
func (s *Server) Shutdown(context.Context) error { return nil }

// Exit ends Serve.
func (s *Server) Exit(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.stopped:
	default:
		close(s.stopped)
	}
	return nil
}

// snapshot returns what is known of the file behind u, and its path.
func (s *Server) snapshot(u uri.URI) (*workspace.Snapshot, string) {
	path := u.FsPath()
	return s.ws.Snapshot(path), path
}
