package mc

import (
	"context"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// scene is a compiled scenario.
type scene struct {
	run   *ir.ScenarioRun
	free  []free
	steps []sceneStep
}

// free is a variable of a scenario.
type free struct {
	local *ir.Local
	reg   int
	rep   *word.Rep
}

// sceneStep is one step. Variables that it is the first to mention get their
// values there.
type sceneStep struct {
	action int // -1 for an expectation
	args   []*program.Expression
	expect *program.Predicate
	binds  []int // variables, by index
}

func newScene(run *ir.ScenarioRun, c *program.Compiler) *scene {
	sc := &scene{run: run}
	for _, l := range run.Free {
		sc.free = append(sc.free, free{l, c.Register(l), c.Rep(l.Type)})
	}
	bound := make([]bool, len(run.Free))
	for _, st := range run.Steps {
		out := sceneStep{action: -1}
		mention := func(t ir.Tree) bool {
			if ref, ok := t.(*ir.LocalRef); ok {
				if i := slices.Index(run.Free, ref.Local); i >= 0 && !bound[i] {
					bound[i] = true
					out.binds = append(out.binds, i)
				}
			}
			return true
		}
		if st.Action == nil {
			out.expect = c.Predicate(st.Expect)
			ir.Walk(st.Expect, mention)
		} else {
			out.action = st.Action.Index
		}
		for _, a := range st.Args {
			out.args = append(out.args, c.Expression(a))
			ir.Walk(a, mention)
		}
		sc.steps = append(sc.steps, out)
	}
	return sc
}

// player looks for a run of a scene, depth-first, and never twice from the
// same place.
type player struct {
	ctx    context.Context
	scene  *scene
	prog   *program.Program
	m      *program.Machine
	values []uint64 // of the free variables
	failed map[string]bool
	far    int // steps that some run has taken
	way    []evidence.Step
}

// spot is where a run has come to.
type spot struct {
	key, old []uint64 // old is nil in an initial state
	step     evidence.Step
}

// Scenarios decides the scenarios of a result, whatever engine it is of. Their
// steps say where runs go, so that no search is needed.
func Scenarios(ctx context.Context, res *evidence.Result) {
	prog, c := program.Compile(res.System)
	scenes := map[*ir.Property]*scene{}
	for _, p := range res.System.Asked(ir.Scenario) {
		scenes[p] = newScene(p.Run, c)
	}
	playAll(ctx, prog, scenes, res)
}

func playAll(ctx context.Context, prog *program.Program, scenes map[*ir.Property]*scene, res *evidence.Result) {
	for i := range res.Findings {
		if f := &res.Findings[i]; scenes[f.Prop] != nil {
			play(ctx, prog, scenes[f.Prop], f)
		}
	}
}

// play decides a scenario.
func play(ctx context.Context, prog *program.Program, sc *scene, f *evidence.Finding) {
	p := &player{ctx: ctx, scene: sc, prog: prog, m: prog.NewMachine(), values: make([]uint64, len(sc.free)), failed: map[string]bool{}}
	possible := false
	for _, start := range p.collect(func(emit func(*program.Machine)) { p.m.Initial(emit) }, nil) {
		if possible = p.play(0, start); possible {
			break
		}
	}
	switch {
	case possible:
		slices.Reverse(p.way)
		f.Trace, f.Depth = &evidence.Trace{Steps: p.way, Loop: -1}, len(p.way)-1
	case ctx.Err() != nil:
		f.Why = limit.Words(ctx)
		return
	case len(sc.steps) == 0:
		f.Why = "there is no initial state"
	default:
		f.Why = fmt.Sprintf("no run gets past step %d of it", p.far+1)
		f.Span = sc.run.Steps[p.far].Span
	}
	f.Verdict = evidence.Violated
	if possible != sc.run.Refuse {
		f.Verdict = evidence.Holds
	}
}

// collect lists the outcomes that do not fail.
func (p *player) collect(run func(func(*program.Machine)), old []uint64) []spot {
	var out []spot
	run(func(m *program.Machine) {
		if m.Failure() == nil {
			key := make([]uint64, p.prog.Layout.Words)
			p.prog.Layout.Pack(key, m.State())
			out = append(out, spot{key, old, taken(m, p.prog)})
		}
	})
	return out
}

// play reports whether the run can go on from step i to the end. If so the
// way there is in p.way, the last step first.
func (p *player) play(i int, at spot) bool {
	p.far = max(p.far, i)
	if i == len(p.scene.steps) {
		p.way = append(p.way, at.step)
		return true
	}
	memo := fmt.Sprint(i, at.key, at.old, p.bound(i))
	if p.failed[memo] || p.ctx.Err() != nil {
		return false
	}
	if p.bind(i, at, p.scene.steps[i].binds) {
		return true
	}
	p.failed[memo] = true
	return false
}

// bound are the values of the variables that have one before step i.
func (p *player) bound(i int) []uint64 {
	var vs []uint64
	for _, st := range p.scene.steps[:i] {
		for _, b := range st.binds {
			vs = append(vs, p.values[b])
		}
	}
	return vs
}

// bind tries every value of the given variables, those of one unordered sort
// being different, and then step i.
func (p *player) bind(i int, at spot, binds []int) bool {
	if len(binds) == 0 {
		return p.take(i, at)
	}
	b := binds[0]
	u := p.scene.free[b].rep.Universe()
	if u == nil {
		return false
	}
	for n := range u.Len() {
		p.values[b] = u.Word(n)
		if !p.taken(i, b, binds[1:]) && p.bind(i, at, binds[1:]) {
			return true
		}
	}
	return false
}

// taken reports whether a variable that already has a value, or an earlier one
// of this step, is of the same unordered sort and has the value of b.
func (p *player) taken(i, b int, later []int) bool {
	t := p.scene.free[b].local.Type
	if t.Kind != ir.SortKind || t.Sort.Order != ir.Unordered {
		return false
	}
	for _, st := range p.scene.steps[:i+1] {
		for _, other := range st.binds {
			if other != b && !slices.Contains(later, other) && p.scene.free[other].local.Type == t && p.values[other] == p.values[b] {
				return true
			}
		}
	}
	return false
}

// take takes step i.
func (p *player) take(i int, at spot) bool {
	st := p.scene.steps[i]
	for j, f := range p.scene.free {
		p.m.Bind(f.reg, p.values[j])
	}
	slots, old := p.slots(at.key), p.slots(at.old)
	if st.expect != nil {
		ok, failure := p.m.Test(st.expect, slots, old)
		return ok && failure == nil && p.play(i+1, at)
	}
	args := make([]uint64, len(st.args))
	for j, a := range st.args {
		w, failure := p.m.Eval(a, slots, old)
		if failure != nil {
			return false
		}
		args[j] = w
	}
	for _, next := range p.collect(func(emit func(*program.Machine)) { p.m.Step(at.key, st.action, args, emit) }, at.key) {
		if p.play(i+1, next) {
			p.way = append(p.way, at.step)
			return true
		}
	}
	return false
}

func (p *player) slots(key []uint64) []uint64 {
	if key == nil {
		return nil
	}
	slots := make([]uint64, len(p.prog.Layout.Slots)+1)
	p.prog.Layout.Unpack(slots, key)
	return slots
}
