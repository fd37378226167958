package main

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// spillInto returns room for states in files of a folder that have no name,
// so that nothing is left of them when the program ends, however it ends.
func spillInto(dir string) func(n int) ([]uint64, error) {
	return func(n int) ([]uint64, error) {
		data, err := roomIn(dir, n*8)
		if err != nil {
			return nil, fmt.Errorf("no room for states in %s: %w", dir, err)
		}
		return unsafe.Slice((*uint64)(unsafe.Pointer(&data[0])), n), nil
	}
}

func roomIn(dir string, size int) ([]byte, error) {
	file, err := os.CreateTemp(dir, "spec-states-*")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if err := os.Remove(file.Name()); err != nil {
		return nil, err
	}
	// Now, so that a full disk is an error here and not a fault later.
	if err := syscall.Fallocate(int(file.Fd()), 0, 0, int64(size)); err != nil {
		return nil, err
	}
	return syscall.Mmap(int(file.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
}
