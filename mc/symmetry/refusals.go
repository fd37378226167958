package symmetry

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/program"
)

// symmetric returns the sorts whose elements nothing tells apart, and why the
// others are not among them.
func symmetric(sys *ir.System, l *program.Layout, props []*ir.Property) (sorts []*ir.Sort, refused []Refusal) {
	for _, s := range sys.Sorts {
		if s.Order == ir.Ordered || len(s.Elems) < 2 {
			continue // there is nothing to rename
		}
		j := &judge{sort: s, sys: sys, props: props, seen: map[any]bool{}}
		j.system(l)
		if j.why == nil {
			sorts = append(sorts, s)
		} else {
			refused = append(refused, *j.why)
		}
	}
	return sorts, refused
}

// judge looks for the first thing that tells the elements of a sort apart.
type judge struct {
	sort  *ir.Sort
	sys   *ir.System
	props []*ir.Property
	why   *Refusal
	seen  map[any]bool // functions, constants and actions
}

func (j *judge) refuse(sp source.Span, format string, args ...any) {
	if j.why == nil {
		j.why = &Refusal{j.sort, fmt.Sprintf(format, args...), sp}
	}
}

func (j *judge) system(l *program.Layout) {
	for _, p := range j.props {
		if p.Kind == ir.Temporal || p.Kind == ir.CTL {
			j.refuse(p.Span, "%s speaks of whole runs, on which an element keeps its name", p.Label())
		}
	}
	ir.WalkBody(j.sys.Init, j.look)
	for _, a := range j.sys.Actions {
		j.action(a)
	}
	j.expr(j.sys.Terminal)
	for _, b := range j.sys.Bounds {
		j.expr(b.Cond)
	}
	for _, p := range j.props {
		j.expr(p.Formula)
	}
	for _, leaf := range l.Leaves() {
		for _, st := range leaf.Path {
			if k := st.Rep.Key; st.Rep.Type.Kind == ir.FuncKind && j.collects(k.Type) {
				v := j.sys.Vars[leaf.Var]
				j.refuse(v.Span, "%s is a total function of %s, and such keys are not renamed", v.Name, k.Type)
				return
			}
		}
	}
}

func (j *judge) action(a *ir.Action) {
	for _, p := range a.Params {
		j.expr(p.Domain)
	}
	j.expr(a.Guard)
	ir.WalkBody(a.Body, j.look)
}

func (j *judge) expr(e ir.Expr) {
	if e != nil {
		ir.Walk(e, j.look)
	}
}

// of reports whether values of t speak of the sort.
func (j *judge) of(t *ir.Type) bool {
	found := t.Kind == ir.SortKind && t.Sort == j.sort
	t.Parts(func(p *ir.Type) { found = found || j.of(p) })
	return found
}

// collects reports whether values of t have a collection that speaks of the
// sort.
func (j *judge) collects(t *ir.Type) bool {
	switch t.Kind {
	case ir.SetKind, ir.BagKind, ir.FuncKind, ir.MapKind:
		return j.of(t)
	case ir.SeqKind:
		return t.Max < 0 && j.of(t) || j.collects(t.Elem)
	}
	found := false
	t.Parts(func(p *ir.Type) { found = found || j.collects(p) })
	return found
}

// unordered reports whether going through domain takes elements of the sort,
// or values that speak of them, in an order that is not the domain's own.
func (j *judge) unordered(domain ir.Expr) bool {
	t := domain.Type()
	return t.Kind != ir.SeqKind && j.of(t.Elem)
}

// look is the visitor of trees.
func (j *judge) look(t ir.Tree) bool {
	if j.why != nil {
		return false
	}
	switch t := t.(type) {
	case *ir.Lit:
		if j.names(t.Value) {
			j.refuse(t.Loc, "%s is named", ir.FormatAs(t.Value, t.T))
		}
	case *ir.ConstRef:
		if j.names(t.Const.Value) {
			j.refuse(t.Const.Span, "the constant %s is %s", t.Const.Name, ir.FormatAs(t.Const.Value, t.Const.Type))
		}
	case *ir.Bind:
		j.bind(t)
	case *ir.ForStmt:
		j.loop(t)
	case *ir.Call:
		if !j.seen[t.Func] {
			j.seen[t.Func] = true
			j.expr(t.Func.Value)
			ir.WalkBody(t.Func.Body, j.look)
		}
	case *ir.ActionPred:
		j.enabled(t)
	}
	return j.why == nil
}

func (j *judge) bind(e *ir.Bind) {
	if !slices.ContainsFunc(e.Binders, func(b ir.Binder) bool { return j.unordered(b.Domain) }) {
		if (e.Kind == ir.Min || e.Kind == ir.Max) && j.of(e.Body.Type()) {
			j.refuse(e.Loc, "min and max compare them")
		}
		return
	}
	switch e.Kind {
	case ir.Choose:
		j.refuse(e.Loc, "`choose` takes the first of them")
		return
	case ir.Fold:
		j.refuse(e.Loc, "`fold` takes them one after the other")
		return
	case ir.SeqOf:
		j.refuse(e.Loc, "a sequence is made of them in their order")
		return
	case ir.Min, ir.Max:
		if j.of(e.Body.Type()) {
			j.refuse(e.Loc, "min and max compare them")
			return
		}
	case ir.Forall, ir.Exists:
		// It ends at the element that decides, and may not come to the fault.
		if f := j.faultIn(e); f != nil {
			j.refuse(f.Span, "`%s` goes through them until it is decided, and this %s", quantifier(e.Kind), f.Why)
			return
		}
	}
	if sp := asserts(e); sp.IsValid() {
		j.refuse(sp, "an assertion may fail before or after another fault")
	}
}

func quantifier(k ir.BindKind) string {
	if k == ir.Forall {
		return "forall"
	}
	return "exists"
}

// faultIn returns where a quantifier may fail once it goes through elements:
// first by itself, and if it may, where it stands.
func (j *judge) faultIn(e *ir.Bind) *effects.Fault {
	f := effects.MayFail(e)
	if f == nil || effects.BindMayFail(j.sys, j.props, e) == nil {
		return nil
	}
	return f
}

// enabled looks at `enabled(A)` of any arguments, which ends at the first that
// are possible.
func (j *judge) enabled(e *ir.ActionPred) {
	if e.Taken || j.seen[e] {
		return
	}
	j.seen[e] = true
	any := e.Any && slices.ContainsFunc(e.Action.Params, func(p *ir.Param) bool { return j.unordered(p.Domain) })
	if f := effects.ActionMayFail(e.Action); any && f != nil {
		j.refuse(f.Span, "`enabled` goes through them until one is possible, and this %s", f.Why)
	}
}

// asserts returns the place of an assertion that e may evaluate.
func asserts(t ir.Tree) (sp source.Span) {
	var seen []*ir.Func
	var look func(ir.Tree) bool
	look = func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.AssertStmt:
			sp = t.Loc
		case *ir.Call:
			if !slices.Contains(seen, t.Func) {
				seen = append(seen, t.Func)
				ir.WalkBody(t.Func.Body, look)
				if t.Func.Value != nil {
					ir.Walk(t.Func.Value, look)
				}
			}
		}
		return !sp.IsValid()
	}
	ir.Walk(t, look)
	return sp
}

// loop looks at a loop, whose rounds must not get in each other's way.
func (j *judge) loop(s *ir.ForStmt) {
	if !j.unordered(s.Domain) {
		return
	}
	if sp := asserts(s); sp.IsValid() {
		j.refuse(sp, "an assertion may fail before or after another fault")
		return
	}
	if !ownLocals(s.Body) {
		j.refuse(s.Loc, "a loop goes through them and keeps something from one to the next")
		return
	}
	set := effects.OfBody(&ir.Action{Params: []*ir.Param{{Local: s.Local}}}, s.Body)
	for i, w := range set.Writes {
		for k, x := range append(set.Writes[:len(set.Writes):len(set.Writes)], set.Reads...) {
			both := k < len(set.Writes)
			if both && k < i || apartBy(w, x, s.Local) || both && effects.Commute(w, x) {
				continue
			}
			j.refuse(s.Loc, "a loop goes through them, and the order matters for %s", w)
			return
		}
	}
}

// ownLocals reports whether a body assigns no locals but its own, and does not
// return.
func ownLocals(body []ir.Stmt) bool {
	var own []*ir.Local
	ok := true
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Declare:
			own = append(own, t.Local)
		case *ir.Assign:
			ok = ok && (t.Target.Var != nil || slices.Contains(own, t.Target.Local))
		case *ir.ReturnStmt:
			ok = false
		}
		return ok
	})
	return ok
}

// apartBy reports whether two paths share nothing if a local has different
// values in them.
func apartBy(p, q effects.Path, l *ir.Local) bool {
	if !effects.Overlap(p, q) {
		return true
	}
	for i := range min(len(p.Steps), len(q.Steps)) {
		x, ok := p.Steps[i].Key.(*ir.LocalRef)
		y, too := q.Steps[i].Key.(*ir.LocalRef)
		if ok && too && x.Local == l && y.Local == l {
			return true
		}
	}
	return false
}
