package ast

func (w walker) expr(e Expr) {
	switch e := e.(type) {
	case *Select:
		w.node(e.X)
		w.ident(e.Sel)
	case *Index:
		w.node(e.X)
		w.node(e.I)
	case *Slice:
		w.node(e.X)
		w.node(e.Lo)
		w.node(e.Hi)
	case *Call:
		w.node(e.Fun)
		for _, a := range e.Args {
			w.ident(a.Name)
			w.node(a.Value)
		}
	case *AtLabel:
		w.node(e.X)
		w.ident(e.Label)
	case *Unary:
		w.node(e.X)
	case *Binary:
		w.node(e.X)
		w.node(e.Y)
	case *Paren:
		w.node(e.X)
	case *Tuple:
		nodes(w, e.Elems)
	case *If:
		w.node(e.Cond)
		w.node(e.Then)
		w.node(e.Else)
	case *Let:
		w.ident(e.Name)
		w.node(e.Type)
		w.node(e.Value)
		w.node(e.Body)
	case *Match:
		w.node(e.X)
		for i := range e.Arms {
			w.node(&e.Arms[i].Pattern)
			w.node(e.Arms[i].Body)
		}
	case *With:
		w.node(e.X)
		for _, u := range e.Updates {
			w.ident(u.Field)
			w.node(u.Index)
			w.node(u.Value)
		}
	case *SetLit:
		nodes(w, e.Elems)
	case *MapLit:
		w.ordered(func(w walker) {
			for _, entry := range e.Entries {
				w.node(entry.Key)
				w.node(entry.Value)
			}
			w.node(e.Default)
		})
	case *SeqLit:
		nodes(w, e.Elems)
	case *SetComp:
		w.node(e.Elem)
		parts(w, e.Binders)
		w.node(e.Cond)
	case *SeqComp:
		w.node(e.Elem)
		parts(w, e.Binders)
		w.node(e.Cond)
	case *MapComp:
		w.node(e.Key)
		w.node(e.Value)
		parts(w, e.Binders)
		w.node(e.Cond)
	case *Quant:
		parts(w, e.Binders)
		w.node(e.Body)
	case *Fold:
		w.ident(e.Acc)
		w.node(e.Init)
		parts(w, e.Binders)
		w.node(e.Body)
	case *Choose:
		w.node(&e.Binder)
		w.node(e.Where)
	case *Old:
		w.node(e.X)
	case *Values:
		w.node(e.Type)
	case *PathQuant:
		w.node(e.P)
		w.node(e.Q)
	case *ActionPred:
		w.node(e.Action)
		nodes(w, e.Args)
	case *Within:
		w.node(e.Bound)
		w.node(e.X)
	}
}
