package workspace

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analysis returns what the analyzers have to say of the root module, sorted.
// Declarations that have not changed since the last snapshot of the same file
// are not looked at again.
func (s *Snapshot) Analysis() diag.List { return s.analysed() }

func (s *Snapshot) analyse() diag.List {
	if s.Info == nil {
		return nil
	}
	return s.driver.Run(analysis.Program{Info: s.Info, Files: s.Files, Diags: s.Diags, System: s.sound})
}

// sound is the kernel of a model, nil if anything has errors.
func (s *Snapshot) sound(m *types.Model) *ir.System {
	if s.Diags.HasErrors() {
		return nil
	}
	sys, _ := s.System(m)
	return sys
}
