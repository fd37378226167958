// Package limit is what engines do about the time that they are given and the
// processors that there are, and how they say that a limit is met.
package limit

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

// Time returns a context that ends after d, with that as its cause; with no d
// it is ctx.
func Time(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, d, fmt.Errorf("the time limit of %s", d))
}

// Words says why a context ended.
func Words(ctx context.Context) string {
	switch err := context.Cause(ctx); {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time limit"
	default:
		return err.Error()
	}
}

// Memory says that n bytes are not enough.
func Memory(n uint64) string { return fmt.Sprintf("the limit of %d bytes of memory", n) }

// Workers is n, or if that is not positive one for each processor.
func Workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}
