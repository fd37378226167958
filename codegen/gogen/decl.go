package gogen

import (
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// declaration writes the declaration of a type with its methods.
func (g *gen) declaration(p *printer, t *goType) {
	p.blank()
	switch t.kind {
	case goSort:
		g.sortDecl(p, t)
	case goEnum:
		g.enumDecl(p, t)
	case goSum:
		g.sumDecl(p, t)
	case goOption:
		p.text.WriteString(t.instance(optionSource))
	case goStruct:
		g.structDecl(p, t)
	case goSet:
		p.text.WriteString(t.instance(setSource))
	case goBag:
		p.text.WriteString(t.instance(bagSource))
	case goMap:
		p.text.WriteString(t.instance(mapSource))
	case goSeq:
		p.text.WriteString(t.instance(seqSource))
	case goFunc:
		g.funcDecl(p, t)
	}
}

// instance puts the names of t into the source of a kind of collection.
func (t *goType) instance(src string) string {
	elem, key := t.elem, t.key
	if key == nil {
		key = elem
	}
	return strings.NewReplacer(
		"$T", t.name, "$Some", t.count, "$E", elem.name, "$K", key.name, "$spec", t.spec.String(),
		"$cmpE", elem.compare(), "$cmpK", key.compare(), "$showE(x)", elem.show("x"), "$showK(k)", key.show("k"),
		"$showE(o.Value)", elem.show("o.Value"), "$compareE(a, b)", elem.compared("a", "b"),
		"$compareE(o.Value, p.Value)", elem.compared("o.Value", "p.Value"),
		"$eqE(x, y)", elem.equal(primary("x"), primary("y")).text,
	).Replace(src)
}

// integerDecl writes what sorts and enums have in common: a type that counts
// its values, and their names.
func (g *gen) integerDecl(p *printer, t *goType, constants, display []string, count string) {
	p.line("type %s int", t.name)
	p.blank()
	p.comment("The values of " + t.name + ".")
	p.line("const (")
	for i, c := range constants {
		if i == 0 {
			p.line("%s %s = iota", c, t.name)
			continue
		}
		p.line("%s", c)
	}
	p.line(")")
	p.blank()
	p.comment(t.count + " is how many values " + t.name + " has.")
	p.line("const %s %s = %s", t.count, t.name, count)
	p.blank()
	p.comment("Valid reports whether x is one of the values of " + t.name + ".")
	p.line("func (x %s) Valid() bool { return 0 <= x && x < %s }", t.name, t.count)
	p.blank()
	p.comment("String returns the name that the spec gives x.")
	p.line("func (x %s) String() string {", t.name)
	p.line("if !x.Valid() {")
	p.line("return %s + strconv.Itoa(int(x)) + %s", strconv.Quote(t.name+"("), strconv.Quote(")"))
	p.line("}")
	quoted := make([]string, len(display))
	for i, d := range display {
		quoted[i] = strconv.Quote(d)
	}
	p.line("return [...]string{%s}[x]", strings.Join(quoted, ", "))
	p.line("}")
}

func (g *gen) sortDecl(p *printer, t *goType) {
	n := strconv.Itoa(len(t.sort.Elems))
	kind := map[ir.Order]string{ir.Unordered: "sort", ir.Ordered: "ordered sort", ir.Ring: "ring"}[t.sort.Order]
	p.comment(t.name + " is an element of the " + kind + " " + t.sort.Name + ", which has " + n + ".")
	g.integerDecl(p, t, g.elements(t), t.sort.Elems, n)
	if t.sort.Order == ir.Ring { // the next one is written in place
		return
	}
	p.blank()
	p.text.WriteString(strings.NewReplacer("$T", t.name, "$N", t.count).Replace(`
func (x $T) neighbour(e *fault, by $T, pos string) $T {
	if y := x + by; y.Valid() {
		return y
	}
	e.fail(NoNeighbour, pos)
	return x
}
`))
}

func (g *gen) enumDecl(p *printer, t *goType) {
	p.comment(t.name + " is the enum " + t.spec.Name + ".")
	var constants, display []string
	for _, v := range t.variants {
		constants, display = append(constants, v.build), append(display, v.name)
	}
	g.integerDecl(p, t, constants, display, strconv.Itoa(len(t.variants)))
}

// sumDecl writes an enum with payloads: a struct with a tag and the fields of
// all variants, of which those of the other variants are zero.
func (g *gen) sumDecl(p *printer, t *goType) {
	tag := g.names.claim(t.name + "Tag")
	p.comment(tag + " says which variant a " + t.name + " is.")
	p.line("type %s int", tag)
	p.blank()
	p.comment("The variants of " + t.name + ".")
	p.line("const (")
	for i, v := range t.variants {
		if i == 0 {
			p.line("%s %s = iota", v.tag, tag)
		} else {
			p.line("%s", v.tag)
		}
	}
	p.line(")")
	p.blank()
	p.comment(t.name + " is the enum " + t.spec.Name + ". Build one with its constructors: the fields of other variants are zero.")
	p.line("type %s struct {", t.name)
	p.line("Tag %s", tag)
	for _, f := range t.fields {
		p.line("%s %s // of %s", f.name, f.typ.name, strings.Join(f.of, ", "))
	}
	p.line("}")
	for _, v := range t.variants {
		g.constructor(p, t, v)
	}
	g.sumMethods(p, t, tag)
}

func (g *gen) constructor(p *printer, t *goType, v goVariant) {
	scope := locals()
	params, values := make([]string, len(v.fields)), []string{"Tag: " + v.tag}
	for i, name := range v.fields {
		x := scope.claimLocal(name)
		params[i] = x + " " + v.types[i].name
		values = append(values, name+": "+x)
	}
	p.blank()
	p.comment(v.build + " returns the " + t.name + " " + v.name + ".")
	p.line("func %s(%s) %s { return %s{%s} }", v.build, strings.Join(params, ", "), t.name, t.name, strings.Join(values, ", "))
}

func (g *gen) sumMethods(p *printer, t *goType, tag string) {
	p.blank()
	p.comment("Compare orders by variant, then by payload.")
	p.line("func (x %s) Compare(y %s) int {", t.name, t.name)
	p.line("if x.Tag != y.Tag {\nreturn cmp.Compare(x.Tag, y.Tag)\n}\nswitch x.Tag {")
	for _, v := range t.variants {
		if len(v.fields) > 0 {
			p.line("case %s:\nreturn %s", v.tag, comparison(v.fields, v.types))
		}
	}
	p.line("}\nreturn 0\n}")
	p.blank()
	p.comment("Valid reports whether x is a value of the enum.")
	p.line("func (x %s) Valid() bool {\nswitch x.Tag {", t.name)
	for i, v := range t.variants {
		all := primary("true")
		for j, name := range v.fields {
			all = join(all, g.fits(primary("x."+name), nil, t.spec.Variants[i].Fields[j].Type), true)
		}
		p.line("case %s:\nreturn %s", v.tag, all.text)
	}
	p.line("}\nreturn false\n}")
	p.blank()
	p.comment("String returns x as the spec writes it.")
	p.line("func (x %s) String() string {\nswitch x.Tag {", t.name)
	for _, v := range t.variants {
		text := strconv.Quote(v.name)
		for j, name := range v.fields {
			sep := ", "
			if j == 0 {
				sep, text = "(", strings.TrimSuffix(text, `"`)+`("`
				text += " + " + v.types[j].show("x."+name)
				continue
			}
			text += " + " + strconv.Quote(sep) + " + " + v.types[j].show("x."+name)
		}
		if len(v.fields) > 0 {
			text += ` + ")"`
		}
		p.line("case %s:\nreturn %s", v.tag, text)
	}
	p.line("}\nreturn %s + strconv.Itoa(int(x.Tag)) + %s\n}", strconv.Quote(t.name+"("), strconv.Quote(")"))
	p.blank()
	p.line("func (x %s) as(e *fault, tag %s, pos string) %s {", t.name, tag, t.name)
	p.line("if x.Tag != tag {\ne.fail(WrongVariant, pos)\n}\nreturn x\n}")
}

// comparison orders x and y by some fields, the first of which that differs
// decides.
func comparison(fields []string, types []*goType) string {
	parts := make([]string, len(fields))
	for i, name := range fields {
		parts[i] = types[i].compared("x."+name, "y."+name)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "cmp.Or(" + strings.Join(parts, ", ") + ")"
}

func (g *gen) structDecl(p *printer, t *goType) {
	what := "the struct " + t.spec.Name
	if t.spec.IsTuple() {
		what = "the tuple " + t.spec.String()
	}
	p.comment(t.name + " is " + what + ".")
	p.line("type %s struct {", t.name)
	var fields []string
	var types []*goType
	shown := strconv.Quote(t.spec.Name + "(")
	for i, f := range t.fields {
		p.line("%s %s", f.name, f.typ.name)
		fields, types = append(fields, f.name), append(types, f.typ)
		label := t.spec.Fields[i].Name + ": "
		if t.spec.IsTuple() {
			label = ""
		}
		if i > 0 {
			label = ", " + label
		}
		if label != "" {
			shown += " + " + strconv.Quote(label)
		}
		shown += " + " + f.typ.show("x."+f.name)
	}
	p.line("}")
	p.blank()
	p.comment("Compare orders by the fields in turn.")
	if len(fields) == 0 {
		p.line("func (x %s) Compare(%s) int { return 0 }", t.name, t.name)
	} else {
		p.line("func (x %s) Compare(y %s) int { return %s }", t.name, t.name, comparison(fields, types))
	}
	p.blank()
	p.comment("String returns x as the spec writes it.")
	p.line("func (x %s) String() string { return %s }", t.name, shown+` + ")"`)
}

func (g *gen) funcDecl(p *printer, t *goType) {
	n, _ := ir.Card(t.spec.Key)
	size := n.String()
	if t.key.kind == goSort || t.key.kind == goEnum {
		size = t.key.count
	}
	src := strings.ReplaceAll(funcSource, "$N", size)
	how := "the position of the key among the values of " + t.spec.Key.String()
	switch t.key.kind {
	case goSort, goEnum:
		how = "the key"
	case goInt:
		if how = "the key"; t.spec.Key.Lo.Sign() != 0 {
			how += " less " + t.spec.Key.Lo.String()
		}
	}
	src = strings.ReplaceAll(src, "$how", how)
	key := strings.ReplaceAll(g.keyAt(t.spec.Key, t.key), "$K", t.key.name)
	src = strings.ReplaceAll(src, "$keyAt", key)
	p.text.WriteString(t.instance(src))
}

// keyAt writes the key at position i.
func (g *gen) keyAt(t *ir.Type, k *goType) string {
	switch k.kind {
	case goSort, goEnum:
		return k.show("$K(i)")
	case goBool:
		return k.show("i == 1")
	case goInt:
		if t.Lo.Sign() == 0 {
			return k.show("int64(i)")
		}
		return k.show("int64(i)+" + t.Lo.String())
	}
	return k.show(g.listAll(t, g.span()) + "()[i]")
}
