package symmetry

import (
	"cmp"

	"github.com/spec-lang/spec/mc/word"
)

// Canon replaces states by representatives. Each goroutine needs one of its
// own.
type Canon struct {
	*Reducer
	in, turned []uint64 // slots of the state, and with its rings turned
	src        []uint64 // the one of them that is looked at
	best       []uint64 // of all turns
	perm       []int32  // from points to points
	rot        []int    // by how much each sort is turned
	final      []int32  // from points of the last state to those of its representative

	colour []int32  // by point: where its cell begins in order
	order  []int32  // points by cell
	length []int32  // of the cell that begins here
	traits []uint64 // by point
	mark   []uint64 // by point
	tmp    []uint64 // a stack of words

	levels []level
}

// level is what is kept of a choice between the points of a cell.
type level struct {
	colour, order, length []int32
	best                  []uint64
	perm                  []int32
	class                 []int32
}

// NewCanon returns a Canon.
func (r *Reducer) NewCanon() *Canon {
	n, slots := r.points, len(r.layout.Slots)+1
	ints := func() []int32 { return make([]int32, n) }
	words := func() []uint64 { return make([]uint64, slots) }
	c := &Canon{Reducer: r, in: words(), turned: words(), best: words(), perm: ints(), rot: make([]int, len(r.sorts)), final: ints(),
		colour: ints(), order: ints(), length: ints(), traits: make([]uint64, n), mark: make([]uint64, n)}
	for range n + 1 {
		c.levels = append(c.levels, level{ints(), ints(), ints(), words(), ints(), ints()})
	}
	return c
}

// Canonical replaces the state with a key by the representative of its orbit
// and returns how many states the orbit has; 0 if there are so many renamings
// that they are not counted.
func (c *Canon) Canonical(key []uint64) uint64 {
	c.layout.Unpack(c.in, key)
	stabilizer, turns, first := uint64(0), uint64(0), true
	clear(c.rot)
	for more := true; more; more = c.turn() {
		c.src = c.rotated()
		same := c.least()
		got := c.levels[0].best
		order := -1
		if !first {
			order = c.compare(got, c.best)
		}
		switch {
		case order < 0:
			c.best, c.levels[0].best = got, c.best
			c.keep()
			stabilizer, turns, first = same, 1, false
		case order == 0:
			turns++
		}
	}
	c.layout.Pack(key, c.best)
	if n := times(stabilizer, turns); n > 0 {
		return c.group / n
	}
	return 0
}

// turn moves on to the next rotations of all rings.
func (c *Canon) turn() bool {
	for i := range c.sorts {
		if !c.sorts[i].ring {
			continue
		}
		if c.rot[i]++; c.rot[i] < c.sorts[i].n {
			return true
		}
		c.rot[i] = 0
	}
	return false
}

// rotated returns the state with its rings turned.
func (c *Canon) rotated() []uint64 {
	still := true
	for i := range c.sorts {
		b := &c.sorts[i]
		still = still && c.rot[i] == 0
		for p := range b.n {
			c.perm[b.first+p] = int32(b.first + (p+c.rot[i])%b.n)
		}
	}
	if still {
		return c.in
	}
	c.src = c.in
	c.apply(c.turned)
	return c.turned
}

// apply writes the state src with its points renamed by perm.
func (c *Canon) apply(dst []uint64) {
	for _, i := range c.fixed {
		dst[i] = c.src[i]
	}
	for _, i := range c.moved {
		dst[i] = 0
	}
	for _, f := range c.families {
		for i := range f.atoms {
			a := &f.atoms[i]
			v := c.src[a.slot] >> a.shift & f.mask
			if f.plain && v == 0 {
				continue
			}
			b := &f.atoms[index(f.digit, a.points, c.perm)]
			dst[b.slot] |= c.value(f, v) << b.shift
		}
	}
}

// value returns a value of a family renamed by perm.
func (c *Canon) value(f *family, v uint64) uint64 {
	switch {
	case f.plain:
		return v
	case f.table != nil:
		return f.table.rename(v, c.perm)
	}
	return c.rename(f.rep, v)
}

// compare orders states by what they are, not by the numbers of nodes.
func (c *Canon) compare(a, b []uint64) int {
	for i := range c.layout.Slots {
		if a[i] == b[i] {
			continue
		}
		if r := c.layout.Slots[i].Rep; r.Form != word.Packed {
			return r.Compare(a[i], b[i])
		}
		return cmp.Compare(a[i], b[i])
	}
	return 0
}

// least writes the least state that the tries come to into the first level,
// and returns how many renamings leave the state as it is.
func (c *Canon) least() uint64 {
	c.collect()
	for i := range c.sorts {
		b := &c.sorts[i]
		for p := b.first; p < b.first+b.n; p++ {
			c.order[p], c.colour[p], c.length[p] = int32(p), int32(p), 1
		}
		if !b.ring {
			c.arrange(b.first, b.n, c.traits)
		}
	}
	return c.search(0)
}

// collect reads the traits of the points.
func (c *Canon) collect() {
	clear(c.traits)
	for _, f := range c.families {
		switch {
		case f.trait == nil:
		case f.plain:
			shift := f.trait[0].shift
			for i := range f.atoms {
				a := &f.atoms[i]
				c.traits[a.points[0]] |= c.src[a.slot] >> a.shift & f.mask << shift
			}
		default:
			a := &f.atoms[0]
			v := c.src[a.slot] >> a.shift & f.mask
			for i := range c.sorts {
				if ps := f.table.points[v]; len(ps) > 0 && f.trait[i].used && c.sortAt(ps[0]) == &c.sorts[i] {
					c.traits[ps[0]] |= uint64(f.table.shape[v]+1) << f.trait[i].shift
				}
			}
		}
	}
}

// arrange orders n points of one cell by a key and parts them where keys
// differ. It reports whether it did.
func (c *Canon) arrange(at, n int, key []uint64) bool {
	cell := c.order[at : at+n]
	for i := 1; i < n; i++ {
		for j := i; j > 0 && key[cell[j]] < key[cell[j-1]]; j-- {
			cell[j], cell[j-1] = cell[j-1], cell[j]
		}
	}
	start := 0
	for i := 1; i <= n; i++ {
		if i < n && key[cell[i]] == key[cell[start]] {
			continue
		}
		c.length[at+start] = int32(i - start)
		for _, p := range cell[start:i] {
			c.colour[p] = int32(at + start)
		}
		start = i
	}
	return int(c.length[at]) < n
}
