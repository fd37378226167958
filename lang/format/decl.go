package format

import (
	"slices"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

func sortItems(items []item) {
	slices.SortStableFunc(items, func(a, b item) int { return a.lo - b.lo })
}

// decls are declarations as items.
func (p *printer) decls(list []ast.Decl) []item {
	var items []item
	for _, d := range list {
		items = append(items, itemOf(d, func() doc { return p.decl(d) }))
	}
	return items
}

// doc lays out the doc comment of a made-up node; that of a parsed one is
// among the comments of the file.
func (p *printer) doc(s string) doc {
	if p.file != nil || s == "" {
		return none
	}
	var docs []doc
	for _, l := range strings.Split(s, "\n") {
		docs = append(docs, text(strings.TrimRight("/// "+l, " ")), hard)
	}
	return concat(docs...)
}

func (p *printer) decl(d ast.Decl) doc {
	switch d := d.(type) {
	case *ast.BadDecl:
		return text(p.original(d))
	case *ast.Sort:
		return concat(p.doc(d.Doc), text("sort "+d.Name.Name+order(d.Order)))
	case *ast.Enum:
		return concat(p.doc(d.Doc), p.enum(d))
	case *ast.Struct:
		return concat(p.doc(d.Doc), p.structure(d))
	case *ast.TypeDecl:
		return concat(p.doc(d.Doc), text("type "+d.Name.Name), p.typeParams(d.Params, d.Name.Loc.Hi), text(" = "), p.typ(d.Type))
	case *ast.Const:
		return concat(p.doc(d.Doc), text("const "+d.Name.Name), p.column(d.Type), p.initial("=", d.Value))
	case *ast.Assume:
		return concat(p.doc(d.Doc), p.word("assume", d.Cond))
	case *ast.Func:
		return concat(p.doc(d.Doc), p.fn(d))
	case *ast.Theorem:
		return concat(p.doc(d.Doc), p.theorem(d))
	case *ast.Machine:
		return concat(p.doc(d.Doc), p.machine(d))
	case *ast.Model:
		return concat(p.doc(d.Doc), p.model(d))
	case *ast.Var:
		return concat(p.doc(d.Doc), text("var "+d.Name.Name), p.column(d.Type), p.initial("=", d.Value), p.initial("in", d.In))
	case *ast.Init:
		return concat(p.doc(d.Doc), spaced("init", p.block(d.Body)))
	case *ast.Action:
		return concat(p.doc(d.Doc), p.action(d))
	case *ast.Proc:
		head := concat(text("proc "+d.Name.Name), p.args(d.Args, d.Name.Loc.Hi, true))
		return concat(p.doc(d.Doc), p.clauses(head, d.Name.Loc.Hi, d.Body.Loc.Lo, p.effects(d.Effects)), p.block(d.Body))
	case *ast.FairAny:
		return concat(p.doc(d.Doc), text(fairness(d.Fair)+"any action "), p.expr(d.Action))
	case *ast.Process:
		return concat(p.doc(d.Doc), p.process(d))
	case *ast.Terminal:
		return concat(p.doc(d.Doc), p.word("terminal when", d.Cond))
	case *ast.Property:
		return concat(p.doc(d.Doc), p.property(d))
	case *ast.Scenario:
		return concat(p.doc(d.Doc), p.scenario(d))
	case *ast.Use:
		return concat(p.doc(d.Doc), text(internal(d.Internal)+"use "), p.expr(d.Machine), p.machineArgs(d.Args, d.Machine), text(" as "+d.As.Name))
	case *ast.Sync:
		return concat(p.doc(d.Doc), p.sync(d))
	case *ast.Refines:
		return concat(p.doc(d.Doc), p.refines(d))
	}
	return none
}

func order(o ast.SortOrder) string { return [...]string{"", " ordered", " ring"}[o] }

func fairness(f ast.Fairness) string { return [...]string{"", "fair ", "strong fair "}[f] }

func internal(is bool) string {
	if is {
		return "internal "
	}
	return ""
}

// column is the type of a variable or constant, which stands below that of the
// line above.
func (p *printer) column(t ast.Type) doc {
	if t == nil {
		return none
	}
	return concat(p.cell(), p.typ(t))
}

// initial lays out the value behind a type, which stands below that of the
// line above.
func (p *printer) initial(op string, e ast.Expr) doc {
	if e == nil {
		return none
	}
	return concat(p.cell(), text(op), p.gap(text(" "), e.Span().Lo), p.expr(e))
}

func (p *printer) enum(d *ast.Enum) doc {
	head := concat(text("enum "+d.Name.Name), p.typeParams(d.Params, d.Name.Loc.Hi), text(" "))
	var items []item
	for _, v := range d.Variants {
		items = append(items, item{v.Loc.Lo, v.Loc.Hi, func() doc {
			return concat(p.doc(v.Doc), text(v.Name.Name), p.args(v.Fields, v.Name.Loc.Hi, false))
		}})
	}
	return concat(head, p.list("{", "}", " ", d.Name.Loc.Hi, d.Loc.Hi, items))
}

func (p *printer) structure(d *ast.Struct) doc {
	head := concat(text("struct "+d.Name.Name), p.typeParams(d.Params, d.Name.Loc.Hi), text(" "))
	var items []item
	for _, f := range d.Fields {
		items = append(items, item{f.Loc.Lo, f.Loc.Hi, func() doc { return concat(p.doc(f.Doc), text(f.Name.Name), p.column(f.Type)) }})
	}
	return concat(head, p.braces(p.bodyStart(d.Name.Loc.Hi, '{', items), d.Loc.Hi, items, "; ", ""))
}

// args lays out `(a T, b U)`; empty parentheses only if they are wanted.
func (p *printer) args(fs []ast.Field, hi int, wanted bool) doc {
	if len(fs) == 0 && !wanted {
		return none
	}
	var items []item
	for _, f := range fs {
		items = append(items, item{f.Loc.Lo, f.Loc.Hi, func() doc { return concat(text(f.Name.Name), p.optType(f.Type)) }})
		hi = f.Loc.Hi
	}
	return p.list("(", ")", "", 0, p.closing(hi), items)
}

func (p *printer) fn(d *ast.Func) doc {
	word := "func "
	if d.Extern {
		word = "extern func "
	}
	head := concat(text(word+d.Name.Name), p.typeParams(d.Params, d.Name.Loc.Hi), p.args(d.Args, d.Name.Loc.Hi, true), p.optType(d.Result))
	items := p.effects(d.Effects)
	for _, e := range d.Requires {
		items = append(items, itemOf(e, func() doc { return p.word("requires", e) }))
	}
	for _, e := range d.Ensures {
		items = append(items, itemOf(e, func() doc { return p.word("ensures", e) }))
	}
	if d.Decreases != nil {
		items = append(items, itemOf(d.Decreases, func() doc { return p.word("decreases", d.Decreases) }))
	}
	hi := d.Result.Span().Hi
	switch {
	case d.Body != nil:
		return concat(p.clauses(head, hi, d.Body.Loc.Lo, items), p.block(d.Body))
	case d.Value != nil:
		lo := d.Value.Span().Lo
		switch {
		case len(items) == 0:
			return p.below(concat(head, text(" =")), d.Value)
		case p.oneLine(hi, lo, items):
			return concat(p.header(head, items, true), indent(p.below(text("="), d.Value)))
		}
		return concat(head, indent(hard, p.lines(items, hi, lo, ""), hard, p.below(text("="), d.Value)))
	case len(items) == 0:
		return head
	}
	return p.extern(head, hi, items)
}

// extern lays out a head with clauses and no body.
func (p *printer) extern(head doc, hi int, items []item) doc {
	sortItems(items)
	docs := []doc{head}
	for _, it := range items {
		gap := line
		if !p.sameLine(hi, items[0].lo) {
			gap = hard
		}
		docs = append(docs, p.gap(gap, it.lo), it.doc())
	}
	return group(indent(docs...))
}

func (p *printer) effects(list []ast.EffectClause) []item {
	var items []item
	for _, e := range list {
		items = append(items, item{e.Loc.Lo, e.Loc.Hi, func() doc {
			var docs []doc
			for _, x := range e.Paths {
				docs = append(docs, p.expr(x))
			}
			if len(docs) == 0 {
				return text(e.Kind)
			}
			return spaced(e.Kind, join(text(", "), docs))
		}})
	}
	return items
}

func (p *printer) machine(d *ast.Machine) doc {
	head := text("machine " + d.Name.Name)
	lo := d.Name.Loc.Hi
	if len(d.Params) > 0 {
		var items []item
		for _, m := range d.Params {
			items = append(items, item{m.Loc.Lo, m.Loc.Hi, func() doc {
				if m.IsSort {
					return text(m.Name.Name + " sort" + order(m.Order))
				}
				return concat(text(m.Name.Name), p.optType(m.Type))
			}})
			lo = m.Loc.Hi
		}
		head = concat(head, p.list("(", ")", "", d.Name.Loc.Hi, p.closing(lo), items))
	}
	members := p.decls(d.Members)
	return concat(head, text(" "), p.braces(p.bodyStart(lo, '{', members), d.Loc.Hi, members, "; ", ""))
}

// params lays out the parameters of an action.
func (p *printer) params(ps []ast.Param, hi int) doc {
	if len(ps) == 0 {
		return none
	}
	var items []item
	for _, a := range ps {
		items = append(items, item{a.Loc.Lo, a.Loc.Hi, func() doc {
			if a.In != nil {
				return spaced(a.Name.Name+" in", p.expr(a.In))
			}
			return concat(text(a.Name.Name), p.optType(a.Type))
		}})
		hi = a.Loc.Hi
	}
	return p.list("(", ")", "", 0, p.closing(hi), items)
}

func (p *printer) action(d *ast.Action) doc {
	head := concat(text(internal(d.Internal)+fairness(d.Fair)+"action "+d.Name.Name), p.params(d.Params, d.Name.Loc.Hi))
	var items []item
	if d.Guard != nil {
		items = append(items, itemOf(d.Guard, func() doc { return p.word("when", d.Guard) }))
	}
	return concat(p.header(head, append(items, p.effects(d.Effects)...), false), p.block(d.Body))
}

func (p *printer) process(d *ast.Process) doc {
	head := text(fairness(d.Fair) + "process " + d.Name.Name)
	if d.Param != nil {
		head = concat(head, p.args([]ast.Field{*d.Param}, d.Name.Loc.Hi, true))
	}
	return concat(head, text(" "), p.block(d.Body))
}

func (p *printer) property(d *ast.Property) doc {
	head := text(d.Kind.String() + " " + d.Name.Name)
	if d.Induct {
		head = concat(head, text(" inductive"))
	}
	if len(d.Using) > 0 {
		var names []string
		for _, n := range d.Using {
			names = append(names, n.Name)
		}
		head = concat(head, text(" using "+strings.Join(names, ", ")))
	}
	return p.below(concat(head, text(":")), d.Formula)
}

func (p *printer) scenario(d *ast.Scenario) doc {
	word := "scenario "
	if d.Refuse {
		word = "refuse scenario "
	}
	items := p.stmts(d.Steps)
	return concat(text(word+d.Name.Name+" "), p.braces(p.bodyStart(d.Name.Loc.Hi, '{', items), d.Loc.Hi, items, "; ", ""))
}

// machineArgs lays out the arguments of a machine, if there are any.
func (p *printer) machineArgs(args []ast.TypeArg, machine ast.Expr) doc {
	if len(args) == 0 {
		return none
	}
	items := p.typeArgs(args)
	return p.list("(", ")", "", machine.Span().Hi, p.closing(items[len(items)-1].hi), items)
}

func (p *printer) sync(d *ast.Sync) doc {
	head := text("sync ")
	if d.Name != nil {
		head = text("sync " + d.Name.Name + ": ")
	}
	docs := []doc{}
	for i, a := range d.Actions {
		if i > 0 {
			docs = append(docs, text(" ||"), p.gap(line, a.Span().Lo))
		}
		docs = append(docs, p.expr(a))
	}
	return concat(head, group(indent(docs...)))
}

func (p *printer) refines(d *ast.Refines) doc {
	head := concat(text("refines "), p.expr(d.Machine), p.machineArgs(d.Args, d.Machine))
	if len(d.Mapping) == 0 {
		return head
	}
	var items []item
	for _, b := range d.Mapping {
		items = append(items, item{b.Loc.Lo, b.Loc.Hi, func() doc { return concat(text(b.Name.Name), p.assigned(" =", b.Value)) }})
	}
	return concat(head, text(" with "), p.braces(p.bodyStart(d.Machine.Span().Hi, '{', items), d.Loc.Hi, items, "; ", ""))
}
