package lsp

import (
	"context"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/spec-lang/spec/lang/source"
)

const counting = `module counting

machine Counter {
    var n int = 0
    action Say(s in {"🔢"}) when s == "🔢" && n < 3 && n < 3 { n += 1 }
}
`

// TestCodeAction asks for the fixes at a place, applies one and finds the text
// without the diagnostic.
func TestCodeAction(t *testing.T) {
	text := counting
	e, server := connect(t)
	u := write(t, t.TempDir(), "counting.spec", text)
	open(t, server, u, text)
	if got := codes(e.next(t)); len(got) != 1 || got[0] != "A1006" {
		t.Fatalf("diagnostics %v", got)
	}
	actions := func(part string) []protocol.CommandOrCodeAction {
		pos := at(text, part, 0)
		list, err := server.CodeAction(context.Background(), &protocol.CodeActionParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: protocol.Range{Start: pos, End: pos}})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := actions("var"); len(list) != 0 {
		t.Errorf("%d actions where nothing is to be done", len(list))
	}
	list := actions("&& n < 3 {")
	if len(list) != 1 {
		t.Fatalf("%d actions, want 1", len(list))
	}
	a := list[0].(*protocol.CodeAction)
	if a.Title != "write `s == \"🔢\" && n < 3` alone" || *a.Kind != protocol.CodeActionKindQuickFix || len(a.Diagnostics) != 1 {
		t.Errorf("got %+v", a)
	}
	f := source.NewFile("", text)
	for _, edit := range a.Edit.Changes[u] {
		text = text[:offset(f, edit.Range.Start)] + edit.NewText + text[offset(f, edit.Range.End):]
	}
	open(t, server, u, text)
	if got := codes(e.next(t)); len(got) != 0 {
		t.Errorf("fixed, and still %v in\n%s", got, text)
	}
}
