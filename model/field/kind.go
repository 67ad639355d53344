package field

import (
	"reflect"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/value"
)

// Scope says whose day-to-day business a kind of record is; model/access turns
// scopes and roles into rights.
type Scope uint8

// The scopes.
const (
	ScopeShared   Scope = iota // the partnership's: programs, agreements, events
	ScopeCity                  // one or two parties': people, equipment, reservations
	ScopeAnswers               // a city's own self-assessment
	ScopeSettings              // the administrator's
	ScopeUsers                 // who may sign in; the administrator's, shown to their own city
	ScopeReleased              // results of self-assessments, for those they were released to
	ScopePartners              // the partners' among themselves; it leaves on one paper alone
)

// Checking is what a record's rules are given: the records as they would be
// after the change, today's date, and a place for problems. Before is the zero
// record when one is being added.
type Checking struct {
	Reader
	Today value.Day
	Now   value.Wall // on the partnership's clocks
	// Back says that a change is taken back: the record is as it was before, so
	// that what may follow what is not asked.
	Back bool
	failure.Problems
}

// Party is one of those between whom records are, by the number of its own
// record: to rules and rights, whoever else it may be is the same.
type Party uint64

// PartiesOf gives the parties that references name.
func PartiesOf[T any](ids []ID[T]) []Party {
	out := make([]Party, len(ids))
	for i, id := range ids {
		out[i] = Party(id)
	}
	return out
}

// Actor is who makes a change, as far as the records' own rules need to know.
type Actor struct {
	Partner Party  // 0 when of no partner
	All     bool   // trusted with the records of every partner
	Name    string // as history shows it
	User    string // the stable key of their login
	Whole   bool   // sees and writes everything: who opens a file without logins, or the program
	// SignedIn says that the file has logins and the actor came in by one. Whoever
	// holds a file without any acts for everybody, and nobody can confirm it.
	SignedIn bool
}

// Is reports whether the actor may speak for a partner.
func (a Actor) Is(p Party) bool { return a.All || a.Partner != 0 && a.Partner == p }

// Def describes records of type T; [Def.Kind] erases the type.
type Def[T Record] struct {
	Tag         int    // number in the stored form; never reused
	One         string // singular: "person"
	Title       string // heading: "People"
	Purpose     string // one sentence for help and empty screens
	Scope       Scope
	ID          func(*T) *ID[T]
	Label       func(*T) string
	UniqueLabel bool // no two records share a label
	// Numbered says that others refer to these records by number alone, so that
	// an import keeps the numbers.
	Numbered bool
	// Aliases gives further names by which Resolve finds the record.
	Aliases func(*T) []string
	// Unique lists sets of field names whose combined values no two records
	// share; a set with an empty field binds nobody.
	Unique [][]string
	// Recognise lists further sets of field names by which an import takes a
	// row to mean a record that exists, tried after Unique.
	Recognise [][]string
	// Parties gives the partners whose record this is.
	Parties func(Reader, *T) []Party
	// Check applies the rules beyond the fields' own; before is nil when the
	// record is new.
	Check func(c *Checking, before, after *T)
	// Together applies the rules that the records of the kind keep as a whole,
	// after every change that adds, changes or deletes one.
	Together func(c *Checking)
	// Final says that others rely on these records at once, so that changes of
	// them are never undone but followed by another.
	Final bool
	// Removal applies the rules against deleting the record.
	Removal func(c *Checking, rec *T)
	// Transition says whether the actor is the party that may take this step
	// with a record that is several partners': the owner approves, the borrower
	// disputes. Before is nil for a new record, after for one that is deleted.
	// That the step is possible at all is for Check to say.
	Transition func(r Reader, by Actor, before, after *T) error
	// Headings say how files from elsewhere head the columns.
	Headings Headings
	// Told says how minutes tell of the records.
	Told Told[T]
	// Due yields what the record asks of somebody; see [Viewpoint.Due].
	Due func(v Viewpoint, rec *T, yield func(Due))
	// Spans gives the stretches of time that the record takes up, each in the
	// group it is looked for by; see [Within].
	Spans  func(v *T, yield func(value.Span))
	Fields []Field[T]
}

// Kind describes one kind of record with its type erased. Records are pointers
// to the kind's struct.
type Kind struct {
	Tag         int
	Name        string // plural: "people"; the word used in commands and files
	One         string
	Title       string
	Purpose     string
	Scope       Scope
	UniqueLabel bool
	Numbered    bool
	Unique      [][]string
	Recognise   [][]string
	Columns     []*Column
	Final       bool // changes are not undone
	Headings    Headings

	of      reflect.Type // the records' struct
	id      func(any) uint64
	setID   func(any, uint64)
	label   func(any) string
	aliases func(any) []string
	parties func(Reader, any) []Party
	check   func(c *Checking, before, after any)
	whole   func(c *Checking)
	removal func(c *Checking, rec any)
	step    func(r Reader, by Actor, before, after any) error
	spans   func(rec any, yield func(value.Span))
	due     func(v Viewpoint, rec any, yield func(Due)) // nil when nothing comes due
	told    told
	byName  map[string]*Column
}

// Kind erases the definition's type.
func (d Def[T]) Kind() *Kind {
	var t T
	k := &Kind{
		Tag: d.Tag, Name: t.KindName(), One: d.One, Title: d.Title, Purpose: d.Purpose, Scope: d.Scope,
		UniqueLabel: d.UniqueLabel, Numbered: d.Numbered, Unique: d.Unique, Recognise: d.Recognise,
		Columns: Columns(d.Fields),
		Final:   d.Final, whole: d.Together, told: d.Told.erase(), Headings: d.Headings,
		id:    func(rec any) uint64 { return uint64(*d.ID(rec.(*T))) },
		setID: func(rec any, id uint64) { *d.ID(rec.(*T)) = ID[T](id) },
		label: func(rec any) string { return d.Label(rec.(*T)) },
	}
	if d.Aliases != nil {
		k.aliases = func(rec any) []string { return d.Aliases(rec.(*T)) }
	}
	if d.Parties != nil {
		k.parties = func(r Reader, rec any) []Party { return d.Parties(r, rec.(*T)) }
	}
	if d.Check != nil {
		k.check = func(c *Checking, before, after any) {
			old, _ := before.(*T)
			d.Check(c, old, after.(*T))
		}
	}
	if d.Removal != nil {
		k.removal = func(c *Checking, rec any) { d.Removal(c, rec.(*T)) }
	}
	if d.Transition != nil {
		k.step = func(r Reader, by Actor, before, after any) error {
			old, _ := before.(*T)
			now, _ := after.(*T)
			return d.Transition(r, by, old, now)
		}
	}
	if d.Due != nil {
		k.due = func(v Viewpoint, rec any, yield func(Due)) { d.Due(v, rec.(*T), yield) }
	}
	if d.Spans != nil {
		k.spans = func(rec any, yield func(value.Span)) { d.Spans(rec.(*T), yield) }
	}
	return k.made(reflect.TypeFor[T]())
}

// made completes a kind of records of a type: what its definition leaves out does
// nothing.
func (k *Kind) made(of reflect.Type) *Kind {
	k.of, k.byName = of, make(map[string]*Column, len(k.Columns))
	for _, c := range k.Columns {
		k.byName[c.Name] = c
	}
	return k
}

// Column finds a column by its name; nil when there is none.
func (k *Kind) Column(name string) *Column { return k.byName[name] }

// New makes an empty record.
func (k *Kind) New() any { return reflect.New(k.of).Interface() }

// NewBlock makes n empty records in one allocation and returns a function that
// gives the i-th. The block is kept while any record in it is.
func (k *Kind) NewBlock(n int) func(i int) any {
	block := reflect.MakeSlice(reflect.SliceOf(k.of), n, n)
	return func(i int) any { return block.Index(i).Addr().Interface() }
}

func assign(dst, src any) { reflect.ValueOf(dst).Elem().Set(reflect.ValueOf(src).Elem()) }

// ID gives a record's number; 0 before it is stored.
func (k *Kind) ID(rec any) uint64 { return k.id(rec) }

// SetID sets a record's number.
func (k *Kind) SetID(rec any, id uint64) { k.setID(rec, id) }

// Label gives the name by which people know the record, never empty.
func (k *Kind) Label(rec any) string {
	if s := k.label(rec); s != "" {
		return s
	}
	return k.One + " #" + strconv.FormatUint(k.id(rec), 10)
}

// Aliases gives further names of the record.
func (k *Kind) Aliases(rec any) []string {
	if k.aliases == nil {
		return nil
	}
	return k.aliases(rec)
}

// Parties gives the partners whose record it is; none means the partnership's.
func (k *Kind) Parties(r Reader, rec any) []Party {
	if k.parties == nil {
		return nil
	}
	return k.parties(r, rec)
}

// Clone makes a deep copy that may be changed.
func (k *Kind) Clone(rec any) any {
	out := k.New()
	assign(out, rec) // covers the id and any field without a column
	for _, c := range k.Columns {
		c.Copy(out, rec)
	}
	return out
}

// Redacted gives the record without the values of columns that hide reports,
// itself when none of those holds anything.
func (k *Kind) Redacted(rec any, hide func(*Column) bool) any {
	out := rec
	for _, c := range k.Columns {
		if hide(c) && !c.Empty(rec) {
			if out == rec {
				out = k.New()
				assign(out, rec)
			}
			c.Clear(out)
		}
	}
	return out
}

// Pack appends the stored form of a record, without its id.
func (k *Kind) Pack(dst []byte, rec any) []byte { return packFields(dst, k.Columns, rec) }

// Unpack fills an empty record from its stored form. The record keeps
// substrings of s.
func (k *Kind) Unpack(rec any, id uint64, s string) error {
	k.setID(rec, id)
	return unpackFields(k.Columns, rec, s)
}

// Equal reports whether all columns of two records hold the same.
func (k *Kind) Equal(a, b any) bool {
	for _, c := range k.Columns {
		if !c.Equal(a, b) {
			return false
		}
	}
	return true
}

// Changed lists the columns in which two records differ; a nil record counts
// as empty.
func (k *Kind) Changed(before, after any) []*Column {
	if before == nil {
		before = k.New()
	}
	if after == nil {
		after = k.New()
	}
	var out []*Column
	for _, c := range k.Columns {
		if !c.Equal(before, after) {
			out = append(out, c)
		}
	}
	return out
}

// Merge combines two changes of base into a new record and lists the columns
// that both changed differently; those hold theirs.
func (k *Kind) Merge(base, mine, theirs any) (merged any, conflicts []*Column) {
	merged = k.Clone(theirs)
	for _, c := range k.Columns {
		if !c.Merge(merged, base, mine, theirs) {
			conflicts = append(conflicts, c)
		}
	}
	return merged, conflicts
}

// Texts applies f to every free text in the record.
func (k *Kind) Texts(rec any, f func(string) string) {
	for _, c := range k.Columns {
		c.Texts(rec, f)
	}
}

// Refs visits every reference the record holds.
func (k *Kind) Refs(rec any, visit func(c *Column, kind string, id uint64)) {
	for _, c := range k.Columns {
		c.Refs(rec, func(kind string, id uint64) { visit(c, kind, id) })
	}
}

// AppendJSON appends the record's columns as a JSON object, without its id.
func (k *Kind) AppendJSON(dst []byte, rec any, env *Env) []byte {
	return appendObject(dst, k.Columns, rec, env)
}

// Check lists what is wrong with a record as it would be saved: required
// fields that are empty, then the kind's own rules. Before is nil for a new
// record. References and uniqueness are the store's to check.
func (k *Kind) Check(r Reader, today value.Day, before, after any) failure.Problems {
	return k.CheckAt(r, today.At(0, 0), before, after)
}

// CheckAt is [Kind.Check] at a moment of the day, which matters to what is late.
func (k *Kind) CheckAt(r Reader, now value.Wall, before, after any) failure.Problems {
	return k.checked(&Checking{Reader: r, Today: now.Day(), Now: now}, before, after)
}

// CheckBack is [Kind.CheckAt] for a record that is as it was before a change,
// which is taken back.
func (k *Kind) CheckBack(r Reader, now value.Wall, before, after any) failure.Problems {
	return k.checked(&Checking{Reader: r, Today: now.Day(), Now: now, Back: true}, before, after)
}

func (k *Kind) checked(c *Checking, before, after any) failure.Problems {
	for _, col := range k.Columns {
		if col.Required && col.Empty(after) {
			c.Add(col.Name, col.Title+" is needed")
		}
		if !col.Empty(after) && len(col.Choices) > 0 && !validChoice(col, after) {
			c.Add(col.Name, col.Title+" holds a word that is not among its choices")
		}
	}
	if k.check != nil {
		k.check(c, before, after)
	}
	return c.Problems
}

// Whole lists what is wrong with the records of the kind taken together, as the
// reader has them.
func (k *Kind) Whole(r Reader, today value.Day) failure.Problems {
	if k.whole == nil {
		return nil
	}
	c := &Checking{Reader: r, Today: today}
	k.whole(c)
	return c.Problems
}

// CheckRemoval lists the rules against deleting a record, with the reader as it
// would be without it.
func (k *Kind) CheckRemoval(r Reader, today value.Day, rec any) failure.Problems {
	c := &Checking{Reader: r, Today: today}
	if k.removal != nil {
		k.removal(c, rec)
	}
	return c.Problems
}

// MayStep returns nil when the actor is the party that may turn before into
// after; either is nil for a record being added or deleted.
func (k *Kind) MayStep(r Reader, by Actor, before, after any) error {
	if k.step == nil {
		return nil
	}
	return k.step(r, by, before, after)
}

// OnPaperOnly reports whether records of the kind are in no export.
func (k *Kind) OnPaperOnly() bool { return k.Scope == ScopePartners }

// Leaves returns nil when records of the kind may be exported.
func (k *Kind) Leaves() error {
	if !k.OnPaperOnly() {
		return nil
	}
	return failure.New(failure.Forbidden, "a "+k.One+" is private to the partners and leaves on paper only; "+
		"interlocal report lists the papers")
}
