package ic3

import (
	"container/heap"
	"slices"

	"github.com/spec-lang/spec/prover/sat"
)

// obligation is a set of states that is to be excluded at a level: with the
// inputs, each of them leads into the next obligation, or to the target.
type obligation struct {
	cube   Cube
	level  int
	inputs []bool
	next   *obligation // nil of the last
	seq    int
}

// queue has the lowest level first.
type queue []*obligation

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*obligation)) }

func (q queue) Less(i, j int) bool {
	if q[i].level != q[j].level {
		return q[i].level < q[j].level
	}
	return q[i].seq > q[j].seq
}

func (q *queue) Pop() any {
	old := *q
	o := old[len(old)-1]
	*q = old[:len(old)-1]
	return o
}

// block excludes the states of an obligation, and those that lead to them. If
// an initial state is among these it returns the run from there.
func (e *Engine) block(o *obligation) ([][]bool, error) {
	q := &queue{}
	push := func(o *obligation) ([][]bool, error) {
		e.seq++
		o.seq = e.seq
		heap.Push(q, o)
		if meets, err := e.first.meets(o.cube); !meets || err != nil {
			return nil, err
		}
		return e.run(e.first.state(), o), nil
	}
	if path, err := push(o); path != nil || err != nil {
		return path, err
	}
	for q.Len() > 0 {
		o := heap.Pop(q).(*obligation)
		if e.excluded(o.cube, o.level) {
			e.later(q, o, o.level)
			continue
		}
		core, answer := e.main.relative(o.cube, o.level-1)
		switch answer {
		case sat.Stopped:
			return nil, errEnded
		case sat.Sat:
			x, u := e.main.model()
			before, err := e.lift.step(o.cube, x, u)
			if err != nil {
				return nil, err
			}
			heap.Push(q, o)
			if path, err := push(&obligation{cube: before, level: o.level - 1, inputs: u, next: o}); path != nil || err != nil {
				return path, err
			}
		case sat.Unsat:
			level, err := e.learn(core, o)
			if err != nil {
				return nil, err
			}
			e.later(q, o, level)
		}
	}
	return nil, nil
}

// run follows obligations from a state of the first.
func (e *Engine) run(state []bool, o *obligation) [][]bool {
	path := [][]bool{state}
	for ; o.next != nil; o = o.next {
		values := e.sys.Graph.Evaluate(append(slices.Clone(state), o.inputs...))
		state = make([]bool, e.sys.States)
		for j, l := range e.sys.Next {
			state[j] = l.Value(values)
		}
		path = append(path, state)
	}
	return path
}

// later has an obligation met at the next level, too: a run that comes to it
// may be longer.
func (e *Engine) later(q *queue, o *obligation, level int) {
	if level < e.top {
		o.level = level + 1
		heap.Push(q, o)
	}
}

// learn excludes more than the states of an obligation, of which core is
// enough, up to a level as high as can be, which it returns.
func (e *Engine) learn(core Cube, o *obligation) (int, error) {
	c, err := e.first.apart(core, o.cube)
	if err != nil {
		return 0, err
	}
	if c, err = e.generalize(c, o.level-1); err != nil {
		return 0, err
	}
	level := o.level
	for level < e.top {
		core, answer := e.main.relative(c, level)
		if answer == sat.Stopped {
			return 0, errEnded
		}
		if answer == sat.Sat {
			break
		}
		if c, err = e.first.apart(core, c); err != nil {
			return 0, err
		}
		level++
	}
	e.add(c, level)
	return level, nil
}

// generalize drops literals of a cube that no state of a frame leads to, as
// long as that stays so: the minimal inductive subclause of Bradley and Manna,
// "Checking safety by inductive generalization of counterexamples to
// induction", FMCAD 2007, one literal at a time.
func (e *Engine) generalize(c Cube, level int) (Cube, error) {
	for i := 0; i < len(c) && len(c) > 1; {
		less := c.without(i)
		meets, err := e.first.meets(less)
		if err != nil {
			return nil, err
		}
		if meets {
			i++
			continue
		}
		core, answer := e.main.relative(less, level)
		switch answer {
		case sat.Stopped:
			return nil, errEnded
		case sat.Sat:
			i++
		case sat.Unsat:
			kept := c[:i]
			if c, err = e.first.apart(core, less); err != nil {
				return nil, err
			}
			i = 0
			for i < len(kept) && i < len(c) && c[i] == kept[i] {
				i++
			}
		}
	}
	return c, nil
}
