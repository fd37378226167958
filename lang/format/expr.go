package format

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

// levelPostfix is the level of operands that need no parentheses anywhere.
const levelPostfix = ast.LevelTight + 1

// level is how tightly the outermost operator of e binds.
func level(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.Binary:
		return e.Op.Level()
	case *ast.Unary:
		return e.Op.Level()
	case *ast.Within:
		return ast.LevelPrefix
	case *ast.Choose:
		if e.Where == nil {
			return ast.LevelRange - 1
		}
	case *ast.IntLit:
		if e.Value != nil && e.Value.Sign() < 0 {
			return ast.LevelTight
		}
	}
	return levelPostfix
}

// open reports whether e, followed by an operator, would take it in, or leave
// its reach unclear.
func open(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.If, *ast.Let, *ast.Quant, *ast.Fold, *ast.Within:
		return true
	case *ast.Choose:
		return e.Where != nil
	case *ast.Binary:
		return open(e.Y)
	case *ast.Unary:
		if e.Op.Level() == ast.LevelPrefix && e.Op != ast.Not {
			return true
		}
		return open(e.X)
	}
	return false
}

// left lays out an operand that an operator of level min follows.
func (p *printer) left(e ast.Expr, min int) doc {
	if level(e) < min || open(e) {
		return p.parens(e)
	}
	return p.expr(e)
}

// right lays out an operand that stands behind an operator.
func (p *printer) right(e ast.Expr, min int) doc {
	if level(e) < min {
		return p.parens(e)
	}
	return p.expr(e)
}

func (p *printer) parens(e ast.Expr) doc {
	return concat(text("("), p.gap(none, e.Span().Lo), p.expr(e), text(")"))
}

// operand lays out what something is attached to.
func (p *printer) operand(e ast.Expr) doc { return p.left(e, levelPostfix) }

func (p *printer) expr(e ast.Expr) doc {
	switch e := e.(type) {
	case *ast.BadExpr:
		return text(p.original(e))
	case *ast.IntLit, *ast.DurationLit, *ast.StringLit, *ast.BoolLit:
		return text(p.literal(e))
	case *ast.Name:
		return text(e.Name)
	case *ast.Select:
		return concat(p.operand(e.X), text("."+e.Sel.Name))
	case *ast.Index:
		return concat(p.operand(e.X), text("["), p.gap(none, e.I.Span().Lo), p.narrow(e.I, p.expr), text("]"))
	case *ast.Slice:
		return p.slice(e)
	case *ast.Call:
		return p.call(e)
	case *ast.AtLabel:
		return concat(p.operand(e.X), text("@"+e.Label.Name))
	case *ast.Unary:
		return p.unary(e)
	case *ast.Binary:
		return p.binary(e)
	case *ast.Paren:
		return group(text("("), p.gap(none, e.X.Span().Lo), p.expr(e.X), p.gap(none, e.Loc.Hi), text(")"))
	case *ast.Tuple:
		return p.list("(", ")", "", e.Loc.Lo, e.Loc.Hi, p.exprs(e.Elems))
	case *ast.If:
		return p.ifExpr(e)
	case *ast.Let:
		return p.let(e)
	case *ast.Match:
		return p.match(e)
	case *ast.With:
		return p.with(e)
	case *ast.SetLit:
		return p.list("{", "}", "", e.Loc.Lo, e.Loc.Hi, p.exprs(e.Elems))
	case *ast.MapLit:
		return p.mapLit(e)
	case *ast.SeqLit:
		return p.list("[", "]", "", e.Loc.Lo, e.Loc.Hi, p.exprs(e.Elems))
	case *ast.SetComp:
		return p.comprehension("{", "}", e.Loc.Hi, func() doc { return p.expr(e.Elem) }, e.Binders, e.Cond)
	case *ast.SeqComp:
		return p.comprehension("[", "]", e.Loc.Hi, func() doc { return p.expr(e.Elem) }, e.Binders, e.Cond)
	case *ast.MapComp:
		return p.comprehension("{", "}", e.Loc.Hi, func() doc { return p.entry(e.Key, e.Value) }, e.Binders, e.Cond)
	case *ast.Quant:
		return p.below(concat(text(e.Kind.String()+" "), p.binders(e.Binders), text(":")), e.Body)
	case *ast.Fold:
		head := concat(text("fold "+e.Acc.Name+" = "), p.expr(e.Init), text(","), p.gap(text(" "), first(e.Binders)), p.binders(e.Binders), text(":"))
		return p.below(head, e.Body)
	case *ast.Choose:
		return p.where(concat(text("choose "), p.binder(e.Binder)), e.Where)
	case *ast.Old:
		return concat(text("old("), p.gap(none, e.X.Span().Lo), p.expr(e.X), text(")"))
	case *ast.Values:
		return concat(text("values("), p.typ(e.Type), text(")"))
	case *ast.PathQuant:
		return concat(text(pathWord(e.All)+"["), p.gap(none, e.P.Span().Lo), p.expr(e.P), text(" U "), p.expr(e.Q), text("]"))
	case *ast.ActionPred:
		return p.actionPred(e)
	case *ast.Within:
		return p.within(e)
	}
	return none
}

func pathWord(all bool) string {
	if all {
		return "A"
	}
	return "E"
}

func (p *printer) exprs(es []ast.Expr) []item {
	var items []item
	for _, e := range es {
		items = append(items, itemOf(e, func() doc { return p.expr(e) }))
	}
	return items
}

// literal is a literal as the author wrote it, or as it is usually written.
func (p *printer) literal(e ast.Expr) string {
	if s := p.original(e); s != "" {
		return s
	}
	switch e := e.(type) {
	case *ast.IntLit:
		return e.Value.String()
	case *ast.DurationLit:
		return duration(e.Value)
	case *ast.StringLit:
		return strconv.Quote(e.Value)
	case *ast.BoolLit:
		return strconv.FormatBool(e.Value)
	}
	return ""
}

// duration writes nanoseconds in the largest unit that divides them.
func duration(ns *big.Int) string {
	for _, u := range []struct {
		name string
		size int64
	}{{"h", 3600e9}, {"min", 60e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}} {
		if q, r := new(big.Int).QuoRem(ns, big.NewInt(u.size), new(big.Int)); r.Sign() == 0 && q.Sign() != 0 {
			return q.String() + u.name
		}
	}
	return ns.String() + "ns"
}

func (p *printer) slice(e *ast.Slice) doc {
	d := concat(p.operand(e.X), text("["))
	if e.Lo != nil {
		d = concat(d, p.gap(none, e.Lo.Span().Lo), p.narrow(e.Lo, p.expr))
	}
	d = concat(d, text(":"))
	if e.Hi != nil {
		d = concat(d, p.gap(none, e.Hi.Span().Lo), p.narrow(e.Hi, p.expr))
	}
	return concat(d, text("]"))
}

func (p *printer) call(e *ast.Call) doc {
	fun := p.operand(e.Fun)
	var items []item
	for _, a := range e.Args {
		lo := a.Value.Span().Lo
		if a.Name != nil {
			lo = a.Name.Loc.Lo
		}
		items = append(items, item{lo, a.Value.Span().Hi, func() doc {
			if a.Name == nil {
				return p.expr(a.Value)
			}
			return concat(text(a.Name.Name+": "), p.gap(none, a.Value.Span().Lo), p.expr(a.Value))
		}})
	}
	return concat(fun, p.list("(", ")", "", e.Fun.Span().Hi, e.Loc.Hi, items))
}

func (p *printer) unary(e *ast.Unary) doc {
	op := e.Op.String()
	_, paren := e.X.(*ast.Paren)
	switch {
	case e.Op == ast.Neg || e.Op == ast.Bang:
	case (e.Op == ast.Next || e.Op == ast.Prev) && (paren || level(e.X) < ast.LevelTight):
	default:
		op += " "
	}
	gap := p.gap(none, e.X.Span().Lo)
	min := e.Op.Level()
	if x, ok := e.X.(*ast.IntLit); ok && x.Value != nil && x.Value.Sign() < 0 {
		min = levelPostfix
	}
	return concat(text(op), gap, p.right(e.X, min))
}

// binary lays out an operator, what follows it indented.
func (p *printer) binary(e *ast.Binary) doc {
	head, rest := p.chain(e)
	return group(head, indent(rest))
}

// below lays out e behind head, or below it if it does not fit there.
func (p *printer) below(head doc, e ast.Expr) doc {
	width := flatWidth(head)
	gap := p.gap(line, e.Span().Lo)
	var d doc
	switch e := e.(type) {
	case *ast.Binary:
		first, rest := p.chain(e)
		d = group(head, indent(gap, group(first, rest)))
	case *ast.Quant, *ast.Fold, *ast.If, *ast.Let, *ast.Match, *ast.SetLit, *ast.MapLit, *ast.SeqLit:
		if gap.hard {
			d = concat(head, indent(gap, p.expr(e)))
		} else {
			d = concat(head, hug(p.expr(e)))
		}
	default:
		d = group(head, indent(gap, p.expr(e)))
	}
	d.cols = width
	return d
}

// chain lays out operators of one level that follow one another: all of them
// break or none.
func (p *printer) chain(e *ast.Binary) (head, rest doc) {
	lvl := e.Op.Level()
	chain := []*ast.Binary{e}
	for x := e; lvl != ast.LevelArrow && lvl != ast.LevelCompare && lvl != ast.LevelRange; {
		b, ok := x.X.(*ast.Binary)
		if !ok || b.Op.Level() != lvl {
			break
		}
		chain = append(chain, b)
		x = b
	}
	min := lvl
	if lvl == ast.LevelArrow || lvl == ast.LevelCompare || lvl == ast.LevelRange {
		min++
	}
	if lvl == ast.LevelRange {
		return p.narrow(e.X, func(x ast.Expr) doc { return p.left(x, min) }),
			concat(p.operator(e), p.narrow(e.Y, func(y ast.Expr) doc { return p.rightOf(e, true) }))
	}
	head = p.left(chain[len(chain)-1].X, min)
	var docs []doc
	for i := len(chain) - 1; i >= 0; i-- {
		b := chain[i]
		docs = append(docs, p.operator(b), p.rightOf(b, i == 0))
	}
	return head, concat(docs...)
}

// narrow lays out a sum or product of simple operands without blanks, for
// places such as the ends of a range.
func (p *printer) narrow(e ast.Expr, lay func(ast.Expr) doc) doc {
	b, ok := e.(*ast.Binary)
	if !ok || b.Op.Level() < ast.LevelAdd || b.Op == ast.Concat || !simple(b.X) || !simple(b.Y) {
		return lay(e)
	}
	p.tight = true
	d := lay(e)
	p.tight = false
	return d
}

// simple reports whether e is one word.
func simple(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Name:
		return true
	case *ast.IntLit:
		return e.Value == nil || e.Value.Sign() >= 0
	case *ast.Select:
		return simple(e.X)
	}
	return false
}

// operator lays out an operator with the break at it. Logical operators begin
// a line, and break where the author did; others end one, since a line that
// begins with a sign would be a new one.
func (p *printer) operator(b *ast.Binary) doc {
	pos := b.Y.Span().Lo
	switch lvl := b.Op.Level(); {
	case lvl == ast.LevelRange:
		return concat(text(".."), p.gap(none, pos))
	case lvl >= ast.LevelAdd && p.tight:
		return concat(text(b.Op.String()), p.gap(none, pos))
	case lvl <= ast.LevelAnd:
		return concat(p.gap(p.keep(b.X, b.Y), pos), text(b.Op.String()+" "))
	}
	return concat(text(" "+b.Op.String()), p.gap(line, pos))
}

// rightOf lays out the right operand of b; the last of a chain may reach on.
func (p *printer) rightOf(b *ast.Binary, last bool) doc {
	lvl := b.Op.Level()
	y, chained := b.Y.(*ast.Binary)
	if lvl == ast.LevelArrow && b.Op == ast.Implies && chained && y.Op == ast.Implies {
		return p.expr(b.Y)
	}
	if !last {
		return p.left(b.Y, lvl+1)
	}
	if lvl < ast.LevelPrefix {
		return p.right(b.Y, lvl+1)
	}
	return p.right(b.Y, max(lvl+1, ast.LevelPrefix+1))
}

func (p *printer) ifExpr(e *ast.If) doc {
	docs := []doc{text("if "), p.gap(none, e.Cond.Span().Lo), p.expr(e.Cond), text(" then"), p.gap(text(" "), e.Then.Span().Lo), p.expr(e.Then)}
	width := flatWidth(concat(docs...))
	for {
		docs = append(docs, p.keep(e.Then, e.Else), text("else"), p.gap(text(" "), e.Else.Span().Lo))
		next, ok := e.Else.(*ast.If)
		if !ok {
			d := group(indent(append(docs, p.expr(e.Else))...))
			d.cols = width
			return d
		}
		e = next
		docs = append(docs, text("if "), p.gap(none, e.Cond.Span().Lo), p.expr(e.Cond), text(" then"), p.gap(text(" "), e.Then.Span().Lo), p.expr(e.Then))
	}
}

// let lays out lets that follow one another below one another.
func (p *printer) let(e *ast.Let) doc {
	var docs []doc
	for {
		docs = append(docs, text("let "+e.Name.Name), p.optType(e.Type), text(" = "), p.gap(none, e.Value.Span().Lo))
		if hasIn(e.Value) {
			docs = append(docs, p.parens(e.Value))
		} else {
			docs = append(docs, p.expr(e.Value))
		}
		docs = append(docs, text(" in"), p.gap(p.keep(e.Value, e.Body), e.Body.Span().Lo))
		next, ok := e.Body.(*ast.Let)
		if !ok {
			return group(indent(append(docs, p.expr(e.Body))...))
		}
		e = next
	}
}

// keep is a break between two nodes, taken where the author took it.
func (p *printer) keep(a, b ast.Node) doc {
	if p.sameLine(a.Span().Hi, b.Span().Lo) {
		return line
	}
	return hard
}

// hasIn reports whether the operator `in` stands in e outside of brackets.
func hasIn(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Binary:
		return e.Op == ast.In || hasIn(e.X) || hasIn(e.Y)
	case *ast.Unary:
		return hasIn(e.X)
	case *ast.Within:
		return hasIn(e.X)
	case *ast.If:
		return hasIn(e.Cond) || hasIn(e.Then) || hasIn(e.Else)
	case *ast.Quant:
		return hasIn(e.Body)
	case *ast.Fold:
		return hasIn(e.Body)
	case *ast.Let:
		return hasIn(e.Body)
	case *ast.Choose:
		return e.Where != nil && hasIn(e.Where)
	}
	return false
}

func (p *printer) with(e *ast.With) doc {
	x := p.operand(e.X)
	var items []item
	for _, u := range e.Updates {
		var lo int
		if u.Field != nil {
			lo = u.Field.Loc.Lo
		} else {
			lo = u.Index.Span().Lo
		}
		items = append(items, item{lo, u.Value.Span().Hi, func() doc {
			var key doc
			if u.Field != nil {
				key = text(u.Field.Name)
			} else {
				key = concat(text("["), p.expr(u.Index), text("]"))
			}
			return concat(key, text(": "), p.gap(none, u.Value.Span().Lo), p.expr(u.Value))
		}})
	}
	return concat(x, text(" with "), p.list("{", "}", "", e.X.Span().Hi, e.Loc.Hi, items))
}

func (p *printer) entry(key, value ast.Expr) doc {
	return concat(p.expr(key), text(": "), p.gap(none, value.Span().Lo), p.expr(value))
}

// mapLit lays out entries in the author's order: the default may stand
// anywhere.
func (p *printer) mapLit(e *ast.MapLit) doc {
	var items []item
	def := e.Default == nil
	add := func() {
		def = true
		items = append(items, item{e.Default.Span().Lo, e.Default.Span().Hi, func() doc {
			return concat(text("_: "), p.gap(none, e.Default.Span().Lo), p.expr(e.Default))
		}})
	}
	for _, en := range e.Entries {
		if !def && e.Default.Span().Lo < en.Key.Span().Lo {
			add()
		}
		items = append(items, item{en.Key.Span().Lo, en.Value.Span().Hi, func() doc { return p.entry(en.Key, en.Value) }})
	}
	if !def {
		add()
	}
	return p.list("{", "}", "", e.Loc.Lo, e.Loc.Hi, items)
}

func (p *printer) comprehension(open, closer string, hi int, elem func() doc, binders []ast.Binder, cond ast.Expr) doc {
	docs := []doc{soft, elem(), p.gap(line, first(binders)), text("for "), p.binders(binders)}
	if cond != nil {
		docs = append(docs, p.gap(line, cond.Span().Lo), text("if "), p.expr(cond))
	}
	return group(text(open), indent(docs...), p.gap(soft, hi), text(closer))
}

func first(bs []ast.Binder) int { return bs[0].Loc.Lo }

func (p *printer) binders(bs []ast.Binder) doc {
	var docs []doc
	for i, b := range bs {
		if i > 0 {
			docs = append(docs, text(","), p.gap(text(" "), b.Loc.Lo))
		}
		docs = append(docs, p.binder(b))
	}
	return concat(docs...)
}

func (p *printer) binder(b ast.Binder) doc {
	var names []string
	for _, n := range b.Names {
		names = append(names, n.Name)
	}
	return concat(text(strings.Join(names, ", ")+" in "), p.gap(none, b.Domain.Span().Lo), p.right(b.Domain, ast.LevelRange))
}

// where adds a condition that may be missing.
func (p *printer) where(head doc, cond ast.Expr) doc {
	if cond == nil {
		return head
	}
	return group(head, indent(p.gap(line, cond.Span().Lo), spaced("where", p.expr(cond))))
}

func (p *printer) actionPred(e *ast.ActionPred) doc {
	word := "enabled("
	if e.Taken {
		word = "taken("
	}
	d := concat(text(word), p.expr(e.Action))
	if !e.NoArgs {
		d = concat(d, p.list("(", ")", "", e.Action.Span().Hi, e.Loc.Hi-1, p.exprs(e.Args)))
	}
	return concat(d, text(")"))
}

func (p *printer) within(e *ast.Within) doc {
	bound := p.expr
	switch e.Bound.(type) {
	case *ast.DurationLit, *ast.IntLit, *ast.Name, *ast.Select, *ast.Paren, *ast.Old, *ast.Values, *ast.SetLit, *ast.SeqLit, *ast.StringLit,
		*ast.BoolLit, *ast.Tuple, *ast.ActionPred, *ast.MapLit, *ast.SetComp, *ast.SeqComp, *ast.MapComp, *ast.Match, *ast.BadExpr:
	default:
		bound = p.parens
	}
	b := bound(e.Bound)
	return concat(text("within "), b, text(" "), p.gap(none, e.X.Span().Lo), p.right(e.X, ast.LevelPrefix))
}

func (p *printer) match(e *ast.Match) doc {
	x := p.expr(e.X)
	var items []item
	for _, a := range e.Arms {
		items = append(items, item{a.Pattern.Loc.Lo, a.Body.Span().Hi, func() doc {
			return concat(p.pattern(a.Pattern), p.cell(), text("=> "), p.gap(none, a.Body.Span().Lo), p.expr(a.Body))
		}})
	}
	return concat(text("match "), x, text(" "), p.braces(e.X.Span().Hi, e.Loc.Hi, items, ", ", ""))
}

func (p *printer) pattern(pat ast.Pattern) doc {
	switch {
	case len(pat.Or) > 0:
		var docs []doc
		for _, o := range pat.Or {
			docs = append(docs, p.pattern(o))
		}
		return join(text(" | "), docs)
	case pat.Wild:
		return text("_")
	case pat.Literal != nil:
		return p.expr(pat.Literal)
	}
	d := p.expr(pat.Name)
	if !pat.HasArgs {
		return d
	}
	var names []string
	for _, b := range pat.Binds {
		names = append(names, b.Name)
	}
	return concat(d, text("("+strings.Join(names, ", ")+")"))
}
