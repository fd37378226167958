package report

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Show returns a value of type t as people write it: as in the language, with
// a function that is the same everywhere as `{_: v}`.
func Show(t *ir.Type, v ir.Value) string {
	switch v := v.(type) {
	case nil:
		return "(no value yet)"
	case ir.MapValue:
		return showMap(t, v)
	}
	return ir.FormatAs(v, t)
}

func showMap(t *ir.Type, m ir.MapValue) string {
	if t.Kind == ir.FuncKind && len(m.Vals) > 1 && uniform(m.Vals) {
		return "{_: " + Show(t.Elem, m.Vals[0]) + "}"
	}
	parts := make([]string, len(m.Keys))
	for i, k := range m.Keys {
		parts[i] = Show(t.Key, k) + ": " + Show(t.Elem, m.Vals[i])
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func uniform(vs []ir.Value) bool {
	for _, v := range vs[1:] {
		if !ir.Equal(v, vs[0]) {
			return false
		}
	}
	return true
}
