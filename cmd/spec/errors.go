package main

import (
	"fmt"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/workspace"
)

// NothingToCheck is the code of a file that has no model.
const NothingToCheck diag.Code = "M2018"

func noModel(s *workspace.Snapshot) diag.Diagnostic {
	at := source.Span{File: s.Path}
	machine := "MachineName"
	if s.Tree != nil {
		at = s.Files[s.Path].Span(0, 0)
	}
	if s.Info != nil && s.Info.Root != nil {
		for _, m := range s.Info.Root.Order {
			machine = m.Name()
		}
	}
	return diag.Diagnostic{Code: NothingToCheck, Span: at,
		Message: fmt.Sprintf("%s has no model, so there is nothing to check", s.Path),
		Help:    fmt.Sprintf("write `model Small of %s { check all }`, with a size for each sort and a value for each constant", machine)}
}
