package report

import (
	"github.com/spec-lang/spec/ir/evidence"
)

type (
	jsonInduction struct {
		Inductive   *bool        `json:"inductive"` // null if that is not decided
		Every       []string     `json:"every"`     // sorts of any size
		With        []string     `json:"with"`
		Needed      []string     `json:"needed"`
		Obligations int          `json:"obligations"`
		By          []string     `json:"by"`
		Why         string       `json:"why,omitempty"`
		Suggest     []string     `json:"suggest,omitempty"`
		Counter     *jsonCounter `json:"counter,omitempty"`
	}
	jsonCounter struct {
		Breaks    string     `json:"breaks"`
		Excluding []string   `json:"excluding"`
		Reach     string     `json:"reach,omitempty"`
		By        string     `json:"by"`
		Step      *jsonTrace `json:"step"`
	}
)

func (j jsonWriter) induction(ind *evidence.Induction) *jsonInduction {
	if ind == nil {
		return nil
	}
	out := &jsonInduction{Every: []string{}, With: propNames(ind.With), Needed: propNames(ind.Needed),
		Obligations: ind.Obligations, By: ind.By, Why: ind.Why, Suggest: propNames(ind.Suggest)}
	for _, s := range ind.Every {
		out.Every = append(out.Every, s.Name)
	}
	if ind.By == nil {
		out.By = []string{}
	}
	if ind.Outcome != evidence.NotDecided {
		is := ind.Outcome == evidence.IsInductive
		out.Inductive = &is
	}
	if c := ind.Counter; c != nil {
		out.Counter = &jsonCounter{Breaks: c.Prop.Name, Excluding: propNames(c.Excluding), Reach: c.Reach, By: c.By,
			Step: j.run(c.System, c.Trace())}
	}
	return out
}
