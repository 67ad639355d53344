package sample

import (
	"cmp"
	"slices"

	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// lending says on which terms the story's units are lent. The rates are rows
// of the federal schedule for 2025; which unit goes by which code is made up.
func (t *teller) lending() {
	for i, row := range []struct {
		code, equipment, spec, capacity string
		cents                           value.Cents
	}{
		{"8158", "Sweeper, Pavement", "Broom Bear", "4.5-CY hopper", 123_69},
		{"8202", "Chipper, Brush", "Vermeer BC1500", "15 in", 54_11},
		{"8393", "Loader, Wheel", "CAT 926 incl. bucket", "", 116_74},
		{"8486", "Aerial Lift, Truck Mounted", "Altec AA55 incl. truck", "55 ft", 62_86},
		{"8541", "Loader, Skid Steer", "Bobcat S76 incl. bucket", "", 45_23},
		{"8714.1", "Vactor combination vacuum truck", "Vactor 2100 Plus", "12 CY", 99_66},
		{"8722", "Truck, Dump", "Freightliner M2 106 Plus", "12-CY", 120_74},
		{"8870", "Light Tower", "Generac 8 kW LED", "25 ft", 8_71},
	} {
		t.Rates = append(t.Rates, &lending.Rate{ID: lending.RateID(i + 1), Source: lending.SourceFEMA, Year: 2025,
			Code:      row.code,
			Equipment: row.equipment, Spec: row.spec, Capacity: row.capacity, Per: lending.PerHour,
			Amount: value.Some(row.cents.Price())})
	}
	for i, terms := range []struct {
		size   value.Tenths
		unit   string
		fema   string
		local  value.Cents
		per    lending.RatePer
		buffer int64
	}{
		{size: 100, unit: "CY", fema: "8722", buffer: 60}, {size: 30, unit: "CY", fema: "8393"},
		{size: 80, unit: "CY", fema: "8158", buffer: 90}, {size: 550, unit: "ft", fema: "8486"},
		{size: 40, unit: "ton", local: 180_00, per: lending.PerDay}, {size: 150, unit: "in", fema: "8202"},
		{size: 22000, unit: "lb", fema: "8541"}, {size: 40, unit: "lamps", local: 45_00, per: lending.PerDay},
		{size: 120, unit: "CY", fema: "8714.1", buffer: 120},
		{size: 35, unit: "ton", local: 60_00, per: lending.PerHour},
		{size: 20, unit: "boards"}, {size: 50000, unit: "gal/h"},
	} {
		e := t.Equipment[i]
		e.Size, e.SizeUnit = value.Some(terms.size), terms.unit
		if e.Meter.Set {
			e.MeterKind, e.ServiceEvery = lending.MeterHours, value.Some[value.Tenths](2500)
			e.ServiceAt = value.Some((e.Meter.V/2500 + 1) * 2500)
		}
		switch {
		case terms.fema != "":
			e.Charge, e.FEMACode, e.FEMAYear = lending.ChargeFEMA, terms.fema, 2025
		case terms.local != 0:
			e.Charge, e.LocalRate, e.LocalPer = lending.ChargeLocal, value.Some(terms.local.Price()), terms.per
		default:
			e.Charge = lending.ChargeNone
		}
		if terms.buffer > 0 {
			e.Buffer = value.Some(terms.buffer)
		}
	}
	t.Equipment[9].OperatorRule, t.Equipment[9].Qualification = lending.OperatorCertified, "Excavator training"
	t.Equipment[1].Attachments = []string{"Bucket", "Forks"}
	t.Kits = []*lending.Kit{{ID: 1, Name: "Night work set", Members: []lending.KitMember{{Unit: 8}, {Unit: 11},
		{Unit: 4}},
		Note: "Light, message boards and a lift, from three cities."}}
	t.Series = []*lending.Series{{ID: 1, Unit: 2, Borrower: grandview, Start: t.at(-40, 7, 0), End: t.at(-38, 17, 0),
		Every: value.Some[int64](2),
		Until: t.in(-30), Purpose: "Load salt"}}
	t.Reservations[8].Series = 1
	t.Blocks = []*lending.Block{
		{ID: 1, Unit: 5, For: lending.BlockService, Start: t.at(-6, 7, 0), End: t.at(9, 17, 0), Note: "Drum bearing"},
		{ID: 2, Unit: 3, For: lending.BlockService, Start: t.at(4, 7, 0), End: t.at(4, 12, 0), Note: "Brooms"},
		{ID: 3, Unit: 7, For: lending.BlockOwn, Start: t.at(10, 7, 0), End: t.at(12, 17, 0),
			Note: "Own sidewalk program"},
	}
}

// papers tells of hand-overs and returns, of what the loans came to and of the
// statements that were sent.
func (t *teller) papers() {
	r := t.Reader()
	for _, v := range t.Reservations {
		unit := t.Equipment[v.Unit-1]
		returned := v.State == lending.Returned
		if !returned && !v.Holds() {
			continue
		}
		v.Terms, _ = rates.TermsOf(r, unit, v.Start.V.Day()) // every code of the story is in its schedule
		if v.State == lending.Approved {
			continue
		}
		out := &lending.Handover{ID: lending.HandoverID(len(t.Handovers) + 1), Reservation: v.ID, Unit: v.Unit,
			Inspection: t.inspection(unit, v, v.Start)}
		t.Handovers = append(t.Handovers, out)
		if !returned {
			continue
		}
		ran := value.Tenths((v.End.V - v.Start.V) / 24) // a quarter of the time, in tenths of an hour
		if unit.Meter.Set {
			out.Meter = value.Some(unit.Meter.V - 3*ran - 400)
		}
		back := &lending.Return{ID: lending.ReturnID(len(t.Returns) + 1), Reservation: v.ID, Unit: v.Unit,
			Inspection: t.inspection(unit, v, v.End)}
		back.GivenBy, back.TakenBy = out.TakenBy, out.GivenBy
		if unit.Meter.Set {
			back.Meter = value.Some(out.Meter.V + ran)
		}
		t.Returns = append(t.Returns, back)
		line := rates.LineFor(v, unit.Owner, out, back, int64(back.At.V-out.At.V), rates.Extras{})
		line.ID = lending.ChargeID(len(t.Charges) + 1)
		t.Charges = append(t.Charges, line)
	}
	t.statements()
}

func (t *teller) inspection(unit *lending.Equipment, v *lending.Reservation,
	at value.Opt[value.Wall]) lending.Inspection {
	return lending.Inspection{At: at, Meter: unit.Meter, Fuel: "full", Condition: value.Some[int64](4),
		Checklist: []string{"lights", "tires", "hydraulics"}, GivenBy: t.person(unit.Custodian).Name,
		TakenBy: t.person(v.Contact).Name}
}

// statements bills what came back more than a month and a half ago, a month
// and pair of cities at a time; the older half has been settled.
func (t *teller) statements() {
	type period struct {
		first, second partnership.PartnerID
		from          value.Day
	}
	byPeriod := map[period]*lending.Statement{}
	for _, line := range t.Charges {
		if line.On.V > t.today-45 {
			continue
		}
		year, month, _ := line.On.V.Date()
		key := period{min(line.Lender, line.Borrower), max(line.Lender, line.Borrower), value.Date(year, month, 1)}
		s := byPeriod[key]
		if s == nil {
			s = &lending.Statement{ID: lending.StatementID(len(t.Statements) + 1), First: key.first, Second: key.second,
				From:  value.Some(key.from),
				Until: value.Some(key.from.AddMonths(1) - 1), FirstLent: value.Some[value.Cents](0),
				SecondLent: value.Some[value.Cents](0),
				Net:        value.Some[value.Cents](0), State: lending.StatementSent}
			byPeriod[key] = s
			t.Statements = append(t.Statements, s)
		}
		s.Add(line)
		line.Statement, line.State = s.ID, lending.Billed
		if line.On.V < t.today-80 {
			s.State, line.State = lending.StatementSettled, lending.Paid
		}
	}
	slices.SortFunc(t.Statements, func(a, b *lending.Statement) int { return cmp.Compare(a.ID, b.ID) })
}
