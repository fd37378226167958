package word_test

import (
	"bytes"
	"math/big"
	"slices"
	"sync"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/wire"
	"github.com/spec-lang/spec/mc/word"
)

// check compares words of values of one type with the values: they come back,
// are equal exactly if the values are, and have their order.
func check(t *testing.T, r *word.Rep, vs []ir.Value) {
	t.Helper()
	words := make([]uint64, len(vs))
	for i, v := range vs {
		words[i] = r.Encode(v)
		if r.Bits < 64 && r.Squeeze(words[i])>>r.Bits != 0 {
			t.Errorf("%s: word %x of %s takes more than %d bits", r.Type, words[i], ir.Format(v), r.Bits)
		}
		if got := r.Stretch(r.Squeeze(words[i])); got != words[i] {
			t.Errorf("%s: word %x of %s comes back from a state as %x", r.Type, words[i], ir.Format(v), got)
		}
		if got := r.Decode(words[i]); !ir.Equal(got, v) || !ir.Fits(got, r.Type) {
			t.Errorf("%s: got %s, want %s", r.Type, ir.Format(got), ir.Format(v))
		}
	}
	for i, v := range vs {
		for j, w := range vs {
			if got, want := r.Compare(words[i], words[j]), ir.Compare(v, w); got != want {
				t.Errorf("%s: comparing %s with %s: got %d, want %d", r.Type, ir.Format(v), ir.Format(w), got, want)
			}
			if (words[i] == words[j]) != ir.Equal(v, w) {
				t.Errorf("%s: words %x of %s and %x of %s", r.Type, words[i], ir.Format(v), words[j], ir.Format(w))
			}
		}
	}
	if r.Numeric && !slices.IsSorted(words) {
		t.Errorf("%s: words are not in order: %x", r.Type, words)
	}
}

func ints(ns ...int64) []ir.Value {
	var vs []ir.Value
	for _, n := range ns {
		vs = append(vs, ir.NewInt(n))
	}
	return vs
}

func power(base, exp int64) ir.Value {
	return ir.Int{Int: new(big.Int).Exp(big.NewInt(base), big.NewInt(exp), nil)}
}

func TestFiniteTypes(t *testing.T) {
	b := irtest.New("Types")
	node, color := b.Sort("Node", 3, ir.Unordered), b.Enumerate("Color", "Red", "Green", "Blue")
	one := b.Sort("One", 1, ir.Unordered)
	msg := b.Enum("Msg", ir.Variant{Name: "Nothing"}, ir.Variant{Name: "Say", Fields: []ir.Field{{Name: "who", Type: node}, {Name: "what", Type: b.Bool()}}})
	sets := b.Set(color)
	seqs := b.Seq(color, 2)
	for _, tt := range []struct {
		name string
		in   *ir.Type
		bits int // 0: not packed
	}{
		{"bool", b.Bool(), 1},
		{"range", b.Ints(-3, 5), 4},
		{"sort", node, 2},
		{"option", b.Option(node), 3},
		{"option of one", b.Option(one), 1},
		{"enum with fields", msg, 4},
		{"tuple", b.Tuple(color, b.Bool(), node), 5},
		{"set", sets, 3},
		{"set of enum with fields", b.Set(msg), 7},
		{"tuple with sets", b.Tuple(sets, sets), 6},
		{"set of sets", b.Set(b.Set(node)), 8},
		{"function", b.Func(node, color), 6},
		{"function of functions", b.Func(b.Bool(), b.Func(node, b.Bool())), 6},
		{"function of sets", b.Func(b.Bool(), sets), 6},
		{"bounded sequence", seqs, 6},
		{"set of bounded sequences", b.Set(b.Seq(b.Bool(), 2)), 7},
		{"map", b.Map(b.Bool(), color), 0},
		{"option of map", b.Option(b.Map(b.Bool(), b.Bool())), 0},
		{"function to maps", b.Func(b.Bool(), b.Map(b.Bool(), b.Bool())), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := word.NewReps(word.NewPool()).Of(tt.in)
			if packed := r.Form == word.Packed; packed != (tt.bits > 0) || packed && r.Bits != tt.bits {
				t.Errorf("form %v of %d bits, want %d", r.Form, r.Bits, tt.bits)
			}
			vs := slices.Collect(ir.Values(tt.in))
			check(t, r, vs)
			u := r.Universe()
			for i, v := range vs {
				if w := r.Encode(v); u.Word(i) != w || u.Rank(w) != i {
					t.Errorf("%s has rank %d and word %x at %d, want rank %d, word %x", ir.Format(v), u.Rank(w), u.Word(i), i, i, w)
				}
			}
		})
	}
}

func TestInfiniteTypes(t *testing.T) {
	b := irtest.New("Types")
	numbers := append(ints(0, 1, -1, 42, 1<<29, 1<<30, 1<<31, -1<<30, -1<<31, 1<<61, 1<<62-1, 1<<62, 1<<63-1, -1<<62, -1<<62-1, -1<<63),
		power(10, 30), power(-10, 31), power(2, 64), power(2, 200))
	strings := []ir.Value{ir.Str(""), ir.Str("a"), ir.Str("b"), ir.Str("ab"), ir.Str("abcdefgh"), ir.Str("abcdefghi"), ir.Str("ä\x00")}
	var sets, seqs, bags, maps []ir.Value
	for i := range numbers {
		sets = append(sets, ir.MakeSet(slices.Clone(numbers[i:])), ir.MakeSet(slices.Clone(numbers[:i])))
		seqs = append(seqs, ir.SeqValue{Elems: numbers[i:]}, ir.SeqValue{Elems: numbers[:i]})
		s := ir.MakeSet(slices.Clone(numbers[:i])).Elems
		bags = append(bags, ir.BagValue{Elems: s, Counts: slices.Repeat([]int{i % 3, 1 + i%2}[1:], len(s))})
		maps = append(maps, ir.MapValue{Keys: s, Vals: numbers[:i]})
	}
	for _, tt := range []struct {
		name string
		typ  *ir.Type
		in   []ir.Value
	}{
		{"int", b.Int(), numbers},
		{"duration", b.Duration(), numbers},
		{"wide range", b.Range(big.NewInt(0), power(2, 64).(ir.Int).Int), []ir.Value{ir.NewInt(0), ir.NewInt(1 << 62), power(2, 64)}},
		{"string", b.String(), strings},
		{"set", b.Set(b.Int()), sets},
		{"sequence", b.Seq(b.Int(), -1), seqs},
		{"bag", b.Bag(b.Int()), bags},
		{"map", b.Map(b.Int(), b.Int()), maps},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, word.NewReps(word.NewPool()).Of(tt.typ), tt.in) })
	}
}

// TestPoolIsShared lets several goroutines intern the same nodes.
func TestPoolIsShared(t *testing.T) {
	const workers, nodes = 4, 20_000
	p := word.NewPool()
	ids := make([][]uint32, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := range uint64(nodes) {
				ids[w] = append(ids[w], p.Intern([]uint64{i, i * i, i % 7}))
			}
		})
	}
	all.Wait()
	for w := 1; w < workers; w++ {
		if !slices.Equal(ids[w], ids[0]) {
			t.Fatalf("worker %d has other ids than worker 0", w)
		}
	}
	for i, id := range ids[0] {
		if got, want := p.Words(id), []uint64{uint64(i), uint64(i * i), uint64(i % 7)}; !slices.Equal(got, want) {
			t.Fatalf("node %d: got %v, want %v", id, got, want)
		}
	}
	if got := p.Nodes(); got != nodes+1 {
		t.Errorf("got %d nodes, want %d and the empty one", got, nodes)
	}
}

// TestPoolSaveAndLoad: ids stay what they are, and a foreign pool is refused.
func TestPoolSaveAndLoad(t *testing.T) {
	pool, other := word.NewPool(), word.NewPool()
	for i := range uint64(5) {
		pool.Intern([]uint64{i, 7})
		other.Intern([]uint64{i, 8})
	}
	again := word.NewPool()
	for i := range uint64(5) {
		again.Intern([]uint64{i, 7})
	}
	ids := map[uint64]uint32{}
	for i := range uint64(3000) {
		ids[i] = pool.Intern([]uint64{i, i, i})
	}
	save := func() *wire.Reader {
		var b bytes.Buffer
		w := wire.NewWriter(&b)
		pool.Save(w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return wire.NewReader(&b)
	}
	if err := again.Load(save()); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if got := again.Intern([]uint64{i, i, i}); got != id {
			t.Fatalf("node %d has id %d, want %d", i, got, id)
		}
	}
	if again.Nodes() != pool.Nodes() {
		t.Errorf("%d nodes, want %d", again.Nodes(), pool.Nodes())
	}
	if err := other.Load(save()); err == nil {
		t.Error("a pool with other constants took the nodes")
	}
}
