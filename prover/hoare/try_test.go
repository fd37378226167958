package hoare_test
import ("testing";"os";"fmt";"time"
 "github.com/spec-lang/spec/workspace"
 "github.com/spec-lang/spec/prover/solver"
 "github.com/spec-lang/spec/prover/hoare"
 "github.com/spec-lang/spec/ir"
)
func TestTry(t *testing.T){
 s := workspace.New().Snapshot(os.Getenv("TRY"))
 for _, d := range s.Diags { fmt.Println(d.Span, d.Message, string(s.Files[d.Span.File].Text[d.Span.Lo:d.Span.Hi])) }
 for _, m := range s.Models() {
  sys, ds := s.System(m)
  if sys == nil { t.Fatal(ds) }
  start := time.Now()
  cs, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &solver.Portfolio{Solvers: solver.Find(t.Context())}})
  if err != nil { t.Fatal(err) }
  for _, c := range cs {
   fmt.Println(c.Func.Name, c.Verdict, c.Goals, c.By)
   if u := c.Unmet; u != nil {
     fmt.Println("   ", u.Goal, "|", u.Why, "|", s.Files[u.Span.File].Text[u.Span.Lo:min(u.Span.Hi, u.Span.Lo+60)])
     for _, b := range u.Args { fmt.Print("   ", b.Local.Name, "=", ir.Format(b.Value)) }
     fmt.Println()
   }
  }
  fmt.Println(time.Since(start))
 }
}
