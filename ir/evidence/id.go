package evidence

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// idAlphabet is that of Crockford's base 32: no letter looks like a digit.
const idAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ID is a short name of the trace to a finding, the same for every run that
// finds it: 20 bits of a hash of the property and of everything that the trace
// chooses. It is "" without a trace.
func (f *Finding) ID() string {
	if f.Trace == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(f.Prop.Label())
	for _, s := range f.Trace.Steps {
		b.WriteByte('\n')
		if s.Action != nil {
			b.WriteString(s.Action.Name)
		}
		writeValues(&b, s.Args)
		writeValues(&b, s.State)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return base32.NewEncoding(idAlphabet).EncodeToString(sum[:5])[:4]
}

func writeValues(b *strings.Builder, vs []ir.Value) {
	b.WriteByte('(')
	for _, v := range vs {
		b.WriteString(ir.Format(v))
		b.WriteByte(',')
	}
	b.WriteByte(')')
}
