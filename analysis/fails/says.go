package fails

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
)

// says is what is wrong with something that always fails, "" if it is a limit
// of the tool.
func (f *finder) says(t ir.Tree) string {
	switch t := t.(type) {
	case *ir.Apply:
		return f.operator(t)
	case *ir.Convert:
		return fmt.Sprintf("%s never fits %s: it is %s", f.Quote(t.Loc), t.T, f.may(t.X))
	case *ir.Payload:
		if t.X.Type().Option {
			return fmt.Sprintf("%s is always none here, which has no value", f.Quote(t.X.Span()))
		}
		return fmt.Sprintf("%s is never %s here", f.Quote(t.X.Span()), t.X.Type().Variants[t.Variant].Name)
	case *ir.Bind:
		if t.Stored {
			return fmt.Sprintf("%s never fits %s", f.Quote(t.Loc), t.As)
		}
		what := map[ir.BindKind]string{ir.Min: "take the least of", ir.Max: "take the greatest of", ir.Choose: "choose from"}[t.Kind]
		return "there is never anything to " + what
	case *ir.Assign:
		return fmt.Sprintf("%s is never there to be assigned", f.Quote(t.Target.Span))
	case *ir.AssertStmt:
		return "this assertion is never true"
	}
	return ""
}

func (f *finder) operator(e *ir.Apply) string {
	switch e.Op {
	case ir.Div, ir.Mod:
		return fmt.Sprintf("division by zero: %s is always 0", f.Quote(e.Args[1].Span()))
	case ir.Next:
		return fmt.Sprintf("nothing ever comes after %s, which is %s", f.Quote(e.Args[0].Span()), f.may(e.Args[0]))
	case ir.Prev:
		return fmt.Sprintf("nothing ever comes before %s, which is %s", f.Quote(e.Args[0].Span()), f.may(e.Args[0]))
	case ir.Slice:
		return fmt.Sprintf("this slice is never inside the sequence, which has %s", f.elements(e.Args[0]))
	case ir.Get, ir.Put:
		if e.Args[0].Type().Kind == ir.SeqKind {
			return fmt.Sprintf("%s is never an index of the sequence: it is %s, and there are %s", f.Quote(e.Args[1].Span()), f.may(e.Args[1]), f.elements(e.Args[0]))
		}
		return fmt.Sprintf("%s is never a key of the map", f.Quote(e.Args[1].Span()))
	}
	return ""
}

// may is what an expression may be, in words.
func (f *finder) may(e ir.Expr) string {
	v := f.f.Trees.Value(e)
	if v == nil {
		return "unknown"
	}
	return v.String()
}

func (f *finder) elements(e ir.Expr) string {
	v := f.f.Trees.Value(e)
	if v == nil {
		return "no elements"
	}
	return v.Length().String() + " elements"
}
