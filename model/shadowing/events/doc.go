// Package events lists what can be done with a job-shadowing event: its steps
// from draft to closed, signing somebody up, making and mending the matches,
// changing them by hand, and noting who has been told.
//
// An act that plans works on a [Planned]: who would visit whom, and the round of
// package pairing that it was worked out from. The plan is made before anything
// is changed, by the act or by a screen that shows it first, and is carried out
// only as long as the sign-ups and matches are those it was made from.
package events
