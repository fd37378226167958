package wire_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/spec-lang/spec/mc/wire"
)

func written(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := wire.NewWriter(&b)
	w.Uint(1 << 63)
	w.Bool(true)
	w.List([]uint64{3, 1, 2})
	w.Words(make([]uint64, 5000))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(data []byte) (n uint64, list []uint64, err error) {
	r := wire.NewReader(bytes.NewReader(data))
	n = r.Uint()
	ok := r.Bool()
	list = r.List(10)
	r.Words(make([]uint64, 5000))
	if err := r.Close(); err != nil {
		return 0, nil, err
	}
	if !ok {
		return 0, nil, errors.New("true became false")
	}
	return n, list, nil
}

func TestRoundTrip(t *testing.T) {
	n, list, err := read(written(t))
	if err != nil || n != 1<<63 || !slices.Equal(list, []uint64{3, 1, 2}) {
		t.Errorf("got %d, %v, %v", n, list, err)
	}
}

// TestDamage cuts the stream at every word and changes a bit of each.
func TestDamage(t *testing.T) {
	data := written(t)
	for at := 0; at < len(data); at += 8 {
		if _, _, err := read(data[:at]); !errors.Is(err, wire.ErrDamaged) {
			t.Fatalf("cut at %d: got %v", at, err)
		}
		bad := slices.Clone(data)
		bad[at+at%7] ^= 4
		if _, _, err := read(bad); !errors.Is(err, wire.ErrDamaged) {
			t.Fatalf("changed at %d: got %v", at, err)
		}
		at += 8 * (at / 64)
	}
}

// TestFullDisk: the first error of the writer below is the error.
func TestFullDisk(t *testing.T) {
	full := errors.New("no space left")
	w := wire.NewWriter(failing{full})
	w.Words(make([]uint64, 1<<20))
	if err := w.Close(); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
