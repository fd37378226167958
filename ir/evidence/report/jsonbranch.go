package report

import (
	"encoding/json"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
	"github.com/spec-lang/spec/lang/diag"
)

type (
	jsonBranch struct {
		Text     string          `json:"text"`
		Place    *diag.Place     `json:"place,omitempty"`
		Bindings []jsonBinding   `json:"bindings"`
		Holds    bool            `json:"holds"`
		State    json.RawMessage `json:"state"`
		Rests    bool            `json:"rests,omitempty"`
		Run      *jsonTrace      `json:"run,omitempty"`
		Region   *jsonRegion     `json:"region,omitempty"`
		Parts    []jsonPart      `json:"parts"`
	}
	jsonPart struct {
		Step   int         `json:"step"`
		Branch *jsonBranch `json:"branch"`
	}
	jsonRegion struct {
		States   uint64          `json:"states"`
		Of       uint64          `json:"of"`
		Exits    uint64          `json:"exits"`
		Exit     *jsonTrace      `json:"exit,omitempty"`
		Longest  *int            `json:"longest,omitempty"`
		Fixed    json.RawMessage `json:"fixed"`
		Possible []string        `json:"possible"`
		Never    []string        `json:"never"`
		Unfair   []string        `json:"unfair,omitempty"`
		Barriers []jsonBarrier   `json:"barriers,omitempty"`
	}
	jsonBarrier struct {
		jsonBlocked
		Always bool `json:"always"`
	}
)

func (j jsonWriter) branch(sys *ir.System, b *evidence.Branch) *jsonBranch {
	if b == nil {
		return nil
	}
	out := &jsonBranch{Text: exprText(j.files, b.Expr), Place: j.place(b.Expr.Span()), Bindings: jsonBindings(b.Bindings),
		Holds: b.Holds, State: jsonState(sys, b.State), Rests: b.Rests, Region: j.region(sys, b.Region), Parts: []jsonPart{}}
	if b.Trace != nil {
		out.Run = j.run(sys, b.Trace)
	}
	for _, p := range b.Parts {
		out.Parts = append(out.Parts, jsonPart{p.Step, j.branch(sys, p.Branch)})
	}
	return out
}

func (j jsonWriter) region(sys *ir.System, r *evidence.Region) *jsonRegion {
	if r == nil {
		return nil
	}
	var values itf.Object
	for _, f := range r.Fixed {
		values.Add(f.Var.Name, itf.Encode(f.Var.Type, f.Value, true))
	}
	out := &jsonRegion{States: r.States, Of: r.Of, Exits: r.Exits, Fixed: values.JSON(),
		Possible: names(r.Possible), Never: names(r.Never), Unfair: names(r.Unfair)}
	if r.Exit != nil {
		out.Exit = j.run(sys, r.Exit)
	}
	for _, b := range r.Barriers {
		out.Barriers = append(out.Barriers, jsonBarrier{j.blocked(b.Blocked), b.Always})
	}
	if r.Longest >= 0 {
		out.Longest = &r.Longest
	}
	return out
}
