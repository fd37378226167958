package typecheck

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// foreignNames are names that mean something in other languages, with what to
// write here.
var foreignNames = map[string]string{
	"nil": "the empty option is `none`", "null": "the empty option is `none`", "None": "the empty option is `none`",
	"undefined": "the empty option is `none`", "Some": "write `some(x)`", "TRUE": "write `true`", "FALSE": "write `false`",
	"True": "write `true`", "False": "write `false`", "BOOLEAN": "write `bool`", "Int": "write `int`", "Nat": "write a range such as `0..9`",
	"size": "write `len(s)`", "length": "write `len(s)`", "Len": "write `len(s)`", "Cardinality": "write `len(s)`", "card": "write `len(s)`",
	"append": "write `s ++ [x]`, or the statement `s ++= [x]`", "Append": "write `s ++ [x]`", "Head": "write `s[0]`", "head": "write `s[0]`",
	"Tail": "write `s[1:]`", "tail": "write `s[1:]`", "domain": "write `keys(m)`", "DOMAIN": "write `keys(m)`", "dom": "write `keys(m)`",
	"SUBSET": "write `powerset(S)`", "union": "write `S | T`", "pow": "write `powerset(S)`, or a product", "delete": "write `m = remove(m, k)`",
	"contains": "write `x in S`", "self": "only a process has a `self`", "result": "only `ensures` has a `result`",
}

// unknownHelp says what to write in place of an unknown name.
func (c *checker) unknownHelp(name string) string {
	if help := foreignNames[name]; help != "" {
		return help
	}
	if guess := c.didYouMean(name); guess != "" {
		return guess
	}
	for _, p := range propertyPlace {
		if c.place == p {
			return "say what it ranges over, as in `forall " + name + " in S: ...`, or declare it"
		}
	}
	return "declare it first: as a parameter, or with let, var, const or func"
}

// methodHelp says what to write for a method of other languages, such as
// `s.append(x)`.
func methodHelp(t types.Type, x ast.Expr, name string) string {
	text := exprText(x)
	switch under(t).(type) {
	case *types.Seq:
		return fill(seqMethods[name], text)
	case *types.Set, *types.Bag:
		return fill(setMethods[name], text)
	case *types.Map:
		return fill(mapMethods[name], text)
	}
	return ""
}

func fill(form, text string) string {
	if form == "" {
		return ""
	}
	return fmt.Sprintf("write `"+form+"`", text)
}

var seqMethods = map[string]string{
	"append": "%s ++= [x]", "push": "%s ++= [x]", "add": "%s ++= [x]", "enqueue": "%s ++= [x]", "head": "%s[0]", "first": "%s[0]",
	"front": "%s[0]", "peek": "%s[0]", "tail": "%s[1:]", "rest": "%s[1:]", "pop": "%[1]s = %[1]s[1:]", "dequeue": "%[1]s = %[1]s[1:]",
	"len": "len(%s)", "size": "len(%s)", "length": "len(%s)", "contains": "x in %s", "has": "x in %s", "last": "%[1]s[len(%[1]s) - 1]",
	"isEmpty": "%s == []", "empty": "%s == []", "count": "count(%s, x)",
}

var setMethods = map[string]string{
	"add": "%s += x", "insert": "%s += x", "put": "%s += x", "remove": "%s -= x", "delete": "%s -= x", "len": "len(%s)", "size": "len(%s)",
	"length": "len(%s)", "contains": "x in %s", "has": "x in %s", "isEmpty": "%s == {}", "empty": "%s == {}", "union": "%s | T",
	"addAll": "%s |= T", "count": "count(%s, x)",
}

var mapMethods = map[string]string{
	"get": "%s[k]", "put": "%s[k] = v", "set": "%s[k] = v", "keys": "keys(%s)", "len": "len(%s)", "size": "len(%s)", "length": "len(%s)",
	"contains": "k in %s", "has": "k in %s", "containsKey": "k in %s", "remove": "%[1]s = remove(%[1]s, k)", "delete": "%[1]s = remove(%[1]s, k)",
}
