package typecheck

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// A range whose ends mention parameters, `i 0..len(s)-1`, is a refinement of
// the smallest range that constants can tell, its hull: that is what has a
// layout, and what an action tries. Where there is none, the hull is int. A
// bounded sequence `[..n]T` is one of `[]T` in the same way.

// rangeOf is the type lo..hi.
func (c *checker) rangeOf(lo, hi ast.Expr) types.Type {
	written := &types.Range{Lo: lo, Hi: hi}
	if c.dependent || !c.mentionsLocal(lo) && !c.mentionsLocal(hi) {
		return written
	}
	least, most := c.hull(lo, false), c.hull(hi, true)
	if least == nil || most == nil {
		return c.dependentType(written, types.Int, func(x ast.Expr) ast.Expr {
			return c.made(&ast.Binary{At: madeAt(lo), Op: ast.And, X: c.atMost(lo, x), Y: c.atMost(x, hi)}, types.Bool)
		})
	}
	return c.dependentType(written, &types.Range{Lo: least, Hi: most}, func(x ast.Expr) ast.Expr {
		switch {
		case least == lo:
			return c.atMost(x, hi)
		case most == hi:
			return c.atMost(lo, x)
		}
		return c.made(&ast.Binary{At: madeAt(lo), Op: ast.And, X: c.atMost(lo, x), Y: c.atMost(x, hi)}, types.Bool)
	})
}

func (c *checker) atMost(x, y ast.Expr) ast.Expr {
	at := x
	if !x.Span().IsValid() { // the name of the value
		at = y
	}
	return c.made(&ast.Binary{At: madeAt(at), Op: ast.Le, X: x, Y: y}, types.Bool)
}

// seqOf is the type [..longest]elem.
func (c *checker) seqOf(elem types.Type, longest ast.Expr) types.Type {
	written := &types.Seq{Elem: elem, Max: longest}
	if c.dependent || longest == nil || !c.mentionsLocal(longest) {
		return written
	}
	hull := &types.Seq{Elem: elem, Max: c.hull(longest, true)}
	return c.dependentType(written, hull, func(x ast.Expr) ast.Expr {
		at := madeAt(longest)
		fun := &ast.Name{At: at, Name: "len"}
		c.info.Uses[fun] = builtins["len"]
		length := c.made(&ast.Call{At: at, Fun: fun, Args: []ast.Arg{{Value: x}}}, types.Int)
		return c.made(&ast.Binary{At: at, Op: ast.Le, X: length, Y: longest}, types.Bool)
	})
}

// dependentType is the refinement of hull by what pred says of a name for its
// values.
func (c *checker) dependentType(written, hull types.Type, pred func(x ast.Expr) ast.Expr) types.Type {
	id := &ast.Ident{Name: "x"}
	x := &ast.Name{Name: id.Name}
	local := &types.Local{Base: types.Base{Ident: id.Name, T: hull}}
	c.info.Defs[id], c.info.Uses[x] = local, local
	return &types.Refined{Base: hull, Decl: &ast.RefinedType{Var: id, Pred: pred(c.made(x, hull))}, Written: written}
}

// madeAt is the place of an expression that is made from another.
func madeAt(e ast.Expr) ast.At { return ast.At{Loc: e.Span()} }

// made notes the type of an expression that stands in no tree.
func (c *checker) made(e ast.Expr, t types.Type) ast.Expr {
	c.info.Types[e] = t
	return e
}

// mentionsLocal reports whether e depends on more than constants.
func (c *checker) mentionsLocal(e ast.Expr) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok {
			l, local := c.info.Uses[x].(*types.Local)
			found = found || local && c.varies(l)
		}
		return !found
	})
	return found
}

// varies reports whether l is no name of a sort element, which a model fixes.
func (c *checker) varies(l *types.Local) bool {
	_, element := c.elems[l]
	return !element
}

// hull returns the most (or least) that e may be as an expression of
// constants, nil if that is not known: the arithmetic of intervals, on text.
func (c *checker) hull(e ast.Expr, most bool) ast.Expr {
	if !c.mentionsLocal(e) {
		return e
	}
	switch e := e.(type) {
	case *ast.Paren:
		return c.hull(e.X, most)
	case *ast.Name:
		if r, ok := bare(c.info.Uses[e].Type()).(*types.Range); ok {
			return end(r, most)
		}
	case *ast.Unary:
		if e.Op == ast.Neg {
			return c.computed(&ast.Unary{At: e.At, Op: ast.Neg, X: c.hull(e.X, !most)})
		}
	case *ast.Binary:
		return c.hullBinary(e, most)
	case *ast.Call:
		return c.hullCall(e, most)
	}
	return nil
}

func (c *checker) hullBinary(e *ast.Binary, most bool) ast.Expr {
	switch e.Op {
	case ast.Add:
		return c.computed(&ast.Binary{At: e.At, Op: e.Op, X: c.hull(e.X, most), Y: c.hull(e.Y, most)})
	case ast.Sub:
		return c.computed(&ast.Binary{At: e.At, Op: e.Op, X: c.hull(e.X, most), Y: c.hull(e.Y, !most)})
	case ast.Mul, ast.Div:
		if n := literalInt(e.Y); n != nil && n.Sign() > 0 {
			return c.computed(&ast.Binary{At: e.At, Op: e.Op, X: c.hull(e.X, most), Y: e.Y})
		}
		if n := literalInt(e.X); n != nil && n.Sign() >= 0 && e.Op == ast.Mul {
			return c.computed(&ast.Binary{At: e.At, Op: e.Op, X: e.X, Y: c.hull(e.Y, most)})
		}
	}
	return nil
}

// hullCall knows len, min and max. One argument of min is as much as it can
// be, and one of max as little.
func (c *checker) hullCall(e *ast.Call, most bool) ast.Expr {
	b, ok := c.info.Uses[e.Fun].(*types.Builtin)
	switch {
	case !ok:
	case b.Ident == "len" && len(e.Args) == 1:
		if !most {
			return c.number(e, 0)
		}
		if s, ok := bare(c.info.Types[e.Args[0].Value]).(*types.Seq); ok && s.Max != nil {
			return s.Max
		}
	case (b.Ident == "min" || b.Ident == "max") && len(e.Args) == 2:
		x, y := c.hull(e.Args[0].Value, most), c.hull(e.Args[1].Value, most)
		if x != nil && y != nil {
			return c.made(&ast.Call{At: e.At, Fun: e.Fun, Args: []ast.Arg{{Value: x}, {Value: y}}}, types.Int)
		}
		if (b.Ident == "min") != most {
			return nil
		}
		if x == nil {
			return y
		}
		return x
	}
	return nil
}

// computed returns e with its type, and computed as far as it is of
// literals; nil if a part of it is nil.
func (c *checker) computed(e ast.Expr) ast.Expr {
	switch x := e.(type) {
	case *ast.Unary:
		if x.X == nil {
			return nil
		}
	case *ast.Binary:
		if x.X == nil || x.Y == nil {
			return nil
		}
		e = folded(x)
	}
	return c.made(e, types.Int)
}

func (c *checker) number(at ast.Expr, n int64) ast.Expr {
	return c.made(&ast.IntLit{At: madeAt(at), Value: big.NewInt(n)}, types.Int)
}

func end(r *types.Range, most bool) ast.Expr {
	if most {
		return r.Hi
	}
	return r.Lo
}
