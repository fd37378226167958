package symmetry

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/word"
)

// rename returns the word of a value with its points renamed by c.perm. It
// works for all types, and interns new values of unpacked ones.
func (c *Canon) rename(r *word.Rep, w uint64) uint64 {
	if !c.speaks[r.Type] {
		return w
	}
	base := len(c.tmp)
	defer func() { c.tmp = c.tmp[:base] }()
	switch r.Type.Kind {
	case ir.SortKind:
		first := c.first[r.Type.Sort]
		return uint64(c.perm[first+int(w)]) - uint64(first)
	case ir.SumKind:
		n := r.Variant(w)
		c.renameParts(r, w, r.Variants[n])
		return r.Sum(n, c.tmp[base:])
	case ir.StructKind:
		c.renameParts(r, w, r.Fields)
		return r.Struct(c.tmp[base:])
	case ir.SeqKind:
		c.tmp = r.Elements(c.tmp, w)
		c.renameAll(r.Elem, base)
		return r.Seq(c.tmp[base:])
	case ir.SetKind:
		c.tmp = r.Elements(c.tmp, w)
		c.renameAll(r.Elem, base)
		if r.Form == word.Packed {
			return r.Mask(c.tmp[base:])
		}
		sortRows(c.tmp[base:], nil, r.Elem)
	case ir.FuncKind:
		return c.renameFunc(r, w)
	case ir.BagKind, ir.MapKind:
		c.tmp = append(c.tmp, c.pool.Words(uint32(w))...)
		half := base + (len(c.tmp)-base)/2
		keys := r.Key
		if r.Type.Kind == ir.BagKind {
			keys = r.Elem
		}
		for i := base; i < half; i++ {
			c.tmp[i] = c.rename(keys, c.tmp[i])
		}
		if r.Type.Kind == ir.MapKind {
			c.renameAll(r.Elem, half)
		}
		sortRows(c.tmp[base:half], c.tmp[half:], keys)
	}
	return uint64(c.pool.Intern(c.tmp[base:]))
}

func (c *Canon) renameAll(r *word.Rep, from int) {
	for i, n := from, len(c.tmp); i < n; i++ {
		c.tmp[i] = c.rename(r, c.tmp[i])
	}
}

func (c *Canon) renameParts(r *word.Rep, w uint64, parts []word.Part) {
	for i := range parts {
		v := c.rename(parts[i].Rep, r.Part(w, parts[i]))
		c.tmp = append(c.tmp, v)
	}
}

func (c *Canon) renameFunc(r *word.Rep, w uint64) uint64 {
	base := len(c.tmp)
	c.tmp = r.Values(c.tmp, w)
	n := r.Keys.Len()
	for range n {
		c.tmp = append(c.tmp, 0)
	}
	for i := range n {
		v := c.rename(r.Elem, c.tmp[base+i])
		k := r.Keys.Rank(c.rename(r.Key, r.Keys.Word(i)))
		c.tmp[base+n+k] = v
	}
	return r.Func(c.tmp[base+n : base+2*n])
}

// sortRows puts keys into canonical order, and what stands beside them along.
func sortRows(keys, beside []uint64, r *word.Rep) {
	for i := 1; i < len(keys); i++ {
		for j := i; j > 0 && r.Compare(keys[j], keys[j-1]) < 0; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
			if beside != nil {
				beside[j], beside[j-1] = beside[j-1], beside[j]
			}
		}
	}
}

// Salts of hashes.
const (
	saltColour = 0x8bb84b93962eacc9
	saltKey    = 0x4b33a62ed433d4a3
	saltItem   = 0x2d358dccaa6c78a5
	saltCount  = 0xd6e8feb86659fd93
)

// hash returns a hash of a value in which points are known by their colours
// only. It does not depend on the numbers of nodes either.
func (c *Canon) hash(r *word.Rep, w uint64) uint64 {
	t := r.Type
	switch {
	case r.Form == word.Packed && !c.speaks[t]:
		return word.Mix(w, saltItem)
	case r.Form == word.Integer && word.IsSmall(w):
		return word.Mix(w, saltItem)
	case r.Form == word.Integer:
		h := uint64(saltItem)
		for _, b := range c.pool.Big(w).Bits() {
			h = word.Mix(h, uint64(b))
		}
		return h
	}
	switch t.Kind {
	case ir.SortKind:
		return word.Mix(uint64(c.colour[c.first[t.Sort]+int(w)]), saltColour)
	case ir.StringKind:
		return word.Hash(c.pool.Words(uint32(w)))
	case ir.SumKind:
		n := r.Variant(w)
		return c.hashParts(r, w, r.Variants[n], word.Mix(uint64(n), saltKey))
	case ir.StructKind:
		return c.hashParts(r, w, r.Fields, saltKey)
	}
	return c.hashMany(r, w)
}

func (c *Canon) hashParts(r *word.Rep, w uint64, parts []word.Part, h uint64) uint64 {
	for i := range parts {
		h = word.Mix(h, c.hash(parts[i].Rep, r.Part(w, parts[i])))
	}
	return h
}

// hashMany is hash of collections: in order where they have one.
func (c *Canon) hashMany(r *word.Rep, w uint64) uint64 {
	h := uint64(saltCount)
	c.each(r, w, func(x item) {
		if r.Type.Kind == ir.SeqKind {
			h = word.Mix(h, c.hash(x.rep, x.word))
			return
		}
		h += c.hashItem(x)
	})
	return h
}

// item is an element of a collection: an element of a set, a value with its
// key, an element of a bag with how often it is there.
type item struct {
	rep    *word.Rep
	word   uint64
	keys   *word.Rep // nil if there is no key
	key    uint64
	number uint64 // of times, or the place in a sequence
}

func (c *Canon) hashItem(x item) uint64 {
	h := word.Mix(c.hash(x.rep, x.word), x.number^saltItem)
	if x.keys != nil {
		h = word.Mix(h, c.hash(x.keys, x.key))
	}
	return word.Mix(h, saltCount)
}

// each visits the items of a collection.
func (c *Canon) each(r *word.Rep, w uint64, visit func(item)) {
	base := len(c.tmp)
	switch r.Type.Kind {
	case ir.FuncKind:
		c.tmp = r.Values(c.tmp, w)
		for i := range r.Keys.Len() {
			visit(item{rep: r.Elem, word: c.tmp[base+i], keys: r.Key, key: r.Keys.Word(i)})
		}
	case ir.BagKind, ir.MapKind:
		words := c.pool.Words(uint32(w))
		n := len(words) / 2
		for i := range n {
			if r.Type.Kind == ir.BagKind {
				visit(item{rep: r.Elem, word: words[i], number: words[n+i]})
			} else {
				visit(item{rep: r.Elem, word: words[n+i], keys: r.Key, key: words[i]})
			}
		}
	default:
		c.tmp = r.Elements(c.tmp, w)
		n := len(c.tmp)
		for i := base; i < n; i++ {
			x := item{rep: r.Elem, word: c.tmp[i]}
			if r.Type.Kind == ir.SeqKind {
				x.number = uint64(i - base)
			}
			visit(x)
		}
	}
	c.tmp = c.tmp[:base]
}

// spread adds to the marks of the points in a value how they occur there; in
// is a hash of where the value stands.
func (c *Canon) spread(r *word.Rep, w, in uint64) {
	t := r.Type
	if !c.speaks[t] {
		return
	}
	parts := func(ps []word.Part, in uint64) {
		for i := range ps {
			c.spread(ps[i].Rep, r.Part(w, ps[i]), word.Mix(in, uint64(i)^saltKey))
		}
	}
	switch t.Kind {
	case ir.SortKind:
		c.mark[c.first[t.Sort]+int(w)] += word.Mix(in, saltColour)
	case ir.SumKind:
		n := r.Variant(w)
		parts(r.Variants[n], word.Mix(in, c.hash(r, w)))
	case ir.StructKind:
		parts(r.Fields, word.Mix(in, c.hash(r, w)))
	default:
		c.each(r, w, func(x item) {
			h := word.Mix(in, c.hashItem(x))
			c.spread(x.rep, x.word, h)
			if x.keys != nil {
				c.spread(x.keys, x.key, word.Mix(h, saltKey))
			}
		})
	}
}
