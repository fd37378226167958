package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/spec-lang/spec/mc/store"
)

// TestHashedStores compares the stores that keep no keys with a map, level by
// level: each new state is there once, and its key until it is forgotten.
func TestHashedStores(t *testing.T) {
	for _, bits := range widths[2:] {
		words := (bits + 63) / 64
		for name, st := range map[string]store.Store{
			"fingerprints": store.NewFingerprints(words, 0),
			"bitstate":     store.NewBitstate(words, 16<<20),
		} {
			r, w := rand.New(rand.NewPCG(1, uint64(bits))), st.NewWriter()
			known := map[string]bool{}
			for range 4 {
				keys := keysOf(r, words, bits, 5000)
				before := st.Mark()
				fresh, err := w.Insert(keys, nil)
				if err != nil {
					t.Fatal(err)
				}
				for i := range len(keys) / words {
					key := keys[i*words : (i+1)*words]
					isNew := len(fresh) > 0 && fresh[0].Index == i
					if isNew == known[fmt.Sprint(key)] {
						t.Fatalf("%s, %d bits, key %d: new is %v", name, bits, i, isNew)
					}
					if isNew {
						got := make([]uint64, words)
						if st.Key(fresh[0].ID, got); !slices.Equal(got, key) {
							t.Fatalf("%s, %d bits: got key %x, want %x", name, bits, got, key)
						}
						known[fmt.Sprint(key)] = true
						fresh = fresh[1:]
					}
				}
				st.Forget(before)
			}
		}
	}
}

// TestForgottenKeysFreeMemory: what is forgotten makes room for what comes.
func TestForgottenKeysFreeMemory(t *testing.T) {
	st := store.NewFingerprints(8, 0)
	w := st.NewWriter()
	key := make([]uint64, 8*5000)
	for round := range uint64(20) {
		for i := range 5000 {
			key[i*8] = round<<32 | uint64(i)
		}
		m := st.Mark()
		if _, err := w.Insert(key, nil); err != nil {
			t.Fatal(err)
		}
		st.Forget(m)
	}
	if got, most := st.Figures().Keys, uint64(4*(4096+5000)*8*8); got > most {
		t.Errorf("keys take %d bytes, want at most %d", got, most)
	}
}

func TestFingerprintsTogether(t *testing.T) {
	st := store.NewFingerprints(2, 0)
	var all sync.WaitGroup
	counts := make([]int, 4)
	writers := []store.Writer{st.NewWriter(), st.NewWriter(), st.NewWriter(), st.NewWriter()}
	for i, w := range writers {
		all.Go(func() {
			r := rand.New(rand.NewPCG(7, 7))
			for range 20 {
				fresh, err := w.Insert(keysOf(r, 2, 100, 2000), nil)
				if err != nil {
					t.Error(err)
				}
				counts[i] += len(fresh)
			}
		})
	}
	all.Wait()
	known, r := map[string]bool{}, rand.New(rand.NewPCG(7, 7))
	for range 20 {
		keys := keysOf(r, 2, 100, 2000)
		for at := 0; at < len(keys); at += 2 {
			known[fmt.Sprint(keys[at:at+2])] = true
		}
	}
	if got := counts[0] + counts[1] + counts[2] + counts[3]; got != len(known) {
		t.Errorf("%d states, want %d", got, len(known))
	}
}

// TestBitstateMisses: a field that is too small misses states, about as many
// as it says.
func TestBitstateMisses(t *testing.T) {
	st := store.NewBitstate(1, 1<<12)
	r, w := rand.New(rand.NewPCG(5, 5)), st.NewWriter()
	const n = 10_000
	keys := make([]uint64, n)
	for i := range keys {
		keys[i] = r.Uint64()
	}
	fresh, err := w.Insert(keys, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, said := float64(len(fresh))/n, st.Covered()
	if got > 0.95 || said < got-0.05 || said > got+0.05 {
		t.Errorf("covered %.3f of the states and says %.3f", got, said)
	}
}

func TestOdds(t *testing.T) {
	if got := store.Odds(1 << 32); got != 0.5 {
		t.Errorf("odds of 2^32 states: got %v, want 0.5", got)
	}
	if got := store.Odds(1_000_000); got > 3e-8 || got < 2e-8 {
		t.Errorf("odds of a million states: got %v", got)
	}
}
