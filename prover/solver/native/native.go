//go:build z3

// Package native asks the library of Z3, through github.com/mitchellh/go-z3. It
// needs cgo, libz3 and the build tag z3: see `make native`.
//
// The module knows bools, integers and models, which is what grounded
// obligations need. What has quantifiers or functions is Unknown here. It
// knows neither cores nor interrupts: an answer has no Core, and a context
// that ends is noticed once the limit of the query is over.
package native

import (
	"context"
	"fmt"
	"math/big"
	"runtime"
	"strconv"
	"strings"

	z3 "github.com/mitchellh/go-z3"

	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// Library is the library of Z3.
type Library struct{}

// Name returns the name of the library.
func (Library) Name() string { return "libz3" }

// Solve asks in a context of its own.
func (l Library) Solve(ctx context.Context, q *solver.Query) (solver.Answer, error) {
	if err := ctx.Err(); err != nil {
		return solver.Answer{}, err
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	conf := z3.NewConfig()
	if q.Limit > 0 {
		conf.SetParamValue("timeout", strconv.FormatInt(q.Limit.Milliseconds(), 10))
	}
	c := z3.NewContext(conf)
	conf.Close() // always nil: the module says so
	defer c.Close()
	b := &builder{c: c, done: map[*term.Term]*z3.AST{}}
	s := c.NewSolver()
	defer s.Close()
	answer := solver.Answer{Solver: l.Name()}
	for _, a := range q.Asserts {
		if !known(a.Term) {
			answer.Why = "it knows neither quantifiers nor functions"
			return answer, nil
		}
		s.Assert(b.ast(a.Term))
	}
	for _, side := range b.sides {
		s.Assert(side)
	}
	switch s.Check() {
	case z3.False:
		answer.Status = solver.Unsat
	case z3.True:
		answer.Status = solver.Sat
		m := s.Model()
		defer m.Close()
		if err := l.values(b, m, q, &answer); err != nil {
			return solver.Answer{}, err
		}
	default:
		answer.Why = "no answer within " + q.Limit.String()
	}
	return answer, ctx.Err()
}

func (l Library) values(b *builder, m *z3.Model, q *solver.Query, answer *solver.Answer) error {
	answer.Values = solver.Values{}
	if q.Need == nil {
		return nil
	}
	for need := q.Need(answer.Values); len(need) > 0; need = q.Need(answer.Values) {
		for _, t := range need {
			if !known(t) {
				return &solver.Fault{Solver: l.Name(), What: "asked for the value of a function"}
			}
			v := m.Eval(b.ast(t))
			if v == nil {
				return &solver.Fault{Solver: l.Name(), What: "a term has no value"}
			}
			value, ok := parse(v.String(), t.Sort)
			if !ok {
				return &solver.Fault{Solver: l.Name(), What: fmt.Sprintf("expected a value of sort %s, found %s", t.Sort.Name, v)}
			}
			answer.Values[t] = value
		}
	}
	return nil
}

// parse reads a value as Z3 prints it: true, 7 or (- 7).
func parse(text string, s *term.Sort) (solver.Value, bool) {
	if s.Kind == term.BoolSort {
		return solver.Value{Bool: text == "true"}, text == "true" || text == "false"
	}
	if rest, ok := strings.CutPrefix(text, "(- "); ok {
		text = "-" + strings.TrimSuffix(rest, ")")
	}
	n, ok := new(big.Int).SetString(text, 10)
	return solver.Value{Int: n}, ok
}

// builder makes terms of the library.
type builder struct {
	c     *z3.Context
	done  map[*term.Term]*z3.AST
	sides []*z3.AST // what is true of numbers made for divisions
	fresh int
}

// known reports whether the module has what t is made of: the library ends the
// process if something does not fit.
func known(t *term.Term) bool {
	yes := true
	t.Walk(map[*term.Term]bool{}, func(x *term.Term) {
		plain := x.Sort.Kind == term.BoolSort || x.Sort.Kind == term.IntSort
		quantified := x.Op == term.Bound || x.Op == term.Forall || x.Op == term.Exists
		yes = yes && plain && !quantified && (x.Op != term.Apply || len(x.Args) == 0)
	})
	return yes
}

func (b *builder) ast(t *term.Term) *z3.AST {
	if d := b.done[t]; d != nil {
		return d
	}
	args := make([]*z3.AST, len(t.Args))
	for i, a := range t.Args {
		args[i] = b.ast(a)
	}
	d := b.plain(t, args)
	b.done[t] = d
	return d
}

func (b *builder) plain(t *term.Term, args []*z3.AST) *z3.AST {
	switch t.Op {
	case term.True:
		return b.c.True()
	case term.False:
		return b.c.False()
	case term.Number:
		return b.number(t.N)
	case term.Apply:
		return b.constant(t.Fn.Name, t.Sort)
	case term.Not:
		return args[0].Not()
	case term.And:
		return args[0].And(args[1:]...)
	case term.Or:
		return args[0].Or(args[1:]...)
	case term.Implies:
		return args[0].Implies(args[1])
	case term.Eq:
		return args[0].Eq(args[1])
	case term.Ite:
		return args[0].Ite(args[1], args[2])
	case term.Add:
		return args[0].Add(args[1:]...)
	case term.Mul:
		return args[0].Mul(args[1:]...)
	case term.Le:
		return args[0].Le(args[1])
	case term.Div:
		q, _ := b.divided(args[0], args[1])
		return q
	}
	_, r := b.divided(args[0], args[1]) // Mod: all others are not known
	return r
}

func (b *builder) constant(name string, s *term.Sort) *z3.AST {
	sort := b.c.IntSort()
	if s.Kind == term.BoolSort {
		sort = b.c.BoolSort()
	}
	return b.c.Const(b.c.Symbol(name), sort)
}

// limb is what the module can take of a number at once.
const limb = 1 << 30

// number builds n from pieces: the module takes 32 bits and truncates the rest.
func (b *builder) number(n *big.Int) *z3.AST {
	if n.IsInt64() && n.Int64() > -limb && n.Int64() < limb {
		return b.c.Int(int(n.Int64()), b.c.IntSort())
	}
	high, low := new(big.Int).QuoRem(n, big.NewInt(limb), new(big.Int))
	return b.number(high).Mul(b.c.Int(limb, b.c.IntSort())).Add(b.number(low))
}

// divided is the quotient and the remainder of SMT-LIB, which the module does
// not have: x == y*q + r with 0 <= r < |y| if y is not 0.
func (b *builder) divided(x, y *z3.AST) (q, r *z3.AST) {
	b.fresh++
	integer := b.c.IntSort()
	zero := b.c.Int(0, integer)
	q = b.c.Const(b.c.Symbol(fmt.Sprintf("quotient %d", b.fresh)), integer)
	r = b.c.Const(b.c.Symbol(fmt.Sprintf("remainder %d", b.fresh)), integer)
	inside := zero.Le(r).And(r.Lt(zero.Lt(y).Ite(y, zero.Sub(y))))
	b.sides = append(b.sides, y.Eq(zero).Or(x.Eq(y.Mul(q).Add(r)).And(inside)))
	return q, r
}
