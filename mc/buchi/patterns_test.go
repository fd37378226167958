package buchi

import "testing"

// TestPatterns has the property patterns of Dwyer, Avrunin and Corbett,
// "Patterns in property specifications for finite-state verification", ICSE
// 1999, in their scopes: all are expressed, and the automata of their negations
// stay small. p is 0, s 1, q 2, r 3, t 4.
func TestPatterns(t *testing.T) {
	f := NewFormulas()
	p, s, q, r, u := f.Prop(0), f.Prop(1), f.Prop(2), f.Prop(3), f.Prop(4)
	not, and, or := f.Not, f.And, f.Or
	always, eventually, until, unless, implies := f.Always, f.Eventually, f.Until, f.Unless, f.Implies
	before := func(x Formula) Formula { return implies(eventually(r), x) } // x ends with r
	between := func(x Formula) Formula { return always(implies(and(q, not(r), eventually(r)), x)) }
	after := func(x Formula) Formula { return always(implies(and(q, not(r)), x)) } // after q until r
	answer := implies(p, until(not(r), and(s, not(r))))
	for _, tt := range []struct {
		name   string
		x      Formula
		states int // of the negation, at most
	}{
		{"absence", always(not(p)), 2},
		{"absence before", before(until(not(p), r)), 3},
		{"absence after", always(implies(q, always(not(p)))), 3},
		{"absence between", between(until(not(p), r)), 4},
		{"absence after until", after(unless(not(p), r)), 3},
		{"existence", eventually(p), 1},
		{"existence before", unless(not(r), and(p, not(r))), 2},
		{"existence after", or(always(not(q)), eventually(and(q, eventually(p)))), 3},
		{"existence between", between(unless(not(r), and(p, not(r)))), 3},
		{"existence after until", after(until(not(r), and(p, not(r)))), 3},
		{"universality", always(p), 2},
		{"universality before", before(until(p, r)), 3},
		{"universality after", always(implies(q, always(p))), 3},
		{"universality between", between(until(p, r)), 4},
		{"universality after until", after(unless(p, r)), 3},
		{"precedence", unless(not(p), s), 2},
		{"precedence before", before(until(not(p), or(s, r))), 3},
		{"precedence after", or(always(not(q)), eventually(and(q, unless(not(p), s)))), 4},
		{"precedence between", between(until(not(p), or(s, r))), 4},
		{"precedence after until", after(unless(not(p), or(s, r))), 3},
		{"response", always(implies(p, eventually(s))), 2},
		{"response before", before(until(answer, r)), 4},
		{"response after", always(implies(q, always(implies(p, eventually(s))))), 3},
		{"response between", between(until(answer, r)), 5},
		{"response after until", after(unless(answer, r)), 4},
		{"chain: s and t answer p", always(implies(p, eventually(and(s, f.Next(eventually(u)))))), 3},
		{"chain: p answers s and t", always(implies(and(s, f.Next(eventually(u))), f.Next(eventually(and(u, eventually(p)))))), 5},
		{"chain: s and t precede p", implies(eventually(p), until(not(p), and(s, not(p), f.Next(until(not(p), u))))), 6},
	} {
		a := automaton(t, f, f.Not(tt.x))
		t.Logf("%-26s %d states, %d transitions, %d sets", tt.name, len(a.Edges), a.Transitions(), a.Sets)
		if len(a.Edges) == 0 || len(a.Edges) > tt.states {
			t.Errorf("%s: %d states, want 1 to %d", tt.name, len(a.Edges), tt.states)
		}
	}
}
