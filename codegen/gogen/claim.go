package gogen

import (
	"go/token"
	"strings"
)

// reserved are the exported names of every package.
var reserved = []string{"State", "New", "Initial", "Chooser", "ErrDisabled", "EvalError", "ErrorKind",
	"DivideByZero", "MissingKey", "OutsideIndex", "OutsideType", "WrongVariant", "Empty", "NoNeighbour",
	"DuplicateKey", "TooLarge", "TooLong", "TooDeep", "AssertionFailed", "Overflow"}

// PackageName turns the name of a machine or folder into one of a Go package.
func PackageName(name string) string {
	name = strings.ToLower(exported(name))
	if token.IsKeyword(name) || name == "main" {
		name += "spec"
	}
	return name
}

// claimNames gives names to everything that the spec names: types first, then
// constants and functions, then the methods and fields of State.
func (g *gen) claimNames() {
	for _, n := range reserved {
		g.names[n] = true
	}
	g.findClashes()
	for _, s := range g.sys.Sorts {
		g.typ(g.sys.Types.SortOf(s))
	}
	for _, t := range g.sys.Named {
		g.typ(t)
	}
	for _, c := range g.sys.Consts {
		name := exported(c.Name)
		g.consts[c] = g.names.claim(name, name+"Const")
	}
	for _, f := range g.sys.Funcs {
		name := exported(f.Name)
		gf := &goFunction{name: g.names.claim(name, name+"Func")}
		gf.inner = g.names.claim("eval" + gf.name)
		g.funcs[f] = gf
	}
	g.claimMethods()
}

// findClashes finds the names of variants that are not theirs alone.
func (g *gen) findClashes() {
	count := map[string]int{}
	for _, n := range reserved {
		count[n]++
	}
	for _, s := range g.sys.Sorts {
		count[exported(s.Name)]++
	}
	for _, t := range g.sys.Named {
		count[exported(t.Name)]++
		for _, v := range t.Variants {
			count[v.Name]++
		}
	}
	for _, c := range g.sys.Consts {
		count[exported(c.Name)]++
	}
	for _, f := range g.sys.Funcs {
		count[exported(f.Name)]++
	}
	g.clashes = map[string]bool{}
	for n, c := range count {
		g.clashes[n] = c > 1
	}
}

func (g *gen) claimMethods() {
	for _, n := range []string{"Clone", "Equal", "String"} {
		g.methods[n] = true
	}
	for _, a := range g.sys.Actions {
		name := exported(a.Name)
		ga := &goAction{name: g.methods.claim(name, name+"Action")}
		g.actions[a] = ga
	}
	for _, a := range g.sys.Actions {
		ga := g.actions[a]
		ga.can = g.methods.claim("Can"+ga.name, "Can"+ga.name+"Action")
	}
	for _, p := range g.sys.Props {
		if isGenerated(p) {
			name := exported(p.Name)
			g.props[p] = g.methods.claim(name, name+"Holds")
		}
	}
	if g.sys.Terminal != nil {
		g.terminal = g.methods.claim("Terminal", "IsTerminal")
	}
	for _, v := range g.sys.Vars {
		name := exported(v.Name)
		g.vars[v] = g.methods.claim(name, name+"Var")
	}
}
