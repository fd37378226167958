package ic3

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCubes(t *testing.T) {
	for _, tt := range []struct {
		c, d     Cube
		contains bool
	}{
		{Cube{}, Cube{1, -2}, true},
		{Cube{-2}, Cube{1, -2}, true},
		{Cube{2}, Cube{1, -2}, false},
		{Cube{1, -2}, Cube{1, -2}, true},
		{Cube{1, -2}, Cube{-2}, false},
		{Cube{1, 3}, Cube{1, 2}, false},
		{Cube{1, 3}, Cube{1, 2, 3}, true},
	} {
		if got := tt.c.contains(tt.d); got != tt.contains {
			t.Errorf("%v contains %v: %v", tt.c, tt.d, got)
		}
	}
	c := Cube{1, -3, 4}
	if d := cmp.Diff(Cube{1, 4}, c.without(1)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Cube{1, -2, -3, 4}, c.union(Cube{-2, -3})); d != "" || !c.equal(Cube{1, -3, 4}) {
		t.Error(d, c)
	}
}
