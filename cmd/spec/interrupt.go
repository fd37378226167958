package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
)

var errInterrupted = errors.New("interrupted")

// interruptible returns a context that the first interrupt (Ctrl-C) ends, so
// that what is known can still be reported; the second one ends the program.
// The function that comes with it must be called when the work is done.
func interruptible(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		select {
		case <-signals:
			cancel(errInterrupted)
		case <-ctx.Done():
		}
		signal.Stop(signals)
	}()
	return ctx, func() { cancel(nil) }
}
