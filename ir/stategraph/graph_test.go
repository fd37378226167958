package stategraph_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/stategraph"
)

func TestBuild(t *testing.T) {
	for _, k := range irtest.Systems() {
		g := stategraph.Build(k.Sys, 1000)
		initial, depth, stuck := 0, 0, 0
		for _, n := range g.Nodes {
			depth = max(depth, n.Depth)
			if n.Initial {
				initial++
			}
			if n.Stuck {
				stuck++
			}
		}
		if len(g.Nodes) != k.Want.Distinct || initial != k.Want.Initial || depth != k.Want.Depth || g.Cut {
			t.Errorf("%s: got %d states, %d initial, depth %d, want %+v", k.Name, len(g.Nodes), initial, depth, k.Want)
		}
		if (stuck > 0) != (k.Want.Deadlock >= 0) {
			t.Errorf("%s: %d deadlocks, want depth %d", k.Name, stuck, k.Want.Deadlock)
		}
	}
}

func TestBuildStops(t *testing.T) {
	g := stategraph.Build(irtest.TwoPhase(3), 10)
	if len(g.Nodes) != 10 || !g.Cut {
		t.Errorf("got %d states, cut %v", len(g.Nodes), g.Cut)
	}
}

func TestForms(t *testing.T) {
	g := stategraph.Build(irtest.Philosophers(2), 100)
	dot, mermaid, svg := g.DOT(), g.Mermaid(), g.SVG()
	for _, tt := range []struct{ name, text, part string }{
		{"DOT", dot, `s0 -> s1 [label="TakeLeft(Seat.1)\l"]`},
		{"DOT deadlock", dot, "color=red"},
		{"Mermaid", mermaid, `s0 -->|"TakeLeft(Seat.1)"| s1`},
		{"Mermaid deadlock", mermaid, ":::deadlock"},
		{"SVG", svg, ">TakeLeft(Seat.1)</text>"},
	} {
		if !strings.Contains(tt.text, tt.part) {
			t.Errorf("%s does not have %q:\n%s", tt.name, tt.part, tt.text)
		}
	}
	if got, want := strings.Count(svg, "<rect x="), len(g.Nodes); got != want {
		t.Errorf("got %d boxes, want %d", got, want)
	}
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
