package diag

import (
	"encoding/json"

	"github.com/spec-lang/spec/lang/source"
)

// A Record is a Diagnostic as JSON has it. Its field names are stable.
type Record struct {
	Code     Code     `json:"code"`
	Severity string   `json:"severity"` // error, warning, info
	Message  string   `json:"message"`
	Help     string   `json:"help,omitempty"`
	Place             // of the fault
	Related  []Remark `json:"related,omitempty"`
	Fixes    []Change `json:"fixes,omitempty"`
}

// A Change is a Fix as JSON has it.
type Change struct {
	Title string        `json:"title"`
	Edits []Replacement `json:"edits"`
}

// A Replacement is an Edit as JSON has it: Text stands for the place.
type Replacement struct {
	Place
	Text string `json:"text"`
}

// A Remark is a Related place as JSON has it.
type Remark struct {
	Message string `json:"message"`
	Place
}

// A Place is a Span as JSON has it: lines and columns from 1, columns in
// characters, the end excluded. Line is 0 if the text of the file is unknown.
type Place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

// Records returns diagnostics as they are to be marshalled, never nil.
func Records(files source.Set, list List) []Record {
	out := make([]Record, 0, len(list))
	for _, d := range list {
		r := Record{Code: d.Code, Severity: d.Severity.String(), Message: d.Message, Help: d.Help, Place: PlaceOf(files, d.Span)}
		for _, rel := range d.Related {
			r.Related = append(r.Related, Remark{Message: rel.Message, Place: PlaceOf(files, rel.Span)})
		}
		for _, fix := range d.Fixes {
			c := Change{Title: fix.Title}
			for _, e := range fix.Edits {
				c.Edits = append(c.Edits, Replacement{Place: PlaceOf(files, e.Span), Text: e.Text})
			}
			r.Fixes = append(r.Fixes, c)
		}
		out = append(out, r)
	}
	return out
}

// PlaceOf returns the place of a span.
func PlaceOf(files source.Set, s source.Span) Place {
	p := Place{File: s.File}
	if f := files[s.File]; f != nil {
		lo, hi := f.Pos(s.Lo), f.Pos(s.Hi)
		p.Line, p.Column, p.EndLine, p.EndColumn = lo.Line, lo.Col, hi.Line, hi.Col
	}
	return p
}

// JSON renders diagnostics as an array of Records.
func JSON(files source.Set, list List) ([]byte, error) {
	return json.MarshalIndent(Records(files, list), "", "  ")
}
