package stategraph

import (
	"fmt"
	"math"
	"strings"
)

// SVG returns the graph as a picture.
func (g *Graph) SVG() string {
	boxes, width, height := g.layout()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="monospace" font-size="11">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", xml(g.System.Model))
	b.WriteString(`<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
		`<path d="M0,0 L8,4 L0,8 z" fill="#556"/></marker></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" fill="#fff"/>`+"\n", width, height)
	for _, e := range g.Edges {
		drawEdge(&b, e, boxes[e.From.Index], boxes[e.To.Index])
	}
	for _, n := range boxes {
		drawBox(&b, n)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func drawBox(b *strings.Builder, n *box) {
	stroke, thick := "#556", 1.0
	if n.Initial {
		thick = 2.5
	}
	if n.Stuck {
		stroke, thick = "#d00", 2.5
	}
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4" fill="#f6f8fa" stroke="%s" stroke-width="%.1f"/>`+"\n",
		n.x, n.y, n.w, n.h, stroke, thick)
	for i, l := range n.lines {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f">%s</text>`+"\n", n.x+padding, n.y+padding+lineHeight*(float64(i)+0.8), xml(l))
	}
}

// drawEdge draws forward steps as gentle curves, steps within a layer or back
// as arcs around, and a step to the same state as a loop.
func drawEdge(b *strings.Builder, e *Edge, from, to *box) {
	var path string
	var lx, ly float64
	switch {
	case from == to:
		x, y := from.x+from.w, from.midY()
		path = fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x, y-6, x+34, y-24, x+34, y+24, x, y+6)
		lx, ly = x+28, y
	case to.Depth > from.Depth:
		x1, y1, x2, y2 := from.x+from.w, from.midY(), to.x, to.midY()
		bend := (x2 - x1) / 3
		path = fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
		lx, ly = x1+(x2-x1)*0.35, y1+(y2-y1)*0.3
	default:
		x1, y1, x2, y2 := from.midX(), from.y+from.h, to.midX(), to.y+to.h
		drop := 24 + math.Abs(x2-x1)/8
		if x1 == x2 {
			x1, x2 = from.x+from.w, to.x+to.w
			y1, y2 = from.midY(), to.midY()
			path = fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x1, y1, x1+46, y1, x2+46, y2, x2, y2)
			lx, ly = max(x1, x2)+30, (y1+y2)/2
			break
		}
		path = fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x1, y1, x1, y1+drop, x2, y2+drop, x2, y2)
		lx, ly = (x1+x2)/2, max(y1, y2)+drop*0.75
	}
	fmt.Fprintf(b, `<path d="%s" fill="none" stroke="#556" marker-end="url(#arrow)"/>`+"\n", path)
	labels := e.labels()
	for i, l := range labels {
		y := ly + labelHeight*(float64(i)-float64(len(labels)-1)/2)
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" font-size="9.5" fill="#036" stroke="#fff" stroke-width="3" paint-order="stroke">%s</text>`+"\n", lx, y, xml(l))
	}
}

func xml(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
