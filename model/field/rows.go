package field

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// RowsOf holds child rows described by fields of their own. The first field
// identifies a row when two people's changes are merged.
//
// The flat form writes a row's values in order, separated by " | ", and rows
// separated by "; ": "Federal grant | 748000.00; Raytown | 1200.00".
func RowsOf[R any](fields []Field[R]) Type[[]R] {
	cols := Columns(fields)
	row := rowType[R](cols)
	t := ListOf(row)
	t.shape, t.sub = ShapeRows, cols
	t.format = func(dst []byte, v *[]R, env *Env) []byte { return joinRows(dst, *v, row.format, env) }
	t.show = func(dst []byte, v *[]R, env *Env) []byte { return joinRows(dst, *v, row.show, env) }
	t.parse = func(s string, env *Env) ([]R, error) {
		var list []R
		for _, part := range splitEscaped(s, ";\n", false) {
			r, err := row.parse(part, env)
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
		return list, nil
	}
	t.unjson = func(raw []byte, env *Env) ([]R, error) {
		var raws []json.RawMessage
		if json.Unmarshal(raw, &raws) != nil {
			return t.parse(jsonText(raw), env)
		}
		var list []R
		for _, one := range raws {
			r, err := row.unjson(one, env)
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
		return list, nil
	}
	t.merge = func(base, mine, theirs *[]R) ([]R, bool) { return mergeRows(cols, row, *base, *mine, *theirs) }
	return t
}

// Rows is any number of child rows.
func Rows[T, R any](tag int, name, title string, lens func(*T) *[]R, fields []Field[R]) Field[T] {
	return Bind(tag, name, title, RowsOf(fields), lens)
}

// Columns erases the record type of a description.
func Columns[T any](fields []Field[T]) []*Column {
	cols := make([]*Column, len(fields))
	for i, f := range fields {
		cols[i] = f.col
	}
	return cols
}

func joinRows[R any](dst []byte, list []R, format func([]byte, *R, *Env) []byte, env *Env) []byte {
	for i := range list {
		if i > 0 {
			dst = append(dst, "; "...)
		}
		dst = format(dst, &list[i], env)
	}
	return dst
}

func rowType[R any](cols []*Column) Type[R] {
	return Type[R]{
		shape: ShapeRows,
		empty: func(r *R) bool {
			for _, c := range cols {
				if !c.Empty(r) {
					return false
				}
			}
			return true
		},
		format: func(dst []byte, r *R, env *Env) []byte {
			for i, c := range cols {
				if i > 0 {
					dst = append(dst, " | "...)
				}
				dst = append(dst, escaper.Replace(string(c.Format(nil, r, env)))...)
			}
			return dst
		},
		show: func(dst []byte, r *R, env *Env) []byte {
			start := len(dst)
			for _, c := range cols {
				if c.Empty(r) {
					continue
				}
				if len(dst) > start {
					dst = append(dst, ' ')
				}
				dst = c.Show(dst, r, env)
			}
			return dst
		},
		parse:  func(s string, env *Env) (R, error) { return parseRow[R](cols, s, env) },
		key:    func(dst []byte, r *R, env *Env) []byte { return cols[0].Key(dst, r, env) },
		clone:  func(r *R) R { return copyRow(cols, r) },
		pack:   func(dst []byte, r *R) []byte { return packFields(dst, cols, r) },
		unpack: func(r *R, s string) error { return unpackFields(cols, r, s) },
		json:   func(dst []byte, r *R, env *Env) []byte { return appendObject(dst, cols, r, env) },
		unjson: func(raw []byte, env *Env) (R, error) { return parseRowJSON[R](cols, raw, env) },
		texts: func(r *R, f func(string) string) {
			for _, c := range cols {
				c.Texts(r, f)
			}
		},
		refs: func(r *R, visit func(string, uint64)) {
			for _, c := range cols {
				c.Refs(r, visit)
			}
		},
	}
}

func parseRow[R any](cols []*Column, s string, env *Env) (R, error) {
	var r R
	parts := splitEscaped(s, "|", true)
	if len(parts) > len(cols) {
		return r, failure.New(failure.Invalid, strconv.Quote(s)+" has more than "+strconv.Itoa(len(cols))+" parts ("+
			rowForm(cols)+")")
	}
	for i, part := range parts {
		if err := cols[i].Parse(&r, unescaper.Replace(part), env); err != nil {
			return r, err
		}
	}
	return r, nil
}

// rowForm tells how a row is written: "source | amount".
func rowForm(cols []*Column) string {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = strings.ToLower(c.Title)
	}
	return strings.Join(names, " | ")
}

func parseRowJSON[R any](cols []*Column, raw []byte, env *Env) (R, error) {
	var r R
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return r, failure.New(failure.Invalid, "expected an object with "+rowForm(cols))
	}
	for _, c := range cols {
		if v, ok := object[c.Name]; ok {
			if err := c.ParseJSON(&r, v, env); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

func copyRow[R any](cols []*Column, r *R) R {
	var out R
	for _, c := range cols {
		c.Copy(&out, r)
	}
	return out
}

// mergeRows merges by the rows' first column. A row that both changed is
// merged field by field; it conflicts when a field was changed twice, or when
// one removed what the other changed, or when two rows bear one name.
func mergeRows[R any](cols []*Column, t Type[R], base, mine, theirs []R) ([]R, bool) {
	name := func(r *R) string { return string(cols[0].pack(nil, r)) }
	find := func(list []R, key string) *R {
		for i := range list {
			if name(&list[i]) == key {
				return &list[i]
			}
		}
		return nil
	}
	same := func(a, b *R) bool { return string(t.pack(nil, a)) == string(t.pack(nil, b)) }
	// Rows that share a name cannot be told apart: neither side's may be lost.
	for _, list := range [][]R{base, mine, theirs} {
		for i := range list {
			if find(list, name(&list[i])) != &list[i] {
				return nil, false
			}
		}
	}
	var out []R
	for i := range theirs {
		th := &theirs[i]
		b, m := find(base, name(th)), find(mine, name(th))
		switch {
		case b == nil && m == nil || b != nil && m != nil && same(b, m):
			out = append(out, copyRow(cols, th))
		case b != nil && m == nil:
			if !same(b, th) {
				return nil, false
			}
		default:
			if b == nil {
				b = new(R)
			}
			r, ok := mergeRow(cols, b, m, th)
			if !ok {
				return nil, false
			}
			out = append(out, r)
		}
	}
	for i := range mine {
		m := &mine[i]
		if find(theirs, name(m)) != nil {
			continue
		}
		if b := find(base, name(m)); b == nil {
			out = append(out, copyRow(cols, m))
		} else if !same(b, m) {
			return nil, false
		}
	}
	return out, true
}

func mergeRow[R any](cols []*Column, base, mine, theirs *R) (R, bool) {
	var out R
	for _, c := range cols {
		if !c.Merge(&out, base, mine, theirs) {
			return out, false
		}
	}
	return out, true
}

// appendObject writes a record's columns as a JSON object in their order.
func appendObject(dst []byte, cols []*Column, rec any, env *Env) []byte {
	dst = append(dst, '{')
	for i, c := range cols {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendJSONString(dst, c.Name), ':')
		dst = c.AppendJSON(dst, rec, env)
	}
	return append(dst, '}')
}

// String makes a column readable in test failures.
func (c *Column) String() string { return fmt.Sprintf("%s (%d)", c.Name, c.Tag) }
