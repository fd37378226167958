package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
	"github.com/spec-lang/spec/workspace"
)

// mostDiagnostics is how many diagnostics are printed.
const mostDiagnostics = 50

// loaded are the files of a command line with what was found in them.
type loaded struct {
	snaps []*workspace.Snapshot
	files source.Set
	diags diag.List
}

func load(paths []string) *loaded {
	ws := workspace.New()
	l := &loaded{files: source.Set{}}
	for _, p := range paths {
		s := ws.Snapshot(p)
		l.snaps = append(l.snaps, s)
		l.diags = append(l.diags, s.Diags...)
		for _, f := range s.Files {
			l.files.Add(f)
		}
	}
	return l
}

// models are those called by name, all of them without names. It is an error
// if a name is that of no model, or if there is no model at all.
func (l *loaded) models(names []string) ([]choice, error) {
	var all []choice
	var known []string
	for _, s := range l.snaps {
		for _, m := range s.Models() {
			all = append(all, choice{s, m})
			known = append(known, m.Name())
		}
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, unknownModel(n, known)
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(c choice) bool { return !slices.Contains(names, c.model.Name()) }), nil
}

// choice is a model in its file.
type choice struct {
	snap  *workspace.Snapshot
	model *types.Model
}

// system elaborates the model; nil if it has errors, which l keeps.
func (l *loaded) system(c choice) *ir.System {
	if c.snap.Diags.HasErrors() {
		return nil
	}
	sys, diags := c.snap.System(c.model)
	l.diags = append(l.diags, diags...)
	return sys
}

// analyse adds what the analyzers have to say.
func (l *loaded) analyse() {
	for _, s := range l.snaps {
		l.diags = append(l.diags, s.Analysis()...)
	}
}

// one is the model called name, or the only one.
func (l *loaded) one(name string) (*ir.System, error) {
	if l.diags.HasErrors() {
		return nil, nil
	}
	var names []string
	if name != "" {
		names = []string{name}
	}
	all, err := l.models(names)
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		l.diags.Add(noModel(l.snaps[0]))
		return nil, nil
	case len(all) > 1:
		var known []string
		for _, c := range all {
			known = append(known, c.model.Name())
		}
		return nil, usageError{"there are several models: " + strings.Join(known, ", "), "say which one with --model " + known[0]}
	}
	return l.system(all[0]), nil
}

func unknownModel(name string, known []string) error {
	hint := "declare one, such as `model Small of MachineName { }`"
	if len(known) > 0 {
		hint = "there are " + strings.Join(known, ", ")
		if near := spell.Nearest(name, known); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
	}
	return usageError{"there is no model " + name, hint}
}

// printDiagnostics writes diagnostics in order, up to a limit.
func printDiagnostics(w io.Writer, files source.Set, list diag.List) error {
	list = list.Sorted()
	rest := len(list) - mostDiagnostics
	if rest > 0 {
		list = list[:mostDiagnostics]
	}
	if _, err := io.WriteString(w, diag.Text(files, list)); err != nil {
		return err
	}
	if rest > 0 {
		_, err := fmt.Fprintf(w, "and %d more\n", rest)
		return err
	}
	return nil
}

// completeModels completes the flag --model with the models of the files that
// the command line has so far.
func completeModels(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, s := range load(args).snaps {
		for _, m := range s.Models() {
			names = append(names, m.Name())
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
