package workspace

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// large returns a spec of at least the given number of lines: machines of the
// usual kinds, each with its models.
func large(lines int) string {
	var b strings.Builder
	b.WriteString("module large\n\n")
	for i := 0; strings.Count(b.String(), "\n") < lines; i++ {
		fmt.Fprintf(&b, `sort Node%[1]d
enum Msg%[1]d { Ask%[1]d(from Node%[1]d, ticket 0..9), Grant%[1]d(to Node%[1]d), Stop%[1]d }

func later%[1]d(a 0..9, b 0..9) 0..9 =
    if a > b then a else b

/// Machine number %[1]d hands out tickets in order.
machine M%[1]d {
    const Most int = 9

    var net    set[Msg%[1]d]        = {}
    var ticket [Node%[1]d]0..9      = {_: 0}
    var owner  option[Node%[1]d]    = none
    var queue  [..4]Node%[1]d       = []

    action Ask(n Node%[1]d) when ticket[n] < Most && n not in queue && len(queue) < 4 {
        ticket[n] = later%[1]d(ticket[n], 3)
        net += Ask%[1]d(n, ticket[n])
        queue ++= [n]
    }
    fair action Grant when owner == none && len(queue) > 0 {
        owner = some(queue[0])
        net += Grant%[1]d(queue[0])
        queue = queue[1:]
    }
    action Done(m in net) {
        match m {
            Ask%[1]d(n, t) => { if owner == some(n) { owner = none } }
            Grant%[1]d(_)  => skip
            Stop%[1]d      => { either { owner = none } or { net -= m } }
        }
    }

    terminal when forall n in Node%[1]d: ticket[n] == Most
    invariant Once: forall a, b in Node%[1]d: owner == some(a) && owner == some(b) => a == b
    invariant Short: len(queue) <= 4 && (sum n in Node%[1]d: ticket[n]) >= 0
    property Served: forall n in Node%[1]d: n in queue ~> owner == some(n)
}

model Two%[1]d of M%[1]d { Node%[1]d = 2; check Once, Short }

`, i)
	}
	return b.String()
}

// load parses and checks a text as if for the first time.
func load(t *testing.T, text string) time.Duration {
	t.Helper()
	path := filepath.Join(t.TempDir(), "large.spec")
	w := New()
	w.SetOverlay(path, text)
	start := time.Now()
	s := w.Snapshot(path)
	took := time.Since(start)
	if len(s.Diags) > 0 {
		t.Fatalf("%s %s at %q", s.Diags[0].Code, s.Diags[0].Message, s.Files.Text(s.Diags[0].Span))
	}
	return took
}

// TestSpeed holds parsing and checking to what an editor can wait for: 300 ms
// for 5,000 lines, 50 ms for any file of the corpus. Other tests may be
// running beside it, so the best of several tries counts.
func TestSpeed(t *testing.T) {
	text := large(5000)
	var times []time.Duration
	for range 7 {
		times = append(times, load(t, text))
	}
	if m := slices.Min(times); m > 300*time.Millisecond {
		t.Errorf("%d lines: %v to parse and check", strings.Count(text, "\n"), m)
	} else {
		t.Logf("%d lines: %v", strings.Count(text, "\n"), m)
	}
	files, err := filepath.Glob("../testdata/corpus/*.spec")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d files in the corpus: %v", len(files), err)
	}
	for _, f := range files {
		times = times[:0]
		for range 7 {
			start := time.Now()
			New().Snapshot(f)
			times = append(times, time.Since(start))
		}
		if m := slices.Min(times); m > 50*time.Millisecond {
			t.Errorf("%s: %v to parse and check", f, m)
		}
	}
}

// BenchmarkLoad is the time of parsing and checking 5,000 lines.
func BenchmarkLoad(b *testing.B) {
	text := large(5000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w := New()
		w.SetOverlay("large.spec", text)
		if s := w.Snapshot("large.spec"); len(s.Diags) > 0 {
			b.Fatal(s.Diags[0].Message)
		}
	}
}

// edited is the large spec with one line changed, a different one each time.
func edited(text string, n int) string {
	machine := fmt.Sprintf("ticket[n] = later%d(ticket[n], 3)", n)
	return strings.Replace(text, machine, strings.Replace(machine, "3)", "4)", 1), 1)
}

// analysed is how long the analyses of a snapshot take.
func analysed(s *Snapshot) time.Duration {
	start := time.Now()
	s.Analysis()
	return time.Since(start)
}

// TestAnalysisSpeed holds all analyses of 5,000 lines to what is bearable in
// an editor, in units of what parsing and checking take in the same run, about
// 40 ms on an idle core. Other tests may be running beside it, so it allows twice
// of what counts: 500 ms at first and 30 ms after a line is changed, which
// BenchmarkAnalyse and BenchmarkAnalyseEdit show. The best of several tries
// counts.
func TestAnalysisSpeed(t *testing.T) {
	text := large(5000)
	var loads, colds, edits []time.Duration
	for range 3 {
		loads = append(loads, load(t, text))
		w := New()
		w.SetOverlay("large.spec", text)
		colds = append(colds, analysed(w.Snapshot("large.spec")))
		for i := range 4 {
			w.SetOverlay("large.spec", edited(text, 7*i+1))
			edits = append(edits, analysed(w.Snapshot("large.spec")))
		}
	}
	unit, cold, edit := slices.Min(loads), slices.Min(colds), slices.Min(edits)
	t.Logf("parsing and checking %v; analyses %v, after an edit %v", unit, cold, edit)
	if cold > 20*unit || edit > 2*unit || edit > cold {
		t.Errorf("parsing and checking %v; analyses %v, after an edit %v", unit, cold, edit)
	}
}

// BenchmarkAnalyse is the time of all analyses of 5,000 lines.
func BenchmarkAnalyse(b *testing.B) {
	text := large(5000)
	for b.Loop() {
		b.StopTimer()
		w := New()
		w.SetOverlay("large.spec", text)
		s := w.Snapshot("large.spec")
		b.StartTimer()
		s.Analysis()
	}
}

// BenchmarkAnalyseEdit is the time of all analyses after a line of 5,000 is
// changed.
func BenchmarkAnalyseEdit(b *testing.B) {
	text := large(5000)
	w := New()
	w.SetOverlay("large.spec", text)
	w.Snapshot("large.spec").Analysis()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		w.SetOverlay("large.spec", edited(text, i%100))
		s := w.Snapshot("large.spec")
		b.StartTimer()
		s.Analysis()
	}
}
