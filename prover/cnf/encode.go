package cnf

import "github.com/spec-lang/spec/ir/circuit"

// Frame is a moment in time for which literals of a graph have meanings of
// their own.
type Frame int

// Start is no frame: what comes before the first one.
const Start Frame = -1

// Use says from which sides a literal is looked at. A clause in which it
// stands asks for Pos, one in which its negation stands for Neg.
type Use uint8

// Uses of a literal.
const (
	Pos  Use = 1 << iota // where the literal is true, so is what it stands for
	Neg                  // where it is false, so is what it stands for
	Both = Pos | Neg
)

func (u Use) flip(negated bool) Use {
	if !negated {
		return u
	}
	return u>>1 | u<<1&Both
}

// Encoder translates literals of a graph into clauses: a variable for each
// gate, and of its definition the half that is used. Tseitin, "On the
// complexity of derivation in propositional calculus" (1968); Plaisted and
// Greenbaum, "A structure-preserving clause form translation", JSC 2 (1986).
type Encoder struct {
	g      *circuit.Graph
	to     Sink
	truth  Lit
	frames []frame
	uses   []uint8 // of each node by others: 0, 1, or 2 for more
}

// frame are the variables of the nodes at one time.
type frame struct {
	prev Frame
	next []circuit.Lit // what the first leaves are, read in prev
	lits []Lit         // by node
	done []Use
}

// NewEncoder returns an Encoder of the literals of g into to.
func NewEncoder(g *circuit.Graph, to Sink) *Encoder {
	e := &Encoder{g: g, to: to, truth: to.Var(), uses: make([]uint8, g.Len())}
	to.Add(e.truth)
	for n := range g.Len() {
		if g.Leaf(n) < 0 {
			gate := g.Gate(n)
			for _, l := range []circuit.Lit{gate.A, gate.B} {
				e.uses[l.Node()] = min(e.uses[l.Node()]+1, 2)
			}
		}
	}
	return e
}

// Free returns a new frame in which all leaves are new variables.
func (e *Encoder) Free() Frame { return e.After(Start, nil) }

// After returns a new frame in which leaf i is what next[i] is in prev; the
// leaves beyond are new variables.
func (e *Encoder) After(prev Frame, next []circuit.Lit) Frame {
	e.frames = append(e.frames, frame{prev: prev, next: next})
	return Frame(len(e.frames) - 1)
}

// Lit returns a literal for l in a frame, good for the given use.
func (e *Encoder) Lit(at Frame, l circuit.Lit, use Use) Lit {
	v := e.node(at, l.Node(), use.flip(l.Negated()))
	if l.Negated() {
		return -v
	}
	return v
}

// Lits is Lit for each of the given literals.
func (e *Encoder) Lits(at Frame, ls []circuit.Lit, use Use) []Lit {
	out := make([]Lit, len(ls))
	for i, l := range ls {
		out[i] = e.Lit(at, l, use)
	}
	return out
}

func (e *Encoder) node(at Frame, n int, use Use) Lit {
	if n == 0 {
		return -e.truth
	}
	f := &e.frames[at]
	leaf := e.g.Leaf(n)
	if leaf >= 0 && leaf < len(f.next) {
		return e.Lit(f.prev, f.next[leaf], use)
	}
	for len(f.lits) < e.g.Len() {
		f.lits, f.done = append(f.lits, make([]Lit, e.g.Len()-len(f.lits))...), append(f.done, make([]Use, e.g.Len()-len(f.done))...)
	}
	if f.lits[n] == 0 {
		f.lits[n] = e.to.Var()
	}
	v, missing := f.lits[n], use&^f.done[n]
	f.done[n] |= use
	if leaf >= 0 || missing == 0 {
		return v
	}
	parts := e.parts(nil, n)
	ls := e.Lits(at, parts, missing)
	if missing&Pos != 0 {
		for _, l := range ls {
			e.to.Add(-v, l)
		}
	}
	if missing&Neg != 0 {
		clause := []Lit{v}
		for _, l := range ls {
			clause = append(clause, -l)
		}
		e.to.Add(clause...)
	}
	return v
}

// parts are the operands of a conjunction, those of conjunctions that nobody
// else uses among them.
func (e *Encoder) parts(out []circuit.Lit, n int) []circuit.Lit {
	gate := e.g.Gate(n)
	for _, l := range []circuit.Lit{gate.A, gate.B} {
		m := l.Node()
		if single := m < len(e.uses) && e.uses[m] == 1; single && !l.Negated() && e.g.Leaf(m) < 0 && len(out) < 64 {
			out = e.parts(out, m)
			continue
		}
		out = append(out, l)
	}
	return out
}
