package irtest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/spec-lang/spec/ir/irtest"
)

func TestSystems(t *testing.T) {
	for _, tt := range irtest.Systems() {
		t.Run(tt.Name, func(t *testing.T) {
			got := irtest.Explore(tt.Sys)
			if diff := cmp.Diff(tt.Want, got.Figures); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.Props, got.Props, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("properties (-want +got):\n%s", diff)
			}
			if got.PropErr >= 0 {
				t.Errorf("evaluating a property fails at depth %d", got.PropErr)
			}
		})
	}
}
