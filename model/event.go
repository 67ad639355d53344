package model

import (
	"slices"
	"strconv"
)

// EventID identifies an event.
type EventID = ID[Event]

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
	ID       ID[Event]
	Name     string
	Date     Opt[Day]
	Until    Opt[Day] // last day; unset means the first
	Place    string
	State    EventState
	Note     string
	Slots    []Slot // half days; none means both halves of every day
	Hours    Hours
	Matching MatchSettings
	Weights  WorkWeights
	Voice    FeedbackSum
}

// Hours are when the halves of a day begin and end.
type Hours struct {
	MorningFrom, MorningUntil     Opt[Clock]
	AfternoonFrom, AfternoonUntil Opt[Clock]
}

// Of gives the hours of a half: those recorded, else 8:30 to noon and 1:00 to
// 4:30.
func (h *Hours) Of(half Half) (from, until Clock) {
	if half == Morning {
		return h.MorningFrom.Or(8*60 + 30), h.MorningUntil.Or(12 * 60)
	}
	return h.AfternoonFrom.Or(13 * 60), h.AfternoonUntil.Or(16*60 + 30)
}

// KindName is "events".
func (Event) KindName() string { return "events" }

// maxEventDays bounds the days of an event that names no half days, and with
// them the half days there may be.
const maxEventDays = 31

// HalfDays gives the slots of the event in order: those it names, or both
// halves of each of its days.
func (e *Event) HalfDays() []Slot {
	if len(e.Slots) > 0 {
		return slices.Compact(slices.Sorted(slices.Values(e.Slots)))
	}
	if !e.Date.Set {
		return nil
	}
	var out []Slot
	for d := e.Date.V; d <= e.Until.Or(e.Date.V) && d < e.Date.V+maxEventDays; d++ {
		out = append(out, SlotOn(d, Morning), SlotOn(d, Afternoon))
	}
	return out
}

// Live reports whether the event is still to come or under way as far as its
// state says.
func (e *Event) Live() bool { return e.State != EventHeld && e.State != EventClosed }

// Published reports whether people have been told of their visits.
func (e *Event) Published() bool {
	return e.State == EventPublished || e.State == EventHeld || e.State == EventClosed
}

func eventKind() *Kind {
	return Def[Event]{
		Tag: 9, One: "event", Title: "Events", Realm: RealmShared, UniqueLabel: true,
		Purpose: "Networking events at which staff spend half a day or a day with a peer in another city.",
		ID:      func(e *Event) *ID[Event] { return &e.ID },
		Label:   func(e *Event) string { return e.Name },
		Unique:  [][]string{{"name"}},
		Check:   checkEvent,
		Fields:  eventFields(),
	}.Kind()
}

func eventFields() []Field[Event] {
	fields := []Field[Event]{
		Text(1, "name", "Event", func(e *Event) *string { return &e.Name }).Need().Wide(30).Eg("Spring job shadowing"),
		OnDay(2, "date", "Date", func(e *Event) *Opt[Day] { return &e.Date }).Eg("Apr 20, 2027"),
		OnDay(3, "until", "Last day", func(e *Event) *Opt[Day] { return &e.Until }).Tucked(),
		Text(4, "place", "Place", func(e *Event) *string { return &e.Place }).Wide(24).Eg("Independence City Hall"),
		Word(5, "state", "State", func(e *Event) *EventState { return &e.State },
			Choice{"draft", "Draft"}, Choice{"open", "Open"}, Choice{"matched", "Matched"},
			Choice{"published", "Published"}, Choice{"held", "Held"}, Choice{"closed", "Closed"}).Need().Wide(10).Eg("Open"),
		Long(6, "note", "Note", func(e *Event) *string { return &e.Note }).Tucked(),
		Slots(7, "slots", "Half days", func(e *Event) *[]Slot { return &e.Slots }).Tucked().
			Say("One per line, such as 2027-04-20 AM. Left empty, both halves of every day count."),
	}
	fields = append(fields, Part(10, "", "Hours", func(e *Event) *Hours { return &e.Hours }, hourFields())...)
	fields = append(fields, Part(20, "", "How matches are made", func(e *Event) *MatchSettings { return &e.Matching }, matchingFields())...)
	fields = append(fields, Part(40, "weight_", "What counts as similar work", func(e *Event) *WorkWeights { return &e.Weights }, weightFields())...)
	return append(fields, Part(60, "voice_", "What people said", func(e *Event) *FeedbackSum { return &e.Voice }, voiceFields())...)
}

func hourFields() []Field[Hours] {
	return []Field[Hours]{
		OnClock(1, "morning_from", "Morning from", func(h *Hours) *Opt[Clock] { return &h.MorningFrom }).Tucked().Eg("8:30 am"),
		OnClock(2, "morning_until", "Morning until", func(h *Hours) *Opt[Clock] { return &h.MorningUntil }).Tucked().Eg("12:00 pm"),
		OnClock(3, "afternoon_from", "Afternoon from", func(h *Hours) *Opt[Clock] { return &h.AfternoonFrom }).Tucked().Eg("1:00 pm"),
		OnClock(4, "afternoon_until", "Afternoon until", func(h *Hours) *Opt[Clock] { return &h.AfternoonUntil }).Tucked().Eg("4:30 pm"),
	}
}

func checkEvent(c *Checking, before, e *Event) {
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

func (h *Hours) check(c *Checking) {
	from, until := h.Of(Morning)
	if until <= from {
		c.Add("morning_until", "the morning ends after it begins")
	}
	noon, end := h.Of(Afternoon)
	if end <= noon {
		c.Add("afternoon_until", "the afternoon ends after it begins")
	}
	if noon < until {
		c.Add("afternoon_from", "the afternoon begins when the morning is over")
	}
}

// checkSlotsKept refuses to take away half days on which visits are planned.
func checkSlotsKept(c *Checking, before, e *Event) {
	have := e.HalfDays()
	if slices.Equal(before.HalfDays(), have) {
		return
	}
	for m := range Of[Match](c, "event", e.ID) {
		for _, s := range m.Slots {
			if m.Live() && !slices.Contains(have, s) {
				c.Add("slots", "a visit is planned on "+s.Long()+"; move it before that half day is taken away")
				return
			}
		}
	}
}
