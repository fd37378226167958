package print

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// names are what things in scope are called: *ir.Local, *ir.Var, *ir.Const
// and so on. Things that keep the name they have are not listed by people's
// printers.
type names map[any]string

// taken reports whether anything in scope is called name.
func (ns names) taken(name string) bool {
	for _, n := range ns {
		if n == name {
			return true
		}
	}
	return reserved[name]
}

// shared reports whether anything in scope but x is called name.
func (ns names) shared(x any, name string) bool {
	for y, n := range ns {
		if n == name && y != x {
			return true
		}
	}
	return false
}

// add finds a name for x that nothing else in scope has: the given one, or
// that with a number.
func (ns names) add(x any, name string) string {
	if name == "" || name == "_" {
		name = "x"
	}
	free := name
	for n := 2; ns.taken(free); n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	ns[x] = free
	return free
}

// of returns what x is called; the default is for what is not listed.
func (ns names) of(x any, name string) string {
	if n, ok := ns[x]; ok {
		return n
	}
	return name
}

// scoped runs f and forgets the names that it adds.
func (p *printer) scoped(f func()) {
	before := make(names, len(p.names))
	for k, v := range p.names {
		before[k] = v
	}
	f()
	p.names = before
}

func (p *printer) bind(l *ir.Local) string { return p.names.add(l, l.Name) }

// reserved are the words that cannot be names.
var reserved = words(`module import sort enum struct type const assume func extern machine process model var init action proc
	invariant property ctl witness scenario terminal when if then else let match for in not while either or pick where forall
	exists true false old return assert await skip loop goto fair strong use sync refines with choose always eventually next
	prev until unless release within enabled taken values subset linear requires ensures decreases AG AF AX EG EF EX A E
	none some bool result`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}
