package evidence

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Contract is what came of proving a function: that it ends without an error
// for all arguments that it requires, and ensures what it says.
type Contract struct {
	Func    *ir.Func
	Verdict Verdict
	Goals   int      // how many were met
	By      []string // the solvers that say so
	// Rests are the functions of which only the contract was used; the verdict
	// holds only if theirs does.
	Rests []*ir.Func
	Unmet *Unmet // why the verdict is not Holds
}

// Finding is c as one of the findings of a model.
func (c *Contract) Finding() Finding {
	f := Finding{Prop: &ir.Property{Name: c.Func.Name, Kind: ir.Contract, Span: c.Func.Span}, Verdict: c.Verdict, Contract: c}
	if c.Unmet != nil {
		f.Why, f.Span = c.Unmet.Why, c.Unmet.Span
	}
	return f
}

// Believed are the extern functions that c rests on: what is said of them is
// taken to be so.
func (c *Contract) Believed() []*ir.Func {
	var out []*ir.Func
	for _, f := range c.Rests {
		if f.Value == nil && f.Body == nil {
			out = append(out, f)
		}
	}
	return out
}

// Unmet is a goal that was not met.
type Unmet struct {
	Goal string // in words; "" if nothing was asked
	Span source.Span
	Why  string
	Help string // what to write
	// From is where a wrong result came from: a return or a branch; invalid if
	// there is only one.
	From source.Span
	// Args are arguments for which the goal may fail; nil if none are known.
	// With Violated the reference evaluator has shown that the function fails
	// for them, and Why says how.
	Args []Binding
}
