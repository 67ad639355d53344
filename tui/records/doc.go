// Package records is the working list that every kind of record has: a table
// with filter, sorting, marks and columns; beside or above it the record with
// what belongs to it and its history; forms to add and edit one or many;
// deleting, copying, importing and exporting.
//
// A [Screen] shows the lists of one tab. It knows kinds only by their
// description, so a new kind of record needs nothing here.
package records
