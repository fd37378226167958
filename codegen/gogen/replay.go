package gogen

import (
	"strconv"
	"strings"
)

// conformTest writes the test: constants, how to read values, actions and
// states, and the replay.
func (g *gen) conformTest(p *printer, c counts, asked []string) {
	p.blank()
	p.comment("What the state graph in testdata/conform.txt has; TestConform replays all of it.")
	p.line("const (")
	p.line("wantStates = %s", strconv.Itoa(c.explored))
	p.line("wantEdges = %s", strconv.Itoa(c.edges))
	p.line("wantFailing = %s // steps that end in an EvalError", strconv.Itoa(c.failing))
	p.line("wantDisabled = %s // instances of actions that are not possible in a state", strconv.Itoa(c.disabled))
	p.line(")")
	g.readInstance(p)
	g.readState(p)
	g.readHolds(p, asked)
	g.replayNew(p)
	read := map[*goType]bool{}
	for _, a := range g.sys.Actions {
		for _, q := range a.Params {
			g.reader(p, g.typ(q.Local.Type), read)
		}
	}
	for _, v := range g.sys.Vars {
		g.reader(p, g.typ(v.Type), read)
	}
	head, give, tail := "", "next", "return out"
	if g.chooses {
		head, give, tail = "for c := new(choices); ; {", "next, c", "if !c.next() {\nreturn out\n}\n}"
	}
	p.text.WriteString(strings.NewReplacer("$head", head, "$give", give, "$tail", tail).Replace(replaySource))
}

// readInstance writes the function that reads an instance of an action.
func (g *gen) readInstance(p *printer) {
	chooser, unused := "", ""
	if g.chooses {
		chooser, unused = ", c *choices", ", _ *choices"
	}
	p.blank()
	p.comment("instance is an action with arguments.")
	p.line("type instance struct {\nname string\ntake func(s *State%s) error\ncan func(s *State) bool\n}", chooser)
	p.blank()
	p.line("func readInstance(action string, r *words) instance {\nswitch action {")
	for _, a := range g.sys.Actions {
		ga := g.actions[a]
		p.line("case %s:", strconv.Quote(a.Name))
		var args []string
		for i, q := range a.Params {
			x := "x" + strconv.Itoa(i+1)
			args = append(args, x)
			p.line("%s := %s(r)", x, g.readName(g.typ(q.Local.Type)))
		}
		list := strings.Join(args, ", ")
		p.line("return instance{action,")
		if ga.picks {
			p.line("func(s *State%s) error { return s.%s(%s) },", chooser, ga.name, strings.Join(append(args, "c"), ", "))
		} else {
			p.line("func(s *State%s) error { return s.%s(%s) },", unused, ga.name, list)
		}
		p.line("func(s *State) bool { return s.%s(%s) }}", ga.can, list)
	}
	p.line("}\nr.t.Fatalf(\"there is no action %%s\", action)\nreturn instance{}\n}")
}

func (g *gen) readState(p *printer) {
	p.blank()
	p.line("func readState(r *words) *State {\nreturn &State{")
	for _, v := range g.sys.Vars {
		p.line("%s: %s(r),", g.vars[v], g.readName(g.typ(v.Type)))
	}
	p.line("}\n}")
}

// readHolds writes the function that evaluates the properties of a state.
func (g *gen) readHolds(p *printer, asked []string) {
	p.blank()
	p.comment("holds says which properties hold in s: 1, 0, or ! for an error.")
	p.line("func holds(s *State) []string {\nreturn []string{")
	for _, name := range asked {
		if g.fallible[name] {
			p.line("truth(s.%s()),", name)
		} else {
			p.line("truth(s.%s(), nil),", name)
		}
	}
	p.line("}\n}")
	p.text.WriteString(`
func truth(holds bool, err error) string {
	switch {
	case err != nil:
		return "!"
	case holds:
		return "1"
	}
	return "0"
}
`)
}

// replayNew writes the function that returns what New can return.
func (g *gen) replayNew(p *printer) {
	p.blank()
	p.comment("starts returns what New returns, in order of the choices.")
	p.line("func starts() []outcome {")
	switch g.news {
	case newSure:
		p.line("return []outcome{{state: New()}}\n}")
	case newFails:
		p.line("s, err := New()\nreturn []outcome{{s, name(err)}}\n}")
	case newPicks:
		p.line("var out []outcome\nfor c := new(choices); ; {\ns, err := New(c)")
		p.line("if !errors.Is(err, ErrDisabled) {\nout = append(out, outcome{s, name(err)})\n}")
		p.line("if !c.next() {\nreturn out\n}\n}\n}")
	}
}

// readName is the function that reads a value of a type.
func (g *gen) readName(t *goType) string { return "read" + t.base() }

// reader writes the function that reads a value of a type, and those for its
// parts.
func (g *gen) reader(p *printer, t *goType, done map[*goType]bool) {
	if done[t] {
		return
	}
	done[t] = true
	p.blank()
	p.line("func %s(r *words) %s {", g.readName(t), t.name)
	switch t.kind {
	case goBool:
		p.line("return r.number() == 1")
	case goString:
		p.line("return r.text()")
	case goInt, goDuration, goSort, goEnum:
		p.line("return %s(r.number())", t.name)
	case goOption:
		p.line("if r.number() == 0 {\nreturn %s{}\n}\nreturn %s(%s(r))", t.name, t.count, g.readName(t.elem))
	case goSum:
		p.line("switch r.number() {")
		for i, v := range t.variants {
			p.line("case %s:", strconv.Itoa(i))
			var args []string
			for j, q := range v.types {
				x := "x" + strconv.Itoa(j+1)
				args = append(args, x)
				p.line("%s := %s(r)", x, g.readName(q))
			}
			p.line("return %s(%s)", v.build, strings.Join(args, ", "))
		}
		p.line("}\nr.t.Fatal(\"no such variant\")\nreturn %s{}", t.name)
	case goStruct:
		p.line("return %s{", t.name)
		for _, f := range t.fields {
			p.line("%s: %s(r),", f.name, g.readName(f.typ))
		}
		p.line("}")
	case goFunc:
		p.line("var out %s\nfor i := range out {\nout[i] = %s(r)\n}\nreturn out", t.name, g.readName(t.elem))
	case goSet:
		p.line("var out []%s\nfor range r.number() {\nout = append(out, %s(r))\n}\nreturn New%s(out...)", t.elem.name, g.readName(t.elem), t.name)
	case goSeq:
		p.line("var out %s\nfor range r.number() {\nout = append(out, %s(r))\n}\nreturn out", t.name, g.readName(t.elem))
	case goBag:
		p.line("var out %s\nfor range r.number() {\nx := %s(r)\nout = out.Add(x, r.number())\n}\nreturn out", t.name, g.readName(t.elem))
	case goMap:
		p.line("var out %s\nfor range r.number() {\nk := %s(r)\nout = out.With(k, %s(r))\n}\nreturn out", t.name, g.readName(t.key), g.readName(t.elem))
	}
	p.line("}")
	for _, f := range t.fields {
		g.reader(p, f.typ, done)
	}
	for _, q := range []*goType{t.elem, t.key} {
		if q != nil {
			g.reader(p, q, done)
		}
	}
}

// replaySource is the part of the test that is the same for all.
const replaySource = `
// words are the words of a line.
type words struct {
	t    *testing.T
	rest []string
}

func (r *words) text() string {
	if len(r.rest) == 0 {
		r.t.Fatal("testdata/conform.txt: a line is too short")
	}
	word := r.rest[0]
	r.rest = r.rest[1:]
	if s, err := strconv.Unquote(word); err == nil {
		return s
	}
	return word
}

func (r *words) number() int64 {
	n, err := strconv.ParseInt(r.text(), 10, 64)
	if err != nil {
		r.t.Fatalf("testdata/conform.txt: %v", err)
	}
	return n
}

// graph is a state graph as text.
type graph struct {
	t         *testing.T
	instances [][]instance
	starts    []string
	nodes     []node
	action    string // whose instances are being read

	edges, failing int // replayed
}

// node is a state with what must be true of it.
type node struct {
	state    *State
	explored bool
	holds    []string
	steps    map[[2]int][]string // by action and instance: the outcomes
}

func (g *graph) read(line string) {
	word, rest, _ := strings.Cut(line, " ")
	r := &words{g.t, strings.Fields(rest)}
	switch word {
	case "#", "":
	case "action":
		g.instances = append(g.instances, nil)
		g.action = rest
	case "args":
		last := len(g.instances) - 1
		g.instances[last] = append(g.instances[last], readInstance(g.action, r))
	case "initial":
		g.starts = r.rest
	case "state", "leaf":
		n := node{explored: word == "state", steps: map[[2]int][]string{}}
		if rest != "!" {
			n.state = readState(r)
		}
		g.nodes = append(g.nodes, n)
	case "holds":
		g.nodes[len(g.nodes)-1].holds = r.rest
	default:
		action, err := strconv.Atoi(word)
		if err != nil {
			g.t.Fatalf("testdata/conform.txt: %q", line)
		}
		key := [2]int{action, int(r.number())}
		g.nodes[len(g.nodes)-1].steps[key] = r.rest
	}
}

// outcome is a state, or the name of an error.
type outcome struct {
	state *State
	err   string
}

// name is how the graph writes an error.
func name(err error) string {
	var e *EvalError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return "!" + strings.ReplaceAll(e.Kind.String(), " ", "-")
	}
	return "!" + err.Error()
}

// outcomes takes an action in every way that its choices allow.
func outcomes(t *testing.T, s *State, in instance) []outcome {
	var out []outcome
	$head
		next := s.Clone()
		err := in.take($give)
		if err != nil && !next.Equal(s) {
			t.Errorf("%s returns %v and changes the state\n%s\nto\n%s", in.name, err, s, next)
		}
		if !errors.Is(err, ErrDisabled) {
			out = append(out, outcome{next, name(err)})
		}
		$tail
}

// compare compares outcomes with what the graph says.
func (g *graph) compare(what, from string, got []outcome, want []string) {
	g.t.Helper()
	if len(got) != len(want) {
		g.t.Errorf("%s has %d outcomes, want %d, in state\n%s", what, len(got), len(want), from)
		return
	}
	for i, w := range want {
		if strings.HasPrefix(w, "!") {
			if got[i].err != w {
				g.t.Errorf("%s: error %q, want %q, in state\n%s", what, got[i].err, w, from)
			}
			g.failing++
			continue
		}
		id, err := strconv.Atoi(w)
		if err != nil || id >= len(g.nodes) {
			g.t.Fatalf("testdata/conform.txt: there is no state %s", w)
		}
		if got[i].err != "" || !got[i].state.Equal(g.nodes[id].state) {
			g.t.Errorf("%s leads to %s\n%s\nwant\n%s\nfrom\n%s", what, got[i].err, got[i].state, g.nodes[id].state, from)
		}
		g.edges++
	}
}

// TestConform replays every edge of the state graph, and tries every instance
// of an action that is not possible.
func TestConform(t *testing.T) {
	file, err := os.Open("testdata/conform.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	g := &graph{t: t}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		g.read(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	g.compare("New", "", starts(), g.starts)
	g.edges, g.failing = 0, 0
	states, disabled := 0, 0
	for _, n := range g.nodes {
		if !n.explored {
			continue
		}
		states++
		if got := holds(n.state); !slices.Equal(got, n.holds) {
			t.Errorf("properties: got %v, want %v, in state\n%s", got, n.holds, n.state)
		}
		for a, instances := range g.instances {
			for i, in := range instances {
				want := n.steps[[2]int{a, i}]
				got := outcomes(t, n.state, in)
				g.compare(in.name, n.state.String(), got, want)
				can := slices.ContainsFunc(want, func(w string) bool { return !strings.HasPrefix(w, "!") })
				if in.can(n.state) != can {
					t.Errorf("%s: Can is %v, want %v, in state\n%s", in.name, !can, can, n.state)
				}
				if len(want) == 0 {
					disabled++
				}
			}
		}
		if t.Failed() {
			return // one state says enough
		}
	}
	got := [4]int{states, g.edges, g.failing, disabled}
	if want := [4]int{wantStates, wantEdges, wantFailing, wantDisabled}; got != want {
		t.Errorf("states, edges, failing steps, disabled instances: replayed %v, want %v", got, want)
	}
}`
