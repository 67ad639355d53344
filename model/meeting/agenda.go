package meeting

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// AgendaItemID identifies an item of an agenda.
type AgendaItemID = field.ID[AgendaItem]

// ItemState is how far an item has come; none means that it waits its turn.
type ItemState string

// States of an item.
const (
	ItemNow  ItemState = "now"
	ItemDone ItemState = "done"
)

// AgendaItem is one point of a meeting's agenda.
type AgendaItem struct {
	ID        field.ID[AgendaItem]
	Meeting   field.ID[Meeting]
	Order     int // position, counted in any steps
	Title     string
	Minutes   value.Opt[int64] // set aside for it
	Presenter field.ID[partnership.Person]
	About     string // the record it came from, as in agreements/3
	State     ItemState
	Started   value.Opt[value.Wall] // when it was turned to last
	Note      string
}

// KindAgenda names the kind whose records are of type [AgendaItem].
const KindAgenda = "agenda"

// KindName is "agenda".
func (AgendaItem) KindName() string { return KindAgenda }

// DescribeAgenda describes agenda items.
func DescribeAgenda() *field.Kind {
	return field.Def[AgendaItem]{
		Tag: 71, One: "agenda item", Title: "Agenda", Scope: field.ScopeShared,
		Purpose: "What a meeting is to talk about, in order.",
		ID:      func(a *AgendaItem) *field.ID[AgendaItem] { return &a.ID },
		Label:   func(a *AgendaItem) string { return a.Title },
		Unique:  [][]string{{"meeting", "title"}},
		Parties: func(r field.Reader, a *AgendaItem) []field.Party { return meetingParties(r, a.Meeting) },
		Check: func(c *field.Checking, _, a *AgendaItem) {
			for other := range field.Of[AgendaItem](c, "meeting", a.Meeting) {
				if a.State == ItemNow && other.State == ItemNow && other.ID != a.ID {
					c.Add("state", "the meeting is on another item: "+other.Title)
				}
			}
			if n := a.Minutes.Or(1); n < 1 || n > 600 {
				c.Add("minutes", "an item takes between 1 and 600 minutes")
			}
		},
		Fields: agendaFields(),
	}.Kind()
}

func agendaFields() []field.Field[AgendaItem] {
	return []field.Field[AgendaItem]{
		field.Ref(1, "meeting", "Meeting", func(a *AgendaItem) *field.ID[Meeting] { return &a.Meeting }).Required().
			Width(28).Example("Monthly staff meeting"),
		field.Int(2, "order", "Order", func(a *AgendaItem) *int { return &a.Order }).Width(5).Example("10"),
		field.Text(3, "title", "Item", func(a *AgendaItem) *string { return &a.Title }).Required().Width(40).
			Example("Renewal of the hotline contract"),
		field.OptInt(4, "minutes", "Time", func(a *AgendaItem) *value.Opt[int64] { return &a.Minutes }).In("min").
			Width(6).Example("10"),
		field.Ref(5, "presenter", "Presented by",
			func(a *AgendaItem) *field.ID[partnership.Person] { return &a.Presenter }).Width(18),
		field.Text(6, "about", "About", func(a *AgendaItem) *string { return &a.About }).HiddenByDefault().
			Help("The record it is about, as kind and number: agreements/3."),
		field.Word(7, "state", "State", func(a *AgendaItem) *ItemState { return &a.State },
			field.Choice{Value: "now", Title: "Now"}, field.Choice{Value: "done", Title: "Done"}).Width(6),
		field.AtWall(9, "started", "Turned to", func(a *AgendaItem) *value.Opt[value.Wall] { return &a.Started }).
			HiddenByDefault(),
		field.Long(8, "note", "Note", func(a *AgendaItem) *string { return &a.Note }).HiddenByDefault(),
	}
}

// AgendaOf lists a meeting's items in their order.
func AgendaOf(r field.Reader, id field.ID[Meeting]) []*AgendaItem {
	items := slices.Collect(field.Of[AgendaItem](r, "meeting", id))
	slices.SortStableFunc(items, func(a, b *AgendaItem) int { return a.Order - b.Order })
	return items
}

// CurrentItem gives the item that a meeting is on, or nil.
func CurrentItem(r field.Reader, id field.ID[Meeting]) *AgendaItem {
	for a := range field.Of[AgendaItem](r, "meeting", id) {
		if a.State == ItemNow {
			return a
		}
	}
	return nil
}

// Note is something worth keeping that was said in a meeting.
type Note struct {
	ID      field.ID[Note]
	Meeting field.ID[Meeting]
	Item    field.ID[AgendaItem]
	At      value.Opt[value.Wall]
	Text    string
}

// KindNotes names the kind whose records are of type [Note].
const KindNotes = "notes"

// KindName is "notes".
func (Note) KindName() string { return KindNotes }

// DescribeNote describes notes.
func DescribeNote() *field.Kind {
	return field.Def[Note]{
		Tag: 72, One: "note", Title: "Notes", Scope: field.ScopeShared,
		Purpose:   "What was said in a meeting and is worth keeping.",
		ID:        func(n *Note) *field.ID[Note] { return &n.ID },
		Label:     func(n *Note) string { return n.Text },
		Recognise: [][]string{{"meeting", "text"}},
		Parties:   func(r field.Reader, n *Note) []field.Party { return meetingParties(r, n.Meeting) },
		Check:     func(c *field.Checking, _, n *Note) { checkItem(c, n.Meeting, n.Item) },
		Fields: []field.Field[Note]{
			field.Ref(1, "meeting", "Meeting", func(n *Note) *field.ID[Meeting] { return &n.Meeting }).Required().
				Width(28),
			field.Ref(2, "item", "Item", func(n *Note) *field.ID[AgendaItem] { return &n.Item }).Width(24),
			field.AtWall(3, "at", "At", func(n *Note) *value.Opt[value.Wall] { return &n.At }).HiddenByDefault(),
			field.Text(4, "text", "Note", func(n *Note) *string { return &n.Text }).Required().Width(48).
				Example("Raytown tries the sweeper in March"),
		},
	}.Kind()
}

// Decision is what a meeting has decided without a vote being recorded.
type Decision struct {
	ID      field.ID[Decision]
	Meeting field.ID[Meeting]
	Item    field.ID[AgendaItem]
	At      value.Opt[value.Wall]
	Text    string
}

// KindDecisions names the kind whose records are of type [Decision].
const KindDecisions = "decisions"

// KindName is "decisions".
func (Decision) KindName() string { return KindDecisions }

// DescribeDecision describes decisions.
func DescribeDecision() *field.Kind {
	return field.Def[Decision]{
		Tag: 73, One: "decision", Title: "Decisions", Scope: field.ScopeShared,
		Purpose:   "What meetings have decided.",
		ID:        func(d *Decision) *field.ID[Decision] { return &d.ID },
		Label:     func(d *Decision) string { return d.Text },
		Recognise: [][]string{{"meeting", "text"}},
		Parties:   func(r field.Reader, d *Decision) []field.Party { return meetingParties(r, d.Meeting) },
		Check:     func(c *field.Checking, _, d *Decision) { checkItem(c, d.Meeting, d.Item) },
		Fields: []field.Field[Decision]{
			field.Ref(1, "meeting", "Meeting", func(d *Decision) *field.ID[Meeting] { return &d.Meeting }).Required().
				Width(28),
			field.Ref(2, "item", "Item", func(d *Decision) *field.ID[AgendaItem] { return &d.Item }).Width(24),
			field.AtWall(3, "at", "At", func(d *Decision) *value.Opt[value.Wall] { return &d.At }).HiddenByDefault(),
			field.Text(4, "text", "Decision", func(d *Decision) *string { return &d.Text }).Required().Width(48).
				Example("Share the chipper from April"),
		},
	}.Kind()
}

// checkItem refuses an item of another meeting's agenda.
func checkItem(c *field.Checking, meeting field.ID[Meeting], item field.ID[AgendaItem]) {
	if a := field.Get(c, item); a != nil && a.Meeting != meeting {
		c.Add("item", "the item stands on another meeting's agenda")
	}
}
