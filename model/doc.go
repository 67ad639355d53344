// Package model holds the partnership's records and the rules they obey.
//
// It is what a city's analyst reads first: partners, people, resolutions,
// briefings, ideas, programs, agreements, events, equipment and cybersecurity
// cycles are plain structs, one file each, with their rules beside them.
//
// # Describe once, derive many
//
// Every record type is described by one list of fields. A field names the
// value (its column, JSON key, filter word and audit entry are that name),
// says how sensitive it is, and points into the struct with a lens:
//
//	Text(1, "name", "Name", func(p *Person) *string { return &p.Name })
//
// The constructor captures the value's type, so formatting, parsing, sorting,
// deep copying, merging, storing and exporting need neither reflection nor a
// second list. A new field is one line; a new record type is a struct, its
// fields and an entry in [NewSchema].
//
// # No surprises
//
// The package does no I/O, reads no clock, keeps no globals and starts no
// goroutines: today's date and the records that already exist arrive in an
// [Env], whose [Reader] both a transaction and a snapshot satisfy. Records a
// Reader hands out are shared and must not be changed; [Kind.Clone] first.
package model
