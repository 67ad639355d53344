package rates

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ForceAccount gives the equipment lines of a period as rows of a table with a
// heading, as a disaster's force-account record wants them: the code, the year
// of the schedule, the readings and what was worked out from them. Operator
// labor is a record of its own and is not in the rate. A lender of 0 means all.
func ForceAccount(r field.Reader, lender partnership.PartnerID, from, until value.Day) [][]string {
	rows := [][]string{{"date", "lender", "borrower", "unit", "category", "cost_code", "schedule", "schedule_year",
		"rate", "per", "meter_out",
		"meter_back", "quantity", "amount", "operator", "reservation", "state", "corrects"}}
	var lines []*lending.Charge
	for line := range field.All[lending.Charge](r) {
		if line.On.Set && line.On.V >= from && line.On.V <= until && line.Counts() &&
			(lender == 0 || line.Lender == lender) {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b *lending.Charge) int { return int(a.On.V - b.On.V) })
	for _, line := range lines {
		unit, category := "", ""
		if v := field.Get(r, line.Reservation); v != nil {
			if e := field.Get(r, v.Unit); e != nil {
				unit, category = e.Tag, e.Category
			}
		}
		rows = append(rows, []string{line.On.V.String(), partner(r, line.Lender), partner(r, line.Borrower), unit,
			category, line.Code,
			line.Source, year(line.Year), price(line.Rate), string(line.Per), tenths(line.MeterOut),
			tenths(line.MeterBack), tenths(line.Quantity),
			cents(line.Usage), cents(line.Operator), "#" + strconv.FormatUint(uint64(line.Reservation), 10),
			string(line.State), corrects(line)})
	}
	return rows
}

func partner(r field.Reader, id partnership.PartnerID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}

func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// cents writes money as spreadsheets read it.
func cents(c value.Opt[value.Cents]) string {
	if !c.Set {
		return ""
	}
	return string(value.AppendDecimal(nil, int64(c.V), 2))
}

func price(p value.Opt[value.Price]) string {
	if !p.Set {
		return ""
	}
	return string(value.AppendPrice(nil, p.V))
}

func tenths(t value.Opt[value.Tenths]) string {
	if !t.Set {
		return ""
	}
	return t.V.String()
}

func corrects(line *lending.Charge) string {
	if line.Corrects == 0 {
		return ""
	}
	return "#" + strconv.FormatUint(uint64(line.Corrects), 10)
}
