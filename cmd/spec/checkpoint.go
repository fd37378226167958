package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc"
)

// checkpointDir is where checkpoints are without a name of a folder.
const checkpointDir = ".spec-checkpoints"

// checkpointFlags say where searches are saved.
type checkpointFlags struct {
	save, resume string // folders
	every        time.Duration
}

func (f *checkpointFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.save, "checkpoint", "", "save the search to a `folder` from time to time, "+checkpointDir+" if none is named")
	fl.StringVar(&f.resume, "resume", "", "go on with what was saved to a `folder`, and keep saving")
	fl.DurationVar(&f.every, "checkpoint-every", time.Minute, "`time` between two checkpoints")
	fl.Lookup("checkpoint").NoOptDefVal = checkpointDir
	fl.Lookup("resume").NoOptDefVal = checkpointDir
}

// of returns the checkpoint of a model, nil if none was asked for. What it
// opens is for close.
func (f *checkpointFlags) of(sys *ir.System) (c *mc.Checkpoint, close func(), err error) {
	dir := f.save
	if f.resume != "" {
		dir = f.resume
	}
	if dir == "" {
		return nil, func() {}, nil
	}
	if err := f.prepare(dir); err != nil {
		return nil, func() {}, err
	}
	name := filepath.Join(dir, sys.Machine+"."+sys.Model+".checkpoint")
	c, close = &mc.Checkpoint{Every: f.every, Save: replace(name)}, func() {}
	if f.resume == "" {
		return c, close, nil
	}
	file, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, close, nil // the search did not come so far
	case err != nil:
		return nil, close, usageError{"cannot read the checkpoint: " + err.Error(), "name the folder that --checkpoint was given"}
	}
	c.Load = file
	return c, func() { file.Close() }, nil
}

// prepare sees to the folder before a long search relies on it: one to go on
// from is there already, and a misspelt one would begin anew in silence.
func (f *checkpointFlags) prepare(dir string) error {
	if f.resume != "" {
		if _, err := os.Stat(dir); err != nil {
			return usageError{"there is nothing to resume: " + err.Error(), "name the folder that --checkpoint was given"}
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return usageError{"no checkpoint can be written: " + err.Error(), "name a folder that can be written to"}
	}
	return nil
}

// refusal says what to do about a checkpoint that is refused.
func (f *checkpointFlags) refusal(sys *ir.System, err error) error {
	for _, is := range []error{mc.ErrNoCheckpoint, mc.ErrForeignCheckpoint, mc.ErrDamagedCheckpoint} {
		if errors.Is(err, is) {
			return usageError{fmt.Sprintf("model %s does not go on from %s: %v", sys.Model, filepath.ToSlash(f.resume), err),
				"search from the beginning: --checkpoint instead of --resume"}
		}
	}
	return err
}

// replace returns a function that writes a file as a whole: whoever is killed
// leaves the one that was there before.
func replace(name string) func(func(io.Writer) error) error {
	return func(write func(io.Writer) error) (err error) {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		tmp, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
		if err != nil {
			return err
		}
		defer func() {
			if err != nil {
				tmp.Close()
				os.Remove(tmp.Name())
			}
		}()
		if err := write(tmp); err != nil {
			return err
		}
		if err := tmp.Sync(); err != nil {
			return err
		}
		if err := tmp.Close(); err != nil {
			return err
		}
		return os.Rename(tmp.Name(), name)
	}
}
