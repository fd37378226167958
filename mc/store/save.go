package store

import "github.com/spec-lang/spec/mc/wire"

// Save writes the store; nobody may be inserting. The tables are not written:
// they follow from the arenas.
func (t *Exact) Save(w *wire.Writer) {
	w.Int(t.units)
	w.Bool(t.rows())
	for i, p := range t.inner {
		p.save(w, t.rests(i))
	}
	t.states.save(w, t.rests(len(t.inner)))
}

// rests are the numbers of table i (the states come last) that were given to
// writers and not used.
func (t *Exact) rests(i int) []block {
	p, rests := t.states, []block(nil)
	if i < len(t.inner) {
		p = t.inner[i]
	}
	rests = append(rests, p.holes...)
	for _, w := range t.writers {
		if i < len(t.inner) {
			rests = append(rests, w.inner[i])
		} else {
			rests = append(rests, w.states)
		}
	}
	return rests
}

// Load fills an empty store with what Save wrote. Numbers stay the same.
func (t *Exact) Load(r *wire.Reader) error {
	if r.Uint() != uint64(t.units) {
		return wire.ErrDamaged
	}
	if rows := r.Bool(); rows != t.rows() {
		if rows {
			return wire.ErrDamaged
		}
		t.states, t.inner = t.newStates(1), t.newInner()
	}
	for _, p := range t.inner {
		if err := p.load(r); err != nil {
			return err
		}
	}
	return t.states.load(r)
}

func (p *records) save(w *wire.Writer, holes []block) {
	w.Uint(uint64(p.next))
	w.Int(len(holes))
	for _, h := range holes {
		w.Uint(uint64(h.next))
		w.Uint(uint64(h.end))
	}
	for id := uint32(0); id < p.next; {
		c := p.arena.rest(id)
		n := min(len(c), int(p.next-id)*p.arena.words)
		w.Words(c[:n])
		id += uint32(n / p.arena.words)
	}
}

func (p *records) load(r *wire.Reader) error {
	p.next = uint32(r.Int(Capacity))
	for range r.Int(1 << 20) {
		p.holes = append(p.holes, block{uint32(r.Int(Capacity)), uint32(r.Int(Capacity))})
	}
	for id := uint32(0); id < p.next && r.Err() == nil; {
		if err := p.arena.reach(id); err != nil {
			return err
		}
		c := p.arena.rest(id)
		n := min(len(c), int(p.next-id)*p.arena.words)
		r.Words(c[:n])
		id += uint32(n / p.arena.words)
	}
	if r.Err() == nil {
		p.grow(0, p.holes, 1)
	}
	return r.Err()
}
