package report

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
)

func TestFlow(t *testing.T) {
	for _, tt := range []struct {
		name   string
		pieces []string
		sep    string
		want   string
	}{
		{"fits", []string{"aa", "bb"}, "   ", "aa   bb"},
		{"breaks", []string{"aaaa", "bbbb", "cc"}, "   ", "aaaa\n  bbbb\n  cc"},
		{"keeps what the separator says", []string{"aaaa", "bbbb"}, ", ", "aaaa,\n  bbbb"},
		{"breaks a piece at its spaces", []string{"a bb cc dd ee"}, "   ", "a bb cc\n    dd ee"},
		{"leaves a long word", []string{"aa", "bbbbbbbbbbbbbb"}, "   ", "aa\n  bbbbbbbbbbbbbb"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := flow(tt.pieces, tt.sep, 2, 2, 10); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 288: "288", 1146: "1146", 46656: "46,656", 1234567: "1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLongTrace(t *testing.T) {
	sys := &ir.System{Vars: []*ir.Var{{Name: "n", Type: (&ir.Table{}).Int()}}}
	tr := &evidence.Trace{Loop: -1}
	for i := range 301 {
		step := evidence.Step{State: []ir.Value{ir.NewInt(int64(i))}}
		if i > 0 {
			step.Action = &ir.Action{Name: "Up"}
		}
		tr.Steps = append(tr.Steps, step)
	}
	for _, tt := range []struct {
		name    string
		verbose bool
		lines   int
	}{
		{"in part", false, firstSteps + 1 + lastSteps},
		{"in full", true, 301},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := WriteTrace(&b, source.Set{}, sys, tr, Style{Verbose: tt.verbose}); err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(b.String(), "\n"); got != tt.lines {
				t.Errorf("got %d lines, want %d", got, tt.lines)
			}
		})
	}
}
