// Package exchange takes records from files: it plans what a file would do, so
// that a person can look before anything happens.
//
// What records are written as is told in package export, how files of others are
// read in package spreadsheet. Coming in takes three steps:
//
//  1. [spreadsheet.Read] finds out what sort of file it is (format, separator,
//     character set, where the headings are) and yields a [spreadsheet.Sheet] of
//     clean text that knows the line each row stands on.
//  2. [spreadsheet.MapSheet] matches the sheet's headings with the kind's fields;
//     what it cannot know a person settles once, and a [spreadsheet.Mapping]
//     remembers.
//  3. [NewPlan] reads every row, recognises the records that exist, and says of
//     each row whether it adds, changes, repeats or is wrong. A cell that is not
//     understood is listed and stays empty; where the record needs it, the row is
//     left out, and the [Report] says why.
//
// A plan changes nothing. The caller hands its rows to the store, which merges
// and checks them once more. Reading the same file again changes nothing.
//
// Neither package looks at the clock.
package exchange
