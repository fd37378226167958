package lsp

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/lang/source"
)

// editor is the other end of the protocol: it keeps what the server says.
type editor struct {
	protocol.UnimplementedClient
	published chan *protocol.PublishDiagnosticsParams
}

func (e *editor) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	e.published <- p
	return nil
}

// next returns the next diagnostics that the server publishes.
func (e *editor) next(t *testing.T) *protocol.PublishDiagnosticsParams {
	t.Helper()
	select {
	case p := <-e.published:
		return p
	case <-time.After(20 * time.Second):
		t.Fatal("the server published nothing")
		return nil
	}
}

// connect starts a server and an editor on the two ends of a pipe.
func connect(t *testing.T) (*editor, protocol.Server) {
	t.Helper()
	here, there := net.Pipe()
	served := make(chan error, 1)
	go func() { served <- Serve(context.Background(), there, "test") }()
	e := &editor{published: make(chan *protocol.PublishDiagnosticsParams, 16)}
	ctx, conn, server := protocol.NewClient(context.Background(), e, jsonrpc2.NewStream(here))
	t.Cleanup(func() {
		if err := server.Shutdown(ctx); err != nil {
			t.Error("shutdown:", err)
		}
		if err := server.Exit(ctx); err != nil {
			t.Error("exit:", err)
		}
		if err := <-served; err != nil {
			t.Error("serve:", err)
		}
		if err := conn.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	res, err := server.Initialize(ctx, &protocol.InitializeParams{})
	if err != nil {
		t.Fatal(err)
	}
	if res.ServerInfo.Name != "spec" {
		t.Fatalf("server is called %q", res.ServerInfo.Name)
	}
	return e, server
}

// write puts a file on disk and returns its URI.
func write(t *testing.T, dir, name, text string) uri.URI {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return uri.File(path)
}

func open(t *testing.T, server protocol.Server, u uri.URI, text string) {
	t.Helper()
	err := server.DidOpen(context.Background(), &protocol.DidOpenTextDocumentParams{
		TextDocument: protocol.TextDocumentItem{URI: u, LanguageID: "spec", Version: 1, Text: text}})
	if err != nil {
		t.Fatal(err)
	}
}

const lock = `module lock

sort Client

/// One lock.
machine Lock {
    var owner option[Client] = none // 🔒

    action Grant(c Client) when owner == none { owner = some(c) }
}
`

// at returns the position of the n-th occurrence (from 0) of part in text.
func at(text, part string, n int) protocol.Position {
	off := -1
	for range n + 1 {
		off += 1 + strings.Index(text[off+1:], part)
	}
	return position(source.NewFile("", text), off)
}

func codes(p *protocol.PublishDiagnosticsParams) []string {
	var out []string
	for _, d := range p.Diagnostics {
		out = append(out, string(d.Code.(protocol.String)))
	}
	return out
}

func TestDiagnosticsFollowEdits(t *testing.T) {
	e, server := connect(t)
	ctx := context.Background()
	u := write(t, t.TempDir(), "lock.spec", lock)
	open(t, server, u, lock)
	if got := codes(e.next(t)); len(got) != 0 {
		t.Fatalf("a right file has diagnostics: %v", got)
	}
	// The emoji takes two UTF-16 units: an edit after it must still land.
	edit := func(version int32, old, text string, current string) {
		start := at(current, old, 0)
		end := start
		end.Character += uint32(len(old))
		err := server.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
			TextDocument: protocol.VersionedTextDocumentIdentifier{Version: version,
				TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: u}},
			ContentChanges: []protocol.TextDocumentContentChangeEvent{
				&protocol.TextDocumentContentChangePartial{Range: protocol.Range{Start: start, End: end}, Text: text}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(2, "some(c)", "some(d)", lock)
	p := e.next(t)
	if got := codes(p); len(got) != 1 || p.Diagnostics[0].Range.Start != at(lock, "c) }", 0) {
		t.Fatalf("an unknown name: got %v at %v", got, p.Diagnostics)
	}
	edit(3, "some(d)", "some(c)", strings.Replace(lock, "some(c)", "some(d)", 1))
	if got := codes(e.next(t)); len(got) != 0 {
		t.Fatalf("mended, and still: %v", got)
	}
}

func TestDiagnosticsFollowImports(t *testing.T) {
	e, server := connect(t)
	dir := t.TempDir()
	user := "module user\n\nimport \"lock\" as l\n\nconst C l.Client\n"
	write(t, dir, "lock.spec", lock)
	u := write(t, dir, "user.spec", user)
	open(t, server, u, user)
	if got := codes(e.next(t)); len(got) != 0 {
		t.Fatalf("a right file has diagnostics: %v", got)
	}
	// What is unsaved in one file counts for the other.
	open(t, server, uri.File(filepath.Join(dir, "lock.spec")), strings.ReplaceAll(lock, "Client", "Customer"))
	broken := map[string]int{}
	for range 2 {
		p := e.next(t)
		broken[filepath.Base(p.URI.FsPath())] = len(p.Diagnostics)
	}
	if diff := cmp.Diff(map[string]int{"lock.spec": 0, "user.spec": 1}, broken); diff != "" {
		t.Error(diff)
	}
}

func TestHover(t *testing.T) {
	e, server := connect(t)
	u := write(t, t.TempDir(), "lock.spec", lock)
	open(t, server, u, lock)
	e.next(t)
	for _, tt := range []struct {
		name string
		pos  protocol.Position
		want []string // parts of the text; none means no hover
	}{
		{"machine with doc", at(lock, "Lock {", 0), []string{"machine Lock", "One lock."}},
		{"action with effects", at(lock, "Grant", 0), []string{"action Grant", "reads `owner`", "writes `owner`"}},
		{"variable where it is read", at(lock, "owner ==", 0), []string{"var owner option[Client]"}},
		{"expression", at(lock, "some(c)", 0), []string{"option[Client]"}},
		{"empty line", protocol.Position{Line: 1}, nil},
	} {
		h, err := server.Hover(context.Background(), &protocol.HoverParams{
			TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: u}, Position: tt.pos}})
		if err != nil {
			t.Fatal(tt.name, err)
		}
		text := ""
		if h != nil {
			text = h.Contents.(*protocol.MarkupContent).Value
		}
		if len(tt.want) == 0 && text != "" {
			t.Errorf("%s: hover says %q", tt.name, text)
		}
		for _, w := range tt.want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not in %q", tt.name, w, text)
			}
		}
	}
}

func TestDefinition(t *testing.T) {
	e, server := connect(t)
	dir := t.TempDir()
	user := "module user\n\nimport \"lock\" as l\n\nconst C l.Client\n\nfunc same(a l.Client) bool = a == C\n"
	write(t, dir, "lock.spec", lock)
	u := write(t, dir, "user.spec", user)
	open(t, server, u, user)
	e.next(t)
	for _, tt := range []struct {
		name, file string
		pos, want  protocol.Position
	}{
		{"here", "user.spec", at(user, "C\n", 0), at(user, "C l.", 0)},
		{"in another file", "lock.spec", at(user, "Client", 1), at(lock, "Client", 0)},
	} {
		got, err := server.Definition(context.Background(), &protocol.DefinitionParams{
			TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: u}, Position: tt.pos}})
		if err != nil {
			t.Fatal(tt.name, err)
		}
		loc, ok := got.(*protocol.Location)
		if !ok {
			t.Errorf("%s: no definition", tt.name)
			continue
		}
		if filepath.Base(loc.URI.FsPath()) != tt.file || loc.Range.Start != tt.want {
			t.Errorf("%s: %s at %v, want %s at %v", tt.name, loc.URI, loc.Range.Start, tt.file, tt.want)
		}
	}
}

func TestPositions(t *testing.T) {
	f := source.NewFile("", "a🔒b\r\né\n")
	for _, tt := range []struct {
		off int
		pos protocol.Position
	}{
		{0, protocol.Position{}},
		{5, protocol.Position{Character: 3}},
		{6, protocol.Position{Character: 4}},
		{8, protocol.Position{Line: 1}},
		{10, protocol.Position{Line: 1, Character: 1}},
		{11, protocol.Position{Line: 2}},
	} {
		if got := position(f, tt.off); got != tt.pos {
			t.Errorf("position(%d) = %v, want %v", tt.off, got, tt.pos)
		}
		if got := offset(f, tt.pos); got != tt.off {
			t.Errorf("offset(%v) = %d, want %d", tt.pos, got, tt.off)
		}
	}
	for pos, want := range map[protocol.Position]int{
		{Line: 0, Character: 99}: 6, // beyond the line: its end
		{Line: 99}:               11,
		{Line: 0, Character: 2}:  1, // within the emoji: before it
	} {
		if got := offset(f, pos); got != want {
			t.Errorf("offset(%v) = %d, want %d", pos, got, want)
		}
	}
}

func TestFormatting(t *testing.T) {
	e, server := connect(t)
	u := write(t, t.TempDir(), "lock.spec", lock)
	formatted := func(text string) []protocol.TextEdit {
		open(t, server, u, text)
		e.next(t)
		edits, err := server.Formatting(context.Background(), &protocol.DocumentFormattingParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: u}})
		if err != nil {
			t.Fatal(err)
		}
		return edits
	}
	messy := strings.ReplaceAll(lock, "    ", "  ")
	edits := formatted(messy)
	if len(edits) != 1 || edits[0].NewText != lock || edits[0].Range.End.Line != uint32(strings.Count(lock, "\n")) {
		t.Errorf("formatting a messy text: %v", edits)
	}
	if edits := formatted(lock); len(edits) != 0 {
		t.Errorf("formatting a formatted text: %v", edits)
	}
	if edits := formatted("module m\nmachine {"); len(edits) != 0 {
		t.Errorf("formatting a broken text: %v", edits)
	}
}
