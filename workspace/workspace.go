// Package workspace turns files into meaning, for commands and editors alike.
//
// A Workspace knows files on disk and texts that an editor holds; a Snapshot
// is what the toolchain knows of one file and its imports at one time. It is
// immutable. A file is parsed once for each of its texts, and a snapshot is
// made anew only if the text of one of its files has changed.
package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/all"
	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/stdlib"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// MaxFileSize is the size in bytes beyond which a file is refused.
const MaxFileSize = 16 << 20

// Workspace reads and caches files. It is safe for concurrent use.
type Workspace struct {
	mu        sync.Mutex
	overlay   map[string]string  // texts that an editor holds, by path
	parsed    map[string]*parsed // the last parse of each file, by path
	snapshots map[string]*Snapshot
	drivers   map[string]*analysis.Driver // by path of the root file
}

// parsed is a file as it was last read.
type parsed struct {
	file  *source.File
	tree  *ast.File
	diags diag.List
}

// New returns an empty workspace.
func New() *Workspace {
	return &Workspace{overlay: map[string]string{}, parsed: map[string]*parsed{}, snapshots: map[string]*Snapshot{}, drivers: map[string]*analysis.Driver{}}
}

// SetOverlay makes text stand for the file at path, whatever is on disk.
func (w *Workspace) SetOverlay(path, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.overlay[filepath.Clean(path)] = text
}

// DropOverlay makes the file on disk count again.
func (w *Workspace) DropOverlay(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.overlay, filepath.Clean(path))
}

// Snapshot is what is known of a file and everything that it imports.
type Snapshot struct {
	Path  string
	Files source.Set      // every file that was read, by name
	Tree  *ast.File       // of Path; nil if it could not be read
	Info  *typecheck.Info // nil if Path could not be read
	Diags diag.List       // sorted

	texts map[string]*parsed // by path
	mu    sync.Mutex
	built map[*types.Model]built

	driver   *analysis.Driver
	analysed func() diag.List
}

type built struct {
	sys   *ir.System
	diags diag.List
}

// Snapshot returns the current snapshot of the file at path: the last one, if
// no file of it has changed since.
func (w *Workspace) Snapshot(path string) *Snapshot {
	path = filepath.Clean(path)
	w.mu.Lock()
	defer w.mu.Unlock()
	if old := w.snapshots[path]; old != nil && w.current(old) {
		return old
	}
	s := w.load(path)
	if w.drivers[path] == nil {
		w.drivers[path] = analysis.NewDriver(all.Analyzers())
	}
	s.driver, s.analysed = w.drivers[path], sync.OnceValue(s.analyse)
	w.snapshots[path] = s
	return s
}

// current reports whether every file of s still has the text it had.
func (w *Workspace) current(s *Snapshot) bool {
	if s.Tree == nil {
		return false
	}
	for path, p := range s.texts {
		if text, err := w.read(path); err != nil || text != p.file.Text {
			return false
		}
	}
	return true
}

func (w *Workspace) load(path string) *Snapshot {
	s := &Snapshot{Path: path, Files: source.Set{}, texts: map[string]*parsed{}, built: map[*types.Model]built{}}
	root, err := w.parse(path)
	if err != nil {
		s.Files.Add(source.NewFile(path, ""))
		s.Diags.Add(cannotRead(path, err))
		return s
	}
	s.add(path, root)
	s.Tree = root.tree
	info, diags := typecheck.Check(root.tree, func(from *ast.File, imp string) (*ast.File, error) {
		target := resolve(from.Span().File, imp)
		p, err := w.parse(target)
		if err != nil {
			return nil, errors.New(reason(err))
		}
		s.add(target, p)
		return p.tree, nil
	})
	s.Info = info
	s.Diags = append(s.Diags, s.readable(diags)...).Sorted()
	return s
}

// readable drops what the checker says of lines that the parser could not
// read: it would be about words in a place where nobody meant them.
func (s *Snapshot) readable(diags diag.List) diag.List {
	type line struct {
		file string
		n    int
	}
	broken := map[line]bool{}
	for _, d := range s.Diags {
		broken[line{d.Span.File, s.Files.Pos(d.Span).Line}] = true
	}
	var out diag.List
	for _, d := range diags {
		if !broken[line{d.Span.File, s.Files.Pos(d.Span).Line}] {
			out.Add(d)
		}
	}
	return out
}

// add makes a parsed file part of the snapshot.
func (s *Snapshot) add(path string, p *parsed) {
	if s.texts[path] != nil {
		return
	}
	s.texts[path] = p
	s.Files.Add(p.file)
	s.Diags = append(s.Diags, p.diags...)
}

// stdPrefix begins the import paths of the standard library.
const stdPrefix = "std/"

// resolve returns the path of a file that another one imports.
func resolve(from, imp string) string {
	if strings.HasPrefix(imp, stdPrefix) {
		return imp + ".spec"
	}
	return filepath.Join(filepath.Dir(from), filepath.FromSlash(imp)+".spec")
}

// parse returns the parsed file at path, from the cache if its text is known.
func (w *Workspace) parse(path string) (*parsed, error) {
	text, err := w.read(path)
	if err != nil {
		return nil, err
	}
	if p := w.parsed[path]; p != nil && p.file.Text == text {
		return p, nil
	}
	p := &parsed{file: source.NewFile(path, text)}
	p.tree, p.diags = parse.File(p.file)
	w.parsed[path] = p
	return p, nil
}

func (w *Workspace) read(path string) (string, error) {
	if text, ok := w.overlay[path]; ok {
		return text, nil
	}
	if strings.HasPrefix(path, stdPrefix) {
		data, err := fs.ReadFile(stdlib.Files, strings.TrimPrefix(path, stdPrefix))
		return string(data), err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	switch {
	case info.IsDir():
		return "", syscall.EISDIR
	case info.Size() > MaxFileSize:
		return "", errTooLarge
	}
	data, err := os.ReadFile(path)
	return string(data), err
}

var errTooLarge = errors.New("the file is larger than 16 MiB")

// reason says in words why a file could not be read.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.EISDIR):
		return "it is a directory"
	}
	return err.Error()
}

// Models returns the models of the root module, as declared.
func (s *Snapshot) Models() []*types.Model {
	var models []*types.Model
	if s.Info == nil || s.Info.Root == nil {
		return nil
	}
	for _, o := range s.Info.Root.Order {
		if m, ok := o.(*types.Model); ok {
			models = append(models, m)
		}
	}
	return models
}

// Resized returns the kernel of a model with other sizes for its sorts, nil if
// it has errors then.
func (s *Snapshot) Resized(m *types.Model, sizes map[string]int) *ir.System {
	sys, diags := elaborate.Resized(s.Info, m, sizes)
	if diags.HasErrors() {
		return nil
	}
	return sys
}

// Theory returns the theorems of the root module of this snapshot, which must
// have no errors; nil if it has none, or if there is an error among the
// diagnostics, which are those of elaboration.
func (s *Snapshot) Theory() (*ir.Theory, diag.List) { return elaborate.Theory(s.Info, s.Info.Root) }

// Functions returns the functions of the root module that say something to
// prove, as elaborate.Functions does; its sorts have n elements.
func (s *Snapshot) Functions(n int) (*ir.System, diag.List) {
	return elaborate.Functions(s.Info, s.Info.Root, n)
}

// Promises is how many functions of the root module and its machines say
// something to prove.
func (s *Snapshot) Promises() int { return elaborate.Promises(s.Info.Root) }

// Promising returns the kernel of a model with all that its functions promise, as
// elaborate.Promising does.
func (s *Snapshot) Promising(m *types.Model) (*ir.System, diag.List) {
	return elaborate.Promising(s.Info, m)
}

// System returns the kernel of a model of this snapshot, which must have no
// errors. The diagnostics are those of elaboration; with an error among them
// the system is nil.
func (s *Snapshot) System(m *types.Model) (*ir.System, diag.List) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, ok := s.built[m]; ok {
		return b.sys, b.diags
	}
	sys, diags := elaborate.Model(s.Info, m)
	if diags.HasErrors() {
		sys = nil
	}
	s.built[m] = built{sys, diags.Sorted()}
	return sys, s.built[m].diags
}
