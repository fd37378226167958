package elaborate

import (
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// declareSyncs notes the actions that happen only as part of a joint step.
func (b *builder) declareSyncs(in *instance) {
	for _, obj := range in.machine.Order {
		if y, ok := obj.(*types.Sync); ok {
			for _, r := range y.Actions {
				b.joined[key{in.at(r.Path), r.Action}] = true
			}
		}
	}
}

// declareJoint makes the action of a sync. It is as fair as the fairest of
// its parts.
func (b *builder) declareJoint(in *instance, y *types.Sync) {
	for up := in; up != nil; up = up.parent {
		if up.hidden {
			return
		}
	}
	var names []string
	fair := ast.Unfair
	for _, r := range y.Actions {
		names = append(names, strings.ReplaceAll(textOf(r.Path, r.Action.Name()), ".", "_"))
		fair = max(fair, r.Action.Decl.Fair)
	}
	name, at := strings.Join(names, "_"), y.Decl.Span()
	if y.Decl.Name != nil {
		name, at = y.Decl.Name.Name, y.Decl.Name.Span()
	}
	b.actions[key{in, y}] = b.newAction(in.prefix+name, fair, y.Decl.Doc, y.Decl.Span(), at)
}

// buildJoint joins the parts: the parameters of all, where those of one name
// and type are one parameter; the guards conjoined, before the step; the
// bodies in order.
func (b *builder) buildJoint(in *instance, y *types.Sync) {
	a := b.actions[key{in, y}]
	if a == nil {
		return
	}
	for _, r := range y.Actions {
		b.joinPart(a, in.at(r.Path), r)
	}
	b.hoist(a)
}

func (b *builder) joinPart(a *ir.Action, in *instance, r *types.ActionRef) {
	s, d := b.scope(in), r.Action.Decl
	for i, p := range d.Params {
		if i >= len(r.Action.Args) {
			break
		}
		next := s.param(p, r.Action.Args[i])
		old := paramOf(a, next.Local.Name)
		switch {
		case old == nil:
			a.Params = append(a.Params, next)
		case old.Local.Type == next.Local.Type:
			s.locals[r.Action.Args[i]] = old.Local
			if !next.ByType {
				a.Guard = b.both(a.Guard, apply(ir.In, b.t.Bool(), p.Span(), ref(old.Local, p.Span()), next.Domain))
			}
		default:
			next.Local.Name = in.prefix + next.Local.Name
			a.Params = append(a.Params, next)
		}
	}
	b.inlining = append(b.inlining, r.Action)
	defer b.leave()
	a.Guard = b.both(a.Guard, s.condition(b.guardOf(in, r.Action)))
	a.Body = append(a.Body, (&flow{s: s}).list(b.bodyOf(in, r.Action).Stmts)...)
}

func paramOf(a *ir.Action, name string) *ir.Param {
	for _, p := range a.Params {
		if p.Local.Name == name {
			return p
		}
	}
	return nil
}
