package stategraph

import (
	"fmt"
	"strings"
)

// DOT returns the graph in the language of Graphviz. Initial states have a
// bold frame, deadlocks a red one.
func (g *Graph) DOT() string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %q {\n", g.System.Model)
	b.WriteString("\trankdir=LR\n\tnode [shape=box, fontname=monospace, fontsize=10]\n\tedge [fontname=monospace, fontsize=9]\n")
	for _, n := range g.Nodes {
		style := ""
		if n.Initial {
			style += ", penwidth=2"
		}
		if n.Stuck {
			style += ", color=red"
		}
		fmt.Fprintf(&b, "\ts%d [label=%s%s]\n", n.Index, dotLines(Lines(g.System, n.State)), style)
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "\ts%d -> s%d [label=%s]\n", e.From.Index, e.To.Index, dotLines(e.labels()))
	}
	b.WriteString("}\n")
	return b.String()
}

// dotLines is a label of lines that begin at the left.
func dotLines(lines []string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, l := range lines {
		b.WriteString(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(l) + `\l`)
	}
	b.WriteByte('"')
	return b.String()
}

// Mermaid returns the graph as a flowchart for Markdown.
func (g *Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for _, n := range g.Nodes {
		fmt.Fprintf(&b, "  s%d[\"%s\"]", n.Index, mermaidLines(Lines(g.System, n.State)))
		switch {
		case n.Stuck:
			b.WriteString(":::deadlock")
		case n.Initial:
			b.WriteString(":::initial")
		}
		b.WriteByte('\n')
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "  s%d -->|\"%s\"| s%d\n", e.From.Index, mermaidLines(e.labels()), e.To.Index)
	}
	b.WriteString("  classDef initial stroke-width:3px\n  classDef deadlock stroke:#d00,stroke-width:2px\n")
	return b.String()
}

func mermaidLines(lines []string) string {
	return strings.NewReplacer(`"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", "<br>").Replace(strings.Join(lines, "\n"))
}
