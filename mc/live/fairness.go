package live

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// fairness numbers the constraints of a System: one for each fair action and
// choice of the values that its fairness is for.
type fairness struct {
	actions []fairAction // by action
	n       int
	words   int      // of a set of constraints
	weak    []uint64 // which are weak; the others are strong
	strong  []uint64
	err     error
}

// fairAction says which constraint an outcome of an action belongs to: base
// plus the ranks of some parameters, each times its stride.
type fairAction struct {
	fair   bool
	base   int
	params []fairParam
}

type fairParam struct {
	index, stride int
	values        *word.Universe
}

// mostConstraints is how many constraints there may be.
const mostConstraints = 1 << 16

func newFairness(sys *ir.System, c *program.Compiler) *fairness {
	f := &fairness{actions: make([]fairAction, len(sys.Actions))}
	for i, a := range sys.Actions {
		if a.Fair != ir.Unfair && f.err == nil {
			f.declare(i, a, c)
		}
	}
	f.words = (f.n + 63) / 64
	f.weak, f.strong = make([]uint64, f.words), make([]uint64, f.words)
	for i, a := range sys.Actions {
		set := f.weak
		if a.Fair == ir.Strong {
			set = f.strong
		}
		for k := range f.size(i) {
			set[(f.actions[i].base+k)/64] |= 1 << ((f.actions[i].base + k) % 64)
		}
	}
	return f
}

func (f *fairness) declare(i int, a *ir.Action, c *program.Compiler) {
	out := fairAction{fair: true, base: f.n}
	n := 1
	for j, p := range a.Params {
		if a.FairAny || !p.ByType {
			continue
		}
		u := c.Rep(p.Local.Type).Universe()
		if u == nil || n*u.Len() > mostConstraints {
			f.err = fmt.Errorf("action %s is fair for each %s, of which there are too many: write `fair any action`, or give it a smaller type", a.Name, p.Local.Name)
			return
		}
		out.params = append(out.params, fairParam{j, n, u})
		n *= u.Len()
	}
	f.actions[i] = out
	f.n += n
	if f.n > mostConstraints {
		f.err = fmt.Errorf("the actions are fair for more than %d values of their parameters", mostConstraints)
	}
}

// size is how many constraints action i has.
func (f *fairness) size(i int) int {
	a := f.actions[i]
	if !a.fair {
		return 0
	}
	n := 1
	for _, p := range a.params {
		n *= p.values.Len()
	}
	return n
}

// of returns the constraint that the outcome m is at belongs to, -1 if none.
func (f *fairness) of(m *program.Machine) int {
	a := &f.actions[m.Action()]
	if !a.fair {
		return -1
	}
	k := a.base
	for i := range a.params {
		p := &a.params[i]
		if p.index >= m.Bound() {
			return -1
		}
		k += p.values.Rank(m.Arg(p.index)) * p.stride
	}
	return k
}
