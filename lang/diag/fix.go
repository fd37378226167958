package diag

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spec-lang/spec/lang/source"
)

// Apply returns the texts of the files that fixes change, by name. The fixes
// must not conflict with one another.
func Apply(files source.Set, fixes []Fix) map[string]string {
	edits := map[string][]Edit{}
	for _, f := range fixes {
		for _, e := range f.Edits {
			if !slices.Contains(edits[e.Span.File], e) {
				edits[e.Span.File] = append(edits[e.Span.File], e)
			}
		}
	}
	out := map[string]string{}
	for name, list := range edits {
		out[name] = replaced(files[name].Text, list)
	}
	return out
}

func replaced(text string, edits []Edit) string {
	slices.SortFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Lo, b.Span.Lo), cmp.Compare(a.Span.Hi, b.Span.Hi))
	})
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Span.Lo])
		b.WriteString(e.Text)
		at = e.Span.Hi
	}
	b.WriteString(text[at:])
	return b.String()
}

// Conflict reports whether two fixes cannot both be applied: they change the
// same text, or insert at one place, and not in the same way.
func Conflict(a, b Fix) bool {
	for _, x := range a.Edits {
		for _, y := range b.Edits {
			if x != y && x.Span.File == y.Span.File && (x.Span.Lo == y.Span.Lo || x.Span.Lo < y.Span.Hi && y.Span.Lo < x.Span.Hi) {
				return true
			}
		}
	}
	return false
}

// Choose goes through the first fix of each diagnostic, in order, and accepts
// what conflicts with none that is accepted before and keeps the files right,
// as right says of the texts that come out. A fix is accepted or refused as a
// whole.
func Choose(files source.Set, list List, right func(map[string]string) bool) (accepted, refused List) {
	var fixes []Fix
	for _, d := range list {
		if len(d.Fixes) == 0 {
			continue
		}
		fix := d.Fixes[0]
		conflict := slices.ContainsFunc(fixes, func(old Fix) bool { return Conflict(old, fix) })
		if conflict || !right(Apply(files, append(slices.Clone(fixes), fix))) {
			refused.Add(d)
			continue
		}
		fixes = append(fixes, fix)
		accepted.Add(d)
	}
	return accepted, refused
}
