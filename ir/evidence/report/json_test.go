package report

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// fields collects the names of the JSON form of a type, which may contain
// itself.
func fields(typ reflect.Type, into map[string]bool, seen map[reflect.Type]bool) {
	if seen[typ] {
		return
	}
	seen[typ] = true
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice:
		fields(typ.Elem(), into, seen)
	case reflect.Struct:
		for i := range typ.NumField() {
			f := typ.Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				into[name] = true
			}
			fields(f.Type, into, seen)
		}
	}
}

// TestJSONIsDocumented checks that docs/json.md speaks of every field.
func TestJSONIsDocumented(t *testing.T) {
	data, err := os.ReadFile("../../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, word := range regexp.MustCompile("`[a-zA-Z.]+`|\"[a-zA-Z]+\":").FindAllString(string(data), -1) {
		word = strings.Trim(word, "`\":")
		said[word[strings.LastIndexByte(word, '.')+1:]] = true
	}
	names := map[string]bool{}
	fields(reflect.TypeFor[jsonReport](), names, map[reflect.Type]bool{})
	if len(names) < 40 {
		t.Fatalf("only %d fields", len(names))
	}
	for name := range names {
		if !said[name] {
			t.Errorf("docs/json.md does not say what %q is", name)
		}
	}
}
