package profile

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
)

// part is a piece of a model that work is counted for. What stands in it is
// found by walking its trees; a function that it calls is a part of its own.
type part struct {
	evidence.PartCost
	trees []ir.Tree
}

// measure fills in what a Meter has counted.
func (p *part) measure(m *program.Meter) {
	for i, t := range p.trees {
		if e, ok := t.(ir.Expr); ok && i == 0 {
			p.Evaluations = m.Of(e)
		}
		ir.Walk(t, func(t ir.Tree) bool {
			if e, ok := t.(ir.Expr); ok {
				p.Work += m.Of(e)
			}
			return true
		})
	}
}

func expression(of string, e ir.Expr) *part {
	return &part{evidence.PartCost{Of: of, Span: e.Span(), Expr: e}, []ir.Tree{e}}
}

// partsOf are the parts of a System that a search evaluates.
func partsOf(sys *ir.System) []*part {
	var out []*part
	for _, a := range sys.Actions {
		for _, p := range a.Params {
			out = append(out, expression("values of "+p.Local.Name+" in "+a.Name, p.Domain))
		}
		for _, g := range ir.Conjuncts(a.Guard) {
			out = append(out, expression("guard of "+a.Name, g))
		}
		for _, s := range a.Body {
			out = append(out, &part{evidence.PartCost{Of: "body of " + a.Name, Span: s.Span()}, []ir.Tree{s}})
		}
	}
	for _, b := range sys.Bounds {
		out = append(out, expression("bound", b.Cond))
	}
	for _, p := range checked(sys) {
		out = append(out, expression(p.Label(), p.Formula))
	}
	for _, f := range sys.Funcs {
		if f.Value != nil {
			out = append(out, expression("func "+f.Name, f.Value))
			continue
		}
		p := &part{PartCost: evidence.PartCost{Of: "func " + f.Name, Span: f.Span}}
		for _, s := range f.Body {
			p.trees = append(p.trees, s)
		}
		out = append(out, p)
	}
	return out
}
