// Package native asks the library of Z3 where the build tag z3 is given; it is
// empty otherwise.
package native
