package format

import (
	"strings"
	"unicode/utf8"
)

// A doc is text with places where a line may break. The layout is Oppen's
// ("Prettyprinting", TOPLAS 2, 1980) in the algebra of Wadler ("A prettier
// printer", 2003): a group is laid out flat if it fits and holds no hard
// break, else every break that is directly in it is taken.
type doc struct {
	kind docKind
	text string // of a text or comment; what a brk is when flat; what stands before the break of a sep
	kids []doc
	cols int  // of an indent, how many columns
	hard bool // holds a hard break or comment, so cannot be flat
}

type docKind int

const (
	dText    docKind = iota
	dBreak           // text if flat, else a new line
	dHard            // a new line
	dBlank           // a new line with an empty line before it
	dComment         // a comment behind text; it takes no room, and a hard break must follow
	dBroken          // text if not flat, else nothing
	dFlat            // text if flat, else nothing
	dConcat
	dGroup
	dIndent
	dHug // a blank, if what begins behind it has room on this line, else an indented new line
)

func text(s string) doc          { return doc{kind: dText, text: s} }
func brk(flat string) doc        { return doc{kind: dBreak, text: flat} }
func ifBroken(s string) doc      { return doc{kind: dBroken, text: s} }
func trailing(s string) doc      { return doc{kind: dComment, text: s, hard: true} }
func indent(kids ...doc) doc     { return nest(tab, kids...) }
func group(kids ...doc) doc      { return parent(dGroup, kids) }
func concat(kids ...doc) doc     { return parent(dConcat, kids) }
func spaced(a string, d doc) doc { return concat(text(a+" "), d) }

var (
	hard  = doc{kind: dHard, hard: true}
	blank = doc{kind: dBlank, hard: true}
	line  = brk(" ")
	soft  = brk("")
	none  = text("")
)

func parent(k docKind, kids []doc) doc {
	d := doc{kind: k, kids: kids}
	for _, kid := range kids {
		d.hard = d.hard || kid.hard
	}
	return d
}

// nest indents what is below it by some columns.
func nest(cols int, kids ...doc) doc {
	d := parent(dIndent, kids)
	d.cols = cols
	return d
}

// hug puts d behind what is there, or below it if its first line has no room.
func hug(d doc) doc {
	h := parent(dHug, []doc{d})
	h.cols = d.cols
	return h
}

// flatWidth is how many columns d takes when flat.
func flatWidth(d doc) int {
	n := 0
	switch d.kind {
	case dText, dBreak, dFlat:
		n = utf8.RuneCountInString(d.text)
	case dHug:
		n = 1
	}
	for _, kid := range d.kids {
		n += flatWidth(kid)
	}
	return n
}

// bare reports whether nothing is in d.
func (d doc) bare() bool {
	for _, kid := range d.kids {
		if !kid.bare() {
			return false
		}
	}
	return d.text == "" && d.kind != dHard && d.kind != dBlank
}

// join puts sep between docs.
func join(sep doc, docs []doc) doc {
	var out []doc
	for i, d := range docs {
		if i > 0 {
			out = append(out, sep)
		}
		out = append(out, d)
	}
	return concat(out...)
}

const (
	lineWidth = 100
	tab       = 4
)

type job struct {
	d      doc
	indent int
	flat   bool
}

// A page is text being laid out. The indentation of a line is written with
// its first text, so that empty lines are empty.
type page struct {
	strings.Builder
	col int
	pad int
}

func (p *page) write(s string) {
	if s == "" {
		return
	}
	p.WriteString(strings.Repeat(" ", p.pad))
	p.pad = 0
	p.WriteString(s)
	p.col = after(p.col, s)
}

func (p *page) newline(indent int) {
	p.WriteString("\n")
	p.pad, p.col = indent, indent
}

// layout writes d.
func layout(d doc) string {
	var p page
	jobs := []job{{d: d}}
	for len(jobs) > 0 {
		j := jobs[len(jobs)-1]
		jobs = jobs[:len(jobs)-1]
		switch j.d.kind {
		case dText, dComment:
			p.write(j.d.text)
		case dBroken, dFlat:
			if j.flat == (j.d.kind == dFlat) {
				p.write(j.d.text)
			}
		case dBreak:
			if j.flat {
				p.write(j.d.text)
			} else {
				p.newline(j.indent)
			}
		case dBlank:
			p.newline(0)
			p.newline(j.indent)
		case dHard:
			p.newline(j.indent)
		case dGroup:
			flat := j.flat || !j.d.hard && fits(j.d, jobs, lineWidth-p.col)
			jobs = push(jobs, j.d.kids, j.indent, flat)
		case dIndent:
			jobs = push(jobs, j.d.kids, j.indent+j.d.cols, j.flat)
		case dConcat:
			jobs = push(jobs, j.d.kids, j.indent, j.flat)
		case dHug:
			if j.flat || p.col+1+j.d.cols <= lineWidth {
				p.write(" ")
				jobs = push(jobs, j.d.kids, j.indent, j.flat)
				continue
			}
			p.newline(j.indent + tab)
			jobs = push(jobs, j.d.kids, j.indent+tab, false)
		}
	}
	return p.String()
}

func push(jobs []job, kids []doc, indent int, flat bool) []job {
	for i := len(kids) - 1; i >= 0; i-- {
		jobs = append(jobs, job{kids[i], indent, flat})
	}
	return jobs
}

// after is the column after text that begins in col.
func after(col int, text string) int {
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		return utf8.RuneCountInString(text[i+1:])
	}
	return col + utf8.RuneCountInString(text)
}

// fits reports whether d, laid out flat, and what follows it up to the next
// break fit into room columns.
func fits(d doc, rest []job, room int) bool {
	jobs := []job{{d: d, flat: true}}
	for next := len(rest); room >= 0; {
		if len(jobs) == 0 {
			if next == 0 {
				return true
			}
			next--
			jobs = append(jobs, rest[next])
		}
		j := jobs[len(jobs)-1]
		jobs = jobs[:len(jobs)-1]
		switch j.d.kind {
		case dText:
			if strings.Contains(j.d.text, "\n") {
				return true
			}
			room -= utf8.RuneCountInString(j.d.text)
		case dBreak:
			if !j.flat {
				return true
			}
			room -= len(j.d.text)
		case dHug:
			if !j.flat {
				return true
			}
			room--
			jobs = push(jobs, j.d.kids, 0, true)
		case dBroken, dFlat:
			if j.flat == (j.d.kind == dFlat) {
				room -= len(j.d.text)
			}
		case dHard, dBlank, dComment:
			return true
		case dGroup, dIndent, dConcat:
			jobs = push(jobs, j.d.kids, 0, j.flat)
		}
	}
	return false
}
