package format

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spec-lang/spec/lang/ast"
)

// block lays out a body. One with labels always has lines of its own.
func (p *printer) block(b *ast.Block) doc {
	if slices.ContainsFunc(b.Stmts, isLabel) {
		return p.spread(b.Loc.Lo, b.Loc.Hi, p.stmts(b.Stmts), "")
	}
	return p.braces(b.Loc.Lo, b.Loc.Hi, p.stmts(b.Stmts), "; ", "")
}

// stmts are statements as items. A label makes one item with the statements
// up to the next one, which stand in a column to the right of the labels.
func (p *printer) stmts(list []ast.Stmt) []item {
	column := 0
	for _, s := range list {
		if l, ok := s.(*ast.Label); ok {
			column = max(column, utf8.RuneCountInString(l.Name.Name)+2)
		}
	}
	var items []item
	for i := 0; i < len(list); i++ {
		s := list[i]
		l, ok := s.(*ast.Label)
		if !ok {
			items = append(items, itemOf(s, func() doc { return p.stmt(s) }))
			continue
		}
		from := i + 1
		for i+1 < len(list) && !isLabel(list[i+1]) && !isLoop(list[i+1]) {
			i++
		}
		step := list[from : i+1]
		items = append(items, item{l.Loc.Lo, list[i].Span().Hi, func() doc { return p.step(l, step, column) }})
	}
	return items
}

// step lays out a label and the statements behind it.
func (p *printer) step(l *ast.Label, list []ast.Stmt, column int) doc {
	name := l.Name.Name + ":"
	if len(list) == 0 {
		return text(name)
	}
	pad := strings.Repeat(" ", column-utf8.RuneCountInString(name))
	return concat(text(name+pad), nest(column, p.lines(p.stmts(list), l.Loc.Hi, list[len(list)-1].Span().Hi, "")))
}

// isLoop reports whether s is a loop, which stands below the labels before it,
// not behind them.
func isLoop(s ast.Stmt) bool {
	_, ok := s.(*ast.Loop)
	return ok
}

func isLabel(s ast.Stmt) bool {
	_, ok := s.(*ast.Label)
	return ok
}

func (p *printer) stmt(s ast.Stmt) doc {
	switch s := s.(type) {
	case *ast.BadStmt:
		return text(p.original(s))
	case *ast.Assign:
		return concat(p.expr(s.Target), p.assigned(" "+s.Op.String(), s.Value))
	case *ast.LetStmt:
		return concat(text("let "+s.Name.Name), p.optType(s.Type), p.assigned(" =", s.Value))
	case *ast.VarStmt:
		return concat(text("var "+s.Name.Name), p.column(s.Type), p.initial("=", s.Value))
	case *ast.Pick:
		return p.where(concat(text("pick "), p.binders(s.Binders)), s.Where)
	case *ast.IfStmt:
		return p.ifStmt(s)
	case *ast.BlockStmt:
		return p.block(s.Body)
	case *ast.MatchStmt:
		return p.matchStmt(s)
	case *ast.For:
		return concat(text("for "), p.binders(s.Binders), text(" "), p.block(s.Body))
	case *ast.While:
		return p.while(s)
	case *ast.Loop:
		return spaced("loop", p.block(s.Body))
	case *ast.Either:
		docs := []doc{spaced("either", p.block(s.Branches[0]))}
		for _, b := range s.Branches[1:] {
			docs = append(docs, spaced(" or", p.block(b)))
		}
		return concat(docs...)
	case *ast.Assert:
		return p.word("assert", s.Cond)
	case *ast.Await:
		return p.word("await", s.Cond)
	case *ast.Skip:
		return text("skip")
	case *ast.CallStmt:
		return p.expr(s.Call)
	case *ast.Return:
		if s.Value == nil {
			return text("return")
		}
		return p.word("return", s.Value)
	case *ast.Label:
		return text(s.Name.Name + ":")
	case *ast.Goto:
		return text("goto " + s.Label.Name)
	case *ast.Expect:
		return p.word("expect", s.Cond)
	}
	return none
}

// word lays out a word and its condition or value.
func (p *printer) word(w string, e ast.Expr) doc { return spaced(w, p.expr(e)) }

// assigned lays out an operator and the value behind it.
func (p *printer) assigned(op string, e ast.Expr) doc {
	return concat(text(op), p.gap(text(" "), e.Span().Lo), p.expr(e))
}

func (p *printer) ifStmt(s *ast.IfStmt) doc {
	docs := []doc{text("if "), p.expr(s.Cond), text(" "), p.block(s.Then)}
	for {
		switch e := s.Else.(type) {
		case nil:
			return concat(docs...)
		case *ast.IfStmt:
			docs = append(docs, text(" else if "), p.expr(e.Cond), text(" "), p.block(e.Then))
			s = e
		default:
			return concat(append(docs, text(" else "), p.stmt(e))...)
		}
	}
}

func (p *printer) matchStmt(s *ast.MatchStmt) doc {
	x := p.expr(s.X)
	var items []item
	for _, a := range s.Arms {
		items = append(items, item{a.Pattern.Loc.Lo, a.Body.Loc.Hi, func() doc {
			return concat(p.pattern(a.Pattern), p.cell(), text("=> "), p.armBody(a.Body))
		}})
	}
	return concat(text("match "), x, text(" "), p.braces(s.X.Span().Hi, s.Loc.Hi, items, ", ", ""))
}

// armBody lays out a body that may be one statement without braces.
func (p *printer) armBody(b *ast.Block) doc {
	if len(b.Stmts) != 1 || isLabel(b.Stmts[0]) {
		return p.block(b)
	}
	s := b.Stmts[0]
	if p.file != nil && b.Loc != s.Span() {
		return p.block(b)
	}
	return concat(p.gap(none, s.Span().Lo), p.stmt(s))
}

func (p *printer) while(s *ast.While) doc {
	head := concat(text("while "), p.expr(s.Cond))
	var clauses []item
	for _, e := range s.Invariants {
		clauses = append(clauses, itemOf(e, func() doc { return p.word("invariant", e) }))
	}
	if s.Decreases != nil {
		clauses = append(clauses, itemOf(s.Decreases, func() doc { return p.word("decreases", s.Decreases) }))
	}
	return concat(p.clauses(head, s.Cond.Span().Hi, s.Body.Loc.Lo, clauses), p.block(s.Body))
}

// clauses lays out what stands between a head and the body at pos: on lines of
// their own, and then the body too, if the author had it so.
func (p *printer) clauses(head doc, hi, pos int, items []item) doc {
	if len(items) == 0 {
		return concat(head, text(" "))
	}
	if p.oneLine(hi, pos, items) {
		return p.header(head, items, false)
	}
	return concat(head, indent(hard, p.lines(items, hi, pos, "")), hard)
}

// oneLine reports whether the author wrote clauses behind their head.
func (p *printer) oneLine(hi, pos int, items []item) bool {
	sortItems(items)
	return p.file != nil && p.sameLine(hi, items[0].lo) && !p.pending(pos)
}

// header lays out a head with clauses on one line; if they do not fit, they
// and what follows stand on lines of their own. A value that follows is
// indented, a body is not.
func (p *printer) header(head doc, items []item, value bool) doc {
	if len(items) == 0 {
		return concat(head, text(" "))
	}
	var docs []doc
	for _, it := range items {
		docs = append(docs, p.gap(line, it.lo), it.doc())
	}
	if value {
		return group(head, indent(append(docs, line)...))
	}
	return group(head, indent(docs...), line)
}
