package graph

// Compiled waits for WebAssembly and reports whether there is any.
func Compiled(g *Graph) bool {
	if g.build.code == nil {
		return false
	}
	s := g.build.code.Stepper()
	if s != nil {
		s.Close()
	}
	return s != nil
}

// Fast reports whether WebAssembly computes successors.
func Fast(g *Graph) bool { return g.build.fast && g.build.code != nil }
