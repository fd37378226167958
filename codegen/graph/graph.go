// Package graph visits the states of a small System with the judge, package
// eval, and keeps what it finds as plain data: the oracle of what is
// generated.
package graph

import (
	"math/big"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Graph is the part of a state graph that has been visited.
type Graph struct {
	// Initial are the ways through the initial statements, in order.
	Initial []Outcome
	// Actions are the instances of each action of the System, by ir.Action.Index.
	Actions []Instances
	// States in the order they were found, which is breadth-first.
	States []State
	// Cut says that states were left unexplored because there were too many
	// edges.
	Cut bool
}

// Instances are the arguments that an action is tried with: all values of its
// parameters where these are few, else those that occur anywhere in the graph.
type Instances struct {
	Action *ir.Action
	Args   [][]ir.Value
}

// State is a state with what can happen in it.
type State struct {
	Values []ir.Value
	// Explored is false for a state outside the bounds of the model and for one
	// that was left at the end: nothing is known of its steps.
	Explored bool
	// Steps are the instances that have an outcome, in order.
	Steps []Step
	// Holds are the values of the formulas asked for, in their order.
	Holds []Truth
}

// Step is an instance of an action with its outcomes, one for each way through
// the body, in order of the choices.
type Step struct {
	Action, Instance int
	Outcomes         []Outcome
}

// Outcome is a state, or the error that it ends in.
type Outcome struct {
	State int
	Err   *eval.Error // State is meaningless if set
}

// Truth is the value of a formula.
type Truth int

// Values of a formula.
const (
	False Truth = iota
	True
	Fails // it is an evaluation error
)

// maxInstances is how many instances an action may have for all of them to be
// tried.
const maxInstances = 1 << 10

type explorer struct {
	sys      *ir.System
	graph    *Graph
	ids      map[string]int
	found    [][]found // by state: what Successors returned, grouped
	edges    int
	maxEdges int
}

// found is a step before instances are numbered.
type found struct {
	action   int
	args     []ir.Value
	outcomes []Outcome
}

// Explore visits the states of sys until it has seen maxEdges edges, and
// evaluates the formulas in each.
func Explore(sys *ir.System, formulas []ir.Expr, maxEdges int) *Graph {
	x := &explorer{sys: sys, graph: &Graph{}, ids: map[string]int{}, maxEdges: maxEdges}
	for _, o := range eval.Initial(sys) {
		x.graph.Initial = append(x.graph.Initial, x.outcome(o))
	}
	for i := 0; i < len(x.graph.States); i++ {
		if x.edges >= maxEdges {
			x.graph.Cut = true
			break
		}
		x.visit(i, formulas)
	}
	x.number()
	return x.graph
}

// outcome numbers the state that an outcome leads to.
func (x *explorer) outcome(o eval.Outcome) Outcome {
	switch {
	case o.Assert != nil:
		return Outcome{Err: &eval.Error{Kind: eval.AssertFailed, Span: o.Assert.Loc}}
	case o.Err != nil:
		return Outcome{Err: o.Err}
	}
	return Outcome{State: x.id(o.State)}
}

func (x *explorer) id(values []ir.Value) int {
	key := keyOf(values)
	id, ok := x.ids[key]
	if !ok {
		id = len(x.graph.States)
		x.ids[key] = id
		x.graph.States = append(x.graph.States, State{Values: values})
		x.found = append(x.found, nil)
	}
	return id
}

// keyOf is a text that only equal values share.
func keyOf(values []ir.Value) string {
	var b strings.Builder
	for _, v := range values {
		Encode(&b, v)
	}
	return b.String()
}

// visit finds what can happen in state i.
func (x *explorer) visit(i int, formulas []ir.Expr) {
	values := x.graph.States[i].Values
	env := &eval.Env{State: values}
	for _, b := range x.sys.Bounds {
		if ok, err := eval.Holds(b.Cond, env); err != nil || !ok {
			return
		}
	}
	x.graph.States[i].Explored = true
	for _, f := range formulas {
		x.graph.States[i].Holds = append(x.graph.States[i].Holds, truth(eval.Holds(f, env)))
	}
	for _, o := range eval.Successors(x.sys, values) {
		out := x.outcome(o)
		x.edges++
		all := x.found[i]
		last := len(all) - 1
		if last >= 0 && all[last].action == o.Action.Index && slices.EqualFunc(all[last].args, o.Args, ir.Equal) {
			all[last].outcomes = append(all[last].outcomes, out)
			continue
		}
		x.found[i] = append(all, found{o.Action.Index, o.Args, []Outcome{out}})
	}
	x.found[i] = x.distinct(x.found[i], values)
}

// distinct brings together instances that occur several times because a
// domain is a sequence with repetitions.
func (x *explorer) distinct(all []found, state []ir.Value) []found {
	var out []found
	seen := map[string]bool{}
	for _, f := range all {
		a := x.sys.Actions[f.action]
		if len(f.args) < len(a.Params) || !slices.ContainsFunc(a.Params, overSequence) {
			out = append(out, f)
			continue
		}
		key := a.Name + keyOf(f.args)
		if seen[key] {
			continue
		}
		seen[key] = true
		f.outcomes = nil
		for _, o := range eval.Step(x.sys, a, f.args, state) {
			f.outcomes = append(f.outcomes, x.outcome(o))
		}
		out = append(out, f)
	}
	return out
}

func overSequence(p *ir.Param) bool { return p.Domain.Type().Kind == ir.SeqKind }

func truth(holds bool, err *eval.Error) Truth {
	switch {
	case err != nil:
		return Fails
	case holds:
		return True
	}
	return False
}

// number lists the instances of each action and numbers those that were found.
func (x *explorer) number() {
	positions := make([]map[string]int, len(x.sys.Actions))
	for i, a := range x.sys.Actions {
		all := x.instances(a)
		positions[i] = map[string]int{}
		for j, args := range all {
			positions[i][keyOf(args)] = j
		}
		x.graph.Actions = append(x.graph.Actions, Instances{a, all})
	}
	for i := range x.graph.States {
		for _, f := range x.found[i] {
			for _, j := range x.matching(f, positions[f.action]) {
				x.graph.States[i].Steps = append(x.graph.States[i].Steps, Step{f.action, j, f.outcomes})
			}
		}
	}
}

// matching returns the instance of a step; of one whose domain could not be
// evaluated, all that begin with the same arguments.
func (x *explorer) matching(f found, positions map[string]int) []int {
	if len(f.args) == len(x.sys.Actions[f.action].Params) {
		return []int{positions[keyOf(f.args)]}
	}
	var out []int
	for j, args := range x.graph.Actions[f.action].Args {
		if slices.EqualFunc(args[:len(f.args)], f.args, ir.Equal) {
			out = append(out, j)
		}
	}
	return out
}

// instances lists the arguments to try an action with.
func (x *explorer) instances(a *ir.Action) [][]ir.Value {
	columns := make([][]ir.Value, len(a.Params))
	n := 1
	for i, p := range a.Params {
		columns[i] = x.candidates(a, i, p)
		n *= max(len(columns[i]), 1)
		if n > maxInstances {
			return x.seen(a)
		}
	}
	tuples := [][]ir.Value{nil}
	for _, c := range columns {
		var longer [][]ir.Value
		for _, t := range tuples {
			for _, v := range c {
				longer = append(longer, append(slices.Clip(t), v))
			}
		}
		tuples = longer
	}
	return tuples
}

// candidates are the values to try for a parameter.
func (x *explorer) candidates(a *ir.Action, i int, p *ir.Param) []ir.Value {
	n, ok := ir.Card(p.Local.Type)
	if ok && n.Cmp(big.NewInt(maxInstances)) <= 0 {
		return slices.Collect(ir.Values(p.Local.Type))
	}
	var out []ir.Value
	for _, args := range x.seen(a) {
		out = append(out, args[i])
	}
	slices.SortFunc(out, ir.Compare)
	return slices.CompactFunc(out, ir.Equal)
}

// seen are the arguments that an action was possible with somewhere.
func (x *explorer) seen(a *ir.Action) [][]ir.Value {
	var out [][]ir.Value
	for _, steps := range x.found {
		for _, f := range steps {
			if f.action == a.Index && len(f.args) == len(a.Params) {
				out = append(out, f.args)
			}
		}
	}
	order := func(a, b []ir.Value) int { return slices.CompareFunc(a, b, ir.Compare) }
	slices.SortFunc(out, order)
	return slices.CompactFunc(out, func(a, b []ir.Value) bool { return order(a, b) == 0 })
}
