// Package shadowing holds the records of job shadowing: events, sign-ups, visits
// and what was thought of them.
//
// Who visits whom is worked out in pairing; what sign-up forms say is read in
// forms.
package shadowing
