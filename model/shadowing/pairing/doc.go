// Package pairing plans a job-shadowing event from the records: it turns
// sign-ups into a problem for package match, and what that finds into matches.
//
// A [Board] is an event with its sign-ups and matches as they stand; loading
// one only reads. A [Round] adds how alike people's work is and the problem
// that follows from sign-ups, earlier meetings, locks and the event's own
// settings; it is made from a reader once and then needs none, so that it can be
// worked with beside the screen. From a round come [Plan] values: the matches as
// they are, matches made anew, repaired after somebody dropped out, or changed
// by hand, each with its value, what is waiting and why, and how far it can be
// from the best possible.
//
// In an event of many, plans are looked for first among everybody's most similar
// colleagues, as most of the good ones are there. The bound is about all pairs that
// are alike enough: the prices that prove it are charged to the others as well, and
// those that pay them are used.
//
// Nothing is written here. [Changes] says which records a plan would add,
// change and delete, and is applied within the caller's own update.
//
// Everything a person should read comes as a sentence. Numbers are points: the
// score of two people's work, more when one asked for the other, and nine
// fifths of that for a full day. The same records and the same seed give the
// same plan.
package pairing
