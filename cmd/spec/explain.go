package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/docs"
	"github.com/spec-lang/spec/internal/spell"
)

func newExplain(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain a diagnostic, with a wrong and a right example",
		Long:  "explain prints the page of a diagnostic; without a code it lists all codes.",
		Example: `  spec explain M2001
  spec explain`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return docs.Codes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listCodes(std)
			}
			code := strings.ToUpper(args[0])
			page, ok := docs.Find(code)
			if !ok {
				return unknownCode(args[0], code)
			}
			_, err := fmt.Fprintf(std.out, "%s: %s (%s)\n\n%s", code, page.Title, page.Severity, plain(page.Text))
			return err
		},
	}
}

// plain is a page for a terminal: headings without marks, examples indented.
func plain(text string) string {
	var b strings.Builder
	fenced := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced && strings.TrimSpace(line) != "":
			b.WriteString("    " + line)
		default:
			b.WriteString(strings.TrimPrefix(line, "## "))
		}
	}
	return b.String()
}

func listCodes(std streams) error {
	for _, code := range docs.Codes() {
		if page, ok := docs.Find(code); ok {
			if _, err := fmt.Fprintf(std.out, "%s  %-7s  %s\n", code, page.Severity, page.Title); err != nil {
				return err
			}
		}
	}
	return nil
}

func unknownCode(written, code string) error {
	hint := "spec explain lists all codes"
	if near := spell.Nearest(code, docs.Codes()); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return usageError{"there is no code " + written, hint}
}
