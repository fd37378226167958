package symmetry

import (
	"github.com/spec-lang/spec/mc/word"
)

// search writes the least state that renamings of the ordered partition come
// to into the level of the given depth, with the renaming, and returns how many
// renamings leave both the state and the partition as they are.
func (c *Canon) search(depth int) uint64 {
	same := uint64(1)
	c.refine()
	for at := 0; at < c.points; at += int(c.length[at]) {
		n := int(c.length[at])
		if n == 1 {
			continue
		}
		if c.sortAt(int32(at)).related && !c.alike(at, n) {
			return times(same, c.branch(depth, at, n))
		}
		same = times(same, factorial(n))
		for i := at; i < at+n; i++ {
			c.length[i], c.colour[c.order[i]] = 1, int32(i)
		}
		c.refine()
	}
	for i, p := range c.order {
		c.perm[p] = int32(i)
	}
	l := &c.levels[depth]
	copy(l.perm, c.perm)
	c.apply(l.best)
	return same
}

// refine parts cells by how their points occur together with others, until
// that tells nothing new.
func (c *Canon) refine() {
	for len(c.related) > 0 && c.open() {
		c.occurrences()
		parted := false
		for at := 0; at < c.points; {
			n := int(c.length[at])
			if n > 1 {
				parted = c.arrange(at, n, c.mark) || parted
			}
			at += n
		}
		if !parted {
			return
		}
	}
}

// open reports whether some cell has several points that may be told apart.
func (c *Canon) open() bool {
	for at := 0; at < c.points; at += int(c.length[at]) {
		if c.length[at] > 1 && c.sortAt(int32(at)).related {
			return true
		}
	}
	return false
}

// occurrences marks each point with how it occurs in the related families.
func (c *Canon) occurrences() {
	clear(c.mark)
	for _, f := range c.related {
		for i := range f.atoms {
			a := &f.atoms[i]
			v := c.src[a.slot] >> a.shift & f.mask
			if f.plain && v == 0 {
				continue
			}
			h := word.Mix(f.seed, c.content(f, v))
			h = c.mixColours(h, a.points)
			c.markAll(h, a.points, 0)
			switch {
			case f.plain:
			case f.table != nil:
				ps := f.table.points[v]
				c.markAll(h, ps, len(a.points))
			default:
				c.spread(f.rep, v, h)
			}
		}
	}
}

// content is a hash of a value of a family.
func (c *Canon) content(f *family, v uint64) uint64 {
	switch {
	case f.rep == nil:
		return v
	case f.table != nil:
		return c.mixColours(uint64(f.table.shape[v]), f.table.points[v])
	}
	return c.hash(f.rep, v)
}

// mixColours mixes in the colours of points, and which of them are the same.
func (c *Canon) mixColours(h uint64, points []int32) uint64 {
	for i, p := range points {
		h = word.Mix(h^saltColour, uint64(c.colour[p]))
		for j, q := range points[:i] {
			if p == q {
				h = word.Mix(h, uint64(j)^saltKey)
			}
		}
	}
	return h
}

func (c *Canon) markAll(h uint64, points []int32, from int) {
	for i, p := range points {
		c.mark[p] += word.Mix(h, uint64(from+i)^saltItem)
	}
}

// alike reports whether exchanging any two points of a cell leaves the state
// as it is.
func (c *Canon) alike(at, n int) bool {
	for i := at + 1; i < at+n; i++ {
		if !c.exchanged(c.order[i-1], c.order[i]) {
			return false
		}
	}
	return true
}

// exchanged reports whether exchanging two points leaves the state as it is.
func (c *Canon) exchanged(p, q int32) bool {
	for i := range c.perm {
		c.perm[i] = int32(i)
	}
	c.perm[p], c.perm[q] = q, p
	for _, f := range c.families {
		for i := range f.atoms {
			a := &f.atoms[i]
			j := index(f.digit, a.points, c.perm)
			if f.plain && int(j) == i {
				continue
			}
			b := &f.atoms[j]
			if c.value(f, c.src[a.slot]>>a.shift&f.mask) != c.src[b.slot]>>b.shift&f.mask {
				return false
			}
		}
	}
	return true
}

// branch singles out each point of a cell in turn. Points that some renaming
// of the state exchanges need only one try: such renamings are exchanges of
// two points, and what leads from one try to another that came to the same.
func (c *Canon) branch(depth, at, n int) uint64 {
	l := &c.levels[depth]
	copy(l.colour, c.colour)
	copy(l.order, c.order)
	copy(l.length, c.length)
	for i := range l.class {
		l.class[i] = int32(i)
	}
	cell := l.order[at : at+n]
	c.exchanges(l, cell)
	best, same := int32(-1), uint64(0)
	for i, p := range cell {
		if tried(l, cell[:i], p) {
			continue
		}
		c.single(l, at, n, i)
		fixed := c.search(depth + 1)
		next := &c.levels[depth+1]
		order := -1
		if best >= 0 {
			order = c.compare(next.best, l.best)
		}
		switch {
		case order < 0:
			l.best, next.best = next.best, l.best
			l.perm, next.perm = next.perm, l.perm
			best, same = p, fixed
		case order == 0:
			c.join(l, next.perm)
		}
	}
	orbit := uint64(0)
	for _, p := range cell {
		if find(l.class, p) == find(l.class, best) {
			orbit++
		}
	}
	return times(same, orbit)
}

// exchanges joins the points of a cell that can be exchanged.
func (c *Canon) exchanges(l *level, cell []int32) {
	for i, p := range cell {
		for _, q := range cell[:i] {
			if find(l.class, q) == q && c.exchanged(q, p) {
				l.class[p] = q
				break
			}
		}
	}
}

// tried reports whether a point is of the class of one that was tried.
func tried(l *level, before []int32, p int32) bool {
	for _, q := range before {
		if find(l.class, q) == find(l.class, p) {
			return true
		}
	}
	return false
}

// single restores the partition of a level with point i of a cell before the
// others.
func (c *Canon) single(l *level, at, n, i int) {
	copy(c.colour, l.colour)
	copy(c.order, l.order)
	copy(c.length, l.length)
	c.order[at], c.order[at+i] = c.order[at+i], c.order[at]
	c.length[at], c.length[at+1] = 1, int32(n-1)
	for _, p := range c.order[at+1 : at+n] {
		c.colour[p] = int32(at + 1)
	}
	c.colour[c.order[at]] = int32(at)
}

// join joins the points that are led to each other by the renaming that two
// tries with one outcome make: first one, then back by the other.
func (c *Canon) join(l *level, perm []int32) {
	for p, to := range l.perm {
		c.perm[to] = int32(p)
	}
	for p, to := range perm {
		a, b := find(l.class, int32(p)), find(l.class, c.perm[to])
		l.class[max(a, b)] = min(a, b)
	}
}

func find(class []int32, p int32) int32 {
	for class[p] != p {
		p = class[p]
	}
	return p
}
