package limit_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/spec-lang/spec/mc/limit"
)

func TestWords(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	late, done := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer done()
	short, stop := limit.Time(context.Background(), 1)
	defer stop()
	<-short.Done()
	for _, tt := range []struct {
		name, want string
		ctx        context.Context
	}{{"cancelled", "interrupted", cancelled}, {"late", "the time limit", late}, {"short", "the time limit of 1ns", short}} {
		if got := limit.Words(tt.ctx); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if ctx, stop := limit.Time(context.Background(), 0); ctx.Done() != nil {
		t.Error("no time is a limit")
	} else {
		stop()
	}
}

func TestWorkers(t *testing.T) {
	if got := limit.Workers(3); got != 3 {
		t.Errorf("got %d, want 3", got)
	}
	if got, want := limit.Workers(0), runtime.GOMAXPROCS(0); got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}
