package gogen

import (
	"math/big"
	"strconv"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// listAll returns the name of the function that lists all values of a type in
// canonical order, and sees to it that it is written.
func (g *gen) listAll(t *ir.Type, at source.Span) string {
	if name := g.lists[t]; name != "" {
		return name
	}
	n, ok := ir.Card(t)
	if !ok || n.Cmp(big.NewInt(ir.MaxElems)) > 0 {
		g.tooManyValues(at, t)
		return "nil"
	}
	gt := g.typ(t)
	name := "all" + gt.base()
	if t.Kind == ir.RangeKind {
		name = "all" + rangeName(t)
	}
	name = g.names.claim(name)
	g.lists[t] = name
	body := &printer{}
	g.listBody(body, t, gt, at)
	p := &g.helpers
	p.blank()
	p.comment(name + " lists the values of " + t.String() + " in canonical order.")
	p.line("func %s() []%s {", name, gt.name)
	p.text.WriteString(body.String())
	p.line("}")
	return name
}

func (g *gen) listBody(p *printer, t *ir.Type, gt *goType, at source.Span) {
	switch gt.kind {
	case goBool:
		p.line("return []bool{false, true}")
		return
	case goSet:
		p.line("return New%s(%s()...).subsetList()", gt.name, g.listAll(t.Elem, at))
		return
	case goFunc:
		p.line("out := []%s{{}}", gt.name)
		p.line("for i := range len(out[0]) {")
		p.line("var longer []%s", gt.name)
		p.line("for _, f := range out {")
		p.line("for _, v := range %s() {", g.listAll(t.Elem, at))
		p.line("f[i] = v")
		p.line("longer = append(longer, f)")
		p.line("}\n}\nout = longer\n}\nreturn out")
		return
	case goMap:
		p.line("return %s{}.assignments(%s(), %s())", gt.name, g.listAll(t.Key, at), g.listAll(t.Elem, at))
		return
	case goSeq:
		p.line("return %s{}.words(%s(), %s)", gt.name, g.listAll(t.Elem, at), strconv.Itoa(t.Max))
		return
	}
	p.line("var out []%s", gt.name)
	switch gt.kind {
	case goSort, goEnum:
		p.line("for x := range %s {", gt.count)
		p.line("out = append(out, x)\n}")
	case goInt:
		i := typeInterval(t)
		p.line("for x := int64(%s); x <= %s; x++ {", i.lo.String(), i.hi.String())
		p.line("out = append(out, x)\n}")
	case goOption, goSum:
		for i, v := range t.Variants {
			g.listRows(p, t, i, v.Fields, at)
		}
	case goStruct:
		g.listRows(p, t, 0, t.Fields, at)
	}
	p.line("return out")
}

// listRows writes nested loops over the fields of a struct or variant.
func (g *gen) listRows(p *printer, t *ir.Type, variant int, fields []ir.Field, at source.Span) {
	var args []string
	for i, f := range fields {
		x := "x" + strconv.Itoa(i+1)
		args = append(args, x)
		p.line("for _, %s := range %s() {", x, g.listAll(f.Type, at))
	}
	p.line("out = append(out, %s)", g.construct(t, variant, args).text)
	for range fields {
		p.line("}")
	}
}

// indexer returns the name of the function that gives the position of a key
// in canonical order.
func (g *gen) indexer(t *ir.Type) string {
	if name := g.indexers[t]; name != "" {
		return name
	}
	gt := g.typ(t)
	name := g.names.claim("index" + gt.base())
	g.indexers[t] = name
	body := &printer{}
	g.indexBody(body, t, gt)
	p := &g.helpers
	p.blank()
	p.comment(name + " is the position of x among the values of " + t.String() + ".")
	p.line("func %s(x %s) int {", name, gt.name)
	p.text.WriteString(body.String())
	p.line("}")
	return name
}

// indexBody computes a mixed radix number for structs and sums, and looks
// other keys up.
func (g *gen) indexBody(p *printer, t *ir.Type, gt *goType) {
	fields := func(fields []ir.Field, names []string) string {
		text := "0"
		for i, f := range fields {
			n, _ := ir.Card(f.Type)
			part := "int(" + g.index(f.Type, primary("x."+names[i])) + ")"
			if text == "0" {
				text = part
			} else {
				text = "(" + text + ")*" + n.String() + " + " + part
			}
		}
		return text
	}
	switch gt.kind {
	case goStruct:
		var names []string
		for _, f := range gt.fields {
			names = append(names, f.name)
		}
		p.line("return %s", fields(t.Fields, names))
	case goOption:
		p.line("if !x.Some {\nreturn 0\n}")
		p.line("return 1 + int(%s)", g.index(t.Elem, primary("x.Value")))
	case goSum:
		p.line("switch x.Tag {")
		from := new(big.Int)
		for i, v := range t.Variants {
			p.line("case %s:", gt.variants[i].tag)
			p.line("return %s + %s", from.String(), fields(v.Fields, gt.variants[i].fields))
			one := big.NewInt(1)
			for _, f := range v.Fields {
				n, _ := ir.Card(f.Type)
				one.Mul(one, n)
			}
			from.Add(from, one)
		}
		p.line("}\nreturn 0")
	default:
		p.line("i, _ := slices.BinarySearchFunc(%s(), x, %s)", g.listAll(t, g.span()), gt.compare())
		p.line("return i")
	}
}
