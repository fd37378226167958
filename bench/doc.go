// Package bench holds the engine against its peers: the same system, written
// for both, the same number of states, in turn in one run. `make bench` runs
// it; docs/performance.md keeps the figures.
package bench
