package report

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
)

// Sizes names a model with what it binds: "Bug (RM = 2, N = 3)".
func Sizes(sys *ir.System) string {
	var parts []string
	for _, s := range sys.Sorts {
		parts = append(parts, fmt.Sprintf("%s = %d", s.Name, len(s.Elems)))
	}
	for _, c := range sys.Consts {
		if text := Show(c.Type, c.Value); len(text) <= 24 {
			parts = append(parts, c.Name+" = "+text)
		}
	}
	name := sys.Model
	if name == "" {
		name = sys.Machine
	}
	if len(parts) == 0 {
		return name
	}
	return name + " (" + strings.Join(parts, ", ") + ")"
}

// basis says in words what the verdicts of a result rest on.
func basis(res *evidence.Result, violated bool) string {
	b := res.Basis
	switch b.Kind {
	case evidence.Exhaustive:
		return "exhaustive"
	case evidence.Inductive:
		if violated {
			return "no run is shorter"
		}
		return "proved"
	case evidence.Bounded:
		if res.Uncounted() {
			return "within the bound"
		}
		return "within the bound, " + count(b.Cuts, "successor") + " cut"
	case evidence.Sampled:
		return fmt.Sprintf("%s, seed %d", count(uint64(b.Runs), "random run"), b.Seed)
	}
	switch {
	case violated && res.Shortest && res.Uncounted():
		return "no run is shorter"
	case violated && res.Shortest:
		return "exhaustive to here"
	case violated && !res.Uncounted() || b.Limit == "":
		return res.Engine
	}
	return "stopped: " + b.Limit
}

// duration rounds to what is worth reading.
func duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1ms"
	case d < 10*time.Second:
		return d.Round(time.Millisecond).String()
	}
	return d.Round(100 * time.Millisecond).String()
}

// place is a span as `file:line`; short leaves out the folders of the file.
func place(files source.Set, sp source.Span, short bool) string {
	if !sp.IsValid() {
		return ""
	}
	name := sp.File
	if short {
		name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	}
	if files[sp.File] == nil {
		return name
	}
	return name + ":" + strconv.Itoa(files.Pos(sp).Line)
}

// figures are the counts of a search, with its basis and time.
func (t *text) figures(res *evidence.Result, violated bool) string {
	if res.Sample != nil {
		return t.sampleFigures(res)
	}
	s := count(res.States.Distinct, "state")
	if res.Uncounted() {
		s = res.Engine
	} else if !violated {
		s += ", " + number(res.States.Generated) + " generated, depth " + strconv.Itoa(res.States.Depth)
	}
	s += ", " + basis(res, violated)
	if t.style.Times {
		s += ", " + duration(res.Time)
	}
	return s
}

// headline writes a line that begins with a word in colour.
func (t *text) headline(word string, pieces ...string) {
	var kept []string
	for _, p := range pieces {
		if p != "" {
			kept = append(kept, p)
		}
	}
	t.print(t.verdict(word), strings.Repeat(" ", max(1, 6-width(word))), flow(kept, gap, 6, 6, t.style.Width), "\n")
}

func (t *text) verdict(word string) string {
	switch word {
	case "FAIL":
		return t.paint.red(word)
	case "PASS":
		return t.paint.green(word)
	}
	return t.paint.yellow(word)
}
