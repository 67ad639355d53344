package field

import (
	"strings"

	"interlocal/model/value"
)

// OptOf makes t optional; blank text is unset.
func OptOf[V any](t Type[V]) Type[value.Opt[V]] {
	out := Type[value.Opt[V]]{
		shape: t.shape, choices: t.choices, target: t.target, inner: t.inner, sub: t.sub,
		empty: func(o *value.Opt[V]) bool { return !o.Set },
		format: func(dst []byte, o *value.Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.format(dst, &o.V, env)
		},
		show: func(dst []byte, o *value.Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.display(dst, &o.V, env)
		},
		parse: func(s string, env *Env) (value.Opt[V], error) {
			if strings.TrimSpace(s) == "" {
				return value.Opt[V]{}, nil
			}
			v, err := t.parse(s, env)
			return value.Opt[V]{V: v, Set: err == nil}, err
		},
		key:  func(dst []byte, o *value.Opt[V], env *Env) []byte { return t.key(dst, &o.V, env) },
		json: func(dst []byte, o *value.Opt[V], env *Env) []byte { return t.json(dst, &o.V, env) },
		unjson: func(raw []byte, env *Env) (value.Opt[V], error) {
			if strings.TrimSpace(jsonText(raw)) == "" {
				return value.Opt[V]{}, nil
			}
			v, err := t.unjson(raw, env)
			return value.Opt[V]{V: v, Set: err == nil}, err
		},
		pack: func(dst []byte, o *value.Opt[V]) []byte {
			if !o.Set {
				return dst
			}
			return t.pack(append(dst, 1), &o.V)
		},
		equal: func(a, b *value.Opt[V]) bool { return a.Set == b.Set && (!a.Set || t.same(&a.V, &b.V)) },
		unpack: func(o *value.Opt[V], s string) error {
			if s == "" {
				*o = value.Opt[V]{}
				return nil
			}
			o.Set = true
			return t.unpack(&o.V, s[1:])
		},
	}
	return out
}
