package live

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// graph is the reachable part of a System. States are numbered in the order
// in which a breadth-first search finds them; those before done have their
// edges.
type graph struct {
	plan *Plan
	prog *program.Program
	m    *program.Machine
	lim  Limits

	keys    *store.Tree
	initial []uint32
	first   []uint64 // where the edges of a state begin; one more at the end
	to      []uint32
	label   []uint32 // of an edge, an index of labels
	labels  []label
	byLabel map[string]uint32
	done    int

	enabled []uint64   // fairness.words for each state
	letters [][]uint64 // by question, by state: which propositions are true
	broken  []map[uint32]uint64
	ever    []uint64 // by question: propositions that were true somewhere
	never   []uint64 // that were false somewhere

	cuts  uint64
	limit string
	peak  uint64

	// of the state that is being expanded
	from     uint32
	outcomes int
	key      []uint64
	slots    []uint64
	buf      []byte
	step     []uint64 // by question
}

// label is what an edge says besides where it leads.
type label struct {
	constraint int32 // that it belongs to, -1 if none
	// steps are by question the propositions about the step that are true,
	// and bad those without a value; nil if no question has any.
	steps, bad []uint64
}

func newGraph(p *Plan, prog *program.Program, lim Limits) *graph {
	n := len(p.asked)
	g := &graph{plan: p, prog: prog, m: prog.NewMachine(), lim: lim, keys: store.New(prog.Layout.Words, prog.Layout.Bits, store.Options{}),
		byLabel: map[string]uint32{}, letters: make([][]uint64, n), broken: make([]map[uint32]uint64, n), ever: make([]uint64, n),
		never: make([]uint64, n), key: make([]uint64, prog.Layout.Words), slots: make([]uint64, len(prog.Layout.Slots)+1), step: make([]uint64, 2*n)}
	for i := range g.broken {
		g.broken[i] = map[uint32]uint64{}
	}
	return g
}

// pause is after how many states the limits are looked at.
const pause = 1 << 10

// explore computes the graph.
func (g *graph) explore(ctx context.Context) {
	g.m.Initial(func(m *program.Machine) {
		if m.Failure() != nil {
			return
		}
		before := g.keys.Len()
		if id, ok := g.enter(m.State()); ok && g.keys.Len() > before {
			g.initial = append(g.initial, id)
		}
	})
	g.first = append(g.first, 0)
	from := make([]uint64, g.prog.Layout.Words)
	take := g.outcome // made once: a method value is an allocation
	for g.done < g.keys.Len() && g.limit == "" {
		if g.done%pause == 0 && g.full(ctx) {
			return
		}
		g.from, g.outcomes = uint32(g.done), 0
		g.keys.Key(store.ID(g.done), from)
		g.enabled = append(g.enabled, g.plan.fair.blank()...)
		g.m.Successors(from, take)
		if g.outcomes == 0 {
			g.rest()
		}
		g.first = append(g.first, uint64(len(g.to)))
		g.done++
	}
}

func (f *fairness) blank() []uint64 { return make([]uint64, f.words) }

// full reports whether a limit is met.
func (g *graph) full(ctx context.Context) bool {
	g.peak = max(g.peak, g.bytes())
	switch {
	case ctx.Err() != nil:
		g.limit = ended(ctx)
	case g.lim.States > 0 && uint64(g.keys.Len()) > g.lim.States:
		g.limit = fmt.Sprintf("the limit of %d states", g.lim.States)
	case g.lim.Memory > 0 && g.bytes() > g.lim.Memory:
		g.limit = fmt.Sprintf("the limit of %d bytes of memory", g.lim.Memory)
	}
	return g.limit != ""
}

// ended says in words why a context ended.
func ended(ctx context.Context) string {
	switch err := context.Cause(ctx); {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time limit"
	default:
		return err.Error()
	}
}

func (g *graph) bytes() uint64 {
	n := g.keys.Bytes() + g.prog.Pool.Bytes() + 8*uint64(cap(g.first)+cap(g.enabled)) + 4*uint64(cap(g.to)+cap(g.label))
	for _, l := range g.letters {
		n += 8 * uint64(cap(l))
	}
	return n
}

// enter stores a state; false says that it is outside the bounds, or that
// there is no room for it.
func (g *graph) enter(slots []uint64) (uint32, bool) {
	g.prog.Layout.Pack(g.key, slots)
	if id, ok := g.keys.Find(g.key); ok {
		return uint32(id), true
	}
	g.prog.Layout.Unpack(g.slots, g.key)
	for _, b := range g.plan.bounds {
		if ok, failure := g.m.Test(b, g.slots, nil); !ok && failure == nil {
			g.cuts++
			return 0, false
		}
	}
	id, _, err := g.keys.Insert(g.key)
	if err != nil {
		g.limit = err.Error()
		return 0, false
	}
	for i, q := range g.plan.asked {
		letter, bad := g.test(q, g.slots, ^q.steps)
		g.letters[i] = append(g.letters[i], letter)
		if bad != 0 {
			g.broken[i][uint32(id)] = bad
		}
		g.ever[i] |= letter
		g.never[i] |= ^letter &^ q.steps
	}
	return uint32(id), true
}

// test evaluates the chosen propositions of a question.
func (g *graph) test(q *question, slots []uint64, chosen uint64) (letter, bad uint64) {
	for i, t := range q.tests {
		if chosen>>i&1 == 0 {
			continue
		}
		ok, failure := g.m.Test(t, slots, nil)
		switch {
		case failure != nil:
			bad |= 1 << i
		case ok:
			letter |= 1 << i
		}
	}
	return letter, bad
}

// outcome takes one outcome of the Machine.
func (g *graph) outcome(m *program.Machine) {
	g.outcomes++
	c := g.plan.fair.of(m)
	if c >= 0 {
		g.enabled[int(g.from)*g.plan.fair.words+c/64] |= 1 << (c % 64)
	}
	if m.Failure() != nil {
		return
	}
	if id, ok := g.enter(m.State()); ok {
		g.edge(id, g.labelOf(c))
	}
}

// rest lets a run that has ended stay where it is.
func (g *graph) rest() {
	g.m.Rest()
	g.edge(g.from, g.labelOf(-1))
}

// nearby is how many edges are looked through for one that is the same.
const nearby = 16

func (g *graph) edge(to, label uint32) {
	begin := max(int(g.first[g.from]), len(g.to)-nearby)
	for i := len(g.to) - 1; i >= begin; i-- {
		if g.to[i] == to && g.label[i] == label {
			return
		}
	}
	g.to, g.label = append(g.to, to), append(g.label, label)
}

// labelOf is the label of the step that the Machine is at.
func (g *graph) labelOf(constraint int) uint32 {
	any := false
	for i, q := range g.plan.asked {
		g.step[2*i], g.step[2*i+1] = 0, 0
		if q.steps != 0 {
			any = true
			letter, bad := g.test(q, g.m.From(), q.steps)
			g.step[2*i], g.step[2*i+1] = letter, bad
			g.ever[i] |= letter
			g.never[i] |= q.steps &^ letter
		}
	}
	g.buf = binary.LittleEndian.AppendUint32(g.buf[:0], uint32(constraint))
	if any {
		for _, w := range g.step {
			g.buf = binary.LittleEndian.AppendUint64(g.buf, w)
		}
	} else if n := constraint + 1; n < len(g.labels) && g.labels[n].constraint == int32(constraint) {
		return uint32(n)
	}
	id, ok := g.byLabel[string(g.buf)]
	if ok {
		return id
	}
	if !any { // in order, to be found without looking
		for n := len(g.labels); n <= constraint+1; n++ {
			g.labels = append(g.labels, label{constraint: int32(n - 1)})
		}
		return uint32(constraint + 1)
	}
	l := label{constraint: int32(constraint)}
	for i := range g.plan.asked {
		l.steps, l.bad = append(l.steps, g.step[2*i]), append(l.bad, g.step[2*i+1])
	}
	id = uint32(len(g.labels))
	g.labels = append(g.labels, l)
	g.byLabel[string(g.buf)] = id
	return id
}

// vacuous lists the antecedents of a question that were never true.
func (g *graph) vacuous(i int) []evidence.Vacuity {
	q := g.plan.asked[i]
	if q.err != nil || g.done == 0 {
		return nil
	}
	var out []evidence.Vacuity
	for n, a := range q.ltl.Antecedents {
		asked, earlier := false, false
		for k, b := range q.ltl.Antecedents { // the same for another value
			if b.Span == a.Span {
				seen := g.ever[i]
				if b.Negated {
					seen = g.never[i]
				}
				asked = asked || seen>>b.Prop&1 == 1
				earlier = earlier || k < n
			}
		}
		if !asked && !earlier {
			out = append(out, evidence.Vacuity{Prop: q.prop, Span: a.Span, Why: "this is never true, so what it asks for is never asked for"})
		}
	}
	return out
}

// mostNodes is how many nodes a product may have.
const mostNodes = math.MaxInt32
