package spell

import "testing"

func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		name, in   string
		candidates []string
		want       string
	}{
		{"one letter wrong", "vole", []string{"vote", "net"}, "vote"},
		{"case only", "prepare", []string{"prepared", "Prepare"}, "Prepare"},
		{"two swapped", "verdcit", []string{"vote", "verdict"}, "verdict"},
		{"short names must be near", "x", []string{"abc", "net"}, ""},
		{"one letter is another name", "a", []string{"b"}, ""},
		{"one letter in another case", "N", []string{"m", "n"}, "n"},
		{"too far", "heard", []string{"verdict"}, ""},
		{"itself is no guess", "vote", []string{"vote"}, ""},
		{"nothing to choose from", "vote", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Nearest(tt.in, tt.candidates); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
