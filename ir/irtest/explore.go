package irtest

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Result is what Explore finds. Depths are in steps from an initial state;
// -1 means never.
type Result struct {
	Figures
	// States are the reachable states in the order they were found.
	States [][]ir.Value
	// Props is where each invariant or step property is first violated, or a
	// witness first true, by index of System.Props. A step property is
	// violated at the depth of the second state. Of a scenario it is the
	// number of its actions, if it is possible.
	Props []int
	// PropErr is where evaluating a property, bound or Terminal first fails.
	PropErr int
	// Errors and Asserts are the outcomes that end in a violation.
	Errors, Asserts []eval.Outcome
}

// Figures are what a System is known to come to.
type Figures struct {
	Distinct int // reachable states within the bounds
	// Generated counts initial states and successors, the same ones again and
	// those that are cut included; outcomes that end in a violation are not.
	Generated int
	Initial   int // distinct initial states
	Depth     int // longest shortest path
	Cuts      int // generated states outside the bounds
	Deadlock  int // depth of the first deadlock
	// Error and Assert are where a step first ends in an evaluation error or
	// a failed assertion. The failing step counts.
	Error, Assert int
}

type node struct {
	state []ir.Value
	depth int
}

type explorer struct {
	sys   *ir.System
	seen  map[string]bool
	queue []node
	res   *Result
}

// Explore visits every state of sys breadth-first, with package eval and
// nothing else. It does not stop at violations; a state outside the bounds is
// generated and checked, but neither stored nor explored.
func Explore(sys *ir.System) *Result { return ExploreUpTo(sys, -1) }

// ExploreUpTo is Explore, but leaves it at the successors of the first n
// states; a negative n is no limit.
func ExploreUpTo(sys *ir.System, n int) *Result {
	x := &explorer{sys: sys, seen: map[string]bool{}, res: &Result{PropErr: -1}}
	x.res.Deadlock, x.res.Error, x.res.Assert = -1, -1, -1
	x.res.Props = slices.Repeat([]int{-1}, len(sys.Props))
	for _, o := range eval.Initial(sys) {
		x.reach(o, nil, 0)
	}
	x.res.Initial = len(x.queue)
	for ; len(x.queue) > 0 && n != 0; n-- {
		n := x.queue[0]
		x.queue = x.queue[1:]
		succ := eval.Successors(sys, n.state)
		for _, o := range succ {
			x.reach(o, n.state, n.depth+1)
		}
		if len(succ) == 0 && !(sys.Terminal != nil && x.holds(sys.Terminal, false, n, &eval.Env{})) {
			first(&x.res.Deadlock, n.depth)
		}
	}
	x.res.Distinct = len(x.res.States)
	for i, p := range sys.Props {
		if p.Kind == ir.Scenario && Possible(sys, p.Run) {
			x.res.Props[i] = moves(p.Run)
		}
	}
	return x.res
}

// reach takes note of one outcome at the given depth.
func (x *explorer) reach(o eval.Outcome, from []ir.Value, depth int) {
	switch {
	case o.Err != nil:
		first(&x.res.Error, depth)
		x.res.Errors = append(x.res.Errors, o)
		return
	case o.Assert != nil:
		first(&x.res.Assert, depth)
		x.res.Asserts = append(x.res.Asserts, o)
		return
	}
	x.res.Generated++
	x.check(o, from, depth)
	for _, b := range x.sys.Bounds {
		if !x.holds(b.Cond, true, node{o.State, depth}, &eval.Env{}) {
			x.res.Cuts++
			return
		}
	}
	key := Key(o.State)
	if x.seen[key] {
		return
	}
	x.seen[key] = true
	x.res.States = append(x.res.States, o.State)
	x.res.Depth = max(x.res.Depth, depth)
	x.queue = append(x.queue, node{o.State, depth})
}

func (x *explorer) check(o eval.Outcome, from []ir.Value, depth int) {
	n := node{o.State, depth}
	for i, p := range x.sys.Props {
		switch p.Kind {
		case ir.Invariant:
			if !x.holds(p.Formula, true, n, &eval.Env{}) {
				first(&x.res.Props[i], depth)
			}
		case ir.Witness:
			if x.holds(p.Formula, false, n, &eval.Env{}) {
				first(&x.res.Props[i], depth)
			}
		case ir.Step:
			step := &eval.Env{Old: from, Taken: &eval.Taken{Action: o.Action, Args: o.Args}}
			if from != nil && !x.holds(p.Formula, true, n, step) {
				first(&x.res.Props[i], depth)
			}
		}
	}
}

// holds evaluates e at n, which becomes the state of env; where that fails it
// says otherwise.
func (x *explorer) holds(e ir.Expr, otherwise bool, n node, env *eval.Env) bool {
	env.State = n.state
	ok, err := eval.Holds(e, env)
	if err != nil {
		first(&x.res.PropErr, n.depth)
		return otherwise
	}
	return ok
}

func first(at *int, depth int) {
	if *at < 0 {
		*at = depth
	}
}

// Key returns a text that two states share exactly if they are the same.
func Key(state []ir.Value) string {
	var key []byte
	for _, v := range state {
		key = append(key, ir.Format(v)...)
		key = append(key, ';')
	}
	return string(key)
}
