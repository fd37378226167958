package porder

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
)

// result is an outcome of an instance, as the judge computes it.
type result struct {
	text  string
	state []ir.Value // nil if it failed
}

// results are the outcomes of an instance in a state, each once, in order.
func results(sys *ir.System, in *instance, state []ir.Value) []result {
	var out []result
	for _, o := range eval.Successors(sys, state) {
		if o.Action != in.action || len(o.Args) < len(in.args) && o.Err == nil || !startsWith(o.Args, in.args) {
			continue
		}
		r := result{state: o.State}
		switch {
		case o.Err != nil:
			r = result{text: fmt.Sprint(o.Err.Kind, o.Err.Span)}
		case o.Assert != nil:
			r = result{text: fmt.Sprint("assert", o.Assert.Span())}
		default:
			r.text = irtest.Key(o.State)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b result) int { return slices.Compare([]byte(a.text), []byte(b.text)) })
	return slices.CompactFunc(out, func(a, b result) bool { return a.text == b.text })
}

func startsWith(args, with []ir.Value) bool {
	n := min(len(args), len(with))
	return slices.EqualFunc(args[:n], with[:n], ir.Equal)
}

func texts(rs []result) string {
	s := ""
	for _, r := range rs {
		s += r.text + "\n"
	}
	return s
}

// both are the outcomes of first and then second; where first fails, the
// failure, and where second fails after it, that.
func both(sys *ir.System, first, second *instance, state []ir.Value) (out []result, stopped bool) {
	for _, r := range results(sys, first, state) {
		if r.state == nil {
			continue
		}
		more := results(sys, second, r.state)
		stopped = stopped || len(more) == 0
		out = append(out, more...)
	}
	out = slices.DeleteFunc(out, func(r result) bool { return r.state == nil })
	slices.SortFunc(out, func(a, b result) int { return slices.Compare([]byte(a.text), []byte(b.text)) })
	return slices.CompactFunc(out, func(a, b result) bool { return a.text == b.text }), stopped
}

// verifyRelations checks in some states of a System that instances which
// accord do, and that enabling sets are needed.
func verifyRelations(t *testing.T, sys *ir.System) (pairs, waits int) {
	t.Helper()
	prog, c := program.Compile(sys)
	r, why := New(prog, c, nil)
	if r == nil {
		if why == "" {
			t.Error("refused without a reason")
		}
		return 0, 0
	}
	s := r.NewSet()
	key, slots := make([]uint64, prog.Layout.Words), make([]uint64, len(prog.Layout.Slots)+1)
	states := irtest.ExploreUpTo(sys, 40).States
	for n, state := range states {
		if n >= 40 {
			break
		}
		prog.Layout.Encode(slots, state)
		prog.Layout.Pack(key, slots)
		s.Reduce(key)
		after := make([][]result, len(r.list))
		for i, in := range r.list {
			after[i] = results(sys, in, state)
			if got, want := s.enabled.Has(i), len(after[i]) > 0; got != want {
				t.Fatalf("%s%v enabled in %s: got %v, want %v", in.action.Name, in.args, irtest.Key(state), got, want)
			}
		}
		for i, in := range r.list {
			if len(after[i]) == 0 {
				waits += s.stay(t, sys, i, after)
				continue
			}
			for j := range i {
				if len(after[j]) == 0 || r.demands[i].Has(j) {
					continue
				}
				pairs++
				accords(t, sys, in, r.list[j], state)
			}
		}
	}
	return pairs, waits
}

// stay checks that no step outside the enabling set of i enables it.
func (s *Set) stay(t *testing.T, sys *ir.System, i int, after [][]result) int {
	needed := s.enabling(i)
	n := 0
	for j := range s.r.list {
		if j == i || needed.Has(j) {
			continue
		}
		for _, o := range after[j] {
			if o.state == nil {
				continue
			}
			n++
			if len(results(sys, s.r.list[i], o.state)) > 0 {
				t.Fatalf("%s%v is enabled by %s%v, which is not in its enabling set", s.r.list[i].action.Name, s.r.list[i].args,
					s.r.list[j].action.Name, s.r.list[j].args)
			}
		}
	}
	return n
}

func accords(t *testing.T, sys *ir.System, a, b *instance, state []ir.Value) {
	ab, noB := both(sys, a, b, state)
	ba, noA := both(sys, b, a, state)
	if noA || noB || texts(ab) != texts(ba) {
		t.Fatalf("%s%v and %s%v do not accord in %s:\n%s\n%s", a.action.Name, a.args, b.action.Name, b.args,
			irtest.Key(state), texts(ab), texts(ba))
	}
	failures := func(in *instance, s []ir.Value) string {
		return texts(slices.DeleteFunc(results(sys, in, s), func(r result) bool { return r.state != nil }))
	}
	for _, o := range results(sys, a, state) {
		if o.state != nil && failures(b, state) != failures(b, o.state) {
			t.Fatalf("%s%v fails otherwise after %s%v", b.action.Name, b.args, a.action.Name, a.args)
		}
	}
}

func TestRelations(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { verifyRelations(t, k.Sys) })
	}
	n := uint64(60)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 10_000
	}
	pairs, waits := 0, 0
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p, w := verifyRelations(t, irtest.Random(seed))
			pairs, waits = pairs+p, waits+w
		})
	}
	t.Logf("%d pairs, %d waits", pairs, waits)
	if pairs < 500 || waits < 200 {
		t.Errorf("only %d pairs and %d waits were compared", pairs, waits)
	}
}

// TestBreakers looks for a cycle without a breaker among the first states.
func TestBreakers(t *testing.T) {
	n := uint64(60)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 10_000
	}
	spared := 0
	verify := func(t *testing.T, sys *ir.System) {
		prog, c := program.Compile(sys)
		r, _ := New(prog, c, nil)
		if r == nil {
			return
		}
		to := map[string][]string{}
		for _, state := range irtest.ExploreUpTo(sys, 60).States {
			from := irtest.Key(state)
			for i, in := range r.list {
				if r.breakers.Has(i) {
					continue
				}
				for _, o := range results(sys, in, state) {
					if o.state != nil && o.text != from {
						spared++
						to[from] = append(to[from], o.text)
					}
				}
			}
			if len(to) > 60 {
				break
			}
		}
		if cyclicGraph(to) {
			t.Error("there is a cycle without a breaker")
		}
	}
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { verify(t, k.Sys) })
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { verify(t, irtest.Random(seed)) })
	}
	if spared < 50 {
		t.Errorf("only %d steps were not of breakers", spared)
	}
}

func cyclicGraph(to map[string][]string) bool {
	colour := map[string]int{}
	var visit func(s string) bool
	visit = func(s string) bool {
		colour[s] = 1
		for _, u := range to[s] {
			if colour[u] == 1 || colour[u] == 0 && visit(u) {
				return true
			}
		}
		colour[s] = 2
		return false
	}
	for s := range to {
		if colour[s] == 0 && visit(s) {
			return true
		}
	}
	return false
}
