package report

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Version is that of the JSON form, which docs/json.md describes. Fields are
// added without a new version; a field that changes or goes needs one.
const Version = 1

type (
	jsonReport struct {
		Version     int            `json:"version"`
		Theorems    []jsonTheorem  `json:"theorems,omitempty"`
		Functions   []jsonFunction `json:"functions,omitempty"`
		Models      []jsonModel    `json:"models"`
		Diagnostics []diag.Record  `json:"diagnostics"`
	}
	jsonModel struct {
		Model      string          `json:"model"`
		Of         string          `json:"of"`
		Sizes      json.RawMessage `json:"sizes"`
		Verdict    string          `json:"verdict"`
		OK         bool            `json:"ok"`
		States     jsonStates      `json:"states"`
		Seconds    float64         `json:"seconds"`
		Memory     uint64          `json:"memory"`
		Basis      jsonBasis       `json:"basis"`
		Properties []jsonProperty  `json:"properties"`
		Coverage   jsonCoverage    `json:"coverage"`
		Complaints []diag.Record   `json:"complaints"`
		Sample     *jsonSample     `json:"sample,omitempty"`
		Profile    *jsonProfile    `json:"profile,omitempty"`
	}
	jsonStates struct {
		Distinct  uint64 `json:"distinct"`
		Generated uint64 `json:"generated"`
		Depth     int    `json:"depth"`
		Initial   uint64 `json:"initial"`
	}
	jsonBasis struct {
		Kind   string   `json:"kind"`
		Engine string   `json:"engine"`
		Limit  string   `json:"limit,omitempty"`
		Cuts   uint64   `json:"cuts,omitempty"`
		Bounds []string `json:"bounds,omitempty"`
		Runs   int      `json:"runs,omitempty"`
		Seed   uint64   `json:"seed,omitempty"`
		Notes  []string `json:"notes,omitempty"`
	}
	jsonProperty struct {
		Name    string        `json:"name"`
		Kind    string        `json:"kind"`
		Verdict string        `json:"verdict"`
		OK      bool          `json:"ok"`
		Basis   jsonBasis     `json:"basis"`
		Code    diag.Code     `json:"code,omitempty"`
		Depth   *int          `json:"depth,omitempty"`
		Why     string        `json:"why,omitempty"`
		Place   *diag.Place   `json:"place,omitempty"`
		Failing *jsonFailing  `json:"failing,omitempty"`
		Stuck   []jsonBlocked `json:"stuck,omitempty"`
		Branch  *jsonBranch   `json:"branch,omitempty"`
		Fair    []jsonFair    `json:"fair,omitempty"`
		Above   *jsonAbove    `json:"above,omitempty"`
		Trace   *jsonTrace    `json:"trace"`

		Estimate *jsonEstimate `json:"estimate,omitempty"`
		Proof    *jsonProof    `json:"proof,omitempty"`

		Induction *jsonInduction `json:"induction,omitempty"`
		Contract  *jsonContract  `json:"contract,omitempty"`
	}
	jsonProof struct {
		K         int        `json:"k"`
		Simple    bool       `json:"simple,omitempty"`
		Invariant [][]string `json:"invariant"`
	}
	jsonFailing struct {
		Text     string        `json:"text"`
		Place    *diag.Place   `json:"place,omitempty"`
		Bindings []jsonBinding `json:"bindings"`
	}
	jsonBinding struct {
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
		Note  string          `json:"note,omitempty"`
	}
	jsonBlocked struct {
		Action string        `json:"action"`
		Args   []jsonBinding `json:"args"`
		Needs  string        `json:"needs,omitempty"`
		Reason string        `json:"reason,omitempty"`
	}
	jsonFair struct {
		Action string        `json:"action"`
		Args   []jsonBinding `json:"args"`
		How    string        `json:"how"`
		Step   *int          `json:"step,omitempty"`
		Needs  string        `json:"needs,omitempty"`
		Reason string        `json:"reason,omitempty"`
	}
	jsonTrace struct {
		ID    string     `json:"id,omitempty"`
		Steps []jsonStep `json:"steps"`
		Loop  *int       `json:"loop"`
		Back  *jsonBack  `json:"back,omitempty"`
	}
	jsonBack struct {
		Action string          `json:"action"`
		Args   json.RawMessage `json:"args"`
		Place  *diag.Place     `json:"place,omitempty"`
	}
	jsonStep struct {
		Action  *string         `json:"action"`
		Args    json.RawMessage `json:"args"`
		State   json.RawMessage `json:"state"`
		Changed []jsonChange    `json:"changed"`
		Place   *diag.Place     `json:"place,omitempty"`
	}
	jsonChange struct {
		Path string          `json:"path"`
		Kind string          `json:"kind"`
		Key  string          `json:"key,omitempty"`
		From json.RawMessage `json:"from,omitempty"`
		To   json.RawMessage `json:"to,omitempty"`
	}
	jsonCoverage struct {
		Actions []jsonAction  `json:"actions"`
		Vacuous []jsonVacuity `json:"vacuous"`
	}
	jsonAction struct {
		Action  string   `json:"action"`
		Taken   uint64   `json:"taken"`
		Enabled uint64   `json:"enabled"`
		Blocked []uint64 `json:"blocked"`
	}
	jsonVacuity struct {
		Property string      `json:"property"`
		Why      string      `json:"why"`
		Place    *diag.Place `json:"place,omitempty"`
	}
)

// JSON writes the report in the form that docs/json.md describes. Without
// times, seconds and memory are 0.
func (r *Report) JSON(w io.Writer, times bool) error {
	j := jsonWriter{r.Files, times}
	out := jsonReport{Version: Version, Models: []jsonModel{}}
	all := slices.Clone(r.Diagnostics)
	for _, x := range r.Theorems {
		out.Theorems = append(out.Theorems, j.theorem(x))
	}
	for _, c := range r.Contracts {
		out.Functions = append(out.Functions, j.function(c))
	}
	for _, m := range r.Models {
		out.Models = append(out.Models, j.model(m))
		all = append(all, m.Warnings...)
	}
	out.Diagnostics = diag.Records(j.files, all.Sorted())
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(itf.Pretty(bytes.TrimSpace(b.Bytes()), 100))
	return err
}

type jsonWriter struct {
	files source.Set
	times bool
}

func (j jsonWriter) model(m Model) jsonModel {
	res := m.Result
	out := jsonModel{Model: res.System.Model, Of: res.System.Machine, Sizes: jsonSizes(res.System),
		Verdict: modelVerdict(res).String(), OK: m.Judgement.Standing == evidence.AsExpected,
		States: jsonStates{res.States.Distinct, res.States.Generated, res.States.Depth, res.States.Initial},
		Basis:  j.basis(res), Properties: []jsonProperty{},
		Coverage: jsonCoverage{[]jsonAction{}, []jsonVacuity{}}}
	if j.times {
		out.Seconds = math.Round(res.Time.Seconds()*1e6) / 1e6
		out.Memory = res.Memory
	}
	for i := range res.Findings {
		out.Properties = append(out.Properties, j.property(res, &res.Findings[i]))
	}
	var complaints diag.List
	for _, c := range m.Judgement.Complaints {
		complaints.Add(c.Diagnostic)
	}
	out.Complaints = diag.Records(j.files, complaints)
	for _, c := range res.Coverage.Actions {
		out.Coverage.Actions = append(out.Coverage.Actions,
			jsonAction{c.Action.Name, c.Taken, c.Enabled, append([]uint64{}, c.Blocked...)})
	}
	out.Sample, out.Profile = j.sample(res), j.profile(res.Profile)
	for _, v := range res.Coverage.Vacuous {
		out.Coverage.Vacuous = append(out.Coverage.Vacuous, jsonVacuity{v.Prop.Label(), v.Why, j.place(v.Span)})
	}
	return out
}

// modelVerdict is the worst of the verdicts on the properties.
func modelVerdict(res *evidence.Result) evidence.Verdict {
	worst := evidence.Holds
	if k := res.Basis.Kind; len(res.Findings) == 0 && k != evidence.Exhaustive && k != evidence.Inductive {
		worst = evidence.Unknown
	}
	for _, f := range res.Findings {
		switch {
		case f.Verdict == evidence.Violated:
			return evidence.Violated
		case f.Verdict == evidence.Unknown:
			worst = evidence.Unknown
		}
	}
	return worst
}

func jsonSizes(sys *ir.System) json.RawMessage {
	var o itf.Object
	for _, s := range sys.Sorts {
		o.Add(s.Name, itf.Encode(nil, ir.NewInt(int64(len(s.Elems))), true))
	}
	for _, c := range sys.Consts {
		o.Add(c.Name, itf.Encode(c.Type, c.Value, true))
	}
	return o.JSON()
}

func (j jsonWriter) basis(res *evidence.Result) jsonBasis {
	b := res.Basis
	var bounds []string
	for _, c := range b.BoundOf {
		bounds = append(bounds, exprText(j.files, c.Cond))
	}
	kind := [...]string{"partial", "exhaustive", "bounded", "sampled", "inductive"}[b.Kind]
	return jsonBasis{kind, res.Engine, b.Limit, b.Cuts, bounds, b.Runs, b.Seed, b.Notes}
}

func (j jsonWriter) property(res *evidence.Result, f *evidence.Finding) jsonProperty {
	out := jsonProperty{Name: f.Prop.Name, Kind: f.Prop.Kind.String(), Verdict: f.Verdict.String(), OK: f.Ok,
		Basis: j.basis(res), Why: f.Why, Place: j.place(f.Prop.Span), Trace: j.trace(res.System, f), Estimate: jsonEstimateOf(f.Estimate), Induction: j.induction(f.Induction), Contract: j.contract(f.Contract)}
	if f.Verdict == evidence.Violated {
		out.Code = evidence.ViolationCode(f.Prop.Kind)
	}
	if f.Trace != nil {
		out.Depth = &f.Depth
	}
	if g := f.Failing; g != nil {
		out.Failing = &jsonFailing{exprText(j.files, g.Expr), j.place(g.Expr.Span()), jsonBindings(g.Bindings)}
	}
	out.Above = jsonAboveOf(f.Above)
	out.Branch, out.Proof = j.branch(res.System, f.Branch), jsonProofOf(f.Proof)
	for _, b := range f.Stuck {
		out.Stuck = append(out.Stuck, j.blocked(b))
	}
	for i := range f.Fair {
		out.Fair = append(out.Fair, j.fair(&f.Fair[i]))
	}
	return out
}

func (j jsonWriter) blocked(b evidence.Blocked) jsonBlocked {
	out := jsonBlocked{Action: b.Action.Name, Args: jsonBindings(b.Args), Reason: b.Reason}
	if b.Expr != nil {
		out.Needs = exprText(j.files, b.Expr)
	}
	return out
}

func (j jsonWriter) fair(f *evidence.Fair) jsonFair {
	out := jsonFair{Action: f.Action.Name, Args: jsonBindings(f.Args),
		How: [...]string{"", "taken", "disabled", "not declared fair"}[f.How], Reason: f.Blocked.Reason}
	if f.How != evidence.FairNotAsked {
		out.Step = &f.Step
	}
	if f.Blocked.Expr != nil {
		out.Needs = exprText(j.files, f.Blocked.Expr)
	}
	return out
}

func jsonBindings(bs []evidence.Binding) []jsonBinding {
	out := []jsonBinding{}
	for _, b := range bs {
		out = append(out, jsonBinding{b.Local.Name, itf.Encode(b.Local.Type, b.Value, true), b.Note})
	}
	return out
}

func (j jsonWriter) trace(sys *ir.System, f *evidence.Finding) *jsonTrace {
	if f.Trace == nil {
		return nil
	}
	out := j.run(sys, f.Trace)
	out.ID = f.ID()
	return out
}

// run is a trace without a name.
func (j jsonWriter) run(sys *ir.System, tr *evidence.Trace) *jsonTrace {
	out := &jsonTrace{Steps: []jsonStep{}}
	if tr.Loop >= 0 {
		out.Loop = &tr.Loop
		if b := tr.Back; b.Action != nil {
			out.Back = &jsonBack{b.Action.Name, itf.Args(b.Action, b.Args, true), j.place(stepSpan(b))}
		}
	}
	for i, s := range tr.Steps {
		step := jsonStep{Args: json.RawMessage("{}"), Changed: []jsonChange{}}
		if s.Action != nil {
			step.Action, step.Args, step.Place = &s.Action.Name, itf.Args(s.Action, s.Args, true), j.place(stepSpan(s))
		}
		step.State = jsonState(sys, s.State)
		if i > 0 {
			step.Changed = jsonChanges(Diff(sys, tr.Steps[i-1].State, s.State))
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func jsonState(sys *ir.System, state []ir.Value) json.RawMessage {
	var o itf.Object
	for _, v := range sys.Vars {
		o.Add(v.Name, itf.Encode(v.Type, state[v.Index], true))
	}
	return o.JSON()
}

func jsonChanges(cs []Change) []jsonChange {
	out := []jsonChange{}
	for _, c := range cs {
		jc := jsonChange{Path: c.Path, Kind: [...]string{"", "set", "added", "removed"}[c.Kind], Key: c.Key}
		if c.From != nil {
			jc.From = itf.Encode(c.Type, c.From, true)
		}
		if c.To != nil {
			jc.To = itf.Encode(c.Type, c.To, true)
		}
		out = append(out, jc)
	}
	return out
}

func (j jsonWriter) place(sp source.Span) *diag.Place {
	if j.files[sp.File] == nil {
		return nil
	}
	p := diag.PlaceOf(j.files, sp)
	return &p
}
