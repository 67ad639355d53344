package failure

import (
	"errors"
	"strings"
)

// Code classifies an error for programs; the sentence in [Error] is for people.
type Code string

// The codes an error may carry.
const (
	Invalid   Code = "invalid"   // a value or a combination of values is not allowed
	Conflict  Code = "conflict"  // someone else changed the same thing
	Forbidden Code = "forbidden" // the viewer may not do this
	NotFound  Code = "not found" // no such record, field or file
	InUse     Code = "in use"    // other records refer to it, or another process has it open
	Damaged   Code = "damaged"   // the file cannot be read as it should
	NoSpace   Code = "no space"  // the disk is full
	Unusable  Code = "unusable"  // the folder or file cannot be used from here
)

// Error is what went wrong and what to do about it, in one sentence.
type Error struct {
	Code     Code
	Message  string    // a sentence for a person
	Problems []Problem // the fields concerned, when known
	Cause    error     // for logs; never shown on a screen
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf-like construction is avoided on purpose: Fail takes the finished
// sentence, so that every message in the program can be found by searching.
func New(code Code, sentence string) *Error { return &Error{Code: code, Message: sentence} }

// If is an error where something stands in the way, and nil where it does not:
// what one sentence refuses. Several are tried in order by [cmp.Or].
func If(bad bool, code Code, sentence string) error {
	if !bad {
		return nil
	}
	return New(code, sentence)
}

// CodeOf gives the code of the first [Error] in err's chain, or "".
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Problem is one thing wrong with one field of a record.
type Problem struct {
	Field   string // a field's name, or "" for the record as a whole
	Message string // what is wrong and what would be right
	Warning bool   // saved all the same, with the reason listed
}

// Problems is what a record's rules found.
type Problems []Problem

// Err turns the problems that refuse a save into an error, or nil.
func (ps Problems) Err(what string) error {
	var parts []string
	var hard Problems
	for _, p := range ps {
		if !p.Warning {
			hard = append(hard, p)
			parts = append(parts, p.Message)
		}
	}
	if len(hard) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: what + ": " + strings.Join(parts, "; "), Problems: hard}
}

// Add notes a problem with a field.
func (ps *Problems) Add(field, message string) {
	*ps = append(*ps, Problem{Field: field, Message: message})
}

// Warn notes something to look at that does not stop a save.
func (ps *Problems) Warn(field, message string) {
	*ps = append(*ps, Problem{Field: field, Message: message, Warning: true})
}
