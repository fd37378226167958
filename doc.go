// Package spec holds the tests that the whole house must pass: who may import
// whom, and that every diagnostic is documented, shown and refused.
package spec
