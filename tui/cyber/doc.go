// Package cyber is the Cyber tab: the sheet on which a city answers its yearly
// self-assessment, and the pages that show what the answers come to.
//
// # One subject, several pages
//
// All pages stand on the page kit and speak of one [subject]: the
// self-assessment of one city in one cycle, with the years before it. Choosing
// another city or year on one page chooses it on all. The subject is read from
// the view when that has changed and somebody looks; a key never reads records.
//
// # Answering
//
// The answer page takes one key per question and moves on at once. What is
// typed is shown as given and stored behind the typist's back, one answer after
// the other in the order they were given, so that nobody waits and undo finds
// them as they were typed. A page says "stored" only of what the store has
// acknowledged.
//
// # Projected
//
// A meeting looks at a wall. While the subject is projected no page shows
// notes, reasons, evidence or another city; questions, levels and scores stay.
package cyber
