package kernel

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

var infix = map[Op]string{And: " && ", Or: " || ", Implies: " => ", Eq: " == ", Add: " + ", Mul: " * ", Le: " <= "}

// String writes a term as the language does, with more parentheses.
func (t *Term) String() string {
	s := t.write(nil)
	if _, ok := infix[t.Op]; ok || t.Op == Ite || t.Op == Forall || t.Op == Exists {
		return s[1 : len(s)-1]
	}
	return s
}

func (t *Term) write(bound []string) string {
	arg := func(i int) string { return t.Args[i].write(bound) }
	switch t.Op {
	case Bound:
		if n := len(bound) - 1 - t.Index; n >= 0 {
			return bound[n]
		}
		return fmt.Sprintf("#%d", t.Index)
	case Num:
		return t.N.String()
	case True:
		return "true"
	case False:
		return "false"
	case Not:
		return t.negation(arg(0))
	case Ite:
		return "(if " + arg(0) + " then " + arg(1) + " else " + arg(2) + ")"
	case Forall, Exists:
		return t.quantifier(bound)
	case Add:
		if b := t.Args[1]; b.Op == Mul && b.Args[0].Op == Num && b.Args[0].N.Cmp(big.NewInt(-1)) == 0 {
			return "(" + arg(0) + " - " + b.Args[1].write(bound) + ")"
		}
	case Free, App:
		return t.application(arg)
	}
	return "(" + arg(0) + infix[t.Op] + arg(1) + ")"
}

// negation writes !(a == b) as a != b, and !false as true.
func (t *Term) negation(arg string) string {
	switch x := t.Args[0]; x.Op {
	case False:
		return "true"
	case Eq:
		if x.Args[0].Sort != Bool {
			return strings.Replace(arg, infix[Eq], " != ", 1)
		}
	}
	return "!" + arg
}

func (t *Term) application(arg func(int) string) string {
	if len(t.Args) == 0 {
		return t.Name
	}
	switch t.Name {
	case Cons:
		if t.Args[1].Name == Nil {
			return "[" + arg(0) + "]"
		}
		return "([" + arg(0) + "] ++ " + arg(1) + ")"
	case Append:
		return "(" + arg(0) + " ++ " + arg(1) + ")"
	case Head, Tail:
		return arg(0) + t.Name
	case Len:
		return "len(" + arg(0) + ")"
	}
	var args []string
	for i := range t.Args {
		args = append(args, arg(i))
	}
	return t.Name + "(" + strings.Join(args, ", ") + ")"
}

func (t *Term) quantifier(bound []string) string {
	word := "forall "
	if t.Op == Exists {
		word = "exists "
	}
	name := t.Name
	for slices.Contains(bound, name) {
		name += "'"
	}
	return "(" + word + name + " in " + string(t.Over) + ": " + t.Args[0].write(append(slices.Clone(bound), name)) + ")"
}
