// Package unchecked reports properties that no model asks for: what is not
// checked is only a comment.
package unchecked

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer knows the models of the file itself. A machine without models is
// left alone.
var Analyzer = &analysis.Analyzer{
	Name: "unchecked", Doc: "properties that no model checks",
	Codes: []diag.Code{Unchecked}, Sound: true, Complete: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		f := finder{p, map[*types.Machine][]*ast.Model{}, map[types.Object]bool{}}
		f.models()
		for _, u := range p.Index.Units {
			f.property(u)
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	of    map[*types.Machine][]*ast.Model
	asked map[types.Object]bool
}

func (f finder) models() {
	for _, u := range f.Index.Units {
		m, ok := u.Object.(*types.Model)
		if !ok || m.Machine == nil {
			continue
		}
		f.of[m.Machine] = append(f.of[m.Machine], m.Decl)
		for _, it := range m.Decl.Items {
			if c, ok := it.(*ast.Check); ok {
				for _, e := range c.Names {
					f.asked[f.Info.Uses[e]] = true
				}
			}
		}
	}
}

func (f finder) property(u *analysis.Unit) {
	switch u.Object.(type) {
	case *types.Property, *types.Scenario:
	default:
		return
	}
	models := f.of[u.Machine]
	if len(models) == 0 || f.asked[u.Object] || !f.Index.Settled(u.Machine) {
		return
	}
	for _, m := range models {
		if checksAll(m) {
			return
		}
	}
	f.report(u.Object, models[len(models)-1])
}

// checksAll reports whether a model checks every property: it says so, or
// names none.
func checksAll(m *ast.Model) bool {
	none := true
	for _, it := range m.Items {
		if c, ok := it.(*ast.Check); ok {
			none = false
			if c.All {
				return true
			}
		}
	}
	return none
}
