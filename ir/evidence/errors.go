package evidence

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Codes of what a search finds. The first seven, RunViolated, BranchingViolated
// and RefinementViolated are violations, one for each kind of property that searches decide; the rest
// say how a result differs from what its model
// expects, or what a green result hides.
const (
	InvariantViolated  diag.Code = "M2001"
	StepViolated       diag.Code = "M2002"
	Deadlocked         diag.Code = "M2003"
	AssertionFailed    diag.Code = "M2004"
	EvaluationFailed   diag.Code = "M2005"
	WitnessMissing     diag.Code = "M2006"
	ScenarioFailed     diag.Code = "M2007"
	KindUndecided      diag.Code = "M2008"
	NotViolated        diag.Code = "M2010"
	OtherDepth         diag.Code = "M2011"
	OtherCount         diag.Code = "M2012"
	NothingWithinBound diag.Code = "M2013"
	SearchIncomplete   diag.Code = "M2014"
	NoInitialState     diag.Code = "M2015"
	NothingCut         diag.Code = "M2016"
	NoDeadlock         diag.Code = "M2017"
	RunViolated        diag.Code = "M2020"
	ActionNeverTaken   diag.Code = "A1101"
	BranchingViolated  diag.Code = "M2021"
	RefinementViolated diag.Code = "M2022"
	PartVacuous        diag.Code = "A1102"
	ContractBroken     diag.Code = "P3001" // a function fails for arguments that it requires
)

// ViolationCode returns the code of a violation of a property of the kind.
func ViolationCode(k ir.PropKind) diag.Code {
	switch k {
	case ir.Step:
		return StepViolated
	case ir.Deadlock:
		return Deadlocked
	case ir.Assertion:
		return AssertionFailed
	case ir.Witness:
		return WitnessMissing
	case ir.Scenario:
		return ScenarioFailed
	case ir.Evaluation:
		return EvaluationFailed
	case ir.CTL:
		return BranchingViolated
	case ir.Contract:
		return ContractBroken
	case ir.Refines:
		return RefinementViolated
	case ir.Temporal:
		return RunViolated
	}
	return InvariantViolated
}

func violated(f *Finding) diag.Diagnostic {
	return diag.Diagnostic{Code: ViolationCode(f.Prop.Kind), Span: f.Place(), Message: f.Headline()}
}

func notViolated(res *Result, f *Finding) diag.Diagnostic {
	return diag.Diagnostic{Code: NotViolated, Span: f.Check.Span,
		Message: fmt.Sprintf("model %s expects %s to be violated, found that it holds", res.System.Model, f.Prop.Label()),
		Help:    "write `expect holds`, or see why what was to break it does not"}
}

func otherDepth(res *Result, f *Finding, want int, at source.Span) diag.Diagnostic {
	return diag.Diagnostic{Code: OtherDepth, Span: at,
		Message: fmt.Sprintf("model %s expects %s at depth %d, found it at depth %d", res.System.Model, f.event(), want, f.Depth),
		Help:    fmt.Sprintf("if that is right, write `depth %d`", f.Depth)}
}

func otherCount(res *Result, word, noun string, want int64, got uint64) diag.Diagnostic {
	return diag.Diagnostic{Code: OtherCount, Span: res.System.Expect.Spans[word],
		Message: fmt.Sprintf("model %s expects %s, found %d", res.System.Model, fmt.Sprintf(noun, want), got),
		Help:    fmt.Sprintf("if that is right, write `expect %s %d`", word, got)}
}

func nothingWithinBound(res *Result, what string, at source.Span) diag.Diagnostic {
	cut := plural(res.Basis.Cuts, "successor")
	if res.Uncounted() {
		cut = "successors"
	}
	return diag.Diagnostic{Code: NothingWithinBound, Span: at,
		Message: fmt.Sprintf("%s: nothing found within the bound, which cut %s", what, cut),
		Help:    fmt.Sprintf("write `expect bounded` in model %s if that is enough, or loosen the bound until nothing is cut", res.System.Model)}
}

func searchIncomplete(res *Result, f *Finding) diag.Diagnostic {
	d := diag.Diagnostic{Code: SearchIncomplete, Span: f.Place()}
	why := f.Why
	if why == "" {
		why = res.Basis.Limit
	}
	switch {
	case f.Prop.Kind == ir.Temporal && res.Basis.Kind != Partial && res.Basis.Kind != Sampled:
		d.Code, d.Help = KindUndecided, "leave it out with `check`, or say that it may be `expect unknown`"
	case f.Contract != nil:
		d.Help = f.Contract.Unmet.Help
	case res.Basis.Kind == Sampled:
		d.Help = "take more runs or longer ones, or let spec verify visit every state"
	case res.Basis.Kind == Partial:
		d.Help = "give the search more room, or check a smaller model"
	}
	d.Message = fmt.Sprintf("%s is not decided: %s", f.Prop.Label(), why)
	return d
}

func uncounted(res *Result) diag.Diagnostic {
	if res.Basis.Kind == Sampled {
		return notMet(res)
	}
	return diag.Diagnostic{Code: SearchIncomplete, Span: res.System.Span,
		Message: fmt.Sprintf("model %s is not searched to the end: %s", res.System.Model, res.Basis.Limit),
		Help:    "give the search more room, or check a smaller model"}
}

// notMet is about a deadlock or violation that a model expects and no random
// run shows.
func notMet(res *Result) diag.Diagnostic {
	what, at := "a violation", res.System.Expect.Spans["outcome"]
	if res.System.Expect.Deadlock {
		what, at = "a deadlock", res.System.Expect.Spans["deadlock"]
	}
	return diag.Diagnostic{Code: SearchIncomplete, Span: at,
		Message: fmt.Sprintf("model %s expects %s, which none of %s met", res.System.Model, what, runs(res.Basis.Runs)),
		Help:    "take more runs or longer ones, or let spec verify visit every state"}
}

// broken is about random runs that something ended early.
func broken(res *Result) diag.Diagnostic {
	return diag.Diagnostic{Code: SearchIncomplete, Span: res.System.Span,
		Message: fmt.Sprintf("%s after %s of model %s", res.Basis.Limit, runs(res.Basis.Runs), res.System.Model),
		Help:    "let all runs end, or ask for fewer with --runs"}
}

func noInitialState(res *Result) diag.Diagnostic {
	return diag.Diagnostic{Code: NoInitialState, Span: res.System.Span,
		Message: fmt.Sprintf("model %s has no initial state, so nothing that is said of it means anything", res.System.Model),
		Help:    "see that every `var x in S` and every `pick` of init has a value to take"}
}

func nothingCut(res *Result) diag.Diagnostic {
	return diag.Diagnostic{Code: NothingCut, Span: res.System.Expect.Spans["outcome"],
		Message: fmt.Sprintf("model %s expects a bounded search, but nothing was cut: the search was exhaustive", res.System.Model),
		Help:    "remove `expect bounded`: the verdicts hold without it"}
}

func noDeadlock(res *Result) diag.Diagnostic {
	return diag.Diagnostic{Code: NoDeadlock, Span: res.System.Expect.Spans["deadlock"],
		Message: fmt.Sprintf("model %s expects a deadlock, found none", res.System.Model),
		Help:    "remove `expect deadlock`, or see why what was to block does not"}
}

func nothingViolated(res *Result) diag.Diagnostic {
	return diag.Diagnostic{Code: NotViolated, Span: res.System.Expect.Spans["outcome"],
		Message: fmt.Sprintf("model %s expects a violation, found that every property holds", res.System.Model),
		Help:    "write `expect holds`, or see why what was to break a property does not"}
}

func actionNeverTaken(res *Result, c ActionCount) diag.Diagnostic {
	d := diag.Diagnostic{Code: ActionNeverTaken, Severity: diag.Warning, Span: c.Action.NameSpan,
		Message: fmt.Sprintf("action %s is never taken in model %s", c.Action.Name, res.System.Model),
		Help:    "see that the model has values for its parameters and that its body can run to the end"}
	if c.Passed {
		d.Help = "its guard can be true, but its body never runs to the end: see what its pick and await ask for"
	} else if guard, ok := furthest(c); ok {
		d.Help = "see whether this part of its guard can ever be true"
		d.Related = []diag.Related{{Span: guard.Span(), Message: "no state gets past this part of its guard"}}
		if guard.Span() == c.Action.NameSpan {
			d.Help = "see whether the steps before it ever end, or jump elsewhere"
			d.Related[0].Message = "nothing leads to this label"
		}
	}
	return d
}

// furthest is the last conjunct of the guard at which an instance stopped.
func furthest(c ActionCount) (ir.Expr, bool) {
	guards := ir.Conjuncts(c.Action.Guard)
	for i := min(len(guards), len(c.Blocked)) - 1; i >= 0; i-- {
		if c.Blocked[i] > 0 {
			return guards[i], true
		}
	}
	return nil, false
}

func partVacuous(v Vacuity) diag.Diagnostic {
	return diag.Diagnostic{Code: PartVacuous, Severity: diag.Warning, Span: v.Span,
		Message: fmt.Sprintf("%s: %s", v.Prop.Label(), v.Why),
		Help:    "see that the model reaches the states that the property is about"}
}
