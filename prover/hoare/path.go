package hoare

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
)

// comesFrom is where the result of f comes from for the arguments in env: the
// branch of an expression, or the return of a body. It is invalid if there is
// only one.
func comesFrom(f *ir.Func, args []ir.Expr, env *eval.Env) source.Span {
	if f.Value != nil {
		if at := branch(f.Value, env); at.Span() != f.Value.Span() {
			return at.Span()
		}
		return source.Span{}
	}
	return taken(f, args)
}

// branch is the part of x that gives its value.
func branch(x ir.Expr, env *eval.Env) ir.Expr {
	switch t := x.(type) {
	case *ir.If:
		c, err := eval.Holds(t.Cond, env)
		switch {
		case err != nil:
			return x
		case c:
			return branch(t.Then, env)
		}
		return branch(t.Else, env)
	case *ir.Let:
		if v, err := eval.Expr(t.Value, env); err == nil {
			return branch(t.Body, env.Bind(t.Local, v))
		}
	}
	return x
}

// taken runs f with the numbers of its returns as results.
func taken(f *ir.Func, args []ir.Expr) source.Span {
	var returns []source.Span
	marked := *f
	marked.Body = ir.RewriteBody(f.Body, nil, func(st ir.Stmt) []ir.Stmt {
		r, ok := st.(*ir.ReturnStmt)
		if !ok {
			return []ir.Stmt{st}
		}
		number := *r
		number.Value = &ir.Lit{Node: ir.Node{T: f.Result, Loc: r.Span()}, Value: ir.Int{Int: big.NewInt(int64(len(returns)))}}
		returns = append(returns, r.Span())
		return []ir.Stmt{&number}
	})
	if len(returns) < 2 {
		return source.Span{}
	}
	n, err := eval.Expr(&ir.Call{Node: ir.Node{T: f.Result, Loc: f.Span}, Func: &marked, Args: args}, &eval.Env{})
	if i, ok := n.(ir.Int); err == nil && ok && i.IsInt64() {
		return returns[i.Int64()]
	}
	return source.Span{}
}
