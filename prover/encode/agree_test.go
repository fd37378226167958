package encode_test

import (
	"errors"
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/term"
)

// question is a condition in a state, and what the judge says of it.
type question struct {
	sys   *ir.System
	cond  ir.Expr
	state []ir.Value
	holds bool
	fails bool
	bank  *term.Bank
}

// questions are conditions of random systems in some of their states.
func questions(systems uint64, visit func(question)) {
	for seed := range systems {
		sys := irtest.Random(seed)
		var conds []ir.Expr
		for _, p := range sys.Props {
			if p.Kind == ir.Invariant || p.Kind == ir.Witness {
				conds = append(conds, p.Formula)
			}
		}
		for _, a := range sys.Actions {
			if len(a.Params) == 0 && a.Guard != nil {
				conds = append(conds, a.Guard)
			}
		}
		for i, o := range eval.Initial(sys) {
			if i == 3 {
				break
			}
			if o.Err != nil || o.Assert != nil {
				continue
			}
			for _, c := range conds {
				holds, err := eval.Holds(c, &eval.Env{State: o.State})
				visit(question{sys, c, o.State, holds, err != nil, term.NewBank()})
			}
		}
	}
}

// closed says a question in terms of the values of its state.
func (q question) closed() (truth, ok *term.Term, g *term.Grounder, facts []*term.Term, err error) {
	e := encode.New(q.bank, q.sys, nil)
	state := make([]encode.Value, len(q.state))
	for i, v := range q.state {
		state[i] = e.Literal(v, q.sys.Vars[i].Type)
	}
	truth, ok = e.Holds(q.cond, encode.Env{State: state, Old: state})
	g = term.NewGrounder(q.bank)
	for _, f := range e.Facts() {
		facts = append(facts, g.Ground(f))
	}
	return g.Ground(truth), g.Ground(ok), g, facts, e.Err()
}

func samples() uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 5000
	}
	return 300
}

// TestAgreesWithJudge: where everything is known, terms fold to the value that
// the judge computes; where the judge finds an error, ok is not true.
func TestAgreesWithJudge(t *testing.T) {
	decided, open, unsaid, failing := 0, 0, 0, 0
	questions(samples(), func(q question) {
		truth, ok, _, _, err := q.closed()
		var u *encode.Unsupported
		switch {
		case errors.As(err, &u):
			unsaid++
		case q.fails:
			failing++
			if ok.Op == term.True {
				t.Errorf("%s: no error in %v, the judge finds one", q.sys.Machine, q.cond.Span())
			}
		case truth.Op == term.True || truth.Op == term.False:
			decided++
			if (truth.Op == term.True) != q.holds {
				t.Errorf("%s: %v is %v, the judge says %v", q.sys.Machine, q.cond.Span(), truth.Op == term.True, q.holds)
			}
		default:
			open++
		}
	})
	t.Logf("%d folded, %d left open, %d not said, %d errors", decided, open, unsaid, failing)
	if decided < 500 || failing < 20 {
		t.Errorf("only %d conditions and %d errors were compared", decided, failing)
	}
}

// TestStepsAgreeWithJudge: the state that a body without choices comes to is
// the one that the judge computes.
func TestStepsAgreeWithJudge(t *testing.T) {
	compared, blocked := 0, 0
	for seed := range samples() {
		sys := irtest.Random(seed)
		for i, o := range eval.Initial(sys) {
			if i == 2 || o.Err != nil || o.Assert != nil {
				break
			}
			for _, s := range eval.Successors(sys, o.State) {
				if s.Err != nil || s.Assert != nil || hasChoice(s.Action.Body) {
					continue
				}
				b := term.NewBank()
				e := encode.New(b, sys, nil)
				env := encode.Env{}
				for i, v := range o.State {
					env.State = append(env.State, e.Literal(v, sys.Vars[i].Type))
				}
				env.Old = env.State
				for i, p := range s.Action.Params {
					env = env.Bind(p.Local, e.Literal(s.Args[i], p.Local.Type))
				}
				w := e.Exec(s.Action.Body, encode.Start(b, env))
				if e.Err() != nil {
					continue
				}
				g := term.NewGrounder(b)
				switch path := g.Ground(w.Path); path.Op {
				case term.True:
					compared++
				default:
					blocked++
				}
				for i, v := range s.State {
					same := g.Ground(e.Same(w.State[i], e.Literal(v, sys.Vars[i].Type), sys.Vars[i].Type))
					if same.Op == term.False {
						t.Errorf("seed %d, %s: %s is not %s", seed, s.Action.Name, sys.Vars[i].Name, ir.Format(v))
					}
				}
			}
		}
	}
	t.Logf("%d steps compared, %d of them open", compared, blocked)
	if compared < 300 || blocked > compared/5 {
		t.Errorf("too few steps were compared")
	}
}

func hasChoice(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.EitherStmt, *ir.PickStmt:
			found = true
		}
		return true
	})
	return found
}
