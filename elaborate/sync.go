package elaborate

import (
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// joint is a sync of an instance.
type joint struct {
	in   *instance
	decl *ast.Sync
}

// parts returns the actions that a sync joins.
func (b *builder) parts(d *ast.Sync) []*types.ActionRef {
	var out []*types.ActionRef
	for _, e := range d.Actions {
		r := b.info.Actions[e]
		if r == nil {
			b.missing(e, "action")
			continue
		}
		out = append(out, r)
	}
	return out
}

// declareSyncs notes the actions that happen only as part of a joint step.
func (b *builder) declareSyncs(in *instance) {
	for _, d := range in.machine.Decl.Members {
		if y, ok := d.(*ast.Sync); ok {
			for _, r := range b.parts(y) {
				b.joined[key{in.at(r.Path), r.Action}] = true
			}
		}
	}
}

// declareJoint makes the action of a sync. It is as fair as the fairest of
// its parts.
func (b *builder) declareJoint(in *instance, y *ast.Sync) {
	if in.silent() {
		return
	}
	var names []string
	fair := ast.Unfair
	for _, r := range b.parts(y) {
		names = append(names, strings.ReplaceAll(textOf(r.Path, r.Action.Name()), ".", "_"))
		fair = max(fair, r.Action.Decl.Fair)
	}
	name, at := strings.Join(names, "_"), y.Span()
	if y.Name != nil {
		name, at = y.Name.Name, y.Name.Span()
	}
	b.joints[joint{in, y}] = b.newAction(in.prefix+name, b.info.Defs[y.Name], fair, y.Doc, y.Span(), at)
}

// buildJoint joins the parts: the parameters of all, where those of one name
// are one parameter; the guards conjoined, before the step; the bodies in
// order.
func (b *builder) buildJoint(in *instance, y *ast.Sync) {
	a := b.joints[joint{in, y}]
	if a == nil {
		return
	}
	for _, r := range b.parts(y) {
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
		default:
			b.shareParam(a, old, next)
			s.locals[r.Action.Args[i]] = old.Local
		}
		a.Guard = b.both(a.Guard, s.refinement(p, r.Action.Args[i]))
	}
	b.inlining = append(b.inlining, r.Action)
	defer b.leave()
	a.Guard = b.both(a.Guard, s.condition(b.guardOf(in, r.Action)))
	a.Body = append(a.Body, (&flow{s: s}).plain(b.bodyOf(in, r.Action).Stmts)...)
}

// shareParam makes one parameter of two: its domain is the first one's, and it
// must be in the second one's too.
func (b *builder) shareParam(a *ir.Action, old, next *ir.Param) {
	at := next.Local.Span
	if old.Local.Type == next.Local.Type && next.ByType || next.Domain.Type() == b.invalid {
		return
	}
	x, domain, _ := b.agree(apply(ir.SetLit, b.t.Set(old.Local.Type), at, ref(old.Local, at)), next.Domain)
	a.Guard = b.both(a.Guard, apply(ir.Subset, b.t.Bool(), at, x, domain))
}

func paramOf(a *ir.Action, name string) *ir.Param {
	for _, p := range a.Params {
		if p.Local.Name == name {
			return p
		}
	}
	return nil
}
