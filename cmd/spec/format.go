package main

import (
	"fmt"
	"os"
	"strings"
)

// badFormat is the usage error of a value that --format does not have.
func badFormat(found string, known ...string) error {
	return usageError{fmt.Sprintf("there is no format %q", found), "write --format " + strings.Join(known, " or --format ")}
}

// output writes to the file called name, or to the output if that is "".
func output(std streams, name string, data []byte) error {
	if name == "" {
		_, err := std.out.Write(data)
		return err
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return usageError{msg: err.Error()}
	}
	return nil
}
