package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/workspace"
)

// fix changes the files where diagnostics say how. A fix that conflicts with
// one before it, or after which a file has an error that it did not have, is
// left out as a whole; then it stays among the diagnostics.
func fix(std streams, paths []string) error {
	l := checked(paths)
	list := slices.DeleteFunc(l.diags.Sorted(), func(d diag.Diagnostic) bool { return !within(d, paths) })
	before := faultsWith(paths, nil)
	accepted, refused := diag.Choose(l.files, list, func(texts map[string]string) bool {
		return faultsWith(paths, texts) <= before
	})
	var fixes []diag.Fix
	for _, d := range accepted {
		fixes = append(fixes, d.Fixes[0])
	}
	texts := diag.Apply(l.files, fixes)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if err := rewrite(name, texts[name]); err != nil {
			return usageError{msg: err.Error()}
		}
	}
	for _, d := range accepted {
		fmt.Fprintf(std.out, "%s: fixed %s: %s\n", place(l.files, d), d.Code, d.Fixes[0].Title)
	}
	for _, d := range refused {
		fmt.Fprintf(std.out, "%s: left %s: to %s does not fit with the other fixes, or makes another mistake\n", place(l.files, d), d.Code, d.Fixes[0].Title)
	}
	return nil
}

func place(files source.Set, d diag.Diagnostic) string {
	p := diag.PlaceOf(files, d.Span)
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// within reports whether a diagnostic has a fix that changes named files only.
func within(d diag.Diagnostic, paths []string) bool {
	if len(d.Fixes) == 0 {
		return false
	}
	for _, e := range d.Fixes[0].Edits {
		if !slices.ContainsFunc(paths, func(p string) bool { return filepath.Clean(p) == e.Span.File }) {
			return false
		}
	}
	return true
}

// faultsWith is how many errors the files have with other texts.
func faultsWith(paths []string, texts map[string]string) int {
	ws := workspace.New()
	for name, text := range texts {
		ws.SetOverlay(name, text)
	}
	var all diag.List
	for _, p := range paths {
		all = append(all, ws.Snapshot(p).Diags...)
	}
	n := 0
	for _, d := range all.Sorted() {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}

// rewrite gives a file another content, all of it or none. Its permissions
// stay, and a link goes on leading to it.
func rewrite(name, text string) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	err = replace(name)(func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return err
	}
	return os.Chmod(name, info.Mode().Perm())
}
