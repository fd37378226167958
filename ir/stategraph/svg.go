package stategraph

import (
	"fmt"
	"math"
	"strings"
)

// SVG returns the graph as a picture. Steps that change nothing are named in
// the box of their state, steps back are dashed and run below.
func (g *Graph) SVG() string {
	boxes, width, height := g.layout()
	var body strings.Builder
	for _, e := range g.Edges {
		if e.From != e.To {
			height = max(height, drawEdge(&body, e, boxes[e.From.Index], boxes[e.To.Index])+nodeGap)
		}
	}
	for _, n := range boxes {
		drawBox(&body, n)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="monospace" font-size="11">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", xml(g.System.Model))
	b.WriteString(`<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
		`<path d="M0,0 L8,4 L0,8 z" fill="#556"/></marker></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" fill="#fff"/>`+"\n", width, height)
	b.WriteString(body.String())
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
		colour := "#000"
		if i >= n.values {
			colour = "#777"
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", n.x+padding, n.y+padding+lineHeight*(float64(i)+0.8), colour, xml(l))
	}
}

// drawEdge draws a step to a later layer as a gentle curve, any other as a
// dashed arc below, and returns how far down it reaches.
func drawEdge(b *strings.Builder, e *Edge, from, to *box) (bottom float64) {
	var x, y [4]float64 // of the ends and control points
	dash, t := "", 0.5  // t is where on the curve the label stands
	if to.Depth > from.Depth {
		x[0], y[0], x[3], y[3] = from.x+from.w, from.midY(), to.x, to.midY()
		bend := (x[3] - x[0]) / 3
		x[1], y[1], x[2], y[2] = x[0]+bend, y[0], x[3]-bend, y[3]
		switch { // so that the labels of edges that cross do not meet
		case y[3] > y[0]:
			t = 0.42
		case y[3] < y[0]:
			t = 0.58
		}
	} else {
		dash = ` stroke-dasharray="4 3"`
		x[0], y[0], x[3], y[3] = from.midX()-8, from.y+from.h, to.midX()+8, to.y+to.h
		drop := 30 + math.Abs(x[3]-x[0])/10
		x[1], y[1], x[2], y[2] = x[0]-drop, y[0]+drop, x[3]+drop, y[3]+drop
		t = 0.4
	}
	fmt.Fprintf(b, `<path d="M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f" fill="none" stroke="#556"%s marker-end="url(#arrow)"/>`+"\n",
		x[0], y[0], x[1], y[1], x[2], y[2], x[3], y[3], dash)
	labels := e.labels()
	for i, l := range labels {
		ly := bezier(y, t) + labelHeight*(float64(i)-float64(len(labels)-1)/2) - 3
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle" font-size="9.5" fill="#036" stroke="#fff" stroke-width="3" paint-order="stroke">%s</text>`+"\n",
			bezier(x, t), ly, xml(l))
	}
	return max(bezier(y, 0.5), bezier(y, 0.75), bezier(y, 0.25)) + labelHeight*float64(len(labels))/2
}

// bezier is a coordinate of a cubic curve at t in 0..1.
func bezier(p [4]float64, t float64) float64 {
	u := 1 - t
	return u*u*u*p[0] + 3*u*u*t*p[1] + 3*u*t*t*p[2] + t*t*t*p[3]
}

func xml(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
