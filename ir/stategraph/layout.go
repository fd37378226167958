package stategraph

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Sizes in pixels. The font is monospaced, so that widths need no font.
const (
	charWidth   = 6.6
	lineHeight  = 14.0
	padding     = 6.0
	layerGap    = 90.0
	nodeGap     = 24.0
	sweeps      = 4 // passes that order the layers
	labelWidth  = 5.7
	labelHeight = 11.0
)

// box is a node with its place.
type box struct {
	*Node
	lines      []string
	values     int     // how many of the lines are values; the rest are steps that stay
	x, y, w, h float64 // left, top, size
}

func (b *box) midX() float64 { return b.x + b.w/2 }
func (b *box) midY() float64 { return b.y + b.h/2 }

// layout places the nodes: layers by depth from left to right, each ordered so
// that neighbours are near (the barycenter method of Sugiyama, Tagawa and Toda,
// "Methods for visual understanding of hierarchical system structures", 1981).
func (g *Graph) layout() (boxes []*box, width, height float64) {
	var layers [][]*box
	stays := map[*Node][]string{}
	for _, e := range g.Edges {
		if e.From == e.To {
			stays[e.From] = e.labels()
		}
	}
	for _, n := range g.Nodes {
		b := &box{Node: n, lines: Lines(g.System, n.State)}
		b.values = len(b.lines)
		for _, l := range stays[n] {
			b.lines = append(b.lines, "stays: "+l)
		}
		for _, l := range b.lines {
			b.w = max(b.w, float64(utf8.RuneCountInString(l))*charWidth+2*padding)
		}
		b.h = float64(len(b.lines))*lineHeight + 2*padding
		boxes = append(boxes, b)
		for len(layers) <= n.Depth {
			layers = append(layers, nil)
		}
		layers[n.Depth] = append(layers[n.Depth], b)
	}
	g.order(layers, boxes)
	width, height = place(layers, g.labelRoom())
	return boxes, width, height
}

// order sorts each layer by the mean position of its neighbours, to and fro.
func (g *Graph) order(layers [][]*box, boxes []*box) {
	near := make([][]int, len(boxes))
	for _, e := range g.Edges {
		if e.From.Depth != e.To.Depth {
			near[e.From.Index] = append(near[e.From.Index], e.To.Index)
			near[e.To.Index] = append(near[e.To.Index], e.From.Index)
		}
	}
	position := make([]float64, len(boxes))
	number := func(layer []*box) {
		for i, b := range layer {
			position[b.Index] = (float64(i) + 0.5) / float64(len(layer))
		}
	}
	for _, l := range layers {
		number(l)
	}
	for range sweeps {
		for _, l := range layers {
			mean := map[*box]float64{}
			for _, b := range l {
				mean[b] = position[b.Index]
				for _, i := range near[b.Index] {
					mean[b] += position[i]
				}
				mean[b] /= float64(len(near[b.Index]) + 1)
			}
			slices.SortStableFunc(l, func(a, b *box) int { return cmp.Compare(mean[a], mean[b]) })
			number(l)
		}
	}
}

// labelRoom is the width that the labels between two layers need.
func (g *Graph) labelRoom() float64 {
	room := layerGap
	for _, e := range g.Edges {
		for _, l := range e.labels() {
			room = max(room, float64(utf8.RuneCountInString(l))*labelWidth+40)
		}
	}
	return min(room, 260)
}

// place gives every box its coordinates and returns the size of the whole.
func place(layers [][]*box, gap float64) (width, height float64) {
	heights := make([]float64, len(layers))
	for i, l := range layers {
		for _, b := range l {
			heights[i] += b.h + nodeGap
		}
		height = max(height, heights[i]+nodeGap)
	}
	x := nodeGap
	for i, l := range layers {
		y, widest := (height-heights[i]+nodeGap)/2, 0.0
		for _, b := range l {
			b.x, b.y = x, y
			y += b.h + nodeGap
			widest = max(widest, b.w)
		}
		x += widest + gap
	}
	return x - gap + 3*nodeGap, height + nodeGap
}
