// Package meeting leads from the agenda of a meeting to its minutes.
//
// [Acts] lists what can be done in between: a key of the meeting room and a
// command do the same act. What is done to a meeting that is open is recorded in
// it, and where none is named, the open one is meant.
//
// Nobody writes minutes up: the journal already says who changed what and when.
// [Lines] reads its entries in order and puts each change under the item that
// was being discussed. Notes, decisions, motions and actions become lines of
// their own. Other changes are folded, so that forty answers are one line, and
// what was taken back stays in sight, struck out. What a change of another
// domain means is asked of its kind, so that meetings know none of them.
//
// Minutes go to everyone. A line therefore says no more of a record than its
// open fields: private and confidential values never appear. Of records that not
// everybody may see, such as the answers of a self-assessment, it says only how
// many there were; of many answers also how many went up and how many down. Such
// a line is for the screens of those who see the records, and minutes that are
// kept are without it: that a city answers at all is its own.
package meeting
