package circuit

// Lit is a node of a Graph or, if odd, its negation.
type Lit uint32

// The constants.
const (
	False Lit = 0
	True  Lit = 1
)

// Not is the negation.
func (l Lit) Not() Lit { return l ^ 1 }

// Node is the node without the sign.
func (l Lit) Node() int { return int(l >> 1) }

// Negated reports whether the literal is the negation of its node.
func (l Lit) Negated() bool { return l&1 != 0 }

// Gate is a node: the conjunction of A and B, or, if A is 0, a leaf: the
// constant false (node 0) or bit B>>1 of the inputs or state.
type Gate struct{ A, B Lit }

// Graph is an and-inverter graph: every node stands once, and what constants
// decide is no node. See Kuehlmann, Paruthi, Krohm and Ganai, "Robust Boolean
// reasoning for equivalence checking and functional property verification",
// IEEE TCAD 21 (2002).
type Graph struct {
	gates  []Gate
	hash   map[Gate]Lit
	leaves []Lit // by number
}

func newGraph() *Graph {
	return &Graph{gates: make([]Gate, 1), hash: map[Gate]Lit{}}
}

// Len is the number of nodes; their indices are 0 to Len-1, operands first.
func (g *Graph) Len() int { return len(g.gates) }

// Gate returns a node.
func (g *Graph) Gate(node int) Gate { return g.gates[node] }

// Leaf returns the number of the leaf that a node is, -1 if it is none.
func (g *Graph) Leaf(node int) int {
	if n := g.gates[node]; node > 0 && n.A == 0 {
		return int(n.B >> 1)
	}
	return -1
}

// Leaves is how many leaves there are.
func (g *Graph) Leaves() int { return len(g.leaves) }

// leaf returns the leaf with a number, which is at most one more than there
// are.
func (g *Graph) leaf(number int) Lit {
	if number == len(g.leaves) {
		g.leaves = append(g.leaves, Lit(len(g.gates))<<1)
		g.gates = append(g.gates, Gate{0, Lit(number) << 1})
	}
	return g.leaves[number]
}

// And is the conjunction.
func (g *Graph) And(a, b Lit) Lit {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == False || a == b.Not():
		return False
	case a == True || a == b:
		return b
	}
	if l, ok := g.absorbed(a, b); ok {
		return l
	}
	key := Gate{a, b}
	if l, ok := g.hash[key]; ok {
		return l
	}
	l := Lit(len(g.gates)) << 1
	g.gates = append(g.gates, key)
	g.hash[key] = l
	return l
}

// absorbed looks one level down: x&(x&y) is x&y, x&!x&y is false.
func (g *Graph) absorbed(a, b Lit) (Lit, bool) {
	for range 2 {
		if n := g.gates[b.Node()]; n.A != 0 {
			switch in, out := n.A == a || n.B == a, n.A == a.Not() || n.B == a.Not(); {
			case in && !b.Negated():
				return b, true
			case in:
				rest := n.A ^ n.B ^ a
				return g.And(a, rest.Not()), true
			case out && !b.Negated():
				return False, true
			case out:
				return a, true
			}
		}
		a, b = b, a
	}
	return False, false
}

// Or is the disjunction.
func (g *Graph) Or(a, b Lit) Lit { return g.And(a.Not(), b.Not()).Not() }

// Xor is true if exactly one of a and b is.
func (g *Graph) Xor(a, b Lit) Lit {
	return g.Or(g.And(a, b.Not()), g.And(a.Not(), b))
}

// Iff is true if a and b are the same.
func (g *Graph) Iff(a, b Lit) Lit { return g.Xor(a, b).Not() }

// Mux is a where c holds, else b.
func (g *Graph) Mux(c, a, b Lit) Lit {
	switch {
	case c == True || a == b:
		return a
	case c == False:
		return b
	case a == b.Not():
		return g.Iff(c, a)
	}
	return g.Or(g.And(c, a), g.And(c.Not(), b))
}

// Evaluate returns the values of all nodes for the given values of the
// leaves; those not given are false.
func (g *Graph) Evaluate(leaves []bool) []bool {
	v := make([]bool, len(g.gates))
	read := func(l Lit) bool { return v[l.Node()] != l.Negated() }
	for i, n := range g.gates {
		switch {
		case i == 0:
		case n.A == 0:
			v[i] = int(n.B>>1) < len(leaves) && leaves[n.B>>1]
		default:
			v[i] = read(n.A) && read(n.B)
		}
	}
	return v
}

// Value reads a literal off what Evaluate returned.
func (l Lit) Value(nodes []bool) bool { return nodes[l.Node()] != l.Negated() }

// exists is the disjunction of l with leaf x false and true.
func (g *Graph) exists(l, x Lit) Lit {
	return g.Or(g.cofactor(l, x, False, map[int]Lit{}), g.cofactor(l, x, True, map[int]Lit{}))
}

func (g *Graph) cofactor(l, x, by Lit, done map[int]Lit) Lit {
	sign := l & 1
	n := l.Node()
	if n == x.Node() {
		return by ^ sign
	}
	if n < x.Node() || g.gates[n].A == 0 {
		return l
	}
	r, ok := done[n]
	if !ok {
		a := g.cofactor(g.gates[n].A, x, by, done)
		r = g.And(a, g.cofactor(g.gates[n].B, x, by, done))
		done[n] = r
	}
	return r ^ sign
}

// Support visits the leaves that the given literals depend on, each once, in
// ascending order of nodes.
func (g *Graph) Support(visit func(leaf int), of ...Lit) {
	seen := map[int]bool{}
	var found []int
	var walk func(n int)
	walk = func(n int) {
		if seen[n] {
			return
		}
		seen[n] = true
		if leaf := g.Leaf(n); leaf >= 0 {
			found = append(found, leaf)
			return
		}
		if n > 0 {
			walk(g.gates[n].A.Node())
			walk(g.gates[n].B.Node())
		}
	}
	for _, l := range of {
		walk(l.Node())
	}
	for _, leaf := range found {
		visit(leaf)
	}
}
