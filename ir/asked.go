package ir

import "slices"

// Asked returns the properties of some kinds that the model checks, or of all
// kinds, each once, in the order of the checks.
func (s *System) Asked(kinds ...PropKind) []*Property {
	var out []*Property
	for _, c := range s.Checks {
		if (len(kinds) == 0 || slices.Contains(kinds, c.Prop.Kind)) && !slices.Contains(out, c.Prop) {
			out = append(out, c.Prop)
		}
	}
	return out
}
