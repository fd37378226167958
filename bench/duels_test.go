//go:build peers

package bench

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A duel is one system written twice, with the same atomic steps.
type duel struct {
	name        string // what BENCH selects by, and the first column
	spec, model string
	pml         string
	defines     []string
	// extra is how many states Spin counts beyond ours: those of its init
	// process.
	extra uint64
}

// safety are the duels in which every reachable state is visited. Those after
// "Lamport mutex" are instances of R. Pelanek, "BEEM: Benchmarks for Explicit
// Model Checkers", SPIN 2007, and have its numbers of states.
var safety = []duel{
	{"TwoPhase, 7 resource managers", "twophase.spec", "Seven", "twophase.pml", []string{"-DN=7"}, 0},
	{"TwoPhase, 8 resource managers", "twophase.spec", "Eight", "twophase.pml", []string{"-DN=8"}, 0},
	{"TwoPhase, 9 resource managers", "twophase.spec", "Nine", "twophase.pml", []string{"-DN=9"}, 0},
	{"Bakery, 3 processes, tickets 0..2", "bakery.spec", "Three", "bakery.pml", []string{"-DN=3", "-DM=2"}, 1},
	{"SimpleAllocator, 3 clients, 5 resources", "simple_allocator.spec", "Large", "simple_allocator.pml", nil, 0},
	{"Lamport mutex, 3 processes, clocks to 6", "lamport.spec", "Three", "lamport.pml", nil, 0},
	{"Peterson, 4 processes (peterson.4)", "peterson.spec", "Four", "peterson.pml", []string{"-DN=4"}, 0},
	{"Szymanski, 4 processes (szymanski.4)", "szymanski.spec", "Four", "szymanski.pml", []string{"-DN=4", "-DWRONG"}, 0},
	{"Leader by filters, 5 processes (leader_filters.5)", "leader_filters.spec", "Five", "leader_filters.pml", []string{"-DN=5"}, 0},
	{"Adding, below 400 (adding.4)", "adding.spec", "Large", "adding.pml", []string{"-DMAX=400"}, 0},
	{"Lift, 13 floors (elevator2.3)", "elevator.spec", "Large", "elevator.pml", []string{"-DFLOORS=13"}, 0},
	{"Bounded retransmission (brp.3)", "brp.spec", "Large", "brp.pml", []string{"-DWRONG"}, 0},
}

// response are the duels about what must happen at some time on every weakly
// fair run: each process of Spin's is one fair process of ours, and a step that
// is possible stays so to both, or both lose it.
var response = []duel{
	{"Peterson, 4 processes", "peterson.spec", "ServedFour", "peterson.pml", []string{"-DN=4"}, 0},
	{"Szymanski, 4 processes", "szymanski.spec", "ServedFour", "szymanski.pml", []string{"-DN=4"}, 0},
	{"Leader by filters, 5 processes", "leader_filters.spec", "ElectedFive", "leader_filters.pml", []string{"-DN=5"}, 0},
	{"Lift, 11 floors", "elevator.spec", "AnsweredEleven", "elevator.pml", []string{"-DFLOORS=11"}, 0},
}

// small are systems of about a thousand states: what counts there is the time
// from the command to the verdict.
var small = []duel{
	{name: "Bath, 10 customers", spec: "huge.spec", model: "Ten"},
	{name: "Lift, 4 floors", spec: "elevator.spec", model: "Small"},
	{name: "SimpleAllocator, 2 clients, 3 resources", spec: "simple_allocator.spec", model: "Small"},
	{name: "Szymanski, 2 processes", spec: "szymanski.spec", model: "Two"},
}

// sets are systems for both engines: those of this folder and of the corpus
// that are packed and not tiny.
var sets = []duel{
	{name: "Milner's scheduler, 12 cyclers", spec: "scheduler.spec", model: "Twelve"},
	{name: "Milner's scheduler, 14 cyclers", spec: "scheduler.spec", model: "Fourteen"},
	{name: "SimpleAllocator, 3 clients, 5 resources", spec: "simple_allocator.spec", model: "Large"},
	{name: "SimpleRegular, 8 processes", spec: "../corpus/simple_regular.spec", model: "Eight"},
	{name: "TwoPhase, 7 resource managers", spec: "twophase.spec", model: "Seven"},
	{name: "Chameneos, 4 creatures", spec: "../corpus/chameneos.spec", model: "Four"},
	{name: "Bakery, 2 processes", spec: "../corpus/bakery.spec", model: "Two"},
	{name: "Internal memory, 2 processors", spec: "../corpus/internal_memory.spec", model: "Two"},
	{name: "Paxos, 3 acceptors", spec: "../corpus/paxos.spec", model: "Three"},
}

// chosen are the duels whose name, files or model the environment variable
// BENCH occurs in, whatever its case; all of them without one.
func chosen(duels []duel) []duel {
	want := strings.ToLower(os.Getenv("BENCH"))
	var some []duel
	for _, d := range duels {
		if strings.Contains(strings.ToLower(d.name+" "+d.spec+" "+d.model), want) {
			some = append(some, d)
		}
	}
	return some
}

func (d duel) specFile() string { return filepath.Join("..", "testdata", "bench", d.spec) }

func (d duel) promelaFile(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("promela", d.pml))
	if err != nil {
		t.Fatal(err)
	}
	return file
}
