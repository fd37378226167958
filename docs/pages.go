// Package docs holds the pages that commands show: one for each code of a
// diagnostic.
package docs

import (
	"embed"
	"strings"
)

//go:embed errors/*.md
var pages embed.FS

// Page is the page of a code: docs/errors/CODE.md.
type Page struct {
	Title    string
	Severity string // error, warning or info
	Text     string // what follows the front matter
}

// Codes returns the codes that have a page, sorted.
func Codes() []string {
	entries, err := pages.ReadDir("errors")
	if err != nil {
		return nil // cannot happen: the folder is embedded
	}
	codes := make([]string, 0, len(entries))
	for _, e := range entries {
		codes = append(codes, strings.TrimSuffix(e.Name(), ".md"))
	}
	return codes
}

// Find returns the page of a code.
func Find(code string) (Page, bool) {
	data, err := pages.ReadFile("errors/" + code + ".md")
	if err != nil {
		return Page{}, false
	}
	return parse(string(data)), true
}

// parse splits a page into the fields of its front matter and its text.
func parse(text string) Page {
	p := Page{Text: text}
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return p
	}
	front, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return p
	}
	p.Text = strings.TrimLeft(body, "\n")
	for line := range strings.Lines(front) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch name {
		case "title":
			p.Title = value
		case "severity":
			p.Severity = value
		}
	}
	return p
}
