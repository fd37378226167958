package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/lsp"
)

func newLSP(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor over standard input and output",
		Long: `lsp speaks the Language Server Protocol: diagnostics while typing, hover with
types and effects, definitions, formatting. An editor starts it; there is
nothing to type.`,
		Example: "  spec lsp",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return lsp.Serve(cmd.Context(), duplex{std.in, std.out}, version())
		},
	}
}

// duplex is standard input and output as one connection.
type duplex struct {
	io.Reader
	io.Writer
}

// Close closes what can be closed.
func (d duplex) Close() error {
	if c, ok := d.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
