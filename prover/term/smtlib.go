package term

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
)

// Script writes terms as SMT-LIB 2.6. Sorts and symbols are declared when they
// first occur, so a Script may go on as long as its solver lives.
type Script struct {
	w        io.Writer
	err      error
	declared map[*Func]bool
	sorts    map[*Sort]bool
	names    map[*Term]string // of shared terms, where they are in scope
	fresh    int
}

// NewScript returns a Script that writes to w.
func NewScript(w io.Writer) *Script {
	return &Script{w: w, declared: map[*Func]bool{}, sorts: map[*Sort]bool{}, names: map[*Term]string{}}
}

// Err is the first error of the writer.
func (s *Script) Err() error { return s.err }

// Line writes a command as it is.
func (s *Script) Line(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format+"\n", args...)
	}
}

// Assert writes the assertion of t under a name.
func (s *Script) Assert(name string, t *Term) {
	s.Declare(t)
	s.Line("(assert (! %s :named %s))", s.text(t), name)
}

// Values asks for the values of closed terms.
func (s *Script) Values(ts []*Term) {
	for _, t := range ts {
		s.Declare(t)
	}
	parts := make([]string, len(ts))
	for i, t := range ts {
		parts[i] = s.text(t)
	}
	s.Line("(get-value (%s))", strings.Join(parts, " "))
}

// Declare declares what t mentions.
func (s *Script) Declare(t *Term) {
	t.Walk(map[*Term]bool{}, func(x *Term) {
		s.sort(x.Sort)
		for _, v := range x.Vars {
			s.sort(v.Sort)
		}
		if x.Op != Apply || s.declared[x.Fn] {
			return
		}
		s.declared[x.Fn] = true
		params := make([]string, len(x.Fn.Params))
		for i, p := range x.Fn.Params {
			s.sort(p)
			params[i] = sortName(p)
		}
		s.Line("(declare-fun %s (%s) %s)", quoted(x.Fn.Name), strings.Join(params, " "), sortName(x.Fn.Result))
	})
}

func (s *Script) sort(t *Sort) {
	if t.Kind != EnumSort && t.Kind != FreeSort || s.sorts[t] {
		return
	}
	s.sorts[t] = true
	if t.Kind == FreeSort {
		s.Line("(declare-sort %s 0)", quoted(t.Name))
		return
	}
	elems := make([]string, len(t.Elems))
	for i := range elems {
		elems[i] = "(" + elemName(t, i) + ")"
	}
	s.Line("(declare-datatypes ((%s 0)) ((%s)))", quoted(t.Name), strings.Join(elems, " "))
}

func sortName(s *Sort) string {
	if s.Kind == EnumSort || s.Kind == FreeSort {
		return quoted(s.Name)
	}
	return s.Name
}

func elemName(s *Sort, i int) string { return quoted(s.Name + "/" + s.Elems[i]) }

// quoted writes a name as a symbol; names contain no bar or backslash.
func quoted(name string) string { return "|" + name + "|" }

var heads = [...]string{Not: "not", And: "and", Or: "or", Implies: "=>", Eq: "=", Ite: "ite", Add: "+", Mul: "*",
	Div: "div", Mod: "mod", Le: "<=", Forall: "forall", Exists: "exists"}

// text is a term whose variables are in scope, what occurs in it more than
// once under names.
func (s *Script) text(t *Term) string {
	shared := s.shared(t)
	var b strings.Builder
	for _, x := range shared {
		s.fresh++
		name := fmt.Sprintf("s%d", s.fresh)
		fmt.Fprintf(&b, "(let ((%s %s)) ", name, s.plain(x))
		s.names[x] = name
	}
	b.WriteString(s.written(t))
	b.WriteString(strings.Repeat(")", len(shared)))
	for _, x := range shared {
		delete(s.names, x)
	}
	return b.String()
}

// shared are the terms in t that stand in several places and whose variables
// are all in scope, arguments first.
func (s *Script) shared(t *Term) []*Term {
	uses := map[*Term]int{}
	var order []*Term
	t.Walk(map[*Term]bool{}, func(x *Term) {
		order = append(order, x)
		for _, a := range x.Args {
			uses[a]++
		}
	})
	var out []*Term
	for _, x := range order {
		if uses[x] > 1 && len(x.Args) > 0 && s.names[x] == "" && within(x.open, t.open) {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(x, y *Term) int { return x.id - y.id })
	return out
}

func within(some, all map[*Term]bool) bool {
	for v := range some {
		if !all[v] {
			return false
		}
	}
	return true
}

func (s *Script) written(t *Term) string {
	if name := s.names[t]; name != "" {
		return name
	}
	return s.plain(t)
}

// plain writes the head of t and its arguments, named where they have names.
func (s *Script) plain(t *Term) string {
	switch t.Op {
	case True, False:
		return map[Op]string{True: "true", False: "false"}[t.Op]
	case Number:
		return number(t.N)
	case Elem:
		return elemName(t.Sort, t.Index)
	case Bound:
		return fmt.Sprintf("x%d", t.Index)
	case Forall, Exists:
		vars := make([]string, len(t.Vars))
		for i, v := range t.Vars {
			vars[i] = fmt.Sprintf("(x%d %s)", v.Index, sortName(v.Sort))
		}
		return fmt.Sprintf("(%s (%s) %s)", heads[t.Op], strings.Join(vars, " "), s.text(t.Args[0]))
	}
	head := ""
	if t.Op == Apply {
		head = quoted(t.Fn.Name)
	} else {
		head = heads[t.Op]
	}
	if len(t.Args) == 0 {
		return head
	}
	parts := make([]string, len(t.Args))
	for i, a := range t.Args {
		parts[i] = s.written(a)
	}
	return "(" + head + " " + strings.Join(parts, " ") + ")"
}

func number(n *big.Int) string {
	if n.Sign() < 0 {
		return "(- " + new(big.Int).Neg(n).String() + ")"
	}
	return n.String()
}
