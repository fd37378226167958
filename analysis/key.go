package analysis

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/spec-lang/spec/lang/source"
)

// key is a digest of the text of a unit and of everything that its meaning
// depends on: as long as it is the same, so is whatever was found.
type key [sha256.Size]byte

// keys gives every unit its key. Units that depend on one another share one:
// the strongly connected components come from R. Tarjan, "Depth-first search
// and linear graph algorithms", SIAM J. Comput. 1 (1972).
type keys struct {
	files   source.Set
	of      map[*Unit]key
	imports key // of the texts of all imported files

	number map[*Unit]int
	low    map[*Unit]int
	stack  []*Unit
}

func newKeys(x *Index, files source.Set) *keys {
	k := &keys{files: files, of: map[*Unit]key{}, number: map[*Unit]int{}, low: map[*Unit]int{}}
	k.imports = importsKey(files, x.info.Root.File.Span().File)
	for _, u := range x.Units {
		if k.number[u] == 0 {
			k.visit(u)
		}
	}
	return k
}

func (k *keys) visit(u *Unit) {
	n := len(k.number) + 1
	k.number[u], k.low[u] = n, n
	k.stack = append(k.stack, u)
	for _, d := range u.deps {
		if k.number[d] == 0 {
			k.visit(d)
			k.low[u] = min(k.low[u], k.low[d])
		} else if _, closed := k.of[d]; !closed {
			k.low[u] = min(k.low[u], k.number[d])
		}
	}
	if k.low[u] != n {
		return
	}
	i := slices.Index(k.stack, u)
	group := slices.Clone(k.stack[i:])
	k.stack = k.stack[:i]
	k.close(group)
}

// close gives the units of a component their keys. They differ in their own
// text, which comes first.
func (k *keys) close(group []*Unit) {
	var parts [][]byte
	for _, u := range group {
		own := k.text(u)
		parts = append(parts, own[:])
		for _, d := range u.deps {
			if sum, done := k.of[d]; done {
				parts = append(parts, sum[:])
			}
		}
		if u.imports {
			parts = append(parts, k.imports[:])
		}
	}
	slices.SortFunc(parts, slices.Compare)
	all := digest(parts...)
	for _, u := range group {
		own := k.text(u)
		k.of[u] = digest(own[:], all[:])
	}
}

func (k *keys) text(u *Unit) key { return digest([]byte(u.ID), []byte(k.files.Text(u.Span))) }

// importsKey is the digest of every file but the root.
func importsKey(files source.Set, root string) key {
	var parts [][]byte
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != root {
			parts = append(parts, []byte(name), []byte(files[name].Text))
		}
	}
	return digest(parts...)
}

// digest is that of byte strings, each with its length.
func digest(parts ...[]byte) key {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return key(h.Sum(nil))
}
