package simulate

import (
	"math"
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// sketchBits says how many registers a sketch has; its standard error is
// 1.04 / sqrt(2^sketchBits), here 0.8 %.
const sketchBits = 14

// sketch estimates how many different states were added: HyperLogLog of
// Flajolet, Fusy, Gandouet, Meunier (AofA 2007), which counts empty registers
// as long as there are many.
type sketch struct{ registers [1 << sketchBits]uint8 }

func (s *sketch) add(hash uint64) {
	rank := uint8(bits.LeadingZeros64(hash<<sketchBits|1<<(sketchBits-1)) + 1)
	r := &s.registers[hash>>(64-sketchBits)]
	*r = max(*r, rank)
}

// merge adds what another sketch has seen.
func (s *sketch) merge(o *sketch) {
	for i, r := range o.registers {
		s.registers[i] = max(s.registers[i], r)
	}
}

func (s *sketch) estimate() uint64 {
	const m = float64(1 << sketchBits)
	sum, empty := 0.0, 0.0
	for _, r := range s.registers {
		sum += math.Ldexp(1, -int(r))
		if r == 0 {
			empty++
		}
	}
	e := 0.7213 / (1 + 1.079/m) * m * m / sum
	if e <= 2.5*m && empty > 0 {
		e = m * math.Log(m/empty)
	}
	return uint64(math.Round(e))
}

// slotHasher hashes states. Words that are ids of interned values depend on
// who interned what first, so that it is their values that are hashed.
type slotHasher struct {
	packed bool // no slot holds an id
	slots  []program.Slot
	known  map[interned]uint64
}

// interned is a word with what it is to be read as.
type interned struct {
	rep  *word.Rep
	word uint64
}

func newSlotHasher(l *program.Layout) *slotHasher {
	h := &slotHasher{packed: true, slots: l.Slots, known: map[interned]uint64{}}
	for _, s := range l.Slots {
		h.packed = h.packed && s.Rep.Form == word.Packed
	}
	return h
}

// hash returns a hash of the state with the given key and slots.
func (h *slotHasher) hash(key, slots []uint64) uint64 {
	if h.packed {
		return hashWords(1, key)
	}
	sum := uint64(1)
	for i := range h.slots {
		sum = mix(sum ^ h.value(h.slots[i].Rep, slots[i])*0xff51afd7ed558ccd)
	}
	return mix(sum)
}

// value is a number that is the same for equal values of a type.
func (h *slotHasher) value(r *word.Rep, w uint64) uint64 {
	if r.Form == word.Packed || r.Form == word.Integer && word.IsSmall(w) {
		return w + 1
	}
	k := interned{r, w}
	v, ok := h.known[k]
	if !ok {
		v = hashText(ir.Format(r.Decode(w)))
		h.known[k] = v
	}
	return v
}

// hashText is FNV-1a.
func hashText(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return mix(h)
}
