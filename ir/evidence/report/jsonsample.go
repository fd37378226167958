package report

import (
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
)

type (
	jsonSample struct {
		Scheduler string           `json:"scheduler"`
		Asked     int              `json:"asked"`
		Depth     int              `json:"depth"`
		Steps     uint64           `json:"steps"`
		Longest   int              `json:"longest"`
		Distinct  uint64           `json:"distinctEstimate"`
		Ends      jsonEnds         `json:"ends"`
		Instances []jsonInstance   `json:"instances"`
		Parts     []jsonSamplePart `json:"parts"`
		Guarantee *jsonGuarantee   `json:"guarantee,omitempty"`
	}
	jsonEnds struct {
		Depth    int `json:"depth"`
		Terminal int `json:"terminal"`
		Deadlock int `json:"deadlock"`
		Bound    int `json:"bound"`
		Failure  int `json:"failure"`
	}
	jsonInstance struct {
		Action string `json:"action"`
		Taken  int    `json:"taken"`
		Of     int    `json:"of,omitempty"`
	}
	jsonSamplePart struct {
		Property string      `json:"property"`
		Runs     int         `json:"runs"`
		Place    *diag.Place `json:"place,omitempty"`
	}
	jsonGuarantee struct {
		Threads  int     `json:"threads"`
		Steps    int     `json:"steps"`
		BugDepth int     `json:"bugDepth"`
		AtLeast  float64 `json:"atLeast"`
	}
	jsonEstimate struct {
		Hits       int     `json:"hits"`
		Runs       int     `json:"runs"`
		First      *int    `json:"first,omitempty"`
		Low        float64 `json:"low"`
		High       float64 `json:"high"`
		Confidence float64 `json:"confidence"`
	}
)

func (j jsonWriter) sample(res *evidence.Result) *jsonSample {
	s := res.Sample
	if s == nil {
		return nil
	}
	e := s.Ends
	out := &jsonSample{Scheduler: s.Scheduler, Asked: s.Asked, Depth: s.Depth, Steps: s.Steps, Longest: s.Longest, Distinct: s.Distinct,
		Ends:      jsonEnds{e[evidence.EndDepth], e[evidence.EndTerminal], e[evidence.EndDeadlock], e[evidence.EndBound], e[evidence.EndFailure]},
		Instances: []jsonInstance{}, Parts: []jsonSamplePart{}}
	for i, c := range s.Instances {
		out.Instances = append(out.Instances, jsonInstance{res.System.Actions[i].Name, c.Taken, c.Of})
	}
	for _, p := range s.Parts {
		out.Parts = append(out.Parts, jsonSamplePart{p.Prop.Label(), p.Runs, j.place(p.Span)})
	}
	if g := s.Guarantee; g != nil {
		out.Guarantee = &jsonGuarantee{g.Threads, g.Steps, g.Depth, g.AtLeast()}
	}
	return out
}

func jsonEstimateOf(e *evidence.Estimate) *jsonEstimate {
	if e == nil {
		return nil
	}
	out := &jsonEstimate{Hits: e.Hits, Runs: e.Runs, Low: e.Low, High: e.High, Confidence: e.Confidence}
	if e.Hits > 0 {
		out.First = &e.First
	}
	return out
}
