package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// CannotRead occurs when a file that was asked for cannot be read.
const CannotRead diag.Code = "E0040"

func cannotRead(path string, err error) diag.Diagnostic {
	help := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		help = "check the name; paths are relative to the current folder"
	case errors.Is(err, syscall.EISDIR):
		help = "name the .spec files in it, such as " + path + "/*.spec"
	}
	return diag.Diagnostic{
		Code: CannotRead, Severity: diag.Error, Span: source.Span{File: path},
		Message: fmt.Sprintf("cannot read %s: %s", path, reason(err)), Help: help,
	}
}
