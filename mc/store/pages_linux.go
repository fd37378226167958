package store

import (
	"syscall"
	"unsafe"
)

// largePage is the size of a large page in bytes.
const largePage = 2 << 20

// advise asks for large pages under memory that is long enough for it.
func advise[T uint32 | uint64](w []T) {
	if len(w) == 0 {
		return
	}
	size := int(unsafe.Sizeof(w[0]))
	at := uintptr(unsafe.Pointer(&w[0]))
	skip := int(-at & (largePage - 1))
	n := (len(w)*size - skip) &^ (largePage - 1)
	if n < largePage {
		return
	}
	b := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(&w[0]), skip)), n)
	_ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) // a wish: the search works without
}
