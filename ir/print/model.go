package print

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// model writes the sizes, the constants and the questions.
func (p *printer) model(sys *ir.System, elems []ir.Elem) {
	name := sys.Model
	if name == "" {
		name = "Whole"
	}
	head := "model " + p.names.add(&sys.Model, name) + " of " + p.names[sys] + " {"
	p.block(head, func() {
		for _, s := range sys.Sorts {
			p.line(p.names[s], " = ", size(s))
		}
		p.inModel = true
		for _, c := range sys.Consts {
			p.line(p.names[c], " = ", p.value(c.Value, c.Type).text)
		}
		for _, e := range elems {
			p.line(p.names[e], " = ", p.elem(e))
		}
		p.inModel = false
		for _, b := range sys.Bounds {
			p.line("bound ", p.closed(b.Cond, b.Cond.Type()))
		}
		p.checks(sys)
		p.expectations(sys.Expect)
	}, "}")
}

// size is how many elements a sort has, or their names.
func size(s *ir.Sort) string {
	for i, e := range s.Elems {
		if e != fmt.Sprintf("%s.%d", s.Name, i+1) {
			return "{" + strings.Join(s.Elems, ", ") + "}"
		}
	}
	return fmt.Sprint(len(s.Elems))
}

var outcomeWords = map[ir.Outcome]string{ir.ExpectHolds: "holds", ir.ExpectViolated: "violated", ir.ExpectUnknown: "unknown", ir.ExpectBounded: "bounded"}

func (p *printer) checks(sys *ir.System) {
	for _, c := range sys.Checks {
		name, ok := p.names[c.Prop]
		if !ok {
			continue
		}
		text := "check " + name
		if word := outcomeWords[c.Expect]; word != "" {
			text += " expect " + word
			if c.Depth >= 0 {
				text += fmt.Sprintf(" depth %d", c.Depth)
			}
		}
		p.line(text)
	}
}

func (p *printer) expectations(e ir.Expect) {
	if word := outcomeWords[e.Outcome]; word != "" {
		p.line("expect ", word)
	}
	if e.Deadlock {
		text := "expect deadlock"
		if e.DeadlockDepth >= 0 {
			text += fmt.Sprintf(" depth %d", e.DeadlockDepth)
		}
		p.line(text)
	}
	for _, f := range []struct {
		word string
		n    int64
	}{{"states", e.States}, {"generated", e.Generated}, {"depth", e.Depth}} {
		if f.n >= 0 {
			p.line(fmt.Sprintf("expect %s %d", f.word, f.n))
		}
	}
}
