package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// The label of statements before the first written one, and of the place
// after the last.
const (
	startLabel = "start"
	doneLabel  = "done"
)

// processVars declares the variables of a process: the var statements at the
// start of its body.
func (c *checker) processVars(p *types.Process) {
	names := map[string]types.Object{}
	for _, s := range p.Decl.Body.Stmts {
		v, ok := s.(*ast.VarStmt)
		if !ok {
			break
		}
		obj := &types.ProcessVar{Base: types.Base{Ident: v.Name.Name, At: v.Name.Span(), In: p, T: types.Invalid}, Decl: v}
		c.info.Defs[v.Name] = obj
		c.at(placeVar, func() {
			switch {
			case v.Type != nil:
				obj.T = c.written(v.Type)
				if v.Value != nil {
					c.check(v.Value, obj.T, obj.Name())
				}
			case v.Value != nil:
				obj.T = widen(c.expr(v.Value, nil))
			}
			if v.Value == nil {
				c.errVarNeedsValue(v)
			}
		})
		if c.enter(names, obj) {
			p.Vars = append(p.Vars, obj)
		}
	}
}

// processLabels lists the labels of a process in order of appearance.
func (c *checker) processLabels(p *types.Process) {
	seen := map[string]*ast.Label{}
	var walk func(list []ast.Stmt)
	walk = func(list []ast.Stmt) {
		for _, s := range list {
			if l, ok := s.(*ast.Label); ok {
				c.addLabel(p, l, seen)
			}
			for _, b := range inner(s) {
				if b != nil {
					walk(b.Stmts)
				}
			}
		}
	}
	body := processBodyStmts(p.Decl)
	if len(body) > 0 {
		if _, labelled := firstStmt(body).(*ast.Label); !labelled {
			p.Labels = append(p.Labels, startLabel)
		}
	}
	walk(body)
	p.Labels = append(p.Labels, doneLabel)
}

func (c *checker) addLabel(p *types.Process, l *ast.Label, seen map[string]*ast.Label) {
	name := l.Name.Name
	if old := seen[name]; old != nil {
		c.errLabelTwice(l, old)
		return
	}
	if name == doneLabel || name == startLabel && len(p.Labels) > 0 && p.Labels[0] == startLabel {
		c.errLabelReserved(l)
		return
	}
	seen[name] = l
	p.Labels = append(p.Labels, name)
}

// firstStmt is the statement that runs first: loops are entered.
func firstStmt(list []ast.Stmt) ast.Stmt {
	for len(list) > 0 {
		l, ok := list[0].(*ast.Loop)
		if !ok || l.Body == nil {
			return list[0]
		}
		list = l.Body.Stmts
	}
	return nil
}

// processBodyStmts are the statements of a process after its variables.
func processBodyStmts(d *ast.Process) []ast.Stmt {
	if d.Body == nil {
		return nil
	}
	for i, s := range d.Body.Stmts {
		if _, ok := s.(*ast.VarStmt); !ok {
			return d.Body.Stmts[i:]
		}
	}
	return nil
}

// inner lists the blocks directly inside a statement.
func inner(s ast.Stmt) []*ast.Block {
	switch s := s.(type) {
	case *ast.IfStmt:
		if s.Else != nil {
			return append([]*ast.Block{s.Then}, inner(&ast.BlockStmt{Body: elseBlock(s.Else)})...)
		}
		return []*ast.Block{s.Then}
	case *ast.BlockStmt:
		return []*ast.Block{s.Body}
	case *ast.MatchStmt:
		var out []*ast.Block
		for _, a := range s.Arms {
			out = append(out, a.Body)
		}
		return out
	case *ast.For:
		return []*ast.Block{s.Body}
	case *ast.While:
		return []*ast.Block{s.Body}
	case *ast.Loop:
		return []*ast.Block{s.Body}
	case *ast.Either:
		return s.Branches
	}
	return nil
}

// elseBlock is what follows else as a block.
func elseBlock(s ast.Stmt) *ast.Block {
	if b, ok := s.(*ast.BlockStmt); ok {
		return b.Body
	}
	return &ast.Block{Stmts: []ast.Stmt{s}}
}

func (c *checker) processDecl(d *ast.Process) {
	obj, ok := declared[*types.Process](c, d.Name)
	if !ok {
		return
	}
	old := c.process
	c.process = obj
	c.scoped(func() {
		if obj.Self != nil {
			c.openLocals([]*types.Local{obj.Self})
		}
		c.at(placeProcess, func() {
			c.body = processBody
			c.stmts(processBodyStmts(d))
			c.body = noBody
		})
	})
	c.process = old
	c.checkGotos(obj)
	c.checkProgress(obj)
}

// processIndex is `P[a]`, an instance of a process.
func (c *checker) processIndex(e *ast.Index, p *types.Process) {
	if p.Self == nil {
		c.expr(e.I, nil)
		c.errInstance(e, p)
		return
	}
	c.check(e.I, p.Self.T, "the index of "+p.Name())
}

// processVar is `P.x` or `P[a].x`.
func (c *checker) processVar(e *ast.Select, p *types.Process, q qualifier) types.Type {
	for _, v := range p.Vars {
		if v.Name() != e.Sel.Name {
			continue
		}
		t := c.use(e, v, q.path)
		if p.Self != nil && !q.index && t != types.Invalid {
			return &types.Func{Key: p.Self.T, Elem: t}
		}
		return t
	}
	var names []string
	for _, v := range p.Vars {
		names = append(names, v.Name())
	}
	c.errNoMember(e.Sel, p.Name(), names)
	return types.Invalid
}

// atLabel is `P[a]@label`, or `P@label` for a single process.
func (c *checker) atLabel(e *ast.AtLabel) types.Type {
	q, ok := c.qualifier(e.X)
	p, isProcess := q.obj.(*types.Process)
	switch {
	case ok && q.obj == nil:
		return types.Bool
	case !ok || !isProcess:
		c.errNotProcess(e.X)
		return types.Bool
	case p.Self != nil && !q.index:
		if p.Self.T != types.Invalid {
			c.errInstance(e, p)
		}
	case c.place != nil && !c.place.reads:
		c.errNotConst(e, p, c.place.what)
	}
	if len(q.path) > 0 {
		c.info.Paths[e.X] = q.path
	}
	c.knownLabel(e.Label, p)
	return types.Bool
}

func (c *checker) knownLabel(id *ast.Ident, p *types.Process) {
	if id == nil {
		return
	}
	for _, l := range p.Labels {
		if l == id.Name {
			return
		}
	}
	c.errNoLabel(id, p, nearest(id.Name, p.Labels))
}

// checkGotos checks that every goto has a label to go to.
func (c *checker) checkGotos(p *types.Process) {
	var walk func(list []ast.Stmt)
	walk = func(list []ast.Stmt) {
		for _, s := range list {
			if g, ok := s.(*ast.Goto); ok {
				c.knownLabel(g.Label, p)
			}
			for _, b := range inner(s) {
				if b != nil {
					walk(b.Stmts)
				}
			}
		}
	}
	walk(processBodyStmts(p.Decl))
}

// checkProgress reports loops that can go round without crossing a label: a
// step must end.
func (c *checker) checkProgress(p *types.Process) {
	var walk func(list []ast.Stmt)
	walk = func(list []ast.Stmt) {
		for _, s := range list {
			switch s := s.(type) {
			case *ast.Loop:
				if s.Body != nil && !crosses(s.Body.Stmts) {
					c.errNoLabelInLoop(s)
				}
			case *ast.While:
				if s.Body != nil && s.Decreases == nil && !crosses(s.Body.Stmts) {
					c.errNoLabelInLoop(s)
				}
			}
			for _, b := range inner(s) {
				if b != nil {
					walk(b.Stmts)
				}
			}
		}
	}
	walk(processBodyStmts(p.Decl))
}

// crosses reports whether every way through the statements crosses a label or
// leaves by goto.
func crosses(list []ast.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.Label, *ast.Goto, *ast.BadStmt:
			return true
		case *ast.IfStmt:
			if s.Else != nil && s.Then != nil && crosses(s.Then.Stmts) && crosses(elseBlock(s.Else).Stmts) {
				return true
			}
		case *ast.BlockStmt:
			if s.Body != nil && crosses(s.Body.Stmts) {
				return true
			}
		case *ast.Loop:
			if s.Body != nil && crosses(s.Body.Stmts) {
				return true
			}
		case *ast.Either, *ast.MatchStmt:
			if allCross(inner(s)) {
				return true
			}
		}
	}
	return false
}

func allCross(bs []*ast.Block) bool {
	for _, b := range bs {
		if b == nil || !crosses(b.Stmts) {
			return false
		}
	}
	return len(bs) > 0
}
