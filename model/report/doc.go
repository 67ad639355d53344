// Package report works out what the partnership's records say: what needs
// attention today, the figures that matter, and the documents that go to a
// council or to a wall.
//
// Everything here is a pure function of a [field.Reader] and a local time.
// Because a reader already lacks whatever its viewer may not see, a summary or
// a document made for somebody holds nothing that is hidden from them: the
// answers of another city's self-assessment yield no line, no figure and no
// gap.
//
// # Overview
//
// An overview is put together from [Contribution] values, one per tab: lines
// that need attention, tiles with figures, and what is coming. [Overview]
// merges and orders them. A tab that wants to say more writes a [Contributor];
// nothing else has to know.
//
// # Documents
//
// A [document.Document] is headings, paragraphs, lists and tables, written as Markdown,
// as a self-contained web page for printing, or as plain text. Every figure in
// it carries a mark such as [p7], and the document ends by saying which record
// and which of its fields each mark stands for.
//
// # What is not known
//
// Nothing is inferred from silence. A value that is not recorded is called
// [NotRecorded], never zero, and what has no date is never overdue.
package report

// NotRecorded is what a figure or a cell says when nobody has recorded it.
const NotRecorded = "not recorded"
