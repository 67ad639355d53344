package sample

import (
	"fmt"
	"strconv"

	"interlocal/model"
)

// events makes a yearly event, the next one with sign-ups of a fiftieth of the
// people.
func (g *grower) events() {
	for i := range 4 {
		on := (g.today + 21).AddMonths(-12 * (3 - i))
		state := model.EventClosed
		if i == 3 {
			state = model.EventOpen
		}
		g.Events = append(g.Events, &model.Event{ID: model.EventID(i + 1), Name: "Job shadowing " + strconv.Itoa(i+1),
			Date: model.Some(on), Place: "City hall", State: state})
	}
	roles := []model.SignupRole{model.SignupVisit, model.SignupHost, model.SignupBoth}
	for i := range len(g.People) / 50 {
		s := &model.Signup{ID: model.SignupID(i + 1), Event: 4, Person: g.People[i*50].ID, Role: roles[i%3], Length: model.HalfDay,
			State: model.SignupApproved}
		if i%6 == 0 {
			s.State = model.SignupReceived
		}
		if s.Role != model.SignupVisit {
			s.Capacity = model.Some[int64](2)
		}
		g.Signups = append(g.Signups, s)
	}
}

func (g *grower) unit(i int) *model.Equipment {
	types := []struct{ name, category, capacity string }{
		{"Dump truck", "dump truck", "10 CY"}, {"Street sweeper", "sweeper", "8 CY hopper"}, {"Bucket truck", "bucket truck", "55 ft"},
		{"Skid steer", "skid steer", "2,200 lb"}, {"Vacuum truck", "vacuum truck", "12 CY"}, {"Mini excavator", "excavator", "3.5 ton"},
		{"Brush chipper", "chipper", "15 in"}, {"Message board", "message board", "1 board"}, {"Light tower", "light tower", "4 lamps"},
		{"Air compressor", "compressor", "185 cfm"},
	}
	kind := types[i%len(types)]
	return &model.Equipment{ID: model.EquipmentID(i + 1), Tag: fmt.Sprintf("SAMPLE-%05d", i+1), Name: kind.name, Category: kind.category,
		Capacity: kind.capacity, Owner: city(i + 7), Custodian: g.someone(i), Yard: []string{"North yard", "South yard"}[i%2],
		Year: 2005 + i%20, Status: model.EquipmentActive, Shareable: i%7 != 0,
		Replacement: model.Some(model.Cents(1_000_000 + int64(i%90)*250_000)), Meter: model.Some(model.Tenths(500 + i*37%60000))}
}

// loan gives the i-th reservation. A unit's loans follow each other week by
// week and take two days each, hence none overlap.
func (g *grower) loan(i int) *model.Reservation {
	unit := g.Equipment[i%len(g.Equipment)]
	week := i / len(g.Equipment)
	start := g.today + model.Day(7*(week-1)+i%len(g.Equipment)%5)
	borrower := cityIDs()[(int(unit.Owner)+i%4)%5]
	v := &model.Reservation{ID: model.ReservationID(i + 1), Unit: unit.ID, Borrower: borrower, Contact: g.someone(i + 99),
		Start: model.Some(start.At(7, 0)), End: model.Some((start + 2).At(17, 0)), Purpose: "Seasonal work"}
	switch {
	case start+2 < g.today && i%97 != 0:
		v.State = model.Returned
	case start < g.today || start == g.today && i%2 == 0:
		v.State = model.OutOnLoan
	case i%4 == 0:
		v.State = model.Requested
	default:
		v.State = model.Approved
	}
	return v
}

// handovers tells how what is out went out.
func (g *grower) handovers() {
	for _, v := range g.Reservations {
		if v.State != model.OutOnLoan {
			continue
		}
		unit := g.Equipment[v.Unit-1]
		g.Handovers = append(g.Handovers, &model.Handover{ID: model.HandoverID(len(g.Handovers) + 1), Reservation: v.ID, Unit: v.Unit,
			Inspection: model.Inspection{At: v.Start, Meter: unit.Meter, Fuel: "full", Condition: model.Some[int64](4),
				GivenBy: g.nameOf(unit.Custodian), TakenBy: g.nameOf(v.Contact)}})
	}
}

func (g *grower) nameOf(id model.PersonID) string {
	if id == 0 || int(id) > len(g.People) {
		return "not recorded"
	}
	return g.People[id-1].Name
}

// cyber gives a finished cycle and an open one that every city has begun.
func (g *grower) cyber() {
	opened := g.today - 60
	g.Cycles = []*model.Cycle{
		{ID: 1, Year: opened.Year() - 1, Framework: model.CSF20, Opens: model.Some(opened.AddMonths(-12)),
			Closes: model.Some((g.today + 41).AddMonths(-12)), Minimum: model.Some[int64](5)},
		{ID: 2, Year: opened.Year(), Framework: model.CSF20, Opens: model.Some(opened), Closes: g.in(41), Minimum: model.Some[int64](5)},
	}
	g.answer(1, cityIDs(), 0)
	for i, c := range cityIDs() {
		g.answer(2, []model.PartnerID{c}, 10+17*i)
	}
}
