// Package stdlib holds the modules that are imported as "std/...".
package stdlib

import "embed"

// Files has each module under its path without "std/".
//
//go:embed *.spec
var Files embed.FS
