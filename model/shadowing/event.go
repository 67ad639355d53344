package shadowing

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/value"
)

// EventID identifies an event.
type EventID = field.ID[Event]

// EventState is how far a networking event has come.
type EventState string

// From draft to closed.
const (
	EventDraft     EventState = "draft"
	EventOpen      EventState = "open"
	EventMatched   EventState = "matched"
	EventPublished EventState = "published"
	EventHeld      EventState = "held"
	EventClosed    EventState = "closed"
)

// Event is a networking event at which staff shadow peers in other cities.
type Event struct {
	ID       field.ID[Event]
	Name     string
	Date     value.Opt[value.Day]
	Until    value.Opt[value.Day] // last day; unset means the first
	Place    string
	State    EventState
	Note     string
	Slots    []value.Slot // half days; none means both halves of every day
	Hours    Hours
	Matching MatchSettings
	Weights  WorkWeights
	Voice    FeedbackSum
}

// Hours are when the halves of a day begin and end.
type Hours struct {
	MorningFrom, MorningUntil     value.Opt[value.Clock]
	AfternoonFrom, AfternoonUntil value.Opt[value.Clock]
}

// Of gives the hours of a half: those recorded, else 8:30 to noon and 1:00 to
// 4:30.
func (h *Hours) Of(half value.Half) (from, until value.Clock) {
	if half == value.Morning {
		return h.MorningFrom.Or(8*60 + 30), h.MorningUntil.Or(12 * 60)
	}
	return h.AfternoonFrom.Or(13 * 60), h.AfternoonUntil.Or(16*60 + 30)
}

// KindEvents names the kind whose records are of type [Event].
const KindEvents = "events"

// KindName is "events".
func (Event) KindName() string { return KindEvents }

// maxEventDays bounds the days of an event that names no half days, and with
// them the half days there may be.
const maxEventDays = 31

// HalfDays gives the slots of the event in order: those it names, or both
// halves of each of its days.
func (e *Event) HalfDays() []value.Slot {
	if len(e.Slots) > 0 {
		return slices.Compact(slices.Sorted(slices.Values(e.Slots)))
	}
	if !e.Date.Set {
		return nil
	}
	var out []value.Slot
	for d := e.Date.V; d <= e.Until.Or(e.Date.V) && d < e.Date.V+maxEventDays; d++ {
		out = append(out, value.SlotOn(d, value.Morning), value.SlotOn(d, value.Afternoon))
	}
	return out
}

// Live reports whether the event is still to come or under way as far as its
// state says.
func (e *Event) Live() bool { return e.State != EventHeld && e.State != EventClosed }

// ToCome reports whether the event is to come or under way on a day; without its
// own it is not.
func (e *Event) ToCome(today value.Day) bool {
	return e.Date.Set && e.Until.Or(e.Date.V) >= today && e.Live()
}

// Published reports whether people have been told of their visits.
func (e *Event) Published() bool {
	return e.State == EventPublished || e.State == EventHeld || e.State == EventClosed
}

// DescribeEvent describes events.
func DescribeEvent() *field.Kind {
	return field.Def[Event]{
		Tag: 9, One: "event", Title: "Events", Scope: field.ScopeShared, UniqueLabel: true,
		Purpose: "Networking events at which staff spend half a day or a day with a peer in another city.",
		ID:      func(e *Event) *field.ID[Event] { return &e.ID },
		Label:   func(e *Event) string { return e.Name },
		Unique:  [][]string{{"name"}},
		Headings: field.Headings{Fresh: map[string]string{"state": string(EventDraft)},
			Words: []field.HeadingWords{{Field: "name", Words: "summary, subject, event title"},
				{Field: "date", Words: "start date, event date, starts"}, {Field: "until", Words: "end date, ends"},
				{Field: "note", Words: "description, details"}}},
		Check:  checkEvent,
		Due:    dueEvent,
		Fields: eventFields(),
	}.Kind()
}

func eventFields() []field.Field[Event] {
	fields := []field.Field[Event]{
		field.Text(1, "name", "Event", func(e *Event) *string { return &e.Name }).Required().Width(30).
			Example("Spring job shadowing"),
		field.OnDay(2, "date", "Date", func(e *Event) *value.Opt[value.Day] { return &e.Date }).Example("Apr 20, 2027"),
		field.OnDay(3, "until", "Last day", func(e *Event) *value.Opt[value.Day] { return &e.Until }).HiddenByDefault(),
		field.Text(4, "place", "Place", func(e *Event) *string { return &e.Place }).Width(24).
			Example("Independence City Hall"),
		field.Word(5, "state", "State", func(e *Event) *EventState { return &e.State },
			field.Choice{Value: "draft", Title: "Draft"}, field.Choice{Value: "open", Title: "Open"},
			field.Choice{Value: "matched", Title: "Matched"},
			field.Choice{Value: "published", Title: "Published"}, field.Choice{Value: "held", Title: "Held"},
			field.Choice{Value: "closed", Title: "Closed"}).Required().Width(10).Example("Open"),
		field.Long(6, "note", "Note", func(e *Event) *string { return &e.Note }).HiddenByDefault(),
		field.Slots(7, "slots", "Half days", func(e *Event) *[]value.Slot { return &e.Slots }).HiddenByDefault().
			Help("One per line, such as 2027-04-20 AM. Left empty, both halves of every day count."),
	}
	fields = append(fields, field.Part(10, "", "Hours", func(e *Event) *Hours { return &e.Hours }, hourFields())...)
	fields = append(fields, field.Part(20, "", "How matches are made",
		func(e *Event) *MatchSettings { return &e.Matching }, matchingFields())...)
	fields = append(fields, field.Part(40, "weight_", "What counts as similar work",
		func(e *Event) *WorkWeights { return &e.Weights }, weightFields())...)
	return append(fields, field.Part(60, "voice_", "What people said", func(e *Event) *FeedbackSum { return &e.Voice },
		voiceFields())...)
}

func hourFields() []field.Field[Hours] {
	return []field.Field[Hours]{
		field.OnClock(1, "morning_from", "Morning from",
			func(h *Hours) *value.Opt[value.Clock] { return &h.MorningFrom }).HiddenByDefault().Example("8:30 am"),
		field.OnClock(2, "morning_until", "Morning until",
			func(h *Hours) *value.Opt[value.Clock] { return &h.MorningUntil }).HiddenByDefault().Example("12:00 pm"),
		field.OnClock(3, "afternoon_from", "Afternoon from",
			func(h *Hours) *value.Opt[value.Clock] { return &h.AfternoonFrom }).HiddenByDefault().Example("1:00 pm"),
		field.OnClock(4, "afternoon_until", "Afternoon until",
			func(h *Hours) *value.Opt[value.Clock] { return &h.AfternoonUntil }).HiddenByDefault().Example("4:30 pm"),
	}
}

func checkEvent(c *field.Checking, before, e *Event) {
	if e.Until.Set && (!e.Date.Set || e.Until.V < e.Date.V) {
		c.Add("until", "the last day is not before the first")
		return
	}
	if e.Until.Set && e.Until.V >= e.Date.V+maxEventDays {
		c.Add("until", "an event lasts "+strconv.Itoa(maxEventDays)+" days at most")
		return
	}
	for _, s := range e.Slots {
		if e.Date.Set && (s.Day() < e.Date.V || s.Day() > e.Until.Or(e.Date.V)) {
			c.Add("slots", s.Long()+" is not on a day of the event")
			break
		}
	}
	e.Hours.check(c)
	e.Matching.check(c)
	e.Weights.check(c)
	if before != nil && before.ID != 0 {
		checkSlotsKept(c, before, e)
	}
}

func (h *Hours) check(c *field.Checking) {
	from, until := h.Of(value.Morning)
	if until <= from {
		c.Add("morning_until", "the morning ends after it begins")
	}
	noon, end := h.Of(value.Afternoon)
	if end <= noon {
		c.Add("afternoon_until", "the afternoon ends after it begins")
	}
	if noon < until {
		c.Add("afternoon_from", "the afternoon begins when the morning is over")
	}
}

// checkSlotsKept refuses to take away half days on which visits are planned.
func checkSlotsKept(c *field.Checking, before, e *Event) {
	have := e.HalfDays()
	if slices.Equal(before.HalfDays(), have) {
		return
	}
	for m := range field.Of[Match](c, "event", e.ID) {
		for _, s := range m.Slots {
			if m.Live() && !slices.Contains(have, s) {
				c.Add("slots", "a visit is planned on "+s.Long()+"; move it before that half day is taken away")
				return
			}
		}
	}
}
