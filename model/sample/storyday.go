package sample

import (
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// shadowing puts an event nine days off, with 49 sign-ups of which five wait
// for a supervisor and with its matches, and one held a year ago.
func (t *teller) shadowing() {
	t.Events = []*shadowing.Event{
		{ID: 1, Name: "First job shadowing", Date: value.Some((t.today + 9).AddMonths(-12)),
			Place: "Blue Springs City Hall",
			State: shadowing.EventClosed},
		{ID: 2, Name: "Second job shadowing", Date: t.in(9), Place: "Independence City Hall",
			State: shadowing.EventMatched,
			Note:  "Visitors meet their hosts at nine; lunch is at noon."},
	}
	roles := []shadowing.SignupRole{shadowing.SignupVisit, shadowing.SignupHost, shadowing.SignupBoth,
		shadowing.SignupVisit}
	lengths := []shadowing.Length{shadowing.HalfDay, shadowing.FullDay, shadowing.EitherOfTwo}
	add := func(event shadowing.EventID, person partnership.PersonID, n int, state shadowing.SignupState) {
		s := &shadowing.Signup{ID: shadowing.SignupID(len(t.Signups) + 1), Event: event, Person: person,
			Role:   roles[n%len(roles)],
			Length: lengths[n%len(lengths)], State: state}
		if s.Role != shadowing.SignupVisit {
			s.Capacity = value.Some(int64(1 + n%2))
		}
		t.Signups = append(t.Signups, s)
	}
	cities := cityIDs()
	for n := range 10 {
		add(1, who(cities[n%5], 2+3*(n/5)), n, shadowing.SignupApproved)
	}
	trades := []int{jobIT, jobHR, jobPurchasing, jobClerk, jobStreets}
	for n := range 25 {
		state := shadowing.SignupApproved
		switch {
		case n == 24:
			state = shadowing.SignupWithdrawn
		case n%5 == 3:
			state = shadowing.SignupReceived
		}
		add(2, who(cities[n%5], trades[n/5]), n, state)
	}
	// More trades sign up, all approved.
	for n := range 25 {
		add(2, who(cities[n%5], []int{jobGIS, jobPayroll, jobCodes, jobFleet, jobTraining}[n/5]), n+1,
			shadowing.SignupApproved)
	}
	t.Signups[10].Wishes = "Someone who has just moved to a new backup system"
	t.Signups[15].Needs = "Step-free access"
	t.visits()
}

func (t *teller) equipment() {
	type unit struct {
		tag, name, category, capacity, yard string
		owner                               partnership.PartnerID
		year                                int
		dollars                             int64
		meter                               value.Tenths
	}
	for i, u := range []unit{
		{"SAMPLE-104", "Dump truck", "dump truck", "10 CY", "North yard", raytown, 2016, 148_000, 41210},
		{"SAMPLE-118", "Wheel loader", "loader", "3 CY", "North yard", raytown, 2018, 176_500, 29874},
		{"SAMPLE-211", "Street sweeper", "sweeper", "8 CY hopper", "Central garage", independence, 2019,
			289_000, 18345},
		{"SAMPLE-212", "Bucket truck", "bucket truck", "55 ft", "Central garage", independence, 2015, 131_000, 55120},
		{"SAMPLE-214", "Asphalt roller", "roller", "4 ton", "Central garage", independence, 2012, 47_000, 20711},
		{"SAMPLE-305", "Brush chipper", "chipper", "15 in", "East yard", leesSummit, 2020, 62_000, 9123},
		{"SAMPLE-306", "Skid steer", "skid steer", "2,200 lb", "East yard", leesSummit, 2021, 58_500, 7712},
		{"SAMPLE-311", "Portable light tower", "light tower", "4 lamps", "East yard", leesSummit, 2022, 14_200, 3120},
		{"SAMPLE-402", "Vacuum truck", "vacuum truck", "12 CY", "West yard", blueSprings, 2017, 412_000, 33456},
		{"SAMPLE-407", "Mini excavator", "excavator", "3.5 ton", "West yard", blueSprings, 2020, 71_000, 11208},
		{"SAMPLE-501", "Message boards, pair", "message board", "2 boards", "South yard", grandview, 2021, 36_000, 0},
		{"SAMPLE-503", "Salt brine maker", "brine maker", "5,000 gal/h", "South yard", grandview, 2019, 98_000, 4410},
	} {
		e := &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: u.tag, Name: u.name, Category: u.category,
			Capacity: u.capacity,
			Owner:    u.owner, Custodian: who(u.owner, jobFleet), Yard: u.yard, Year: u.year,
			Status:    lending.EquipmentActive,
			Shareable: true, Replacement: value.Some(value.Cents(u.dollars * 100))}
		if u.meter > 0 {
			e.Meter = value.Some(u.meter)
		}
		t.Equipment = append(t.Equipment, e)
	}
	t.Equipment[11].Shareable = false
	t.Equipment[4].Status = lending.EquipmentOut
	t.Equipment[4].Note = "Waits for a drum bearing."
}

// loans tells of the truck that is late, of what comes and goes today, of
// requests that wait, and of loans that went well.
func (t *teller) loans() {
	add := func(unit int, borrower partnership.PartnerID, state lending.ReservationState, start,
		end value.Opt[value.Wall], purpose string) {
		t.Reservations = append(t.Reservations, &lending.Reservation{ID: lending.ReservationID(len(t.Reservations) + 1),
			Unit: lending.EquipmentID(unit), Borrower: borrower, Contact: who(borrower, jobStreets), Start: start,
			End:   end,
			State: state, Purpose: purpose})
	}
	add(1, grandview, lending.OutOnLoan, t.at(-4, 7, 0), t.at(-1, 17, 0), "Haul millings from an overlay")
	add(3, blueSprings, lending.OutOnLoan, t.at(-2, 8, 0), t.at(0, 16, 0), "Sweep after the parade")
	add(6, raytown, lending.OutOnLoan, t.at(-1, 7, 30), t.at(0, 15, 0), "Brush from last week's storm")
	add(4, leesSummit, lending.Approved, t.at(0, 13, 0), t.at(2, 17, 0), "Replace signal lamps")
	add(11, raytown, lending.Approved, t.at(6, 7, 0), t.at(13, 17, 0), "Detour for the water main")
	add(9, grandview, lending.Requested, t.at(5, 8, 0), t.at(6, 17, 0), "Clean the storm inlets")
	add(7, independence, lending.Requested, t.at(3, 7, 0), t.at(3, 17, 0), "Sidewalk repair")
	add(1, blueSprings, lending.Requested, t.at(7, 7, 0), t.at(9, 17, 0), "Overlay of two streets")
	add(2, grandview, lending.Returned, t.at(-40, 7, 0), t.at(-38, 17, 0), "Load salt")
	add(9, independence, lending.Returned, t.at(-62, 8, 0), t.at(-61, 16, 30), "Sewer back-up")
	add(11, leesSummit, lending.Returned, t.at(-75, 7, 0), t.at(-70, 17, 0), "Holiday detour")
	add(12, raytown, lending.Returned, t.at(-120, 6, 0), t.at(-118, 18, 0), "Brine before the first ice")
	add(8, grandview, lending.Returned, t.at(-96, 16, 0), t.at(-95, 9, 0), "Night paving")
	add(10, grandview, lending.Declined, t.at(-30, 7, 0), t.at(-28, 17, 0), "Playground drainage")
}

// answer answers a cycle's items for cities, all but the last few.
func (s *Set) answer(cycle cyber.CycleID, cities []partnership.PartnerID, left int) {
	framework, _ := framework.Lookup(framework.CSF20)
	items := framework.Items
	for _, city := range cities {
		for i, item := range items[:len(items)-left] {
			a := &cyber.Answer{ID: cyber.AnswerID(len(s.Answers) + 1), Cycle: cycle, Partner: city,
				Item:  string(item.ID),
				Level: levelOf(int(city), i, int(cycle))}
			switch a.Level {
			case cyber.NotApplicable:
				a.Reason = "The city runs no such system."
			case cyber.RiskAccepted:
				a.Reason = "No budget before next year."
				a.Acceptance = cyber.Acceptance{Approver: "City manager",
					Expires: value.Some(s.Cycles[cycle-1].Opens.V + 700)}
			}
			s.Answers = append(s.Answers, a)
		}
	}
}

// levelOf makes up a level: weaker in some categories, a little better every
// year, and different from city to city.
func levelOf(city, item, year int) cyber.Level {
	levels := []cyber.Level{cyber.NotPerformed, cyber.Informal, cyber.Documented, cyber.PartlyStandard, cyber.InProcess,
		cyber.Tested, cyber.Optimized}
	h := mix(uint64(item*31 + city*7))
	switch h % 53 {
	case 0:
		return cyber.NotApplicable
	case 1:
		return cyber.UnknownToAnyone
	case 2:
		return cyber.RiskAccepted
	}
	base := 1 + item/12%4
	step := int(h>>8%4) + year/2
	return levels[min(base+step-1, len(levels)-1)]
}

// mix scatters a number, so that made-up values look unordered yet are always
// the same. It is the finishing step of SplitMix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
