package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/lang/source"
)

// tally counts what became of mutants.
type tally struct {
	count map[fate]int
	// kills are, by property, how many mutants it kills; most first.
	kills []kill
}

type kill struct {
	by string
	n  int
}

func (b *bench) tally() *tally {
	t := &tally{count: map[fate]int{}}
	by := map[string]int{}
	for _, o := range b.originals {
		for _, f := range o.res.Findings {
			by[f.Prop.Label()] = 0
		}
	}
	for _, x := range b.trials {
		t.count[x.fate]++
		if x.fate == fateKilled {
			for _, name := range x.by {
				by[name]++
			}
		}
	}
	for name, n := range by {
		t.kills = append(t.kills, kill{name, n})
	}
	slices.SortFunc(t.kills, func(a, b kill) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.by, b.by)
	})
	return t
}

// percent is how many of the mutants that spec check accepts are killed or
// explained, rounded down.
func (t *tally) percent() int {
	good := t.count[fateKilled] + t.count[fateNoticed] + t.count[fateSame]
	all := good + t.count[fateSurvived] + t.count[fateUndecided]
	if all == 0 {
		return 100
	}
	return 100 * good / all
}

func (t *tally) text(b *bench, verbose bool) []byte {
	var w bytes.Buffer
	for _, x := range b.trials {
		if verbose && x.fate != fateRefused || x.fate == fateSurvived || x.fate == fateUndecided {
			b.show(&w, x)
		}
	}
	t.summary(&w, b)
	return w.Bytes()
}

// show writes a mutant with the lines that it changes.
func (b *bench) show(w *bytes.Buffer, x trial) {
	file := b.snap.Files[b.snap.Path]
	at := file.Pos(x.Span.Lo)
	fmt.Fprintf(w, "%s:%d:%d: %s %s: %s changed\n", b.snap.Path, at.Line, at.Col, x.fate, x.In, x.Kind)
	before, after := changedLines(file, x)
	for _, line := range before {
		fmt.Fprintf(w, "  - %s\n", line)
	}
	for _, line := range after {
		fmt.Fprintf(w, "  + %s\n", line)
	}
	switch x.fate {
	case fateKilled, fateNoticed:
		fmt.Fprintf(w, "  by %s\n", strings.Join(x.by, ", "))
	case fateUndecided:
		fmt.Fprintf(w, "  nothing fails, but the search of a model grew beyond four times its size, or took too long\n")
	}
	w.WriteByte('\n')
}

// changedLines are the lines that a mutant touches, before and after.
func changedLines(file *source.File, x trial) (before, after []string) {
	from := strings.LastIndexByte(file.Text[:x.Span.Lo], '\n') + 1
	to := len(file.Text)
	if n := strings.IndexByte(file.Text[x.Span.Hi:], '\n'); n >= 0 {
		to = x.Span.Hi + n
	}
	changed := file.Text[from:x.Span.Lo] + x.Text + file.Text[x.Span.Hi:to]
	return strings.Split(file.Text[from:to], "\n"), strings.Split(changed, "\n")
}

func (t *tally) summary(w *bytes.Buffer, b *bench) {
	fmt.Fprintf(w, "%s: %d mutants, %d %% killed or explained\n", b.snap.Path, len(b.trials)-t.count[fateRefused], t.percent())
	for _, line := range []struct {
		f     fate
		words string
	}{
		{fateKilled, "killed by a property"},
		{fateNoticed, "noticed only by figures, or by an action that is never taken"},
		{fateSame, "make the same steps as the original in these models, but for some that change nothing"},
		{fateUndecided, "undecided: the search of a model grew too large"},
		{fateSurvived, "survived: nothing fails"},
	} {
		if n := t.count[line.f]; n > 0 {
			fmt.Fprintf(w, "%6d %s\n", n, line.words)
		}
	}
	if n := t.count[fateRefused]; n > 0 {
		fmt.Fprintf(w, "%6d more are not counted: spec check refuses them\n", n)
	}
	w.WriteString("kills of each property\n")
	for _, k := range t.kills {
		fmt.Fprintf(w, "%6d %s\n", k.n, k.by)
	}
	for _, o := range b.omitted {
		fmt.Fprintf(w, "model %s is not used: it %s\n", o.model, o.why)
	}
	if t.count[fateSurvived] > 0 {
		w.WriteString("help: give a property that says what is wrong with each survivor, or leave out what makes no difference\n")
	}
}

// json is the same for programs.
func (t *tally) json(b *bench) []byte {
	type mutant struct {
		In     string   `json:"in"`
		Kind   string   `json:"kind"`
		File   string   `json:"file"`
		Line   int      `json:"line"`
		Column int      `json:"column"`
		Old    string   `json:"old"`
		New    string   `json:"new"`
		Fate   string   `json:"fate"`
		By     []string `json:"by,omitempty"`
	}
	doc := struct {
		Percent int            `json:"percent"`
		Kills   map[string]int `json:"kills"`
		Mutants []mutant       `json:"mutants"`
	}{Percent: t.percent(), Kills: map[string]int{}}
	for _, k := range t.kills {
		doc.Kills[k.by] = k.n
	}
	file := b.snap.Files[b.snap.Path]
	for _, x := range b.trials {
		at := file.Pos(x.Span.Lo)
		doc.Mutants = append(doc.Mutants, mutant{x.In, x.Kind.String(), b.snap.Path, at.Line, at.Col,
			file.Text[x.Span.Lo:x.Span.Hi], x.Text, x.fate.String(), x.by})
	}
	var w bytes.Buffer
	enc := json.NewEncoder(&w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(doc); err != nil {
		panic(err) // strings and numbers can be written
	}
	return w.Bytes()
}

func (b *bench) omissions() string {
	var all []string
	for _, o := range b.omitted {
		all = append(all, "model "+o.model+" "+o.why)
	}
	return strings.Join(all, ", ")
}
