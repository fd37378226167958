package main

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/analysis/mutate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/workspace"
)

// fate is what became of a mutant.
type fate int

const (
	fateSurvived  fate = iota
	fateRefused        // spec check does not accept it
	fateKilled         // a property fails
	fateNoticed        // only figures that a model states change, or an action is never taken
	fateSame           // it makes the same steps as the original
	fateUndecided      // a limit was met first
)

func (f fate) String() string {
	return [...]string{"survived", "refused", "killed", "noticed", "same", "undecided"}[f]
}

// trial is a mutant with what became of it.
type trial struct {
	mutate.Mutant
	fate fate
	by   []string // the properties that kill it, or what else notices it
}

// sameStates is how many states of a model are compared to find that a mutant
// makes the same steps: the comparison is done by the judge, which is slow.
const sameStates = 5_000

// try checks the models of a mutant.
func (b *bench) try(ctx context.Context, ws *workspace.Workspace, m mutate.Mutant, text string) trial {
	t := trial{Mutant: m}
	ws.SetOverlay(b.snap.Path, text)
	snap := ws.Snapshot(b.snap.Path)
	systems, ok := b.systems(snap)
	if !ok {
		t.fate = fateRefused
		return t
	}
	var models []report.Model
	limit := false
	for i, sys := range systems {
		res, err := b.f.check(ctx, sys, 4*b.originals[i].res.States.Distinct+1000)
		if err != nil {
			t.fate = fateRefused
			return t
		}
		models = append(models, report.NewModel(res))
		limit = limit || res.Basis.Kind == evidence.Partial && res.Basis.Limit != ""
	}
	t.judge(models)
	if len(dead(models)) > b.idle {
		t.add(fateNoticed, "an action that is never taken")
	}
	switch {
	case len(t.by) > 0:
	case limit:
		t.fate = fateUndecided
	case b.same(systems):
		t.fate = fateSame
	}
	return t
}

// systems are the kernels of the mutant's models; not ok if spec check refuses
// it.
func (b *bench) systems(snap *workspace.Snapshot) (systems []*ir.System, ok bool) {
	if snap.Diags.HasErrors() {
		return nil, false
	}
	for _, o := range b.originals {
		for _, m := range snap.Models() {
			if m.Name() != o.sys.Model {
				continue
			}
			sys, _ := snap.System(m)
			if sys == nil {
				return nil, false
			}
			systems = append(systems, sys)
		}
	}
	return systems, true
}

// judge collects what is not as the models expect.
func (t *trial) judge(models []report.Model) {
	for _, m := range models {
		for _, c := range m.Judgement.Complaints {
			switch {
			case c.Undecided:
			case c.Finding != nil:
				t.add(fateKilled, c.Finding.Prop.Label())
			case m.Judgement.Standing == evidence.Broken:
				t.add(fateKilled, "an initial state")
			default:
				t.add(fateNoticed, "the figures of model "+m.Result.System.Model)
			}
		}
	}
}

// add notes who notices the mutant; properties come before all others.
func (t *trial) add(f fate, by string) {
	switch {
	case t.fate == fateKilled && f == fateNoticed:
		return
	case t.fate == fateNoticed && f == fateKilled:
		t.by = nil
	}
	t.fate = f
	if !slices.Contains(t.by, by) {
		t.by = append(t.by, by)
	}
}

func (b *bench) same(systems []*ir.System) bool {
	for i, o := range b.originals {
		if !mutate.Same(o.sys, systems[i], sameStates) {
			return false
		}
	}
	return true
}
