package field

import (
	"encoding/binary"
	"encoding/json"
	"strings"

	"interlocal/model/failure"
)

// splitEscaped cuts s at any of the separators, except where a backslash
// protects one, trims the parts and drops empty ones unless keep is set.
func splitEscaped(s, separators string, keep bool) []string {
	if strings.IndexByte(s, '\\') < 0 {
		return splitPlain(s, separators, keep)
	}
	var parts []string
	var part strings.Builder
	flush := func() {
		if p := strings.TrimSpace(part.String()); p != "" || keep {
			parts = append(parts, p)
		}
		part.Reset()
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`\;|`, s[i+1]) >= 0:
			part.WriteByte('\\')
			part.WriteByte(s[i+1])
			i++
		case strings.IndexByte(separators, s[i]) >= 0:
			flush()
		default:
			part.WriteByte(s[i])
		}
	}
	flush()
	return parts
}

// splitPlain is splitEscaped for text without a backslash.
func splitPlain(s, separators string, keep bool) []string {
	var parts []string
	for more := true; more; {
		part := s
		i := strings.IndexAny(s, separators)
		if more = i >= 0; more {
			part, s = s[:i], s[i+1:]
		}
		if part = strings.TrimSpace(part); part != "" || keep {
			parts = append(parts, part)
		}
	}
	return parts
}

var escaper = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `|`, `\|`)

var unescaper = strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\|`, `|`)

// ListOf holds several values of t as a set in the order first given: equal
// values appear once, and two people's additions and removals merge.
//
// The flat form separates elements by "; "; a line break does as well.
func ListOf[V any](t Type[V]) Type[[]V] { return listOf(t, ";\n") }

func listOf[V any](t Type[V], separators string) Type[[]V] {
	out := Type[[]V]{
		shape: ShapeList, inner: t.shape, choices: t.choices, target: t.target,
		empty:  func(v *[]V) bool { return len(*v) == 0 },
		format: func(dst []byte, v *[]V, env *Env) []byte { return joinValues(dst, *v, t.format, env, true) },
		show: func(dst []byte, v *[]V, env *Env) []byte {
			return joinValues(dst, *v, t.display, env, false)
		},
		parse: func(s string, env *Env) ([]V, error) { return parseList(t, splitEscaped(s, separators, false), env) },
		key: func(dst []byte, v *[]V, env *Env) []byte {
			for i := range *v {
				dst = append(t.key(dst, &(*v)[i], env), 0)
			}
			return dst
		},
		clone: func(v *[]V) []V { return cloneAll(t, *v) },
		pack:  func(dst []byte, v *[]V) []byte { return packAll(dst, *v, t.pack) },
		equal: func(a, b *[]V) bool {
			for i := 0; i < len(*a) && len(*a) == len(*b); i++ {
				if !t.same(&(*a)[i], &(*b)[i]) {
					return false
				}
			}
			return len(*a) == len(*b)
		},
		unpack: func(v *[]V, s string) error {
			list, err := unpackAll(s, t.unpack)
			*v = list
			return err
		},
		json: func(dst []byte, v *[]V, env *Env) []byte {
			dst = append(dst, '[')
			for i := range *v {
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = t.json(dst, &(*v)[i], env)
			}
			return append(dst, ']')
		},
		merge: func(base, mine, theirs *[]V) ([]V, bool) { return mergeSets(t, *base, *mine, *theirs), true },
	}
	out.unjson = func(raw []byte, env *Env) ([]V, error) {
		var raws []json.RawMessage
		if json.Unmarshal(raw, &raws) != nil {
			return out.parse(jsonText(raw), env)
		}
		var list []V
		for _, r := range raws {
			v, err := t.unjson(r, env)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return distinct(t, list), nil
	}
	out.texts, out.refs = eachText(t), eachRef(t)
	return out
}

func joinValues[V any](dst []byte, list []V, format func([]byte, *V, *Env) []byte, env *Env, escape bool) []byte {
	for i := range list {
		if i > 0 {
			dst = append(dst, "; "...)
		}
		if start := len(dst); escape {
			s := string(format(dst, &list[i], env)[start:])
			dst = append(dst, escaper.Replace(s)...)
		} else {
			dst = format(dst, &list[i], env)
		}
	}
	return dst
}

// parseList reads the elements; one that cannot be read but holds commas is
// tried as several, since that is how people write short lists.
func parseList[V any](t Type[V], parts []string, env *Env) ([]V, error) {
	var list []V
	for _, part := range parts {
		if strings.IndexByte(part, '\\') >= 0 {
			part = unescaper.Replace(part)
		}
		v, err := t.parse(part, env)
		if err == nil {
			list = append(list, v)
			continue
		}
		if !strings.Contains(part, ",") {
			return nil, err
		}
		for piece := range strings.SplitSeq(part, ",") {
			v, perr := t.parse(strings.TrimSpace(piece), env)
			if perr != nil {
				return nil, perr
			}
			list = append(list, v)
		}
	}
	return distinct(t, list), nil
}

func distinct[V any](t Type[V], list []V) []V {
	var out []V
	if len(list) <= 8 {
		for i := range list {
			among := t.empty(&list[i])
			for j := 0; j < len(out) && !among; j++ {
				among = t.same(&out[j], &list[i])
			}
			if !among {
				out = append(out, list[i])
			}
		}
		return out
	}
	seen := map[string]bool{}
	for i := range list {
		if p := string(t.pack(nil, &list[i])); !seen[p] && !t.empty(&list[i]) {
			seen[p] = true
			out = append(out, list[i])
		}
	}
	return out
}

func cloneAll[V any](t Type[V], list []V) []V {
	if list == nil {
		return nil
	}
	out := make([]V, len(list))
	for i := range list {
		out[i] = t.copyOf(&list[i])
	}
	return out
}

func packAll[V any](dst []byte, list []V, pack func([]byte, *V) []byte) []byte {
	var buf [64]byte
	for i := range list {
		b := pack(buf[:0], &list[i])
		dst = binary.AppendUvarint(dst, uint64(len(b)))
		dst = append(dst, b...)
	}
	return dst
}

// cutUvarint takes an unsigned number off the front of s.
func cutUvarint(s string) (v uint64, rest string, ok bool) {
	for i := 0; i < len(s) && i < 10; i++ {
		v |= uint64(s[i]&0x7f) << (7 * i)
		if s[i] < 0x80 {
			return v, s[i+1:], true
		}
	}
	return 0, s, false
}

// cutElement takes the first element off a stored list.
func cutElement(s string) (element, rest string, err error) {
	n, rest, ok := cutUvarint(s)
	if !ok || n > uint64(len(rest)) {
		return "", "", failure.New(failure.Damaged, "a stored list is cut short")
	}
	return rest[:n], rest[n:], nil
}

func unpackAll[V any](s string, unpack func(*V, string) error) ([]V, error) {
	var list []V
	for s != "" {
		element, rest, err := cutElement(s)
		if err != nil {
			return nil, err
		}
		var v V
		if err := unpack(&v, element); err != nil {
			return nil, err
		}
		list, s = append(list, v), rest
	}
	return list, nil
}

// mergeSets keeps theirs, adds what mine added to base and drops what mine
// dropped.
func mergeSets[V any](t Type[V], base, mine, theirs []V) []V {
	in := func(list []V) map[string]bool {
		m := make(map[string]bool, len(list))
		for i := range list {
			m[string(t.pack(nil, &list[i]))] = true
		}
		return m
	}
	inBase, inMine, inTheirs := in(base), in(mine), in(theirs)
	var out []V
	for i := range theirs {
		if p := t.pack(nil, &theirs[i]); !inBase[string(p)] || inMine[string(p)] {
			out = append(out, t.copyOf(&theirs[i]))
		}
	}
	for i := range mine {
		if p := t.pack(nil, &mine[i]); !inBase[string(p)] && !inTheirs[string(p)] {
			out = append(out, t.copyOf(&mine[i]))
		}
	}
	return out
}

func eachText[V any](t Type[V]) func(*[]V, func(string) string) {
	if t.texts == nil {
		return nil
	}
	return func(v *[]V, f func(string) string) {
		for i := range *v {
			t.texts(&(*v)[i], f)
		}
	}
}

func eachRef[V any](t Type[V]) func(*[]V, func(string, uint64)) {
	if t.refs == nil {
		return nil
	}
	return func(v *[]V, visit func(string, uint64)) {
		for i := range *v {
			t.refs(&(*v)[i], visit)
		}
	}
}

// Texts is any number of short texts separated by semicolons: duties, say,
// which may hold commas.
func Texts[T any](tag int, name, title string, lens func(*T) *[]string) Field[T] {
	return Bind(tag, name, title, listOf(textType(ShapeText, trimmed), ";\n"), lens)
}

// Tags is any number of single words or short labels; commas separate them as
// well as semicolons do.
func Tags[T any](tag int, name, title string, lens func(*T) *[]string) Field[T] {
	label := textType(ShapeText, func(s string) (string, error) {
		return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(s, ",", " "))), nil
	})
	return Bind(tag, name, title, listOf(label, ",;\n"), lens)
}
