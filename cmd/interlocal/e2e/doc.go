// Package e2e drives the real program in a real terminal.
//
// Its tests build the binary once, start it on a pseudo-terminal and decode what
// it draws into a screen of cells. A test presses keys and says what it wants to
// see; it waits for the screen to show that, with a deadline, and never for a
// fixed time. Keys are counted, commands apart from the characters that are
// typed as data, so that a journey can promise how many it takes.
//
// The program is built with a clock that the scripts give (build tag givenclock):
// each house begins at one of a list of moments, such as five to midnight or the
// hour in which clocks change. INTERLOCAL_MOMENT=N takes the Nth, round and round,
// and INTERLOCAL_LONG=1 all of them.
//
// The tests are left out with -short: they watch another process, in which the
// race detector, for one, sees nothing. INTERLOCAL_LONG=1 repeats those that
// kill the program hundreds of times instead of a few.
package e2e
