package model

import "strings"

// Opt is a value that may not be recorded. What is not known is never a zero.
type Opt[V any] struct {
	V   V
	Set bool
}

// Some is a recorded value.
func Some[V any](v V) Opt[V] { return Opt[V]{v, true} }

// Or gives the value, or another when none is recorded.
func (o Opt[V]) Or(other V) V {
	if o.Set {
		return o.V
	}
	return other
}

// OptOf makes t optional; blank text is unset.
func OptOf[V any](t Type[V]) Type[Opt[V]] {
	out := Type[Opt[V]]{
		shape: t.shape, choices: t.choices, target: t.target, inner: t.inner, sub: t.sub,
		empty: func(o *Opt[V]) bool { return !o.Set },
		format: func(dst []byte, o *Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.format(dst, &o.V, env)
		},
		show: func(dst []byte, o *Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.display(dst, &o.V, env)
		},
		parse: func(s string, env *Env) (Opt[V], error) {
			if strings.TrimSpace(s) == "" {
				return Opt[V]{}, nil
			}
			v, err := t.parse(s, env)
			return Opt[V]{v, err == nil}, err
		},
		key:  func(dst []byte, o *Opt[V], env *Env) []byte { return t.key(dst, &o.V, env) },
		json: func(dst []byte, o *Opt[V], env *Env) []byte { return t.json(dst, &o.V, env) },
		unjson: func(raw []byte, env *Env) (Opt[V], error) {
			if strings.TrimSpace(jsonText(raw)) == "" {
				return Opt[V]{}, nil
			}
			v, err := t.unjson(raw, env)
			return Opt[V]{v, err == nil}, err
		},
		pack: func(dst []byte, o *Opt[V]) []byte {
			if !o.Set {
				return dst
			}
			return t.pack(append(dst, 1), &o.V)
		},
		equal: func(a, b *Opt[V]) bool { return a.Set == b.Set && (!a.Set || t.same(&a.V, &b.V)) },
		unpack: func(o *Opt[V], s string) error {
			if s == "" {
				*o = Opt[V]{}
				return nil
			}
			o.Set = true
			return t.unpack(&o.V, s[1:])
		},
	}
	return out
}
