package mutate

import (
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Same reports whether two systems make the same steps, with the same fairness,
// from every state that the first one reaches. Steps that change nothing do not
// count where others are possible. It looks at no more than a number of states,
// and reports false beyond.
func Same(a, b *ir.System, states int) bool {
	if len(a.Vars) != len(b.Vars) || !slices.EqualFunc(a.Actions, b.Actions, sameFairness) {
		return false
	}
	seen := map[string]bool{}
	ours, todo := describe(eval.Initial(a), "")
	if theirs, _ := describe(eval.Initial(b), ""); !slices.Equal(ours, theirs) {
		return false
	}
	for len(todo) > 0 {
		state := todo[0]
		todo = todo[1:]
		key := format(state)
		if seen[key] {
			continue
		}
		if seen[key] = true; len(seen) > states {
			return false
		}
		ours, next := describe(eval.Successors(a, state), key)
		if theirs, _ := describe(eval.Successors(b, state), key); !slices.Equal(ours, theirs) {
			return false
		}
		todo = append(todo, next...)
	}
	return true
}

func sameFairness(a, b *ir.Action) bool { return a.Name == b.Name && a.Fair == b.Fair }

// describe returns what can happen in a state as a sorted list without
// repetitions, and the states that it leads to.
func describe(outcomes []eval.Outcome, state string) (happens []string, next [][]ir.Value) {
	stays := false
	for _, o := range outcomes {
		line := format(o.Args) + " -> "
		if o.Action != nil {
			line = o.Action.Name + line
		}
		switch to := format(o.State); {
		case o.Err != nil:
			line += o.Err.Error()
		case o.Assert != nil:
			line += "assertion"
		case to == state:
			stays = true
			continue
		default:
			line += to
			next = append(next, o.State)
		}
		happens = append(happens, line)
	}
	if stays && len(happens) == 0 {
		return []string{"stays"}, nil
	}
	slices.Sort(happens)
	return slices.Compact(happens), next
}

func format(values []ir.Value) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(ir.Format(v))
		b.WriteByte(';')
	}
	return b.String()
}
