package ast

import "slices"

// Walk calls visit for n and, where it returns true, for everything below n,
// parents first and siblings in order of appearance. A nil n is no node.
//
// Parts that are structs, such as a Binder or a Field, are visited as
// pointers into their parent. Comments are not visited: they belong to no
// node but the File.
func Walk(n Node, visit func(Node) bool) {
	w := walker{visit: visit}
	w.node(n)
}

type walker struct {
	visit func(Node) bool
	hold  *[]Node // collects children instead of visiting them, to order them
}

func (w walker) node(n Node) {
	switch {
	case n == nil:
	case w.hold != nil:
		*w.hold = append(*w.hold, n)
	case w.visit(n):
		w.children(n)
	}
}

// ordered visits children whose order of appearance is not that of the fields.
func (w walker) ordered(f func(walker)) {
	var held []Node
	f(walker{hold: &held})
	slices.SortStableFunc(held, func(a, b Node) int { return a.Span().Lo - b.Span().Lo })
	for _, n := range held {
		w.node(n)
	}
}

func (w walker) ident(id *Ident) {
	if id != nil {
		w.node(id)
	}
}

func (w walker) idents(ids []*Ident) {
	for _, id := range ids {
		w.ident(id)
	}
}

func (w walker) block(b *Block) {
	if b != nil {
		w.node(b)
	}
}

func (w walker) number(n *IntLit) {
	if n != nil {
		w.node(n)
	}
}

func nodes[T Node](w walker, list []T) {
	for _, n := range list {
		w.node(n)
	}
}

// parts visits structs as pointers into their slice.
func parts[T any, P interface {
	*T
	Node
}](w walker, list []T) {
	for i := range list {
		w.node(P(&list[i]))
	}
}

func (w walker) typeArgs(args []TypeArg) {
	for _, a := range args {
		w.node(a.Type)
		w.node(a.Value)
	}
}

func (w walker) typeParams(params []TypeParam) {
	for _, p := range params {
		w.ident(p.Name)
		w.node(p.Type)
	}
}

func (w walker) children(n Node) {
	switch n := n.(type) {
	case *File:
		w.ordered(func(w walker) {
			w.ident(n.Module)
			nodes(w, n.Imports)
			nodes(w, n.Decls)
		})
	case *Import:
		w.ident(n.As)
	case *Block:
		nodes(w, n.Stmts)
	case *Binder:
		w.idents(n.Names)
		w.node(n.Domain)
	case *Pattern:
		w.node(n.Name)
		w.idents(n.Binds)
		w.node(n.Literal)
		parts(w, n.Or)
	case *Proof:
		w.ident(n.Method)
		w.node(n.On)
		w.idents(n.Using)
		nodes(w, n.Steps)
	case *ProofStep:
		w.ident(n.Name)
		if n.Binder != nil {
			w.node(n.Binder)
		}
		w.node(n.Claim)
		w.proof(n.Proof)
	case *Field:
		w.ident(n.Name)
		w.node(n.Type)
	case *Variant:
		w.ident(n.Name)
		parts(w, n.Fields)
	case *MachineParam:
		w.ident(n.Name)
		w.node(n.Type)
	case *Param:
		w.ident(n.Name)
		w.node(n.Type)
		w.node(n.In)
	case *EffectClause:
		nodes(w, n.Paths)
	case *Binding:
		w.ident(n.Name)
		w.node(n.Value)
	case *Expectation:
		w.number(n.Depth)
		w.number(n.Count)
	case Type:
		w.typ(n)
	case Expr:
		w.expr(n)
	case Stmt:
		w.stmt(n)
	case Decl:
		w.decl(n)
	case ModelItem:
		w.item(n)
	}
}

func (w walker) typ(t Type) {
	switch t := t.(type) {
	case *NamedType:
		w.ident(t.Module)
		w.ident(t.Name)
		w.typeArgs(t.Args)
	case *RangeType:
		w.node(t.Lo)
		w.node(t.Hi)
	case *FuncType:
		w.node(t.Key)
		w.node(t.Elem)
	case *MapType:
		w.node(t.Key)
		w.node(t.Elem)
	case *SeqType:
		w.node(t.Max)
		w.node(t.Elem)
	case *TupleType:
		nodes(w, t.Elems)
	case *RefinedType:
		w.ident(t.Var)
		w.node(t.Base)
		w.node(t.Pred)
	case *LinearType:
		w.node(t.Elem)
	}
}

func (w walker) stmt(s Stmt) {
	switch s := s.(type) {
	case *Assign:
		w.node(s.Target)
		w.node(s.Value)
	case *LetStmt:
		w.ident(s.Name)
		w.node(s.Type)
		w.node(s.Value)
	case *VarStmt:
		w.ident(s.Name)
		w.node(s.Type)
		w.node(s.Value)
	case *Pick:
		parts(w, s.Binders)
		w.node(s.Where)
	case *IfStmt:
		w.node(s.Cond)
		w.block(s.Then)
		w.node(s.Else)
	case *BlockStmt:
		w.block(s.Body)
	case *MatchStmt:
		w.node(s.X)
		for i := range s.Arms {
			w.node(&s.Arms[i].Pattern)
			w.block(s.Arms[i].Body)
		}
	case *For:
		parts(w, s.Binders)
		w.block(s.Body)
	case *While:
		w.node(s.Cond)
		w.ordered(func(w walker) {
			nodes(w, s.Invariants)
			w.node(s.Decreases)
		})
		w.block(s.Body)
	case *Loop:
		w.block(s.Body)
	case *Either:
		nodes(w, s.Branches)
	case *Assert:
		w.node(s.Cond)
	case *Await:
		w.node(s.Cond)
	case *CallStmt:
		if s.Call != nil {
			w.node(s.Call)
		}
	case *Return:
		w.node(s.Value)
	case *Label:
		w.ident(s.Name)
	case *Goto:
		w.ident(s.Label)
	case *Expect:
		w.node(s.Cond)
	}
}

func (w walker) item(m ModelItem) {
	switch m := m.(type) {
	case *Bind:
		w.node(m.Target)
		w.node(m.Value)
	case *Bound:
		w.node(m.Cond)
	case *Start:
		w.node(m.Where)
	case *Check:
		nodes(w, m.Names)
		if m.Expect != nil {
			w.node(m.Expect)
		}
	case *ExpectItem:
		w.node(&m.Expect)
	case *Mutate:
		w.node(m.Target)
		w.node(m.Guard)
		w.block(m.Body)
		w.node(m.Value)
	case *Option:
		w.ident(m.Name)
		w.ident(m.Value)
	}
}
