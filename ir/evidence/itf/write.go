package itf

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// description is what the format asks files to say of themselves.
const description = "https://apalache-mc.org/docs/adr/015adr-trace.html"

// Write returns the trace to a finding as an ITF file. Every state carries in
// its #meta the action that led to it with its arguments.
func Write(sys *ir.System, f *evidence.Finding) ([]byte, error) {
	if f.Trace == nil {
		return nil, fmt.Errorf("there is no trace to %s", f.Prop.Label())
	}
	vars := make([]string, len(sys.Vars))
	for i, v := range sys.Vars {
		vars[i] = v.Name
	}
	names, err := json.Marshal(vars)
	if err != nil {
		return nil, err
	}
	var states []json.RawMessage
	for i, s := range f.Trace.Steps {
		states = append(states, state(sys, i, s))
	}
	list, err := json.Marshal(states)
	if err != nil {
		return nil, err
	}
	var o Object
	o.Add("#meta", meta(sys, f))
	o.Add("vars", names)
	o.Add("states", list)
	if f.Trace.Loop >= 0 {
		o.Add("loop", number(f.Trace.Loop))
	}
	return Pretty(o.JSON(), 100), nil
}

func meta(sys *ir.System, f *evidence.Finding) json.RawMessage {
	var o Object
	for _, kv := range [][2]string{
		{"format", "ITF"}, {"format-description", description}, {"source", sys.Span.File},
		{"status", f.Verdict.String()}, {"model", sys.Model}, {"property", f.Prop.Label()}, {"trace", f.ID()},
	} {
		o.Add(kv[0], text(kv[1]))
	}
	return o.JSON()
}

func state(sys *ir.System, index int, s evidence.Step) json.RawMessage {
	var m, o Object
	m.Add("index", number(index))
	if s.Action != nil {
		m.Add("action", text(s.Action.Name))
		m.Add("args", Args(s.Action, s.Args, false))
	}
	o.Add("#meta", m.JSON())
	for _, v := range sys.Vars {
		o.Add(v.Name, Encode(v.Type, s.State[v.Index], false))
	}
	return o.JSON()
}

func text(s string) json.RawMessage {
	var e encoder
	e.text(s)
	return e.b.Bytes()
}

func number(n int) json.RawMessage { return json.RawMessage(strconv.Itoa(n)) }
