package model

import "slices"

// MinutesID identifies the minutes of a meeting.
type MinutesID = ID[Minutes]

// Minutes are what a meeting is remembered by: every line of what was recorded
// while it was open, written down when it closed, so that they stay as they are
// when history is purged.
type Minutes struct {
	ID         ID[Minutes]
	Meeting    ID[Meeting]
	Lines      []MinuteLine
	Approved   Opt[Day]
	Amendments []Amendment
}

// MinuteLine is one thing recorded in a meeting.
type MinuteLine struct {
	At     Opt[Wall]
	Item   ID[AgendaItem]
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
	On   Opt[Day]
	Text string
}

// KindName is "minutes".
func (Minutes) KindName() string { return "minutes" }

func minutesKind() *Kind {
	return Def[Minutes]{
		Tag: 76, One: "minutes", Title: "Minutes", Realm: RealmShared,
		Purpose: "What was recorded in each meeting; approved minutes change only by amendment.",
		ID:      func(m *Minutes) *ID[Minutes] { return &m.ID },
		Label:   func(*Minutes) string { return "" },
		Unique:  [][]string{{"meeting"}},
		Parties: func(r Reader, m *Minutes) []Party { return meetingParties(r, m.Meeting) },
		Check:   checkMinutes,
		Fields: []Field[Minutes]{
			Ref(1, "meeting", "Meeting", func(m *Minutes) *ID[Meeting] { return &m.Meeting }).Need().Wide(40),
			Rows(2, "lines", "Lines", func(m *Minutes) *[]MinuteLine { return &m.Lines }, []Field[MinuteLine]{
				AtWall(1, "at", "At", func(l *MinuteLine) *Opt[Wall] { return &l.At }),
				Ref(2, "item", "Item", func(l *MinuteLine) *ID[AgendaItem] { return &l.Item }),
				Text(3, "text", "Text", func(l *MinuteLine) *string { return &l.Text }),
				Bool(4, "struck", "Struck", func(l *MinuteLine) *bool { return &l.Struck }),
				Word(5, "sort", "Sort", func(l *MinuteLine) *LineSort { return &l.Sort }, Choice{"change", "Change"}, Choice{"note", "Note"},
					Choice{"decision", "Decision"}, Choice{"motion", "Motion"}, Choice{"action", "Action"}, Choice{"order", "Order"}),
			}).Tucked(),
			OnDay(3, "approved", "Approved", func(m *Minutes) *Opt[Day] { return &m.Approved }).Wide(14),
			Rows(4, "amendments", "Amendments", func(m *Minutes) *[]Amendment { return &m.Amendments }, []Field[Amendment]{
				OnDay(1, "on", "On", func(a *Amendment) *Opt[Day] { return &a.On }),
				Text(2, "text", "Correction", func(a *Amendment) *string { return &a.Text }),
			}).Wide(20),
		},
	}.Kind()
}

func checkMinutes(c *Checking, before, m *Minutes) {
	if before != nil && before.Approved.Set {
		if !slices.Equal(before.Lines, m.Lines) || m.Meeting != before.Meeting {
			c.Add("lines", "approved minutes stay as they are; add an amendment")
		}
		if len(m.Amendments) < len(before.Amendments) || !slices.Equal(before.Amendments, m.Amendments[:len(before.Amendments)]) {
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
func MinutesOf(r Reader, id ID[Meeting]) *Minutes {
	for m := range Of[Minutes](r, "meeting", id) {
		return m
	}
	return nil
}
