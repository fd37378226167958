package main

import (
	"fmt"
	"os"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

func main() {
	for _, p := range os.Args[1:] {
		b, _ := os.ReadFile(p)
		f := source.NewFile(p, string(b))
		_, ds := parse.File(f)
		for _, d := range ds {
			fmt.Printf("%s: %v %s | %s\n", p, f.Pos(d.Span.Lo), d.Message, d.Help)
		}
	}
}
