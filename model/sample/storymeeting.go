package sample

import "interlocal/model"

// The story's meetings, by their numbers.
const (
	meetingBefore model.MeetingID = 1 + iota
	meetingNext
)

// meetings tells of a staff meeting whose minutes wait for approval and of the
// next one, whose agenda has been begun.
func (t *teller) meetings() {
	const name = "Monthly staff meeting"
	before := &model.Meeting{ID: meetingBefore, Name: name, Sort: model.MeetingStaff, Start: t.at(-24, 9, 0),
		Place: "Lee's Summit City Hall", Chair: marcTraining, Recorder: marcPurchasing, State: model.MeetingClosed,
		Opened: t.at(-24, 9, 2), Closed: t.at(-24, 9, 59)}
	for _, city := range append(cityIDs(), marc) {
		a := model.Attendee{Partner: city, Person: who(city, jobLiaison), Presence: model.Present}
		if city == marc {
			a.Person = marcTraining
		}
		if city == blueSprings {
			a.Presence = model.Excused
		}
		before.Attendance = append(before.Attendance, a)
	}
	next := &model.Meeting{ID: meetingNext, Name: name, Sort: model.MeetingStaff, Start: t.at(4, 9, 0),
		Place: "Independence City Hall", Chair: marcTraining, State: model.MeetingPlanned}
	t.Meetings = []*model.Meeting{before, next}
	t.Agenda = []*model.AgendaItem{
		{ID: 1, Meeting: meetingBefore, Order: 10, Title: "Street sweeping contract", Minutes: model.Some[int64](20), State: model.ItemDone,
			About: "programs/9"},
		{ID: 2, Meeting: meetingBefore, Order: 20, Title: "Job shadowing in the autumn", Minutes: model.Some[int64](15), State: model.ItemDone},
		{ID: 3, Meeting: meetingBefore, Order: 30, Title: "Lending building inspectors", Minutes: model.Some[int64](15)},
		{ID: 4, Meeting: meetingNext, Order: 10, Title: "Winter readiness: brine and plows", Minutes: model.Some[int64](15)},
	}
	t.Decisions = []*model.Decision{{ID: 1, Meeting: meetingBefore, Item: 2, At: t.at(-24, 9, 48), Text: "Hold the second event at Independence City Hall"}}
	t.Notes = []*model.Note{{ID: 1, Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 15),
		Text: "Raytown's present contract ends in spring; the others can join then"}}
	t.Motions = []*model.Motion{{ID: 1, Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 27),
		Text: "Ask for joint prices for street sweeping", Mover: who(raytown, jobLiaison), Seconder: who(grandview, jobLiaison),
		Votes: []model.Ballot{{Partner: independence, Vote: model.VoteYes}, {Partner: leesSummit, Vote: model.VoteAbstain},
			{Partner: grandview, Vote: model.VoteYes}, {Partner: raytown, Vote: model.VoteYes}}, Outcome: model.Carried}}
	t.Actions = []*model.Action{
		{ID: 1, What: "Send each city's lane miles to Isaac", Who: who(raytown, jobLiaison), Due: t.in(-3), State: model.ActionOpen,
			Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 31)},
		{ID: 2, What: "Draft the joint request for sweeping prices", Who: marcPurchasing, Due: t.in(10), State: model.ActionOpen,
			Meeting: meetingBefore, Item: 1, At: t.at(-24, 9, 33)},
		{ID: 3, What: "Book the council chamber for the event", Who: who(independence, jobLiaison), Due: t.in(-14), State: model.ActionDone,
			DoneOn: t.in(-16), Meeting: meetingBefore, Item: 2, At: t.at(-24, 9, 50)},
	}
	t.Minutes = []*model.Minutes{{ID: 1, Meeting: meetingBefore, Lines: t.recorded()}}
}

// recorded is what the last meeting's minutes hold.
func (t *teller) recorded() []model.MinuteLine {
	line := func(minute int, item model.AgendaItemID, text string) model.MinuteLine {
		return model.MinuteLine{At: t.at(-24, 9, minute), Item: item, Text: text}
	}
	struck := line(44, 2, "Independence: Added sign-up Second job shadowing · Curtis Haldane")
	struck.Struck = true
	return []model.MinuteLine{
		line(2, 0, "Called to order"),
		line(15, 1, "Raytown's present contract ends in spring; the others can join then"),
		line(27, 1, "Motion: Ask for joint prices for street sweeping (moved and seconded). 3 yes, 0 no; abstaining: Lee's Summit. Carried"),
		line(31, 1, "Action: Send each city's lane miles to Isaac"),
		line(33, 1, "Action: Draft the joint request for sweeping prices"),
		struck,
		line(48, 2, "Decided: Hold the second event at Independence City Hall"),
		line(50, 2, "Action: Book the council chamber for the event"),
		line(59, 2, "Adjourned"),
	}
}
