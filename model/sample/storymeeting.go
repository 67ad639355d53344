package sample

import (
	"interlocal/model/meeting"
	"interlocal/model/value"
)

// The story's meetings, by their numbers.
const (
	meetingBefore meeting.MeetingID = 1 + iota
	meetingNext
)

// meetings tells of a staff meeting whose minutes wait for approval and of the
// next one, whose agenda has been begun.
func (t *teller) meetings() {
	const name = "Monthly staff meeting"
	before := &meeting.Meeting{ID: meetingBefore, Name: name, Sort: meeting.MeetingStaff, Start: t.at(-24, 9, 0),
		Place: "Lee's Summit City Hall", Chair: marcTraining, Recorder: marcPurchasing, State: meeting.MeetingClosed,
		Opened: t.at(-24, 9, 2), Closed: t.at(-24, 9, 59)}
	for _, city := range append(cityIDs(), marc) {
		a := meeting.Attendee{Partner: city, Person: who(city, jobLiaison), Presence: meeting.Present}
		if city == marc {
			a.Person = marcTraining
		}
		if city == blueSprings {
			a.Presence = meeting.Excused
		}
		before.Attendance = append(before.Attendance, a)
	}
	next := &meeting.Meeting{ID: meetingNext, Name: name, Sort: meeting.MeetingStaff, Start: t.at(4, 9, 0),
		Place: "Independence City Hall", Chair: marcTraining, State: meeting.MeetingPlanned}
	t.Meetings = []*meeting.Meeting{before, next}
	t.Agenda = []*meeting.AgendaItem{
		{ID: 1, Meeting: meetingBefore, Order: 10, Title: "Street sweeping contract", Minutes: value.Some[int64](20),
			State: meeting.ItemDone,
			About: "programs/9"},
		{ID: 2, Meeting: meetingBefore, Order: 20, Title: "Job shadowing in the autumn", Minutes: value.Some[int64](15),
			State: meeting.ItemDone},
		{ID: 3, Meeting: meetingBefore, Order: 30, Title: "Lending building inspectors",
			Minutes: value.Some[int64](15)},
		{ID: 4, Meeting: meetingNext, Order: 10, Title: "Winter readiness: brine and plows",
			Minutes: value.Some[int64](15)},
	}
	t.Decisions = []*meeting.Decision{{ID: 1, Meeting: meetingBefore, Item: 2, At: t.at(-24, 9, 48),
		Text: "Hold the second event at Independence City Hall"}}
	t.Notes = []*meeting.Note{{ID: 1, Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 15),
		Text: "Raytown's present contract ends in spring; the others can join then"}}
	t.Motions = []*meeting.Motion{{ID: 1, Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 27),
		Text: "Ask for joint prices for street sweeping", Mover: who(raytown, jobLiaison),
		Seconder: who(grandview, jobLiaison),
		Votes: []meeting.Ballot{{Partner: independence, Vote: meeting.VoteYes},
			{Partner: leesSummit, Vote: meeting.VoteAbstain},
			{Partner: grandview, Vote: meeting.VoteYes}, {Partner: raytown, Vote: meeting.VoteYes}},
		Outcome: meeting.Carried}}
	t.Actions = []*meeting.Action{
		{ID: 1, What: "Send each city's lane miles to Isaac", Who: who(raytown, jobLiaison), Due: t.in(-3),
			State:   meeting.ActionOpen,
			Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 31)},
		{ID: 2, What: "Draft the joint request for sweeping prices", Who: marcPurchasing, Due: t.in(10),
			State:   meeting.ActionOpen,
			Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 33)},
		{ID: 3, What: "Book the council chamber for the event", Who: who(independence, jobLiaison), Due: t.in(-14),
			State:  meeting.ActionDone,
			DoneOn: t.in(-16), Meeting: meetingBefore, Item: 2, At: t.at(-24, 9, 50)},
	}
	t.Minutes = []*meeting.Minutes{{ID: 1, Meeting: meetingBefore, Lines: t.recorded()}}
}

// recorded is what the last meeting's minutes hold.
func (t *teller) recorded() []meeting.MinuteLine {
	line := func(minute int, item meeting.AgendaItemID, text string) meeting.MinuteLine {
		return meeting.MinuteLine{At: t.at(-24, 9, minute), Item: item, Text: text}
	}
	struck := line(44, 2, "Independence: Added sign-up Second job shadowing · Curtis Haldane")
	struck.Struck = true
	return []meeting.MinuteLine{
		line(2, 0, "Called to order"),
		line(15, 1, "Raytown's present contract ends in spring; the others can join then"),
		line(27, 1, "Motion: Ask for joint prices for street sweeping (moved and seconded). 3 yes, 0 no; abstaining: "+
			"Lee's Summit. Carried"),
		line(31, 1, "Action: Send each city's lane miles to Isaac"),
		line(33, 1, "Action: Draft the joint request for sweeping prices"),
		struck,
		line(48, 2, "Decided: Hold the second event at Independence City Hall"),
		line(50, 2, "Action: Book the council chamber for the event"),
		line(59, 2, "Adjourned"),
	}
}
