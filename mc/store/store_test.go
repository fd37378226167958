package store_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/spec-lang/spec/mc/store"
)

// TestLevels fills two levels from several goroutines and compares with what
// one after the other would give.
func TestLevels(t *testing.T) {
	for _, bits := range []int{20, 33, 64, 100, 150} {
		s := store.New((bits+63)/64, bits)
		key := func(n uint64) []uint64 {
			k := make([]uint64, (bits+63)/64)
			k[0] = n
			if k[len(k)-1] |= n % 3 << ((bits - 2) % 64); bits <= 64 {
				k[0] = n
			}
			return k
		}
		if _, fresh := s.Insert(key(0), store.Hash(key(0)), store.MakeVia(0, 0, -1)); !fresh {
			t.Fatal("the first state is not new")
		}
		level := s.Close(nil, func(store.Via) {})
		first := map[uint64]store.Via{0: 0}
		for depth := 1; depth <= 2; depth++ {
			// Each source leads to states that others lead to as well.
			r := rand.New(rand.NewPCG(1, uint64(bits)))
			type edge struct {
				to  uint64
				via store.Via
			}
			var edges []edge
			seen := map[uint64]store.Via{}
			for place := range level {
				for n := range 300 {
					e := edge{r.Uint64N(2000*uint64(depth)) + 1, store.MakeVia(uint64(place), n, n%5)}
					edges = append(edges, e)
					if _, old := first[e.to]; !old && (seen[e.to] == 0 || e.via < seen[e.to]) {
						seen[e.to] = e.via
					}
				}
			}
			var all sync.WaitGroup
			for w := range 3 {
				all.Go(func() {
					for i := w; i < len(edges); i += 3 {
						s.Fetch([]uint64{store.Hash(key(edges[i].to))})
						s.Insert(key(edges[i].to), store.Hash(key(edges[i].to)), edges[i].via)
					}
				})
			}
			all.Wait()
			count := 0
			next := s.Close(level, func(store.Via) { count++ })
			if count != len(seen) || len(next) != len(seen) {
				t.Fatalf("%d bits, level %d: got %d states and %d notes, want %d", bits, depth, len(next), count, len(seen))
			}
			var order []store.Via
			got := make([]uint64, (bits+63)/64)
			for _, ref := range next {
				s.Key(ref, got)
				n := got[0]
				if !slices.Equal(got, key(n)) {
					t.Fatalf("%d bits: got key %x, want %x", bits, got, key(n))
				}
				via := seen[n]
				order = append(order, via)
				if s.Parent(ref) != level[via.Place()] {
					t.Fatalf("%d bits: state %d has parent %d, want %d", bits, n, s.Parent(ref), level[via.Place()])
				}
			}
			if !slices.IsSorted(order) {
				t.Errorf("%d bits, level %d: states are not in the order of their transitions", bits, depth)
			}
			for n, via := range seen {
				first[n] = via
			}
			level = next
		}
	}
}

func TestVia(t *testing.T) {
	for _, tt := range []struct{ place, outcome, action int }{{0, 0, -1}, {7, 3, 0}, {1 << 29, store.MaxOutcomes - 1, store.MaxActions}} {
		v := store.MakeVia(uint64(tt.place), tt.outcome, tt.action)
		if v.Place() != tt.place || v.Outcome() != tt.outcome || v.Action() != tt.action {
			t.Errorf("got %d, %d, %d, want %+v", v.Place(), v.Outcome(), v.Action(), tt)
		}
	}
}

func TestHas(t *testing.T) {
	s := store.New(1, 40)
	has := func(n uint64, via store.Via) bool { return s.Has([]uint64{n}, store.Hash([]uint64{n}), via) }
	if has(5, 9) {
		t.Error("an empty store has a state")
	}
	ref, _ := s.Insert([]uint64{5}, store.Hash([]uint64{5}), 9)
	if !has(5, 4) || s.Via(ref) != 4 {
		t.Errorf("got via %d, want the least one, 4", s.Via(ref))
	}
	if has(6, 1) {
		t.Error("a state is found that was never stored")
	}
}
