// Package porder leaves out steps whose order does not matter: a partial order
// reduction by stubborn sets.
//
// The state is cut into cells (what a key of a total function maps to, whether
// a value is in a set), and every action into instances, one for each value of
// its parameters. A walk over an instance with its parameters in place says
// which cells it reads, which values it may leave in which cells, and which
// cells decide each conjunct of its guard. From that come three relations:
// whether two instances accord (in either order they lead to the same, and
// none disables the other), which instances can make a conjunct true, and
// which can make a property true or false. In a state a set of instances is
// then closed under them, once from each enabled instance, and the set with
// the fewest enabled members is explored. The method is that of A. Valmari,
// "Stubborn sets for reduced state space generation" (1990), with the guards
// of A. Laarman, E. Pater, J. van de Pol and M. Weber, "Guard-based
// partial-order reduction", SPIN 2013.
//
// Why verdicts stay. Let w be a run from a state s to something that is looked
// for, and T the set explored in s.
//
//   - If w has instances of T, the first of them, a, accords with all before
//     it: an instance that does not is in T too, and if a were disabled in s,
//     so would be one that w needs to enable it. So a can be taken first. What
//     remains leads to the same state and is shorter.
//   - If w has none, any enabled t of T can be taken first, and w after it. A
//     deadlock at the end of w is then impossible, since t stays enabled. A
//     failure at the end of w is still there: it hangs on cells only that t
//     does not write. A property that is false (of a witness: true) at the end
//     of w stays so unless t may undo that; but then T has all instances that
//     may bring it about, w has none of them, and s itself is such a state.
//   - That an instance is taken is kept as a failure is: let it be the last step
//     of w. So an action that the reduced search never takes is never taken.
//   - The second case does not go on for ever: every cycle of states has a
//     breaker (see Reducer.cycles), and where T has an enabled one, all
//     instances are explored. That is known before the search, so it fits any
//     order of search and any number of workers, and holds for liveness too.
//     Steps from a state to itself are on no cycle of two states: the caller
//     explores all if a reduced set leads nowhere else.
//
// Failing is an outcome: an instance whose guard fails is enabled, and if a
// reduced set has a failure, the caller explores all. An instance that may
// lead out of the bounds of a model is a breaker: no detour of w is cut off.
// For step properties, instances that matter keep their order, and a property
// that could be false of a step that changes nothing it reads is refused. For
// formulas of linear time without next, all that matters to any part of them
// keeps its order. CTL, fairness and taken(A) in such formulas are refused.
//
// The cells are not the paths of ir/effects, and do not come from them: a walk
// over one instance evaluates what it can, so that it knows which values a step
// may leave where and which values a condition wants, and takes no branch that
// cannot be taken. Accordance and the enablers rest on these values; a path says
// only that something is read or written.
//
// A reduced search may find longer counterexamples, and counts fewer states,
// steps and uses of actions.
package porder
