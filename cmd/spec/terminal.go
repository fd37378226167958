package main

import (
	"io"
	"os"
	"strconv"
)

// isTerminal reports whether what is written to w is read on a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// colours reports whether to write colours to w. See https://no-color.org.
func colours(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// defaultWidth is that of text which is not for a terminal.
const defaultWidth = 100

// columns is how wide lines on w may be: COLUMNS if it is set, else as wide as
// the terminal.
func columns(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		return n
	}
	if f, ok := w.(*os.File); ok && isTerminal(w) {
		if n := terminalWidth(f); n >= 40 {
			return n
		}
	}
	return defaultWidth
}
