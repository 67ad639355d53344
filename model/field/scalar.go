package field

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"interlocal/model/failure"
	"interlocal/model/value"
)

// integer is any whole-number type a field may hold.
type integer interface {
	~int | ~int32 | ~int64 | ~uint64
}

// orderKey appends eight bytes that sort as signed v does.
func orderKey(dst []byte, v int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(v)^(1<<63))
}

func unpackInt(s string) (int64, error) {
	v, n := binary.Varint([]byte(s))
	if n != len(s) || n <= 0 {
		return 0, failure.New(failure.Damaged, "a stored number cannot be read")
	}
	return v, nil
}

// numberType builds a type from the two texts that matter: how a number is
// written and how it is read.
func numberType[V integer](shape Shape, format func(dst []byte, v V) []byte, parse func(s string) (V, error)) Type[V] {
	return Type[V]{
		shape:  shape,
		empty:  func(v *V) bool { return *v == 0 },
		format: func(dst []byte, v *V, _ *Env) []byte { return format(dst, *v) },
		parse: func(s string, _ *Env) (V, error) {
			if s = strings.TrimSpace(s); s == "" {
				return 0, nil
			}
			return parse(s)
		},
		key:   func(dst []byte, v *V, _ *Env) []byte { return orderKey(dst, int64(*v)) },
		pack:  func(dst []byte, v *V) []byte { return binary.AppendVarint(dst, int64(*v)) },
		equal: func(a, b *V) bool { return *a == *b },
		unpack: func(v *V, s string) error {
			n, err := unpackInt(s)
			*v = V(n)
			return err
		},
		json: func(dst []byte, v *V, _ *Env) []byte { return format(dst, *v) },
		unjson: func(raw []byte, _ *Env) (V, error) {
			s := strings.TrimSpace(jsonText(raw))
			if s == "" {
				return 0, nil
			}
			return parse(s)
		},
	}
}

// jsonText gives the text of a JSON string, or the bare token of a number.
func jsonText(raw []byte) string {
	if len(raw) < 2 || raw[0] != '"' {
		return string(raw)
	}
	var s string
	if bytes.IndexByte(raw, '\\') >= 0 && json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw[1 : len(raw)-1])
}

// appendJSONString appends s as a JSON string, leaving <, > and & readable.
func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r == '\t':
			dst = append(dst, '\\', 't')
		case r < 0x20:
			dst = append(dst, `\u00`...)
			dst = append(dst, "0123456789abcdef"[r>>4], "0123456789abcdef"[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

// IntType holds whole numbers in which zero means nothing is recorded; wrap it
// in [value.Opt] where zero is a value.
func IntType[V integer]() Type[V] {
	return numberType(ShapeInt,
		func(dst []byte, v V) []byte { return strconv.AppendInt(dst, int64(v), 10) },
		func(s string) (V, error) {
			t, neg := strings.CutPrefix(groupMarks.Replace(s), "-")
			digits, ok := value.Ungrouped(t)
			if neg {
				digits = "-" + digits
			}
			n, err := strconv.ParseInt(digits, 10, 64)
			if err != nil || !ok {
				return 0, failure.New(failure.Invalid, strconv.Quote(s)+" is not a whole number")
			}
			return V(n), nil
		})
}

// groupMarks takes out the spaces people put between thousands.
var groupMarks = strings.NewReplacer(" ", "", "\u00a0", "")

// textType builds a string type; check returns the text to keep. It is called and
// never part of its callers, which the program holds once a type of record.
//
//go:noinline
func textType(shape Shape, check func(s string) (string, error)) Type[string] {
	return Type[string]{
		shape:  shape,
		empty:  func(v *string) bool { return *v == "" },
		format: func(dst []byte, v *string, _ *Env) []byte { return append(dst, *v...) },
		parse:  func(s string, _ *Env) (string, error) { return check(s) },
		key:    func(dst []byte, v *string, _ *Env) []byte { return append(dst, strings.ToLower(*v)...) },
		pack:   func(dst []byte, v *string) []byte { return append(dst, *v...) },
		unpack: func(v *string, s string) error { *v = s; return nil },
		equal:  func(a, b *string) bool { return *a == *b },
		json:   func(dst []byte, v *string, _ *Env) []byte { return appendJSONString(dst, *v) },
		unjson: func(raw []byte, _ *Env) (string, error) { return check(jsonText(raw)) },
		texts:  func(v *string, f func(string) string) { *v = f(*v) },
	}
}

func trimmed(s string) (string, error) { return strings.TrimSpace(s), nil }

func checkEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || !strings.Contains(s[strings.LastIndexByte(s, '@'):], ".") {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" is not an e-mail address (name@city.example)")
	}
	return s, nil
}

func checkURL(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	if !strings.Contains(s, "://") && strings.Contains(s, ".") && !strings.ContainsAny(s, " \\") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" && u.Scheme != "file" ||
		(u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "file") {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" is not a web address (https://…) or file:// link")
	}
	return s, nil
}

// checkPhone writes ten-digit numbers one way and leaves others as typed.
func checkPhone(s string) (string, error) {
	s = strings.TrimSpace(s)
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	if s != "" && len(digits) < 3 {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" is not a telephone number")
	}
	if strings.Trim(s, "0123456789()-. +") != "" {
		return s, nil // an extension or a note: keep what was typed
	}
	if len(digits) == 11 && digits[0] == '1' {
		digits = digits[1:]
	}
	if len(digits) == 10 {
		return digits[:3] + "-" + digits[3:6] + "-" + digits[6:], nil
	}
	if len(digits) > 10 && !strings.HasPrefix(s, "+") {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" has "+strconv.Itoa(len(digits))+
			" digits; a telephone number here has ten")
	}
	return s, nil
}

// Text is a line of text.
func Text[T any](tag int, name, title string, lens func(*T) *string) Field[T] {
	return Bind(tag, name, title, textType(ShapeText, trimmed), lens)
}

// Long is text of several lines.
func Long[T any](tag int, name, title string, lens func(*T) *string) Field[T] {
	return Bind(tag, name, title, textType(ShapeLong, trimmed), lens)
}

// Email is one e-mail address.
func Email[T any](tag int, name, title string, lens func(*T) *string) Field[T] {
	return Bind(tag, name, title, textType(ShapeEmail, checkEmail), lens)
}

// Link is a web address or a link to a document.
func Link[T any](tag int, name, title string, lens func(*T) *string) Field[T] {
	return Bind(tag, name, title, textType(ShapeURL, checkURL), lens)
}

// Phone is a telephone number; ten digits are written 816-555-0100.
func Phone[T any](tag int, name, title string, lens func(*T) *string) Field[T] {
	return Bind(tag, name, title, textType(ShapePhone, checkPhone), lens)
}

// Int is a whole number, zero meaning not recorded.
func Int[T any, V integer](tag int, name, title string, lens func(*T) *V) Field[T] {
	t := IntType[V]()
	digits := t.format
	t.format = func(dst []byte, v *V, env *Env) []byte {
		if *v == 0 {
			return dst
		}
		return digits(dst, v, env)
	}
	return Bind(tag, name, title, t, lens)
}

// Bool is yes or no; unset is no.
func Bool[T any](tag int, name, title string, lens func(*T) *bool) Field[T] {
	return Bind(tag, name, title, boolType(), lens)
}

func boolType() Type[bool] {
	word := func(v bool) string {
		if v {
			return "yes"
		}
		return "no"
	}
	parse := func(s string, _ *Env) (bool, error) {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "yes", "y", "true", "1", "x":
			return true, nil
		case "", "no", "n", "false", "0":
			return false, nil
		}
		return false, failure.New(failure.Invalid, strconv.Quote(s)+" is neither yes nor no")
	}
	return Type[bool]{
		shape:   ShapeBool,
		choices: []Choice{{"yes", "Yes"}, {"no", "No"}},
		empty:   func(v *bool) bool { return !*v },
		format:  func(dst []byte, v *bool, _ *Env) []byte { return append(dst, word(*v)...) },
		parse:   parse,
		key:     func(dst []byte, v *bool, _ *Env) []byte { return append(dst, word(*v)...) },
		pack:    func(dst []byte, v *bool) []byte { return append(dst, word(*v)[0]) },
		unpack:  func(v *bool, s string) error { *v = s == "y"; return nil },
		equal:   func(a, b *bool) bool { return *a == *b },
		json:    func(dst []byte, v *bool, _ *Env) []byte { return strconv.AppendBool(dst, *v) },
		unjson:  func(raw []byte, env *Env) (bool, error) { return parse(jsonText(raw), env) },
	}
}
