package store

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/word"
)

// Fingerprints is a Store that keeps 64 bits of a hash of each state. With n
// states the odds that two of them were taken for one are at most n*n/2^65
// (birthday bound; Stern and Dill, "Improved probabilistic verification by
// hash compaction", CHARME 1995).
type Fingerprints struct {
	mu      sync.RWMutex // as in Exact
	table   []uint64
	count   atomic.Uint64
	queue   queue
	writers int
	limit   uint64
}

// NewFingerprints returns an empty store for keys of the given number of
// words. Memory is how many bytes it may take; 0 means any.
func NewFingerprints(words int, memory uint64) *Fingerprints {
	return &Fingerprints{table: make([]uint64, 2*leastTable), queue: queue{words: words}, limit: memory}
}

// Odds returns the odds that two of n states were taken for one.
func Odds(n uint64) float64 { return float64(n) / 2 * float64(n) / (1 << 63) / 2 }

type fingerWriter struct {
	s      *Fingerprints
	block  block
	hashes []uint64
	sink   uint64
}

// NewWriter returns a Writer.
func (s *Fingerprints) NewWriter() Writer {
	s.writers++
	return &fingerWriter{s: s}
}

// Insert adds keys.
func (w *fingerWriter) Insert(keys []uint64, fresh []Fresh) ([]Fresh, error) {
	words := w.s.queue.words
	for at, n := 0, len(keys)/words; at < n; at += group {
		end := min(at+group, n)
		if err := w.s.enter(); err != nil {
			return fresh, err
		}
		fresh = w.insert(keys[at*words:end*words], at, fresh)
		w.s.mu.RUnlock()
	}
	return fresh, nil
}

// enter locks the store for an insertion, and lets it grow before if need be.
func (s *Fingerprints) enter() error {
	for {
		s.mu.RLock()
		if s.room() {
			return nil
		}
		s.mu.RUnlock()
		if err := s.grow(); err != nil {
			return err
		}
	}
}

func (s *Fingerprints) room() bool {
	return s.count.Load()+uint64(s.writers*group) < uint64(len(s.table))/loadDen*loadNum
}

func (s *Fingerprints) grow() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.room() {
		return nil
	}
	old := s.table
	if need := uint64(len(old))*24 + s.queue.bytes(); s.limit > 0 && need > s.limit {
		return &FullError{fmt.Sprintf("the limit of %d bytes of memory", s.limit)}
	}
	s.table = words(2 * len(old))
	mask := uint64(len(s.table) - 1)
	for _, h := range old {
		if h == 0 {
			continue
		}
		at := h & mask
		for s.table[at] != 0 {
			at = (at + 1) & mask
		}
		s.table[at] = h
	}
	return nil
}

func (w *fingerWriter) insert(keys []uint64, base int, fresh []Fresh) []Fresh {
	s, size := w.s, w.s.queue.words
	mask := uint64(len(s.table) - 1)
	w.hashes = w.hashes[:0]
	for at := 0; at < len(keys); at += size {
		h := max(word.Hash(keys[at:at+size]), 1)
		w.hashes = append(w.hashes, h)
		w.sink += atomic.LoadUint64(&s.table[h&mask]) // asks for it ahead
	}
	for i, h := range w.hashes {
		if !s.add(h, mask) {
			continue
		}
		s.count.Add(1)
		id := s.queue.take(&w.block, group)
		copy(s.queue.at(id), keys[i*size:(i+1)*size])
		fresh = append(fresh, Fresh{base + i, ID(id)})
	}
	return fresh
}

// add reports whether a fingerprint is new.
func (s *Fingerprints) add(h, mask uint64) bool {
	for at := h & mask; ; at = (at + 1) & mask {
		e := atomic.LoadUint64(&s.table[at])
		if e == 0 {
			if atomic.CompareAndSwapUint64(&s.table[at], 0, h) {
				return true
			}
			e = atomic.LoadUint64(&s.table[at])
		}
		if e == h {
			return false
		}
	}
}

// Key writes the key of a state that is not forgotten.
func (s *Fingerprints) Key(id ID, key []uint64) { copy(key, s.queue.at(uint32(id))) }

// Keys writes the keys of states that are not forgotten.
func (s *Fingerprints) Keys(from, to ID, keys []uint64) { s.queue.keys(from, to, keys) }

// Mark is where the store stands.
func (s *Fingerprints) Mark() Mark { return s.queue.mark() }

// Forget drops the keys of old states.
func (s *Fingerprints) Forget(m Mark) { s.queue.forget(m) }

// Bytes is how much memory the store takes.
func (s *Fingerprints) Bytes() uint64 {
	f := s.Figures()
	return f.Index + f.Keys
}

// Figures describes the store in numbers.
func (s *Fingerprints) Figures() Figures {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return Figures{Slots: uint64(len(s.table)), Index: uint64(len(s.table)) * 8, Keys: s.queue.bytes()}
}
