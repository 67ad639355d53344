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
// # Acts
//
// Whatever changes records is an [Act]: a value in its domain's table, made by
// [ActOn]. It names what it is done to, describes its arguments by the same
// fields as records, says in a sentence when it cannot be done, and does it over
// a [Writer]. From the value follow the command, the palette's entry, the form for
// missing arguments, --help, completion, the title in the history, and what a row
// of a file does ([FileRows]).
//
// A new act is at most 25 lines in one file, with its arguments: the value, as in
// the example of [ActOn], and its name in the domain's list, Acts. What May refuses
// is said by failure.If, several things by cmp.Or of them; an act that changes its
// record is [Becomes]. A key, where one is wanted, is a line in the tab:
//
//	screen.Offer("ladders", page.ActKey(d, "t", "retire", acts.Named("ladder.retire")))
//
// An act is handed its record and its arguments and looks at nothing else: no
// cursor, no clock, no setting of the screen. Random and long work is done in Plan,
// before the transaction and once; Do may run again when somebody else was first.
// Keys stand in no act: a page binds a key to an act and to the arguments that the
// key stands for.
//
// What may be right and is not sure, such as a loan without an agreement on file,
// is a [Doubt]: an error that every way in asks alike, for a name and a reason
// ([Override]), and does the act again with the answer. What cannot be right is
// refused, whoever asks.
//
// Rejected: functions that each face calls in its own way (the faces drifted
// apart), acts that read a selection (they could not be a command), toggles (two
// people press at once), and a second list of acts for audit or shell.
//
// Nothing here does I/O, reads a clock, keeps a global or starts a goroutine:
// today's date and the records that exist arrive in an [Env], whose [Reader] both
// a transaction and a snapshot satisfy. Records a Reader hands out are shared and
// must not be changed; [Kind.Clone] first.
package field
