package field

import "fmt"

// Spec is what is known of a field apart from its value: its names, its help
// and how a form or a table should treat it.
type Spec struct {
	Tag         int    // number in the stored form; never reused
	Name        string // column header, JSON key, audit entry and filter word
	Title       string // label on screen
	Help        string // one sentence beneath the field in a form
	Unit        string // what a number counts
	Example     string // greyed example on an empty screen
	Section     string // heading above the field in forms and details
	Shape       Shape
	Inner       Shape // shape of a list's elements
	Sensitivity Sensitivity
	Choices     []Choice
	Target      string    // kind a reference points to
	Sub         []*Column // columns of child rows
	Required    bool
	Naming      bool // part of what a record without a label of its own is called
	Width       int  // columns wanted in a table; 0 follows the shape
	Hidden      bool // not a table column until the user adds it

	overtaken func(now, said any) bool
}

// Longest texts kept, in characters.
const (
	MaxLine  = 4 << 10  // a line: a name, a title, one duty
	MaxBlock = 64 << 10 // several lines: a note
)

// Lines reports whether texts in the field, or in its elements and child rows,
// may have several lines.
func (s *Spec) Lines() bool {
	if s.Shape == ShapeLong || s.Inner == ShapeLong {
		return true
	}
	for _, sub := range s.Sub {
		if sub.Lines() {
			return true
		}
	}
	return false
}

// MaxText gives how many characters each text in the field may have.
func (s *Spec) MaxText() int {
	if s.Lines() {
		return MaxBlock
	}
	return MaxLine
}

// Column is a field with its record type erased: the form in which stores,
// screens and files use it. Records are passed as pointers to the kind's
// struct; any other value panics, which a caller cannot cause through a
// [Kind].
type Column struct {
	Spec
	ops
}

// ops is what a bound lens can do with a record.
type ops interface {
	// Empty reports whether the record holds no value here.
	Empty(rec any) bool
	// Format appends the canonical text, which Parse reads back.
	Format(dst []byte, rec any, env *Env) []byte
	// Show appends the text for people.
	Show(dst []byte, rec any, env *Env) []byte
	// Parse sets the value from text a person or a file supplied.
	Parse(rec any, s string, env *Env) error
	// Key appends bytes that sort as the values do, unset values last.
	Key(dst []byte, rec any, env *Env) []byte
	// Equal compares two records' values.
	Equal(a, b any) bool
	// Copy sets dst's value to a deep copy of src's.
	Copy(dst, src any)
	// Clear sets the value to its zero.
	Clear(rec any)
	// Texts applies f to every free text in the value.
	Texts(rec any, f func(string) string)
	// Refs visits every record the value refers to.
	Refs(rec any, visit func(kind string, id uint64))
	// AppendJSON appends the value as JSON.
	AppendJSON(dst []byte, rec any, env *Env) []byte
	// ParseJSON sets the value from JSON.
	ParseJSON(rec any, raw []byte, env *Env) error

	pack(dst []byte, rec any) []byte
	unpack(rec any, s string) error
	// mergeBoth merges two different changes; false, with dst as it was, when
	// they cannot be.
	mergeBoth(dst, base, mine, theirs any) bool
}

// Merge sets dst's value from two changes of base, taking the side that changed,
// and reports whether they agree; on a conflict dst keeps theirs.
func (c *Column) Merge(dst, base, mine, theirs any) bool {
	switch {
	case c.Equal(base, mine), c.Equal(mine, theirs):
		c.Copy(dst, theirs)
		return true
	case c.Equal(base, theirs):
		c.Copy(dst, mine)
		return true
	case c.mergeBoth(dst, base, mine, theirs):
		return true
	}
	c.Copy(dst, theirs)
	return false
}

// Field is a column of records of type T. Its methods return the field with
// one property changed, so that a description reads as one line.
type Field[T any] struct{ col *Column }

// with gives the column with its description changed. It is no method of the field, so that the program holds it once
// and not once a record type.
func (c *Column) with(set func(*Spec)) *Column {
	out := *c
	set(&out.Spec)
	return &out
}

// Required marks the field as required.
func (f Field[T]) Required() Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Required = true })}
}

// NamesRecord marks a field by which a record without a label is known although it
// may be empty.
func (f Field[T]) NamesRecord() Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Naming = true })}
}

// Private restricts the field to the record's own partner and the facilitator.
func (f Field[T]) Private() Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Sensitivity = Private })}
}

// Confidential restricts the field to the record's own partner.
func (f Field[T]) Confidential() Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Sensitivity = Confidential })}
}

// Help sets the sentence shown beneath the field in a form.
func (f Field[T]) Help(help string) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Help = help })}
}

// Example sets the example that an empty screen shows.
func (f Field[T]) Example(example string) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Example = example })}
}

// In sets what a number counts.
func (f Field[T]) In(unit string) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Unit = unit })}
}

// Under sets the heading above the field.
func (f Field[T]) Under(section string) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Section = section })}
}

// Width sets the table width wanted, in columns.
func (f Field[T]) Width(columns int) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Width = columns })}
}

// HiddenByDefault leaves the field out of tables until the user adds it.
func (f Field[T]) HiddenByDefault() Field[T] {
	return Field[T]{f.col.with(func(s *Spec) { s.Hidden = true })}
}

// Onward says that a value is carried on by acts and not by lists: what a list
// says is no news where overtaken reports that the record has gone on from there.
func (f Field[T]) Onward(overtaken func(now, said *T) bool) Field[T] {
	return Field[T]{f.col.with(func(s *Spec) {
		s.overtaken = func(now, said any) bool { return overtaken(now.(*T), said.(*T)) }
	})}
}

// Overtaken reports whether a record has gone on from what a list says of it in
// this column.
func (s *Spec) Overtaken(now, said any) bool { return s.overtaken != nil && s.overtaken(now, said) }

// Bind makes a field from a stored tag, a name, a title, a type and a lens.
// The lens must return a pointer into the record it is given.
func Bind[T, V any](tag int, name, title string, t Type[V], lens func(*T) *V) Field[T] {
	return Field[T]{column(tag, name, title, t, func(rec any) *V { return lens(rec.(*T)) })}
}

// column is called and never part of its callers, or the program would hold it
// once for every pair of a record and a value.
//
//go:noinline
func column[V any](tag int, name, title string, t Type[V], at func(rec any) *V) *Column {
	return &Column{
		Spec: Spec{Tag: tag, Name: name, Title: title, Shape: t.shape, Inner: t.inner,
			Choices: t.choices, Target: t.target},
		ops: &bound[V]{t: t, at: at},
	}
}

// bound is generic in the value alone: the record's type stays within the lens,
// or the program would hold its methods once for every pair of both.
type bound[V any] struct {
	t  Type[V]
	at func(rec any) *V
}

// Empty asks the type whether the value is unset.
func (b *bound[V]) Empty(rec any) bool { return b.t.empty(b.at(rec)) }

// Format appends the canonical text of the value.
func (b *bound[V]) Format(dst []byte, rec any, env *Env) []byte {
	return b.t.format(dst, b.at(rec), env)
}

// Show appends the text of the value for people.
func (b *bound[V]) Show(dst []byte, rec any, env *Env) []byte {
	return b.t.display(dst, b.at(rec), env)
}

// Parse reads a value and leaves the record as it was when it cannot.
func (b *bound[V]) Parse(rec any, s string, env *Env) error {
	v, err := b.t.parse(s, env)
	if err == nil {
		*b.at(rec) = v
	}
	return err
}

// Key puts a byte before the key of the value, so that unset values sort last.
func (b *bound[V]) Key(dst []byte, rec any, env *Env) []byte {
	v := b.at(rec)
	if b.t.empty(v) {
		return append(dst, 2)
	}
	return b.t.key(append(dst, 1), v, env)
}

// Equal compares by the type: what is stored alike is alike.
func (b *bound[V]) Equal(x, y any) bool { return b.t.same(b.at(x), b.at(y)) }

// Copy copies deep, so that the records share nothing.
func (b *bound[V]) Copy(dst, src any) { *b.at(dst) = b.t.copyOf(b.at(src)) }

// Clear sets the zero of the type.
func (b *bound[V]) Clear(rec any) {
	var zero V
	*b.at(rec) = zero
}

func (b *bound[V]) mergeBoth(dst, base, mine, theirs any) bool {
	if b.t.merge == nil {
		return false
	}
	v, ok := b.t.merge(b.at(base), b.at(mine), b.at(theirs))
	if ok {
		*b.at(dst) = v
	}
	return ok
}

// Texts does nothing for types without free text.
func (b *bound[V]) Texts(rec any, f func(string) string) {
	if b.t.texts != nil {
		b.t.texts(b.at(rec), f)
	}
}

// Refs does nothing for types that refer to no record.
func (b *bound[V]) Refs(rec any, visit func(kind string, id uint64)) {
	if b.t.refs != nil {
		b.t.refs(b.at(rec), visit)
	}
}

// AppendJSON writes null for what is unset, but lists and yes or no as they are.
func (b *bound[V]) AppendJSON(dst []byte, rec any, env *Env) []byte {
	v := b.at(rec)
	if b.t.empty(v) && b.t.shape != ShapeList && b.t.shape != ShapeBool {
		return append(dst, "null"...)
	}
	return b.t.json(dst, v, env)
}

// ParseJSON takes null for unset, and leaves the record as it was when it cannot read.
func (b *bound[V]) ParseJSON(rec any, raw []byte, env *Env) error {
	if string(raw) == "null" {
		b.Clear(rec)
		return nil
	}
	v, err := b.t.unjson(raw, env)
	if err == nil {
		*b.at(rec) = v
	}
	return err
}

func (b *bound[V]) pack(dst []byte, rec any) []byte { return b.t.pack(dst, b.at(rec)) }

func (b *bound[V]) unpack(rec any, s string) error {
	if err := b.t.unpack(b.at(rec), s); err != nil {
		return fmt.Errorf("stored value: %w", err)
	}
	return nil
}

// nested reaches a field of a part of a record through the part's lens.
type nested struct {
	ops
	at func(rec any) any
}

// Empty asks about the part.
func (n nested) Empty(rec any) bool { return n.ops.Empty(n.at(rec)) }

// Format writes the value in the part.
func (n nested) Format(dst []byte, rec any, env *Env) []byte {
	return n.ops.Format(dst, n.at(rec), env)
}

// Show writes the value in the part for people.
func (n nested) Show(dst []byte, rec any, env *Env) []byte {
	return n.ops.Show(dst, n.at(rec), env)
}

// Parse reads into the part.
func (n nested) Parse(rec any, s string, env *Env) error { return n.ops.Parse(n.at(rec), s, env) }

// Key gives the key of the value in the part.
func (n nested) Key(dst []byte, rec any, env *Env) []byte {
	return n.ops.Key(dst, n.at(rec), env)
}

// Equal compares the two records' parts.
func (n nested) Equal(a, b any) bool { return n.ops.Equal(n.at(a), n.at(b)) }

// Copy copies from part to part.
func (n nested) Copy(dst, src any) { n.ops.Copy(n.at(dst), n.at(src)) }

// Clear clears the value in the part.
func (n nested) Clear(rec any) { n.ops.Clear(n.at(rec)) }

func (n nested) mergeBoth(dst, base, mine, theirs any) bool {
	return n.ops.mergeBoth(n.at(dst), n.at(base), n.at(mine), n.at(theirs))
}

// Texts applies f within the part.
func (n nested) Texts(rec any, f func(string) string) { n.ops.Texts(n.at(rec), f) }

// Refs visits what the part refers to.
func (n nested) Refs(rec any, visit func(string, uint64)) { n.ops.Refs(n.at(rec), visit) }

// AppendJSON writes the value in the part as JSON.
func (n nested) AppendJSON(d []byte, rec any, e *Env) []byte {
	return n.ops.AppendJSON(d, n.at(rec), e)
}

// ParseJSON reads JSON into the part.
func (n nested) ParseJSON(rec any, raw []byte, env *Env) error {
	return n.ops.ParseJSON(n.at(rec), raw, env)
}

func (n nested) pack(dst []byte, rec any) []byte { return n.ops.pack(dst, n.at(rec)) }

func (n nested) unpack(rec any, s string) error { return n.ops.unpack(n.at(rec), s) }

// Part lifts the fields of a nested struct P into its owner T. Tags are
// offset, names are prefixed, and the section is set on every field.
func Part[T, P any](offset int, prefix, section string, lens func(*T) *P, fields []Field[P]) []Field[T] {
	out := make([]Field[T], len(fields))
	for i, f := range fields {
		c := *f.col
		c.Tag += offset
		c.Name = prefix + c.Name
		c.Section = section
		c.ops = nested{f.col.ops, func(rec any) any { return lens(rec.(*T)) }}
		out[i] = Field[T]{&c}
	}
	return out
}
