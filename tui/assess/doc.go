// Package assess carries out what happens to a self-assessment: it begins, is
// carried forward, goes to review, is approved, locked and released. The
// dashboard and the commands share it.
//
// The steps of one city's assessment take a transaction, so that whoever calls
// them says what the change is called and who makes it; the rules stand with
// the records and hold whatever way a change comes.
//
// Putting the cities' releases together is the one thing that nobody may do in
// their own right, since nobody sees what all cities released. [Settle] does it
// with the program's own sight: it stores what model/cyber/release gives, and
// tells its caller no more than who is still missing. History names whoever
// asked for it.
//
// A release speaks for a city, so it comes in by that city's own login and by
// no other, the facilitator's and the administrator's included. While nobody
// signs in to a file there is no login that could confirm it: whoever holds the
// file hands in for all, and history says that no login confirmed it.
package assess
