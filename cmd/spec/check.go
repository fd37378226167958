package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/docs"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

type checkFlags struct {
	format  string
	fix     bool
	explain bool
	// obligations asks what shows that values are of their types.
	obligations bool
}

func newCheck(std streams) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check names, types, effects and models, and look for mistakes, without searching",
		Long: `check says what is wrong with the files, and what is right and yet a mistake:
conditions that are always true, variables that nothing reads, and so on.`,
		Example: `  spec check examples/twophase/twophase.spec
  spec check --explain examples/twophase/twophase.spec
  spec check --obligations examples/twophase/twophase.spec
  spec check --format json examples/twophase/twophase.spec`,
		Args:              files,
		ValidArgsFunction: specFiles,
		RunE:              func(_ *cobra.Command, args []string) error { return f.check(std, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "text", "`form` of the diagnostics: text, json, sarif or github")
	cmd.Flags().BoolVar(&f.fix, "fix", false, "change the files where a diagnostic says how, then check them")
	cmd.Flags().BoolVar(&f.obligations, "obligations", false, "say of each value of a narrower type what shows that it is of it")
	cmd.Flags().BoolVar(&f.explain, "explain", false, "print under each diagnostic why it is one")
	return cmd
}

func (f *checkFlags) check(std streams, args []string) error {
	if f.explain && f.format != "text" {
		return usageError{"--explain is for people, --format " + f.format + " for programs", "leave one of them out"}
	}
	if f.fix {
		if err := fix(std, args); err != nil {
			return err
		}
	}
	l := checked(args)
	if err := f.write(std, l); err != nil {
		return err
	}
	if l.diags.HasErrors() {
		return exit(exitUsage)
	}
	if f.format == "text" {
		for _, s := range l.snaps {
			fmt.Fprintf(std.out, "%s: no errors\n", s.Path)
		}
		if f.obligations {
			return writeObligations(std.out, l.obligations())
		}
	}
	return nil
}

// checked are files with everything that is to be said of them.
func checked(paths []string) *loaded {
	l := load(paths)
	if all, err := l.models(nil); err == nil {
		for _, c := range all {
			l.system(c)
		}
	}
	l.analyse()
	return l
}

// write writes text to the error stream, or another form to the output.
func (f *checkFlags) write(std streams, l *loaded) error {
	var out []byte
	var err error
	switch list := l.diags.Sorted(); f.format {
	case "text":
		if f.explain {
			return explainDiagnostics(std.err, l.files, list)
		}
		return printDiagnostics(std.err, l.files, list)
	case "json":
		if out, err = diag.JSON(l.files, list); f.obligations {
			out, err = checkedJSON(l.files, list, l.obligations())
		}
		out = append(out, '\n')
	case "sarif":
		out, err = diag.SARIF(l.files, list, version(), rule)
		out = append(out, '\n')
	case "github":
		out = []byte(diag.GitHub(l.files, list))
	default:
		return badFormat(f.format, "text", "json", "sarif", "github")
	}
	if err == nil {
		_, err = std.out.Write(out)
	}
	return err
}

// rule is the page of a code.
func rule(code diag.Code) diag.Rule {
	page, _ := docs.Find(string(code))
	return diag.Rule{Title: page.Title, Help: page.Text}
}

// explainDiagnostics writes diagnostics, each with the first paragraph of what
// its page says under Why.
func explainDiagnostics(w io.Writer, files source.Set, list diag.List) error {
	for _, d := range list {
		text := diag.Text(files, diag.List{d})
		for _, line := range gist(d.Code) {
			text += "   " + line + "\n"
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

// gist is the first paragraph of a page's Why, by lines.
func gist(code diag.Code) []string {
	page, _ := docs.Find(string(code))
	_, why, _ := strings.Cut(page.Text, "## Why\n")
	first, _, _ := strings.Cut(strings.TrimSpace(why), "\n\n")
	if first == "" {
		return nil
	}
	return strings.Split(first, "\n")
}
