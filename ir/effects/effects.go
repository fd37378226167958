// Package effects says which parts of the state an action reads and writes.
//
// A part is a Path: a variable and the accesses that lead into it. What stands
// in an index is kept as an expression if it consists of constants and
// parameters, so that vote[r] of parameter r is told apart from vote[s] once
// r and s have values; any other index may be any key. Sets are told apart by
// element: `p in net` reads net at p, and `net += p` writes it there and
// reads nothing.
//
// Everything is conservative: what an evaluation touches is always in the Set,
// and the Set may hold more. Both branches of a condition count, a read of
// what the body itself has written counts, and so does everything that
// evaluation errors depend on.
package effects

import (
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Set is what may be read and written. Paths stand once each, in the order of
// the source.
type Set struct {
	Reads, Writes []Path
}

// Path is a part of a state variable.
type Path struct {
	Var   *ir.Var
	Steps []Access
	// How a write changes the part; Store of a read.
	How Change
}

// Access leads from a value to a part of it.
type Access struct {
	Kind  AccessKind
	Field int     // with Field
	Key   ir.Expr // with Key and Member; nil is any key
}

// AccessKind is the kind of an Access.
type AccessKind int

// Kinds of Access.
const (
	Field  AccessKind = iota + 1 // of a struct
	Key                          // of a function, map or sequence
	Member                       // whether an element is in a set, or a key in a map
)

// Change is how a part is written.
type Change int

// Changes. Two inserts of one element commute, and so do two deletes.
const (
	Store  Change = iota
	Insert        // an element into a set
	Delete        // an element from a set
)

// Of returns what one instance of an action reads and writes, for parameters
// that are not known: in domains, guard and body. Of a domain that is a set in
// the state it reads only whether the parameter is an element.
func Of(a *ir.Action) Set {
	w := newWalker(a)
	w.enabling(a)
	w.body(a.Body)
	return w.set
}

// OfGuard returns what domains and guard of one instance of an action read.
func OfGuard(a *ir.Action) Set {
	w := newWalker(a)
	w.enabling(a)
	return w.set
}

// OfBody returns what statements read and write. Parameters are those of the
// action that they belong to, nil for the initial statements.
func OfBody(a *ir.Action, body []ir.Stmt) Set {
	w := newWalker(a)
	w.body(body)
	return w.set
}

// OfExpr returns what an expression reads, its free locals being unknown; nil
// reads nothing.
func OfExpr(e ir.Expr) Set {
	w := newWalker(nil)
	w.expr(e)
	return w.set
}

// OfProperty returns what a property reads in the states of a run: also what
// the actions of a scenario read.
func OfProperty(p *ir.Property) Set {
	w := newWalker(nil)
	w.expr(p.Formula)
	if p.Run != nil {
		for _, st := range p.Run.Steps {
			w.exprs(st.Args)
			w.expr(st.Expect)
			if st.Action != nil {
				w.action(st.Action)
			}
		}
	}
	return w.set
}

// At returns the Set of one instance: every key that stands in it is a value.
// Where a key has none, it may be any. Fewer args than parameters leave the
// rest unknown.
func (s Set) At(a *ir.Action, args []ir.Value) Set {
	env := &eval.Env{}
	for i, v := range args {
		env = env.Bind(a.Params[i].Local, v)
	}
	return Set{Reads: ground(s.Reads, env), Writes: ground(s.Writes, env)}
}

func ground(ps []Path, env *eval.Env) []Path {
	out := make([]Path, 0, len(ps))
	for _, p := range ps {
		p.Steps = slices.Clone(p.Steps)
		for i := range p.Steps {
			st := &p.Steps[i]
			if st.Key != nil {
				st.Key = valueOf(st.Key, env)
			}
		}
		out = add(out, p)
	}
	return out
}

// valueOf returns e as a literal, nil if it has no value.
func valueOf(e ir.Expr, env *eval.Env) ir.Expr {
	if _, ok := e.(*ir.Lit); ok {
		return e
	}
	v, err := eval.Expr(e, env)
	if err != nil {
		return nil
	}
	return &ir.Lit{Node: ir.Node{T: e.Type(), Loc: e.Span()}, Value: v}
}

// Overlap reports whether two Paths may share a part: whether a write to one
// may change what is read at the other. Keys that are not literals may be any.
func Overlap(a, b Path) bool {
	if a.Var != b.Var {
		return false
	}
	for i := range min(len(a.Steps), len(b.Steps)) {
		if a.Steps[i].apart(b.Steps[i]) {
			return false
		}
	}
	return true
}

// apart reports whether two accesses into one value lead to parts that have
// nothing in common. Member and Key of one key of a map have.
func (s Access) apart(t Access) bool {
	if s.Kind == Field {
		return t.Kind == Field && s.Field != t.Field
	}
	x, known := s.Key.(*ir.Lit)
	y, both := t.Key.(*ir.Lit)
	return known && both && !ir.Equal(x.Value, y.Value)
}

// Conflict reports whether the order of two instances may matter: whether one
// writes what the other reads, or both write the same part in ways that do not
// commute.
func Conflict(a, b Set) bool {
	return clash(a.Writes, b.Reads) || clash(b.Writes, a.Reads) || slices.ContainsFunc(a.Writes, func(p Path) bool {
		return slices.ContainsFunc(b.Writes, func(q Path) bool { return Overlap(p, q) && !Commute(p, q) })
	})
}

func clash(ps, qs []Path) bool {
	return slices.ContainsFunc(ps, func(p Path) bool {
		return slices.ContainsFunc(qs, func(q Path) bool { return Overlap(p, q) })
	})
}

// Commute reports whether two writes to one part give the same in any order.
// Inserts and deletes of different depths do not stand in one set.
func Commute(p, q Path) bool {
	return p.How == q.How && p.How != Store && len(p.Steps) == len(q.Steps)
}

// String returns the path as it would be written, with _ for any key.
func (p Path) String() string {
	var b strings.Builder
	b.WriteString(p.Var.Name)
	t := p.Var.Type
	for _, s := range p.Steps {
		switch s.Kind {
		case Field:
			b.WriteString("." + t.Fields[s.Field].Name)
			t = t.Fields[s.Field].Type
		case Key:
			b.WriteString("[" + text(s.Key) + "]")
			t = t.Elem
		case Member:
			return text(s.Key) + " in " + b.String()
		}
	}
	return b.String()
}

// text is enough of an index to tell it from others: values and names.
func text(e ir.Expr) string {
	switch e := e.(type) {
	case nil:
		return "_"
	case *ir.Lit:
		return ir.FormatAs(e.Value, e.T)
	case *ir.LocalRef:
		return e.Local.Name
	case *ir.ConstRef:
		return e.Const.Name
	case *ir.Make:
		name := e.T.Name
		if e.T.Kind == ir.SumKind {
			name = e.T.Variants[e.Variant].Name
		}
		return call(name, e.Args)
	case *ir.Call:
		return call(e.Func.Name, e.Args)
	case *ir.Apply:
		return call(e.Op.String(), e.Args)
	case *ir.Convert:
		return text(e.X)
	}
	return "(...)"
}

func call(name string, args []ir.Expr) string {
	if len(args) == 0 {
		return name
	}
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = text(a)
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}

// add adds a path unless it is there.
func add(ps []Path, p Path) []Path {
	if slices.ContainsFunc(ps, func(q Path) bool { return same(p, q) }) {
		return ps
	}
	return append(ps, p)
}

func same(p, q Path) bool {
	return p.Var == q.Var && p.How == q.How && slices.EqualFunc(p.Steps, q.Steps, func(s, t Access) bool {
		return s.Kind == t.Kind && s.Field == t.Field && sameExpr(s.Key, t.Key)
	})
}
