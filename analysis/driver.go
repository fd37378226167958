package analysis

import (
	"slices"
	"sync"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Driver runs analyzers and keeps what they found from one text of a file to
// the next. It is for one root file and safe for concurrent use.
type Driver struct {
	analyzers []*Analyzer // each after those that it requires

	mu    sync.Mutex
	found map[string]finding // by the ID of the unit
}

// finding is what the analyzers of one kind said of a unit.
type finding struct {
	key   key
	diags []anchored
}

// NewDriver returns a driver for analyzers and all that they require.
func NewDriver(analyzers []*Analyzer) *Driver {
	d := &Driver{found: map[string]finding{}}
	for _, a := range analyzers {
		d.add(a)
	}
	return d
}

func (d *Driver) add(a *Analyzer) {
	if slices.Contains(d.analyzers, a) {
		return
	}
	for _, r := range a.Requires {
		d.add(r)
	}
	d.analyzers = append(d.analyzers, a)
}

// Run returns what the analyzers have to say, sorted.
func (d *Driver) Run(p Program) diag.List {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := &run{Driver: d, Program: p, index: newIndex(p.Info, p.Diags), fresh: map[string]finding{}, models: map[*types.Model]diag.List{}}
	r.keys = newKeys(r.index, p.Files)
	r.module()
	for _, u := range r.index.Units {
		if u.Broken {
			continue
		}
		r.diags = append(r.diags, r.kept(u, u.ID, func() diag.List { return r.decl(u) })...)
		if m, ok := u.Object.(*types.Model); ok {
			r.models[m] = r.model(u, m)
		}
	}
	r.diags = append(r.diags, r.agreed()...)
	d.found = r.fresh // what is gone from the text is forgotten
	return r.diags.Sorted()
}

// run is one run of a driver.
type run struct {
	*Driver
	Program
	index *Index
	keys  *keys
	fresh map[string]finding
	diags diag.List
	// models is what the analyzers of kernels say of each model.
	models map[*types.Model]diag.List
}

// kept returns what analyse finds, from the last run if nothing has changed.
func (r *run) kept(u *Unit, name string, analyse func() diag.List) diag.List {
	if old, ok := r.found[name]; ok && old.key == r.keys.of[u] {
		if diags, ok := r.released(old.diags); ok {
			r.fresh[name] = old
			return diags
		}
	}
	diags := analyse()
	if held, ok := r.anchored(diags); ok {
		r.fresh[name] = finding{r.keys.of[u], held}
	}
	return diags
}

func (r *run) pass(a *Analyzer, results map[*Analyzer]Result, diags *diag.List) Pass {
	return Pass{Files: r.Files, analyzer: a, results: results, diags: diags}
}

func (r *run) decl(u *Unit) diag.List {
	var diags diag.List
	results := map[*Analyzer]Result{}
	for _, a := range r.analyzers {
		if a.Decl != nil {
			results[a] = a.Decl(&DeclPass{Pass: r.pass(a, results, &diags), Info: r.Info, Index: r.index, Unit: u})
		}
	}
	return diags
}

func (r *run) module() {
	results := map[*Analyzer]Result{}
	for _, a := range r.analyzers {
		if a.Module != nil {
			results[a] = a.Module(&ModulePass{Pass: r.pass(a, results, &r.diags), Info: r.Info, Index: r.index})
		}
	}
}

// model returns what is said of a model. Where anything has errors there are
// no kernels; what was said of them is kept for when the errors are gone.
func (r *run) model(u *Unit, m *types.Model) diag.List {
	name := u.ID + " system"
	if r.Diags.HasErrors() {
		if old, ok := r.found[name]; ok {
			r.fresh[name] = old
		}
		return nil
	}
	return r.kept(u, name, func() diag.List { return r.system(m) })
}

func (r *run) system(m *types.Model) diag.List {
	var diags diag.List
	if !slices.ContainsFunc(r.analyzers, func(a *Analyzer) bool { return a.System != nil }) {
		return nil
	}
	sys := r.System(m)
	if sys == nil {
		return nil
	}
	results := map[*Analyzer]Result{}
	for _, a := range r.analyzers {
		if a.System != nil {
			results[a] = a.System(&SystemPass{Pass: r.pass(a, results, &diags), Model: m, Sys: sys})
		}
	}
	return diags
}

// anchored is a diagnostic whose places are relative to units, which move
// when the text above them changes.
type anchored struct {
	diag.Diagnostic
	anchors []anchor // of the places of the diagnostic, in order
}

// anchor is a unit as it was.
type anchor struct {
	id string
	lo int
	key
}

// places are the spans of a diagnostic, in order.
func places(d *diag.Diagnostic) []*source.Span {
	out := []*source.Span{&d.Span}
	for i := range d.Related {
		out = append(out, &d.Related[i].Span)
	}
	for i := range d.Fixes {
		for j := range d.Fixes[i].Edits {
			out = append(out, &d.Fixes[i].Edits[j].Span)
		}
	}
	return out
}

// anchored ties diagnostics to the units that they point into. It is not ok
// if one points elsewhere.
func (r *run) anchored(diags diag.List) ([]anchored, bool) {
	var out []anchored
	for _, d := range diags {
		a := anchored{Diagnostic: d}
		for _, s := range places(&d) {
			u := r.index.At(*s)
			if u == nil {
				return nil, false
			}
			a.anchors = append(a.anchors, anchor{u.ID, u.Span.Lo, r.keys.of[u]})
		}
		out = append(out, a)
	}
	return out, true
}

// released puts diagnostics where their units are now. It is not ok if one of
// these has changed.
func (r *run) released(held []anchored) (diag.List, bool) {
	var out diag.List
	for _, h := range held {
		d := h.Diagnostic
		d.Related = slices.Clone(d.Related)
		d.Fixes = slices.Clone(d.Fixes)
		for i := range d.Fixes {
			d.Fixes[i].Edits = slices.Clone(d.Fixes[i].Edits)
		}
		for i, s := range places(&d) {
			u := r.index.byID[h.anchors[i].id]
			if u == nil || r.keys.of[u] != h.anchors[i].key {
				return nil, false
			}
			s.Lo += u.Span.Lo - h.anchors[i].lo
			s.Hi += u.Span.Lo - h.anchors[i].lo
		}
		out.Add(d)
	}
	return out, true
}
