package gogen

import (
	"strconv"

	"github.com/spec-lang/spec/ir"
)

// body writes statements. It reports whether control cannot reach their end.
func (f *fn) body(p *printer, body []ir.Stmt) bool {
	for i, s := range body {
		if f.stmt(p, s, body[i+1:]) {
			return true
		}
	}
	return false
}

// stmt writes one statement; rest are those after it.
func (f *fn) stmt(p *printer, s ir.Stmt, rest []ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.Assign:
		f.assign(p, s)
	case *ir.Declare:
		f.declareVar(p, s, rest)
	case *ir.IfStmt:
		return f.ifStmt(p, s)
	case *ir.ForStmt:
		f.forgetAll(s.Body)
		f.loop(p, s.Local, s.Domain, usesIn(s.Local, s.Body), func() { f.body(p, s.Body) })
	case *ir.WhileStmt:
		f.forgetAll(s.Body)
		f.faults = true
		cond := join(f.expr(s.Cond), callOf("e.step", f.where(s.Loc)), true)
		p.line("for %s {", condition(cond))
		f.fork(func() {
			f.assume(s.Cond, true)
			f.body(p, s.Body)
		})
		p.line("}")
	case *ir.EitherStmt:
		f.either(p, s)
	case *ir.PickStmt:
		f.pick(p, s, rest)
	case *ir.AssertStmt:
		f.faults = true
		p.line("if %s {", condition(f.not(s.Cond)))
		p.line("e.fail(AssertionFailed, %s)", f.where(s.Loc))
		p.line("}")
		f.assume(s.Cond, true)
	case *ir.AwaitStmt:
		f.blocks = true
		p.line("if %s {", condition(f.not(s.Cond)))
		f.disabled(p)
		p.line("}")
		f.assume(s.Cond, true)
	case *ir.ReturnStmt:
		f.tail(p, s.Value, sink{ret: true})
		return true
	}
	return false
}

// disabled leaves an action that is not possible, or whose evaluation has
// failed.
func (f *fn) disabled(p *printer) {
	if f.faults {
		p.line("return %se.or(ErrDisabled)", f.results)
	} else {
		p.line("return %sErrDisabled", f.results)
	}
}

func (f *fn) ifStmt(p *printer, s *ir.IfStmt) bool {
	p.line("if %s {", f.cond(s.Cond))
	return f.branches(p, s)
}

// branches writes what stands behind the head of a conditional.
func (f *fn) branches(p *printer, s *ir.IfStmt) bool {
	var ends, elseEnds bool
	f.fork(func() {
		f.assume(s.Cond, true)
		ends = f.body(p, s.Then)
	})
	if next, ok := only(s.Else); ok {
		f.fork(func() {
			f.assume(s.Cond, false)
			p.line("} else if %s {", f.cond(next.Cond))
			elseEnds = f.branches(p, next)
		})
		f.forgetAll(s.Then)
		f.forgetAll(s.Else)
		return ends && elseEnds
	}
	if len(s.Else) > 0 {
		p.line("} else {")
		f.fork(func() {
			f.assume(s.Cond, false)
			elseEnds = f.body(p, s.Else)
		})
	}
	p.line("}")
	f.forgetAll(s.Then)
	f.forgetAll(s.Else)
	return ends && elseEnds
}

// only returns the conditional that a body is, if it is nothing else.
func only(body []ir.Stmt) (*ir.IfStmt, bool) {
	if len(body) != 1 {
		return nil, false
	}
	s, ok := body[0].(*ir.IfStmt)
	return s, ok
}

// forgetAll drops what is known about everything that a body may assign.
func (f *fn) forgetAll(body []ir.Stmt) {
	ir.WalkBody(body, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Assign); ok {
			f.forget(a.Target)
		}
		return true
	})
}

// declareVar declares a local. One that is assigned later but never read is
// still a variable to Go, which wants it used.
func (f *fn) declareVar(p *printer, s *ir.Declare, rest []ir.Stmt) {
	read, assigned := usesIn(s.Local, rest), false
	ir.WalkBody(rest, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Assign); ok && a.Target.Local == s.Local {
			assigned = true
		}
		return true
	})
	f.declare(p, s.Local, s.Value, read || assigned)
	if assigned {
		delete(f.bounds, s.Local)
		if !read {
			p.line("_ = %s", f.bind(s.Local))
		}
	}
}

// either takes the branch that the chooser says.
func (f *fn) either(p *printer, s *ir.EitherStmt) {
	i := f.chosenIndex(p, strconv.Itoa(len(s.Branches)), true)
	p.line("switch %s {", i)
	for n, b := range s.Branches {
		p.line("case %s:", strconv.Itoa(n))
		f.fork(func() { f.body(p, b) })
	}
	p.line("}")
	for _, b := range s.Branches {
		f.forgetAll(b)
	}
}

// chosenIndex asks the chooser for one of n and returns the name of what it
// says, "_" if it is not used.
func (f *fn) chosenIndex(p *printer, n string, used bool) string {
	f.faults, f.picks, f.g.chooses = true, true, true
	i, err := "_", f.names.claim("err")
	if used {
		i = f.names.claim("i")
	}
	p.line("%s, %s := e.choose(c, %s)", i, err, n)
	p.line("if %s != nil {\nreturn %s%s\n}", err, f.results, err)
	return i
}

// pick binds a local to the element that the chooser says, of those that the
// condition allows. An element for which the condition fails can be chosen
// too: then that is the error.
func (f *fn) pick(p *printer, s *ir.PickStmt, rest []ir.Stmt) {
	f.blocks = true
	used := usesIn(s.Local, rest)
	list := f.list(s.Domain)
	if s.Where == nil {
		if x := f.chosenFrom(p, list, used); used {
			p.line("%s := %s", f.bind(s.Local), x)
		}
		return
	}
	t := f.g.typ(s.Local.Type)
	fits, inner := f.names.claim("fits"), f.bind(s.Local)
	fails := f.names.claim("fails")
	p.line("var %s []%s", fits, t.name)
	mayFail := f.canFail(s.Where)
	if mayFail {
		f.faults = true
		p.line("var %s []*EvalError", fails)
	}
	f.loop(p, s.Local, s.Domain, true, func() {
		cond := f.expr(s.Where)
		if mayFail {
			p.line("if ok := %s; ok || e.err != nil {", cond.text)
			p.line("%s = append(%s, e.take())", fails, fails)
		} else {
			p.line("if %s {", condition(cond))
		}
		p.line("%s = append(%s, %s)\n}", fits, fits, inner)
	})
	i := f.chosenIndex(p, "len("+fits+")", used || mayFail)
	if mayFail {
		p.line("if %s[%s] != nil {\nreturn %s%s[%s]\n}", fails, i, f.results, fails, i)
	}
	if used {
		p.line("%s := %s[%s]", inner, fits, i)
		f.assume(s.Where, true)
	}
}

// chosenFrom chooses from a list and returns the element.
func (f *fn) chosenFrom(p *printer, list string, used bool) string {
	if !isName(list) {
		name := f.names.claim("from")
		p.line("%s := %s", name, list)
		list = name
	}
	i := f.chosenIndex(p, "len("+list+")", used)
	return list + "[" + i + "]"
}

func isName(text string) bool {
	for _, r := range text {
		if r == '(' || r == '{' || r == ' ' {
			return false
		}
	}
	return true
}
