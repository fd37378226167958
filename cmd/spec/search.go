package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/symbolic"
)

// searchFlags say how to search, and within which limits.
type searchFlags struct {
	states     uint64
	memory     size
	timeout    time.Duration
	workers    int
	code       string
	reduction  string
	order      string
	seed       uint64
	store      string
	spill      string
	engine     string
	checkpoint checkpointFlags
	profile    bool
	prove      proveFlags
}

// codes, reductions, orders and storages are the values of --code, --reduction,
// --search and --store;
// the first of each is what commands without these flags use.
var (
	codes      = map[string]mc.Code{"": mc.Auto, "auto": mc.Auto, "closures": mc.Closures, "wasm": mc.WebAssembly}
	reductions = map[string]mc.Reductions{"": {}, "auto": {}, "none": {Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Never},
		"slicing":       {Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Never},
		"symmetry":      {Slicing: mc.Never, Symmetry: mc.Always, PartialOrder: mc.Never},
		"partial-order": {Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Always}}
	orders = map[string]mc.Order{"": mc.BreadthFirst, "breadth-first": mc.BreadthFirst, "bfs": mc.BreadthFirst, "depth-first": mc.DepthFirst,
		"dfs": mc.DepthFirst, "random": mc.Random, "guided": mc.Guided}
	storages = map[string]mc.Storage{"": mc.Exact, "exact": mc.Exact, "fingerprint": mc.Fingerprint, "bitstate": mc.Bitstate}
)

func (f *searchFlags) register(fl *pflag.FlagSet) {
	fl.Uint64Var(&f.states, "max-states", 0, "stop after `n` distinct states; 0 means no limit")
	fl.Var(&f.memory, "memory", "stop at `size` of memory, such as 2GiB or 500MB; half of what the machine has if not given")
	fl.DurationVar(&f.timeout, "timeout", 0, "stop each model after a `time`, such as 30s or 10m")
	fl.IntVar(&f.workers, "workers", 0, "search with `n` workers; 0 means one for each processor")
	fl.StringVar(&f.code, "code", "auto", "`what` computes successors: closures, wasm, or auto: closures first, wasm once it pays")
	fl.StringVar(&f.reduction, "reduction", "auto", "what a search leaves out, where that is sound, by `name`: auto (once a search is large and it pays), none, slicing, symmetry or partial-order")
	fl.StringVar(&f.order, "search", "breadth-first", "`order` of the search: breadth-first (bfs), depth-first (dfs), random or guided")
	fl.Uint64Var(&f.seed, "search-seed", 1, "`number` that the order of --search random comes from")
	fl.StringVar(&f.store, "store", "exact", "how `states` are kept: exact, fingerprint (64 bits each) or bitstate (a few bits)")
	fl.StringVar(&f.spill, "spill", "", "put states into files in a `folder` once they take half of the memory")
	fl.BoolVar(&f.profile, "profile", false, "show where states and work come from")
	fl.StringVar(&f.engine, "engine", "explicit", "`which` engine: explicit visits the states one by one, symbolic computes with sets of them, bmc, induction and ic3 look for runs and proofs; all but explicit are for bounded types")
	f.prove.register(fl)
	f.checkpoint.register(fl)
}

// options are the flags as the engine wants them.
func (f *searchFlags) options() (mc.Options, error) {
	opt := mc.Options{Profile: f.profile, Workers: f.workers, Seed: f.seed, Limits: mc.Limits{States: f.states, Memory: uint64(f.memory), Time: f.timeout}}
	if opt.Limits.Memory == 0 {
		opt.Limits.Memory = machineMemory() / 2
	}
	var ok bool
	if opt.Code, ok = codes[f.code]; !ok {
		return opt, usageError{"there is no code " + f.code, "use auto, closures or wasm"}
	}
	if opt.Reductions, ok = reductions[f.reduction]; !ok {
		return opt, usageError{"there is no reduction " + f.reduction, "use auto, none, slicing, symmetry or partial-order"}
	}
	if opt.Order, ok = orders[f.order]; !ok {
		return opt, usageError{"there is no search " + f.order, "use breadth-first, depth-first, random or guided"}
	}
	if opt.Store, ok = storages[f.store]; !ok {
		return opt, usageError{"there is no store " + f.store, "use exact, fingerprint or bitstate"}
	}
	if opt.Store != mc.Exact && opt.Order != mc.BreadthFirst {
		return opt, usageError{"--store " + f.store + " goes with --search breadth-first only", "leave out one of them"}
	}
	if (f.checkpoint.save != "" || f.checkpoint.resume != "") && (opt.Store != mc.Exact || opt.Order != mc.BreadthFirst) {
		return opt, usageError{"only a breadth-first search with an exact store can be saved", "leave out --search and --store"}
	}
	if f.spill != "" {
		opt.Spill = spillInto(f.spill)
	}
	return opt, nil
}

// check searches one model and finds the reasons of what was found.
func (f *searchFlags) check(ctx context.Context, std streams, sys *ir.System) (*evidence.Result, error) {
	p := newProgress(std.err, sys.Model)
	opt, err := f.options()
	if err != nil {
		return nil, err
	}
	engine, prove, err := f.prover()
	switch {
	case err != nil:
		return nil, err
	case prove:
		return f.byProof(ctx, std, sys, engine, opt.Limits)
	}
	switch f.engine {
	case "", "explicit":
	case "symbolic":
		return f.symbolic(ctx, sys, opt, p)
	default:
		return nil, usageError{"there is no engine " + f.engine, "use explicit, symbolic, bmc, induction or ic3"}
	}
	opt.Progress = p.show
	var done func()
	if opt.Checkpoint, done, err = f.checkpoint.of(sys); err != nil {
		return nil, err
	}
	defer done()
	start := time.Now()
	res, err := mc.Check(ctx, sys, opt)
	p.clear()
	if err != nil {
		return nil, f.checkpoint.refusal(sys, err)
	}
	res.Time = elapsed(start)
	return res, explain.Fill(res)
}

// symbolic searches one model with sets of states.
func (f *searchFlags) symbolic(ctx context.Context, sys *ir.System, opt mc.Options, p *progress) (*evidence.Result, error) {
	if f.checkpoint.save != "" || f.checkpoint.resume != "" || f.spill != "" {
		return nil, usageError{"a symbolic search can be neither saved nor spilled", "leave out --engine symbolic"}
	}
	if opt.Order != mc.BreadthFirst || opt.Store != mc.Exact || opt.Code != mc.Auto {
		return nil, usageError{"--search, --store and --code say nothing to --engine symbolic", "leave them out"}
	}
	if r := opt.Reductions; r.Symmetry == mc.Always || r.PartialOrder == mc.Always {
		return nil, usageError{"--reduction " + f.reduction + " says nothing to --engine symbolic", "leave it out, or use --reduction slicing"}
	}
	start := time.Now()
	res, err := symbolic.Check(ctx, sys, symbolic.Options{Limits: opt.Limits, Progress: p.sets, Slicing: opt.Reductions.Slicing == mc.Always})
	p.clear()
	if err != nil {
		return nil, err
	}
	res.Time = elapsed(start)
	return res, explain.Fill(res)
}

func unknownProperty(name string, known []string) error {
	hint := "no model checks anything by name"
	if len(known) > 0 {
		hint = "the models check " + strings.Join(compact(known), ", ")
		if near := spell.Nearest(name, known); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
	}
	return usageError{"no model checks a property " + name, hint}
}

// compact is the list without repetitions, in order.
func compact(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// size is a number of bytes on the command line.
type size uint64

// sizeUnits are the units that a size may have.
var sizeUnits = []struct {
	name  string
	bytes uint64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"G", 1 << 30}, {"M", 1 << 20}, {"B", 1}, {"", 1}}

func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return bytesText(uint64(*s))
}

// Set parses a size such as 2GiB.
func (s *size) Set(text string) error {
	for _, u := range sizeUnits {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || n <= 0 || n*float64(u.bytes) >= 1<<62 {
			continue
		}
		*s = size(n * float64(u.bytes))
		return nil
	}
	return fmt.Errorf("expected a size such as 2GiB or 500MB")
}

// Type names the kind of value in help texts.
func (s *size) Type() string { return "size" }

// bytesText writes a number of bytes in the unit that suits it.
func bytesText(n uint64) string {
	for _, u := range sizeUnits[:3] {
		if n >= u.bytes {
			return strconv.FormatFloat(float64(n)/float64(u.bytes), 'f', 1, 64) + " " + u.name
		}
	}
	return strconv.FormatUint(n, 10) + " B"
}
