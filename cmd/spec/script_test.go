package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expectations of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"spec": main})
}

// TestGoldenScripts plays the scripts in testdata/script. Beside the commands
// of testscript there are:
//
//	exits N command...   runs the command, which must end with exit code N
//	repeat N text file   writes a text N times into a new file
//	bytes file n...      writes bytes, in decimal, into a new file
//	replace old new file copy   writes a copy of a file with one text for another
//	killed file command  kills the command (SIGKILL) once the file is there for the third time
func TestGoldenScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("COLUMNS", "100")
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "repeat": repeat, "bytes": bytesFile,
			"killed": killed, "replace": replaced},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if both := ts.ReadFile("stdout") + ts.ReadFile("stderr"); strings.Contains(both, "goroutine ") {
		ts.Fatalf("a stack of Go is shown")
	}
}

func killed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: killed file command...")
	}
	path, err := exec.LookPath(args[1])
	ts.Check(err)
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), append(os.Environ(), "NO_COLOR=1")
	ts.Check(cmd.Start())
	var last os.FileInfo
	for seen := 0; seen < 3; time.Sleep(time.Millisecond) {
		info, err := os.Stat(ts.MkAbs(args[0]))
		if err == nil && (last == nil || !os.SameFile(last, info)) {
			seen++
			last = info
		}
	}
	ts.Check(cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		ts.Fatalf("the command ended before it was killed")
	}
}

func repeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: repeat N text file")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Repeat(args[1], n)), 0o600))
}

func replaced(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: replace old new file copy")
	}
	text := ts.ReadFile(args[2])
	if !strings.Contains(text, args[0]) {
		ts.Fatalf("%s does not contain %q", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(strings.Replace(text, args[0], args[1], 1)), 0o600))
}

func bytesFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bytes file n...")
	}
	var data []byte
	for _, a := range args[1:] {
		n, err := strconv.ParseUint(a, 10, 8)
		ts.Check(err)
		data = append(data, byte(n))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}
