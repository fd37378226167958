// Package report renders evidence for people and for programs.
//
// There is one structure, Report, and one file for each form: text for
// terminals and logs, JSON for programs, ITF for tools that read traces. None
// of them decides anything: verdicts are those of the results, and whether a
// model came out as expected is what evidence.Judge says.
//
// The words: a step is a line of a trace; a change is one place of the state
// that a step gave another value; a label is the word that begins a line of
// reasons (violated, with, stuck, replay).
package report

import (
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Report is what one run of the tool found out.
type Report struct {
	Files       source.Set
	Theorems    []evidence.Theorem
	Contracts   []*evidence.Contract // of functions of the files
	Models      []Model
	Diagnostics diag.List // of the sources
}

// Model is the result of one model with how it compares to what was expected.
type Model struct {
	Result    *evidence.Result
	Judgement evidence.Judgement
	Warnings  diag.List // what a result that looks well may hide
}

// NewModel judges a result.
func NewModel(res *evidence.Result) Model {
	return Model{res, evidence.Judge(res), evidence.Warnings(res)}
}

// New judges the results and returns the report of them.
func New(files source.Set, results []*evidence.Result, diags diag.List) *Report {
	r := &Report{Files: files, Diagnostics: diags}
	for _, res := range results {
		r.Models = append(r.Models, NewModel(res))
	}
	return r
}

// Standing is that of the whole: Broken if any model or source is, else Failed
// or Inconclusive if any model is.
func (r *Report) Standing() evidence.Standing {
	if r.Diagnostics.HasErrors() {
		return evidence.Broken
	}
	count := map[evidence.Standing]int{}
	for _, t := range r.Theorems {
		if t.Verdict != evidence.Holds {
			count[evidence.Inconclusive]++
		}
	}
	for _, c := range r.Contracts {
		switch c.Verdict {
		case evidence.Violated:
			count[evidence.Failed]++
		case evidence.Unknown:
			count[evidence.Inconclusive]++
		}
	}
	for _, m := range r.Models {
		count[m.Judgement.Standing]++
	}
	for _, s := range []evidence.Standing{evidence.Broken, evidence.Failed, evidence.Inconclusive} {
		if count[s] > 0 {
			return s
		}
	}
	return evidence.AsExpected
}
