package field

import (
	"strings"

	"interlocal/model/value"
)

// costType holds costs: the text, checked, shown with what it comes to.
func costType() Type[value.Cost] {
	return Type[value.Cost]{
		shape:  ShapeCost,
		empty:  func(v *value.Cost) bool { return *v == "" },
		format: func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, *v...) },
		show:   func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, v.String()...) },
		parse:  func(s string, _ *Env) (value.Cost, error) { return value.ParseCost(s) },
		key:    func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, strings.ToLower(string(*v))...) },
		pack:   func(dst []byte, v *value.Cost) []byte { return append(dst, *v...) },
		unpack: func(v *value.Cost, s string) error { *v = value.Cost(s); return nil },
		equal:  func(a, b *value.Cost) bool { return *a == *b },
		json:   func(dst []byte, v *value.Cost, _ *Env) []byte { return appendJSONString(dst, string(*v)) },
		unjson: func(raw []byte, _ *Env) (value.Cost, error) { return value.ParseCost(jsonText(raw)) },
		texts:  func(v *value.Cost, f func(string) string) { *v = value.Cost(f(string(*v))) },
	}
}

// Costs is a field for a [value.Cost].
func Costs[T any](tag int, name, title string, lens func(*T) *value.Cost) Field[T] {
	return Bind(tag, name, title, costType(), lens)
}
