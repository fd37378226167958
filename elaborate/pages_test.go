package elaborate_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/lang/diag"
)

var codes = []diag.Code{
	elaborate.SortTooLarge, elaborate.ConstantFails, elaborate.AssumptionFalse, elaborate.NoValues, elaborate.BadLength,
	elaborate.InfiniteStart, elaborate.InfiniteDomain, elaborate.NoSuchElement, elaborate.ExternCalled, elaborate.NoLabelOnCycle,
	elaborate.LostAtLabel, elaborate.LabelInFor, elaborate.NotAStep, elaborate.ScenarioLetReads, elaborate.RefinesUnchecked,
	elaborate.OptionIgnored, elaborate.BoundToItself,
}

// TestPages compiles the wrong and the right text of the page of each code.
func TestPages(t *testing.T) {
	for _, code := range codes {
		t.Run(string(code), func(t *testing.T) {
			page, err := os.ReadFile("../docs/errors/" + string(code) + ".md")
			if err != nil {
				t.Fatal(err)
			}
			wrong, right := block(string(page), "## Wrong"), block(string(page), "## Right")
			if diff := cmp.Diff([]diag.Code{code}, everyCode(wrong)); diff != "" {
				t.Errorf("the wrong text (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]diag.Code(nil), everyCode(right)); diff != "" {
				t.Errorf("the right text (-want +got):\n%s", diff)
			}
		})
	}
}

// block returns the fenced text after a heading.
func block(page, heading string) string {
	_, rest, _ := strings.Cut(page, heading)
	_, rest, _ = strings.Cut(rest, "```spec\n")
	text, _, _ := strings.Cut(rest, "```")
	return text
}

// everyCode returns the codes of all that is said about a text, once each.
func everyCode(text string) []diag.Code {
	p := compile("page.spec", text)
	all := p.diags
	if !all.HasErrors() {
		for _, m := range p.models() {
			_, diags := elaborate.Model(p.info, m)
			all = append(all, diags...)
		}
	}
	var out []diag.Code
	for _, d := range all {
		if !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}
