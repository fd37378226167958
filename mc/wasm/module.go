package wasm

// function is a finished function that takes and returns 32-bit numbers.
type function struct {
	name            string
	params, results int
	code            *code
}

// encode writes a module with one memory, exported as "memory", and functions
// under their names. The format is that of the WebAssembly Core Specification
// 1.0, section 5.5.
func encode(funcs []function, pages int, at uint64, data []byte) []byte {
	b := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	types := appendUint(nil, uint64(len(funcs)))
	index := appendUint(nil, uint64(len(funcs)))
	exports := appendUint(nil, uint64(len(funcs)+1))
	bodies := appendUint(nil, uint64(len(funcs)))
	exports = append(appendName(exports, "memory"), 2, 0)
	for i, f := range funcs {
		types = append(types, 0x60)
		for _, n := range []int{f.params, f.results} {
			types = appendUint(types, uint64(n))
			for range n {
				types = append(types, type32)
			}
		}
		index = appendUint(index, uint64(i))
		exports = append(appendName(exports, f.name), 0)
		exports = appendUint(exports, uint64(i))
		bodies = appendSized(bodies, f.body())
	}
	b = appendSection(b, 1, types)
	b = appendSection(b, 3, index)
	b = appendSection(b, 5, appendUint(appendUint([]byte{1, 1}, uint64(pages)), uint64(pages)))
	b = appendSection(b, 7, exports)
	b = appendSection(b, 10, bodies)
	if len(data) > 0 {
		d := appendInt([]byte{1, 0, opConst32}, int64(at))
		d = append(d, opEnd)
		b = appendSection(b, 11, appendSized(d, data))
	}
	return b
}

// body is the locals, in runs of one type, and the code.
func (f function) body() []byte {
	var runs []byte
	n := 0
	types := f.code.types[f.params:]
	for i := 0; i < len(types); {
		j := i
		for j < len(types) && types[j] == types[i] {
			j++
		}
		runs = append(appendUint(runs, uint64(j-i)), types[i])
		n++
		i = j
	}
	b := append(appendUint(nil, uint64(n)), runs...)
	return append(append(b, f.code.buf...), opEnd)
}

func appendName(b []byte, s string) []byte { return append(appendUint(b, uint64(len(s))), s...) }

func appendSized(b, part []byte) []byte { return append(appendUint(b, uint64(len(part))), part...) }

func appendSection(b []byte, id byte, part []byte) []byte { return appendSized(append(b, id), part) }
