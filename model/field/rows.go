package field

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// Rows is any number of child rows described by fields of their own. The first
// field identifies a row when two people's changes are merged.
//
// The flat form writes a row's values in order, separated by " | ", and rows
// separated by "; ": "Federal grant | 748000.00; Raytown | 1200.00".
func Rows[T, R any](tag int, name, title string, lens func(*T) *[]R, fields []Field[R]) Field[T] {
	cols := Columns(fields)
	at := func(rec any) rows { return (*rowList[R])(lens(rec.(*T))) }
	return Field[T]{&Column{
		Spec: Spec{Tag: tag, Name: name, Title: title, Shape: ShapeRows, Inner: ShapeRows, Sub: cols},
		ops:  boundRows{cols, at},
	}}
}

// Columns erases the record type of a description.
func Columns[T any](fields []Field[T]) []*Column {
	cols := make([]*Column, len(fields))
	for i, f := range fields {
		cols[i] = f.col
	}
	return cols
}

// rows is a list of child rows with their type erased: the program holds what is
// done with them once and not once a type of row.
type rows interface {
	count() int
	row(i int) any // points to the i-th row
	add() any      // appends an empty row and points to it until the next
	size(n int)    // makes it n empty rows, apart from those it had
	fresh() rows   // an empty list of the same type
	take(from rows)
}

type rowList[R any] []R

func (l *rowList[R]) count() int     { return len(*l) }
func (l *rowList[R]) row(i int) any  { return &(*l)[i] }
func (l *rowList[R]) fresh() rows    { return new(rowList[R]) }
func (l *rowList[R]) take(from rows) { *l = *from.(*rowList[R]) }

func (l *rowList[R]) add() any {
	var empty R
	*l = append(*l, empty)
	return &(*l)[len(*l)-1]
}

func (l *rowList[R]) size(n int) {
	*l = nil
	if n > 0 {
		*l = make([]R, n)
	}
}

// boundRows is [bound] for child rows.
type boundRows struct {
	cols []*Column
	at   func(rec any) rows
}

// Empty asks whether there is no row.
func (b boundRows) Empty(rec any) bool { return b.at(rec).count() == 0 }

// Format separates rows by "; " and their values by " | ".
func (b boundRows) Format(dst []byte, rec any, env *Env) []byte {
	list := b.at(rec)
	for i := range list.count() {
		if i > 0 {
			dst = append(dst, "; "...)
		}
		for j, c := range b.cols {
			if j > 0 {
				dst = append(dst, " | "...)
			}
			dst = append(dst, escaper.Replace(string(c.Format(nil, list.row(i), env)))...)
		}
	}
	return dst
}

// Show leaves out what a row does not hold.
func (b boundRows) Show(dst []byte, rec any, env *Env) []byte {
	list := b.at(rec)
	for i := range list.count() {
		if i > 0 {
			dst = append(dst, "; "...)
		}
		start, row := len(dst), list.row(i)
		for _, c := range b.cols {
			if c.Empty(row) {
				continue
			}
			if len(dst) > start {
				dst = append(dst, ' ')
			}
			dst = c.Show(dst, row, env)
		}
	}
	return dst
}

// Parse reads rows and leaves the record as it was when it cannot.
func (b boundRows) Parse(rec any, s string, env *Env) error {
	to := b.at(rec)
	list := to.fresh()
	for _, part := range splitEscaped(s, ";\n", false) {
		if err := parseRow(b.cols, list.add(), part, env); err != nil {
			return err
		}
	}
	to.take(list)
	return nil
}

// Key sorts by the rows' first values, records without rows last.
func (b boundRows) Key(dst []byte, rec any, env *Env) []byte {
	list := b.at(rec)
	if list.count() == 0 {
		return append(dst, 2)
	}
	dst = append(dst, 1)
	for i := range list.count() {
		dst = append(b.cols[0].Key(dst, list.row(i), env), 0)
	}
	return dst
}

// Equal compares the rows' stored forms in their order.
func (b boundRows) Equal(x, y any) bool {
	one, other := b.at(x), b.at(y)
	for i := 0; i < one.count() && one.count() == other.count(); i++ {
		if !sameRow(b.cols, one.row(i), other.row(i)) {
			return false
		}
	}
	return one.count() == other.count()
}

func sameRow(cols []*Column, a, b any) bool {
	return bytes.Equal(packFields(nil, cols, a), packFields(nil, cols, b))
}

// Copy copies deep, so that the records share nothing.
func (b boundRows) Copy(dst, src any) {
	to, from := b.at(dst), b.at(src)
	if to == from {
		return
	}
	to.size(from.count())
	for i := range from.count() {
		copyRow(b.cols, to.row(i), from.row(i))
	}
}

// Clear takes all rows out.
func (b boundRows) Clear(rec any) { b.at(rec).size(0) }

// Texts applies f in every row.
func (b boundRows) Texts(rec any, f func(string) string) {
	list := b.at(rec)
	for i := range list.count() {
		for _, c := range b.cols {
			c.Texts(list.row(i), f)
		}
	}
}

// Refs visits what every row refers to.
func (b boundRows) Refs(rec any, visit func(kind string, id uint64)) {
	list := b.at(rec)
	for i := range list.count() {
		for _, c := range b.cols {
			c.Refs(list.row(i), visit)
		}
	}
}

// AppendJSON writes a list of objects.
func (b boundRows) AppendJSON(dst []byte, rec any, env *Env) []byte {
	list := b.at(rec)
	dst = append(dst, '[')
	for i := range list.count() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendObject(dst, b.cols, list.row(i), env)
	}
	return append(dst, ']')
}

// ParseJSON takes a list of objects, the flat form, or null for no rows.
func (b boundRows) ParseJSON(rec any, raw []byte, env *Env) error {
	to := b.at(rec)
	var raws []json.RawMessage
	if json.Unmarshal(raw, &raws) != nil {
		return b.Parse(rec, jsonText(raw), env)
	}
	list := to.fresh()
	for _, one := range raws {
		if err := parseRowJSON(b.cols, list.add(), one, env); err != nil {
			return err
		}
	}
	to.take(list)
	return nil
}

func (b boundRows) pack(dst []byte, rec any) []byte {
	var buf [64]byte
	list := b.at(rec)
	for i := range list.count() {
		row := packFields(buf[:0], b.cols, list.row(i))
		dst = binary.AppendUvarint(dst, uint64(len(row)))
		dst = append(dst, row...)
	}
	return dst
}

func (b boundRows) unpack(rec any, s string) error {
	list := b.at(rec)
	list.size(0)
	for s != "" {
		value, rest, err := cutElement(s)
		if err == nil {
			err = unpackFields(b.cols, list.add(), value)
		}
		if err != nil {
			list.size(0)
			return fmt.Errorf("stored value: %w", err)
		}
		s = rest
	}
	return nil
}

func parseRow(cols []*Column, r any, s string, env *Env) error {
	parts := splitEscaped(s, "|", true)
	if len(parts) > len(cols) {
		return failure.New(failure.Invalid, strconv.Quote(s)+" has more than "+strconv.Itoa(len(cols))+" parts ("+
			rowForm(cols)+")")
	}
	for i, part := range parts {
		if err := cols[i].Parse(r, unescaper.Replace(part), env); err != nil {
			return err
		}
	}
	return nil
}

// rowForm tells how a row is written: "source | amount".
func rowForm(cols []*Column) string {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = strings.ToLower(c.Title)
	}
	return strings.Join(names, " | ")
}

func parseRowJSON(cols []*Column, r any, raw []byte, env *Env) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return failure.New(failure.Invalid, "expected an object with "+rowForm(cols))
	}
	for _, c := range cols {
		if v, ok := object[c.Name]; ok {
			if err := c.ParseJSON(r, v, env); err != nil {
				return err
			}
		}
	}
	return nil
}

func copyRow(cols []*Column, dst, src any) {
	for _, c := range cols {
		c.Copy(dst, src)
	}
}

// mergeBoth merges by the rows' first column. A row that both changed is
// merged field by field; it conflicts when a field was changed twice, or when
// one removed what the other changed, or when two rows bear one name.
func (b boundRows) mergeBoth(dst, base, mine, theirs any) bool {
	to := b.at(dst)
	out := to.fresh()
	if !mergeRows(b.cols, out, b.at(base), b.at(mine), b.at(theirs)) {
		return false
	}
	to.take(out)
	return true
}

func mergeRows(cols []*Column, out, base, mine, theirs rows) bool {
	name := func(r any) string { return string(cols[0].pack(nil, r)) }
	find := func(list rows, key string) any {
		for i := range list.count() {
			if r := list.row(i); name(r) == key {
				return r
			}
		}
		return nil
	}
	// Rows that share a name cannot be told apart: neither side's may be lost.
	for _, list := range []rows{base, mine, theirs} {
		for i := range list.count() {
			if r := list.row(i); find(list, name(r)) != r {
				return false
			}
		}
	}
	for i := range theirs.count() {
		th := theirs.row(i)
		b, m := find(base, name(th)), find(mine, name(th))
		switch {
		case b == nil && m == nil || b != nil && m != nil && sameRow(cols, b, m):
			copyRow(cols, out.add(), th)
		case b != nil && m == nil:
			if !sameRow(cols, b, th) {
				return false
			}
		default:
			if b == nil {
				b = base.fresh().add()
			}
			if !mergeRow(cols, out.add(), b, m, th) {
				return false
			}
		}
	}
	for i := range mine.count() {
		m := mine.row(i)
		if find(theirs, name(m)) != nil {
			continue
		}
		if b := find(base, name(m)); b == nil {
			copyRow(cols, out.add(), m)
		} else if !sameRow(cols, b, m) {
			return false
		}
	}
	return true
}

func mergeRow(cols []*Column, out, base, mine, theirs any) bool {
	for _, c := range cols {
		if !c.Merge(out, base, mine, theirs) {
			return false
		}
	}
	return true
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
