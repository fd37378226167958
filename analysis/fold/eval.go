package fold

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Env is what is known of names, beyond their types.
type Env map[types.Object]Value

// Eval says what is known of the value of e, if it has one: an evaluation
// error has none.
func Eval(info *typecheck.Info, e ast.Expr, env Env) Value {
	return evaluator{info, env}.eval(e)
}

type evaluator struct {
	info *typecheck.Info
	env  Env
}

func (ev evaluator) eval(e ast.Expr) Value {
	switch e := e.(type) {
	case *ast.Paren:
		return ev.eval(e.X)
	case *ast.IntLit:
		return point(e.Value)
	case *ast.BoolLit:
		return truth(e.Value)
	case *ast.Name, *ast.Select:
		return ev.name(e)
	case *ast.Index:
		return ofType(ev.info.Types[e])
	case *ast.Unary:
		return ev.unary(e)
	case *ast.Binary:
		return ev.binary(e)
	case *ast.Call:
		return ev.call(e)
	case *ast.If:
		switch c := ev.eval(e.Cond); {
		case c.Kind != Truth:
			return hull(ev.eval(e.Then), ev.eval(e.Else))
		case c.True:
			return ev.eval(e.Then)
		}
		return ev.eval(e.Else)
	case *ast.Quant:
		if e.Kind == ast.Count {
			return Value{Kind: Number, Lo: new(big.Int)}
		}
	}
	return Value{}
}

func (ev evaluator) name(e ast.Expr) Value {
	if f, ok := e.(*ast.Select); ok && ev.info.Fields[f] != nil {
		return ofType(ev.info.Types[e])
	}
	switch obj := ev.info.Uses[e].(type) {
	case *types.Local, *types.Var, *types.ProcessVar:
		byType := ofType(obj.Type())
		if v, ok := ev.env[obj]; ok && len(ev.info.Paths[e]) == 0 && !isSelect(e) {
			return meet(v, byType)
		}
		return byType
	case *types.Const:
		return ofType(obj.T)
	case *types.Variant:
		if len(obj.Fields) == 0 {
			return Value{Kind: Case, Variant: obj}
		}
	}
	return Value{}
}

// isSelect: `P[a].x` is the variable of any instance of the process, not of
// the one whose body this is.
func isSelect(e ast.Expr) bool {
	_, ok := e.(*ast.Select)
	return ok
}

func (ev evaluator) unary(e *ast.Unary) Value {
	x := ev.eval(e.X)
	switch {
	case e.Op == ast.Neg && x.Kind == Number:
		return Value{Kind: Number, Lo: negated(x.Hi), Hi: negated(x.Lo)}
	case (e.Op == ast.Bang || e.Op == ast.Not) && x.Kind == Truth:
		return truth(!x.True)
	}
	return Value{}
}

func negated(n *big.Int) *big.Int {
	if n == nil {
		return nil
	}
	return new(big.Int).Neg(n)
}

func (ev evaluator) binary(e *ast.Binary) Value {
	switch e.Op {
	case ast.And, ast.Or, ast.Implies, ast.Iff:
		return connect(e.Op, ev.eval(e.X), ev.eval(e.Y))
	case ast.In, ast.NotIn:
		in, known := ev.member(e.X, e.Y)
		if !known {
			return Value{}
		}
		return truth(in == (e.Op == ast.In))
	case ast.Eq, ast.Ne, ast.Lt, ast.Le, ast.Gt, ast.Ge:
		return compare(e.Op, ev.eval(e.X), ev.eval(e.Y))
	case ast.Add, ast.Sub, ast.Mul, ast.Div, ast.Mod:
		x, y := ev.eval(e.X), ev.eval(e.Y)
		if x.Kind == Number && y.Kind == Number {
			return arithmetic(e.Op, x, y)
		}
	}
	return Value{}
}

// connect is a logical operator where one side may be enough.
func connect(op ast.BinaryOp, x, y Value) Value {
	is := func(v Value, b bool) bool { return v.Kind == Truth && v.True == b }
	switch op {
	case ast.And:
		switch {
		case is(x, false) || is(y, false):
			return truth(false)
		case is(x, true) && is(y, true):
			return truth(true)
		}
	case ast.Or:
		switch {
		case is(x, true) || is(y, true):
			return truth(true)
		case is(x, false) && is(y, false):
			return truth(false)
		}
	case ast.Implies:
		switch {
		case is(x, false) || is(y, true):
			return truth(true)
		case is(x, true) && is(y, false):
			return truth(false)
		}
	case ast.Iff:
		if x.Kind == Truth && y.Kind == Truth {
			return truth(x.True == y.True)
		}
	}
	return Value{}
}

func compare(op ast.BinaryOp, x, y Value) Value {
	switch op {
	case ast.Gt:
		return compare(ast.Lt, y, x)
	case ast.Ge:
		return compare(ast.Le, y, x)
	case ast.Eq, ast.Ne:
		if same, known := equal(x, y); known {
			return truth(same == (op == ast.Eq))
		}
		return Value{}
	}
	switch {
	case x.Kind != Number || y.Kind != Number:
	case below(x, y) || op == ast.Le && atMost(x, y):
		return truth(true)
	case below(y, x) || op == ast.Lt && atMost(y, x):
		return truth(false)
	}
	return Value{}
}

// member says whether x is in set.
func (ev evaluator) member(x, set ast.Expr) (in, known bool) {
	switch set := set.(type) {
	case *ast.Paren:
		return ev.member(x, set.X)
	case *ast.SetLit:
		v := ev.eval(x)
		known = true
		for _, elem := range set.Elems {
			same, sure := equal(v, ev.eval(elem))
			if same && sure {
				return true, true
			}
			known = known && sure
		}
		return false, known
	case *ast.Binary:
		if set.Op != ast.Range {
			return false, false
		}
		v, lo, hi := ev.eval(x), ev.eval(set.X), ev.eval(set.Y)
		switch {
		case v.Kind != Number || lo.Kind != Number || hi.Kind != Number:
			return false, false
		case atMost(lo, v) && atMost(v, hi):
			return true, true
		}
		return false, below(v, lo) || below(hi, v)
	}
	return false, false
}

func (ev evaluator) call(e *ast.Call) Value {
	switch obj := ev.info.Uses[e.Fun].(type) {
	case *types.Function:
		return ofType(ev.info.Types[e])
	case *types.Builtin:
		return ev.builtin(obj.Ident, e.Args)
	}
	return Value{}
}

func (ev evaluator) builtin(name string, args []ast.Arg) Value {
	switch {
	case name == "len" || name == "count":
		out := Value{Kind: Number, Lo: new(big.Int)}
		if seq, ok := ev.info.Types[args[0].Value].(*types.Seq); ok && name == "len" && seq.Max != nil {
			out.Hi = literal(seq.Max)
		}
		return out
	case name == "abs":
		return Value{Kind: Number, Lo: new(big.Int)}
	case len(args) != 2 || name != "min" && name != "max":
		return Value{}
	}
	x, y := ev.eval(args[0].Value), ev.eval(args[1].Value)
	if x.Kind != Number || y.Kind != Number {
		return Value{}
	}
	if name == "max" {
		return Value{Kind: Number, Lo: meet(x, Value{Kind: Number, Lo: y.Lo}).Lo, Hi: most(x.Hi, y.Hi)}
	}
	return Value{Kind: Number, Lo: least(x.Lo, y.Lo), Hi: meet(x, Value{Kind: Number, Hi: y.Hi}).Hi}
}

// arithmetic is interval arithmetic, after R. Moore, "Interval Analysis", 1966.
func arithmetic(op ast.BinaryOp, x, y Value) Value {
	switch op {
	case ast.Add:
		return Value{Kind: Number, Lo: with(x.Lo, y.Lo, (*big.Int).Add), Hi: with(x.Hi, y.Hi, (*big.Int).Add)}
	case ast.Sub:
		return Value{Kind: Number, Lo: with(x.Lo, y.Hi, (*big.Int).Sub), Hi: with(x.Hi, y.Lo, (*big.Int).Sub)}
	}
	if !x.Exact() || !y.Exact() || op != ast.Mul && y.Lo.Sign() == 0 {
		return Value{Kind: Number}
	}
	switch op {
	case ast.Mul:
		return point(new(big.Int).Mul(x.Lo, y.Lo))
	case ast.Div:
		return point(new(big.Int).Quo(x.Lo, y.Lo))
	}
	return point(new(big.Int).Rem(x.Lo, y.Lo))
}

// with applies f where both ends are bounded.
func with(a, b *big.Int, f func(z, x, y *big.Int) *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return f(new(big.Int), a, b)
}
