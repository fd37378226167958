package mc

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/wire"
)

// Checkpoint lets a breadth-first search with an exact store go on after its
// process has ended, however it ended, with the same verdicts and figures.
type Checkpoint struct {
	// Every is the time between two checkpoints; they are made between rounds.
	Every time.Duration
	// Save stores what write writes, all of it or nothing.
	Save func(write func(io.Writer) error) error
	// Load is a checkpoint to go on from; nil means to begin.
	Load io.Reader
}

// Reasons against a checkpoint.
var (
	ErrNoCheckpoint      = errors.New("this is no checkpoint of a search")
	ErrForeignCheckpoint = errors.New("the checkpoint is of another model, or the model was changed since")
	ErrDamagedCheckpoint = errors.New("the checkpoint is damaged")
)

// format is the first word of a checkpoint; its last byte counts changes.
const format = 0x53504543_6d637002

// identity tells Systems apart, and what is left out of them.
func (s *search) identity() uint64 {
	h := fnv.New64a()
	io.WriteString(h, print.System(s.sys))
	fmt.Fprint(h, s.prog.Layout.Bits, s.orbits != nil, s.order() != nil)
	return h.Sum64()
}

// tally is what is counted besides states.
type tally struct {
	generated uint64
	cuts      uint64
	cutBy     []bool
	actions   []program.Count
}

func newTally(sys *ir.System) tally {
	t := tally{cutBy: make([]bool, len(sys.Bounds)), actions: make([]program.Count, len(sys.Actions))}
	for i, a := range sys.Actions {
		t.actions[i].Blocked = make([]uint64, len(ir.Conjuncts(a.Guard)))
	}
	return t
}

// tally adds up what the workers have counted, and what was counted before
// the checkpoint that the search began from.
func (s *search) tally() tally {
	t := newTally(s.sys)
	t.add(s.before)
	for _, w := range s.workers {
		t.add(tally{w.generated.Load(), w.cuts, w.cutBy, w.actions})
		t.add(tally{actions: w.step.Counts()})
		t.add(tally{actions: w.m.Counts()})
	}
	return t
}

func (t *tally) add(u tally) {
	t.generated += u.generated
	t.cuts += u.cuts
	for i, cut := range u.cutBy {
		t.cutBy[i] = t.cutBy[i] || cut
	}
	for i, c := range u.actions {
		a := &t.actions[i]
		a.Taken += c.Taken
		a.Enabled += c.Enabled
		a.Passed = a.Passed || c.Passed
		for j, n := range c.Blocked {
			a.Blocked[j] += n
		}
	}
}

// checkpoint saves the search between two rounds, if it is time to.
func (s *search) checkpoint() {
	c := s.opt.Checkpoint
	tree, exact := s.store.(*store.Exact)
	if c == nil || !exact || s.opt.Order != BreadthFirst || s.opt.trace || time.Since(s.saved) < c.Every {
		return
	}
	s.unsaved = c.Save(func(out io.Writer) error {
		w := wire.NewWriter(out)
		w.Uint(format)
		w.Uint(s.identity())
		s.save(w)
		s.prog.Pool.Save(w)
		tree.Save(w)
		return w.Close()
	})
	s.saved = time.Now()
}

func (s *search) save(w *wire.Writer) {
	w.Int(s.depth)
	for _, n := range []uint64{s.states.Distinct, s.states.Initial, uint64(s.states.Depth)} {
		w.Uint(n)
	}
	w.List(s.levels)
	t := s.tally()
	w.Uint(t.generated)
	w.Uint(t.cuts)
	for _, cut := range t.cutBy {
		w.Bool(cut)
	}
	for _, a := range t.actions {
		w.Uint(a.Taken)
		w.Uint(a.Enabled)
		w.Bool(a.Passed)
		w.List(a.Blocked)
	}
	for _, v := range s.goal.vacuous {
		w.Bool(v.seen.Load())
	}
	for _, t := range s.goal.targets {
		w.Bool(t.broken.Load())
		w.Bool(t.hit != nil)
		if t.hit != nil {
			w.Int(t.hit.depth)
		}
	}
	spans := s.frontier.next()
	s.frontier.add(spans)
	w.Int(len(spans))
	for _, sp := range spans {
		w.Uint(uint64(sp.from))
		w.Uint(uint64(sp.to))
	}
}

// resume fills a search that has not begun from a checkpoint.
func (s *search) resume(in io.Reader) error {
	r := wire.NewReader(in)
	if r.Uint() != format {
		return ErrNoCheckpoint
	}
	if r.Uint() != s.identity() {
		return ErrForeignCheckpoint
	}
	s.load(r)
	tree, exact := s.store.(*store.Exact)
	if !exact || s.opt.Order != BreadthFirst {
		return errors.New("only a breadth-first search with an exact store goes on from a checkpoint")
	}
	if s.prog.Pool.Load(r) != nil || tree.Load(r) != nil || r.Close() != nil {
		return ErrDamagedCheckpoint
	}
	s.parents = nil
	s.distinct.Store(s.states.Distinct)
	s.workers, s.saved = []*worker{newWorker(s)}, time.Now()
	return nil
}

func (s *search) load(r *wire.Reader) {
	s.depth = r.Int(1 << 40)
	s.states.Distinct, s.states.Initial, s.states.Depth = r.Uint(), r.Uint(), r.Int(1<<40)
	s.levels = r.List(1 << 40)
	t := newTally(s.sys)
	t.generated, t.cuts = r.Uint(), r.Uint()
	for i := range t.cutBy {
		t.cutBy[i] = r.Bool()
	}
	for i := range t.actions {
		a := &t.actions[i]
		a.Taken, a.Enabled, a.Passed = r.Uint(), r.Uint(), r.Bool()
		copy(a.Blocked, r.List(uint64(len(a.Blocked))))
	}
	s.before = t
	for _, v := range s.goal.vacuous {
		v.seen.Store(r.Bool())
	}
	for _, t := range s.goal.targets {
		t.broken.Store(r.Bool())
		if r.Bool() {
			t.hit = &hit{depth: r.Int(1 << 40)}
		}
	}
	var spans []span
	for range r.Int(1 << 40) {
		if r.Err() != nil {
			break
		}
		spans = append(spans, span{store.ID(r.Int(store.Capacity)), store.ID(r.Int(store.Capacity))})
	}
	s.frontier.add(spans)
}
