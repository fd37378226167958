package kernel

// Names of the symbols of sequences. None is an identifier, so that no function
// with a definition can have it.
const (
	Nil    = "[]"   // the empty sequence
	Cons   = "[_]+" // an element before a sequence
	Append = "++"
	Len    = "#len"
	Head   = "[0]"  // of the empty sequence: anything
	Tail   = "[1:]" // of the empty sequence: anything
)

// Empty is the empty sequence of a sort of sequences.
func Empty(s Sort) *Term { return F(Nil, s) }

// Push is a sequence with x before it.
func Push(x, s *Term) *Term { return F(Cons, s.Sort, x, s) }

// Facts of data, by name, with how many terms they are about: x is an
// element, s and t are sequences.
var facts = map[string]struct {
	terms int
	fact  func(t []*Term) *Term
}{
	"append nil": {1, func(t []*Term) *Term { return T(Eq, F(Append, t[0].Sort, Empty(t[0].Sort), t[0]), t[0]) }},
	"append cons": {3, func(t []*Term) *Term {
		return T(Eq, F(Append, t[1].Sort, Push(t[0], t[1]), t[2]), Push(t[0], F(Append, t[1].Sort, t[1], t[2])))
	}},
	"len nil":   {1, func(t []*Term) *Term { return T(Eq, F(Len, Int, Empty(t[0].Sort)), I(0)) }},
	"len cons":  {2, func(t []*Term) *Term { return T(Eq, F(Len, Int, Push(t[0], t[1])), T(Add, F(Len, Int, t[1]), I(1))) }},
	"head cons": {2, func(t []*Term) *Term { return T(Eq, F(Head, t[0].Sort, Push(t[0], t[1])), t[0]) }},
	"tail cons": {2, func(t []*Term) *Term { return T(Eq, F(Tail, t[1].Sort, Push(t[0], t[1])), t[1]) }},
	"cons nil":  {2, func(t []*Term) *Term { return T(Not, T(Eq, Push(t[0], t[1]), Empty(t[1].Sort))) }},
	"len tail": {1, func(t []*Term) *Term {
		return T(Or, T(Eq, t[0], Empty(t[0].Sort)), T(Eq, F(Len, Int, t[0]), T(Add, F(Len, Int, F(Tail, t[0].Sort, t[0])), I(1))))
	}},
	"len least": {1, func(t []*Term) *Term { return T(Le, I(0), F(Len, Int, t[0])) }},
}

// aboutSequences reports whether the terms of a fact have fitting sorts: an
// element first if the fact has one, sequences of it behind.
func aboutSequences(name string, t []*Term) bool {
	first := 0
	if f := facts[name]; f.terms > 1 {
		first = 1
	}
	for _, s := range t[first:] {
		if len(s.Sort) < 3 || s.Sort[:2] != "[]" || s.Sort != t[len(t)-1].Sort || !closed(s, 0) {
			return false
		}
	}
	return first == 0 || Seq(t[0].Sort) == t[1].Sort && closed(t[0], 0)
}

func (s *step) data() Sequent {
	switch s.Rule {
	case Fact:
		f, ok := facts[s.Name]
		if !ok || len(s.Terms) != f.terms || !aboutSequences(s.Name, s.Terms) {
			return s.refuse("there is no fact %q about such terms", s.Name)
		}
		return s.from(f.fact(s.Terms))
	case Enumerate:
		return s.enumerate()
	case Naturals:
		return s.naturals()
	default:
		return s.sequences()
	}
}

func (s *step) enumerate() Sequent {
	sort := Sort(s.Name)
	all := s.th.Enums[sort]
	if len(all) == 0 {
		return s.refuse("%s is no enum", sort)
	}
	x := V("x", sort)
	any := T(Eq, x, F(all[0], sort))
	distinct := Truth(true)
	for i, a := range all {
		if i > 0 {
			any = T(Or, any, T(Eq, x, F(a, sort)))
		}
		for _, b := range all[:i] {
			distinct = T(And, distinct, T(Not, T(Eq, F(a, sort), F(b, sort))))
		}
	}
	return s.from(T(And, Bind(Forall, x, any), distinct))
}

// claim is p(n) of an induction over the variable n, with some terms more.
func (s *step) claim(sort func(Sort) bool, more int) (n, p *Term) {
	n = s.variable()
	if len(s.Terms) != more || !sort(n.Sort) || s.Terms[0].Sort != Bool || !closed(s.Terms[0], 0) {
		s.refuse("the induction has no claim")
		return V("n", Int), Truth(true)
	}
	return n, s.Terms[0]
}

func (s *step) naturals() Sequent {
	n, p := s.claim(func(sort Sort) bool { return sort == Int }, 2)
	if s.why != "" {
		return Sequent{}
	}
	least := s.Terms[1]
	if least.Sort != Int || !closed(least, 0) || Occurs(n, least) {
		return s.refuse("the induction has no least number")
	}
	s.need(s.goal(0, 0), Replace(p, n, least))
	s.need(s.goal(1, 0), Replace(p, n, T(Add, n, I(1))))
	s.discharge(1, p, T(Le, least, n))
	s.fresh(n, s.from(nil).Hyps...)
	return s.from(Bind(Forall, n, T(Implies, T(Le, least, n), p)))
}

func (s *step) sequences() Sequent {
	n, p := s.claim(func(sort Sort) bool { return len(sort) > 2 && sort[:2] == "[]" }, 2)
	if s.why != "" {
		return Sequent{}
	}
	x := s.Terms[1]
	if x.Op != Free || Seq(x.Sort) != n.Sort || Occurs(x, p) {
		return s.refuse("the induction has no new element")
	}
	s.need(s.goal(0, 0), Replace(p, n, Empty(n.Sort)))
	s.need(s.goal(1, 0), Replace(p, n, Push(x, n)))
	s.discharge(1, p)
	s.fresh(n, s.from(nil).Hyps...)
	s.fresh(x, s.from(nil).Hyps...)
	return s.from(Bind(Forall, n, p))
}
