package typecheck

import "github.com/spec-lang/spec/typecheck/types"

func (c *checker) checkInit(m *types.Machine)             {}
func (c *checker) inferEffects()                          {}
func (c *checker) checkBound(m *types.Model, b *bindings) {}
func (c *checker) checkExpectations(m *types.Model)       {}
func (c *checker) unused(l *types.Local)                  {}
