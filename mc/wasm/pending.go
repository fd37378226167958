package wasm

import "github.com/spec-lang/spec/mc/program"

// Pending is code that is being compiled while closures go on.
type Pending struct {
	ready chan struct{}
	code  *Code // once ready; nil if there is none
	why   error // then
}

// Begin compiles in the background; see Compile.
func Begin(p *program.Program, pc *program.Compiler, w program.Watch) *Pending {
	x := &Pending{ready: make(chan struct{})}
	go func() {
		defer close(x.ready)
		x.code, x.why = Compile(p, pc, w)
	}()
	return x
}

// Done reports whether compiling has ended.
func (x *Pending) Done() bool {
	select {
	case <-x.ready:
		return true
	default:
		return false
	}
}

// Wait waits for the end of compiling and returns why there is no code, nil if
// there is.
func (x *Pending) Wait() error {
	<-x.ready
	return x.why
}

// Stepper waits for the code and returns a Stepper that runs it, nil if there
// is none.
func (x *Pending) Stepper() program.Stepper {
	if x.Wait() != nil {
		return nil
	}
	s, err := x.code.New()
	if err != nil {
		return nil
	}
	return s
}

// Close frees the code, at once or when it is ready. No Stepper of it may be
// in use.
func (x *Pending) Close() {
	go func() {
		if x.Wait() == nil {
			_ = x.code.Close() // it only gives memory back
		}
	}()
}
