package print

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// System returns sys as a module of its own, with one machine and one model.
// Mutations are not shown as such: actions are printed as they are. Contracts
// of functions and doc comments are kept.
func System(sys *ir.System) string {
	p := &printer{names: names{}, exact: true}
	elems := p.declare(sys)
	p.line("module ", identifier(sys.Module))
	p.sorts(sys)
	p.types(sys)
	p.consts(sys, elems)
	for _, f := range sys.Funcs {
		p.line()
		p.function(f)
	}
	p.declareMembers(sys)
	p.line()
	p.doc(sys.Doc)
	p.block("machine "+p.names[sys]+" {", func() { p.machine(sys) }, "}")
	p.line()
	p.model(sys, elems)
	return p.out.String()
}

func identifier(name string) string {
	if name == "" || reserved[name] {
		return "expanded"
	}
	return name
}

// declare gives what stands in the module a name of its own and returns the
// elements of sorts that expressions mention.
func (p *printer) declare(sys *ir.System) []ir.Elem {
	for _, s := range sys.Sorts {
		p.names.add(s, s.Name)
	}
	for _, t := range sys.Named {
		p.names.add(t, t.Name)
	}
	for _, c := range sys.Consts {
		p.names.add(c, c.Name)
	}
	for _, f := range sys.Funcs {
		p.names.add(f, f.Name)
	}
	p.names.add(sys, sys.Machine)
	var elems []ir.Elem
	sys.Walk(func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Lit:
			elementsOf(t.Value, func(e ir.Elem) {
				if _, known := p.names[e]; !known {
					p.names.add(e, fmt.Sprintf("%s_%d", e.Sort.Name, e.Index+1))
					elems = append(elems, e)
				}
			})
		case *ir.Apply: // a builtin in use, which nothing may hide
			p.names[t.Op] = ir.Ops[t.Op].Name
		}
		return true
	})
	for _, t := range sys.Named { // last: a variant may share its name with another, and says so
		for i, v := range t.Variants {
			p.names[variantKey{t, i}] = v.Name
		}
	}
	return elems
}

// declareMembers gives what stands in the machine a name of its own.
func (p *printer) declareMembers(sys *ir.System) {
	for _, v := range sys.Vars {
		p.names.add(v, v.Name)
	}
	for _, a := range sys.Actions {
		p.names.add(a, a.Name)
	}
	for _, q := range sys.Props {
		if q.Kind != ir.Refines { // nothing of the text names it
			p.names.add(q, q.Name)
		}
	}
}

// variantKey is a variant among the names in scope.
type variantKey struct {
	t *ir.Type
	i int
}

func elementsOf(v ir.Value, visit func(ir.Elem)) {
	all := func(vs []ir.Value) {
		for _, v := range vs {
			elementsOf(v, visit)
		}
	}
	switch v := v.(type) {
	case ir.Elem:
		visit(v)
	case ir.SumValue:
		all(v.Args)
	case ir.StructValue:
		all(v.Fields)
	case ir.SetValue:
		all(v.Elems)
	case ir.BagValue:
		all(v.Elems)
	case ir.MapValue:
		all(v.Keys)
		all(v.Vals)
	case ir.SeqValue:
		all(v.Elems)
	}
}

func (p *printer) doc(text string) {
	if text == "" {
		return
	}
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		p.line(strings.TrimRight("/// "+l, " "))
	}
}

func (p *printer) sorts(sys *ir.System) {
	orders := map[ir.Order]string{ir.Ordered: " ordered", ir.Ring: " ring"}
	for i, s := range sys.Sorts {
		if i == 0 {
			p.line()
		}
		p.line("sort ", p.names[s], orders[s.Order])
	}
}

func (p *printer) types(sys *ir.System) {
	for _, t := range sys.Named {
		p.line()
		if t.Kind == ir.StructKind {
			p.line("struct ", p.names[t], " { ", p.fields(t.Fields, "; "), " }")
			continue
		}
		parts := make([]string, len(t.Variants))
		for i, v := range t.Variants {
			parts[i] = v.Name
			if len(v.Fields) > 0 {
				parts[i] += "(" + p.fields(v.Fields, ", ") + ")"
			}
		}
		p.line("enum ", p.names[t], " { ", strings.Join(parts, ", "), " }")
	}
}

func (p *printer) fields(fs []ir.Field, sep string) string {
	parts := make([]string, len(fs))
	for i, f := range fs {
		parts[i] = f.Name + " " + p.typ(f.Type)
	}
	return strings.Join(parts, sep)
}

func (p *printer) consts(sys *ir.System, elems []ir.Elem) {
	if len(sys.Consts)+len(elems) > 0 {
		p.line()
	}
	for _, c := range sys.Consts {
		p.line("const ", p.names[c], " ", p.typ(c.Type))
	}
	for _, e := range elems {
		p.line("const ", p.names[e], " ", p.names[e.Sort])
	}
	for _, a := range sys.Assumes {
		p.line("assume ", p.closed(a.Cond, a.Cond.Type()))
	}
}

func (p *printer) function(f *ir.Func) {
	p.doc(f.Doc)
	p.scoped(func() {
		params := make([]string, len(f.Params))
		for i, l := range f.Params {
			params[i] = p.bind(l) + " " + p.typ(l.Type)
		}
		head := "func " + p.names[f] + "(" + strings.Join(params, ", ") + ") " + p.typ(f.Result)
		if f.Value != nil && f.Decreases == nil && len(f.Requires)+len(f.Ensures) == 0 {
			p.line(head, " = ", p.closed(f.Value, f.Result))
			return
		}
		p.line(head)
		p.indent++
		for _, c := range f.Requires {
			p.line("requires ", p.closed(c.Cond, c.Cond.Type()))
		}
		if f.ResultLocal != nil {
			p.names[f.ResultLocal] = "result"
		}
		for _, c := range f.Ensures {
			p.line("ensures ", p.closed(c.Cond, c.Cond.Type()))
		}
		if f.Decreases != nil {
			p.line("decreases ", p.closed(f.Decreases, nil))
		}
		if f.Value != nil {
			p.line("= ", p.closed(f.Value, f.Result))
		}
		p.indent--
		if f.Value == nil {
			p.block("{", func() { p.body(f.Body) }, "}")
		}
	})
}

// machine writes the members of the machine.
func (p *printer) machine(sys *ir.System) {
	if !p.initialised(sys) {
		for _, v := range sys.Vars {
			p.doc(v.Doc)
			p.line("var ", p.names[v], " ", p.typ(v.Type))
		}
		p.line()
		p.inInit = p.exact
		p.block("init {", func() { p.body(sys.Init) }, "}")
		p.inInit = false
	}
	for _, a := range sys.Actions {
		p.line()
		p.action(a)
	}
	if sys.Terminal != nil {
		p.line()
		p.line("terminal when ", p.closed(sys.Terminal, sys.Terminal.Type()))
	}
	for _, q := range sys.Props {
		p.property(q)
	}
}

// initialised writes variables with their initial values, if the initial
// statements give one to each in order and do nothing else.
func (p *printer) initialised(sys *ir.System) bool {
	lines := make([]string, len(sys.Vars))
	rest := sys.Init
	for i, v := range sys.Vars {
		lines[i] = "var " + p.names[v] + " " + p.typ(v.Type)
		var from *ir.PickStmt
		if pick, ok := first(rest).(*ir.PickStmt); ok && pick.Where == nil {
			from, rest = pick, rest[1:]
		}
		a, ok := first(rest).(*ir.Assign)
		if !ok || a.Target.Var != v || len(a.Target.Path) > 0 {
			return false
		}
		rest = rest[1:]
		if from == nil {
			lines[i] += " = " + p.closed(a.Value, v.Type)
			continue
		}
		r, ok := a.Value.(*ir.LocalRef)
		if !ok || r.Local != from.Local {
			return false
		}
		lines[i] += " in " + p.closed(from.Domain, nil)
	}
	if len(rest) > 0 {
		return false
	}
	for i, v := range sys.Vars {
		p.doc(v.Doc)
		p.line(lines[i])
	}
	return true
}

func first(body []ir.Stmt) ir.Stmt {
	if len(body) == 0 {
		return nil
	}
	return body[0]
}

func (p *printer) action(a *ir.Action) {
	p.doc(a.Doc)
	fair := map[ir.Fairness]string{ir.Weak: "fair ", ir.Strong: "strong fair "}[a.Fair]
	p.scoped(func() {
		head := "action " + p.names[a]
		if !a.FairAny {
			head = fair + head
		}
		if len(a.Params) > 0 {
			params := make([]string, len(a.Params))
			for i, q := range a.Params {
				domain := " in " + p.operand(q.Domain, nil, anyLevel)
				if q.ByType {
					domain = " " + p.typ(q.Local.Type)
				}
				params[i] = p.bind(q.Local) + domain
			}
			head += "(" + strings.Join(params, ", ") + ")"
		}
		if a.Guard != nil {
			head += " when " + p.closed(a.Guard, a.Guard.Type())
		}
		if len(a.Body) == 0 {
			p.line(head, " { skip }")
			return
		}
		p.block(head+" {", func() { p.body(a.Body) }, "}")
	})
	if a.FairAny && a.Fair != ir.Unfair {
		p.line(fair, "any action ", p.names[a])
	}
}

var propWords = map[ir.PropKind]string{ir.Invariant: "invariant", ir.Step: "step", ir.Temporal: "property", ir.CTL: "ctl", ir.Witness: "witness"}

func (p *printer) property(q *ir.Property) {
	word, ok := propWords[q.Kind]
	switch {
	case ok:
		p.line()
		p.doc(q.Doc)
		p.line(word, " ", p.names[q], p.induction(q), ": ", p.closed(q.Formula, q.Formula.Type()))
	case q.Kind == ir.Refines:
		p.line()
		p.line("// left out: refines ", q.Name)
	case q.Kind == ir.Scenario:
		p.line()
		p.doc(q.Doc)
		p.scenario(q)
	}
}

// induction is what an invariant says of its proof.
func (p *printer) induction(q *ir.Property) string {
	if !q.Inductive {
		return ""
	}
	lemmas := make([]string, len(q.Using))
	for i, l := range q.Using {
		lemmas[i] = p.names[l]
	}
	if len(lemmas) == 0 {
		return " inductive"
	}
	return " inductive using " + strings.Join(lemmas, ", ")
}

func (p *printer) scenario(q *ir.Property) {
	head := "scenario "
	if q.Run.Refuse {
		head = "refuse scenario "
	}
	p.scoped(func() {
		for _, l := range q.Run.Free {
			p.bind(l)
		}
		p.block(head+p.names[q]+" {", func() {
			for _, s := range q.Run.Steps {
				p.step(s)
			}
		}, "}")
	})
}

func (p *printer) step(s ir.ScenarioStep) {
	if s.Action == nil {
		p.line("expect ", p.closed(s.Expect, s.Expect.Type()))
		return
	}
	args := make([]string, len(s.Args))
	for i, a := range s.Args {
		args[i] = p.closed(a, s.Action.Params[i].Local.Type)
	}
	text := p.names[s.Action]
	if len(args) > 0 {
		text += "(" + strings.Join(args, ", ") + ")"
	}
	p.line(text)
}
