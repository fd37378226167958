package gogen

import (
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// maxKeys is how many keys a total function may have: it is an array.
const maxKeys = 1 << 16

// value returns a value as a Go expression.
func (g *gen) value(v ir.Value, t *ir.Type, at source.Span) code {
	gt := g.typ(t)
	all := func(vs []ir.Value, t *ir.Type) string {
		parts := make([]string, len(vs))
		for i, v := range vs {
			parts[i] = g.value(v, t, at).text
		}
		return strings.Join(parts, ", ")
	}
	switch v := v.(type) {
	case ir.Bool:
		return primary(strconv.FormatBool(bool(v)))
	case ir.Int:
		return g.number(v, gt, at)
	case ir.Str:
		return primary(strconv.Quote(string(v)))
	case ir.Elem:
		return primary(g.element(gt, v.Index))
	case ir.SumValue:
		var args []string
		for i, a := range v.Args {
			args = append(args, g.value(a, t.Variants[v.Variant].Fields[i].Type, at).text)
		}
		return g.construct(t, v.Variant, args)
	case ir.StructValue:
		var args []string
		for i, f := range v.Fields {
			args = append(args, g.value(f, t.Fields[i].Type, at).text)
		}
		return g.construct(t, 0, args)
	case ir.SetValue:
		if len(v.Elems) == 0 {
			return primary(gt.name + "{}")
		}
		return primary("New" + gt.name + "(" + all(v.Elems, t.Elem) + ")")
	case ir.BagValue:
		var elems []ir.Value
		for i, e := range v.Elems {
			for range v.Counts[i] {
				elems = append(elems, e)
			}
		}
		return primary("New" + gt.name + "(" + all(elems, t.Elem) + ")")
	case ir.MapValue:
		if gt.kind == goFunc { // keys in canonical order, which is that of the array
			return primary(gt.name + "{" + all(v.Vals, t.Elem) + "}")
		}
		text := gt.name + "{}"
		for i, k := range v.Keys {
			text += ".With(" + g.value(k, t.Key, at).text + ", " + g.value(v.Vals[i], t.Elem, at).text + ")"
		}
		return primary(text)
	case ir.SeqValue:
		return primary(gt.name + "{" + all(v.Elems, t.Elem) + "}")
	}
	return primary(gt.zero())
}

// number returns an integer or duration.
func (g *gen) number(n ir.Int, t *goType, at source.Span) code {
	if !n.IsInt64() {
		g.numberTooLarge(at, n)
		return primary("0")
	}
	if t.kind == goDuration {
		return duration(n.Int64())
	}
	c := code{text: n.String(), prec: primaryPrec, untyped: true}
	if n.Sign() < 0 {
		c.prec = unaryPrec
	}
	return c
}

// durations are the units of package time, largest first.
var durations = []struct {
	name string
	nano int64
}{{"Hour", 3_600_000_000_000}, {"Minute", 60_000_000_000}, {"Second", 1_000_000_000},
	{"Millisecond", 1_000_000}, {"Microsecond", 1_000}}

func duration(n int64) code {
	for _, u := range durations {
		if n != 0 && n%u.nano == 0 {
			return code{text: strconv.FormatInt(n/u.nano, 10) + " * time." + u.name, prec: mulPrec}
		}
	}
	return callOf("time.Duration", strconv.FormatInt(n, 10))
}

// maxNamed is the size up to which the elements of a sort have constants.
const maxNamed = 64

// element returns element i of a sort.
func (g *gen) element(t *goType, i int) string {
	if names := g.elements(t); i < len(names) {
		return names[i]
	}
	return t.name + "(" + strconv.Itoa(i) + ")"
}

// elements returns the constants for the elements of a sort: the names that
// the model gives, after that of the sort.
func (g *gen) elements(t *goType) []string {
	if len(t.sort.Elems) > maxNamed {
		return nil
	}
	if old := g.elems[t]; old != nil {
		return old
	}
	names := []string{}
	for _, e := range t.sort.Elems {
		short := strings.TrimPrefix(e, t.sort.Name+".")
		if _, err := strconv.Atoi(short); err != nil {
			short = exported(short)
		}
		names = append(names, g.names.claim(t.name+short))
	}
	g.elems[t] = names
	return names
}

// constant returns the name of a constant of the spec.
func (g *gen) constant(c *ir.Const) string { return g.consts[c] }

// index is the position of a key in the array that a total function is.
func (g *gen) index(t *ir.Type, key code) string {
	switch gt := g.typ(t); gt.kind {
	case goSort, goEnum:
		return key.text
	case goBool:
		return "indexBool(" + key.text + ")"
	case goInt:
		if t.Lo.Sign() == 0 {
			return key.text
		}
		if t.Lo.Sign() < 0 {
			return key.at(addPrec) + "+" + strings.TrimPrefix(t.Lo.String(), "-")
		}
		return key.at(addPrec) + "-" + t.Lo.String()
	}
	return g.indexer(t) + "(" + key.text + ")"
}
