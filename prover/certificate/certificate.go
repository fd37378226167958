package certificate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/prover/cdcl"
	"github.com/spec-lang/spec/prover/drat"
	"github.com/spec-lang/spec/prover/transition"
)

// Version is that of the form of certificates.
const Version = 1

// File is a file of certificates.
type File struct {
	Version int           `json:"version"`
	Models  []Certificate `json:"models"`
}

// Certificate is what was proved about one model.
type Certificate struct {
	// Spec is the file that the model is in, as it was named.
	Spec  string `json:"spec"`
	Model string `json:"model"`
	// Checks are what the properties are called that were asked for.
	Checks []string `json:"checks"`
	// System is a hash of what the model means: its kernel, as printed.
	System string   `json:"system"`
	Claims []Proved `json:"claims"`
}

// Of is a system cut down to the checks of a certificate.
func (c *Certificate) Of(sys *ir.System) *ir.System {
	some := *sys
	some.Checks = nil
	for _, check := range sys.Checks {
		if slices.Contains(c.Checks, check.Prop.Label()) {
			some.Checks = append(some.Checks, check)
		}
	}
	return &some
}

// Proved is a claim with the refutations of its obligations, in their order,
// each in the DRAT format.
type Proved struct {
	Claim
	Refutations []Refutation `json:"refutations"`
}

// Refutation is a refutation of the formula of an obligation.
type Refutation struct {
	Of   string `json:"of"`
	DRAT string `json:"drat"`
}

// Hash names a system by its meaning, whatever is asked of it.
func Hash(sys *ir.System) string {
	plain := *sys
	plain.Checks, plain.Expect = nil, ir.Expect{States: -1, Generated: -1, Depth: -1, ViolatedDepth: -1, DeadlockDepth: -1}
	sum := sha256.Sum256([]byte(print.System(&plain)))
	return hex.EncodeToString(sum[:])
}

// Make refutes the obligations of claims and checks the refutations. The
// error says which obligation is not met; if ctx ended first it is that of ctx.
func Make(ctx context.Context, sys *transition.System, claims []Claim) (*Certificate, error) {
	out := &Certificate{Spec: sys.Sys.Span.File, Model: sys.Sys.Model, System: Hash(sys.Sys), Checks: []string{}, Claims: []Proved{}}
	for _, check := range sys.Sys.Checks {
		out.Checks = append(out.Checks, check.Prop.Label())
	}
	places := transition.NewPlaces(sys)
	for _, c := range claims {
		obligations, err := c.Obligations(sys, places)
		if err != nil {
			return nil, err
		}
		p := Proved{Claim: c}
		for _, o := range obligations {
			var log drat.Proof
			switch answer, _ := cdcl.Solve(ctx, o.Formula, &log); answer {
			case cdcl.Sat:
				return nil, errors.New("not so: " + o.Name)
			case cdcl.Stopped:
				return nil, ctx.Err()
			}
			if err := drat.Check(ctx, o.Formula, log); err != nil {
				return nil, fmt.Errorf("%s: %w", o.Name, err)
			}
			p.Refutations = append(p.Refutations, Refutation{o.Name, log.String()})
		}
		out.Claims = append(out.Claims, p)
	}
	return out, nil
}

// Check goes through the refutations of a certificate. The error says what is
// wrong with it; if ctx ended first it is that of ctx.
func (c *Certificate) Check(ctx context.Context, sys *transition.System) error {
	if got := Hash(sys.Sys); got != c.System {
		return fmt.Errorf("the certificate is for another version of model %s", c.Model)
	}
	places := transition.NewPlaces(sys)
	for _, p := range c.Claims {
		if err := p.check(ctx, sys, places); err != nil {
			return err
		}
	}
	return nil
}

func (p *Proved) check(ctx context.Context, sys *transition.System, places *transition.Places) error {
	obligations, err := p.Obligations(sys, places)
	if err != nil {
		return err
	}
	if len(obligations) != len(p.Refutations) {
		return fmt.Errorf("%d obligations, but %d refutations", len(obligations), len(p.Refutations))
	}
	for i, o := range obligations {
		r := p.Refutations[i]
		if r.Of != o.Name {
			return fmt.Errorf("expected the refutation of %q, found that of %q", o.Name, r.Of)
		}
		proof, err := drat.Read(strings.NewReader(r.DRAT))
		if err == nil {
			err = drat.Check(ctx, o.Formula, proof)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return nil
}

// Write writes a file of certificates.
func (f *File) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(f)
}

// Read reads a file of certificates.
func Read(r io.Reader) (*File, error) {
	var f File
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("it is no certificate: %w", err)
	}
	if f.Version != Version {
		return nil, fmt.Errorf("it has version %d, expected %d", f.Version, Version)
	}
	return &f, nil
}
