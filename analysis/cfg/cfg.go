// Package cfg makes control-flow graphs of bodies: of actions, procs,
// functions, processes and init blocks.
//
// After F. Allen, "Control flow analysis", SIGPLAN Notices 5 (1970). A block is
// a list of nodes that are evaluated one after the other. What the language
// adds is little: `either` has an edge to each of its branches, `loop` has no
// way out, a label begins a block since `goto` may lead there, and what blocks
// (`await`, `pick`) needs no edge, for the whole step then did not happen.
package cfg

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
)

// Analyzer makes the graph of each declaration that has a body.
var Analyzer = &analysis.Analyzer{
	Name: "cfg",
	Doc:  "the control-flow graph of a body, for other analyzers",
	Decl: func(p *analysis.DeclPass) analysis.Result { return New(p.Unit.Decl) },
}

// Of returns the graph of the declaration of a pass, nil if it has no body.
func Of(p *analysis.DeclPass) *Graph { return p.ResultOf(Analyzer).(*Graph) }

// Graph is the control flow of one body.
type Graph struct {
	Blocks []*Block // Blocks[0] is the entry
	Exit   *Block
	// Home is the block that each statement begins in.
	Home map[ast.Stmt]*Block
}

// Block is a list of nodes without a branch or a target among them.
type Block struct {
	Index int
	// Nodes are statements that do not branch, the conditions and scrutinees
	// of those that do, and binders of loops, in the order of evaluation. A
	// label is the first node of its block.
	Nodes []ast.Node
	// Cond, if set, is the last node; Succs[0] follows if it is true,
	// Succs[1] if it is false.
	Cond         ast.Expr
	Succs, Preds []*Block
	Live         bool // there is a way from the entry
}

// New makes the graph of a declaration, nil if it has no body. The domains of
// the parameters of an action and its guard are part of the entry.
func New(d ast.Decl) *Graph {
	b := &builder{g: &Graph{Home: map[ast.Stmt]*Block{}}, labels: map[string]*Block{}}
	b.cur = b.block()
	b.g.Exit = &Block{}
	switch d := d.(type) {
	case *ast.Action:
		for _, p := range d.Params {
			b.expr(p.In)
		}
		b.expr(d.Guard)
		if d.Body == nil {
			return nil
		}
		b.stmts(d.Body.Stmts)
	case *ast.Func:
		if d.Body == nil && d.Value == nil {
			return nil
		}
		b.expr(d.Value)
		b.body(d.Body)
	default:
		body := bodyOf(d)
		if body == nil {
			return nil
		}
		b.stmts(body.Stmts)
	}
	b.jump(b.g.Exit)
	b.finish()
	return b.g
}

func bodyOf(d ast.Decl) *ast.Block {
	switch d := d.(type) {
	case *ast.Proc:
		return d.Body
	case *ast.Process:
		return d.Body
	case *ast.Init:
		return d.Body
	}
	return nil
}

type builder struct {
	g      *Graph
	cur    *Block
	labels map[string]*Block
}

func (b *builder) block() *Block {
	blk := &Block{Index: len(b.g.Blocks)}
	b.g.Blocks = append(b.g.Blocks, blk)
	return blk
}

func edge(from, to *Block) {
	from.Succs = append(from.Succs, to)
	to.Preds = append(to.Preds, from)
}

// jump ends the current block with an edge. What follows has no way to it.
func (b *builder) jump(to *Block) {
	edge(b.cur, to)
	b.cur = b.block()
}

// branch begins a block after from.
func (b *builder) branch(from *Block) {
	b.cur = b.block()
	edge(from, b.cur)
}

// enter goes on in a block that is the target of jumps.
func (b *builder) enter(to *Block) {
	edge(b.cur, to)
	b.cur = to
}

func (b *builder) node(n ast.Node) { b.cur.Nodes = append(b.cur.Nodes, n) }

func (b *builder) expr(e ast.Expr) {
	if e != nil {
		b.node(e)
	}
}

func (b *builder) body(blk *ast.Block) {
	if blk != nil {
		b.stmts(blk.Stmts)
	}
}

func (b *builder) stmts(list []ast.Stmt) {
	for _, s := range list {
		if l, ok := s.(*ast.Label); ok {
			b.enter(b.label(l.Name))
		}
		b.g.Home[s] = b.cur
		b.stmt(s)
	}
}

// label is the block of a label, made when first heard of.
func (b *builder) label(id *ast.Ident) *Block {
	blk := b.labels[id.Name]
	if blk == nil {
		blk = b.block()
		b.labels[id.Name] = blk
	}
	return blk
}

func (b *builder) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.IfStmt:
		b.ifStmt(s)
	case *ast.BlockStmt:
		b.body(s.Body)
	case *ast.MatchStmt:
		b.expr(s.X)
		bodies := make([]*ast.Block, len(s.Arms))
		for i := range s.Arms {
			bodies[i] = s.Arms[i].Body
		}
		b.branches(bodies)
	case *ast.Either:
		b.branches(s.Branches)
	case *ast.For:
		b.forStmt(s)
	case *ast.While:
		b.while(s)
	case *ast.Loop:
		head := b.block()
		b.enter(head)
		b.body(s.Body)
		b.jump(head)
	case *ast.Return:
		b.node(s)
		b.jump(b.g.Exit)
	case *ast.Goto:
		b.node(s)
		b.jump(b.label(s.Label))
	default:
		b.node(s)
	}
}

func (b *builder) cond(e ast.Expr) *Block {
	b.expr(e)
	b.cur.Cond = e
	return b.cur
}

func (b *builder) ifStmt(s *ast.IfStmt) {
	from, after := b.cond(s.Cond), &Block{}
	b.branch(from)
	b.body(s.Then)
	edge(b.cur, after)
	b.branch(from)
	if s.Else != nil {
		b.stmts([]ast.Stmt{s.Else})
	}
	edge(b.cur, after)
	b.resume(after)
}

// resume goes on in a block that was made for edges to it.
func (b *builder) resume(blk *Block) {
	blk.Index = len(b.g.Blocks)
	b.g.Blocks = append(b.g.Blocks, blk)
	b.cur = blk
}

// branches are taken one of them.
func (b *builder) branches(bodies []*ast.Block) {
	from, after := b.cur, &Block{}
	for _, body := range bodies {
		b.branch(from)
		b.body(body)
		edge(b.cur, after)
	}
	b.resume(after)
}

func (b *builder) forStmt(s *ast.For) {
	for i := range s.Binders {
		b.expr(s.Binders[i].Domain)
	}
	head := b.block()
	b.enter(head)
	for i := range s.Binders {
		b.node(&s.Binders[i])
	}
	b.branch(head)
	b.body(s.Body)
	edge(b.cur, head)
	b.branch(head)
}

func (b *builder) while(s *ast.While) {
	head := b.block()
	b.enter(head)
	for _, inv := range s.Invariants {
		b.expr(inv)
	}
	b.expr(s.Decreases)
	b.cond(s.Cond)
	b.branch(head)
	b.body(s.Body)
	edge(b.cur, head)
	b.branch(head)
}

// finish numbers the exit and finds what is live.
func (b *builder) finish() {
	b.resume(b.g.Exit)
	work := []*Block{b.g.Blocks[0]}
	b.g.Blocks[0].Live = true
	for len(work) > 0 {
		blk := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range blk.Succs {
			if !s.Live {
				s.Live = true
				work = append(work, s)
			}
		}
	}
}
