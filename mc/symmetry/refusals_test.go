package symmetry_test

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/symmetry"
)

// cast is a small system of a sort, to which a test adds what may break its
// symmetry.
type cast struct {
	*irtest.B
	node       *ir.Type
	votes      *ir.Var // [Node]bool
	log, known *ir.Var // []Node; map[Node]int
	sum        *ir.Var // int
	n          *ir.Local
	all        ir.Expr
	body       []ir.Stmt
	props      []*ir.Property
}

func newCast(order ir.Order) *cast {
	b := irtest.New("Cast")
	c := &cast{B: b, node: b.Sort("Node", 3, order)}
	c.votes, c.log = b.Var("votes", b.Func(c.node, b.Bool())), b.Var("log", b.Seq(c.node, -1))
	c.known, c.sum = b.Var("known", b.Map(c.node, b.Int())), b.Var("sum", b.Int())
	c.n, c.all = b.Local("n", c.node), b.Values(c.node)
	b.Init(b.Put(c.votes, b.OpT(c.votes.Type, ir.ConstFunc, b.False())), b.Put(c.log, b.OpT(c.log.Type, ir.SeqLit)),
		b.Put(c.known, b.OpT(c.known.Type, ir.MapLit)), b.Put(c.sum, b.I(0)))
	return c
}

func (c *cast) elem(i int) ir.Expr { return c.Val(c.node, ir.Elem{Sort: c.node.Sort, Index: i}) }

func (c *cast) votesFor(e ir.Expr) { c.body = append(c.body, c.PutAt(c.votes, e, c.True())) }

func (c *cast) loop(body ...ir.Stmt) {
	c.body = append(c.body, &ir.ForStmt{Pos: ir.Pos{Loc: c.Sys.Span}, Local: c.n, Domain: c.all, Body: body})
}

func (c *cast) prop(kind ir.PropKind, e ir.Expr) { c.props = append(c.props, c.Prop(kind, "P", e)) }

// upTo asks whether sum is at most n, and then whether it is a digit for some
// element.
func (c *cast) upTo(n int64) ir.Expr {
	digit := c.Ints(0, 9)
	is := c.Op(ir.Eq, c.To(digit, c.Get(c.sum)), c.To(digit, c.I(3)))
	return c.Op(ir.And, c.Op(ir.In, c.Get(c.sum), c.Op(ir.Interval, c.I(0), c.I(n))), c.Some(c.n, c.all, is))
}

func (c *cast) at(v *ir.Var) ir.Expr { return c.At(v, c.Use(c.n)) }

// TestRefusals has one breaker of symmetry in each case, and next to it what
// looks like one and is none.
func TestRefusals(t *testing.T) {
	positive := func(c *cast, e ir.Expr) ir.Expr { return c.Op(ir.Lt, c.I(0), e) }
	isKey := func(c *cast) ir.Expr { return c.Op(ir.In, c.Use(c.n), c.Get(c.known)) }
	for _, tt := range []struct {
		name  string
		want  string // of the reason; "" if it is merged
		build func(*cast)
	}{
		{"nothing", "", func(*cast) {}},
		{"an element in an action", "Node.2 is named", func(c *cast) { c.votesFor(c.elem(1)) }},
		{"an element in a property", "Node.1 is named", func(c *cast) {
			c.prop(ir.Invariant, c.At(c.votes, c.elem(0)))
		}},
		{"all elements in a property", "", func(c *cast) {
			c.prop(ir.Invariant, c.Op(ir.Subset, c.Val(c.Set(c.node), ir.MakeSet([]ir.Value{
				ir.Elem{Sort: c.node.Sort, Index: 0}, ir.Elem{Sort: c.node.Sort, Index: 1}, ir.Elem{Sort: c.node.Sort, Index: 2}})), c.all))
		}},
		{"a constant", "the constant Leader is Node.3", func(c *cast) {
			k := c.Const("Leader", c.node, ir.Elem{Sort: c.node.Sort, Index: 2})
			c.votesFor(&ir.ConstRef{Node: ir.Node{T: c.node}, Const: k})
		}},
		{"a constant that nothing reads", "", func(c *cast) {
			c.Const("Leader", c.node, ir.Elem{Sort: c.node.Sort, Index: 2})
		}},
		{"choose", "`choose` takes the first", func(c *cast) {
			c.votesFor(c.Bind(c.node, ir.Choose, c.n, c.all, nil, nil))
		}},
		{"choose in a function", "`choose` takes the first", func(c *cast) {
			c.votesFor(c.Call(c.Function("first", nil, c.node, c.Bind(c.node, ir.Choose, c.n, c.all, nil, nil))))
		}},
		{"choose from a sequence", "", func(c *cast) {
			c.votesFor(c.Bind(c.node, ir.Choose, c.n, c.Get(c.log), nil, nil))
		}},
		{"fold", "`fold` takes them", func(c *cast) {
			e := c.Bind(c.Int(), ir.Fold, c.n, c.all, nil, nil)
			e.Acc, e.Init = c.Local("acc", c.Int()), c.I(0)
			e.Body = c.Use(e.Acc)
			c.body = append(c.body, c.Put(c.sum, e))
		}},
		{"a sequence of them", "a sequence is made", func(c *cast) {
			c.body = append(c.body, c.Put(c.log, c.Bind(c.log.Type, ir.SeqOf, c.n, c.all, nil, c.Use(c.n))))
		}},
		{"a loop that appends", "the order matters for log", func(c *cast) {
			c.loop(c.Put(c.log, c.Op(ir.Concat, c.Get(c.log), c.Op(ir.SeqLit, c.Use(c.n)))))
		}},
		{"a loop that each has a part in", "", func(c *cast) { c.loop(c.PutAt(c.votes, c.Use(c.n), c.True())) }},
		{"a loop that looks at others", "the order matters for votes", func(c *cast) {
			some := c.Some(c.Local("m", c.node), c.Values(c.node), c.At(c.votes, c.Use(c.n)))
			c.loop(c.PutAt(c.votes, c.Use(c.n), some), c.When(c.Op(ir.Eq, c.Get(c.votes), c.Get(c.votes))))
		}},
		{"a loop that asserts", "an assertion may fail", func(c *cast) { c.loop(c.Assert(c.at(c.votes))) }},
		{"a quantifier that may fail", "and this may miss the key", func(c *cast) {
			c.prop(ir.Witness, c.Some(c.n, c.all, positive(c, c.at(c.known))))
		}},
		{"a quantifier that asks first", "", func(c *cast) {
			c.prop(ir.Witness, c.Some(c.n, c.all, c.Op(ir.And, isKey(c), positive(c, c.at(c.known)))))
		}},
		{"a quantifier where it was asked before", "", func(c *cast) { c.prop(ir.Witness, c.upTo(9)) }},
		{"a quantifier where too little was asked", "and this may be a value outside 0..9", func(c *cast) { c.prop(ir.Witness, c.upTo(10)) }},
		{"a sum that may fail", "", func(c *cast) {
			c.prop(ir.Witness, positive(c, c.Bind(c.Int(), ir.Sum, c.n, c.all, nil, c.at(c.known))))
		}},
		{"a property of runs", "speaks of whole runs", func(c *cast) { c.prop(ir.Temporal, c.Op(ir.Always, c.True())) }},
		{"a property of trees", "speaks of whole runs", func(c *cast) { c.prop(ir.CTL, c.Op(ir.AG, c.True())) }},
		{"enabled of any that may fail", "`enabled` goes through them", func(c *cast) {
			p := c.Param("p", c.node)
			a := c.Action("B", []*ir.Param{p}, positive(c, c.At(c.known, c.Use(p.Local))))
			c.prop(ir.Witness, &ir.ActionPred{Node: ir.Node{T: c.Bool()}, Action: a, Any: true})
		}},
		{"keys that are sets", "a total function of set[Node]", func(c *cast) {
			c.Init(c.Put(c.Var("by", c.Func(c.Set(c.node), c.Int())), c.OpT(c.Func(c.Set(c.node), c.Int()), ir.ConstFunc, c.I(0))))
		}},
	} {
		c := newCast(ir.Unordered)
		tt.build(c)
		c.Action("A", nil, nil, c.body...)
		got := reasons(c)
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func reasons(c *cast) string {
	prog, _ := program.Compile(c.Sys)
	r, refused := symmetry.New(prog, c.Sys, c.props...)
	if len(refused) == 0 && (r == nil || len(r.Sorts) != 1) {
		return "nothing is merged and no reason given"
	}
	s := ""
	for _, x := range refused {
		s += x.String()
	}
	return s
}

// TestRings are rotated, and their order is not broken by `next`.
func TestRings(t *testing.T) {
	c := newCast(ir.Ring)
	c.votesFor(c.Bind(c.node, ir.Choose, c.n, c.all, nil, nil))
	c.Action("A", nil, nil, c.body...)
	if got := reasons(c); !strings.Contains(got, "`choose`") {
		t.Errorf("got %q", got)
	}
	c = newCast(ir.Ring)
	p := c.Param("p", c.node)
	c.Action("A", []*ir.Param{p}, nil, c.PutAt(c.votes, c.Op(ir.Next, c.Use(p.Local)), c.True()))
	if got := reasons(c); got != "" {
		t.Errorf("got %q", got)
	}
	c = newCast(ir.Ordered)
	prog, _ := program.Compile(c.Sys)
	if r, refused := symmetry.New(prog, c.Sys); r != nil || refused != nil {
		t.Errorf("an ordered sort: got %v, %v", r, refused)
	}
}
