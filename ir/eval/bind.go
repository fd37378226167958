package eval

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// elements are what a binder over v binds: distinct elements of a set or bag
// in canonical order, of a sequence in its own.
func elements(v ir.Value) []ir.Value {
	switch v := v.(type) {
	case ir.SetValue:
		return v.Elems
	case ir.BagValue:
		return v.Elems
	case ir.SeqValue:
		return v.Elems
	}
	return nil
}

func (s scope) domain(e ir.Expr) ([]ir.Value, *Error) {
	v, err := s.eval(e)
	if err != nil {
		return nil, err
	}
	return elements(v), nil
}

// each calls visit for every binding of the binders that cond allows, until
// visit does not want more.
func (s scope) each(binders []ir.Binder, cond ir.Expr, visit func(scope) (bool, *Error)) (bool, *Error) {
	if len(binders) == 0 {
		if cond != nil {
			if ok, err := s.holds(cond); err != nil || !ok {
				return true, err
			}
		}
		return visit(s)
	}
	elems, err := s.domain(binders[0].Domain)
	if err != nil {
		return false, err
	}
	for _, v := range elems {
		more, err := s.bind(binders[0].Local, v).each(binders[1:], cond, visit)
		if err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

func (s scope) binding(e *ir.Bind) (ir.Value, *Error) {
	switch e.Kind {
	case ir.Forall, ir.Exists:
		return s.quantifier(e)
	case ir.Choose:
		return s.choose(e)
	case ir.Fold:
		return s.fold(e)
	case ir.FuncOf, ir.MapOf:
		return s.mapOf(e)
	}
	var vs []ir.Value
	_, err := s.each(e.Binders, e.Cond, func(s scope) (bool, *Error) {
		v, err := s.eval(e.Body)
		vs = append(vs, v)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	switch e.Kind {
	case ir.Count:
		n := 0
		for _, v := range vs {
			if v.(ir.Bool) {
				n++
			}
		}
		return ir.NewInt(int64(n)), nil
	case ir.Sum:
		sum := new(big.Int)
		for _, v := range vs {
			sum.Add(sum, v.(ir.Int).Int)
		}
		return ir.Int{Int: sum}, nil
	case ir.Min, ir.Max:
		switch {
		case len(vs) == 0:
			return nil, empty(e)
		case e.Kind == ir.Min:
			return slices.MinFunc(vs, ir.Compare), nil
		}
		return slices.MaxFunc(vs, ir.Compare), nil
	case ir.SetOf:
		return ir.MakeSet(vs), nil
	case ir.SeqOf:
		return ir.SeqValue{Elems: vs}, nil
	}
	return nil, illFormed(e.Loc, "a binder of a kind that the evaluator does not know")
}

func (s scope) quantifier(e *ir.Bind) (ir.Value, *Error) {
	decides := e.Kind == ir.Exists
	all, err := s.each(e.Binders, e.Cond, func(s scope) (bool, *Error) {
		b, err := s.holds(e.Body)
		return b != decides, err
	})
	if err != nil {
		return nil, err
	}
	return ir.Bool(all != decides), nil
}

func (s scope) choose(e *ir.Bind) (ir.Value, *Error) {
	var chosen ir.Value
	_, err := s.each(e.Binders, e.Cond, func(s scope) (bool, *Error) {
		chosen, _ = s.locals.Lookup(e.Binders[0].Local)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if chosen == nil && e.Stored {
		v, _ := s.eval(e.Binders[0].Domain) // which has a value: it was gone through
		return nil, notStored(e, v.(ir.SetValue).Elems[0])
	}
	if chosen == nil {
		return nil, empty(e)
	}
	return chosen, nil
}

func (s scope) fold(e *ir.Bind) (ir.Value, *Error) {
	acc, err := s.eval(e.Init)
	if err != nil {
		return nil, err
	}
	_, err = s.each(e.Binders, e.Cond, func(s scope) (bool, *Error) {
		acc, err = s.bind(e.Acc, acc).eval(e.Body)
		return true, err
	})
	return acc, err
}

// mapOf evaluates FuncOf, whose key is the bound value, and MapOf.
func (s scope) mapOf(e *ir.Bind) (ir.Value, *Error) {
	var m ir.MapValue
	_, err := s.each(e.Binders, e.Cond, func(s scope) (bool, *Error) {
		key, _ := s.locals.Lookup(e.Binders[0].Local)
		var err *Error
		if e.Kind == ir.MapOf {
			if key, err = s.eval(e.Key); err != nil {
				return false, err
			}
		}
		v, err := s.eval(e.Body)
		if err != nil {
			return false, err
		}
		if old, ok := m.Lookup(key); ok && !ir.Equal(old, v) {
			return false, duplicateKey(e, key, old, v)
		}
		m = put(m, key, v)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}
