package diag_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// object is what SARIF 2.1.0 says of one kind of object, as far as we write
// it: which properties it must have, which it may have, and of which kind
// these are. Section numbers are those of the standard.
type object struct {
	required []string
	allowed  map[string]string // property: kind of object, or a kind below
}

// standard is section 3 of the standard. Kinds that are no objects: text,
// number (1 or more), index (0 or more), and level.
var standard = map[string]object{
	"log":           {[]string{"version", "runs"}, map[string]string{"$schema": "text", "version": "text", "runs": "run"}},                                        // 3.13
	"run":           {[]string{"tool"}, map[string]string{"tool": "tool", "columnKind": "text", "results": "result"}},                                             // 3.14
	"tool":          {[]string{"driver"}, map[string]string{"driver": "driver"}},                                                                                  // 3.18
	"driver":        {[]string{"name"}, map[string]string{"name": "text", "version": "text", "informationUri": "text", "rules": "rule"}},                          // 3.19
	"rule":          {[]string{"id"}, map[string]string{"id": "text", "shortDescription": "message", "help": "message", "defaultConfiguration": "configuration"}}, // 3.49
	"configuration": {nil, map[string]string{"level": "level"}},                                                                                                   // 3.50
	"result": {[]string{"message"}, map[string]string{"ruleId": "text", "ruleIndex": "index", "level": "level", "message": "message", "locations": "location", // 3.27
		"relatedLocations": "location", "fixes": "fix"}},
	"message":     {[]string{"text"}, map[string]string{"text": "text", "markdown": "text"}},                                                              // 3.11, 3.12
	"location":    {nil, map[string]string{"id": "index", "physicalLocation": "physical", "message": "message"}},                                          // 3.28
	"physical":    {[]string{"artifactLocation"}, map[string]string{"artifactLocation": "artifact", "region": "region"}},                                  // 3.29
	"artifact":    {[]string{"uri"}, map[string]string{"uri": "text"}},                                                                                    // 3.4
	"region":      {[]string{"startLine"}, map[string]string{"startLine": "number", "startColumn": "number", "endLine": "number", "endColumn": "number"}}, // 3.30
	"fix":         {[]string{"artifactChanges"}, map[string]string{"description": "message", "artifactChanges": "change"}},                                // 3.55
	"change":      {[]string{"artifactLocation", "replacements"}, map[string]string{"artifactLocation": "artifact", "replacements": "replacement"}},       // 3.56
	"replacement": {[]string{"deletedRegion"}, map[string]string{"deletedRegion": "region", "insertedContent": "message"}},                                // 3.57
}

// validate lists where a value is not of a kind.
func validate(kind, path string, v any) []string {
	if list, ok := v.([]any); ok {
		var bad []string
		for i, x := range list {
			bad = append(bad, validate(kind, fmt.Sprintf("%s[%d]", path, i), x)...)
		}
		return bad
	}
	o, isObject := standard[kind]
	m, ok := v.(map[string]any)
	if !isObject {
		if !scalar(kind, v) {
			return []string{fmt.Sprintf("%s is %v, not a %s", path, v, kind)}
		}
		return nil
	}
	if !ok {
		return []string{path + " is no " + kind}
	}
	var bad []string
	for _, r := range o.required {
		if _, has := m[r]; !has {
			bad = append(bad, path+" lacks "+r)
		}
	}
	for name, x := range m {
		if o.allowed[name] == "" {
			bad = append(bad, path+" has "+name)
			continue
		}
		bad = append(bad, validate(o.allowed[name], path+"."+name, x)...)
	}
	return bad
}

func scalar(kind string, v any) bool {
	switch n, isNumber := v.(float64); kind {
	case "number":
		return isNumber && n >= 1
	case "index":
		return isNumber && n >= 0
	case "level":
		return slices.Contains([]any{"none", "note", "warning", "error"}, v)
	}
	s, ok := v.(string)
	return ok && s != ""
}

func sample() (source.Set, diag.List) {
	files, d := one("module m\nvar log int\n", "log")
	d.Severity, d.Help = diag.Warning, "read it"
	d.Related = []diag.Related{{Span: files["a.spec"].Span(7, 8), Message: "in this module"}}
	d.Fixes = []diag.Fix{{Title: "remove it", Edits: []diag.Edit{{Span: files["a.spec"].Span(9, 21)}, {Span: files["a.spec"].Span(0, 0), Text: "// none\n"}}}}
	second := d
	second.Fixes, second.Severity = nil, diag.Info
	lost := diag.Diagnostic{Code: "E0040", Span: source.Span{File: "some folder/b.spec"}, Message: "cannot be read"}
	return files, diag.List{d, second, lost, {Code: "E0103", Message: "is about nothing"}}
}

func rule(code diag.Code) diag.Rule {
	return diag.Rule{Title: "about " + string(code), Help: "## Why\n"}
}

func logOf(t *testing.T, files source.Set, list diag.List) map[string]any {
	t.Helper()
	data, err := diag.SARIF(files, list, "v1", rule)
	if err != nil {
		t.Fatal(err)
	}
	var log map[string]any
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestSARIF(t *testing.T) {
	files, list := sample()
	log := logOf(t, files, list)
	for _, bad := range validate("log", "log", log) {
		t.Error(bad)
	}
	if log["version"] != "2.1.0" {
		t.Errorf("version %v", log["version"])
	}
	run := log["runs"].([]any)[0].(map[string]any)
	rules := run["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any)
	results := run["results"].([]any)
	if len(rules) != 3 || len(results) != 4 {
		t.Fatalf("%d rules, %d results", len(rules), len(results))
	}
	for i, r := range results {
		r := r.(map[string]any)
		if id := rules[int(r["ruleIndex"].(float64))].(map[string]any)["id"]; id != r["ruleId"] || id != string(list[i].Code) {
			t.Errorf("result %d is of rule %v, its index leads to %v", i, r["ruleId"], id)
		}
	}
	first := results[0].(map[string]any)
	if got := fmt.Sprint(first["fixes"]); got != "[map[artifactChanges:[map[artifactLocation:map[uri:a.spec] replacements:["+
		"map[deletedRegion:map[endColumn:1 endLine:3 startColumn:1 startLine:2]] "+
		"map[deletedRegion:map[endColumn:1 endLine:1 startColumn:1 startLine:1] insertedContent:map[text:// none\n]]]]] description:map[text:remove it]]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(first["relatedLocations"]); got != "[map[id:1 message:map[text:in this module] physicalLocation:map[artifactLocation:map[uri:a.spec] region:map[endColumn:9 endLine:1 startColumn:8 startLine:1]]]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(results[2].(map[string]any)["locations"]); got != "[map[physicalLocation:map[artifactLocation:map[uri:some%20folder/b.spec]]]]" {
		t.Error(got)
	}
}

// TestSARIFOfNothing: a run that finds nothing has results all the same.
func TestSARIFOfNothing(t *testing.T) {
	log := logOf(t, source.Set{}, nil)
	if got := fmt.Sprint(log["runs"].([]any)[0].(map[string]any)["results"]); got != "[]" {
		t.Errorf("results %s", got)
	}
}

// TestValidateRefuses holds the validation itself to what it must refuse.
func TestValidateRefuses(t *testing.T) {
	for name, v := range map[string]any{
		"no runs":         map[string]any{"version": "2.1.0"},
		"unknown":         map[string]any{"version": "2.1.0", "runs": []any{}, "extra": 1.0},
		"no tool":         map[string]any{"version": "2.1.0", "runs": []any{map[string]any{}}},
		"no such level":   map[string]any{"version": "2.1.0", "runs": []any{map[string]any{"tool": map[string]any{"driver": map[string]any{"name": "x"}}, "results": []any{map[string]any{"message": map[string]any{"text": "m"}, "level": "info"}}}}},
		"version no text": map[string]any{"version": 2.0, "runs": []any{}},
	} {
		if bad := validate("log", "log", v); len(bad) != 1 {
			t.Errorf("%s: %q", name, bad)
		}
	}
}

func TestGitHub(t *testing.T) {
	files, list := sample()
	want := `::warning file=a.spec,line=2,endLine=2,col=5,endColumn=8,title=E0101::m%0Aread it
::notice file=a.spec,line=2,endLine=2,col=5,endColumn=8,title=E0101::m%0Aread it
::error file=some folder/b.spec,title=E0040::cannot be read
::error title=E0103::is about nothing
`
	if got := diag.GitHub(files, list); got != want {
		t.Errorf("got\n%s", got)
	}
	odd := diag.List{{Code: "E0001", Span: source.Span{File: "a,b:c%.spec"}, Message: "100 %\nof a: b, c"}}
	if got := diag.GitHub(source.Set{}, odd); got != "::error file=a%2Cb%3Ac%25.spec,title=E0001::100 %25%0Aof a: b, c\n" {
		t.Error(got)
	}
}
