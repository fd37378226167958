package solver

import (
	"bufio"
	"errors"
	"math/big"
	"strings"

	"github.com/spec-lang/spec/prover/term"
)

// sexp is an atom, or a list if Atom is "".
type sexp struct {
	Atom string
	List []sexp
}

var errNested = errors.New("an answer nested too deeply")

// maxNested bounds what is read of an answer: no value of ours is that deep.
const maxNested = 200

// readSexp reads one expression; comments and space before it are skipped.
func readSexp(r *bufio.Reader, depth int) (sexp, error) {
	if depth > maxNested {
		return sexp{}, errNested
	}
	c, err := firstByte(r)
	if err != nil {
		return sexp{}, err
	}
	switch c {
	case '(':
		out := sexp{List: []sexp{}}
		for {
			if c, err = firstByte(r); err != nil {
				return sexp{}, err
			}
			if c == ')' {
				return out, nil
			}
			if err = r.UnreadByte(); err != nil {
				return sexp{}, err
			}
			x, err := readSexp(r, depth+1)
			if err != nil {
				return sexp{}, err
			}
			out.List = append(out.List, x)
		}
	case ')':
		return sexp{}, errors.New("a bracket that closes nothing")
	case '|', '"':
		text, err := r.ReadString(c)
		return sexp{Atom: string(c) + text}, err
	}
	return readAtom(r, c)
}

func readAtom(r *bufio.Reader, first byte) (sexp, error) {
	text := []byte{first}
	for {
		c, err := r.ReadByte()
		if err != nil {
			return sexp{Atom: string(text)}, nil // the next read says so again
		}
		if strings.IndexByte(" \t\r\n()", c) >= 0 {
			return sexp{Atom: string(text)}, r.UnreadByte()
		}
		text = append(text, c)
	}
}

func firstByte(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\r', '\n':
		case ';':
			if _, err := r.ReadString('\n'); err != nil {
				return 0, err
			}
		default:
			return c, nil
		}
	}
}

// head returns the first atom of a list.
func (x sexp) head() string {
	if len(x.List) == 0 {
		return ""
	}
	return x.List[0].Atom
}

func (x sexp) String() string {
	if x.List == nil {
		return x.Atom
	}
	parts := make([]string, len(x.List))
	for i, e := range x.List {
		parts[i] = e.String()
	}
	return "(" + strings.Join(parts, " ") + ")"
}

// value is the value that x writes, of sort s.
func (x sexp) value(s *term.Sort) (Value, bool) {
	switch s.Kind {
	case term.BoolSort:
		return Value{Bool: x.Atom == "true"}, x.Atom == "true" || x.Atom == "false"
	case term.IntSort:
		n := x.integer()
		return Value{Int: n}, n != nil
	case term.EnumSort:
		for i, e := range s.Elems {
			if strings.Trim(x.Atom, "|") == s.Name+"/"+e {
				return Value{Int: big.NewInt(int64(i))}, true
			}
		}
	}
	return Value{}, false
}

func (x sexp) integer() *big.Int {
	if x.head() == "-" && len(x.List) == 2 {
		if n := x.List[1].integer(); n != nil {
			return n.Neg(n)
		}
		return nil
	}
	n, ok := new(big.Int).SetString(x.Atom, 10)
	if !ok {
		return nil
	}
	return n
}
