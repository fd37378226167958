package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/wire"
)

// keysOf returns n keys, many of them equal, as the successors of a search
// are: each differs from the one before in a few bits.
func keysOf(r *rand.Rand, words, bits, n int) []uint64 {
	var out []uint64
	key := make([]uint64, words)
	for range n {
		for range r.IntN(3) {
			bit := r.IntN(min(bits, 9)) * bits / min(bits, 9)
			key[bit/64] ^= 1 << (bit % 64)
		}
		if r.IntN(50) == 0 {
			bit := r.IntN(bits)
			key[bit/64] ^= 1 << (bit % 64)
		}
		out = append(out, key...)
	}
	return out
}

// TestNumber compares the numbers that an Exact store gives with a map's.
func TestNumber(t *testing.T) {
	for _, bits := range widths {
		words := (bits + 63) / 64
		st, r := store.New(words, bits, store.Options{}), rand.New(rand.NewPCG(2, uint64(bits)))
		known := map[string]store.ID{}
		for range 4 {
			keys := keysOf(r, words, bits, 5000)
			ids := make([]store.ID, len(keys)/words)
			if err := st.Number(keys, ids); err != nil {
				t.Fatal(err)
			}
			for i, got := range ids {
				key := fmt.Sprint(keys[i*words : (i+1)*words])
				if _, ok := known[key]; !ok {
					known[key] = store.ID(len(known))
				}
				if got != known[key] {
					t.Fatalf("%d bits, key %d: number %d, want %d", bits, i, got, known[key])
				}
			}
		}
		if st.Len() != len(known) {
			t.Errorf("%d bits: %d states, want %d", bits, st.Len(), len(known))
		}
	}
}

var widths = []int{1, 20, 32, 33, 64, 65, 100, 128, 150, 300}

// TestExactIsASet compares an Exact store with a map.
func TestExactIsASet(t *testing.T) {
	for _, bits := range widths {
		words := (bits + 63) / 64
		st, r := store.New(words, bits, store.Options{}), rand.New(rand.NewPCG(1, uint64(bits)))
		w := st.NewWriter()
		known := map[string]store.ID{}
		for range 4 {
			keys := keysOf(r, words, bits, 5000)
			fresh, err := w.Insert(keys, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range len(keys) / words {
				key := keys[i*words : (i+1)*words]
				isNew := len(fresh) > 0 && fresh[0].Index == i
				old, ok := known[fmt.Sprint(key)]
				if ok == isNew {
					t.Fatalf("%d bits, key %d: new is %v, want %v", bits, i, isNew, !ok)
				}
				if isNew {
					if int(fresh[0].ID) != len(known) {
						t.Fatalf("%d bits: state %d is numbered %d", bits, len(known), fresh[0].ID)
					}
					known[fmt.Sprint(key)], old = fresh[0].ID, fresh[0].ID
					fresh = fresh[1:]
				}
				if id, ok := st.Find(key); !ok || id != old {
					t.Fatalf("%d bits: found %d, %v, want %d", bits, id, ok, old)
				}
				got := make([]uint64, words)
				if st.Key(old, got); !slices.Equal(got, key) {
					t.Fatalf("%d bits: got key %x, want %x", bits, got, key)
				}
			}
		}
		all := make([]uint64, st.Len()*words)
		st.Keys(0, store.ID(st.Len()), all)
		for id := range st.Len() {
			got := make([]uint64, words)
			if st.Key(store.ID(id), got); !slices.Equal(got, all[id*words:(id+1)*words]) {
				t.Fatalf("%d bits: key %d is %x, and in a row %x", bits, id, got, all[id*words:(id+1)*words])
			}
		}
		if st.Len() != len(known) {
			t.Errorf("%d bits: %d states, want %d", bits, st.Len(), len(known))
		}
		foreign := make([]uint64, words)
		for known[fmt.Sprint(foreign)] != 0 || fmt.Sprint(foreign) == fmt.Sprint(make([]uint64, words)) {
			if bits < 20 {
				break
			}
			foreign[0] = r.Uint64N(1 << min(bits, 30))
			if _, ok := known[fmt.Sprint(foreign)]; !ok {
				if _, ok := st.Find(foreign); ok {
					t.Errorf("%d bits: a key is found that was never stored", bits)
				}
				break
			}
		}
	}
}

// TestExactTogether inserts from several goroutines: each state is new to
// exactly one of them, under one number.
func TestExactTogether(t *testing.T) {
	for _, bits := range widths {
		words := (bits + 63) / 64
		st := store.New(words, bits, store.Options{})
		const workers = 4
		var lists [workers][]uint64
		var fresh [workers][]store.Fresh
		var writers [workers]store.Writer
		for i := range workers {
			writers[i] = st.NewWriter()
			lists[i] = keysOf(rand.New(rand.NewPCG(2, uint64(bits+i/2))), words, bits, 20_000)
		}
		var all sync.WaitGroup
		for i := range workers {
			all.Go(func() {
				var err error
				if fresh[i], err = writers[i].Insert(lists[i], nil); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		ids := map[store.ID]bool{}
		fold := map[string]bool{}
		for i, keys := range lists {
			for j := range len(keys) / words {
				fold[fmt.Sprint(keys[j*words:(j+1)*words])] = true
			}
			for _, f := range fresh[i] {
				if ids[f.ID] {
					t.Fatalf("%d bits: two states have number %d", bits, f.ID)
				}
				ids[f.ID] = true
				got := make([]uint64, words)
				if st.Key(f.ID, got); !slices.Equal(got, keys[f.Index*words:(f.Index+1)*words]) {
					t.Fatalf("%d bits: got key %x", bits, got)
				}
			}
		}
		if len(ids) != len(fold) {
			t.Errorf("%d bits: %d states, want %d", bits, len(ids), len(fold))
		}
	}
}

func TestExactLimit(t *testing.T) {
	st := store.New(1, 64, store.Options{Memory: 1 << 20})
	r := rand.New(rand.NewPCG(3, 3))
	w := st.NewWriter()
	var full *store.FullError
	for range 1000 {
		keys := make([]uint64, 1000)
		for i := range keys {
			keys[i] = r.Uint64()
		}
		if _, err := w.Insert(keys, nil); err != nil {
			if !errors.As(err, &full) || st.Bytes() > 1<<20 {
				t.Errorf("got %v with %d bytes, want a full store of at most 1 MiB", err, st.Bytes())
			}
			return
		}
	}
	t.Error("a store of 1 MiB took a million states")
}

// BenchmarkInsert inserts keys of which about one in four is new.
func BenchmarkInsert(b *testing.B) {
	for _, bits := range []int{60, 120} {
		words := (bits + 63) / 64
		b.Run(fmt.Sprint(bits), func(b *testing.B) {
			const n = 4 << 20
			keys := make([]uint64, 0, n*words)
			r := rand.New(rand.NewPCG(1, 1))
			for range n {
				x := r.Uint64N(1<<20) * 0x9e3779b97f4a7c15 >> 4
				keys = append(keys, x)
				if words == 2 {
					keys = append(keys, x&0xfff)
				}
			}
			for b.Loop() {
				w := store.New(words, bits, store.Options{}).NewWriter()
				var fresh []store.Fresh
				for at := 0; at < len(keys); at += 1000 * words {
					fresh, _ = w.Insert(keys[at:min(at+1000*words, len(keys))], fresh[:0])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/key")
		})
	}
}

// reloaded is a store that was saved and loaded.
func reloaded(t *testing.T, st *store.Exact, words, bits int, opt store.Options) *store.Exact {
	t.Helper()
	var saved bytes.Buffer
	w := wire.NewWriter(&saved)
	st.Save(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := store.New(words, bits, opt)
	r := wire.NewReader(&saved)
	if err := errors.Join(again.Load(r), r.Close()); err != nil {
		t.Fatal(err)
	}
	return again
}

// TestSaveAndLoad: a store that was saved goes on as if nothing had happened.
func TestSaveAndLoad(t *testing.T) {
	for _, bits := range widths {
		words := (bits + 63) / 64
		keys := keysOf(rand.New(rand.NewPCG(4, uint64(bits))), words, bits, 6000)
		half := 3000 * words
		st := store.New(words, bits, store.Options{})
		first, second := st.NewWriter(), st.NewWriter()
		fresh, _ := first.Insert(keys[:half/2], nil)
		more, _ := second.Insert(keys[half/2:half], nil)
		again := reloaded(t, st, words, bits, store.Options{})
		got := make([]uint64, words)
		for _, f := range fresh {
			if again.Key(f.ID, got); !slices.Equal(got, keys[f.Index*words:(f.Index+1)*words]) {
				t.Fatalf("%d bits: state %d has key %x", bits, f.ID, got)
			}
		}
		old, _ := again.NewWriter().Insert(keys[:half], nil)
		if len(old) > 0 {
			t.Fatalf("%d bits: %d states are forgotten", bits, len(old))
		}
		want, _ := first.Insert(keys[half:], nil)
		have, _ := again.NewWriter().Insert(keys[half:], nil)
		if len(want) != len(have) {
			t.Errorf("%d bits: %d new states after %d + %d, want %d", bits, len(have), len(fresh), len(more), len(want))
		}
	}
}

// TestLoadRefuses what another store wrote.
func TestLoadRefuses(t *testing.T) {
	var saved bytes.Buffer
	w := wire.NewWriter(&saved)
	store.New(1, 60, store.Options{}).Save(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.New(2, 100, store.Options{}).Load(wire.NewReader(&saved)); err == nil {
		t.Error("a store of other keys is taken")
	}
}

// TestSpill: beyond half of the memory states go elsewhere, and nothing else
// changes; where there is no room, the error says so.
func TestSpill(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	keys := make([]uint64, 90_000)
	for i := range keys {
		keys[i] = r.Uint64()
	}
	spilt := 0
	st := store.New(1, 64, store.Options{Memory: 3 << 19, Spill: func(n int) ([]uint64, error) {
		spilt += n
		return make([]uint64, n), nil
	}})
	fresh, err := st.NewWriter().Insert(keys, nil)
	if err != nil || len(fresh) != len(keys) {
		t.Fatalf("%d states, %v", len(fresh), err)
	}
	got := make([]uint64, 1)
	for _, f := range fresh {
		if st.Key(f.ID, got); got[0] != keys[f.Index] {
			t.Fatalf("state %d has key %x, want %x", f.ID, got[0], keys[f.Index])
		}
	}
	if f := st.Figures(); spilt == 0 || f.Keys > 3<<18 {
		t.Errorf("%d words are spilt and %d bytes in memory", spilt, f.Keys)
	}
	full := errors.New("no space left on the disk")
	st = store.New(1, 64, store.Options{Memory: 3 << 19, Spill: func(int) ([]uint64, error) { return nil, full }})
	if _, err := st.NewWriter().Insert(keys, nil); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

// TestRowsBecomeATree: when rows take a third of the memory, a tree takes
// over, under the same numbers, whoever inserts and wherever writers left
// holes; a saved tree is loaded as one.
func TestRowsBecomeATree(t *testing.T) {
	for _, bits := range []int{65, 100, 150, 228} {
		words := (bits + 63) / 64
		st, free := store.New(words, bits, store.Options{Memory: 9 << 20}), store.New(words, bits, store.Options{})
		writers := []store.Writer{st.NewWriter(), st.NewWriter(), st.NewWriter()}
		known := map[store.ID][]uint64{}
		r := rand.New(rand.NewPCG(9, uint64(bits)))
		fill := func(w store.Writer, n uint64) {
			var keys []uint64
			for range n {
				key := make([]uint64, words)
				key[0], key[words-1] = key[0]|r.Uint64N(1<<17), key[words-1]|r.Uint64N(2)
				keys = append(keys, key...)
			}
			fresh, err := w.Insert(keys, nil)
			if err != nil {
				t.Fatal(err)
			}
			same, err := free.NewWriter().Insert(keys, nil)
			if err != nil || len(same) != len(fresh) {
				t.Fatalf("%d bits: %d new states, want %d, %v", bits, len(fresh), len(same), err)
			}
			for _, f := range fresh {
				known[f.ID] = keys[f.Index*words:][:words]
			}
		}
		for i := range 30 {
			fill(writers[i%3], 10_000)
		}
		if st.Figures().Shared == 0 || free.Figures().Shared != 0 {
			t.Fatalf("%d bits: parts take %d bytes under the limit and %d without, want some and none",
				bits, st.Figures().Shared, free.Figures().Shared)
		}
		again := reloaded(t, st, words, bits, store.Options{})
		got := make([]uint64, words)
		for id, key := range known {
			for _, s := range []*store.Exact{st, again} {
				if s.Key(id, got); !slices.Equal(got, key) {
					t.Fatalf("%d bits: state %d has key %x, want %x", bits, id, got, key)
				}
				if at, ok := s.Find(key); !ok || at != id {
					t.Fatalf("%d bits: found %d, %v, want %d", bits, at, ok, id)
				}
			}
		}
	}
}

// TestRowsBecomeATreeMeanwhile: writers insert and read what they inserted
// while another one turns rows into a tree, of which a part is spilt.
func TestRowsBecomeATreeMeanwhile(t *testing.T) {
	const words, bits, hands = 4, 228, 3
	var spilt atomic.Int64
	st := store.New(words, bits, store.Options{Memory: 4_000_000, Spill: func(n int) ([]uint64, error) {
		spilt.Add(int64(n))
		return make([]uint64, n), nil
	}})
	fresh, writers := [hands]map[store.ID][words]uint64{}, [hands]store.Writer{}
	for h := range hands {
		writers[h], fresh[h] = st.NewWriter(), map[store.ID][words]uint64{}
	}
	var all sync.WaitGroup
	for h, w := range writers {
		r := rand.New(rand.NewPCG(7, uint64(h)))
		all.Go(func() {
			for range 45 {
				keys := make([]uint64, 2000*words)
				for i := 0; i < len(keys); i += words {
					keys[i], keys[i+2] = r.Uint64N(1<<9), r.Uint64N(1<<9)
				}
				news, err := w.Insert(keys, nil)
				if err != nil {
					t.Error(err)
					return
				}
				for _, f := range news {
					fresh[h][f.ID] = [words]uint64(keys[f.Index*words:])
				}
				for id, want := range fresh[h] {
					var got [words]uint64
					if st.Key(id, got[:]); got != want {
						t.Errorf("state %d has key %x, want %x", id, got, want)
						return
					}
				}
			}
		})
	}
	all.Wait()
	ids := map[[words]uint64]store.ID{}
	for _, m := range fresh {
		for id, key := range m {
			if other, twice := ids[key]; twice {
				t.Fatalf("key %x has the numbers %d and %d", key, id, other)
			}
			ids[key] = id
		}
	}
	if st.Figures().Shared == 0 || spilt.Load() == 0 || len(ids) < 100_000 {
		t.Errorf("%d states, parts take %d bytes, %d words are spilt; want a spilt tree", len(ids), st.Figures().Shared, spilt.Load())
	}
}

// TestRowsLeaveHoles: a number that a writer took and never used is no state,
// in rows that grow and in the tree that they become, saved between or not.
func TestRowsLeaveHoles(t *testing.T) {
	const words, bits = 2, 100
	for _, tt := range []struct {
		n     uint64
		saved bool
	}{{3000, false}, {3000, true}, {70_000, false}, {70_000, true}} {
		st := store.New(words, bits, store.Options{Memory: 4 << 20})
		add := func(w store.Writer, from, n uint64) []store.Fresh {
			var keys []uint64
			for k := from; k < from+n; k++ {
				keys = append(keys, k, 0)
			}
			fresh, err := w.Insert(keys, nil)
			if err != nil {
				t.Fatal(err)
			}
			return fresh
		}
		add(st.NewWriter(), 1, 1)
		w := st.NewWriter()
		add(w, 2, 1)
		if tt.saved {
			st = reloaded(t, st, words, bits, store.Options{Memory: 4 << 20})
			w = st.NewWriter()
		}
		add(w, 3, tt.n)
		if tree := st.Figures().Shared > 0; tree != (tt.n > 3000) {
			t.Fatalf("%d keys are a tree: %v", tt.n, tree)
		}
		fresh := add(w, 0, 3)
		if len(fresh) != 1 || fresh[0].Index != 0 {
			t.Errorf("%v: new of keys 0, 1 and 2 are %v, want the first only", tt, fresh)
		}
	}
}

// TestRowsStay where a tree would not fit beside them: keys that have nothing
// in common.
func TestRowsStay(t *testing.T) {
	st, r := store.New(4, 256, store.Options{Memory: 6 << 20}), rand.New(rand.NewPCG(8, 8))
	keys := make([]uint64, 4*60_000)
	for i := range keys {
		keys[i] = r.Uint64()
	}
	fresh, err := st.NewWriter().Insert(keys, nil)
	if err != nil || len(fresh) != 60_000 || st.Figures().Shared != 0 {
		t.Errorf("%d states, %d bytes of parts, %v; want 60000 rows", len(fresh), st.Figures().Shared, err)
	}
}
