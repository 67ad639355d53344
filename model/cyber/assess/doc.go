// Package assess holds what can be done with a self-assessment: it begins, is
// answered, goes to review, is approved, locked and released; sheets go out to
// colleagues and come back; results are shared.
//
// A release speaks for a city, so it comes in by that city's own login and by
// no other, the facilitator's and the administrator's included. While nobody
// signs in to a file there is no login that could confirm it: whoever holds the
// file hands in for all, and history says that no login confirmed it.
//
// Putting the cities' releases together is the one thing that nobody may do in
// their own right, since nobody sees what all cities released. It is done with
// the program's own sight ([field.OnBehalf]), as part of the change by which a
// release comes in, is taken back or falls with a reopened assessment. History
// names whoever made that change, and they are told no more than the cycle says
// to everybody: who is still missing, and whether results are shared.
package assess
