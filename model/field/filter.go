package field

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"interlocal/model/failure"
)

// Filter is a question typed into a list, in the language of `/`:
//
//	raytown it          every word begins some word of the record
//	"dump truck"        words that follow each other
//	owner:raytown       the field's text holds a word that begins so
//	population:>50000   comparison with <, <=, >, >=
//	due:<+30d           days may be written as anywhere else
//	phone:              the field is empty
//	phone:*             the field is filled
//	-retired            the reverse of any of these
type Filter struct {
	words []word
	tests []test
}

type word struct {
	text string // folded, words separated and led by one space
	not  bool
}

type test struct {
	col  *Column
	op   string // "=", "<", "<=", ">", ">=", "empty", "filled"
	text string // folded, for "="
	key  string // order key, for comparisons
	not  bool
	fold func(string) string
}

// ParseFilter reads a question about records of a kind. Fold must be the
// folding with which search keys are made. An unknown field or a value that
// cannot be compared is an error that says so; what comes before a colon and
// is no field's name is looked for as text.
func ParseFilter(k *Kind, text string, env *Env, fold func(string) string) (*Filter, error) {
	f := &Filter{}
	for _, t := range splitQuery(text) {
		not := strings.HasPrefix(t, "-") && len(t) > 1
		if not {
			t = t[1:]
		}
		name, value, isTest := strings.Cut(t, ":")
		col := k.filterColumn(name)
		if isTest && col == nil && fieldLike(name) && !strings.HasPrefix(value, "//") {
			return nil, failure.New(failure.NotFound, k.Name+" have no field "+strconv.Quote(name)+"; fields are "+
				k.fieldNames())
		}
		if !isTest || col == nil || strings.HasPrefix(t, `"`) {
			if s := normal(fold(strings.Trim(t, `"`))); s != "" {
				f.words = append(f.words, word{s, not})
			}
			continue
		}
		q, err := newTest(col, value, k, env, fold)
		if err != nil {
			return nil, err
		}
		q.not = not
		f.tests = append(f.tests, q)
	}
	return f, nil
}

// fieldLike reports whether text before a colon was meant as a field's name.
func fieldLike(name string) bool {
	return name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_") == ""
}

func (k *Kind) fieldNames() string {
	names := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// filterColumn finds a column by its name or title, in any case; an unfinished
// name is enough when only one column begins so.
func (k *Kind) filterColumn(name string) *Column {
	name = strings.ToLower(name)
	if c := k.Column(name); c != nil || name == "" {
		return c
	}
	var found *Column
	for _, c := range k.Columns {
		title := strings.ReplaceAll(strings.ToLower(c.Title), " ", "_")
		if title == name {
			return c
		}
		if strings.HasPrefix(c.Name, name) || strings.HasPrefix(title, name) {
			if found != nil {
				return nil
			}
			found = c
		}
	}
	return found
}

func newTest(col *Column, value string, k *Kind, env *Env, fold func(string) string) (test, error) {
	value = strings.Trim(value, `"`)
	t := test{col: col, op: "=", text: normal(fold(value)), fold: fold}
	switch value {
	case "":
		t.op = "empty"
		return t, nil
	case "*":
		t.op = "filled"
		return t, nil
	}
	for _, op := range []string{"<=", ">=", "<", ">"} {
		if rest, ok := strings.CutPrefix(value, op); ok {
			if col.Shape == ShapeRows || col.Shape == ShapeList {
				return t, failure.New(failure.Invalid,
					col.Title+" holds several values, which cannot be compared with "+op)
			}
			rec := k.New()
			if err := col.Parse(rec, strings.Trim(rest, `"`), env); err != nil {
				return t, err
			}
			t.op, t.key = op, string(col.Key(nil, rec, env))
			return t, nil
		}
	}
	return t, nil
}

// splitQuery cuts a question at spaces outside quotation marks.
func splitQuery(s string) []string {
	var out []string
	quoted := false
	start := -1
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
			if start < 0 {
				start = i
			}
		case unicode.IsSpace(r) && !quoted:
			if start >= 0 {
				out = append(out, s[start:i])
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

// normal turns folded text into words each led by one space, dropping
// punctuation: "Lee's Summit" becomes " lees summit".
func normal(folded string) string { return string(appendNormal(nil, folded)) }

func appendNormal(dst []byte, folded string) []byte {
	gap := true
	for i := 0; i < len(folded); {
		c := folded[i]
		size := 1
		keep := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(folded[i:])
			keep = unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
			if r == '’' || r == 'ʼ' {
				i += size
				continue
			}
		}
		switch {
		case c == '\'':
		case keep:
			if gap {
				dst = append(dst, ' ')
			}
			dst = append(dst, folded[i:i+size]...)
			gap = false
		default:
			gap = true
		}
		i += size
	}
	return dst
}

// appendPlain does to ASCII text of either case what appendNormal does to folded
// text.
func appendPlain(dst, text []byte) []byte {
	gap := true
	for _, c := range text {
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		case c == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap {
			dst = append(dst, ' ')
		}
		dst, gap = append(dst, c), false
	}
	return dst
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// SearchKey appends the text in which [Filter.Match] looks for words: every
// field of the record as people read it, folded, each word led by a space and
// each field ended by a line break, which no question reaches across.
func SearchKey(dst []byte, k *Kind, rec any, env *Env, fold func(string) string) []byte {
	var buf [256]byte
	for _, c := range k.Columns {
		if c.Empty(rec) {
			continue
		}
		shown := c.Show(buf[:0], rec, env)
		if isASCII(shown) { // most values: folding is lower case then
			dst = appendPlain(dst, shown)
		} else {
			dst = appendNormal(dst, fold(string(shown)))
		}
		dst = append(dst, '\n')
	}
	return dst
}

// Empty reports whether the filter lets everything through.
func (f *Filter) Empty() bool { return f == nil || len(f.words)+len(f.tests) == 0 }

// Match reports whether a record passes. Key is its search key; with loose set
// words may stand inside others.
func (f *Filter) Match(key string, rec any, env *Env, loose bool) bool {
	for _, w := range f.words {
		text := w.text
		if loose {
			text = text[1:]
		}
		if strings.Contains(key, text) == w.not {
			return false
		}
	}
	for i := range f.tests {
		if f.tests[i].match(rec, env) == f.tests[i].not {
			return false
		}
	}
	return true
}

func (t *test) match(rec any, env *Env) bool {
	switch t.op {
	case "empty":
		return t.col.Empty(rec)
	case "filled":
		return !t.col.Empty(rec)
	}
	if t.col.Empty(rec) && t.col.Shape != ShapeBool { // an unset yes-or-no is a no
		return false
	}
	var buf [128]byte
	if t.op == "=" {
		shown := appendNormal(nil, t.fold(string(t.col.Show(buf[:0], rec, env))))
		if bytes.Contains(shown, []byte(t.text)) {
			return true
		}
		stored := appendNormal(nil, t.fold(string(t.col.Format(buf[:0], rec, env))))
		return bytes.Contains(stored, []byte(t.text))
	}
	order := bytes.Compare(t.col.Key(buf[:0], rec, env), []byte(t.key))
	switch t.op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

// FilterHelp lists what the language offers for a kind, for help screens.
func FilterHelp(k *Kind) []string {
	lines := []string{
		"words          every word begins some word of the record",
		`"two words"    words that follow each other`,
		"-word          not this word",
		"field:word     the field holds the word;  field:  is empty;  field:*  is filled",
		"field:>value   comparison with  <  <=  >  >= ;  days may be +30d, tue, 3/4",
		"",
		"Fields of " + k.Name + ":",
	}
	line := ""
	for _, c := range k.Columns {
		if len(line)+len(c.Name) > 60 {
			lines, line = append(lines, "  "+line), ""
		}
		line += c.Name + "  "
	}
	return append(lines, "  "+line, "", strconv.Itoa(len(k.Columns))+" fields in all")
}
