package elaborate

import "github.com/spec-lang/spec/typecheck/types"

// names are the top-level names of the System. What the root machine and its
// module declare keeps its name; what comes from elsewhere makes way.
type names struct {
	own   map[string]types.Object // declared by the root machine or its module
	taken map[string]bool
}

// reserveNames keeps the names of the root machine and its module for them.
func (b *builder) reserveNames() {
	b.names.taken[doneLabel] = true
	m := b.root.machine
	mod, ok := m.Owner().(*types.Module)
	if !ok {
		return
	}
	for _, obj := range mod.Order {
		b.names.own[obj.Name()] = obj
		if t, ok := obj.(*types.TypeName); ok {
			for _, v := range t.Variants {
				b.names.taken[v.Name()] = true
			}
		}
	}
	for _, obj := range append(m.Params[:len(m.Params):len(m.Params)], m.Order...) {
		b.names.own[obj.Name()] = obj
	}
}

// unique takes a name that nothing else has: name itself if it is free or
// reserved for obj, else with the module of obj before it or a number after.
func (b *builder) unique(name string, obj types.Object) string {
	if obj != nil && b.names.own[name] == obj && !b.names.taken[name] {
		b.names.taken[name] = true
		return name
	}
	free := func(name string) bool { return !b.names.taken[name] && b.names.own[name] == nil }
	got := name
	if mod := moduleOf(obj); mod != nil && !free(got) && moduleOf(b.root.machine) != mod {
		name = mod.Name() + "_" + name
		got = name
	}
	for n := 2; !free(got); n++ {
		got = name + "_" + itoa(n)
	}
	b.names.taken[got] = true
	return got
}

// moduleOf returns the module that obj is declared in, nil of nothing.
func moduleOf(obj types.Object) *types.Module {
	for obj != nil {
		if mod, ok := obj.(*types.Module); ok {
			return mod
		}
		obj = obj.Owner()
	}
	return nil
}
