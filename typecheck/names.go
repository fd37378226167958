package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// lookup finds what a name stands for, from the inside out: locals, the
// variables of the process, members of the machine, members of the module,
// imported modules, builtins. Enum variants are not found here.
func (c *checker) lookup(name string) types.Object {
	if obj := c.scope.find(name); obj != nil {
		return obj
	}
	if c.process != nil {
		for _, v := range c.process.Vars {
			if v.Name() == name {
				return v
			}
		}
	}
	if c.machine != nil {
		if obj := c.machine.Members[name]; obj != nil {
			return obj
		}
	}
	if obj := c.mod.Members[name]; obj != nil {
		return obj
	}
	if mod := c.importedModule(name); mod != nil {
		return mod
	}
	if b := builtins[name]; b != nil {
		return b
	}
	return nil
}

// importedModule returns the module imported under name, nil if there is
// none; brokenImport tells the two reasons apart.
func (c *checker) importedModule(name string) *types.Module {
	imp := c.imports[c.mod][name]
	if imp == nil {
		return nil
	}
	imp.used = true
	return imp.mod
}

func (c *checker) brokenImport(name string) bool {
	imp := c.imports[c.mod][name]
	return imp != nil && imp.mod == nil
}

// variantsNamed lists the variants called name of the enums of this machine
// and, if it has none, of this module.
func (c *checker) variantsNamed(name string) []*types.Variant {
	if c.machine != nil {
		if vs := c.variants[c.machine][name]; vs != nil {
			return vs
		}
	}
	return c.variants[c.mod][name]
}

// variantOf returns the variant called name of the enum t, nil if t is no
// enum or has none.
func (c *checker) variantOf(t types.Type, name string) *types.Variant {
	n, ok := under(t).(*types.Named)
	if !ok {
		return nil
	}
	return c.variantNamed(n.Obj, name)
}

// variantNamed returns the variant called name of an enum, nil if it has none.
func (c *checker) variantNamed(enum *types.TypeName, name string) *types.Variant {
	for _, v := range c.variants[enum.Owner()][name] {
		if v.Enum == enum {
			return v
		}
	}
	return nil
}

// visible lists every name that an expression could use here, for spelling.
func (c *checker) visible() []string {
	var names []string
	for s := c.scope; s != nil; s = s.up {
		names = append(names, s.obj.Name())
	}
	if c.process != nil {
		for _, v := range c.process.Vars {
			names = append(names, v.Name())
		}
	}
	if c.machine != nil {
		names = append(names, memberNames(c.machine.Members)...)
		names = append(names, sortedKeys(c.variants[c.machine])...)
	}
	names = append(names, memberNames(c.mod.Members)...)
	names = append(names, sortedKeys(c.variants[c.mod])...)
	names = append(names, sortedKeys(c.imports[c.mod])...)
	return append(names, sortedKeys(builtins)...)
}

func memberNames(members map[string]types.Object) []string { return sortedKeys(members) }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// enoughGuesses is how many unknown names get a suggestion: whoever has more
// of them has lost an import, and guessing each would take long.
const enoughGuesses = 100

func (c *checker) didYouMean(name string) string {
	c.guesses++
	if c.guesses > enoughGuesses {
		return ""
	}
	return suggestion(spell.Nearest(name, c.visible()))
}

func suggestion(guess string) string {
	if guess == "" {
		return ""
	}
	return "did you mean " + guess + "?"
}

// builtins are the functions and values that need no declaration. Their
// typing is in call.go and name.go.
var builtins = map[string]*types.Builtin{
	"len": builtin("len"), "min": builtin("min"), "max": builtin("max"), "sum": builtin("sum"),
	"abs": builtin("abs"), "keys": builtin("keys"), "remove": builtin("remove"),
	"toSet": builtin("toSet"), "count": builtin("count"), "powerset": builtin("powerset"),
	"some": builtin("some"), "none": builtin("none"),
	"bool": builtin("bool"), "int": builtin("int"), "string": builtin("string"),
	"duration": builtin("duration"), "instant": builtin("instant"),
}

func builtin(name string) *types.Builtin { return &types.Builtin{Base: types.Base{Ident: name}} }

// kindOf names the kind of an object in messages.
func kindOf(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Module:
		return "a module"
	case *types.SortName:
		return "a sort"
	case *types.TypeName:
		switch obj.Decl.(type) {
		case *ast.Enum:
			return "an enum"
		case *ast.Struct:
			return "a struct"
		}
		return "a type"
	case *types.Variant:
		return "a variant of " + obj.Enum.Name()
	case *types.Field:
		return "a field"
	case *types.Const:
		return "a constant"
	case *types.Function:
		return "a function"
	case *types.Theorem:
		return "a theorem"
	case *types.Machine:
		return "a machine"
	case *types.Var, *types.ProcessVar:
		return "a variable"
	case *types.Action:
		return "an action"
	case *types.Proc:
		return "a proc"
	case *types.Process:
		return "a process"
	case *types.Property:
		return "a property"
	case *types.Scenario:
		return "a scenario"
	case *types.Instance:
		if obj.Machine == nil {
			return "an instance"
		}
		return "an instance of " + obj.Machine.Name()
	case *types.Sync:
		return "a sync"
	case *types.Model:
		return "a model"
	case *types.Local:
		return "a local name"
	}
	return "a builtin"
}
