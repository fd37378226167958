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

// native is the WebAssembly of a search.
type native struct {
	ready chan struct{} // closed once compiling has ended; nil before it begins
	code  *wasm.Code    // then; nil if there is none
	why   error         // then
}

// prepareCode sees to WebAssembly between two rounds.
func (s *search) prepareCode() error {
	n := &s.native
	switch {
	case n.ready != nil || s.opt.Code == Closures:
	case s.opt.Code == WebAssembly:
		n.ready = make(chan struct{})
		if s.compile(); n.why != nil {
			return fmt.Errorf("no WebAssembly for this model: %w", n.why)
		}
	case s.states.Distinct >= wasmFrom:
		n.ready = make(chan struct{})
		go s.compile()
	}
	return nil
}

func (s *search) compile() {
	defer close(s.native.ready)
	s.native.code, s.native.why = wasm.Compile(s.prog, s.compiler, s.watch)
}

// compiled reports whether compiling has ended.
func (n *native) compiled() bool {
	select {
	case <-n.ready:
		return true
	default:
		return false
	}
}

// stepper returns a Stepper for a worker, and whether it is as fast as it gets.
func (s *search) stepper() (program.Stepper, bool) {
	if !s.native.compiled() {
		return s.prog.NewStepper(s.watch), false
	}
	if s.native.code != nil {
		if x, err := s.native.code.New(); err == nil {
			return x, true
		}
	}
	return s.prog.NewStepper(s.watch), true
}

// upgrade gives a worker that runs closures WebAssembly once it is there.
func (w *worker) upgrade() {
	if w.upgraded || !w.s.native.compiled() {
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
	if s.native.ready == nil {
		return
	}
	go func() {
		if <-s.native.ready; s.native.code != nil {
			_ = s.native.code.Close() // it only gives memory back
		}
	}()
}
