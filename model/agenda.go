package model

import "slices"

// AgendaItemID identifies an item of an agenda.
type AgendaItemID = ID[AgendaItem]

// ItemState is how far an item has come; none means that it waits its turn.
type ItemState string

// States of an item.
const (
	ItemNow  ItemState = "now"
	ItemDone ItemState = "done"
)

// AgendaItem is one point of a meeting's agenda.
type AgendaItem struct {
	ID        ID[AgendaItem]
	Meeting   ID[Meeting]
	Order     int // position, counted in any steps
	Title     string
	Minutes   Opt[int64] // set aside for it
	Presenter ID[Person]
	About     string // the record it came from, as in agreements/3
	State     ItemState
	Started   Opt[Wall] // when it was turned to last
	Note      string
}

// KindName is "agenda".
func (AgendaItem) KindName() string { return "agenda" }

func agendaKind() *Kind {
	return Def[AgendaItem]{
		Tag: 71, One: "agenda item", Title: "Agenda", Realm: RealmShared,
		Purpose: "What a meeting is to talk about, in order.",
		ID:      func(a *AgendaItem) *ID[AgendaItem] { return &a.ID },
		Label:   func(a *AgendaItem) string { return a.Title },
		Unique:  [][]string{{"meeting", "title"}},
		Parties: func(r Reader, a *AgendaItem) []Party { return meetingParties(r, a.Meeting) },
		Check: func(c *Checking, _, a *AgendaItem) {
			for other := range Of[AgendaItem](c, "meeting", a.Meeting) {
				if a.State == ItemNow && other.State == ItemNow && other.ID != a.ID {
					c.Add("state", "the meeting is on another item: "+other.Title)
				}
			}
			if n := a.Minutes.Or(1); n < 1 || n > 600 {
				c.Add("minutes", "an item takes between 1 and 600 minutes")
			}
		},
		Fields: []Field[AgendaItem]{
			Ref(1, "meeting", "Meeting", func(a *AgendaItem) *ID[Meeting] { return &a.Meeting }).Need().Wide(28).Eg("Monthly staff meeting"),
			Int(2, "order", "Order", func(a *AgendaItem) *int { return &a.Order }).Wide(5).Eg("10"),
			Text(3, "title", "Item", func(a *AgendaItem) *string { return &a.Title }).Need().Wide(40).Eg("Renewal of the hotline contract"),
			Count(4, "minutes", "Time", func(a *AgendaItem) *Opt[int64] { return &a.Minutes }).In("min").Wide(6).Eg("10"),
			Ref(5, "presenter", "Presented by", func(a *AgendaItem) *ID[Person] { return &a.Presenter }).Wide(18),
			Text(6, "about", "About", func(a *AgendaItem) *string { return &a.About }).Tucked().
				Say("The record it is about, as kind and number: agreements/3."),
			Word(7, "state", "State", func(a *AgendaItem) *ItemState { return &a.State },
				Choice{"now", "Now"}, Choice{"done", "Done"}).Wide(6),
			AtWall(9, "started", "Turned to", func(a *AgendaItem) *Opt[Wall] { return &a.Started }).Tucked(),
			Long(8, "note", "Note", func(a *AgendaItem) *string { return &a.Note }).Tucked(),
		},
	}.Kind()
}

// AgendaOf lists a meeting's items in their order.
func AgendaOf(r Reader, id ID[Meeting]) []*AgendaItem {
	items := slices.Collect(Of[AgendaItem](r, "meeting", id))
	slices.SortStableFunc(items, func(a, b *AgendaItem) int { return a.Order - b.Order })
	return items
}

// CurrentItem gives the item that a meeting is on, or nil.
func CurrentItem(r Reader, id ID[Meeting]) *AgendaItem {
	for a := range Of[AgendaItem](r, "meeting", id) {
		if a.State == ItemNow {
			return a
		}
	}
	return nil
}

// Note is something worth keeping that was said in a meeting.
type Note struct {
	ID      ID[Note]
	Meeting ID[Meeting]
	Item    ID[AgendaItem]
	At      Opt[Wall]
	Text    string
}

// KindName is "notes".
func (Note) KindName() string { return "notes" }

func noteKind() *Kind {
	return Def[Note]{
		Tag: 72, One: "note", Title: "Notes", Realm: RealmShared,
		Purpose:   "What was said in a meeting and is worth keeping.",
		ID:        func(n *Note) *ID[Note] { return &n.ID },
		Label:     func(n *Note) string { return n.Text },
		Recognise: [][]string{{"meeting", "text"}},
		Parties:   func(r Reader, n *Note) []Party { return meetingParties(r, n.Meeting) },
		Check:     func(c *Checking, _, n *Note) { checkItem(c, n.Meeting, n.Item) },
		Fields: []Field[Note]{
			Ref(1, "meeting", "Meeting", func(n *Note) *ID[Meeting] { return &n.Meeting }).Need().Wide(28),
			Ref(2, "item", "Item", func(n *Note) *ID[AgendaItem] { return &n.Item }).Wide(24),
			AtWall(3, "at", "At", func(n *Note) *Opt[Wall] { return &n.At }).Tucked(),
			Text(4, "text", "Note", func(n *Note) *string { return &n.Text }).Need().Wide(48).Eg("Raytown tries the sweeper in March"),
		},
	}.Kind()
}

// Decision is what a meeting has decided without a vote being recorded.
type Decision struct {
	ID      ID[Decision]
	Meeting ID[Meeting]
	Item    ID[AgendaItem]
	At      Opt[Wall]
	Text    string
}

// KindName is "decisions".
func (Decision) KindName() string { return "decisions" }

func decisionKind() *Kind {
	return Def[Decision]{
		Tag: 73, One: "decision", Title: "Decisions", Realm: RealmShared,
		Purpose:   "What meetings have decided.",
		ID:        func(d *Decision) *ID[Decision] { return &d.ID },
		Label:     func(d *Decision) string { return d.Text },
		Recognise: [][]string{{"meeting", "text"}},
		Parties:   func(r Reader, d *Decision) []Party { return meetingParties(r, d.Meeting) },
		Check:     func(c *Checking, _, d *Decision) { checkItem(c, d.Meeting, d.Item) },
		Fields: []Field[Decision]{
			Ref(1, "meeting", "Meeting", func(d *Decision) *ID[Meeting] { return &d.Meeting }).Need().Wide(28),
			Ref(2, "item", "Item", func(d *Decision) *ID[AgendaItem] { return &d.Item }).Wide(24),
			AtWall(3, "at", "At", func(d *Decision) *Opt[Wall] { return &d.At }).Tucked(),
			Text(4, "text", "Decision", func(d *Decision) *string { return &d.Text }).Need().Wide(48).Eg("Share the chipper from April"),
		},
	}.Kind()
}

// checkItem refuses an item of another meeting's agenda.
func checkItem(c *Checking, meeting ID[Meeting], item ID[AgendaItem]) {
	if a := Get(c, item); a != nil && a.Meeting != meeting {
		c.Add("item", "the item stands on another meeting's agenda")
	}
}
