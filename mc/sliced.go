package mc

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/slice"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/word"
)

// leastMerged is one of how many visited states a slice must merge with another
// to pay for beginning again.
const leastMerged = 10

// slice leaves out the variables that no answer depends on. That there are none
// is said if it was asked for.
func (r *reduction) slice(sys *ir.System, u Use) {
	why := ""
	if r.cut, why = slice.Of(sys); r.cut == nil && (u == Always || why != slice.AllMatter) {
		r.note("no slicing: %s", why)
	}
}

// weighSlice takes the slice back if that merges hardly any of the states that
// were visited.
func (s *search) weighSlice(r *reduction) {
	if r.cut == nil || s.opt.Reductions.Slicing == Always || len(s.parents) == 0 {
		return
	}
	if all, few := len(s.parents), s.apart(r.cut); few > all-all/leastMerged {
		r.note("no slicing: without %s %d states would still be %d", names(r.cut.Removed), all, few)
		r.cut = nil
	}
}

// apart returns how many of the visited states a slice tells apart.
func (s *search) apart(cut *slice.Slice) int {
	words := s.prog.Layout.Words
	gone, key := make([]uint64, words), make([]uint64, words)
	for _, v := range cut.Removed {
		s.prog.Layout.Cover(gone, effects.Path{Var: v})
	}
	seen := map[uint64]struct{}{}
	for id := range s.parents {
		s.store.Key(store.ID(id), key)
		for i := range key {
			key[i] &^= gone[i]
		}
		seen[word.Hash(key)] = struct{}{}
	}
	return len(seen)
}

// translated is the key of a state of the slice that s does not search.
func (s *search) translated(key []uint64, prog *program.Program, cut *slice.Slice) []uint64 {
	slots := make([]uint64, len(s.prog.Layout.Slots)+1)
	s.prog.Layout.Unpack(slots, key)
	state := cut.State(s.prog.Layout.Decode(slots))
	slots = make([]uint64, len(prog.Layout.Slots)+1)
	prog.Layout.Encode(slots, state)
	key = make([]uint64, prog.Layout.Words)
	prog.Layout.Pack(key, slots)
	return key
}

// whole turns the result for a slice into one for the System. What the slice
// decides but no run of the System shows is decided there.
func (s *search) whole(ctx context.Context, res *evidence.Result) {
	cut := s.opt.reduction.cut
	if cut == nil {
		return
	}
	open := cut.Whole(res)
	if len(open) == 0 {
		return
	}
	prog, c := program.Compile(cut.Full)
	var props []*ir.Property
	for _, i := range open {
		f := &res.Findings[i]
		*f = evidence.Finding{Prop: f.Prop, Check: f.Check}
		props = append(props, f.Prop)
		res.Basis.Notes = append(res.Basis.Notes, f.Prop.Label()+" is decided without slicing: what is left out goes on changing where its run goes round")
	}
	vacuous := res.Coverage.Vacuous
	newBeside(prog, c, newGoal(cut.Full, c), props).decide(ctx, s.opt, true, res)
	res.Coverage.Vacuous = vacuous // the slice has the same
}

// names are the names of variables in words.
func names(vars []*ir.Var) string {
	list := ""
	for i, v := range vars {
		if i > 0 {
			list += ", "
		}
		list += v.Name
	}
	return list
}
