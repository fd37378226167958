package prover

import (
	"context"
	"fmt"
	"runtime/metrics"
	"time"
)

// memoryInterval is how often the memory is looked at: a solver that is at work
// adds a few megabytes in that time.
const memoryInterval = 50 * time.Millisecond

// limitMemory returns a context that ends when the heap is larger than a limit;
// 0 is none. The solvers do not count what they take, so the whole process is
// looked at.
func limitMemory(ctx context.Context, limit uint64) (context.Context, func()) {
	if limit == 0 {
		return ctx, func() {}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		tick := time.NewTicker(memoryInterval)
		defer tick.Stop()
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if metrics.Read(sample); sample[0].Value.Uint64() > limit {
					cancel(fmt.Errorf("the limit of %d bytes of memory", limit))
				}
			}
		}
	}()
	return ctx, func() { cancel(nil) }
}
