package bdd_test

import (
	"math/rand/v2"
	"testing"

	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

const vars = 7

// table is a function by its values: bit i for the variables with the bits of i.
type table [1 << vars]bool

// check compares a node with a table.
func check(t *testing.T, b *bdd.Table, what string, n bdd.Node, want *table) {
	t.Helper()
	count := int64(0)
	for i, w := range want {
		if w {
			count++
		}
		if got := b.Has(n, func(v int) bool { return i>>v&1 != 0 }); got != w {
			t.Fatalf("%s at %b: got %v", what, i, got)
		}
	}
	if got := b.Count(n); !got.IsInt64() || got.Int64() != count {
		t.Fatalf("%s: %s values, want %d", what, got, count)
	}
}

func pointwise(f func(i int) bool) *table {
	var out table
	for i := range out {
		out[i] = f(i)
	}
	return &out
}

// random makes a node and its table.
func random(b *bdd.Table, r *rand.Rand) (bdd.Node, *table) {
	n, w := bdd.False, &table{}
	for range 1 + r.IntN(30) {
		at, cube := r.IntN(1<<vars), bdd.True
		for v := range vars {
			x := b.Var(v)
			if at>>v&1 == 0 {
				x = b.Not(x)
			}
			cube = b.And(cube, x)
		}
		n, w[at] = b.Or(n, cube), true
	}
	return n, w
}

func TestAgainstTables(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	b := bdd.New(vars, 0, nil)
	quantified := b.Set([]int{1, 4, 5})
	up := b.Move([]int{0, 2, 4}, []int{1, 3, 5})
	even := b.Set([]int{1, 3, 5})
	for range 200 {
		x, wx := random(b, r)
		y, wy := random(b, r)
		z, wz := random(b, r)
		check(t, b, "and", b.And(x, y), pointwise(func(i int) bool { return wx[i] && wy[i] }))
		check(t, b, "or", b.Or(x, y), pointwise(func(i int) bool { return wx[i] || wy[i] }))
		check(t, b, "diff", b.Diff(x, y), pointwise(func(i int) bool { return wx[i] && !wy[i] }))
		check(t, b, "iff", b.Iff(x, y), pointwise(func(i int) bool { return wx[i] == wy[i] }))
		check(t, b, "ite", b.Ite(x, y, z), pointwise(func(i int) bool { return wx[i] && wy[i] || !wx[i] && wz[i] }))
		some := func(w func(i int) bool) *table {
			return pointwise(func(i int) bool {
				for s := range 8 {
					if w(i&^0b110010 | s&1<<1 | s>>1&1<<4 | s>>2<<5) {
						return true
					}
				}
				return false
			})
		}
		check(t, b, "exists", b.Exists(x, quantified), some(func(i int) bool { return wx[i] }))
		check(t, b, "and exists", b.AndExists(x, y, quantified), some(func(i int) bool { return wx[i] && wy[i] }))
		low := b.Exists(x, even)
		check(t, b, "rename", b.Rename(low, up), pointwise(func(i int) bool {
			return b.Has(low, func(v int) bool { return v%2 == 0 && v < 6 && i>>(v+1)&1 != 0 || v == 6 && i>>6 != 0 })
		}))
		if b.And(x, y) != b.And(y, x) {
			t.Fatal("equal functions are different nodes")
		}
	}
}

func TestCollect(t *testing.T) {
	b := bdd.New(vars, 0, nil)
	r := rand.New(rand.NewPCG(3, 4))
	x, wx := random(b, r)
	for range 50 {
		random(b, r)
	}
	before := b.Len()
	y := x
	b.Collect(&x, &y)
	if b.Len() >= before || x != y {
		t.Errorf("%d nodes of %d are left, roots %d and %d", b.Len(), before, x, y)
	}
	check(t, b, "collected", x, wx)
	z, wz := random(b, r)
	check(t, b, "and", b.And(x, z), pointwise(func(i int) bool { return wx[i] && wz[i] }))
}

func TestLimits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	b := bdd.New(vars, 20, nil)
	random(b, r)
	random(b, r)
	if !b.Full() || !b.Stopped() || b.Len() > 20 {
		t.Errorf("full %v with %d nodes", b.Full(), b.Len())
	}
	if n := b.And(b.Var(0), b.Var(1)); n != bdd.False {
		t.Errorf("a full table still computes: %d", n)
	}
}
