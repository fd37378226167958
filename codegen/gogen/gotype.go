package gogen

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// goType is a Go type of the generated package. Types of the spec that differ
// only in the ranges of integers or the longest lengths of sequences share one;
// what they differ in is checked by code.
type goType struct {
	kind goKind
	name string // as written in Go

	elem, key *goType
	fields    []goField // of a struct, or of all variants of a sum
	variants  []goVariant
	sort      *ir.Sort
	spec      *ir.Type // one of the types of the spec that it stands for
	count     string   // of a sort or enum: the constant with the number of values
}

type goKind int

const (
	goBool goKind = iota
	goInt
	goString
	goDuration
	goSort
	goEnum // a sum without payloads
	goSum
	goOption
	goStruct
	goSet
	goBag
	goFunc
	goMap
	goSeq
)

type goField struct {
	name string
	typ  *goType
	of   []string // the variants that have it
}

type goVariant struct {
	name   string   // in the spec
	tag    string   // the constant
	build  string   // the constructor; of a goEnum the constant
	fields []string // of the Go struct, in order
	types  []*goType
}

// isOrdered reports whether values are compared with < in Go.
func (t *goType) isOrdered() bool {
	return t.kind == goInt || t.kind == goString || t.kind == goDuration || t.kind == goSort || t.kind == goEnum
}

// isComparable reports whether == of Go is equality of values.
func (t *goType) isComparable() bool {
	switch t.kind {
	case goSet, goBag, goMap, goSeq:
		return false
	case goOption, goFunc:
		return t.elem.isComparable()
	}
	for _, f := range t.fields {
		if !f.typ.isComparable() {
			return false
		}
	}
	return true
}

// compare is the function that orders two values.
func (t *goType) compare() string {
	switch {
	case t.kind == goBool:
		return "compareBool"
	case t.isOrdered():
		return "cmp.Compare[" + t.name + "]"
	}
	return t.name + ".Compare"
}

// compared orders two values.
func (t *goType) compared(a, b string) string {
	switch {
	case t.kind == goBool:
		return "compareBool(" + a + ", " + b + ")"
	case t.isOrdered():
		return "cmp.Compare(" + a + ", " + b + ")"
	}
	return a + ".Compare(" + b + ")"
}

// equal is the condition that two values are the same.
func (t *goType) equal(a, b code) code {
	if t.isComparable() {
		return code{text: a.at(addPrec) + " == " + b.at(addPrec), prec: comparePrec}
	}
	return code{text: a.at(primaryPrec) + ".Compare(" + b.text + ") == 0", prec: comparePrec}
}

// show writes a value as the spec does.
func (t *goType) show(x string) string {
	switch t.kind {
	case goBool:
		return "strconv.FormatBool(" + x + ")"
	case goInt:
		return "strconv.FormatInt(" + x + ", 10)"
	case goString:
		return "strconv.Quote(" + x + ")"
	}
	return x + ".String()"
}

// zero is the zero value.
func (t *goType) zero() string {
	switch t.kind {
	case goBool:
		return "false"
	case goString:
		return `""`
	case goSeq:
		return "nil"
	case goInt, goDuration, goSort, goEnum:
		return "0"
	}
	return t.name + "{}"
}

// base is what names of types that are made from t are made of.
func (t *goType) base() string {
	switch t.kind {
	case goBool:
		return "Bool"
	case goInt:
		return "Int"
	case goString:
		return "String"
	case goDuration:
		return "Duration"
	}
	return t.name
}

// typ returns the Go type for a type of the spec.
func (g *gen) typ(t *ir.Type) *goType {
	if old := g.byType[t]; old != nil {
		return old
	}
	gt := &goType{spec: t}
	switch t.Kind {
	case ir.BoolKind:
		gt.kind, gt.name = goBool, "bool"
	case ir.IntKind, ir.RangeKind:
		gt.kind, gt.name = goInt, "int64"
	case ir.StringKind:
		gt.kind, gt.name = goString, "string"
	case ir.DurationKind, ir.InstantKind:
		gt.kind, gt.name = goDuration, "time.Duration"
	case ir.SortKind:
		gt.kind, gt.name, gt.sort = goSort, t.Sort.Name, t.Sort
	case ir.SumKind:
		gt.kind, gt.name = goSum, t.Name
		if t.Option {
			gt.kind, gt.elem = goOption, g.typ(t.Elem)
			gt.name = "Opt" + gt.elem.base()
		}
	case ir.StructKind:
		gt.kind, gt.name = goStruct, t.Name
		if t.IsTuple() {
			gt.name = "Tuple"
			for _, f := range t.Fields {
				gt.name += g.typ(f.Type).base()
			}
		}
	case ir.SetKind:
		gt.kind, gt.elem = goSet, g.typ(t.Elem)
		gt.name = gt.elem.base() + "Set"
	case ir.BagKind:
		gt.kind, gt.elem = goBag, g.typ(t.Elem)
		gt.name = gt.elem.base() + "Bag"
	case ir.SeqKind:
		gt.kind, gt.elem = goSeq, g.typ(t.Elem)
		gt.name = gt.elem.base() + "Seq"
	case ir.MapKind:
		gt.kind, gt.key, gt.elem = goMap, g.typ(t.Key), g.typ(t.Elem)
		gt.name = gt.key.base() + gt.elem.base() + "Map"
	case ir.FuncKind:
		gt.kind, gt.key, gt.elem = goFunc, g.typ(t.Key), g.typ(t.Elem)
		gt.name = gt.elem.base() + "By" + gt.key.base()
		if t.Key.Kind == ir.RangeKind {
			gt.name = gt.elem.base() + "By" + rangeName(t.Key)
		}
	}
	return g.declare(t, gt)
}

func rangeName(t *ir.Type) string {
	return strings.ReplaceAll(fmt.Sprintf("%sTo%s", t.Lo, t.Hi), "-", "Neg")
}

// declare makes a type known under the structure that it has in Go, with a
// name of its own.
func (g *gen) declare(t *ir.Type, gt *goType) *goType {
	key := structure(t)
	if old := g.byKey[key]; old != nil {
		g.byType[t] = old
		return old
	}
	g.byType[t], g.byKey[key] = gt, gt
	switch gt.kind {
	case goBool, goInt, goString, goDuration:
		return gt
	}
	gt.name = g.names.claim(exported(gt.name), exported(gt.name)+"Type")
	g.types = append(g.types, gt)
	switch gt.kind {
	case goSort:
		gt.count = g.names.claim("Num" + gt.name)
	case goSum:
		g.declareSum(gt)
	case goStruct:
		scope := names{"Compare": true, "String": true, "Valid": true}
		for _, f := range t.Fields {
			name := exported(f.Name)
			if t.IsTuple() {
				name = "F" + f.Name
			}
			gt.fields = append(gt.fields, goField{name: scope.claim(name, name+"Field"), typ: g.typ(f.Type)})
		}
	case goOption:
		gt.count = g.names.claim("Some" + gt.elem.base())
		gt.fields = []goField{{name: "Some", typ: g.typ(g.sys.Types.Bool())}, {name: "Value", typ: gt.elem}}
	case goFunc:
		if n, ok := ir.Card(t.Key); !ok || !n.IsInt64() || n.Int64() > maxKeys {
			g.tooManyKeys(t)
		}
	}
	return gt
}

// structure is the same for types that are one in Go.
func structure(t *ir.Type) string {
	list := func(open string, fields []ir.Field) string {
		for i, f := range fields {
			if i > 0 {
				open += ", "
			}
			open += structure(f.Type)
		}
		return open + ")"
	}
	switch t.Kind {
	case ir.IntKind, ir.RangeKind:
		return "int"
	case ir.DurationKind, ir.InstantKind:
		return "duration"
	case ir.SortKind:
		return "sort " + t.Sort.Name
	case ir.SumKind:
		if t.Option {
			return "option[" + structure(t.Elem) + "]"
		}
		return "enum " + t.Name
	case ir.StructKind:
		if t.IsTuple() {
			return list("(", t.Fields)
		}
		return "struct " + t.Name
	case ir.SetKind:
		return "set[" + structure(t.Elem) + "]"
	case ir.BagKind:
		return "bag[" + structure(t.Elem) + "]"
	case ir.SeqKind:
		return "[]" + structure(t.Elem)
	case ir.MapKind:
		return "map[" + structure(t.Key) + "]" + structure(t.Elem)
	case ir.FuncKind: // the key is the layout
		return "[" + t.Key.String() + "]" + structure(t.Elem)
	}
	return t.String()
}

// declareSum names the variants of an enum: as in the spec where that name is
// free and begins like an exported one, else with the name of the enum before.
func (g *gen) declareSum(gt *goType) {
	gt.kind = goEnum
	for _, v := range gt.spec.Variants {
		if len(v.Fields) > 0 {
			gt.kind = goSum
		}
	}
	if gt.kind == goEnum {
		gt.count = g.names.claim("Num" + gt.name)
	}
	scope := names{"Tag": true, "Compare": true, "String": true, "Valid": true}
	for _, v := range gt.spec.Variants {
		long := gt.name + exported(v.Name)
		gv := goVariant{name: v.Name}
		if v.Name == exported(v.Name) && !g.clashes[v.Name] {
			gv.build = g.names.claim(v.Name, long)
		} else {
			gv.build = g.names.claim(long)
		}
		gv.tag = gv.build
		if gt.kind == goSum {
			gv.tag = g.names.claim(long, gt.name+"Is"+exported(v.Name))
		}
		for _, f := range v.Fields {
			g.addField(gt, scope, &gv, v.Name, f)
		}
		gt.variants = append(gt.variants, gv)
	}
}

// addField gives a field of a variant a place in the Go struct: the one that
// another variant has under the same name and type, or a new one.
func (g *gen) addField(gt *goType, scope names, gv *goVariant, variant string, f ir.Field) {
	typ, name := g.typ(f.Type), exported(f.Name)
	gv.types = append(gv.types, typ)
	for i, old := range gt.fields {
		if old.name == name && old.typ == typ {
			gt.fields[i].of = append(gt.fields[i].of, variant)
			gv.fields = append(gv.fields, name)
			return
		}
	}
	name = scope.claim(name, exported(variant)+name)
	gt.fields = append(gt.fields, goField{name: name, typ: typ, of: []string{variant}})
	gv.fields = append(gv.fields, name)
}
