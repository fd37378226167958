package report

import (
	"encoding/json"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
)

// above writes a step as the abstract machine sees it, which does not have it.
func (t *text) above(f *evidence.Finding) {
	a := f.Above
	if a == nil {
		return
	}
	t.reason("above", "for "+a.System.Machine+", which has no such step, it is")
	if a.Before != nil {
		t.aboveState("before", a.System, a.Before)
	} else {
		t.reason("before", "nothing: this is how a run begins")
	}
	if a.After == nil {
		t.reason("after", "the mapping has no value: "+a.Why)
		return
	}
	t.aboveState("after", a.System, a.After)
	if c := a.Closest; c != nil {
		t.aboveState("closest", a.System, c.State, stepName(*c)+" leads to")
	} else {
		t.reason("closest", "nothing is possible there in "+a.System.Machine)
	}
}

func (t *text) aboveState(label string, sys *ir.System, state []ir.Value, before ...string) {
	t.print("  ", pad(label, labelWidth-2), flow(append(before, stateTexts(sys, state)...), gap, labelWidth, labelWidth, t.style.Width), "\n")
}

type (
	jsonAbove struct {
		Machine string          `json:"machine"`
		Before  json.RawMessage `json:"before,omitempty"`
		After   json.RawMessage `json:"after,omitempty"`
		Why     string          `json:"why,omitempty"`
		Closest *jsonAboveStep  `json:"closest,omitempty"`
	}
	jsonAboveStep struct {
		Action *string         `json:"action"`
		Args   json.RawMessage `json:"args"`
		State  json.RawMessage `json:"state"`
	}
)

func jsonAboveOf(a *evidence.Above) *jsonAbove {
	if a == nil {
		return nil
	}
	out := &jsonAbove{Machine: a.System.Machine, Why: a.Why}
	if a.Before != nil {
		out.Before = jsonState(a.System, a.Before)
	}
	if a.After != nil {
		out.After = jsonState(a.System, a.After)
	}
	if c := a.Closest; c != nil {
		out.Closest = &jsonAboveStep{Args: json.RawMessage("{}"), State: jsonState(a.System, c.State)}
		if c.Action != nil {
			out.Closest.Action, out.Closest.Args = &c.Action.Name, itf.Args(c.Action, c.Args, true)
		}
	}
	return out
}
