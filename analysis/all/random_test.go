package all_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// randomSpec writes a spec that checks, the same one for the same seed, with a
// finite machine of few states and a good chance of each mistake that the
// analyzers look for.
func randomSpec(seed uint64) string {
	w := &writer{r: rand.New(rand.NewPCG(seed, 0xa11))}
	return w.module()
}

// writer writes one spec.
type writer struct {
	strings.Builder
	r       *rand.Rand
	names   int
	indent  int
	locals  []string // numbers in scope
	mutable []string // of these, the ones that a body may assign
	pure    bool     // no choice, no waiting
	labels  []string // of the process that is being written
}

// one reports a chance of one in n.
func (w *writer) one(n int) bool { return w.r.IntN(n) == 0 }

func (w *writer) pick(of ...string) string { return of[w.r.IntN(len(of))] }

func (w *writer) line(format string, args ...any) {
	w.WriteString(strings.Repeat("    ", w.indent))
	fmt.Fprintf(w, format+"\n", args...)
}

// fresh is a new name or, now and then, one that hides another.
func (w *writer) fresh() string {
	if w.one(30) {
		return "Most"
	}
	w.names++
	return fmt.Sprintf("x%d", w.names)
}

func (w *writer) module() string {
	w.line("module random\n")
	w.line("sort Node")
	w.line("sort Slot ordered")
	w.line("enum Phase { Idle, Busy, Done, Lost }")
	w.line("const Most int = 3")
	if w.one(2) {
		w.line("func spare(a int) int = %s", "a + 1")
	}
	w.function("pure")
	w.line("machine M {")
	w.indent++
	w.members()
	w.indent--
	w.line("}")
	checks := ""
	if w.one(2) {
		checks = "; check Low, Some"
	}
	w.line("model Two of M { Node = 2; Slot = 2%s }", checks)
	return w.String()
}

func (w *writer) members() {
	w.line("var n    int        = %d", w.r.IntN(3))
	w.line("var m    int        = 1")
	w.line("var k    0..3       = 0")
	w.line("var p    Phase      = Idle")
	w.line("var f    [Node]0..3 = {_: 0}")
	w.line("var q    []Phase    = []")
	w.line("var done bool       = false")
	w.line("var seen set[Slot]  = {}")
	w.line("proc bump() {")
	w.block(func() { w.stmts(1) })
	w.line("}")
	for i := range 2 + w.r.IntN(3) {
		w.action(i)
	}
	at := "done"
	if w.one(2) {
		w.process()
		at = "P@" + w.pick("one", "two", "three")
	}
	if w.one(2) {
		w.line("terminal when %s", w.pick("done", "done && "+w.cond(1), w.cond(2)))
	}
	w.line("invariant Low: n < 4 && %s", w.cond(2))
	w.line("invariant High: m < 9 || %s || %s", w.cond(1), at)
	w.line("witness Some: %s", w.pick("n == 2", "done", "p == Done", "p != Busy", "n == m"))
}

// block writes what f writes one step further in and forgets its names.
func (w *writer) block(f func()) {
	locals, mutable := w.locals, w.mutable
	w.indent++
	f()
	w.indent--
	w.locals, w.mutable = locals, mutable
}

// function is a function with a body of its own, of two numbers.
func (w *writer) function(name string) {
	w.locals, w.pure = []string{"a", "b"}, true
	w.line("func %s(a int, b int) int {", name)
	w.block(func() {
		w.loop()
		if w.one(2) {
			w.line("if %s { return %s } else { return %s }", w.numberCond(), w.small(), w.small())
			if w.one(2) {
				w.line("return a")
			}
			return
		}
		w.line("return %s", w.small())
	})
	w.line("}")
	w.locals, w.pure = nil, false
}

func (w *writer) action(i int) {
	params, guard := "", ""
	switch w.r.IntN(5) {
	case 0:
		params = "(r Node)"
	case 1:
		params = "(s Slot)"
	case 2:
		params, w.locals = "(x in {0, 1, 2})", []string{"x"}
	}
	if w.one(8) {
		params, w.locals = "", nil
		w.line("action Count%d { count%d += 1 }", i, i)
		w.line("var count%d int = 0", i)
		return
	}
	if !w.one(4) {
		guard = " when " + w.pick("!done", w.cond(1), w.cond(1)+" && "+w.cond(1))
	}
	w.line("action A%d%s%s {", i, params, guard)
	w.block(func() {
		switch params {
		case "(r Node)":
			w.line("f[r] = %s", w.bounded())
		case "(s Slot)":
			w.line("seen += s")
		}
		w.stmts(2)
	})
	w.line("}")
	w.locals, w.mutable = nil, nil
}

// process is sequential code with jumps; each way round crosses a label.
func (w *writer) process() {
	loop := w.one(2)
	w.line("process P {")
	w.block(func() {
		w.line("var own 0..3 = 0")
		if loop {
			w.line("loop {")
		}
		w.labels = []string{"one", "two", "three"}
		for _, l := range w.labels {
			w.line("%s: skip", l)
			w.locals, w.mutable = nil, nil // names end with a step
			w.stmts(1)
			switch w.r.IntN(4) {
			case 0:
				w.line("goto %s", w.pick(w.labels...))
			case 1:
				w.line("either { goto %s } or { own = %s }", w.pick(w.labels...), w.bounded())
			case 2:
				w.line("if %s { goto %s } else { goto %s }", w.cond(1), w.pick(w.labels...), w.pick(w.labels...))
			default:
				w.line("await own < 9")
			}
		}
		w.labels = nil
		if loop {
			w.line("}")
		}
	})
	w.line("}")
}

func (w *writer) stmts(depth int) {
	for range 1 + w.r.IntN(3) {
		w.stmt(depth)
	}
}

func (w *writer) stmt(depth int) {
	choice := w.r.IntN(17)
	if depth == 0 && choice > 8 {
		choice = w.r.IntN(8)
	}
	switch choice {
	case 0:
		w.line("n = %s", w.small())
	case 1:
		w.line("m = %s", w.pick("m", w.small(), "pure(n, m) % 4"))
	case 2:
		w.line("k = %s", w.bounded())
	case 3:
		w.line("p = %s", w.pick("p", "Idle", "Busy", "Done", "if "+w.cond(0)+" then Busy else Done", "if "+w.cond(0)+" then Busy else Busy"))
	case 4:
		w.line("done = %s", w.pick("true", "done", w.cond(1)))
	case 5:
		w.local()
	case 6:
		w.assignLocal()
	case 7:
		w.wait()
	case 8:
		w.line("if len(q) < 2 { q ++= [%s] }", w.pick("p", "Busy", "Idle"))
	case 9, 10:
		w.ifStmt(depth)
	case 11:
		w.either(depth)
	case 12:
		w.line("for y in {0, %d} {", w.r.IntN(3))
		w.block(func() { w.locals = append(w.locals[:len(w.locals):len(w.locals)], "y"); w.stmts(depth - 1) })
		w.line("}")
	case 13:
		w.loop()
	case 14:
		w.repeat()
	case 15:
		w.match(depth)
	default:
		w.line("assert n < 9 || %s", w.cond(1))
	}
}

func (w *writer) local() {
	name := w.fresh()
	if w.one(3) {
		w.line("let %s = %s", name, w.small())
	} else {
		w.line("var %s = %s", name, w.small())
		w.mutable = append(w.mutable[:len(w.mutable):len(w.mutable)], name)
	}
	w.locals = append(w.locals[:len(w.locals):len(w.locals)], name)
}

func (w *writer) assignLocal() {
	if len(w.mutable) == 0 {
		w.line("skip")
		return
	}
	w.line("%s %s %s", w.pick(w.mutable...), w.pick("=", "=", "+="), w.small())
}

// wait is a statement that may block.
func (w *writer) wait() {
	switch w.r.IntN(4) {
	case 0:
		w.line("await %s", w.cond(1))
	case 1:
		name := w.fresh()
		w.line("pick %s in 0..2 where %s < %s", name, name, w.number())
		w.locals = append(w.locals[:len(w.locals):len(w.locals)], name)
	case 2:
		w.line("q = []")
	default:
		w.line("skip")
	}
}

func (w *writer) ifStmt(depth int) {
	w.line("if %s {", w.cond(1))
	w.block(func() { w.stmts(depth - 1) })
	if w.one(2) {
		w.line("} else {")
		w.block(func() { w.stmts(depth - 1) })
	}
	w.line("}")
}

func (w *writer) match(depth int) {
	w.line("match p {")
	for _, pattern := range []string{"Idle", "Busy | Done", "_"} {
		w.line("%s => {", pattern)
		w.block(func() { w.stmts(depth - 1) })
		w.line("}")
	}
	w.line("}")
}

func (w *writer) either(depth int) {
	w.line("either {")
	w.block(func() { w.stmts(depth - 1) })
	w.line("} or {")
	w.block(func() { w.stmts(depth - 1) })
	w.line("}")
}

// loop counts to a small number. One that is never entered may forget to.
func (w *writer) loop() {
	w.names++
	i, from, to := fmt.Sprintf("i%d", w.names), w.r.IntN(2), w.r.IntN(3)
	w.line("var %s = %d", i, from)
	w.line("while %s < %d decreases 9 - %s {", i, to, i)
	w.block(func() {
		w.line("let step%d = %s + 1", w.names, i)
		switch {
		case from < to || w.one(2):
			w.line("%s = step%d", i, w.names)
		case w.pure:
			w.line("assert step%d > 0", w.names)
		default:
			w.line("n = step%d", w.names)
		}
	})
	w.line("}")
}

// repeat computes something expensive twice.
func (w *writer) repeat() {
	sum := w.pick("sum r in Node: f[r]", "count s in Slot: s in seen", "forall s in Slot: s in seen")
	w.names += 2
	first, second := w.names-1, w.names
	w.line("let sum%d = %s", first, sum)
	if w.one(2) {
		w.stmt(0)
	}
	w.line("let sum%d = %s", second, sum)
	w.line("assert sum%d == sum%d || n < 9", first, second)
}

// small is a number that may be stored in an int, bounded one for 0..3.
func (w *writer) small() string { return fmt.Sprintf("(%s) %% 4", w.number()) }

func (w *writer) bounded() string {
	return w.pick(fmt.Sprint(w.r.IntN(4)), "abs("+w.number()+") % 4", "min(3, abs("+w.number()+"))")
}

// number is an expression of numbers alone, for functions too.
func (w *writer) number() string {
	atoms := append([]string{fmt.Sprint(w.r.IntN(4))}, w.locals...)
	if !w.pure {
		atoms = append(atoms, "n", "m", "k", "n", "m")
	}
	x, y := w.pick(atoms...), w.pick(atoms...)
	return w.pick(x, x+" + "+y, x+" - "+y, "max("+x+", "+y+")", "if "+x+" < "+y+" then "+x+" else "+y)
}

func (w *writer) numberCond() string {
	return fmt.Sprintf("(%s) %s %s", w.number(), w.pick("<", "<=", "==", "!=", ">"), w.number0())
}

// number0 is a number without a choice in it.
func (w *writer) number0() string {
	return w.pick(append([]string{fmt.Sprint(w.r.IntN(4))}, w.locals...)...)
}

func (w *writer) cond(depth int) string {
	if depth > 0 && !w.one(3) {
		return fmt.Sprintf("(%s %s %s)", w.cond(depth-1), w.pick("&&", "||", "=>"), w.cond(depth-1))
	}
	if w.one(20) {
		return w.pick("(p == Idle && p == Busy)", "(p != Busy || p != Done)", "(n < m && n >= m)", "(n == 1 && n > 2)", "(done || !done)")
	}
	switch w.r.IntN(9) {
	case 0:
		return "p " + w.pick("==", "!=") + " " + w.pick("Idle", "Busy", "Done", "Lost")
	case 1:
		return "p " + w.pick("in", "not in") + " {" + w.pick("Idle", "Busy", "Done, Lost") + "}"
	case 2:
		return w.pick("done", "!done")
	case 3:
		return "k " + w.pick("< 2", ">= 1", "== 3", "> 2", ">= 0", "< 0", "> 3", "<= 3", "+ 1 == 5")
	case 4:
		return "len(q) " + w.pick("<", ">=", "==") + " " + fmt.Sprint(w.r.IntN(4))
	case 5:
		return w.pick("(exists s in Slot: s in seen)", "(forall r in Node: f[r] < 3)", "Busy in q", "(exists v, s in Slot: s in seen)")
	case 6:
		return w.pick("n", "m") + " == " + w.pick("n", "m")
	}
	return w.numberCond()
}
