package wasm

import (
	"context"
	"encoding/binary"
	"unsafe"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/spec-lang/spec/mc/program"
)

// stepper is one instance of a module.
type stepper struct {
	x               *Code
	module          api.Module
	mem             []byte
	expand, examine api.Function
	stack           [8]uint64
	armed           uint64
	sources         uint64 // that were not left to a Machine
	counts          []program.Count
}

// New returns a Stepper of its own for one goroutine.
func (x *Code) New() (program.Stepper, error) {
	ctx := context.Background()
	m, err := x.runtime.InstantiateModule(ctx, x.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, err
	}
	mem, ok := m.Memory().Read(0, m.Memory().Size())
	if !ok {
		return nil, errMemory
	}
	s := &stepper{x: x, module: m, mem: mem, expand: m.ExportedFunction("expand"), examine: m.ExportedFunction("examine"), armed: ^uint64(0)}
	for i := range x.counters {
		s.counts = append(s.counts, program.Count{Blocked: make([]uint64, x.guards[i])})
	}
	return s, nil
}

// Expand computes successors.
func (s *stepper) Expand(keys []uint64, b *program.Batch) {
	words := s.x.prog.Layout.Words
	for first := 0; len(keys) > 0; {
		n := min(len(keys)/words, maxSources)
		done := s.some(keys[:n*words], first, b)
		keys, first = keys[done*words:], first+done
	}
}

// some computes the successors of as many states as there is room for.
func (s *stepper) some(keys []uint64, first int, b *program.Batch) int {
	r, words := &s.x.regions, s.x.prog.Layout.Words
	write(s.mem[r.in:], keys)
	binary.LittleEndian.PutUint64(s.mem[armedAt:], s.armed)
	for i, p := range [...]uint32{r.in, r.in + uint32(8*len(keys)), r.out, r.meta, r.stuck, r.redo, r.limit, uint32(first << metaActions)} {
		s.stack[i] = uint64(p)
	}
	if err := s.expand.CallWithStack(context.Background(), s.stack[:]); err != nil {
		panic("wasm: " + err.Error()) // the code does not trap
	}
	done := int(uint32(s.stack[0])-r.in) / (8 * words)
	b.Keys = append(b.Keys, view[uint64](s.mem, r.out, s.at(outAt))...)
	b.Metas = append(b.Metas, view[program.Meta](s.mem, r.meta, s.at(metaAt))...)
	b.Stuck = append(b.Stuck, view[uint32](s.mem, r.stuck, s.at(stuckAt))...)
	b.Redo = append(b.Redo, view[uint32](s.mem, r.redo, s.at(redoAt))...)
	b.Generated += binary.LittleEndian.Uint64(s.mem[madeAt:])
	s.sources += uint64(done) - uint64(s.at(redoAt)-r.redo)/4
	return done
}

func (s *stepper) at(i int) uint32 { return binary.LittleEndian.Uint32(s.mem[i:]) }

// Examine looks for state alarms.
func (s *stepper) Examine(keys []uint64, out []uint64) {
	r, words := &s.x.regions, s.x.prog.Layout.Words
	for len(out) > 0 {
		n := min(len(out), maxSources, outBytes/(8*words+4))
		write(s.mem[r.in:], keys[:n*words])
		s.stack[0], s.stack[1], s.stack[2] = uint64(r.in), uint64(r.in)+uint64(8*n*words), uint64(r.out)
		if err := s.examine.CallWithStack(context.Background(), s.stack[:3]); err != nil {
			panic("wasm: " + err.Error())
		}
		copy(out, view[uint64](s.mem, r.out, r.out+uint32(8*n)))
		keys, out = keys[n*words:], out[n:]
	}
}

// Arm switches a step alarm.
func (s *stepper) Arm(i int, on bool) {
	s.armed &^= 1 << i
	if on {
		s.armed |= 1 << i
	}
}

// Counts computes what was counted from what the code counts: instances that
// get past a conjunct are fewer than those that do not.
func (s *stepper) Counts() []program.Count {
	cell := func(i int) uint64 { return binary.LittleEndian.Uint64(s.mem[counterAt+8*i:]) }
	for i, n := range s.x.counters {
		out := &s.counts[i]
		out.Taken, out.Enabled = cell(n.taken), cell(n.enabled)
		at := cell(n.reached) + n.static*s.sources
		for j, p := range n.passed {
			past := out.Taken
			if p >= 0 {
				past = cell(p)
			}
			out.Blocked[j] = at - past
			at = past
		}
		out.Passed = at > 0
	}
	return s.counts
}

// Close frees the memory.
func (s *stepper) Close() { _ = s.module.Close(context.Background()) }

// little reports whether numbers in Go's memory are laid out as in that of a
// module.
var little = func() bool {
	n := uint16(1)
	return *(*byte)(unsafe.Pointer(&n)) == 1
}()

// write copies words to the memory of a module.
func write(mem []byte, words []uint64) {
	if little && len(words) > 0 {
		copy(mem, unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 8*len(words)))
		return
	}
	for i, w := range words {
		binary.LittleEndian.PutUint64(mem[8*i:], w)
	}
}

// view returns the numbers between two addresses. They are good until the
// module runs again.
func view[T ~uint32 | ~uint64](mem []byte, from, to uint32) []T {
	size := uint32(unsafe.Sizeof(T(0)))
	n := int((to - from) / size)
	if n == 0 {
		return nil
	}
	if little {
		return unsafe.Slice((*T)(unsafe.Pointer(&mem[from])), n)
	}
	out := make([]T, n)
	for i := range out {
		at := mem[from+uint32(i)*size:]
		if size == 8 {
			out[i] = T(binary.LittleEndian.Uint64(at))
		} else {
			out[i] = T(binary.LittleEndian.Uint32(at))
		}
	}
	return out
}
