package simulate

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// result puts together what the runs have shown.
func (c *crew) result() *evidence.Result {
	p, t := c.p, c.total
	distinct := &sketch{}
	for _, w := range c.walkers {
		distinct.merge(w.places)
	}
	res := &evidence.Result{System: p.sys, Engine: "random runs",
		States: evidence.States{Distinct: distinct.estimate(), Generated: t.steps + uint64(t.runs), Depth: t.longest, Initial: p.starts()},
		Basis:  evidence.Basis{Kind: evidence.Sampled, Runs: t.runs, Seed: p.opt.Seed, Replay: p.opt.Flags(), Cuts: uint64(t.ends[evidence.EndBound])},
		Sample: &evidence.Sample{Scheduler: p.schedulerWords(), Depth: p.opt.Depth, Steps: t.steps, Longest: t.longest,
			Distinct: distinct.estimate(), Ends: t.ends, Asked: p.opt.Runs}}
	for i, cut := range t.cutBy {
		if cut {
			res.Basis.BoundOf = append(res.Basis.BoundOf, *p.sys.Bounds[i])
		}
	}
	if p.opt.Scheduler == Priorities {
		res.Sample.Guarantee = &evidence.Guarantee{Threads: t.threads, Steps: p.opt.Depth, Depth: p.opt.BugDepth}
	}
	c.cover(res)
	c.findings(res)
	return res
}

// starts is the number of distinct initial states.
func (p *plan) starts() uint64 {
	seen := map[string]bool{}
	for i := range p.initial.list {
		seen[keyName(p.initial.key(i))] = true
	}
	return uint64(len(seen))
}

func (p *plan) schedulerWords() string {
	switch p.opt.Scheduler {
	case Actions:
		return "every possible action equally often"
	case Priorities:
		return fmt.Sprintf("random priorities, bug depth %d", p.opt.BugDepth)
	}
	return "every possible step equally often"
}

// Flags are the flags of spec run that choose as the Options say.
func (o Options) Flags() string {
	s := fmt.Sprintf("--seed %d", o.Seed)
	switch o.Scheduler {
	case Actions:
		s += " --scheduler actions"
	case Priorities:
		s += fmt.Sprintf(" --scheduler pct --bug-depth %d", o.BugDepth)
	}
	return s + fmt.Sprintf(" --steps %d", o.Depth)
}

// cover counts what the runs exercised.
func (c *crew) cover(res *evidence.Result) {
	p, t := c.p, c.total
	taken := map[uint64]int{}
	for _, w := range c.walkers {
		for instance, action := range w.instances {
			taken[instance] = action
		}
	}
	res.Sample.Instances = make([]evidence.InstanceCount, len(p.sys.Actions))
	for _, action := range taken {
		res.Sample.Instances[action].Taken++
	}
	for i, a := range p.sys.Actions {
		res.Sample.Instances[i].Of = instances(a)
		n := evidence.ActionCount{Action: a, Taken: t.taken[i], Enabled: t.enabled[i], Blocked: make([]uint64, len(ir.Conjuncts(a.Guard)))}
		for _, w := range c.walkers {
			counts := w.m.Counts()[i]
			n.Passed = n.Passed || counts.Passed
			for j, k := range counts.Blocked {
				n.Blocked[j] += k
			}
		}
		res.Coverage.Actions = append(res.Coverage.Actions, n)
	}
	for i, q := range p.parts {
		v := evidence.Vacuity{Prop: q.prop, Span: q.Span, Why: q.Why}
		res.Sample.Parts = append(res.Sample.Parts, evidence.PartCount{Vacuity: v, Runs: t.matter[i]})
		if t.matter[i] == 0 {
			res.Coverage.Vacuous = append(res.Coverage.Vacuous, v)
		}
	}
}

// instances is how many instances an action has, 0 if that is not known.
func instances(a *ir.Action) int {
	n := 1
	for _, p := range a.Params {
		size, ok := ir.Card(p.Local.Type)
		if !p.ByType || !ok || !size.IsInt64() || size.Int64() > 1<<20 {
			return 0
		}
		n *= int(size.Int64())
		if n > 1<<30 {
			return 0
		}
	}
	return n
}

func (c *crew) findings(res *evidence.Result) {
	p := c.p
	byProp := map[*ir.Property]int{}
	for i, t := range p.targets {
		byProp[t.prop] = i
	}
	for i := range p.sys.Checks {
		check := &p.sys.Checks[i]
		if n, ok := byProp[check.Prop]; ok {
			res.Findings = append(res.Findings, c.decided(n, check))
			continue
		}
		res.Findings = append(res.Findings, evidence.Finding{Prop: check.Prop, Check: check, Why: notLooked(check.Prop.Kind)})
	}
	for k := range builtIn {
		n := p.builtIn(k)
		if p.targets[n].check == nil && c.total.hits[n].runs > 0 {
			res.Findings = append(res.Findings, c.decided(n, nil))
		}
	}
}

// notLooked says why runs say nothing about properties of a kind.
func notLooked(k ir.PropKind) string {
	switch k {
	case ir.Scenario:
		return "random runs do not look for scenarios"
	case ir.Refines:
		return "random runs are not compared with another machine"
	}
	return "random runs are finite and say nothing about whole runs"
}

// decided is the finding on a target.
func (c *crew) decided(n int, check *ir.Check) evidence.Finding {
	p, h := c.p, c.total.hits[n]
	low, high := Interval(h.runs, c.total.runs, p.opt.Confidence)
	est := &evidence.Estimate{Hits: h.runs, Runs: c.total.runs, First: h.run, Low: low, High: high, Confidence: p.opt.Confidence}
	if h.runs == 0 {
		f := evidence.Finding{Prop: p.targets[n].prop, Check: check, Estimate: est}
		f.Why = est.Words(evidence.Verbs(f.Prop.Kind)) + "; this is not a proof"
		return f
	}
	w := newWalker(p)
	w.take(h.run)
	f := p.finding(n)
	f.Check, f.Estimate = check, est
	p.show(&f, p.shorten(w.m, w.choices[:h.step+1], f.Prop.Kind))
	return f
}
