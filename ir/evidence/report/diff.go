package report

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// ChangeKind is what happened to a place of the state.
type ChangeKind int

// Kinds of change.
const (
	Set     ChangeKind = iota + 1 // From became To
	Added                         // To came into a set, bag or map, or to the end of a sequence
	Removed                       // From went out of a set, bag or map, or from the front of a sequence
)

// Change is one place of the state that a step gave another value. Type is
// that of From and To.
type Change struct {
	Var  *ir.Var
	Path string // "vote[RM.1]"
	Kind ChangeKind
	Key  string // of a map entry that was added or removed
	Type *ir.Type
	From ir.Value
	To   ir.Value
}

// Diff returns what differs between two states, in the order of the variables.
// A state without values, of a step that failed, differs in nothing.
func Diff(sys *ir.System, before, after []ir.Value) []Change {
	var out []Change
	if len(before) != len(after) {
		return nil
	}
	for _, v := range sys.Vars {
		if before[v.Index] == nil || after[v.Index] == nil {
			continue // the step failed before this variable had a value
		}
		d := differ{v: v, out: &out}
		d.diff(v.Name, v.Type, before[v.Index], after[v.Index])
	}
	return out
}

type differ struct {
	v   *ir.Var
	out *[]Change
}

func (d differ) add(c Change) {
	c.Var = d.v
	*d.out = append(*d.out, c)
}

func (d differ) diff(path string, t *ir.Type, a, b ir.Value) {
	if ir.Equal(a, b) {
		return
	}
	switch a := a.(type) {
	case ir.StructValue:
		for i, f := range t.Fields {
			d.diff(path+"."+f.Name, f.Type, a.Fields[i], b.(ir.StructValue).Fields[i])
		}
	case ir.SetValue:
		d.elements(path, t.Elem, a.Elems, b.(ir.SetValue).Elems)
	case ir.BagValue:
		d.elements(path, t.Elem, occurrences(a), occurrences(b.(ir.BagValue)))
	case ir.MapValue:
		d.entries(path, t, a, b.(ir.MapValue))
	case ir.SeqValue:
		d.sequence(path, t, a, b.(ir.SeqValue))
	default:
		d.add(Change{Path: path, Kind: Set, Type: t, From: a, To: b})
	}
}

// elements merges two sorted lists.
func (d differ) elements(path string, t *ir.Type, a, b []ir.Value) {
	for len(a) > 0 || len(b) > 0 {
		order := 0
		switch {
		case len(a) == 0:
			order = 1
		case len(b) == 0:
			order = -1
		default:
			order = ir.Compare(a[0], b[0])
		}
		switch {
		case order < 0:
			d.add(Change{Path: path, Kind: Removed, Type: t, From: a[0]})
			a = a[1:]
		case order > 0:
			d.add(Change{Path: path, Kind: Added, Type: t, To: b[0]})
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
}

func (d differ) entries(path string, t *ir.Type, a, b ir.MapValue) {
	for i, k := range a.Keys {
		key := Show(t.Key, k)
		if to, ok := b.Lookup(k); ok {
			d.diff(path+"["+key+"]", t.Elem, a.Vals[i], to)
		} else {
			d.add(Change{Path: path, Kind: Removed, Key: key, Type: t.Elem, From: a.Vals[i]})
		}
	}
	for i, k := range b.Keys {
		if _, ok := a.Lookup(k); !ok {
			d.add(Change{Path: path, Kind: Added, Key: Show(t.Key, k), Type: t.Elem, To: b.Vals[i]})
		}
	}
}

// sequence sees what queues, stacks and arrays do: elements appended, taken
// from the front, or replaced in place. Anything else is the whole sequence.
func (d differ) sequence(path string, t *ir.Type, a, b ir.SeqValue) {
	n, m := len(a.Elems), len(b.Elems)
	switch {
	case n == m:
		for i := range a.Elems {
			d.diff(path+"["+ir.Format(ir.NewInt(int64(i)))+"]", t.Elem, a.Elems[i], b.Elems[i])
		}
	case n < m && slices.EqualFunc(a.Elems, b.Elems[:n], ir.Equal):
		for _, x := range b.Elems[n:] {
			d.add(Change{Path: path, Kind: Added, Type: t.Elem, To: x})
		}
	case n > m && slices.EqualFunc(a.Elems[n-m:], b.Elems, ir.Equal):
		for _, x := range a.Elems[:n-m] {
			d.add(Change{Path: path, Kind: Removed, Type: t.Elem, From: x})
		}
	default:
		d.add(Change{Path: path, Kind: Set, Type: t, From: a, To: b})
	}
}

// String writes a change as `net + Commit` or `vote[a]  Working -> Prepared`.
func (c Change) String() string {
	key := ""
	if c.Key != "" {
		key = c.Key + ": "
	}
	switch c.Kind {
	case Added:
		return c.Path + " + " + key + Show(c.Type, c.To)
	case Removed:
		return c.Path + " - " + key + Show(c.Type, c.From)
	}
	return c.Path + "  " + Show(c.Type, c.From) + " -> " + Show(c.Type, c.To)
}

// occurrences are the elements of a bag, each as often as it is in it.
func occurrences(b ir.BagValue) []ir.Value {
	var all []ir.Value
	for i, e := range b.Elems {
		for range b.Counts[i] {
			all = append(all, e)
		}
	}
	return all
}
