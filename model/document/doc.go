// Package document holds the content of a paper and writes it as text, Markdown
// or HTML.
package document

// NotRecorded is what a figure or a cell says when nobody has recorded it.
const NotRecorded = "not recorded"
