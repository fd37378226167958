package report

import (
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
)

type (
	jsonProfile struct {
		Levels    []uint64        `json:"levels"`
		Sampled   int             `json:"sampled"`
		Actions   []jsonCost      `json:"actions"`
		Work      uint64          `json:"work"`
		Hottest   []jsonHot       `json:"hottest"`
		Variables []jsonWidth     `json:"variables"`
		Growing   []jsonGrowing   `json:"growing"`
		Reduced   []jsonReduction `json:"reduced"`
		Store     *jsonStore      `json:"store,omitempty"`
	}
	jsonCost struct {
		Action  string  `json:"action"`
		Steps   uint64  `json:"steps"`
		Seconds float64 `json:"seconds"`
	}
	jsonHot struct {
		Part        string      `json:"part"`
		Evaluations uint64      `json:"evaluations"`
		Work        uint64      `json:"work"`
		Place       *diag.Place `json:"place,omitempty"`
	}
	jsonWidth struct {
		Variable string `json:"variable"`
		Values   int    `json:"values"`
	}
	jsonGrowing struct {
		Variable string      `json:"variable"`
		Action   string      `json:"action"`
		Place    *diag.Place `json:"place,omitempty"`
	}
	jsonReduction struct {
		Name string `json:"name"`
		Kept uint64 `json:"kept"`
		Of   uint64 `json:"of"`
		Unit string `json:"unit"`
	}
	jsonStore struct {
		Slots  uint64 `json:"slots"`
		Index  uint64 `json:"index"`
		Keys   uint64 `json:"keys"`
		Shared uint64 `json:"shared"`
		Values uint64 `json:"unbounded"`
	}
)

func (j jsonWriter) profile(p *evidence.Profile) *jsonProfile {
	if p == nil {
		return nil
	}
	out := &jsonProfile{Levels: append([]uint64{}, p.Levels...), Sampled: p.Sampled, Work: p.Work, Actions: []jsonCost{},
		Hottest: []jsonHot{}, Variables: []jsonWidth{}, Growing: []jsonGrowing{}, Reduced: []jsonReduction{}}
	for _, a := range p.Actions {
		c := jsonCost{Action: a.Action.Name, Steps: a.Outcomes}
		if j.times {
			c.Seconds = a.Time.Seconds()
		}
		out.Actions = append(out.Actions, c)
	}
	for _, q := range p.Parts {
		out.Hottest = append(out.Hottest, jsonHot{q.Of, q.Evaluations, q.Work, j.place(q.Span)})
	}
	for _, w := range p.Variables {
		out.Variables = append(out.Variables, jsonWidth{w.Var.Name, w.Values})
	}
	for _, g := range p.Growing {
		out.Growing = append(out.Growing, jsonGrowing{g.Var.Name, g.Action.Name, j.place(g.Span)})
	}
	for _, r := range p.Reduced {
		out.Reduced = append(out.Reduced, jsonReduction{r.Name, r.Kept, r.Of, r.Unit})
	}
	if f := p.Store; f != nil && j.times {
		out.Store = &jsonStore{f.Slots, f.Index, f.Keys, f.Shared, f.Values}
	}
	return out
}
