package all_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/all"
	"github.com/spec-lang/spec/lang/source"
)

// long is a spec whose guards, bodies and properties have n parts each.
func long(n int) string {
	repeat := func(format, sep string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(format, i)
		}
		return strings.Join(parts, sep)
	}
	return `module long

machine M {
    var n int = 0
    var s set[int] = {}
    action A when ` + repeat("n != %d", " && ") + ` {
` + repeat("        n = n + %d", "\n") + `
        s = s | ` + repeat("{n + %d}", " | ") + `
    }
    action B when ` + repeat("(n > %d || n in s)", " && ") + ` {
` + repeat("        if n > %d { n += 1 }", "\n") + `
    }
    invariant I: ` + repeat("n != -%d", " && ") + `
}

model All of M { check all }
`
}

// overSource are the analyzers that look at what is written.
func overSource() []*analysis.Analyzer {
	return slices.DeleteFunc(all.Analyzers(), func(a *analysis.Analyzer) bool { return a.System != nil })
}

// TestLong holds the analyses of what is written to times that grow little faster than the text:
// eight times as long, less than forty times the time, where squares take 64.
func TestLong(t *testing.T) {
	took := func(n int) time.Duration {
		var times []time.Duration
		for range 3 {
			p := program(source.NewFile("long.spec", long(n)))
			if p.Diags.HasErrors() {
				t.Fatal(p.Diags)
			}
			start := time.Now()
			analysis.NewDriver(overSource()).Run(p)
			times = append(times, time.Since(start))
		}
		return slices.Min(times)
	}
	short, eight := took(60), took(480)
	t.Logf("%v, eight times as long %v", short, eight)
	if eight > 40*short {
		t.Errorf("%v, eight times as long %v", short, eight)
	}
}
