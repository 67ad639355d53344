package sample

import (
	"fmt"
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// events makes a yearly event, the next one with sign-ups of a fiftieth of the
// people.
func (g *grower) events() {
	for i := range 4 {
		on := (g.today + 21).AddMonths(-12 * (3 - i))
		state := shadowing.EventClosed
		if i == 3 {
			state = shadowing.EventOpen
		}
		g.Events = append(g.Events, &shadowing.Event{ID: shadowing.EventID(i + 1), Name: "Job shadowing " +
			strconv.Itoa(i+1),
			Date: value.Some(on), Place: "City hall", State: state})
	}
	roles := []shadowing.SignupRole{shadowing.SignupVisit, shadowing.SignupHost, shadowing.SignupBoth}
	for i := range len(g.People) / 50 {
		s := &shadowing.Signup{ID: shadowing.SignupID(i + 1), Event: 4, Person: g.People[i*50].ID, Role: roles[i%3],
			Length: shadowing.HalfDay,
			State:  shadowing.SignupApproved}
		if i%6 == 0 {
			s.State = shadowing.SignupReceived
		}
		if s.Role != shadowing.SignupVisit {
			s.Capacity = value.Some[int64](2)
		}
		g.Signups = append(g.Signups, s)
	}
}

func (g *grower) unit(i int) *lending.Equipment {
	types := []struct{ name, category, capacity string }{
		{"Dump truck", "dump truck", "10 CY"}, {"Street sweeper", "sweeper", "8 CY hopper"},
		{"Bucket truck", "bucket truck", "55 ft"},
		{"Skid steer", "skid steer", "2,200 lb"}, {"Vacuum truck", "vacuum truck", "12 CY"},
		{"Mini excavator", "excavator", "3.5 ton"},
		{"Brush chipper", "chipper", "15 in"}, {"Message board", "message board", "1 board"},
		{"Light tower", "light tower", "4 lamps"},
		{"Air compressor", "compressor", "185 cfm"},
	}
	kind := types[i%len(types)]
	return &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: fmt.Sprintf("SAMPLE-%05d", i+1), Name: kind.name,
		Category: kind.category,
		Capacity: kind.capacity, Owner: city(i + 7), Custodian: g.someone(i),
		Yard: []string{"North yard", "South yard"}[i%2],
		Year: 2005 + i%20, Status: lending.EquipmentActive, Shareable: i%7 != 0,
		Replacement: value.Some(value.Cents(1_000_000 + int64(i%90)*250_000)),
		Meter:       value.Some(value.Tenths(500 + i*37%60000))}
}

// loan gives the i-th reservation. A unit's loans follow each other week by
// week and take two days each, hence none overlap.
func (g *grower) loan(i int) *lending.Reservation {
	unit := g.Equipment[i%len(g.Equipment)]
	week := i / len(g.Equipment)
	start := g.today + value.Day(7*(week-1)+i%len(g.Equipment)%5)
	borrower := cityIDs()[(int(unit.Owner)+i%4)%5]
	v := &lending.Reservation{ID: lending.ReservationID(i + 1), Unit: unit.ID, Borrower: borrower,
		Contact: g.someone(i + 99),
		Start:   value.Some(start.At(7, 0)), End: value.Some((start + 2).At(17, 0)), Purpose: "Seasonal work"}
	switch {
	case start+2 < g.today && i%97 != 0:
		v.State = lending.Returned
	case start < g.today || start == g.today && i%2 == 0:
		v.State = lending.OutOnLoan
	case i%4 == 0:
		v.State = lending.Requested
	default:
		v.State = lending.Approved
	}
	return v
}

// handovers tells how what is out went out.
func (g *grower) handovers() {
	for _, v := range g.Reservations {
		if v.State != lending.OutOnLoan {
			continue
		}
		unit := g.Equipment[v.Unit-1]
		g.Handovers = append(g.Handovers, &lending.Handover{ID: lending.HandoverID(len(g.Handovers) + 1),
			Reservation: v.ID, Unit: v.Unit,
			Inspection: lending.Inspection{At: v.Start, Meter: unit.Meter, Fuel: "full",
				Condition: value.Some[int64](4),
				GivenBy:   g.nameOf(unit.Custodian), TakenBy: g.nameOf(v.Contact)}})
	}
}

func (g *grower) nameOf(id partnership.PersonID) string {
	if id == 0 || int(id) > len(g.People) {
		return "not recorded"
	}
	return g.People[id-1].Name
}

// cyber gives a finished cycle and an open one that every city has begun.
func (g *grower) cyber() {
	opened := g.today - 60
	g.Cycles = []*cyber.Cycle{
		{ID: 1, Year: opened.Year() - 1, Framework: framework.CSF20, Opens: value.Some(opened.AddMonths(-12)),
			Closes: value.Some((g.today + 41).AddMonths(-12)), Minimum: value.Some[int64](5)},
		{ID: 2, Year: opened.Year(), Framework: framework.CSF20, Opens: value.Some(opened), Closes: g.in(41),
			Minimum: value.Some[int64](5)},
	}
	g.answer(1, cityIDs(), 0)
	for i, c := range cityIDs() {
		g.answer(2, []partnership.PartnerID{c}, 10+17*i)
	}
}
