// Package state reports variables that do not take part: whose values nothing
// looks at, or that never have another value than the first.
package state

import (
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer follows values from variable to variable: one that is read only to
// compute another one that nothing reads is not read either. A variable whose
// type sets bounds is read by every assignment: that the value fits is a
// question too.
var Analyzer = &analysis.Analyzer{
	Name: "state", Doc: "variables that nothing reads, or that never change",
	Codes: []diag.Code{NeverRead, NeverWritten}, Sound: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		if p.Index.Closed() {
			f := &finder{p, newFlow(p.Info)}
			f.find()
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	flow *flow
}

func (f *finder) find() {
	for _, u := range f.Index.Units {
		f.flow.walk(u.Decl)
	}
	f.flow.observe()
	for _, u := range f.Index.Units {
		m := u.Machine
		if m == nil || len(f.Index.Users(m)) == 0 {
			continue // a machine of which this module makes nothing
		}
		if !f.Index.Settled(m) {
			continue
		}
		switch obj := u.Object.(type) {
		case *types.Var:
			f.variable(obj, obj.Decl.Value, obj.Decl.Type)
		case *types.Process:
			for _, v := range obj.Vars {
				f.variable(v, v.Decl.Value, v.Decl.Type)
			}
		}
	}
}

func (f *finder) variable(v types.Object, value ast.Expr, typ ast.Type) {
	switch {
	case !f.flow.observed[v] && !(f.flow.written[v] && limits(v.Type())):
		f.neverRead(v)
	case !f.flow.written[v] && value != nil:
		f.neverWritten(v, value, typ)
	}
}

// limits reports whether a value may fail to fit a type.
func limits(t types.Type) bool {
	switch t := t.(type) {
	case *types.Range, *types.Refined:
		return true
	case *types.Seq:
		if t.Max != nil {
			return true
		}
	case *types.Named:
		for _, v := range t.Obj.Variants {
			if anyLimits(v.Fields) {
				return true
			}
		}
		if anyLimits(t.Obj.Fields) {
			return true
		}
	}
	found := false
	types.Rebuild(t, func(part types.Type) types.Type {
		found = found || limits(part)
		return part
	})
	return found
}

func anyLimits(fields []*types.Field) bool {
	return slices.ContainsFunc(fields, func(f *types.Field) bool { return limits(f.T) })
}
