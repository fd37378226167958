//go:build !linux

package main

// machineMemory is how many bytes of memory the machine has, 0 if that is not
// known.
func machineMemory() uint64 { return 0 }
