package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
	"github.com/spec-lang/spec/ir/evidence/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestGoldenForms(t *testing.T) {
	r := sample(t)
	for _, tt := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"fail.txt", func(b *bytes.Buffer) error { return r.Text(b, report.Style{}) }},
		{"verbose.txt", func(b *bytes.Buffer) error { return r.Text(b, report.Style{Verbose: true, Times: true, Width: 140}) }},
		{"report.json", func(b *bytes.Buffer) error { return r.JSON(b, false) }},
		{"trace.itf.json", func(b *bytes.Buffer) error {
			m := r.Models[0].Result
			data, err := itf.Write(m.System, &m.Findings[0])
			b.Write(data)
			return err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := tt.write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, tt.name, b.Bytes())
		})
	}
}

func TestTextFitsItsWidth(t *testing.T) {
	for _, n := range []int{80, 100} {
		var b bytes.Buffer
		if err := sample(t).Text(&b, report.Style{Width: n, Verbose: true}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if utf8.RuneCountInString(line) > n {
				t.Errorf("%d columns: a line of %d: %q", n, utf8.RuneCountInString(line), line)
			}
		}
	}
}

func TestTraceFilesAreRead(t *testing.T) {
	r := sample(t)
	res := r.Models[0].Result
	var report bytes.Buffer
	if err := r.JSON(&report, true); err != nil {
		t.Fatal(err)
	}
	file, err := itf.Write(res.System, &res.Findings[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"itf": file, "json": report.Bytes()} {
		rec, err := itf.Read(data, "")
		if err != nil {
			t.Fatal(name, err)
		}
		steps := res.Findings[0].Trace.Steps
		if rec.Model != "Bug" || len(rec.States) != len(steps) || rec.Loop != -1 {
			t.Errorf("%s: got %d states of model %q, loop %d", name, len(rec.States), rec.Model, rec.Loop)
		}
		for i, s := range rec.States {
			if !s.Matches(res.System, steps[i].State) {
				t.Errorf("%s: state %d does not match itself", name, i)
			}
			if s.Matches(res.System, steps[(i+1)%len(steps)].State) {
				t.Errorf("%s: state %d matches another", name, i)
			}
		}
	}
	for _, bad := range []string{"", "{}", "[1]", `{"states":[]}`, `{"states":[{"#meta":3}]}`} {
		if _, err := itf.Read([]byte(bad), ""); err == nil {
			t.Errorf("%q is taken for a trace", bad)
		}
	}
}

func TestDiff(t *testing.T) {
	tab := &ir.Table{}
	n := func(xs ...int64) []ir.Value {
		out := make([]ir.Value, len(xs))
		for i, x := range xs {
			out[i] = ir.NewInt(x)
		}
		return out
	}
	pair := tab.Struct("Pair", []ir.Field{{Name: "a", Type: tab.Int()}, {Name: "b", Type: tab.Int()}})
	seq := func(xs ...int64) ir.Value { return ir.SeqValue{Elems: n(xs...)} }
	for _, tt := range []struct {
		name     string
		typ      *ir.Type
		from, to ir.Value
		want     string
	}{
		{"the same", tab.Int(), ir.NewInt(1), ir.NewInt(1), ""},
		{"an integer", tab.Int(), ir.NewInt(1), ir.NewInt(2), "x  1 -> 2"},
		{"a duration", tab.Duration(), ir.NewInt(0), ir.NewInt(1500e6), "x  0s -> 1500ms"},
		{"a field", pair, ir.StructValue{Type: pair, Fields: n(1, 2)}, ir.StructValue{Type: pair, Fields: n(1, 3)}, "x.b  2 -> 3"},
		{"a set", tab.Set(tab.Int()), ir.MakeSet(n(1, 2)), ir.MakeSet(n(2, 3)), "x - 1|x + 3"},
		{"a bag", tab.Bag(tab.Int()), ir.BagValue{Elems: n(7), Counts: []int{2}}, ir.BagValue{Elems: n(7), Counts: []int{1}}, "x - 7"},
		{"a function", tab.Func(tab.Bool(), tab.Int()), ir.MapValue{Keys: []ir.Value{ir.Bool(false), ir.Bool(true)}, Vals: n(1, 1)},
			ir.MapValue{Keys: []ir.Value{ir.Bool(false), ir.Bool(true)}, Vals: n(1, 4)}, "x[true]  1 -> 4"},
		{"a map", tab.Map(tab.Int(), tab.Int()), ir.MapValue{Keys: n(1), Vals: n(5)}, ir.MapValue{Keys: n(2), Vals: n(6)}, "x - 1: 5|x + 2: 6"},
		{"appended", tab.Seq(tab.Int(), -1), seq(1), seq(1, 2), "x + 2"},
		{"taken from the front", tab.Seq(tab.Int(), -1), seq(1, 2), seq(2), "x - 1"},
		{"replaced in place", tab.Seq(tab.Int(), -1), seq(1, 2), seq(1, 3), "x[1]  2 -> 3"},
		{"another sequence", tab.Seq(tab.Int(), -1), seq(1, 2), seq(3), "x  [1, 2] -> [3]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := &ir.System{Vars: []*ir.Var{{Name: "x", Type: tt.typ}}}
			var got []string
			for _, c := range report.Diff(sys, []ir.Value{tt.from}, []ir.Value{tt.to}) {
				got = append(got, c.String())
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func TestStanding(t *testing.T) {
	r := sample(t)
	if got := r.Standing(); got != evidence.Failed {
		t.Errorf("got %v, want failed", got)
	}
}

// TestColours checks that colours change nothing else.
func TestColours(t *testing.T) {
	var plain, colour bytes.Buffer
	r := sample(t)
	if err := r.Text(&plain, report.Style{}); err != nil {
		t.Fatal(err)
	}
	if err := r.Text(&colour, report.Style{Color: true}); err != nil {
		t.Fatal(err)
	}
	stripped := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colour.String(), "")
	if stripped == colour.String() {
		t.Error("there are no colours")
	}
	if diff := cmp.Diff(plain.String(), stripped); diff != "" {
		t.Error(diff)
	}
}
