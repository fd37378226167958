// Command spec checks, explores, explains and generates from specifications.
//
// Each subcommand has a file of its own. Flags and exit codes are known only
// here; what the commands do stands in the packages below.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}
