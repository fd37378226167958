package hoare

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// reading turns a model into arguments.
type reading struct {
	p          *proof
	args       []ir.Value
	missing    []*term.Term
	unreadable string
}

func (r *reading) need(v solver.Values) []*term.Term {
	r.read(v)
	return r.missing
}

func (r *reading) read(values solver.Values) {
	asked := map[*term.Term]bool{}
	r.args, r.missing = nil, nil
	rd := r.p.enc.NewReader(func(t *term.Term) (*big.Int, bool, bool) {
		t = r.p.ground(t)
		if t.Const() {
			return t.N, t.Op == term.True, true
		}
		v, ok := values[t]
		if !ok && !asked[t] {
			asked[t] = true
			r.missing = append(r.missing, t)
		}
		return v.Int, v.Bool, ok
	})
	for i, a := range r.p.made.Args {
		r.args = append(r.args, rd.Read(a, r.p.made.Func.Params[i].Type))
	}
	r.unreadable = rd.Unreadable
}

// replay runs the function with the arguments of a model: it is violated if that
// shows a fault. If not the goal may still be true: the model knows of loops and
// calls only what their invariants and contracts say.
func (p *proof) replay(u *evidence.Unmet, kind encode.GoalKind, r *reading, a solver.Answer) evidence.Verdict {
	f := p.made.Func
	if p.g == nil || r.unreadable != "" || !runs(f) {
		u.Why = "not so in general, says " + a.Solver
		return evidence.Unknown
	}
	r.read(a.Values)
	env := &eval.Env{}
	for i, l := range f.Params {
		if !ir.Fits(r.args[i], l.Type) {
			u.Why = (&solver.Fault{Solver: a.Solver, What: "its model has an argument outside its type"}).Error()
			return evidence.Unknown
		}
		env = env.Bind(l, r.args[i])
	}
	for _, c := range f.Requires {
		if ok, err := eval.Holds(c.Cond, env); err != nil || !ok {
			u.Why = (&solver.Fault{Solver: a.Solver, What: "its model has arguments that are not required"}).Error()
			return evidence.Unknown
		}
	}
	for i, l := range f.Params {
		u.Args = append(u.Args, evidence.Binding{Local: l, Value: r.args[i]})
	}
	shown := evidence.Unmet{Args: u.Args}
	if fails(f, r.args, env, &shown) {
		*u = shown
		return evidence.Violated
	}
	u.Why = spared(kind)
	return evidence.Unknown
}

// fails runs f and says in u how it fails; false if it does not.
func fails(f *ir.Func, args []ir.Value, env *eval.Env, u *evidence.Unmet) bool {
	call := &ir.Call{Node: ir.Node{T: f.Result, Loc: f.Span}, Func: f}
	for i, v := range args {
		call.Args = append(call.Args, &ir.Lit{Node: ir.Node{T: f.Params[i].Type, Loc: f.Span}, Value: v})
	}
	result, err := eval.Expr(call, env)
	if err != nil {
		u.Why, u.Span = err.Msg, err.Span
		return true
	}
	if f.ResultLocal == nil {
		return false
	}
	for i, c := range f.Ensures {
		ok, err := eval.Holds(c.Cond, env.Bind(f.ResultLocal, result))
		if ok && err == nil {
			continue
		}
		u.Goal, u.Why, u.Span = nth("ensures", i+1, len(f.Ensures))+" of "+f.Name, "the result is "+ir.FormatAs(result, f.Result), c.Span
		if err != nil {
			u.Why, u.Span = err.Msg, err.Span
		}
		u.From = comesFrom(f, call.Args, env)
		return true
	}
	return false
}
