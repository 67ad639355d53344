package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
	exitPartly = 3
)

// misuseError is a call that cannot be understood; the sentence says what would
// be.
type misuseError string

// Error says how the command is used.
func (e misuseError) Error() string { return string(e) }

func misuse(format string, args ...any) error { return misuseError(fmt.Sprintf(format, args...)) }

// partlyError is something done in part; the sentence says what was left out.
type partlyError string

// Error says what was left out.
func (e partlyError) Error() string { return string(e) }

// tell says on the error stream what went wrong, in one sentence, and gives the
// exit code.
func (m *Main) tell(ctx context.Context, err error) int {
	if err == nil {
		return exitDone
	}
	var elsewhere statusError
	if errors.As(err, &elsewhere) {
		return int(elsewhere)
	}
	fmt.Fprintln(m.Stderr, "interlocal: "+sentence(ctx, err))
	switch {
	case errors.As(err, new(misuseError)):
		return exitMisuse
	case errors.As(err, new(partlyError)):
		return exitPartly
	}
	return exitFailed
}

// sentence gives the words for an error. Ours are written for people; one of
// the system's is led by what it means.
func sentence(ctx context.Context, err error) string {
	var e *failure.Error
	switch {
	case errors.As(err, new(misuseError)), errors.As(err, new(partlyError)):
		return oneLine(err.Error())
	case errors.As(err, &e):
		return oneLine(err.Error())
	case ctx.Err() != nil:
		return "stopped before it was done; nothing has changed"
	}
	return "this did not work: " + oneLine(err.Error())
}

// oneLine makes text safe for a terminal and keeps it to one line.
func oneLine(s string) string {
	return text.Line(strings.ReplaceAll(s, "\n", " "), 0)
}
