package itf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Recorded is a trace as a file holds it: by names, without types. It becomes
// a run again by matching it against the states that a System can reach.
type Recorded struct {
	Model  string // "" if the file does not say
	Loop   int    // index of the state that follows the last one, or -1
	States []RecordedState
}

// RecordedState is one state of a Recorded trace.
type RecordedState struct {
	Action string // that led to it, "" if the file does not say
	vars   map[string]string
}

// ErrNoTrace is returned for a file that is JSON but holds no trace.
var ErrNoTrace = errors.New(`expected an ITF trace ("vars" and "states") or a report of spec verify --format json with a trace`)

// Read reads an ITF file, or the first trace of a JSON report; with a model,
// the first one of that model.
func Read(data []byte, model string) (*Recorded, error) {
	var file struct {
		Meta struct {
			Model string `json:"model"`
		} `json:"#meta"`
		States []map[string]json.RawMessage `json:"states"`
		Loop   *int                         `json:"loop"`
		Models []struct {
			Model      string `json:"model"`
			Properties []struct {
				Trace *reportTrace `json:"trace"`
			} `json:"properties"`
		} `json:"models"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("the trace is not JSON: %w", err)
	}
	for _, m := range file.Models {
		for _, p := range m.Properties {
			if p.Trace != nil && (model == "" || model == m.Model) {
				return p.Trace.recorded(m.Model)
			}
		}
	}
	if len(file.States) == 0 {
		return nil, ErrNoTrace
	}
	r := &Recorded{Model: file.Meta.Model, Loop: loop(file.Loop)}
	for _, s := range file.States {
		var m struct {
			Action string `json:"action"`
		}
		if raw, ok := s["#meta"]; ok {
			if err := json.Unmarshal(raw, &m); err != nil {
				return nil, fmt.Errorf("the #meta of a state is not as expected: %w", err)
			}
		}
		if err := r.add(m.Action, s); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// reportTrace is a trace of a JSON report.
type reportTrace struct {
	Steps []struct {
		Action *string                    `json:"action"`
		State  map[string]json.RawMessage `json:"state"`
	} `json:"steps"`
	Loop *int `json:"loop"`
}

func (t *reportTrace) recorded(model string) (*Recorded, error) {
	r := &Recorded{Model: model, Loop: loop(t.Loop)}
	for _, s := range t.Steps {
		action := ""
		if s.Action != nil {
			action = *s.Action
		}
		if err := r.add(action, s.State); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func loop(p *int) int {
	if p == nil {
		return -1
	}
	return *p
}

func (r *Recorded) add(action string, vars map[string]json.RawMessage) error {
	s := RecordedState{action, map[string]string{}}
	for name, raw := range vars {
		if strings.HasPrefix(name, "#") {
			continue
		}
		text, err := normal(raw)
		if err != nil {
			return err
		}
		s.vars[name] = text
	}
	r.States = append(r.States, s)
	return nil
}

// Matches reports whether the recorded state is this one: every variable of
// the system that the file mentions has the value that it says, and it
// mentions at least one.
func (s RecordedState) Matches(sys *ir.System, state []ir.Value) bool {
	seen := 0
	for _, v := range sys.Vars {
		want, ok := s.vars[v.Name]
		if !ok {
			continue
		}
		got, err := normal(Encode(v.Type, state[v.Index], false))
		if err != nil || got != want {
			return false
		}
		seen++
	}
	return seen > 0
}

// normal writes a value in the one form that has the elements of sets and
// maps and the fields of records in order, and every integer as a #bigint.
func normal(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return "", errors.New("the trace has an empty value")
	}
	switch c := raw[0]; {
	case c == '[':
		var items []json.RawMessage
		if err := json.Unmarshal(raw, &items); err != nil {
			return "", err
		}
		return normalList(items, false)
	case c == '{':
		return normalObject(raw)
	case c == '-' || '0' <= c && c <= '9':
		return `{"#bigint":"` + string(raw) + `"}`, nil
	}
	var b bytes.Buffer
	err := json.Compact(&b, raw)
	return b.String(), err
}

func normalList(items []json.RawMessage, sorted bool) (string, error) {
	parts := make([]string, len(items))
	for i, raw := range items {
		var err error
		if parts[i], err = normal(raw); err != nil {
			return "", err
		}
	}
	if sorted {
		slices.Sort(parts)
	}
	return "[" + strings.Join(parts, ",") + "]", nil
}

func normalObject(raw json.RawMessage) (string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return "", err
	}
	var parts []string
	for name, v := range fields {
		var text string
		var items []json.RawMessage
		err := json.Unmarshal(v, &items)
		if err == nil && strings.HasPrefix(name, "#") {
			text, err = normalList(items, name == "#set" || name == "#map")
		} else {
			text, err = normal(v)
		}
		if err != nil {
			return "", err
		}
		parts = append(parts, fmt.Sprintf("%q:%s", name, text))
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ",") + "}", nil
}
