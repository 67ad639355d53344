package run

import (
	"strconv"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/store"
)

// Recorded lists what was recorded in a meeting after a revision, oldest first,
// as far as whoever looks may see it.
func Recorded(me *store.Session, meeting, after uint64) ([]field.Entry, error) {
	entries, err := me.Recorded("meetings", meeting, after)
	if err != nil {
		return nil, err
	}
	schema := me.View().Schema()
	out := make([]field.Entry, len(entries))
	for i, e := range entries {
		out[i] = field.Entry{Rev: e.Rev, At: me.Local(e.At), Of: e.Of, Title: e.Op.Title}
		switch e.Kind {
		case store.EntryUndo:
			out[i].Verb = field.TakenBack
		case store.EntryRedo:
			out[i].Verb = field.MadeAgain
		}
		for _, c := range e.Changes {
			out[i].Changes = append(out[i].Changes, field.RecordChange{Kind: schema.Kind(c.Kind), ID: c.ID,
				Before: c.Before,
				After:  c.After})
		}
	}
	return out, nil
}

// Log is what has been recorded in a meeting so far. It reads only what is new
// when it is asked again.
type Log struct {
	Meeting uint64
	Entries []field.Entry
	Last    uint64 // newest revision read
}

// Read takes up what has been recorded since and returns a log that holds it;
// the log itself stays as it was, for whoever is looking at it.
func (l *Log) Read(me *store.Session) (*Log, error) {
	fresh, err := Recorded(me, l.Meeting, l.Last)
	if err != nil || len(fresh) == 0 {
		return l, err
	}
	entries := append(l.Entries[:len(l.Entries):len(l.Entries)], fresh...)
	return &Log{Meeting: l.Meeting, Entries: entries, Last: entries[len(entries)-1].Rev}, nil
}

// recordsPref is under what a user's preferences keep the meeting they record,
// so that a session that was cut off goes on recording it, and a command goes
// into the same minutes as what is done at a screen.
const recordsPref = "meeting"

// Recording gives the meeting that somebody records as far as is known, or 0. It
// may be over by now.
func Recording(st *store.Store, id access.Identity) uint64 {
	meeting, err := strconv.ParseUint(string(st.Pref(id.User, recordsPref)), 10, 64)
	if err != nil {
		return 0
	}
	return meeting
}

// Record notes which meeting somebody records from now on; 0 is none.
func Record(st *store.Store, id access.Identity, meeting uint64) error {
	return st.SetPref(id.User, recordsPref, []byte(strconv.FormatUint(meeting, 10)))
}
