package symbolic

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// space holds the diagrams of a circuit. Variables 2p and 2p+1 are the bit at
// place p before and after a step; inputs come after all of them.
type space struct {
	c      *circuit.Circuit
	t      *bdd.Table
	place  []int // of the bits of a state
	inputs int   // of the step with the most
	nodes  []bdd.Node
	known  []bool
	noSet  bdd.Set
	choice bdd.Set // all inputs
	init   bdd.Node
	steps  []*relation
}

// relation is a step as a relation between states. Bits that it does not
// change are not in it.
type relation struct {
	step *circuit.Step
	// pairs are states before and after; ways the same with the inputs, but
	// without what is after.
	pairs, ways bdd.Node
	errs, fails bdd.Node // states where some way ends in a failure
	enabled     bdd.Node // states where there is some way
	before      bdd.Set  // the changed bits, before the step
	after       bdd.Set  // and after it
	forth, back bdd.Move // from before to after, and from after to before
}

// moved lists the bits that a step may change.
func moved(c *circuit.Circuit, s *circuit.Step) []int {
	var out []int
	for i, l := range s.Next {
		if l.Negated() || c.Graph.Leaf(l.Node()) != i {
			out = append(out, i)
		}
	}
	return out
}

func newSpace(c *circuit.Circuit, limit int, poll func() bool) *space {
	s := &space{c: c, place: order(c), inputs: c.Init.Inputs}
	for _, st := range c.Steps {
		s.inputs = max(s.inputs, st.Inputs)
	}
	s.t = bdd.New(2*c.States+s.inputs, limit, poll)
	s.noSet = s.t.Set(nil)
	all := make([]int, s.inputs)
	for i := range all {
		all[i] = 2*c.States + i
	}
	s.choice = s.t.Set(all)
	s.init = s.initial()
	for _, st := range c.Steps {
		s.steps = append(s.steps, s.relation(st))
	}
	return s
}

func (s *space) variable(leaf int) int {
	if leaf < s.c.States {
		return 2 * s.place[leaf]
	}
	return s.c.States + leaf
}

// node is the diagram of a literal.
func (s *space) node(l circuit.Lit) bdd.Node {
	g := s.c.Graph
	for len(s.nodes) < g.Len() {
		s.nodes, s.known = append(s.nodes, bdd.False), append(s.known, false)
	}
	n := l.Node()
	if !s.known[n] {
		switch leaf := g.Leaf(n); {
		case n == 0:
		case leaf >= 0:
			s.nodes[n] = s.t.Var(s.variable(leaf))
		default:
			a := s.node(g.Gate(n).A)
			s.nodes[n] = s.t.And(a, s.node(g.Gate(n).B))
		}
		s.known[n] = true
	}
	if l.Negated() {
		return s.t.Not(s.nodes[n])
	}
	return s.nodes[n]
}

// forget drops the diagrams of literals, which are made again where they are
// asked for.
func (s *space) forget() { clear(s.known) }

// some is where l holds for some inputs.
func (s *space) some(l circuit.Lit) bdd.Node { return s.t.Exists(s.node(l), s.choice) }

func (s *space) initial() bdd.Node {
	st := s.c.Init
	states := s.node(st.Valid)
	for i, l := range st.Next {
		states = s.t.And(states, s.t.Iff(s.t.Var(s.variable(i)), s.node(l)))
	}
	return s.t.Exists(states, s.choice)
}

func (s *space) relation(st *circuit.Step) *relation {
	r := &relation{step: st, ways: s.node(st.Valid), errs: s.some(st.Error), fails: s.some(st.Assert), enabled: s.node(st.Enabled)}
	var before, after []int
	r.pairs = r.ways
	for _, i := range moved(s.c, st) {
		v := s.variable(i)
		before, after = append(before, v), append(after, v+1)
		r.pairs = s.t.And(r.pairs, s.t.Iff(s.t.Var(v+1), s.node(st.Next[i])))
	}
	r.pairs = s.t.Exists(r.pairs, s.choice)
	r.before, r.after = s.t.Set(before), s.t.Set(after)
	r.forth, r.back = s.t.Move(before, after), s.t.Move(after, before)
	return r
}

// image is where a step leads from some of the states.
func (s *space) image(r *relation, states bdd.Node) bdd.Node {
	return s.t.Rename(s.t.AndExists(states, r.pairs, r.before), r.back)
}

// preimage is from where some step leads to some of the states.
func (s *space) preimage(states bdd.Node) bdd.Node {
	all := bdd.False
	for _, r := range s.steps {
		all = s.t.Or(all, s.preimageBy(r, states))
	}
	return all
}

// preimageBy is from where one step leads to some of the states.
func (s *space) preimageBy(r *relation, states bdd.Node) bdd.Node {
	return s.t.AndExists(s.t.Rename(states, r.forth), r.pairs, r.after)
}

// point is the set of one state.
func (s *space) point(state []ir.Value) bdd.Node {
	n := bdd.True
	for i, b := range s.c.Bits(state) {
		v := s.t.Var(s.variable(i))
		if !b {
			v = s.t.Not(v)
		}
		n = s.t.And(n, v)
	}
	return n
}

// count is how many states there are in a set.
func (s *space) count(states bdd.Node) *big.Int {
	n := s.t.Count(states)
	return n.Rsh(n, uint(s.c.States+s.inputs))
}

// countWays is how many pairs of a state and inputs of a step there are.
func (s *space) countWays(n bdd.Node, st *circuit.Step) *big.Int {
	c := s.t.Count(n)
	return c.Rsh(c, uint(s.c.States+s.inputs-st.Inputs))
}

// has reports whether a state is in a set.
func (s *space) has(states bdd.Node, state []ir.Value) bool {
	bits := s.c.Bits(state)
	at := make([]bool, len(bits))
	for i, b := range bits {
		at[s.place[i]] = b
	}
	return s.t.Has(states, func(v int) bool { return v < 2*len(at) && v%2 == 0 && at[v/2] })
}
