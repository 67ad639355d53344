package meeting

import (
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/store"
	"interlocal/store/run"
)

// Log is what has been recorded in a meeting so far. It reads only what is new
// when it is asked again.
type Log struct {
	meeting meeting.MeetingID
	entries []field.Entry
	last    uint64 // newest revision read
}

// NewLog makes an empty log of a meeting.
func NewLog(meeting meeting.MeetingID) *Log { return &Log{meeting: meeting} }

// Read takes up what has been recorded since and returns a log that holds it;
// the log itself stays as it was, for whoever is looking at it.
func (l *Log) Read(me *store.Session) (*Log, error) {
	fresh, err := run.Recorded(me, uint64(l.meeting), l.last)
	if err != nil || len(fresh) == 0 {
		return l, err
	}
	entries := append(l.entries[:len(l.entries):len(l.entries)], fresh...)
	return &Log{meeting: l.meeting, entries: entries, last: entries[len(entries)-1].Rev}, nil
}

// Lines makes the lines of the minutes from the log.
func (l *Log) Lines(env *field.Env) []meeting.Line { return meeting.Lines(env, l.meeting, l.entries) }
