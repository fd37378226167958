package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/simulate"
	"github.com/spec-lang/spec/mc/symbolic"
	"github.com/spec-lang/spec/prover"
)

// How often progress is shown: on a terminal it is one line that changes,
// elsewhere a line of its own.
const (
	repaint = 100 * time.Millisecond
	relog   = 5 * time.Second
)

// progress shows how a search goes. Its methods may be called by several
// workers.
type progress struct {
	mu       sync.Mutex
	w        io.Writer
	model    string
	terminal bool
	start    time.Time
	next     time.Time
	shown    bool
}

func newProgress(w io.Writer, model string) *progress {
	p := &progress{w: w, model: model, terminal: isTerminal(w), start: time.Now()}
	p.next = p.start.Add(relog)
	if p.terminal {
		p.next = p.start.Add(2 * repaint)
	}
	return p
}

// show is called by the search from time to time.
func (p *progress) show(e mc.Event) {
	p.line(func(seconds float64) string {
		if e.Graph {
			return fmt.Sprintf("model %s: %d states in the graph for ctl, depth %d, %d to do, %s, %.0fs",
				p.model, e.Distinct, e.Depth, e.Queue, bytesText(e.Memory), seconds)
		}
		return fmt.Sprintf("model %s: %d states, %.0f/s, depth %d, %d to do, %s, %.0fs%s",
			p.model, e.Distinct, float64(e.Distinct)/seconds, e.Depth, e.Queue, bytesText(e.Memory), seconds, expected(e))
	})
}

// sets is called by a search with sets of states.
func (p *progress) sets(e symbolic.Event) {
	p.line(func(seconds float64) string {
		return fmt.Sprintf("model %s: %d states, depth %d, %d nodes of decision diagrams, %s, %.0fs", p.model, e.Distinct, e.Depth, e.Nodes, bytesText(e.Memory), seconds)
	})
}

// proof is called by a proof from time to time.
func (p *progress) proof(e prover.Event) {
	p.line(func(seconds float64) string {
		return fmt.Sprintf("model %s: nothing within %d steps, frame %d, %d clauses, %.0fs", p.model, e.Depth, e.Level, e.Clauses, seconds)
	})
}

// expected says how large the search will become, if that can be foreseen.
func expected(e mc.Event) string {
	if e.Distinct == 0 || e.Expected <= e.Distinct {
		return ""
	}
	memory := float64(e.Memory) / float64(e.Distinct) * float64(e.Expected)
	return fmt.Sprintf("; expect about %.2g states, %s", float64(e.Expected), bytesText(uint64(memory)))
}

// runs returns what a simulation of n runs calls from time to time.
func (p *progress) runs(n int) func(simulate.Event) {
	return func(e simulate.Event) {
		p.line(func(seconds float64) string {
			return fmt.Sprintf("model %s: %d of %d runs, %.0f steps/s, %.0fs", p.model, e.Runs, n, float64(e.Steps)/seconds, seconds)
		})
	}
}

// line shows a line if it is time for one.
func (p *progress) line(text func(seconds float64) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	line := text(now.Sub(p.start).Seconds())
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", line)
		p.shown, p.next = true, now.Add(repaint)
		return
	}
	fmt.Fprintln(p.w, line)
	p.next = now.Add(relog)
}

// clear takes the line from the terminal again.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
