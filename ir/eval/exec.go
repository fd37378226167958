package eval

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// way is one way through a body, as far as it has come. It has ended if it
// has a result, an error or a failed assertion.
type way struct {
	state  []ir.Value
	locals *Locals
	result ir.Value
	err    *Error
	assert *ir.AssertStmt
}

func (w way) ended() bool { return w.result != nil || w.err != nil || w.assert != nil }

func (w way) failed(err *Error) []way {
	if err.Kind == AssertFailed {
		w.assert = err.Assert
	} else {
		w.err = err
	}
	return []way{w}
}

func (w way) bind(local *ir.Local, v ir.Value) way {
	w.locals = w.locals.With(local, v)
	return w
}

// at is the scope of an expression where w has come to.
func (s scope) at(w way) scope {
	s.state, s.locals = w.state, w.locals
	return s
}

// exec continues each way through body. The result is in the order of the
// choices: the first choice varies slowest.
func (s scope) exec(body []ir.Stmt, ways []way) []way {
	for _, st := range body {
		var next []way
		for _, w := range ways {
			if w.ended() {
				next = append(next, w)
			} else {
				next = append(next, s.stmt(st, w)...)
			}
			if len(next) > ir.MaxElems {
				return w.failed(tooLarge(st.Span(), big.NewInt(int64(len(next))), "ways through this body"))
			}
		}
		ways = next
	}
	return ways
}

func (s scope) stmt(st ir.Stmt, w way) []way {
	switch st := st.(type) {
	case *ir.Assign:
		return s.assign(st, w)
	case *ir.Declare:
		v, err := s.at(w).eval(st.Value)
		if err != nil {
			return w.failed(err)
		}
		return []way{w.bind(st.Local, v)}
	case *ir.IfStmt:
		c, err := s.at(w).holds(st.Cond)
		switch {
		case err != nil:
			return w.failed(err)
		case c:
			return s.exec(st.Then, []way{w})
		}
		return s.exec(st.Else, []way{w})
	case *ir.ForStmt:
		return s.forLoop(st, w)
	case *ir.WhileStmt:
		return s.whileLoop(st, w)
	case *ir.EitherStmt:
		var out []way
		for _, b := range st.Branches {
			out = append(out, s.exec(b, []way{w})...)
		}
		return out
	case *ir.PickStmt:
		return s.pick(st, w)
	case *ir.AssertStmt:
		c, err := s.at(w).holds(st.Cond)
		switch {
		case err != nil:
			return w.failed(err)
		case !c:
			w.assert = st
		}
		return []way{w}
	case *ir.AwaitStmt:
		c, err := s.at(w).holds(st.Cond)
		switch {
		case err != nil:
			return w.failed(err)
		case !c:
			return nil
		}
		return []way{w}
	case *ir.ReturnStmt:
		v, err := s.at(w).eval(st.Value)
		if err != nil {
			return w.failed(err)
		}
		w.result = v
		return []way{w}
	}
	return w.failed(illFormed(st.Span(), "a statement of a kind that the evaluator does not know"))
}

func (s scope) forLoop(st *ir.ForStmt, w way) []way {
	elems, err := s.at(w).domain(st.Domain)
	if err != nil {
		return w.failed(err)
	}
	ways := []way{w}
	for _, v := range elems {
		var next []way
		for _, w := range ways {
			if !w.ended() {
				next = append(next, s.exec(st.Body, []way{w.bind(st.Local, v)})...)
			} else {
				next = append(next, w)
			}
		}
		if ways = next; len(ways) > ir.MaxElems {
			return w.failed(tooLarge(st.Loc, big.NewInt(int64(len(ways))), "ways through this loop"))
		}
	}
	return ways
}

func (s scope) whileLoop(st *ir.WhileStmt, w way) []way {
	var out []way
	pending := []way{w} // the next one first
	for len(pending) > 0 {
		w, pending = pending[0], pending[1:]
		if w.ended() {
			out = append(out, w)
			continue
		}
		c, err := s.at(w).holds(st.Cond)
		if err == nil && c {
			err = s.meter.step(st.Loc)
		}
		switch {
		case err != nil:
			out = append(out, w.failed(err)...)
		case !c:
			out = append(out, w)
		default:
			pending = append(s.exec(st.Body, []way{w}), pending...)
		}
	}
	return out
}

func (s scope) pick(st *ir.PickStmt, w way) []way {
	elems, err := s.at(w).domain(st.Domain)
	if err != nil {
		return w.failed(err)
	}
	var out []way
	for _, v := range elems {
		p := w.bind(st.Local, v)
		fits := true
		if st.Where != nil {
			fits, err = s.at(p).holds(st.Where)
		}
		switch {
		case err != nil:
			out = append(out, w.failed(err)...)
		case fits:
			out = append(out, p)
		}
	}
	return out
}

// assign evaluates the indices of the target from left to right, then the
// value, and then stores it.
func (s scope) assign(st *ir.Assign, w way) []way {
	here := s.at(w)
	keys := make([]ir.Value, len(st.Target.Path))
	for i, a := range st.Target.Path {
		if a.Index == nil {
			continue
		}
		k, err := here.eval(a.Index)
		if err != nil {
			return w.failed(err)
		}
		keys[i] = k
	}
	v, err := here.eval(st.Value)
	if err != nil {
		return w.failed(err)
	}
	t := st.Target
	if t.Var != nil {
		var old ir.Value
		if len(t.Path) > 0 {
			if old, err = here.variable(&ir.VarRef{Node: ir.Node{Loc: t.Span}, Var: t.Var}); err != nil {
				return w.failed(err)
			}
		}
		if v, err = store(t, t.Root(), old, t.Path, keys, v); err != nil {
			return w.failed(err)
		}
		w.state = slices.Clone(w.state)
		w.state[t.Var.Index] = v
		return []way{w}
	}
	old, ok := w.locals.Lookup(t.Local)
	if !ok {
		return w.failed(illFormed(t.Span, "%s has no value here", t.Local.Name))
	}
	if v, err = store(t, t.Root(), old, t.Path, keys, v); err != nil {
		return w.failed(err)
	}
	return []way{w.bind(t.Local, v)}
}

// store returns old, of type typ, with v at path.
func store(t ir.Target, typ *ir.Type, old ir.Value, path []ir.Access, keys []ir.Value, v ir.Value) (ir.Value, *Error) {
	if len(path) == 0 {
		return v, nil
	}
	if path[0].Index == nil {
		s := old.(ir.StructValue)
		f := path[0].Field
		part, err := store(t, typ.Fields[f].Type, s.Fields[f], path[1:], keys[1:], v)
		if err != nil {
			return nil, err
		}
		return setField(s, f, part), nil
	}
	if len(path) > 1 {
		inner, err := get(t.Span, old, typ, keys[0])
		if err != nil {
			return nil, err
		}
		if v, err = store(t, typ.Elem, inner, path[1:], keys[1:], v); err != nil {
			return nil, err
		}
	}
	return putAt(t.Span, old, typ, keys[0], v)
}
