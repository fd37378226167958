package simulate

import (
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/program"
)

// outcomes are what a run may do next, in the order of the judge. They are
// refilled for each step, so that a step costs no memory.
type outcomes struct {
	words int
	keys  []uint64 // of the states, words each
	list  []outcome
	args  []uint64 // of the outcome that is added
}

// outcome is one of them.
type outcome struct {
	action   int    // index; -1 of an initial state
	instance uint64 // hash of the action and its arguments
	thread   uint64 // hash of what Priorities gives a priority to
	fails    fault
}

// fault is how an outcome fails.
type fault uint8

const (
	sound fault = iota
	failsAssertion
	failsEvaluation
)

func (o *outcomes) empty() bool { return len(o.list) == 0 }

func (o *outcomes) key(i int) []uint64 { return o.keys[i*o.words : (i+1)*o.words] }

func (o *outcomes) reset() { o.keys, o.list = o.keys[:0], o.list[:0] }

// add appends the outcome that the Machine is at.
func (o *outcomes) add(p *plan, m *program.Machine) {
	x := outcome{action: m.Action()}
	if f := m.Failure(); f != nil {
		x.fails = failsEvaluation
		if f.Kind == eval.AssertFailed {
			x.fails = failsAssertion
		}
	}
	if x.action >= 0 {
		o.args = m.Arguments(o.args[:0])
		x.instance = hashWords(uint64(x.action), o.args)
		x.thread = p.thread(x.action, x.instance, o.args)
	}
	n := len(o.keys)
	for range o.words {
		o.keys = append(o.keys, 0)
	}
	if x.fails == sound {
		p.prog.Layout.Pack(o.keys[n:], m.State())
	}
	o.list = append(o.list, x)
}

// thread is the identity of what takes a step: an instance of a process, or
// of an action outside of processes.
func (p *plan) thread(action int, instance uint64, args []uint64) uint64 {
	a := p.sys.Actions[action]
	if a.Process == "" {
		return instance
	}
	first := 0
	for p.sys.Actions[first].Process != a.Process {
		first++
	}
	return hashWords(^uint64(first), args[:min(1, len(args), len(a.Params))])
}

// hashWords hashes words with a seed.
func hashWords(seed uint64, words []uint64) uint64 {
	h := mix(seed + 0x9e3779b97f4a7c15)
	for _, w := range words {
		h = mix(h ^ w*0xff51afd7ed558ccd)
	}
	return h
}

// mix spreads a number over 64 bits and leaves 0 alone: the finaliser of
// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
