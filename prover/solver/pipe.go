package solver

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"github.com/spec-lang/spec/prover/term"
)

// Pipe is a program that reads SMT-LIB 2 and answers.
type Pipe struct {
	Program string // as Answer.Solver names it
	Path    string
	Args    []string
	// Limit writes the argument that bounds the time of a question; nil if the
	// program has none.
	Limit func(time.Duration) string
	// Grace is how long the program may go on after its limit before it is
	// stopped; 0 means two seconds.
	Grace time.Duration
}

// Z3 is the program z3 at path, named with its version.
func Z3(name, path string) *Pipe {
	return &Pipe{Program: name, Path: path, Args: []string{"-in", "-smt2"},
		Limit: func(d time.Duration) string { return fmt.Sprintf("-t:%d", d.Milliseconds()) }}
}

// CVC5 is the program cvc5 at path, named with its version.
func CVC5(name, path string) *Pipe {
	return &Pipe{Program: name, Path: path, Args: []string{"--lang=smt2", "--quiet"},
		Limit: func(d time.Duration) string { return fmt.Sprintf("--tlimit=%d", d.Milliseconds()) }}
}

const defaultGrace = 2 * time.Second

func (p *Pipe) grace() time.Duration {
	if p.Grace > 0 {
		return p.Grace
	}
	return defaultGrace
}

// Name returns the name of the program.
func (p *Pipe) Name() string { return p.Program }

// Solve starts the program, asks and stops it again.
func (p *Pipe) Solve(ctx context.Context, q *Query) (Answer, error) {
	limited := ctx
	args := p.Args
	if q.Limit > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, q.Limit+p.grace())
		defer cancel()
		if p.Limit != nil {
			args = append(append([]string{}, args...), p.Limit(q.Limit))
		}
	}
	d, err := p.start(limited, args)
	if err != nil {
		return Answer{}, err
	}
	answer, err := d.ask(q)
	d.stop()
	switch {
	case ctx.Err() != nil:
		return Answer{}, ctx.Err()
	case err != nil && limited.Err() != nil:
		return Answer{Solver: p.Program, Why: "no answer within " + q.Limit.String()}, nil
	case err != nil:
		return Answer{}, d.fault(err)
	}
	return answer, nil
}

// dialogue is one program at work.
type dialogue struct {
	p      *Pipe
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr bytes.Buffer
	script *term.Script
}

func (p *Pipe) start(ctx context.Context, args []string) (*dialogue, error) {
	d := &dialogue{p: p, cmd: exec.CommandContext(ctx, p.Path, args...)}
	d.cmd.Stderr = &limitedWriter{to: &d.stderr, left: 4096}
	d.cmd.WaitDelay = p.grace()
	in, err := d.cmd.StdinPipe()
	if err != nil {
		return nil, &Fault{p.Program, err.Error()}
	}
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		return nil, &Fault{p.Program, err.Error()}
	}
	if err := d.cmd.Start(); err != nil {
		return nil, &Fault{p.Program, "cannot be started: " + err.Error()}
	}
	d.in, d.out = in, bufio.NewReader(out)
	d.script = term.NewScript(in)
	return d, nil
}

// stop ends the program, which may still be busy.
func (d *dialogue) stop() {
	_ = d.in.Close()         // it may have ended by itself
	_ = d.cmd.Process.Kill() // the same
	_ = d.cmd.Wait()         // killed: its state says nothing
}

// ask writes a question and reads the answer.
func (d *dialogue) ask(q *Query) (Answer, error) {
	s := d.script
	s.Line("(set-option :produce-models true)")
	s.Line("(set-option :produce-unsat-cores true)")
	s.Line("(set-logic ALL)")
	for _, a := range q.Asserts {
		s.Assert(a.Name, a.Term)
	}
	s.Line("(check-sat)")
	said, err := d.read()
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Solver: d.p.Program}
	switch said.Atom {
	case "unsat":
		answer.Status = Unsat
		answer.Core, err = d.core()
	case "sat":
		answer.Status = Sat
		answer.Values, err = d.values(q)
	case "unknown", "timeout":
		answer.Why = d.reason(q)
	default:
		err = fmt.Errorf("expected sat, unsat or unknown, found %s", short(said.String()))
	}
	return answer, err
}

// read returns the next answer that is not an error.
func (d *dialogue) read() (sexp, error) {
	if err := d.script.Err(); err != nil {
		return sexp{}, errors.New("it stopped reading")
	}
	x, err := readSexp(d.out, 0)
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return x, errors.New("it ended without an answer")
	case err == nil && x.head() == "error":
		return x, errors.New("it complains: " + short(x.String()))
	}
	return x, err
}

func (d *dialogue) core() ([]string, error) {
	d.script.Line("(get-unsat-core)")
	x, err := d.read()
	if err != nil {
		return nil, err
	}
	if x.List == nil {
		return nil, fmt.Errorf("expected a list of assertions, found %s", short(x.String()))
	}
	var out []string
	for _, e := range x.List {
		out = append(out, strings.Trim(e.Atom, "|"))
	}
	return out, nil
}

// values asks for what the query needs to know.
func (d *dialogue) values(q *Query) (Values, error) {
	known := Values{}
	if q.Need == nil {
		return known, nil
	}
	for {
		need := q.Need(known)
		if len(need) == 0 {
			return known, nil
		}
		d.script.Values(need)
		x, err := d.read()
		if err != nil {
			return nil, err
		}
		if len(x.List) != len(need) {
			return nil, fmt.Errorf("expected %d values, found %s", len(need), short(x.String()))
		}
		for i, t := range need {
			pair := x.List[i].List
			if len(pair) != 2 {
				return nil, fmt.Errorf("expected a term with its value, found %s", short(x.List[i].String()))
			}
			v, ok := pair[1].value(t.Sort)
			if !ok {
				return nil, fmt.Errorf("expected a value of sort %s, found %s", t.Sort.Name, short(pair[1].String()))
			}
			known[t] = v
		}
	}
}

func (d *dialogue) reason(q *Query) string {
	d.script.Line("(get-info :reason-unknown)")
	x, err := d.read()
	if err == nil && len(x.List) == 2 {
		why := strings.Trim(x.List[1].String(), `"`)
		if why = strings.TrimSuffix(strings.TrimPrefix(why, "("), ")"); why != "timeout" && why != "canceled" {
			return "it gave up: " + why
		}
	}
	return "no answer within " + q.Limit.String()
}

func (d *dialogue) fault(err error) error {
	what := err.Error()
	if said := strings.TrimSpace(d.stderr.String()); said != "" {
		what += "; it says: " + short(said)
	}
	return &Fault{d.p.Program, what}
}

// maxQuoted is how much of an answer a message quotes, in bytes.
const maxQuoted = 200

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxQuoted {
		return strings.ToValidUTF8(s[:maxQuoted], "") + "..."
	}
	return s
}

// limitedWriter keeps the first bytes and drops the rest.
type limitedWriter struct {
	to   *bytes.Buffer
	left int
}

func (w *limitedWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.left)
	w.left -= n
	w.to.Write(p[:n])
	return len(p), nil
}
