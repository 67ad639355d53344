// Package lending holds the records of lent equipment, and the [Calendar] that
// says when a unit is free.
//
// What a loan costs is in rates; how it is asked for, booked and carried through
// is in loans.
package lending
