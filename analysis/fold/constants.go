package fold

import (
	"maps"

	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Constants propagates constants through a graph: an entry of the result is
// what is known of names before a block that can be reached at all. Ways that
// a condition excludes are not followed. After M. Wegman and F. Zadeck,
// "Constant propagation with conditional branches", TOPLAS 13 (1991), on blocks
// instead of definitions.
func Constants(info *typecheck.Info, g *cfg.Graph, guard ast.Expr) map[*cfg.Block]Env {
	return dataflow.Solve(g, dataflow.Problem[Env]{
		Boundary: Env{}, Merge: merge, Equal: equalEnv,
		Flow: func(b *cfg.Block, in Env, to int) (Env, bool) {
			env := maps.Clone(in)
			for _, n := range b.Nodes {
				if b.Cond != nil && n == ast.Node(b.Cond) {
					break
				}
				Step(info, n, guard, env)
			}
			if b.Cond == nil {
				return env, true
			}
			if v := Eval(info, b.Cond, env); v.Kind == Truth && v.True != (to == 0) {
				return nil, false
			}
			assume(info, b.Cond, to == 0, env)
			return env, true
		},
	})
}

// merge keeps what is known on both ways.
func merge(a, b Env) Env {
	out := Env{}
	for obj, v := range a {
		if w, ok := b[obj]; ok && Same(v, w) {
			out[obj] = v
		}
	}
	return out
}

func equalEnv(a, b Env) bool { return maps.EqualFunc(a, b, Same) }

// Step changes env to what is known after a node of a block. After a guard
// and what a step waits for, these are true.
func Step(info *typecheck.Info, n ast.Node, guard ast.Expr, env Env) {
	var value ast.Expr
	switch n := n.(type) {
	case *ast.Assign:
		if v, ok := assigned(info, n, env); ok {
			forget(info, n, env)
			env[info.Uses[term.Unparen(n.Target)]] = v
			return
		}
	case *ast.LetStmt:
		value = n.Value
	case *ast.VarStmt:
		value = n.Value
	case *ast.Await:
		assume(info, n.Cond, true, env)
		return
	case *ast.Assert:
		assume(info, n.Cond, true, env)
		return
	case ast.Expr:
		if guard != nil && n == guard {
			assume(info, n, true, env)
		}
		return
	}
	v := Value{}
	if value != nil {
		v = Eval(info, value, env)
	}
	a := forget(info, n, env)
	if v.Exact() && len(a.Writes) == 1 {
		env[a.Writes[0]] = v
	}
}

// forget drops what a node makes unknown.
func forget(info *typecheck.Info, n ast.Node, env Env) dataflow.Access {
	a := dataflow.AccessOf(info, n)
	for _, obj := range append(a.Writes, a.Changes...) {
		delete(env, obj)
	}
	if a.Yields {
		maps.DeleteFunc(env, func(obj types.Object, _ Value) bool { return dataflow.IsState(obj) })
	}
	return a
}

// assigned is the value that an assignment of a whole variable gives it, if it
// is known.
func assigned(info *typecheck.Info, n *ast.Assign, env Env) (Value, bool) {
	name, ok := term.Unparen(n.Target).(*ast.Name)
	if !ok || info.Uses[name] == nil || len(info.Paths[name]) > 0 {
		return Value{}, false
	}
	v := Eval(info, n.Value, env)
	switch old := Eval(info, name, env); n.Op {
	case ast.Set:
	case ast.AddSet, ast.SubSet:
		if old.Kind != Number || v.Kind != Number {
			return Value{}, false
		}
		v = arithmetic(map[ast.AssignOp]ast.BinaryOp{ast.AddSet: ast.Add, ast.SubSet: ast.Sub}[n.Op], old, v)
	default:
		return Value{}, false
	}
	return v, v.Exact()
}

// assume adds what a condition that is true, or false, tells of names.
func assume(info *typecheck.Info, e ast.Expr, holds bool, env Env) {
	switch e := term.Unparen(e).(type) {
	case *ast.Name:
		learn(info, e, truth(holds), env)
	case *ast.Unary:
		if e.Op == ast.Bang || e.Op == ast.Not {
			assume(info, e.X, !holds, env)
		}
	case *ast.Binary:
		switch {
		case e.Op == ast.And && holds, e.Op == ast.Or && !holds:
			assume(info, e.X, holds, env)
			assume(info, e.Y, holds, env)
		case e.Op == ast.Eq && holds, e.Op == ast.Ne && !holds:
			learn(info, e.X, Eval(info, e.Y, env), env)
			learn(info, e.Y, Eval(info, e.X, env), env)
		}
	}
}

// learn notes the value of a name.
func learn(info *typecheck.Info, e ast.Expr, v Value, env Env) {
	name, ok := term.Unparen(e).(*ast.Name)
	if !ok || !v.Exact() {
		return
	}
	switch obj := info.Uses[name].(type) {
	case *types.Local, *types.Var, *types.ProcessVar:
		if len(info.Paths[name]) == 0 {
			env[obj] = v
		}
	}
}
