package meeting

import (
	"time"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/value"
	"interlocal/store"
)

// Log is what has been recorded in a meeting so far. It reads only what is new
// when it is asked again.
type Log struct {
	meeting meeting.MeetingID
	entries []meeting.Entry
	last    uint64 // newest revision read
}

// NewLog makes an empty log of a meeting.
func NewLog(meeting meeting.MeetingID) *Log { return &Log{meeting: meeting} }

// Read takes up what has been recorded since and returns a log that holds it;
// the log itself stays as it was, for whoever is looking at it.
func (l *Log) Read(me *store.Session, schema *field.Schema, zone *time.Location) (*Log, error) {
	fresh, err := me.Recorded(meeting.Meeting{}.KindName(), uint64(l.meeting), l.last)
	if err != nil || len(fresh) == 0 {
		return l, err
	}
	out := &Log{meeting: l.meeting, entries: l.entries[:len(l.entries):len(l.entries)], last: l.last}
	for _, e := range fresh {
		out.entries = append(out.entries, entryOf(e, schema, zone))
		out.last = e.Rev
	}
	return out, nil
}

// Lines makes the lines of the minutes from the log.
func (l *Log) Lines(env *field.Env) []meeting.Line { return meeting.Lines(env, l.meeting, l.entries) }

// whole reports whether the log goes back to where the meeting was first called
// to order.
func (l *Log) whole() bool {
	for _, e := range l.entries {
		for _, c := range e.Changes {
			before, _ := c.Before.(*meeting.Meeting)
			after, _ := c.After.(*meeting.Meeting)
			if after != nil && after.ID == l.meeting && after.State == meeting.MeetingOpen && (before == nil || before.State == meeting.MeetingPlanned || before.State == "") {
				return true
			}
		}
	}
	return false
}

// entryOf makes an entry of the journal one of the meeting's.
func entryOf(e store.Entry, schema *field.Schema, zone *time.Location) meeting.Entry {
	at := e.At.In(zone)
	out := meeting.Entry{Rev: e.Rev, At: value.DayOf(at).At(at.Hour(), at.Minute()), Of: e.Of, Title: e.Op.Title}
	switch e.Kind {
	case store.EntryUndo:
		out.Verb = meeting.Undo
	case store.EntryRedo:
		out.Verb = meeting.Redo
	}
	for _, c := range e.Changes {
		out.Changes = append(out.Changes, meeting.RecordChange{Kind: schema.Kind(c.Kind), ID: c.ID, Before: c.Before, After: c.After})
	}
	return out
}
