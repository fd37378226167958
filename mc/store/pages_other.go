//go:build !linux

package store

func advise[T uint32 | uint64]([]T) {}
