// Package field describes records once, for everything that uses them. It knows
// no city.
//
// A field names the value (its column, JSON key, filter word and history entry
// are that name), says how sensitive it is, and points into the struct with a
// lens:
//
//	Text(1, "name", "Name", func(p *Person) *string { return &p.Name })
//
// The constructor captures the value's type, so formatting, parsing, sorting,
// deep copying, merging, storing and exporting need neither reflection nor a
// second list. A new field is one line; a new kind of record is a struct, its
// fields in a [Def], and an entry in the list of kinds.
//
// A [Kind] is a description with the record's type erased: what a store, a
// screen and a file work with. It carries the record's rules, whose parties it
// is, and what minutes and files from elsewhere need to know of it, so that none
// of them knows any kind.
//
// Nothing here does I/O, reads a clock, keeps a global or starts a goroutine:
// today's date and the records that exist arrive in an [Env], whose [Reader] both
// a transaction and a snapshot satisfy. Records a Reader hands out are shared and
// must not be changed; [Kind.Clone] first.
package field
