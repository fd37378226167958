// Package itf writes and reads traces in the Informal Trace Format of the
// Apalache model checker: JSON with a convention for sets, tuples, functions
// and big integers. The format is ADR 15 of Apalache,
// https://apalache-mc.org/docs/adr/015adr-trace.html.
//
// Values of the language are written so:
//
//   - bool, string: the same in JSON
//   - every integer, duration (in nanoseconds) and instant: {"#bigint": "3"}
//   - an element of a sort: its name, as a string
//   - a variant of an enum in which no variant has a payload: its name, as a
//     string; any other sum: {"tag": name, "value": v}, where v is the payload,
//     {"#tup": [...]} of several, and {"#tup": []} of none
//   - struct: an object; tuple: {"#tup": [...]}
//   - set: {"#set": [...]}; bag: {"#map": [[element, count], ...]}
//   - function and map: {"#map": [[key, value], ...]}
//   - sequence: an array
package itf

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/spec-lang/spec/ir"
)

// maxExact is the largest integer that every reader of JSON keeps exactly.
const maxExact = 1<<53 - 1

// Encode returns v, of type t, in the encoding of the package. With plain,
// integers that every reader of JSON keeps exactly are written as numbers.
func Encode(t *ir.Type, v ir.Value, plain bool) json.RawMessage {
	e := encoder{plain: plain}
	e.value(t, v)
	return e.b.Bytes()
}

type encoder struct {
	b     bytes.Buffer
	plain bool
}

func (e *encoder) text(s string) {
	quoted, err := json.Marshal(s)
	if err != nil {
		quoted = []byte(strconv.Quote(s)) // cannot happen: strings marshal
	}
	e.b.Write(quoted)
}

func (e *encoder) value(t *ir.Type, v ir.Value) {
	switch v := v.(type) {
	case nil: // of a state that a failing step left unfinished
		e.b.WriteString("null")
	case ir.Bool:
		e.b.WriteString(strconv.FormatBool(bool(v)))
	case ir.Int:
		if e.plain && v.IsInt64() && v.Int64() <= maxExact && v.Int64() >= -maxExact {
			e.b.WriteString(v.String())
			return
		}
		e.b.WriteString(`{"#bigint":"` + v.String() + `"}`)
	case ir.Str:
		e.text(string(v))
	case ir.Elem:
		e.text(v.Sort.Elems[v.Index])
	case ir.SumValue:
		e.sum(t, v)
	case ir.StructValue:
		e.structure(t, v)
	case ir.SetValue:
		e.wrapped("#set", len(v.Elems), func(i int) { e.value(t.Elem, v.Elems[i]) })
	case ir.BagValue:
		e.wrapped("#map", len(v.Elems), func(i int) {
			e.pair(func() { e.value(t.Elem, v.Elems[i]) }, func() { e.value(nil, ir.NewInt(int64(v.Counts[i]))) })
		})
	case ir.MapValue:
		e.wrapped("#map", len(v.Keys), func(i int) {
			e.pair(func() { e.value(t.Key, v.Keys[i]) }, func() { e.value(t.Elem, v.Vals[i]) })
		})
	case ir.SeqValue:
		e.list(len(v.Elems), func(i int) { e.value(t.Elem, v.Elems[i]) })
	}
}

func (e *encoder) list(n int, item func(int)) {
	e.b.WriteByte('[')
	for i := range n {
		if i > 0 {
			e.b.WriteByte(',')
		}
		item(i)
	}
	e.b.WriteByte(']')
}

func (e *encoder) wrapped(tag string, n int, item func(int)) {
	e.b.WriteString(`{"` + tag + `":`)
	e.list(n, item)
	e.b.WriteByte('}')
}

func (e *encoder) pair(key, val func()) {
	e.list(2, func(i int) {
		if i == 0 {
			key()
			return
		}
		val()
	})
}

func (e *encoder) sum(t *ir.Type, v ir.SumValue) {
	variant := t.Variants[v.Variant]
	if !hasPayload(t) {
		e.text(variant.Name)
		return
	}
	e.b.WriteString(`{"tag":`)
	e.text(variant.Name)
	e.b.WriteString(`,"value":`)
	if len(v.Args) == 1 {
		e.value(variant.Fields[0].Type, v.Args[0])
	} else {
		e.wrapped("#tup", len(v.Args), func(i int) { e.value(variant.Fields[i].Type, v.Args[i]) })
	}
	e.b.WriteByte('}')
}

func hasPayload(t *ir.Type) bool {
	for _, v := range t.Variants {
		if len(v.Fields) > 0 {
			return true
		}
	}
	return false
}

func (e *encoder) structure(t *ir.Type, v ir.StructValue) {
	if t.IsTuple() {
		e.wrapped("#tup", len(v.Fields), func(i int) { e.value(t.Fields[i].Type, v.Fields[i]) })
		return
	}
	e.b.WriteByte('{')
	for i, f := range t.Fields {
		if i > 0 {
			e.b.WriteByte(',')
		}
		e.text(f.Name)
		e.b.WriteByte(':')
		e.value(f.Type, v.Fields[i])
	}
	e.b.WriteByte('}')
}

// Object writes the fields of a JSON object in the order they are added.
type Object struct{ b bytes.Buffer }

// Add adds a field.
func (o *Object) Add(name string, v json.RawMessage) {
	if o.b.Len() > 0 {
		o.b.WriteByte(',')
	}
	e := encoder{}
	e.text(name)
	o.b.Write(e.b.Bytes())
	o.b.WriteByte(':')
	o.b.Write(v)
}

// JSON returns the object.
func (o *Object) JSON() json.RawMessage {
	return append(append([]byte{'{'}, o.b.Bytes()...), '}')
}

// Args returns the arguments of an action by parameter.
func Args(a *ir.Action, args []ir.Value, plain bool) json.RawMessage {
	var o Object
	for i, v := range args {
		p := a.Params[i].Local
		o.Add(p.Name, Encode(p.Type, v, plain))
	}
	return o.JSON()
}
