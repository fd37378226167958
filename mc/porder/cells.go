package porder

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// maxKids bounds how many parts of a variable are told apart at one level,
// maxValues of how many values of a cell sets are kept.
const (
	maxKids   = 512
	maxValues = 64
)

// node is a variable or a part of one. Its cells are those from lo to hi; one
// without kids is a single cell.
type node struct {
	typ    *ir.Type
	lo, hi int
	// kids are the fields of a struct; of a total function the values by the
	// rank of the key; of a set, bag or map what is known of each element or
	// key by its rank.
	kids []*node
	spot program.Spot
	// of a cell:
	values []ir.Value // what it may be, in canonical order; nil if that is too much
}

// cell is a node without kids.
type cell = *node

// cells are the parts of the state that effects tell apart.
type cells struct {
	layout *program.Layout
	vars   []*node
	list   []cell
	ranks  map[*ir.Type]map[string]int
	all    map[*ir.Type][]ir.Value
	bool   *ir.Type
}

func newCells(sys *ir.System, layout *program.Layout) *cells {
	c := &cells{layout: layout, ranks: map[*ir.Type]map[string]int{}, all: map[*ir.Type][]ir.Value{}, bool: sys.Types.Bool()}
	for _, v := range sys.Vars {
		c.vars = append(c.vars, c.node(v.Type, layout.Spot(v.Index)))
	}
	return c
}

// small returns the values of a type if they are at most n, else nil.
func (c *cells) small(t *ir.Type, n int) []ir.Value {
	card, finite := ir.Card(t)
	if !finite || card.Cmp(big.NewInt(int64(n))) > 0 {
		return nil
	}
	vs, ok := c.all[t]
	if !ok {
		ranks := map[string]int{}
		for v := range ir.Values(t) {
			ranks[ir.Format(v)] = len(vs)
			vs = append(vs, v)
		}
		c.all[t], c.ranks[t] = vs, ranks
	}
	return vs
}

// rank returns the rank of a value of a type that is small, -1 if it is none.
func (c *cells) rank(t *ir.Type, v ir.Value) int {
	if r, ok := c.ranks[t][ir.Format(v)]; ok {
		return r
	}
	return -1
}

func (c *cells) node(t *ir.Type, spot program.Spot) *node {
	n := &node{typ: t, lo: len(c.list), spot: spot}
	switch t.Kind {
	case ir.StructKind:
		for i, f := range t.Fields {
			n.kids = append(n.kids, c.node(f.Type, spot.Field(i)))
		}
	case ir.FuncKind:
		for i := range c.small(t.Key, maxKids) {
			n.kids = append(n.kids, c.node(t.Elem, spot.At(i)))
		}
	case ir.SetKind:
		for i := range c.small(t.Elem, maxKids) {
			n.kids = append(n.kids, c.leaf(c.bool, spot.Member(i), c.small(c.bool, 2)))
		}
	case ir.BagKind:
		for range c.small(t.Elem, maxKids) {
			n.kids = append(n.kids, c.leaf(nil, program.Spot{}, nil))
		}
	case ir.MapKind:
		for range c.small(t.Key, maxKids) {
			n.kids = append(n.kids, c.leaf(nil, program.Spot{}, nil))
		}
	}
	if n.kids == nil {
		n.values = c.small(t, maxValues)
		c.list = append(c.list, n)
	}
	n.hi = len(c.list)
	return n
}

// leaf makes a cell that stands for what is known of an element or key.
func (c *cells) leaf(t *ir.Type, spot program.Spot, values []ir.Value) *node {
	n := &node{typ: t, lo: len(c.list), hi: len(c.list) + 1, spot: spot, values: values}
	c.list = append(c.list, n)
	return n
}

// keys is the type by whose rank the kids of n are found.
func (n *node) keys() *ir.Type {
	if n.typ.Kind == ir.FuncKind || n.typ.Kind == ir.MapKind {
		return n.typ.Key
	}
	return n.typ.Elem
}

// everything is the mask of all values of n.
func (n *node) everything() uint64 {
	if n.values == nil {
		return ^uint64(0)
	}
	return 1<<len(n.values) - 1 // all ones for 64
}
