package simulate

import "github.com/spec-lang/spec/ir/evidence"

// tally counts runs. Tallies of consecutive runs add up.
type tally struct {
	runs    int
	steps   uint64
	longest int // steps of a run
	threads int // the most of a run
	ends    [evidence.RunEnds]int
	hits    []hits   // by target
	matter  []int    // by part: runs in which it mattered
	taken   []uint64 // by action
	enabled []uint64 // by action
	cutBy   []bool   // by bound
}

// hits are the runs that decide a target.
type hits struct {
	runs int
	run  int // the first of them
	step int // in that run
}

func newTally(p *plan) *tally {
	n := len(p.sys.Actions)
	return &tally{hits: make([]hits, len(p.targets)), matter: make([]int, len(p.parts)),
		taken: make([]uint64, n), enabled: make([]uint64, n), cutBy: make([]bool, len(p.bounds))}
}

// count adds the run that a walker has just ended.
func (t *tally) count(run int, w *walker, end evidence.RunEnd) {
	t.runs++
	t.steps += uint64(w.steps)
	t.longest = max(t.longest, w.steps)
	t.threads = max(t.threads, w.sched.threads())
	t.ends[end]++
	for i, s := range w.seen {
		if s < 0 {
			continue
		}
		if h := &t.hits[i]; h.runs == 0 {
			*h = hits{runs: 1, run: run, step: s}
		} else {
			h.runs++
		}
	}
	for i, yes := range w.matter {
		if yes {
			t.matter[i]++
		}
	}
}

// add adds the tally of later runs.
func (t *tally) add(u *tally) {
	t.runs += u.runs
	t.steps += u.steps
	t.longest = max(t.longest, u.longest)
	t.threads = max(t.threads, u.threads)
	for i, n := range u.ends {
		t.ends[i] += n
	}
	for i, h := range u.hits {
		if t.hits[i].runs == 0 {
			t.hits[i] = h
		} else {
			t.hits[i].runs += h.runs
		}
	}
	for i, n := range u.matter {
		t.matter[i] += n
	}
	for i := range u.taken {
		t.taken[i] += u.taken[i]
		t.enabled[i] += u.enabled[i]
	}
	for i, cut := range u.cutBy {
		t.cutBy[i] = t.cutBy[i] || cut
	}
}
