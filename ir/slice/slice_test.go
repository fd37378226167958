package slice_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/slice"
	"github.com/spec-lang/spec/ir/verify"
)

// job counts steps in hist, which nothing reads, and what it works on in x.
type job struct {
	*irtest.B
	x, hist, last *ir.Var
}

func newJob() *job {
	b := irtest.New("Job")
	j := &job{B: b, x: b.Var("x", b.Int()), hist: b.Var("hist", b.Int()), last: b.Var("last", b.Int())}
	b.Init(b.Put(j.x, b.I(0)), b.Put(j.hist, b.I(0)), b.Put(j.last, b.I(7)))
	return j
}

func (j *job) step(value ir.Expr, more ...ir.Stmt) *ir.Action {
	inc := j.Put(j.x, j.Op(ir.Mod, j.Op(ir.Add, j.Get(j.x), j.I(1)), j.I(3)))
	return j.Action("Step", nil, nil, append([]ir.Stmt{inc, j.Put(j.hist, value)}, more...)...)
}

// twice calls functions that call each other in turn, 2^(n+1)-1 times in all.
func (j *job) twice(n int) ir.Expr {
	name := func() string { return fmt.Sprint("f", len(j.Sys.Funcs)) }
	f := j.Function(name(), nil, j.Int(), j.I(1))
	for range n {
		f = j.Function(name(), nil, j.Int(), j.Op(ir.Add, j.Call(f), j.Call(f)))
	}
	return j.Call(f)
}

func (j *job) more() ir.Expr { return j.Op(ir.Add, j.Get(j.hist), j.I(1)) }

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		name    string
		removed string
		why     string // why nothing is, or something is not
		build   func(*job)
	}{
		{"nothing reads it", "hist last", "", func(j *job) { j.step(j.more()) }},
		{"a property reads it", "last", "", func(j *job) {
			j.step(j.more())
			j.Prop(ir.Invariant, "Few", j.Op(ir.Lt, j.Get(j.hist), j.I(9)))
		}},
		{"what matters is made of it", "", "every variable matters", func(j *job) {
			j.step(j.Get(j.last))
			j.Prop(ir.Invariant, "Few", j.Op(ir.Lt, j.Get(j.hist), j.I(9)))
		}},
		{"its value may fail", "", "`hist` is kept because the assignment may divide by zero", func(j *job) {
			j.step(j.Op(ir.Div, j.I(6), j.Get(j.last)))
		}},
		{"a guard reads it", "last", "", func(j *job) {
			j.step(j.more()).Guard = j.Op(ir.Lt, j.Get(j.hist), j.I(9))
		}},
		{"an assertion reads it", "last", "", func(j *job) {
			j.step(j.more(), j.Assert(j.Op(ir.Lt, j.Get(j.hist), j.I(9))))
		}},
		{"a bound reads it", "hist", "", func(j *job) {
			j.step(j.more())
			j.Bound(j.Op(ir.Lt, j.Get(j.last), j.I(9)))
		}},
		{"the end reads it", "hist", "", func(j *job) {
			j.step(j.more())
			j.Sys.Terminal = j.Op(ir.Lt, j.Get(j.last), j.I(9))
		}},
		{"its writer is asked about", "hist last", "", func(j *job) {
			a := j.step(j.more())
			j.Prop(ir.Witness, "Can", &ir.ActionPred{Node: ir.Node{T: j.Bool()}, Action: a})
		}},
		{"a guard asks about its writer", "last", "`hist` is kept because Step writes it, and is asked about", func(j *job) {
			a := j.step(j.I(4))
			j.Action("Wait", nil, j.Op(ir.Not, &ir.ActionPred{Node: ir.Node{T: j.Bool()}, Action: a}))
		}},
		{"a function asks about its writer", "last", "`hist` is kept because Step writes it, and is asked about", func(j *job) {
			a := j.step(j.I(4))
			can := j.Function("can", nil, j.Bool(), &ir.ActionPred{Node: ir.Node{T: j.Bool()}, Action: a})
			j.Prop(ir.Witness, "Can", j.Call(can))
		}},
		{"its writer is asked about too often", "last", "`hist` is kept because Step writes it, and is asked about", func(j *job) {
			a := j.step(j.I(4))
			j.Prop(ir.Witness, "Can", j.Op(ir.And, j.Op(ir.Eq, j.twice(20), j.I(1)), &ir.ActionPred{Node: ir.Node{T: j.Bool()}, Action: a}))
		}},
		{"it calls", "hist last", "", func(j *job) { j.step(j.twice(4)) }},
		{"it calls too often", "last", "`hist` is kept because the calls of the assignment may be too many steps", func(j *job) {
			j.step(j.twice(20))
		}},
		{"it calls in an action that loops", "last", "too many steps", func(j *job) {
			j.step(j.twice(1), &ir.WhileStmt{Pos: ir.Pos{Loc: j.Sys.Span}, Cond: j.False()})
		}},
		{"another calls too often", "hist last", "", func(j *job) {
			j.step(j.more(), j.Put(j.x, j.twice(20)))
		}},
		{"a figure is expected", "", "expects figures", func(j *job) {
			j.step(j.more())
			j.Sys.Expect.States = 3
		}},
	} {
		j := newJob()
		tt.build(j)
		j.Prop(ir.Invariant, "Small", j.Op(ir.Lt, j.Get(j.x), j.I(3)))
		s, why := slice.Of(j.Sys)
		var got []string
		if s != nil {
			for _, v := range s.Removed {
				got = append(got, v.Name)
			}
			for _, k := range s.Kept {
				why += k.String()
			}
			if err := verify.System(s.Sys); err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if strings.Join(got, " ") != tt.removed || !strings.Contains(why, tt.why) {
			t.Errorf("%s: removed %v, %q; want %s, %q", tt.name, got, why, tt.removed, tt.why)
		}
	}
}

// TestTooManySteps has an action that fails only because two assignments
// together take too many steps.
func TestTooManySteps(t *testing.T) {
	j := newJob()
	j.step(j.twice(18), j.Put(j.x, j.twice(18)))
	j.Prop(ir.Invariant, "Small", j.Op(ir.Ge, j.Get(j.x), j.I(0)))
	s, why := slice.Of(j.Sys)
	if s == nil {
		t.Fatal(why)
	}
	full, part := irtest.Explore(j.Sys), irtest.Explore(s.Sys)
	if full.Error != 1 || part.Error != 1 {
		t.Errorf("the error is at %d and then %d, want 1", full.Error, part.Error)
	}
}

// TestStutter keeps an action that does nothing any more: its state is no
// deadlock.
func TestStutter(t *testing.T) {
	j := newJob()
	j.Action("Note", nil, nil, j.Put(j.hist, j.Op(ir.Mod, j.more(), j.I(4))))
	j.Prop(ir.Invariant, "Small", j.Op(ir.Lt, j.Get(j.x), j.I(3)))
	s, why := slice.Of(j.Sys)
	if s == nil {
		t.Fatal(why)
	}
	full, part := irtest.Explore(j.Sys), irtest.Explore(s.Sys)
	if full.Distinct != 4 || part.Distinct != 1 || part.Deadlock != -1 {
		t.Errorf("got %d states and then %d, deadlock at %d", full.Distinct, part.Distinct, part.Deadlock)
	}
}

// TestRandomSystems compares what is decided of systems and their slices, by
// the judge, and fills runs of the slices in. One property of each is checked,
// so that there is something to leave out.
func TestRandomSystems(t *testing.T) {
	smaller, runs := 0, 0
	for seed := range uint64(400) {
		sys := irtest.Random(seed)
		sys.Checks, sys.Props = sys.Checks[:1], sys.Props[:1]
		s, _ := slice.Of(sys)
		if s == nil || irtest.ExploreUpTo(sys, 80).Distinct > 80 {
			continue
		}
		if err := verify.System(s.Sys); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		full, part := irtest.Explore(sys), irtest.Explore(s.Sys)
		if got, want := decided(part), decided(full); got != want {
			t.Errorf("seed %d: got %s, want %s", seed, got, want)
		}
		if part.Distinct < full.Distinct {
			smaller++
		}
		for _, tr := range walks(s.Sys) {
			runs++
			if err := s.Fill(&tr); err != nil {
				t.Errorf("seed %d: %v", seed, err)
				continue
			}
			if why := wrong(sys, tr); why != "" {
				t.Errorf("seed %d: %s", seed, why)
			}
		}
	}
	if smaller < 10 || runs < 100 {
		t.Errorf("%d systems became smaller, %d runs were filled in", smaller, runs)
	}
}

// decided is what must be the same of a system and its slice.
func decided(r *irtest.Result) string {
	return fmt.Sprintln(r.Props, "fails at", r.Error, "asserts at", r.Assert, "deadlock at", r.Deadlock, "formula fails at", r.PropErr)
}

// walks are a few runs from each initial outcome: the first steps that do not
// fail, and those that do.
func walks(sys *ir.System) []evidence.Trace {
	var out []evidence.Trace
	for _, o := range eval.Initial(sys) {
		if o.Err != nil || o.Assert != nil || len(out) > 10 {
			continue
		}
		tr := evidence.Trace{Loop: -1, Steps: []evidence.Step{{State: o.State}}}
		for n := range 4 {
			next := eval.Successors(sys, tr.Steps[len(tr.Steps)-1].State)
			if len(next) == 0 {
				break
			}
			o := next[n*7%len(next)]
			tr.Steps = append(tr.Steps, evidence.Step{Action: o.Action, Args: o.Args, State: o.State})
			if o.Err != nil || o.Assert != nil {
				break
			}
		}
		out = append(out, tr)
	}
	return out
}

// wrong says which step of a trace a system cannot take.
func wrong(sys *ir.System, tr evidence.Trace) string {
	for i, st := range tr.Steps {
		all := eval.Initial(sys)
		if i > 0 {
			all = eval.Successors(sys, tr.Steps[i-1].State)
		}
		found := false
		for _, o := range all {
			found = found || o.Action == st.Action && irtest.Key(o.Args) == irtest.Key(st.Args) && irtest.Key(o.State) == irtest.Key(st.State)
		}
		if !found {
			return fmt.Sprintf("there is no step %d to %s", i, irtest.Key(st.State))
		}
	}
	return ""
}
