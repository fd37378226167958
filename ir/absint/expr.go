package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// run evaluates expressions and statements over Values.
type run struct {
	shapes     shapes
	thresholds []*big.Int
	free       map[ir.Expr]*roots
	lits       map[*ir.Lit]*Value
	notes      map[ir.Tree]*note // nil: nothing is noted
	lost       []*ir.Func        // called in ways that nothing is noted of
	// failed is set where an evaluation may be an error.
	failed bool
	// times is how often what is evaluated now may be evaluated, steps how
	// many calls and loop iterations there may have been: see ir.MaxSteps.
	times, steps int64
	calls        []*ir.Func
	result       *Value // of the function whose body is run, so far
	blind        bool   // the values of constants are not looked at
	work, spent  int    // expressions evaluated: now, and before
	trying       bool   // values are tried one by one, which is not nested
}

// maxCalls is how deep calls are followed, and maxAgain how often into one
// function; deeper down, a function may return anything.
const (
	maxCalls = 6
	maxAgain = 2
)

// maxWork is how many expressions are evaluated for one action or predicate,
// and maxTotal for a System, before less is looked at: bindings are no longer
// taken one by one, values no longer tried.
const (
	maxWork  = 4_000
	maxTotal = 60_000
)

func (x *run) tired() bool { return x.work > maxWork || x.spent > maxTotal }

// begin starts the evaluation of an action or predicate.
func (x *run) begin() { x.failed, x.steps, x.spent, x.work = false, 0, x.spent+x.work, 0 }

// deep reports whether a call of f is not followed.
func (x *run) deep(f *ir.Func) bool {
	again := 0
	for _, g := range x.calls {
		if g == f {
			again++
		}
	}
	return len(x.calls) >= maxCalls || again >= maxAgain || x.tired() && again > 0
}

// fail notes that the evaluation of a tree may be an error.
func (x *run) fail(t ir.Tree) {
	x.failed = true
	if x.notes != nil {
		x.note(t).fails = true
	}
}

// aside runs f and takes no note of what it evaluates.
func (x *run) aside(f func()) {
	failed, notes, steps := x.failed, x.notes, x.steps
	x.notes = nil
	f()
	x.failed, x.notes, x.steps = failed, notes, steps
}

// step counts calls or loop iterations at t.
func (x *run) step(t ir.Tree) {
	if x.steps += x.times; x.steps > ir.MaxSteps {
		x.fail(t)
	}
}

// eval returns what e may be; nothing if it always is an error.
func (x *run) eval(e ir.Expr, at *env) *Value {
	x.work++
	v := x.value(e, at)
	if x.notes != nil {
		x.note(e).add(v)
	}
	return v
}

func (x *run) value(e ir.Expr, at *env) *Value {
	s := x.shapes.of(e.Type())
	switch e := e.(type) {
	case *ir.Lit:
		v := x.lits[e]
		if v == nil {
			v = s.single(e.Value)
			x.lits[e] = v
		}
		return v
	case *ir.LocalRef:
		if v := at.local(e.Local); v != nil {
			return v
		}
		return s.top
	case *ir.VarRef:
		return x.variable(e, at)
	case *ir.ConstRef:
		if x.blind {
			return s.top
		}
		return s.single(e.Const.Value)
	case *ir.Apply:
		return x.apply(e, at)
	case *ir.Convert:
		return x.convert(e, at)
	case *ir.If:
		return x.conditional(e, at)
	case *ir.Let:
		v := x.eval(e.Value, at)
		if v.Empty() {
			return s.bottom
		}
		return x.eval(e.Body, at.bind(e.Local, v))
	case *ir.Make:
		return x.make(e, at)
	case *ir.FieldOf:
		return x.eval(e.X, at).field(s, e.Index)
	case *ir.WithField:
		v := x.eval(e.X, at)
		if f := x.eval(e.Value, at); !f.Empty() {
			return v.withField(e.Index, f)
		}
		return s.bottom
	case *ir.Is:
		return x.eval(e.X, at).is(s, e.Variant)
	case *ir.Payload:
		return x.payload(e, at)
	case *ir.Bind:
		return x.binding(e, at)
	case *ir.Call:
		return x.call(e, at)
	case *ir.ActionPred:
		x.evalAll(e.Args, at)
		if !e.Taken {
			x.fail(e) // an error in the guard is one here
		}
		return s.top
	}
	panic("absint: an expression of unknown kind")
}

// evalAll returns nil if some operand has no value.
func (x *run) evalAll(es []ir.Expr, at *env) []*Value {
	vs := make([]*Value, len(es))
	for i, e := range es {
		if vs[i] = x.eval(e, at); vs[i].Empty() {
			return nil
		}
	}
	return vs
}

func (x *run) variable(e *ir.VarRef, at *env) *Value {
	state := at.now
	if e.Old {
		state = at.old
	}
	if e.Var.Index < len(state) && state[e.Var.Index] != nil {
		return state[e.Var.Index]
	}
	x.fail(e)
	return x.shapes.of(e.T).bottom
}

func (x *run) conditional(e *ir.If, at *env) *Value {
	out := x.shapes.of(e.T).bottom
	c := x.eval(e.Cond, at)
	if c.Has(ir.Bool(true)) {
		if in := x.assume(e.Cond, true, at); in != nil {
			out = x.eval(e.Then, in)
		}
	}
	if c.Has(ir.Bool(false)) {
		if in := x.assume(e.Cond, false, at); in != nil {
			out = out.join(x.eval(e.Else, in))
		}
	}
	return out
}

// chain is the left spine of connectives of one kind that ends in e: the
// innermost first, with all operands in order. Long guards are long chains.
func chain(e *ir.Apply) (spine []*ir.Apply, operands []ir.Expr) {
	for a, ok := e, true; ok && a.Op == e.Op; a, ok = a.Args[0].(*ir.Apply) {
		spine = append(spine, a)
		operands = append(operands, a.Args[1])
	}
	operands = append(operands, spine[len(spine)-1].Args[0])
	slices.Reverse(spine)
	slices.Reverse(operands)
	return spine, operands
}

// connective evaluates each operand only where those before it do not decide.
func (x *run) connective(e *ir.Apply, at *env) *Value {
	s := x.shapes.of(e.T)
	decides := ir.Bool(e.Op == ir.Or) // the value of an operand that decides
	decided := s.single(decides)
	spine, operands := chain(e)
	out := s.bottom // what is decided so far
	for i, op := range operands {
		v := x.eval(op, at)
		if v.Has(decides) {
			out = decided
		}
		so := out
		if v.Has(!decides) {
			so = out.join(s.single(!decides))
		}
		if i == len(operands)-1 {
			return so
		}
		if i > 0 {
			x.noteAll(spine[i-1:i], so)
		}
		if v.Has(!decides) {
			at = x.assume(op, bool(!decides), at)
		}
		if at == nil || !v.Has(!decides) { // what follows is not looked at
			x.noteAll(spine[i:len(spine)-1], out)
			return out
		}
	}
	return out
}

// noteAll takes note of connectives inside a chain.
func (x *run) noteAll(spine []*ir.Apply, v *Value) {
	if x.notes == nil {
		return
	}
	for _, a := range spine {
		x.note(a).add(v)
	}
}

func (x *run) implication(e *ir.Apply, at *env) *Value {
	s := x.shapes.of(e.T)
	out := s.bottom
	v := x.eval(e.Args[0], at)
	if v.Has(ir.Bool(false)) {
		out = s.single(ir.Bool(true))
	}
	if !v.Has(ir.Bool(true)) {
		return out
	}
	if in := x.assume(e.Args[0], true, at); in != nil {
		out = out.join(x.eval(e.Args[1], in))
	}
	return out
}

func (x *run) make(e *ir.Make, at *env) *Value {
	s := x.shapes.of(e.T)
	args := x.evalAll(e.Args, at)
	switch {
	case args == nil:
		return s.bottom
	case e.T.Kind == ir.StructKind:
		return (&Value{shape: s, parts: args}).norm()
	}
	return s.variant(e.Variant, args)
}

// variant is the Value of a sum that is of one variant.
func (s *shape) variant(i int, fields []*Value) *Value {
	v := &Value{shape: s, alts: make([][]*Value, len(s.alts))}
	v.alts[i] = fields
	return v.norm()
}

// mapped is the Value of what f makes of the listed values; f says whether it
// makes something.
func (v *Value) mapped(to *shape, f func(ir.Value) (ir.Value, bool)) *Value {
	var out []ir.Value
	for _, x := range v.few {
		if y, ok := f(x); ok {
			out = append(out, y)
		}
	}
	return to.list(out)
}

func (v *Value) field(s *shape, i int) *Value {
	if v.listed {
		return v.mapped(s, func(x ir.Value) (ir.Value, bool) { return x.(ir.StructValue).Fields[i], true })
	}
	return v.parts[i]
}

func (v *Value) withField(i int, f *Value) *Value {
	if v.Empty() {
		return v
	}
	if v.listed && f.listed && len(v.few)*len(f.few) <= 4*v.shape.most {
		var out []ir.Value
		for _, x := range v.few {
			for _, y := range f.few {
				fields := slices.Clone(x.(ir.StructValue).Fields)
				fields[i] = y
				out = append(out, ir.StructValue{Type: v.shape.t, Fields: fields})
			}
		}
		return v.shape.list(out)
	}
	if v.shape.all != nil {
		return v.shape.top
	}
	n := *v.loosened()
	n.parts = slices.Clone(n.parts)
	n.parts[i] = f
	return n.norm()
}

func (v *Value) is(s *shape, variant int) *Value {
	if v.listed {
		return v.mapped(s, func(x ir.Value) (ir.Value, bool) { return ir.Bool(x.(ir.SumValue).Variant == variant), true })
	}
	out := s.bottom
	for i, fields := range v.alts {
		if fields != nil {
			out = out.join(s.single(ir.Bool(i == variant)))
		}
	}
	return out
}

// only returns the values of one variant, or with not of all others.
func (v *Value) only(variant int, not bool) *Value {
	if v.listed {
		return &Value{shape: v.shape, listed: true, few: keep(v.few, func(x ir.Value) bool {
			return (x.(ir.SumValue).Variant == variant) != not
		})}
	}
	n := &Value{shape: v.shape, alts: slices.Clone(v.alts)}
	for i := range n.alts {
		if (i == variant) == not {
			n.alts[i] = nil
		}
	}
	return n.norm()
}

func (x *run) payload(e *ir.Payload, at *env) *Value {
	s := x.shapes.of(e.T)
	v := x.eval(e.X, at)
	if !v.only(e.Variant, true).Empty() {
		x.fail(e)
	}
	if v.listed {
		return v.mapped(s, func(y ir.Value) (ir.Value, bool) {
			sum := y.(ir.SumValue)
			if sum.Variant != e.Variant {
				return nil, false
			}
			return sum.Args[e.Index], true
		})
	}
	if v.alts[e.Variant] == nil {
		return s.bottom
	}
	return v.alts[e.Variant][e.Index]
}

func (x *run) call(e *ir.Call, at *env) *Value {
	s := x.shapes.of(e.T)
	args := x.evalAll(e.Args, at)
	if args == nil {
		return s.bottom
	}
	x.step(e)
	if x.deep(e.Func) || e.Func.Value == nil && e.Func.Body == nil {
		x.fail(e)
		x.lose(e.Func)
		return s.top
	}
	in := &env{now: at.now, old: at.old}
	for i, p := range e.Func.Params {
		in.locals = append(in.locals, bound{p, args[i]})
	}
	x.calls = append(x.calls, e.Func)
	defer func() { x.calls = x.calls[:len(x.calls)-1] }()
	if e.Func.Value != nil {
		return x.eval(e.Func.Value, in)
	}
	outer := x.result
	x.result = s.bottom
	x.exec(e.Func.Body, in)
	v := x.result
	x.result = outer
	return v
}
