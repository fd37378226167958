package drat

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/prover/cnf"
)

// Check reports whether p refutes f: every clause that it adds follows by unit
// propagation, or is one that some literal allows to be added (RAT), and the
// clauses come to a contradiction. The error says which step is wrong, or that
// no contradiction is reached; if ctx ended first it is that of ctx.
//
// As in DRAT-trim, a clause that has fixed the value of a literal is kept where
// the proof deletes it.
func Check(ctx context.Context, f *cnf.Formula, p Proof) error {
	c := newChecker(f, p)
	for _, clause := range f.Clauses {
		c.add(clause)
	}
	for i, s := range p {
		if c.refuted {
			return nil
		}
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch {
		case s.Delete:
			c.delete(s.Clause)
		case !c.follows(s.Clause):
			return fmt.Errorf("step %d of the proof does not follow", i+1)
		default:
			c.add(s.Clause)
		}
	}
	if !c.refuted {
		return errors.New("the proof does not come to a contradiction")
	}
	return nil
}

// clause has its watched literals first.
type clause struct {
	lits []cnf.Lit
	dead bool
}

// checker holds the clauses that were added and not deleted, and the literals
// that these fix.
type checker struct {
	clauses []*clause
	byKey   map[string][]*clause
	watches [][]*clause // by index of the literal that became false
	value   []int8      // by variable: 0 if not fixed, else its sign
	trail   []cnf.Lit
	seen    int // literals of the trail that are propagated
	refuted bool
}

func newChecker(f *cnf.Formula, p Proof) *checker {
	n := f.Vars
	most := func(c []cnf.Lit) {
		for _, l := range c {
			n = max(n, l.Var())
		}
	}
	for _, c := range f.Clauses {
		most(c)
	}
	for _, s := range p {
		most(s.Clause)
	}
	return &checker{byKey: map[string][]*clause{}, watches: make([][]*clause, 2*n+2), value: make([]int8, n+1)}
}

func index(l cnf.Lit) int {
	if l < 0 {
		return 2*int(-l) + 1
	}
	return 2 * int(l)
}

// of is the value of a literal: 1 true, -1 false, 0 not fixed.
func (c *checker) of(l cnf.Lit) int8 {
	if l < 0 {
		return -c.value[-l]
	}
	return c.value[l]
}

func (c *checker) fix(l cnf.Lit) {
	if l < 0 {
		c.value[-l] = -1
	} else {
		c.value[l] = 1
	}
	c.trail = append(c.trail, l)
}

// sorted are the literals of a clause, each once.
func sorted(lits []cnf.Lit) []cnf.Lit {
	s := slices.Clone(lits)
	slices.Sort(s)
	return slices.Compact(s)
}

// key is the same for clauses with the same literals.
func key(sorted []cnf.Lit) string {
	b := make([]byte, 0, 4*len(sorted))
	for _, l := range sorted {
		b = binary.LittleEndian.AppendUint32(b, uint32(l))
	}
	return string(b)
}

// add adds a clause and what it fixes, for good.
func (c *checker) add(lits []cnf.Lit) {
	cl := &clause{lits: sorted(lits)}
	c.clauses = append(c.clauses, cl)
	k := key(cl.lits)
	c.byKey[k] = append(c.byKey[k], cl)
	// Literals that are not false are watched.
	n := 0
	for i, l := range cl.lits {
		if n < 2 && c.of(l) >= 0 {
			cl.lits[i], cl.lits[n] = cl.lits[n], l
			n++
		}
	}
	if len(cl.lits) > 1 {
		c.watch(cl, cl.lits[0])
		c.watch(cl, cl.lits[1])
	}
	switch {
	case n == 0:
		c.refuted = true
	case n == 1 && c.of(cl.lits[0]) == 0:
		c.fix(cl.lits[0])
		c.refuted = !c.propagate() || c.refuted
	}
}

func (c *checker) watch(cl *clause, l cnf.Lit) {
	i := index(-l)
	c.watches[i] = append(c.watches[i], cl)
}

// delete forgets a clause, unless it has fixed a literal.
func (c *checker) delete(lits []cnf.Lit) {
	k := key(sorted(lits))
	same := c.byKey[k]
	if len(same) == 0 {
		return
	}
	cl := same[len(same)-1]
	fixed, rest := 0, 0
	for _, l := range cl.lits {
		if c.of(l) > 0 {
			fixed++
		} else if c.of(l) == 0 {
			rest++
		}
	}
	if fixed == 1 && rest == 0 {
		return
	}
	cl.dead = true
	c.byKey[k] = same[:len(same)-1]
}

// propagate fixes what follows from single clauses. It returns false if one of
// them is false.
func (c *checker) propagate() bool {
	for ; c.seen < len(c.trail); c.seen++ {
		i := index(c.trail[c.seen])
		list := c.watches[i]
		kept := list[:0]
		for n, cl := range list {
			if cl.dead {
				continue
			}
			if moved := c.visit(cl, -c.trail[c.seen]); moved {
				continue
			}
			kept = append(kept, cl)
			switch other := cl.lits[0]; c.of(other) {
			case -1:
				c.watches[i] = append(kept, list[n+1:]...)
				return false
			case 0:
				c.fix(other)
			}
		}
		c.watches[i] = kept
	}
	return true
}

// visit looks for another literal to watch in place of one that became false,
// which it puts second. It reports whether there is one.
func (c *checker) visit(cl *clause, false_ cnf.Lit) bool {
	if cl.lits[0] == false_ {
		cl.lits[0], cl.lits[1] = cl.lits[1], cl.lits[0]
	}
	if c.of(cl.lits[0]) > 0 {
		return false
	}
	for k := 2; k < len(cl.lits); k++ {
		if c.of(cl.lits[k]) >= 0 {
			cl.lits[1], cl.lits[k] = cl.lits[k], cl.lits[1]
			c.watch(cl, cl.lits[1])
			return true
		}
	}
	return false
}

// assume runs f with the negation of all literals fixed for a while. It
// reports whether that comes to a contradiction, before f or by f.
func (c *checker) assume(lits []cnf.Lit, f func() bool) bool {
	mark := len(c.trail)
	defer func() {
		for _, l := range c.trail[mark:] {
			c.value[l.Var()] = 0
		}
		c.trail, c.seen = c.trail[:mark], mark
	}()
	for _, l := range lits {
		switch c.of(l) {
		case 1:
			return true
		case 0:
			c.fix(-l)
		}
	}
	return !c.propagate() || f()
}

// follows reports whether a clause may be added: it follows by propagation, or
// so does every resolvent on its first literal.
func (c *checker) follows(lits []cnf.Lit) bool {
	return c.assume(lits, func() bool {
		if len(lits) == 0 {
			return false
		}
		pivot := lits[0]
		for _, d := range c.clauses {
			if d.dead || !slices.Contains(d.lits, -pivot) {
				continue
			}
			rest := slices.DeleteFunc(slices.Clone(d.lits), func(l cnf.Lit) bool { return l == -pivot })
			if !c.assume(rest, func() bool { return false }) {
				return false
			}
		}
		return true
	})
}
