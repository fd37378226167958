package itf_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir/evidence/itf"
)

func TestPretty(t *testing.T) {
	long := strings.Repeat("x{[,\"", 30)
	quoted, err := json.Marshal(long)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, in, want string
	}{
		{"fits", `{"a":[1,2]}`, "{\"a\":[1,2]}\n"},
		{"empty", `{}`, "{}\n"},
		{"broken at its elements", `{"a":[1,2],"b":` + string(quoted) + `}`,
			"{\n \"a\":[1,2],\n \"b\":" + string(quoted) + "\n}\n"},
		{"a long string in a list", `[` + string(quoted) + `,{"k":[]}]`, "[\n " + string(quoted) + ",\n {\"k\":[]}\n]\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := itf.Pretty([]byte(tt.in), 40)
			if string(got) != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			var back bytes.Buffer
			if err := json.Compact(&back, got); err != nil || back.String() != tt.in {
				t.Errorf("it is not the same JSON any more: %s, %v", back.String(), err)
			}
		})
	}
}
