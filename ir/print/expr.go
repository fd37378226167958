package print

import (
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// How tightly the parts of an expression hold together, weakest first: the
// levels of the reference, section 4.
const (
	anyLevel = iota
	levelIff
	levelArrow
	levelOr
	levelAnd
	levelPrefix
	levelCompare
	levelRange
	levelAdd
	levelMul
	levelTight
	levelPostfix
)

// shown is the text of an expression. An open one reaches as far to the right
// as it can, so nothing may follow it.
type shown struct {
	text  string
	level int
	open  bool
}

func atom(text string) shown { return shown{text, levelPostfix, false} }

func paren(s shown) shown { return atom("(" + s.text + ")") }

// operand shows e where something may follow it, in parentheses if it holds
// together less than level.
func (p *printer) operand(e ir.Expr, want *ir.Type, level int) string {
	s := p.expr(e, want)
	if s.level < level || s.open {
		s = paren(s)
	}
	return s.text
}

// last shows e where nothing follows it within the same brackets.
func (p *printer) last(e ir.Expr, want *ir.Type, level int) (string, bool) {
	s := p.expr(e, want)
	if s.level < level || s.open && level > levelPrefix {
		s = paren(s)
	}
	return s.text, s.open
}

// closed shows e between brackets, commas and the like; end says whether what
// follows could be taken for a part of an open expression.
func (p *printer) closed(e ir.Expr, want *ir.Type) string { return p.expr(e, want).text }

// prefixed is an operator before an operand of its own level.
func (p *printer) prefixed(op string, e ir.Expr, level int) shown {
	text, open := p.last(e, nil, level)
	return shown{op + text, level, open || level == levelPrefix}
}

// infix is an operator between operands that hold at least as given.
func (p *printer) infix(op string, x, y ir.Expr, want *ir.Type, left, right, level int) shown {
	a := p.operand(x, want, left)
	b, open := p.last(y, want, right)
	if strings.HasPrefix(b, "let ") || strings.HasPrefix(b, "if ") { // for the reader
		b, open = "("+b+")", false
	}
	return shown{a + " " + op + " " + b, level, open}
}

// expr shows e where an expression of type want is expected; nil means that
// the place does not say. Only exact printers care.
func (p *printer) expr(e ir.Expr, want *ir.Type) shown {
	if p.exact && want == nil && needy(e) {
		return p.typed(e)
	}
	switch e := e.(type) {
	case *ir.Lit:
		return p.value(e.Value, e.T)
	case *ir.LocalRef:
		return atom(p.names.of(e.Local, e.Local.Name))
	case *ir.VarRef:
		name := p.names.of(e.Var, e.Var.Name)
		if e.Old && !p.inOld {
			name = "old(" + name + ")"
		}
		return atom(name)
	case *ir.ConstRef:
		return atom(p.names.of(e.Const, e.Const.Name))
	case *ir.Apply:
		return p.apply(e, want)
	case *ir.Convert:
		return p.convert(e, want)
	case *ir.If:
		if s, ok := p.match(e, want); ok {
			return s
		}
		text := "if " + p.closed(e.Cond, e.Cond.Type()) + " then " + p.closed(e.Then, want) + " else " + p.closed(e.Else, want)
		return shown{text, levelPostfix, true}
	case *ir.Let:
		return p.let(e, want)
	case *ir.Make:
		return p.make(e)
	case *ir.FieldOf:
		if s, ok := p.wholeOld(e); ok {
			return s
		}
		return atom(p.operand(e.X, nil, levelPostfix) + "." + e.X.Type().Fields[e.Index].Name)
	case *ir.WithField:
		return p.withField(e, want)
	case *ir.Is:
		return p.is(e, false)
	case *ir.Payload:
		return p.payload(e)
	case *ir.Bind:
		return p.binding(e, want)
	case *ir.Call:
		args := make([]string, len(e.Args))
		for i, a := range e.Args {
			args[i] = p.closed(a, e.Func.Params[i].Type)
		}
		return atom(p.names.of(e.Func, e.Func.Name) + "(" + strings.Join(args, ", ") + ")")
	case *ir.ActionPred:
		return p.actionPred(e)
	}
	return atom("?")
}

// needy reports whether the text of e has no type of its own: `{}` may be a
// set, a map or a bag, `none` an option of anything.
func needy(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Lit:
		return needyValue(e.Value, e.T)
	case *ir.Apply:
		switch e.Op {
		case ir.ConstFunc, ir.BagLit, ir.MapLit:
			return true
		case ir.SetLit, ir.SeqLit:
			return len(e.Args) == 0 || e.T.Max >= 0 && e.Op == ir.SeqLit || needy(e.Args[0])
		}
	case *ir.Bind:
		if e.Kind == ir.SetOf || e.Kind == ir.SeqOf {
			return needy(e.Body)
		}
		return e.Kind == ir.FuncOf || e.Kind == ir.MapOf
	case *ir.Make:
		for _, a := range e.Args {
			if e.T.Name == "" && needy(a) {
				return true
			}
		}
		return e.T.Option && e.Variant == 0
	case *ir.If:
		return needy(e.Then) && needy(e.Else)
	case *ir.Let:
		return needy(e.Body)
	}
	return false
}

// needyValue is needy for literals. Numbers have the type int, whatever
// their literal's.
func needyValue(v ir.Value, t *ir.Type) bool {
	switch v := v.(type) {
	case ir.Int:
		return t.Kind == ir.RangeKind
	case ir.Bool, ir.Str, ir.Elem:
		return false
	case ir.SumValue:
		return v.Type.Option
	case ir.StructValue:
		return v.Type.IsTuple()
	}
	return true
}

// typed shows e with its type: as a name that has it.
func (p *printer) typed(e ir.Expr) shown {
	text := p.closed(e, e.Type())
	v := p.fresh("v")
	return atom("(let " + v + " " + p.typ(e.Type()) + " = " + guarded(text) + " in " + v + ")")
}

// fresh returns a name that nothing in scope has.
func (p *printer) fresh(name string) string {
	p.scoped(func() { name = p.bind(&ir.Local{Name: name}) })
	return name
}

// guarded keeps the `in` of an expression apart from the one of its let.
func guarded(text string) string {
	if strings.Contains(text, " in ") {
		return "(" + text + ")"
	}
	return text
}

// convert leaves conversions out. An exact printer keeps one that the place
// does not imply and that may fail.
func (p *printer) convert(e *ir.Convert, want *ir.Type) shown {
	if p.exact && want != e.T && !widens(e.X.Type(), e.T) {
		return p.typed(e)
	}
	if p.exact && want == e.T {
		// the place converts, so the operand may be what it likes
		if needy(e.X) {
			return p.typed(e.X)
		}
		return p.expr(e.X, nil)
	}
	return p.expr(e.X, want)
}

// widens reports whether every value of from is one of to.
func widens(from, to *ir.Type) bool {
	if from == to {
		return true
	}
	switch from.Kind {
	case ir.IntKind:
		return false
	case ir.RangeKind:
		return to.Kind == ir.IntKind || to.Kind == ir.RangeKind && to.Lo.Cmp(from.Lo) <= 0 && from.Hi.Cmp(to.Hi) <= 0
	case ir.SeqKind:
		if to.Max >= 0 && (from.Max < 0 || from.Max > to.Max) {
			return false
		}
	case ir.SumKind:
		return to.Option && widens(from.Elem, to.Elem)
	case ir.StructKind:
		for i, f := range from.Fields {
			if !widens(f.Type, to.Fields[i].Type) {
				return false
			}
		}
		return true
	}
	return (from.Key == nil || widens(from.Key, to.Key)) && widens(from.Elem, to.Elem)
}

func (p *printer) let(e *ir.Let, want *ir.Type) shown {
	typ := ""
	value := p.closed(e.Value, e.Local.Type)
	if p.exact {
		typ = " " + p.typ(e.Local.Type)
	}
	var s shown
	p.scoped(func() {
		head := "let " + p.bind(e.Local) + typ + " = " + guarded(value) + " in "
		s = shown{head + p.closed(e.Body, want), levelPostfix, true}
	})
	return s
}

func (p *printer) make(e *ir.Make) shown {
	fields := e.T.Fields
	head := p.names.of(e.T, e.T.Name)
	if e.T.Kind == ir.SumKind {
		fields = e.T.Variants[e.Variant].Fields
		head = p.variant(e.T, e.Variant)
	}
	if len(fields) == 0 && e.T.Kind == ir.SumKind {
		return atom(head)
	}
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		args[i] = p.closed(a, fields[i].Type)
	}
	return atom(head + "(" + strings.Join(args, ", ") + ")")
}

// variant is the name of variant i of t, with that of its enum where another
// thing has the same.
func (p *printer) variant(t *ir.Type, i int) string {
	name := t.Variants[i].Name
	if p.exact && !t.Option && p.names.shared(variantKey{t, i}, name) {
		return p.names.of(t, t.Name) + "." + name
	}
	return name
}

func (p *printer) withField(e *ir.WithField, want *ir.Type) shown {
	f := e.T.Fields[e.Index]
	if !e.T.IsTuple() {
		value := p.closed(e.Value, f.Type)
		return atom(p.operand(e.X, want, levelPostfix) + " with {" + f.Name + ": " + value + "}")
	}
	var s shown // a tuple is taken apart and put together
	p.scoped(func() {
		x := p.closed(e.X, e.T)
		l := p.bind(&ir.Local{Name: "t"})
		parts := make([]string, len(e.T.Fields))
		for i, f := range e.T.Fields {
			parts[i] = l + "." + f.Name
		}
		part := f.Type
		if want != e.T {
			part = nil
		}
		parts[e.Index] = p.closed(e.Value, part)
		typ := ""
		if p.exact {
			typ = " " + p.typ(e.T)
		}
		s = shown{"let " + l + typ + " = " + guarded(x) + " in (" + strings.Join(parts, ", ") + ")", levelPostfix, true}
	})
	return s
}

// is shows a test for a variant, or that it fails.
func (p *printer) is(e *ir.Is, negated bool) shown {
	t := e.X.Type()
	op := " == "
	if negated {
		op = " != "
	}
	switch {
	case t.Option:
		if e.Variant == 1 {
			op = map[string]string{" == ": " != ", " != ": " == "}[op]
		}
		return shown{p.operand(e.X, nil, levelRange) + op + "none", levelCompare, false}
	case len(t.Variants[e.Variant].Fields) == 0:
		return shown{p.operand(e.X, nil, levelRange) + op + p.variant(t, e.Variant), levelCompare, false}
	}
	yes, no := "true", "false"
	if negated {
		yes, no = no, yes
	}
	arms := p.pattern(t, e.Variant, nil) + " => " + yes
	if len(t.Variants) > 1 {
		arms += ", _ => " + no
	}
	return atom("match " + p.closed(e.X, nil) + " { " + arms + " }")
}

// pattern is a pattern for a variant; names has what its fields are bound to.
func (p *printer) pattern(t *ir.Type, variant int, bound map[int]string) string {
	name := p.variant(t, variant)
	fields := t.Variants[variant].Fields
	if len(fields) == 0 {
		return name
	}
	parts := make([]string, len(fields))
	for i := range fields {
		if parts[i] = bound[i]; parts[i] == "" {
			parts[i] = "_"
		}
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}

// payload shows a field of a variant. For a declared enum the language has
// only match, whose other arms must have a value: here one that fails.
func (p *printer) payload(e *ir.Payload) shown {
	if s, ok := p.wholeOld(e); ok {
		return s
	}
	t := e.X.Type()
	field := t.Variants[e.Variant].Fields[e.Index].Name
	if t.Option || !p.exact {
		return atom(p.operand(e.X, nil, levelPostfix) + "." + field)
	}
	var s shown
	p.scoped(func() {
		x := p.closed(e.X, nil)
		l := p.bind(&ir.Local{Name: field})
		arms := p.pattern(t, e.Variant, map[int]string{e.Index: l}) + " => " + l
		if len(t.Variants) > 1 {
			arms += ", _ => " + p.nothing(e.T)
		}
		s = atom("match " + x + " { " + arms + " }")
	})
	return s
}

// nothing is an expression of type t that is always an evaluation error.
func (p *printer) nothing(t *ir.Type) string {
	no := p.fresh("no")
	return "let " + no + " option[" + p.typ(t) + "] = none in " + no + ".value"
}

func (p *printer) actionPred(e *ir.ActionPred) shown {
	word := "enabled("
	if e.Taken {
		word = "taken("
	}
	text := p.names.of(e.Action, e.Action.Name)
	if !e.Any && len(e.Action.Params) > 0 {
		args := make([]string, len(e.Args))
		for i, a := range e.Args {
			args[i] = p.closed(a, e.Action.Params[i].Local.Type)
		}
		text += "(" + strings.Join(args, ", ") + ")"
	}
	return atom(word + text + ")")
}

// value shows a literal.
func (p *printer) value(v ir.Value, t *ir.Type) shown {
	switch v := v.(type) {
	case ir.Int:
		s := atom(ir.FormatAs(v, t))
		if v.Sign() < 0 {
			s.level = levelTight
		}
		return s
	case ir.Elem:
		return atom(p.elem(v))
	case ir.SumValue:
		return p.composite(p.variant(v.Type, v.Variant), v.Args, v.Type.Variants[v.Variant].Fields)
	case ir.StructValue:
		return p.composite(p.names.of(v.Type, v.Type.Name), v.Fields, v.Type.Fields)
	case ir.SetValue:
		return atom("{" + p.values(v.Elems, t.Elem) + "}")
	case ir.SeqValue:
		return atom("[" + p.values(v.Elems, t.Elem) + "]")
	case ir.BagValue:
		var all []ir.Value
		for i, e := range v.Elems {
			for range v.Counts[i] {
				all = append(all, e)
			}
		}
		return atom("{" + p.values(all, t.Elem) + "}")
	case ir.MapValue:
		return p.mapping(v, t)
	}
	return atom(ir.FormatAs(v, t))
}

// mapping shows a function or map. Where it must be read again, a function
// has a default: a list of keys would have to be all there are.
func (p *printer) mapping(v ir.MapValue, t *ir.Type) shown {
	var parts []string
	total := p.exact && t.Kind == ir.FuncKind && len(v.Vals) > 0
	if total {
		parts = append(parts, "_: "+p.value(v.Vals[0], t.Elem).text)
	}
	for i, k := range v.Keys {
		if !total || !ir.Equal(v.Vals[i], v.Vals[0]) {
			parts = append(parts, p.value(k, t.Key).text+": "+p.value(v.Vals[i], t.Elem).text)
		}
	}
	return atom("{" + strings.Join(parts, ", ") + "}")
}

func (p *printer) values(vs []ir.Value, t *ir.Type) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = p.value(v, t).text
	}
	return strings.Join(parts, ", ")
}

func (p *printer) composite(head string, vs []ir.Value, fields []ir.Field) shown {
	if len(vs) == 0 && head != "" {
		return atom(head)
	}
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = p.value(v, fields[i].Type).text
	}
	return atom(head + "(" + strings.Join(parts, ", ") + ")")
}

// elem shows an element of a sort: by its name where a model gives it one, by
// a constant in the text of a machine.
func (p *printer) elem(v ir.Elem) string {
	if p.exact && !p.inModel {
		return p.names.of(v, "?")
	}
	return v.Sort.Elems[v.Index]
}

// typ shows a type.
func (p *printer) typ(t *ir.Type) string {
	switch {
	case t.Kind == ir.SortKind:
		return p.names.of(t.Sort, t.Name)
	case t.Option:
		return "option[" + p.typ(t.Elem) + "]"
	case t.IsTuple():
		parts := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = p.typ(f.Type)
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case t.Kind == ir.SumKind, t.Kind == ir.StructKind:
		return p.names.of(t, t.Name)
	case t.Kind == ir.SetKind:
		return "set[" + p.typ(t.Elem) + "]"
	case t.Kind == ir.BagKind:
		return "bag[" + p.typ(t.Elem) + "]"
	case t.Kind == ir.FuncKind:
		return "[" + p.typ(t.Key) + "]" + p.typ(t.Elem)
	case t.Kind == ir.MapKind:
		return "map[" + p.typ(t.Key) + "]" + p.typ(t.Elem)
	case t.Kind == ir.SeqKind && t.Max >= 0:
		return "[.." + big.NewInt(int64(t.Max)).String() + "]" + p.typ(t.Elem)
	case t.Kind == ir.SeqKind:
		return "[]" + p.typ(t.Elem)
	}
	return t.String()
}
