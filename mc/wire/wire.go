// Package wire writes numbers to a stream and reads them again, with a sum
// over all of them at the end. Errors stay in the Writer or Reader, so that
// only the end has to be checked.
package wire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc64"
	"io"
)

// ErrDamaged says that a stream was cut off or changed.
var ErrDamaged = errors.New("it is damaged")

// table is that of ECMA-182.
var table = crc64.MakeTable(crc64.ECMA)

// Writer writes numbers. Close it.
type Writer struct {
	w   *bufio.Writer
	sum hash.Hash64
	buf [8 << 10]byte
	err error
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: bufio.NewWriterSize(w, 1<<20), sum: crc64.New(table)}
}

// Uint writes a number.
func (w *Writer) Uint(n uint64) { w.Words([]uint64{n}) }

// Int writes a number that is not too large for an int64.
func (w *Writer) Int(n int) { w.Uint(uint64(n)) }

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	if b {
		w.Uint(1)
	} else {
		w.Uint(0)
	}
}

// List writes how many numbers there are, and the numbers.
func (w *Writer) List(ns []uint64) {
	w.Int(len(ns))
	w.Words(ns)
}

// Words writes numbers.
func (w *Writer) Words(ns []uint64) {
	for len(ns) > 0 {
		n := min(len(ns), len(w.buf)/8)
		for i, x := range ns[:n] {
			binary.LittleEndian.PutUint64(w.buf[i*8:], x)
		}
		w.bytes(w.buf[:n*8])
		ns = ns[n:]
	}
}

func (w *Writer) bytes(b []byte) {
	if w.err != nil {
		return
	}
	w.sum.Write(b)
	_, w.err = w.w.Write(b)
}

// Close writes the sum and reports the first error.
func (w *Writer) Close() error {
	w.Uint(w.sum.Sum64())
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.err
}

// Reader reads what a Writer wrote. After an error it reads zeros.
type Reader struct {
	r   *bufio.Reader
	sum hash.Hash64
	buf [8 << 10]byte
	err error
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 1<<20), sum: crc64.New(table)}
}

// Uint reads a number.
func (r *Reader) Uint() uint64 {
	var n [1]uint64
	r.Words(n[:])
	return n[0]
}

// Int reads a number that must be from 0 to limit.
func (r *Reader) Int(limit uint64) int {
	n := r.Uint()
	if n > limit {
		r.fail()
		return 0
	}
	return int(n)
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.Int(1) == 1 }

// List reads at most limit numbers.
func (r *Reader) List(limit uint64) []uint64 {
	n := r.Int(limit)
	var out []uint64
	for n > 0 && r.err == nil {
		// In portions, so that a wrong length does not ask for all memory.
		k := min(n, 1<<16)
		out = append(out, make([]uint64, k)...)
		r.Words(out[len(out)-k:])
		n -= k
	}
	return out
}

// Words reads as many numbers as ns holds.
func (r *Reader) Words(ns []uint64) {
	for len(ns) > 0 {
		n := min(len(ns), len(r.buf)/8)
		b := r.buf[:n*8]
		r.bytes(b)
		for i := range n {
			ns[i] = binary.LittleEndian.Uint64(b[i*8:])
		}
		ns = ns[n:]
	}
}

func (r *Reader) bytes(b []byte) {
	if r.err == nil {
		if _, err := io.ReadFull(r.r, b); err != nil {
			r.fail()
		}
	}
	if r.err != nil {
		clear(b)
		return
	}
	r.sum.Write(b)
}

func (r *Reader) fail() {
	if r.err == nil {
		r.err = ErrDamaged
	}
}

// Err returns the first error so far.
func (r *Reader) Err() error { return r.err }

// Close reads the sum and reports whether all was read as it was written.
func (r *Reader) Close() error {
	want := r.sum.Sum64()
	if got := r.Uint(); got != want {
		r.fail()
	}
	return r.err
}
