package mc

import (
	"fmt"

	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/wasm"
)

// Code is what computes successors.
type Code int

// Codes. Auto begins with closures and goes over to WebAssembly, compiled
// meanwhile, in a search that is long enough to repay it and that has only
// values of fixed size.
const (
	Auto Code = iota
	Closures
	WebAssembly
)

// wasmFrom is after how many states compiling to WebAssembly begins, with
// Auto: it takes about as long as these states with closures.
const wasmFrom = 1 << 13

// prepareCode sees to WebAssembly between two rounds.
func (s *search) prepareCode() error {
	switch {
	case s.native != nil || s.opt.Code == Closures:
	case s.opt.Code == WebAssembly:
		s.native = wasm.Begin(s.prog, s.compiler, s.watch)
		if why := s.native.Wait(); why != nil {
			return fmt.Errorf("no WebAssembly for this model: %w", why)
		}
	case s.states.Distinct >= wasmFrom:
		s.native = wasm.Begin(s.prog, s.compiler, s.watch)
	}
	return nil
}

// compiled reports whether compiling has ended.
func (s *search) compiled() bool { return s.native != nil && s.native.Done() }

// stepper returns a Stepper for a worker, and whether it is as fast as it gets.
func (s *search) stepper() (program.Stepper, bool) {
	if !s.compiled() {
		return s.prog.NewStepper(s.watch), false
	}
	if x := s.native.Stepper(); x != nil {
		return x, true
	}
	return s.prog.NewStepper(s.watch), true
}

// upgrade gives a worker that runs closures WebAssembly once it is there.
func (w *worker) upgrade() {
	if w.upgraded || !w.s.compiled() {
		return
	}
	old := w.step
	w.step, w.upgraded = w.s.stepper()
	(&tally{actions: w.actions}).add(tally{actions: old.Counts()})
	old.Close()
}

// release frees what the search holds outside Go's memory.
func (s *search) release() {
	for _, w := range s.workers {
		w.step.Close()
	}
	if s.native != nil {
		s.native.Close()
	}
}
