package gogen

import (
	"fmt"
	"maps"
	"strconv"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// fn writes the body of one Go function.
//
// What can fail at run time goes through `e`, a *fault: it keeps the first
// error and lets the rest be computed from zero values, which nobody sees.
// Thus an expression of the spec stays one expression in Go.
type fn struct {
	g      *gen
	names  names
	locals map[*ir.Local]string
	bounds map[*ir.Local]interval // of locals that hold numbers
	known  facts
	now    string // the state that variables are read from
	before string // the state that old reads from
	faults bool   // e is used
	blocks bool   // the body may not be a step
	picks  bool   // c, a Chooser, is used

	// results stand before the error where the function is left: "" or "nil, ".
	results string
}

func (g *gen) newFn(now, before string) *fn {
	return &fn{g: g, names: locals(), locals: map[*ir.Local]string{}, bounds: map[*ir.Local]interval{},
		now: now, before: before, known: facts{}.clone()}
}

// bind gives a local a name in Go.
func (f *fn) bind(l *ir.Local) string {
	if old, ok := f.locals[l]; ok {
		return old
	}
	name := f.names.claimLocal(l.Name)
	f.locals[l] = name
	return name
}

// bindValue is bind for a local that has a value from here on.
func (f *fn) bindValue(l *ir.Local, value ir.Expr) string {
	if l.Type.IsNumeric() {
		f.bounds[l] = f.interval(value)
	}
	if from, ok := f.place(value); ok {
		to, _ := f.place(&ir.LocalRef{Local: l})
		f.known = f.known.clone()
		if m, ok := f.known.variants[from]; ok {
			f.known.variants[to] = m
		}
		if i, ok := f.known.ints["len "+from]; ok {
			f.known.ints["len "+to] = i
		}
	}
	return f.bind(l)
}

// fail is the call of a method of e, which keeps the first error.
func (f *fn) fail(method string, args ...string) code {
	f.faults = true
	return callOf("e."+method, args...)
}

// where is the place of a node, as an argument.
func (f *fn) where(sp source.Span) string { return strconv.Quote(f.g.position(sp)) }

// position names a place for people: file, line and column where the file is
// known.
func (g *gen) position(sp source.Span) string {
	if p := g.opts.Files.Pos(sp); p.Line > 0 {
		return fmt.Sprintf("%s:%d:%d", base(sp.File), p.Line, p.Col)
	}
	return fmt.Sprintf("%s@%d", base(sp.File), sp.Lo)
}

// base is the last part of a file name, so that what is generated does not
// depend on where it is generated.
func base(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' || name[i] == '\\' {
			return name[i+1:]
		}
	}
	return name
}

// uses reports whether any of the trees reads the local.
func uses(l *ir.Local, trees ...ir.Tree) bool {
	found := false
	for _, t := range trees {
		if isNil(t) {
			continue
		}
		ir.Walk(t, func(t ir.Tree) bool {
			if r, ok := t.(*ir.LocalRef); ok && r.Local == l {
				found = true
			}
			return !found
		})
	}
	return found
}

// isNil reports an absent optional expression.
func isNil(t ir.Tree) bool { return t == nil }

func usesIn(l *ir.Local, body []ir.Stmt) bool {
	for _, s := range body {
		if uses(l, s) {
			return true
		}
	}
	return false
}

// fork runs do with what is known here, and forgets what it learns.
func (f *fn) fork(do func()) {
	known, bounds := f.known, maps.Clone(f.bounds)
	do()
	f.known, f.bounds = known, bounds
}
