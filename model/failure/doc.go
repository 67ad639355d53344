// Package failure is how the program says what went wrong: a code for programs
// and one sentence for a person, which says what to do.
package failure
