// Package assess carries out what happens to a self-assessment: it begins, is
// carried forward, goes to review, is approved, locked and released. The
// dashboard and the commands share it.
//
// The steps of one city's assessment take a transaction, so that whoever calls
// them says what the change is called and who makes it; the rules stand with
// the records and hold whatever way a change comes.
//
// Putting the cities' releases together is the one thing that nobody may do in
// their own name, since nobody sees what all cities released. [Settle] does it
// as the program itself: it stores what model/cyber/release gives, and tells
// its caller no more than who is still missing.
package assess
