package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/typecheck/types"
)

// callWalk is a depth-first walk along calls: it puts callees before their
// callers and finds calls that go round.
type callWalk struct {
	c     *checker
	color map[types.Object]progress
	stack []types.Object
	order []types.Object // callees first
}

// checkCalls reports functions that call themselves without a measure, and
// actions and procs that call themselves at all. A way round through a
// function with a measure comes to an end.
func (c *checker) checkCalls(bodies []types.Object) {
	w := &callWalk{c: c, color: map[types.Object]progress{}}
	for _, obj := range bodies {
		w.visit(obj, true)
	}
}

// calleesFirst puts bodies in an order in which effects settle quickly.
func (c *checker) calleesFirst(bodies []types.Object) []types.Object {
	w := &callWalk{c: c, color: map[types.Object]progress{}}
	for _, obj := range bodies {
		w.visit(obj, false)
	}
	return w.order
}

func (w *callWalk) visit(obj types.Object, report bool) {
	e := w.c.effects[obj]
	if e == nil || w.color[obj] != untouched {
		return
	}
	w.color[obj] = underway
	w.stack = append(w.stack, obj)
	for _, site := range e.calls {
		if report && measured(site.callee) {
			continue
		}
		if report && w.color[site.callee] == underway {
			w.report(site.callee)
		}
		w.visit(site.callee, report)
	}
	w.stack = w.stack[:len(w.stack)-1]
	w.color[obj] = done
	w.order = append(w.order, obj)
}

// report says that the calls on the stack from obj on lead back to it.
func (w *callWalk) report(obj types.Object) {
	var names []string
	for _, o := range w.stack[slices.Index(w.stack, obj):] {
		names = append(names, o.Name())
	}
	if fn, ok := obj.(*types.Function); ok {
		w.c.errNoMeasureRec(fn, names)
		return
	}
	w.c.errCallCycle(obj, names)
}

func measured(obj types.Object) bool {
	fn, ok := obj.(*types.Function)
	return ok && fn.Decl.Decreases != nil
}
