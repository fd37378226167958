package diag

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/spec-lang/spec/lang/source"
)

// Rule is what a log says of a code.
type Rule struct {
	Title string // what the code is about
	Help  string // its page, in Markdown
}

// SARIF renders diagnostics as a log of the Static Analysis Results
// Interchange Format 2.1.0 (OASIS standard, 2020), with the rules that they
// come from. Columns are counted in characters.
func SARIF(files source.Set, list List, version string, rule func(Code) Rule) ([]byte, error) {
	l := &logger{files: files, rule: rule, index: map[Code]int{}}
	for _, d := range list {
		l.results = append(l.results, l.result(d))
	}
	driver := sarifDriver{"spec", version, "https://github.com/spec-lang/spec", l.rules}
	return json.MarshalIndent(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{sarifTool{driver}, "unicodeCodePoints", nonNil(l.results)}},
	}, "", "  ")
}

// The objects of a log, by the names of the standard.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules,omitempty"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription *sarifText   `json:"shortDescription,omitempty"`
		Help             *sarifText   `json:"help,omitempty"`
		Default          sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted *sarifText  `json:"insertedContent,omitempty"`
	}
)

// logger collects results and the rules that they come from.
type logger struct {
	files   source.Set
	rule    func(Code) Rule
	rules   []sarifRule
	index   map[Code]int
	results []sarifResult
}

func nonNil(list []sarifResult) []sarifResult {
	if list == nil {
		return []sarifResult{} // no results is not the same as no run
	}
	return list
}

func (l *logger) result(d Diagnostic) sarifResult {
	r := sarifResult{
		RuleID: string(d.Code), RuleIndex: l.ruleIndex(d), Level: level(d.Severity), Message: sarifText{Text: d.Message},
	}
	if d.Help != "" {
		r.Message.Text += "\n" + d.Help
	}
	if d.Span.IsValid() {
		r.Locations = []sarifLocation{{Physical: l.physical(d.Span)}}
	}
	for i, rel := range d.Related {
		r.Related = append(r.Related, sarifLocation{ID: i + 1, Physical: l.physical(rel.Span), Message: &sarifText{Text: rel.Message}})
	}
	for _, fix := range d.Fixes {
		r.Fixes = append(r.Fixes, l.fix(fix))
	}
	return r
}

func level(s Severity) string {
	return map[Severity]string{Error: "error", Warning: "warning", Info: "note"}[s]
}

func (l *logger) ruleIndex(d Diagnostic) int {
	if i, known := l.index[d.Code]; known {
		return i
	}
	r := sarifRule{ID: string(d.Code), Default: sarifDefault{level(d.Severity)}}
	if page := l.rule(d.Code); page.Title != "" {
		r.ShortDescription = &sarifText{Text: page.Title}
		r.Help = &sarifText{Text: page.Help, Markdown: page.Help}
	}
	l.index[d.Code] = len(l.rules)
	l.rules = append(l.rules, r)
	return len(l.rules) - 1
}

// artifact names a file by a relative or absolute URI reference.
func artifact(name string) sarifArtifact {
	u := url.URL{Path: filepath.ToSlash(name)}
	if strings.HasPrefix(u.Path, "/") {
		u.Scheme = "file"
	}
	return sarifArtifact{u.String()}
}

func (l *logger) physical(s source.Span) sarifPhysical {
	out := sarifPhysical{Artifact: artifact(s.File)}
	if l.files[s.File] != nil {
		r := l.region(s)
		out.Region = &r
	}
	return out
}

func (l *logger) region(s source.Span) sarifRegion {
	p := PlaceOf(l.files, s)
	return sarifRegion{p.Line, p.Column, p.EndLine, p.EndColumn}
}

// fix groups the edits of a fix by file.
func (l *logger) fix(fix Fix) sarifFix {
	out := sarifFix{Description: sarifText{Text: fix.Title}}
	at := map[string]int{}
	for _, e := range fix.Edits {
		i, known := at[e.Span.File]
		if !known {
			i = len(out.Changes)
			at[e.Span.File] = i
			out.Changes = append(out.Changes, sarifChange{Artifact: artifact(e.Span.File)})
		}
		r := sarifReplacement{Deleted: l.region(e.Span)}
		if e.Text != "" {
			r.Inserted = &sarifText{Text: e.Text}
		}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, r)
	}
	return out
}
