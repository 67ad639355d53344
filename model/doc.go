// Package model is the page to read first: two lists. [NewSchema] names every kind
// of record that the partnership keeps, [NewActs] everything that can be done to
// them, and each name leads to the room that describes it.
//
// A rule stands once, beside the record or the act that it is about, and holds on
// every way in: a key, a form, a command here or over SSH, a row of a file, an
// undo. What differs between the ways is only how somebody is asked.
//
// The rooms, from the ground up:
//
//   - text and failure: text made safe; errors as sentences
//   - value: days, times, money and whatever else a field can hold
//   - field: records described once, so that columns, forms, files, storage and
//     history need no second list
//   - access: who may see and do what
//   - document and exchange: papers and files, for any kind
//   - partnership: the cities, their people and what they agreed
//   - lending, shadowing, buying, meeting, cyber, accounts: the domains, of which
//     none knows another; each has its records on top and what is done with them
//     beneath
//   - filerules: what the rows of files mean beyond records
//   - report and sample: papers across domains, and the records of a made-up day
//
// No room does I/O, reads a clock, keeps a global or starts a goroutine: the
// moment and the records that exist are arguments.
package model
