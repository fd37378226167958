package program

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/word"
)

// bagOp compiles the operators on bags, and CountOf.
func (c *Compiler) bagOp(e *ir.Apply, r *word.Rep, a []code) code {
	switch e.Op {
	case ir.CountOf:
		return countOf(r, a[0], a[1])
	case ir.BagLit:
		return plain(r, func(m *Machine) uint64 {
			base := len(m.tmp)
			for i := range a {
				w := a[i].run(m)
				m.push(w)
			}
			words := m.tmp[base:]
			slices.SortFunc(words, r.Elem.Compare)
			elems, counts := tally(words)
			m.tmp = append(append(m.tmp[:base], elems...), counts...)
			return m.pop(base)
		})
	}
	x, y, add := a[0].run, a[1].run, e.Op == ir.BagAdd
	return plain(r, func(m *Machine) uint64 {
		v := x(m)
		w := y(m)
		return m.merge(r, m.words(v), m.words(w), add)
	})
}

// tally returns the distinct words of a sorted list and how often they occur.
func tally(words []uint64) (elems, counts []uint64) {
	for i, w := range words {
		if i > 0 && words[i-1] == w {
			counts[len(counts)-1]++
			continue
		}
		elems, counts = append(elems, w), append(counts, 1)
	}
	return elems, counts
}

// merge adds the counts of two bags, or subtracts the second, not below zero.
func (m *Machine) merge(r *word.Rep, x, y []uint64, add bool) uint64 {
	n, k := len(x)/2, len(y)/2
	var elems, counts []uint64
	take := func(w, count uint64) {
		if count > 0 {
			elems, counts = append(elems, w), append(counts, count)
		}
	}
	i, j := 0, 0
	for i < n || j < k {
		c := 0
		switch {
		case i == n:
			c = 1
		case j == k:
			c = -1
		default:
			c = r.Elem.Compare(x[i], y[j])
		}
		switch {
		case c < 0:
			take(x[i], x[n+i])
			i++
		case c > 0:
			if add {
				take(y[j], y[k+j])
			}
			j++
		default:
			if add {
				take(x[i], x[n+i]+y[k+j])
			} else if x[n+i] > y[k+j] {
				take(x[i], x[n+i]-y[k+j])
			}
			i, j = i+1, j+1
		}
	}
	base := m.push(elems...)
	m.push(counts...)
	return m.pop(base)
}

func countOf(r *word.Rep, in, x code) code {
	f, g, rep := in.run, x.run, in.rep
	if rep.Type.Kind == ir.BagKind {
		return plain(r, func(m *Machine) uint64 {
			words := m.words(f(m))
			n := len(words) / 2
			if i := slices.Index(words[:n], g(m)); i >= 0 {
				return words[n+i] << 1
			}
			return 0
		})
	}
	return plain(r, func(m *Machine) uint64 {
		w := f(m)
		v, n := g(m), uint64(0)
		base := len(m.tmp)
		m.tmp = rep.Elements(m.tmp, w)
		for _, x := range m.tmp[base:] {
			if x == v {
				n++
			}
		}
		m.tmp = m.tmp[:base]
		return n << 1
	})
}
