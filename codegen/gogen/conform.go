package gogen

import (
	"strconv"
	"strings"

	"github.com/spec-lang/spec/codegen/graph"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// conformance writes the test that replays the state graph and returns the
// graph as text.
func (g *gen) conformance(p *printer) string {
	var formulas []ir.Expr
	var asked []string
	for _, prop := range g.sys.Props {
		if prop.Kind != ir.Step && isGenerated(prop) {
			formulas, asked = append(formulas, prop.Formula), append(asked, g.props[prop])
		}
	}
	if g.sys.Terminal != nil {
		formulas, asked = append(formulas, g.sys.Terminal), append(asked, g.terminal)
	}
	gr := graph.Explore(g.sys, formulas, g.opts.Edges)
	if gr.Cut {
		g.graphCut(g.opts.Edges)
	}
	c := count(gr)
	g.conformTest(p, c, asked)
	return g.graphText(gr, c)
}

// counts are what a replay must come to.
type counts struct{ states, explored, edges, failing, disabled int }

func count(gr *graph.Graph) counts {
	c := counts{states: len(gr.States)}
	instances := 0
	for _, a := range gr.Actions {
		instances += len(a.Args)
	}
	for _, s := range gr.States {
		if !s.Explored {
			continue
		}
		c.explored++
		c.disabled += instances - len(s.Steps)
		for _, st := range s.Steps {
			for _, o := range st.Outcomes {
				if o.Err != nil || !allFit(gr.States[o.State].Values) {
					c.failing++
				} else {
					c.edges++
				}
			}
		}
	}
	return c
}

// graphText writes the graph: the instances of each action, where runs begin,
// and each state with its steps.
func (g *gen) graphText(gr *graph.Graph, c counts) string {
	var b strings.Builder
	what := g.modelName()
	if g.sys.Model != "" {
		what += " of " + g.sys.Machine
	}
	b.WriteString("# The state graph of " + what + ". Written by spec gen; DO NOT EDIT.\n")
	b.WriteString("# states " + strconv.Itoa(c.explored) + ", edges " + strconv.Itoa(c.edges) +
		", steps that end in an error " + strconv.Itoa(c.failing) + ", disabled instances " + strconv.Itoa(c.disabled) + "\n")
	for _, a := range gr.Actions {
		b.WriteString("action " + a.Action.Name + "\n")
		for _, args := range a.Args {
			b.WriteString("args")
			for i, v := range args {
				graph.EncodeAs(&b, v, a.Action.Params[i].Local.Type)
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("initial")
	g.outcomes(&b, gr, gr.Initial)
	for _, s := range gr.States {
		word := "state"
		if !s.Explored {
			word = "leaf" // not explored: only reached
		}
		b.WriteString(word)
		if !allFit(s.Values) {
			b.WriteString(" !\n")
			continue
		}
		for i, v := range s.Values {
			graph.EncodeAs(&b, v, g.sys.Vars[i].Type)
		}
		b.WriteString("\n")
		if len(s.Holds) > 0 {
			b.WriteString("holds")
			for _, h := range s.Holds {
				b.WriteString([...]string{" 0", " 1", " !"}[h])
			}
			b.WriteString("\n")
		}
		for _, st := range s.Steps {
			b.WriteString(strconv.Itoa(st.Action) + " " + strconv.Itoa(st.Instance))
			g.outcomes(&b, gr, st.Outcomes)
		}
	}
	return b.String()
}

// outcomes writes each outcome as the number of a state, or as an error.
func (g *gen) outcomes(b *strings.Builder, gr *graph.Graph, all []graph.Outcome) {
	for _, o := range all {
		switch {
		case o.Err != nil && o.Err.Kind == eval.AssertFailed:
			b.WriteString(" !assertion-failed")
		case o.Err != nil:
			b.WriteString(" !" + strings.ReplaceAll(o.Err.Kind.String(), " ", "-"))
		case !allFit(gr.States[o.State].Values):
			b.WriteString(" !the-number-does-not-fit-into-64-bits")
		default:
			b.WriteString(" " + strconv.Itoa(o.State))
		}
	}
	b.WriteString("\n")
}

// allFit reports whether every number in the values is an int64.
func allFit(vs []ir.Value) bool {
	for _, v := range vs {
		switch v := v.(type) {
		case ir.Int:
			if !v.IsInt64() {
				return false
			}
		case ir.SumValue:
			if !allFit(v.Args) {
				return false
			}
		case ir.StructValue:
			if !allFit(v.Fields) {
				return false
			}
		case ir.SetValue:
			if !allFit(v.Elems) {
				return false
			}
		case ir.BagValue:
			if !allFit(v.Elems) {
				return false
			}
		case ir.SeqValue:
			if !allFit(v.Elems) {
				return false
			}
		case ir.MapValue:
			if !allFit(v.Keys) || !allFit(v.Vals) {
				return false
			}
		}
	}
	return true
}
