package parse_test

import (
	"os"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// large is a text of at least 5,000 lines of ordinary specs.
func large(t testing.TB) *source.File {
	var b strings.Builder
	for lines := 0; lines < 5000; {
		for _, path := range specs(t) {
			if strings.Contains(path, "/check/") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s := string(text)
			if b.Len() > 0 {
				s = s[strings.Index(s, "\n")+1:]
				s = strings.Replace(s, "module ", "// module ", 1)
			}
			b.WriteString(s)
			lines += strings.Count(s, "\n")
		}
	}
	return source.NewFile("large.spec", b.String())
}

func BenchmarkFile(b *testing.B) {
	f := large(b)
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		tree, _ := parse.File(f)
		if len(tree.Decls) < 100 {
			b.Fatal("not parsed")
		}
	}
	b.ReportMetric(float64(f.Lines()), "lines")
}
