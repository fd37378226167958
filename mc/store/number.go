package store

// Number writes to ids the numbers of the keys that stand one after the
// other, and adds those that are new. It is for one goroutine that uses nothing
// else to insert; the states are numbered 0, 1, 2 and so on then. It fails if
// the store cannot grow.
func (t *Exact) Number(keys []uint64, ids []ID) error {
	if len(t.writers) == 0 {
		t.NewWriter()
	}
	words := t.words()
	for at := 0; at < len(ids); at += portion {
		end := min(at+portion, len(ids))
		if err := t.enter(end - at); err != nil {
			return err
		}
		var err error
		if part := keys[at*words : end*words]; t.rows() {
			err = t.writers[0].numberRows(part, ids[at:end])
		} else {
			err = t.writers[0].number(part, words, ids[at:end])
		}
		t.mu.RUnlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// number is Number under the lock.
func (w *exactWriter) number(keys []uint64, words int, ids []ID) (err error) {
	for at := 0; at < len(ids); at += group {
		end := min(at+group, len(ids))
		for i := at; i < end; i++ {
			pair := keys[i*words]
			if w.t.units > 2 {
				if pair, err = w.fold(keys[i*words : (i+1)*words]); err != nil {
					break
				}
			}
			w.wait = append(w.wait, waiting{index: i, pair: pair, hash: hashPair(pair)})
		}
		if err == nil {
			err = w.resolve(ids)
		}
		w.wait = w.wait[:0]
		if err != nil {
			return err
		}
	}
	return nil
}

// resolve numbers the waiting keys. As in settle, the reads of the first loop
// do not depend on each other.
func (w *exactWriter) resolve(ids []ID) error {
	p, sum := w.t.states, uint64(0)
	for i := range w.wait {
		x := &w.wait[i]
		if x.at, x.entry = p.candidate(uint32(x.hash), x.hash); x.entry != 0 {
			sum += *p.arena.at(x.entry&p.mask - 1)
		}
	}
	w.sink = sum
	for i := range w.wait {
		x := &w.wait[i]
		id, _, err := p.insert(&w.states, w.size, x.pair, x.hash, x.at)
		if err != nil {
			return err
		}
		ids[x.index] = ID(id)
	}
	return nil
}
