package field

import (
	"encoding/binary"
	"strings"

	"interlocal/model/failure"
)

// refType holds the id of a record of kind target.
func refType[R Record]() Type[ID[R]] {
	var r R
	target := r.KindName()
	parse := func(s string, env *Env) (ID[R], error) {
		if strings.TrimSpace(s) == "" {
			return 0, nil
		}
		id, err := env.Resolve(target, s)
		return ID[R](id), err
	}
	return Type[ID[R]]{
		shape:  ShapeRef,
		target: target,
		empty:  func(v *ID[R]) bool { return *v == 0 },
		format: func(dst []byte, v *ID[R], env *Env) []byte {
			if *v == 0 {
				return dst
			}
			return append(dst, env.Name(target, uint64(*v))...)
		},
		show: func(dst []byte, v *ID[R], env *Env) []byte {
			if *v == 0 {
				return dst
			}
			return append(dst, env.Label(target, uint64(*v))...)
		},
		parse: parse,
		key: func(dst []byte, v *ID[R], env *Env) []byte {
			if env == nil || env.Reader == nil {
				return orderKey(dst, int64(*v))
			}
			return append(dst, FoldName(env.Label(target, uint64(*v)))...)
		},
		pack:  func(dst []byte, v *ID[R]) []byte { return binary.AppendUvarint(dst, uint64(*v)) },
		equal: func(a, b *ID[R]) bool { return *a == *b },
		unpack: func(v *ID[R], s string) error {
			n, w := binary.Uvarint([]byte(s))
			if w != len(s) || w <= 0 {
				return failure.New(failure.Damaged, "a stored reference cannot be read")
			}
			*v = ID[R](n)
			return nil
		},
		json: func(dst []byte, v *ID[R], env *Env) []byte {
			return appendJSONString(dst, env.Name(target, uint64(*v)))
		},
		unjson: func(raw []byte, env *Env) (ID[R], error) {
			s := jsonText(raw)
			if len(raw) > 0 && raw[0] != '"' {
				s = "#" + s
			}
			return parse(s, env)
		},
		refs: func(v *ID[R], visit func(string, uint64)) {
			if *v != 0 {
				visit(target, uint64(*v))
			}
		},
	}
}

// Ref is another record.
func Ref[T any, R Record](tag int, name, title string, lens func(*T) *ID[R]) Field[T] {
	return Bind(tag, name, title, refType[R](), lens)
}

// Refs is any number of other records of one kind.
func Refs[T any, R Record](tag int, name, title string, lens func(*T) *[]ID[R]) Field[T] {
	return Bind(tag, name, title, ListOf(refType[R]()), lens)
}
