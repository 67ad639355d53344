// Package minutes turns what was changed while a meeting was open into the lines
// of its minutes, and reads what is captured in one line.
//
// Nobody writes minutes up: the journal already says who changed what and when.
// [Lines] reads its entries in order and puts each change under the item that
// was being discussed. Notes, decisions, motions and actions become lines of
// their own. Other changes are folded, so that forty answers are one line, and
// what was taken back stays in sight, struck out.
//
// Minutes go to everyone. A line therefore says no more of a record than its
// open fields: private and confidential values never appear. Of records that not
// everybody may see, such as the answers of a self-assessment, it says only how
// many there were; of many answers also how many went up and how many down.
package minutes

import (
	"slices"

	"interlocal/model"
)

// Verb is what an entry did.
type Verb uint8

// A change, a change taken back, and one made again after all.
const (
	Change Verb = iota
	Undo
	Redo
)

// Entry is one revision recorded in the meeting.
type Entry struct {
	Rev     uint64
	At      model.Wall
	Verb    Verb
	Of      uint64 // the revision taken back, of an undo or redo
	Title   string
	Changes []RecordChange
}

// RecordChange is what an entry did to one record; Before is nil when it was
// added, After when it was deleted.
type RecordChange struct {
	Kind          *model.Kind
	ID            uint64
	Before, After any
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
	At     model.Wall
	Item   model.AgendaItemID // 0 before the first
	Sort   Sort
	Text   string
	Struck bool     // taken back in the meeting
	Revs   []uint64 // the revisions it was made from
}

// Lines makes the lines of a meeting from its entries, oldest first. Env reads
// the records as they are now.
func Lines(env *model.Env, meeting model.MeetingID, entries []Entry) []Line {
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
func takenBack(entries []Entry) (taken, shown map[uint64]bool) {
	root, undoes := map[uint64]uint64{}, map[uint64]bool{}
	taken, shown = map[uint64]bool{}, map[uint64]bool{}
	for _, e := range entries {
		root[e.Rev] = e.Rev
		undoes[e.Rev] = e.Verb == Undo
		if e.Verb == Change {
			continue
		}
		of, known := root[e.Of]
		if !known {
			continue // it was made before the meeting
		}
		root[e.Rev] = of
		taken[of] = (e.Verb == Undo) != undoes[of] // what began as an undo is taken back by a redo
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
	env      *model.Env
	meeting  model.MeetingID
	taken    map[uint64]bool
	shown    map[uint64]bool
	item     model.AgendaItemID
	lines    []Line
	open     []*fold           // under way since the last line of another sort
	captured map[recordKey]int // lines of notes, decisions, motions and actions
}

func (w *writer) entry(e *Entry) {
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
func follows(e *Entry, c RecordChange) bool {
	if c.Before == nil || c.After == nil {
		return false
	}
	found := false
	for _, other := range e.Changes {
		if other.Before == nil && other.After != nil {
			other.Kind.Covers(other.After, func(kind string, id uint64) { found = found || kind == c.Kind.Name && id == c.ID })
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
func (w *writer) change(e *Entry, c RecordChange, struck bool) {
	switch c.Kind.Name {
	case "meetings":
		w.ofMeeting(e, c, struck)
	case "agenda":
		w.ofAgenda(e, c, struck)
	case "minutes":
		// The record of the meeting is not news in it.
	case "users":
		// Who may sign in, and how, is nobody's business but the administrator's.
	case "notes", "decisions", "motions", "actions":
		w.ofCaptured(e, c, struck)
	default:
		w.fold(e, c, struck)
	}
}

// ofMeeting tells when a meeting begins and ends; the roll has a place of its
// own in the minutes.
func (w *writer) ofMeeting(e *Entry, c RecordChange, struck bool) {
	after, _ := c.After.(*model.Meeting)
	before, _ := c.Before.(*model.Meeting)
	if after == nil || after.ID != w.meeting {
		w.fold(e, c, struck)
		return
	}
	if before != nil && before.State == after.State {
		return
	}
	text := ""
	switch {
	case after.State == model.MeetingOpen && before != nil && before.State == model.MeetingClosed:
		text = "Resumed"
	case after.State == model.MeetingOpen:
		text = "Called to order"
	case after.State == model.MeetingClosed:
		text = "Adjourned"
	default:
		return
	}
	w.say(Line{At: e.At, Sort: Order, Text: text, Struck: struck, Revs: []uint64{e.Rev}})
}

// ofAgenda follows which item is being discussed.
func (w *writer) ofAgenda(e *Entry, c RecordChange, struck bool) {
	after, _ := c.After.(*model.AgendaItem)
	before, _ := c.Before.(*model.AgendaItem)
	switch {
	case after != nil && after.Meeting != w.meeting || after == nil && before.Meeting != w.meeting:
		w.fold(e, c, struck)
	case after == nil:
		w.say(Line{At: e.At, Sort: Work, Text: "Taken off the agenda: " + before.Title, Struck: struck, Revs: []uint64{e.Rev}})
	case before == nil:
		w.say(Line{At: e.At, Sort: Work, Text: "Added to the agenda: " + after.Title, Struck: struck, Revs: []uint64{e.Rev}})
	case after.State == model.ItemNow && before.State != model.ItemNow && !struck:
		w.close()
		w.item = after.ID
	case before.Title != after.Title:
		w.say(Line{At: e.At, Sort: Work, Text: "Item renamed: " + before.Title + " is now " + after.Title, Struck: struck, Revs: []uint64{e.Rev}})
	}
}

// ofCaptured writes a note, decision, motion or action as one line, and that
// line again when it is changed in the meeting.
func (w *writer) ofCaptured(e *Entry, c RecordChange, struck bool) {
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
func changedBefore(c RecordChange) string {
	a, _ := c.After.(*model.Action)
	b, _ := c.Before.(*model.Action)
	switch {
	case c.After == nil:
		return "Deleted: "
	case a != nil && a.State != b.State && a.State == model.ActionDone:
		return "Done: "
	case a != nil && a.State != b.State && a.State == model.ActionDropped:
		return "Dropped: "
	}
	return "Changed: "
}

// Keep makes lines what the record of the minutes holds.
func Keep(lines []Line) []model.MinuteLine {
	out := make([]model.MinuteLine, len(lines))
	for i, l := range lines {
		out[i] = model.MinuteLine{At: model.Some(l.At), Item: l.Item, Text: l.Text, Struck: l.Struck, Sort: sortWords()[l.Sort]}
	}
	return out
}

// Kept makes lines of those that the record of the minutes holds.
func Kept(lines []model.MinuteLine) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		sort := max(slices.Index(sortWords(), l.Sort), 0)
		out[i] = Line{At: l.At.V, Item: l.Item, Sort: Sort(sort), Text: l.Text, Struck: l.Struck}
	}
	return out
}

// sortWords are what the record of the minutes calls the sorts.
func sortWords() []model.LineSort {
	return []model.LineSort{model.LineChange, model.LineNote, model.LineDecision, model.LineMotion, model.LineAction, model.LineOrder}
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
