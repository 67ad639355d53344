package meeting

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/value"
)

// MinutesID identifies the minutes of a meeting.
type MinutesID = field.ID[Minutes]

// Minutes are what a meeting is remembered by: every line of what was recorded
// while it was open, written down when it closed, so that they stay as they are
// when history is purged.
type Minutes struct {
	ID         field.ID[Minutes]
	Meeting    field.ID[Meeting]
	Lines      []MinuteLine
	Approved   value.Opt[value.Day]
	Amendments []Amendment
}

// MinuteLine is one thing recorded in a meeting.
type MinuteLine struct {
	At     value.Opt[value.Wall]
	Item   field.ID[AgendaItem]
	Text   string
	Struck bool // it was taken back in the meeting
	Sort   LineSort
}

// LineSort tells the lines of minutes apart, so that what was decided is read
// from the minutes themselves, whatever becomes of it afterwards.
type LineSort string

// Sorts of lines.
const (
	LineChange   LineSort = "change" // of records
	LineNote     LineSort = "note"
	LineDecision LineSort = "decision"
	LineMotion   LineSort = "motion"
	LineAction   LineSort = "action"
	LineOrder    LineSort = "order" // called to order, adjourned
)

// Amendment corrects approved minutes without changing them.
type Amendment struct {
	On   value.Opt[value.Day]
	Text string
}

// KindMinutes names the kind whose records are of type [Minutes].
const KindMinutes = "minutes"

// KindName is "minutes".
func (Minutes) KindName() string { return KindMinutes }

// DescribeMinutes describes minutes.
func DescribeMinutes() *field.Kind {
	return field.Def[Minutes]{
		Tag: 76, One: "minutes", Title: "Minutes", Scope: field.ScopeShared,
		Purpose: "What was recorded in each meeting; approved minutes change only by amendment.",
		ID:      func(m *Minutes) *field.ID[Minutes] { return &m.ID },
		Label:   func(*Minutes) string { return "" },
		Unique:  [][]string{{"meeting"}},
		Parties: func(r field.Reader, m *Minutes) []field.Party { return meetingParties(r, m.Meeting) },
		Check:   checkMinutes,
		Fields: []field.Field[Minutes]{
			field.Ref(1, "meeting", "Meeting", func(m *Minutes) *field.ID[Meeting] { return &m.Meeting }).Required().
				Width(40),
			field.Rows(2, "lines", "Lines", func(m *Minutes) *[]MinuteLine { return &m.Lines },
				[]field.Field[MinuteLine]{
					field.AtWall(1, "at", "At", func(l *MinuteLine) *value.Opt[value.Wall] { return &l.At }),
					field.Ref(2, "item", "Item", func(l *MinuteLine) *field.ID[AgendaItem] { return &l.Item }),
					field.Text(3, "text", "Text", func(l *MinuteLine) *string { return &l.Text }),
					field.Bool(4, "struck", "Struck", func(l *MinuteLine) *bool { return &l.Struck }),
					field.Word(5, "sort", "Sort", func(l *MinuteLine) *LineSort { return &l.Sort },
						field.Choice{Value: "change", Title: "Change"}, field.Choice{Value: "note", Title: "Note"},
						field.Choice{Value: "decision", Title: "Decision"},
						field.Choice{Value: "motion", Title: "Motion"},
						field.Choice{Value: "action", Title: "Action"}, field.Choice{Value: "order", Title: "Order"}),
				}).HiddenByDefault(),
			field.OnDay(3, "approved", "Approved", func(m *Minutes) *value.Opt[value.Day] { return &m.Approved }).
				Width(14),
			field.Rows(4, "amendments", "Amendments", func(m *Minutes) *[]Amendment { return &m.Amendments },
				[]field.Field[Amendment]{
					field.OnDay(1, "on", "On", func(a *Amendment) *value.Opt[value.Day] { return &a.On }),
					field.Text(2, "text", "Correction", func(a *Amendment) *string { return &a.Text }),
				}).Width(20),
		},
	}.Kind()
}

func checkMinutes(c *field.Checking, before, m *Minutes) {
	if before != nil && before.Approved.Set {
		if !slices.Equal(before.Lines, m.Lines) || m.Meeting != before.Meeting {
			c.Add("lines", "approved minutes stay as they are; add an amendment")
		}
		if len(m.Amendments) < len(before.Amendments) ||
			!slices.Equal(before.Amendments, m.Amendments[:len(before.Amendments)]) {
			c.Add("amendments", "an amendment stays; correct it with another")
		}
	}
	if len(m.Amendments) > 0 && !m.Approved.Set {
		c.Add("amendments", "minutes that are not approved yet are corrected in their lines")
	}
	for _, a := range m.Amendments {
		if a.Text == "" {
			c.Add("amendments", "an amendment says what is corrected")
		}
	}
}

// MinutesOf gives a meeting's minutes, or nil before it has closed.
func MinutesOf(r field.Reader, id field.ID[Meeting]) *Minutes {
	for m := range field.Of[Minutes](r, "meeting", id) {
		return m
	}
	return nil
}

// Sort tells lines apart.
type Sort uint8

// Sorts of lines.
const (
	Work       Sort = iota // changes of records, folded
	Said                   // a note
	Decided                // a decision
	Moved                  // a motion
	Undertaken             // an action
	Order                  // called to order, adjourned
)

// Line is one line of the minutes.
type Line struct {
	At     value.Wall
	Item   AgendaItemID // 0 before the first
	Sort   Sort
	Text   string
	Struck bool     // taken back in the meeting
	Revs   []uint64 // the revisions it was made from
	// Hidden says that it tells of records that not everybody may see who reads
	// minutes: whoever sees them has it on the screen, and it is not kept.
	Hidden bool
}

// Lines makes the lines of a meeting from its entries, oldest first. Env reads
// the records as they are now.
func Lines(env *field.Env, meeting MeetingID, entries []field.Entry) []Line {
	w := &writer{env: env, meeting: meeting, captured: map[recordKey]int{}}
	w.taken, w.shown = takenBack(entries)
	for i := range entries {
		w.entry(&entries[i])
	}
	w.close()
	return w.lines
}

// takenBack tells which revisions no longer stand. An undo takes back the
// change it names, a redo makes it stand again; either may name the other.
func takenBack(entries []field.Entry) (taken, shown map[uint64]bool) {
	root, undoes := map[uint64]uint64{}, map[uint64]bool{}
	taken, shown = map[uint64]bool{}, map[uint64]bool{}
	for _, e := range entries {
		root[e.Rev] = e.Rev
		undoes[e.Rev] = e.Verb == field.TakenBack
		if e.Verb == field.Changed {
			continue
		}
		of, known := root[e.Of]
		if !known {
			continue // it was made before the meeting
		}
		root[e.Rev] = of
		taken[of] = (e.Verb == field.TakenBack) != undoes[of] // what began as an undo is taken back by a redo
		shown[e.Rev] = true
	}
	return taken, shown
}

// recordKey names a record.
type recordKey struct {
	kind string
	id   uint64
}

// writer makes lines of entries.
type writer struct {
	env      *field.Env
	meeting  MeetingID
	taken    map[uint64]bool
	shown    map[uint64]bool
	item     AgendaItemID
	lines    []Line
	open     []*fold           // under way since the last line of another sort
	captured map[recordKey]int // lines of notes, decisions, motions and actions
}

func (w *writer) entry(e *field.Entry) {
	if w.shown[e.Rev] {
		return // by the line it strikes out, or no longer does
	}
	// What was done before the meeting and is taken back in it is a change like
	// any other.
	struck := w.taken[e.Rev]
	for _, c := range e.Changes {
		if !follows(e, c) {
			w.change(e, c, struck)
		}
	}
}

// follows reports whether a change only follows from what was added in the same
// entry, as a loan's does from its hand-over, which says it already.
func follows(e *field.Entry, c field.RecordChange) bool {
	if c.Before == nil || c.After == nil {
		return false
	}
	found := false
	for _, other := range e.Changes {
		if other.Before == nil && other.After != nil {
			other.Kind.Covers(other.After, func(kind string, id uint64) {
				found = found || kind == c.Kind.Name &&
					id == c.ID
			})
		}
	}
	return found
}

// say adds a line under the current item.
func (w *writer) say(l Line) int {
	w.close()
	l.Item = w.item
	w.lines = append(w.lines, l)
	return len(w.lines) - 1
}

// change notes what an entry did to one record.
func (w *writer) change(e *field.Entry, c field.RecordChange, struck bool) {
	switch c.Kind.Name {
	case KindMeetings:
		w.ofMeeting(e, c, struck)
	case KindAgenda:
		w.ofAgenda(e, c, struck)
	case KindMinutes:
		// The record of the meeting is not news in it.
	case "users":
		// Who may sign in, and how, is nobody's business but the administrator's.
	case KindNotes, KindDecisions, KindMotions, KindActions:
		w.ofCaptured(e, c, struck)
	default:
		w.fold(e, c, struck)
	}
}

// ofMeeting tells when a meeting begins and ends; the roll has a place of its
// own in the minutes.
func (w *writer) ofMeeting(e *field.Entry, c field.RecordChange, struck bool) {
	after, _ := c.After.(*Meeting)
	before, _ := c.Before.(*Meeting)
	if after == nil || after.ID != w.meeting {
		w.fold(e, c, struck)
		return
	}
	if before != nil && before.State == after.State {
		return
	}
	text := ""
	switch {
	case after.State == MeetingOpen && before != nil && before.State == MeetingClosed:
		text = "Resumed"
	case after.State == MeetingOpen:
		text = "Called to order"
	case after.State == MeetingClosed:
		text = "Adjourned"
	default:
		return
	}
	w.say(Line{At: e.At, Sort: Order, Text: text, Struck: struck, Revs: []uint64{e.Rev}})
}

// ofAgenda follows which item is being discussed.
func (w *writer) ofAgenda(e *field.Entry, c field.RecordChange, struck bool) {
	after, _ := c.After.(*AgendaItem)
	before, _ := c.Before.(*AgendaItem)
	switch {
	case after != nil && after.Meeting != w.meeting || after == nil && before.Meeting != w.meeting:
		w.fold(e, c, struck)
	case after == nil:
		w.say(Line{At: e.At, Sort: Work, Text: "Taken off the agenda: " + before.Title, Struck: struck,
			Revs: []uint64{e.Rev}})
	case before == nil:
		w.say(Line{At: e.At, Sort: Work, Text: "Added to the agenda: " + after.Title, Struck: struck,
			Revs: []uint64{e.Rev}})
	case after.State == ItemNow && before.State != ItemNow && !struck:
		w.close()
		w.item = after.ID
	case before.Title != after.Title:
		w.say(Line{At: e.At, Sort: Work, Text: "Item renamed: " + before.Title + " is now " + after.Title,
			Struck: struck, Revs: []uint64{e.Rev}})
	}
}

// ofCaptured writes a note, decision, motion or action as one line, and that
// line again when it is changed in the meeting.
func (w *writer) ofCaptured(e *field.Entry, c field.RecordChange, struck bool) {
	key := recordKey{c.Kind.Name, c.ID}
	at, known := w.captured[key]
	rec := c.After
	if rec == nil {
		rec = c.Before
	}
	sort, text := captured(w.env, rec)
	switch {
	case c.Before == nil:
		w.captured[key] = w.say(Line{At: e.At, Sort: sort, Text: text, Struck: struck, Revs: []uint64{e.Rev}})
	case known && !struck:
		w.lines[at].Text = text
		w.lines[at].Struck = w.lines[at].Struck || c.After == nil
		w.lines[at].Revs = append(w.lines[at].Revs, e.Rev)
	case known:
		// The line stands as it was: this change was taken back.
	default:
		w.say(Line{At: e.At, Sort: Work, Text: changedBefore(c) + text, Struck: struck, Revs: []uint64{e.Rev}})
	}
}

// changedBefore introduces a change of something captured in an earlier
// meeting.
func changedBefore(c field.RecordChange) string {
	a, _ := c.After.(*Action)
	b, _ := c.Before.(*Action)
	switch {
	case c.After == nil:
		return "Deleted: "
	case a != nil && a.State != b.State && a.State == ActionDone:
		return "Done: "
	case a != nil && a.State != b.State && a.State == ActionDropped:
		return "Dropped: "
	}
	return "Changed: "
}

// Keep makes lines what the record of the minutes holds. Everybody reads it, so
// that lines about what not everybody may see are left out, whoever keeps it.
func Keep(lines []Line) []MinuteLine {
	out := make([]MinuteLine, 0, len(lines))
	for _, l := range lines {
		if !l.Hidden {
			out = append(out, MinuteLine{At: value.Some(l.At), Item: l.Item, Text: l.Text, Struck: l.Struck,
				Sort: sortWords()[l.Sort]})
		}
	}
	return out
}

// Kept makes lines of those that the record of the minutes holds.
func Kept(lines []MinuteLine) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		sort := max(slices.Index(sortWords(), l.Sort), 0)
		out[i] = Line{At: l.At.V, Item: l.Item, Sort: Sort(sort), Text: l.Text, Struck: l.Struck}
	}
	return out
}

// sortWords are what the record of the minutes calls the sorts.
func sortWords() []LineSort {
	return []LineSort{LineChange, LineNote, LineDecision, LineMotion, LineAction, LineOrder}
}

// Last gives the newest line that stands, for a screen that everybody watches.
func Last(lines []Line) (Line, bool) {
	for _, l := range slices.Backward(lines) {
		if !l.Struck {
			return l, true
		}
	}
	return Line{}, false
}
