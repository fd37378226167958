package format

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// A printer turns nodes into docs, in the order of the text, and puts the
// comments of the file where they stood. Without a file, which is how made-up
// trees are printed, there are no comments and nothing of an author's layout
// to keep.
type printer struct {
	file     *source.File // nil for a tree without a text
	comments []ast.Comment
	marks    bool // whether columns may be marked for alignment
	noPipe   bool // in the base of a refined type
	tight    bool // no blanks around operators
}

// Marks stand between the columns of a line; align takes them out. They are
// characters of a private use area.
const (
	cellMark    = "\uE0F1"
	commentMark = "\uE0F2"
)

func newPrinter(f *source.File, comments []ast.Comment) *printer {
	p := &printer{file: f, comments: comments, marks: true}
	if f != nil {
		p.marks = !strings.Contains(f.Text, cellMark) && !strings.Contains(f.Text, commentMark)
	}
	return p
}

// cell ends a column of a line of its own.
func (p *printer) cell() doc {
	if p.marks {
		return concat(doc{kind: dFlat, text: " "}, ifBroken(cellMark))
	}
	return text(" ")
}

// newlines counts the line breaks between two offsets of the file.
func (p *printer) newlines(lo, hi int) int {
	if p.file == nil || lo < 0 || hi > len(p.file.Text) || lo >= hi {
		return 0
	}
	return strings.Count(p.file.Text[lo:hi], "\n")
}

// sameLine reports whether the author wrote lo and hi on one line.
func (p *printer) sameLine(lo, hi int) bool { return p.newlines(lo, hi) == 0 }

// original returns the source text of a node, or "" without a file.
func (p *printer) original(n ast.Node) string {
	s := n.Span()
	if p.file == nil || s.File != p.file.Name || s.Lo >= s.Hi || s.Hi > len(p.file.Text) {
		return ""
	}
	return p.file.Text[s.Lo:s.Hi]
}

// closing is where the bracket ends that stands behind offset hi, with nothing
// between but blanks, a comma and comments.
func (p *printer) closing(hi int) int {
	if p.file == nil {
		return hi
	}
	for text := p.file.Text; hi < len(text); hi++ {
		switch {
		case strings.HasPrefix(text[hi:], "//"):
			hi += strings.IndexByte(text[hi:]+"\n", '\n')
		case strings.IndexByte(" \t\r\n,;", text[hi]) < 0:
			return hi + 1
		}
	}
	return hi
}

// pending reports whether a comment stands before offset pos.
func (p *printer) pending(pos int) bool { return len(p.comments) > 0 && p.comments[0].Loc.Lo < pos }

// pop takes the next comment.
func (p *printer) pop() ast.Comment {
	c := p.comments[0]
	p.comments = p.comments[1:]
	return c
}

// ownLine reports whether nothing but blanks stands before c on its line.
func (p *printer) ownLine(c ast.Comment) bool {
	before := p.file.Text[:c.Loc.Lo]
	return strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " \t\r\uFEFF") == ""
}

// behind is a comment behind text on its line.
func (p *printer) behind(c ast.Comment) doc {
	if p.marks {
		return trailing(commentMark + c.Text)
	}
	return trailing(" " + c.Text)
}

// gap is a place where the line may break, before what stands at pos. It is
// flat unless comments stand there, which go into it.
func (p *printer) gap(flat doc, pos int) doc {
	if !p.pending(pos) {
		return flat
	}
	var out []doc
	for p.pending(pos) {
		c := p.pop()
		if len(out) == 0 && !p.ownLine(c) {
			out = append(out, p.behind(c), hard)
			continue
		}
		if len(out) == 0 {
			out = append(out, hard)
		}
		out = append(out, text(c.Text), hard)
	}
	return concat(out...)
}

// An item is one entry of a list that is laid out on lines of its own.
type item struct {
	lo, hi int
	doc    func() doc
}

func itemOf(n ast.Node, d func() doc) item { return item{n.Span().Lo, n.Span().Hi, d} }

// lines lays items out on lines of their own, with the comments and the empty
// lines between them. The first line break is left to the caller; last is
// where the list ends. sep stands behind every item.
func (p *printer) lines(items []item, prev, last int, sep string) doc {
	var out []doc
	end := -1 // where what was written last ends; -1 at the beginning
	next := func(lo int) {
		switch {
		case end < 0:
		case p.newlines(end, lo) > 1:
			out = append(out, blank)
		default:
			out = append(out, hard)
		}
	}
	own := func(pos int) {
		for p.pending(pos) {
			c := p.pop()
			next(c.Loc.Lo)
			out = append(out, text(c.Text))
			end = c.Loc.Hi
		}
	}
	for i, it := range items {
		own(it.lo)
		next(it.lo)
		out = append(out, it.doc(), text(sep))
		end = it.hi
		follow := last
		if i+1 < len(items) {
			follow = items[i+1].lo
		}
		first := true
		for p.pending(follow) && (p.comments[0].Loc.Lo < it.hi || !p.ownLine(p.comments[0])) {
			c := p.pop()
			if first {
				out = append(out, p.behind(c))
			} else {
				out = append(out, hard, text(c.Text))
			}
			first = false
			end = max(end, c.Loc.Hi)
		}
	}
	own(last)
	return concat(out...)
}

// braces lays out `{ items }`, on one line if the author had it so and it
// fits. short is what stands between items on one line; sep what stands
// behind each on a line of its own.
func (p *printer) braces(lo, hi int, items []item, short, sep string) doc {
	if p.pending(hi) || p.file != nil && !p.sameLine(lo, hi) || p.file == nil && len(items) > 1 {
		return p.spread(lo, hi, items, sep)
	}
	if len(items) == 0 {
		return text("{}")
	}
	var docs []doc
	for _, it := range items {
		docs = append(docs, it.doc())
	}
	sepDoc := concat(doc{kind: dFlat, text: short}, ifBroken(sep), soft)
	return group(text("{"), indent(line, join(sepDoc, docs)), ifBroken(sep), line, text("}"))
}

// spread lays out `{ items }` on lines of their own.
func (p *printer) spread(lo, hi int, items []item, sep string) doc {
	if len(items) == 0 && !p.pending(hi) {
		return text("{}")
	}
	open := concat(text("{"), p.opening(lo, firstOf(items, hi)))
	body := p.lines(items, lo, hi-1, sep)
	if body.bare() {
		return concat(open, hard, text("}"))
	}
	return concat(open, indent(hard, body), hard, text("}"))
}

// opening takes the comments that stand behind an opening bracket at lo on its
// line, before what follows at pos.
func (p *printer) opening(lo, pos int) doc {
	if p.pending(pos) && !p.ownLine(p.comments[0]) {
		return p.behind(p.pop())
	}
	return none
}

func firstOf(items []item, hi int) int {
	if len(items) > 0 {
		return items[0].lo
	}
	return hi
}

// bodyStart is where the bracket before items stands, not before lo.
func (p *printer) bodyStart(lo int, open byte, items []item) int {
	if p.file == nil || len(items) == 0 || lo > items[0].lo {
		return lo
	}
	if i := strings.LastIndexByte(p.file.Text[lo:items[0].lo], open); i >= 0 {
		return lo + i
	}
	return lo
}

// list lays out bracketed items between commas. pad is what stands inside the
// brackets on one line. The author's line break behind a brace is kept.
func (p *printer) list(open, closer, pad string, lo, hi int, items []item) doc {
	if len(items) == 0 && !p.pending(hi) {
		return text(open + closer)
	}
	lo = p.bodyStart(lo, open[0], items)
	kept := open == "{" && len(items) > 0 && !p.sameLine(lo, items[0].lo)
	if kept || p.pending(hi-1) {
		first := concat(text(open), p.opening(lo, firstOf(items, hi)))
		body := p.lines(items, lo, hi-1, ",")
		if body.bare() {
			return concat(first, hard, text(closer))
		}
		return concat(first, indent(hard, body), hard, text(closer))
	}
	var docs []doc
	for _, it := range items {
		docs = append(docs, it.doc())
	}
	return group(text(open), indent(brk(pad), join(concat(text(","), line), docs)), ifBroken(","), brk(pad), text(closer))
}
