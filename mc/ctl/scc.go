package ctl

// frame is a state whose steps are being followed; next is the one to look at.
type frame struct {
	id   uint32
	next int
}

// split finds the strongly connected components within part, after Tarjan, "Depth-first search and
// linear graph algorithms", SIAM Journal on Computing 1 (1972), with a stack in
// place of recursion. Each that a run can stay in is handed to visit.
func (f *fairness) split(part []uint32, visit func(comp []uint32)) {
	if f.index == nil {
		f.index, f.low = make([]uint32, f.g.Len()), make([]uint32, f.g.Len())
	}
	f.parts++
	f.part, f.count = f.parts, 0
	for _, id := range part {
		f.region[id], f.index[id] = f.part, 0
	}
	for _, id := range part {
		if f.index[id] == 0 {
			f.search(id, visit)
		}
	}
}

func (f *fairness) search(root uint32, visit func([]uint32)) {
	f.enter(root)
	for len(f.frames) > 0 {
		top := &f.frames[len(f.frames)-1]
		to, _ := f.g.Out(top.id)
		if top.next < len(to) {
			f.follow(top.id, to[top.next])
			top.next++
			continue
		}
		id := top.id
		f.frames = f.frames[:len(f.frames)-1]
		if len(f.frames) > 0 {
			above := f.frames[len(f.frames)-1].id
			f.low[above] = min(f.low[above], f.low[id])
		}
		if f.low[id] == f.index[id] {
			f.leave(id, visit)
		}
	}
}

// inside reports whether a step leads to a state of the part that belongs to
// no component yet.
func (f *fairness) inside(to uint32) bool { return int(to) < len(f.region) && f.region[to] == f.part }

func (f *fairness) enter(id uint32) {
	f.count++
	f.index[id], f.low[id] = f.count, f.count
	f.open = append(f.open, id)
	f.frames = append(f.frames, frame{id: id})
}

func (f *fairness) follow(from, to uint32) {
	switch {
	case !f.inside(to):
	case f.index[to] == 0:
		f.enter(to)
	default:
		f.low[from] = min(f.low[from], f.index[to])
	}
}

// leave takes the component of id, complete now, off the stack.
func (f *fairness) leave(id uint32, visit func([]uint32)) {
	at := len(f.open) - 1
	for f.open[at] != id {
		at--
	}
	comp := f.open[at:]
	for _, id := range comp {
		f.region[id] = 0
	}
	if len(comp) > 1 || f.turns(id) {
		visit(append([]uint32(nil), comp...))
	}
	f.open = f.open[:at]
}

// turns reports whether a state has a step to itself.
func (f *fairness) turns(id uint32) bool {
	to, _ := f.g.Out(id)
	for _, t := range to {
		if t == id {
			return true
		}
	}
	return false
}
