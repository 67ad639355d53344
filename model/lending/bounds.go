package lending

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// Bounds of what a record says: what lies beyond is a figure mistyped. A machine
// runs some tens of thousands of hours, or of miles a year, in its life.
const (
	maxHours  value.Tenths = 100_000_0
	maxMiles  value.Tenths = 2_000_000_0
	maxAmount value.Cents  = 1_000_000_00 // of one part of a settlement line
	maxRate   value.Price  = 100_000_0000
	maxWorth  value.Cents  = 100_000_000_00
)

// checkMeter refuses a reading that no meter of a unit shows.
func checkMeter(c *field.Checking, column string, counts MeterKind, read value.Opt[value.Tenths]) {
	most, what := maxMiles, "miles"
	if counts == MeterHours {
		most, what = maxHours, "hours"
	}
	if read.Or(0) > most {
		c.Add(column, "a meter shows at most "+most.String()+" "+what+"; look at "+read.V.String()+" again")
	}
}

// checkMost refuses an amount beyond a bound.
func checkMost(c *field.Checking, column, what string, is value.Opt[value.Cents], most value.Cents) {
	if is.Or(0) > most || is.Or(0) < -most {
		c.Add(column, what+" is at most "+most.String()+"; look at "+is.V.String()+" again")
	}
}

// checkRate refuses a rate beyond its bound.
func checkRate(c *field.Checking, column string, is value.Opt[value.Price]) {
	if is.Or(0) > maxRate || is.Or(0) < -maxRate {
		c.Add(column, "a rate is at most "+maxRate.String()+"; look at "+is.V.String()+" again")
	}
}

// countsOf gives what a unit's meter counts.
func countsOf(r field.Reader, unit EquipmentID) MeterKind {
	if e := field.Get(r, unit); e != nil {
		return e.MeterKind
	}
	return ""
}

// MilesOnHours says why a rate cannot be counted by a unit's meter; "" when it can.
func MilesOnHours(counts MeterKind, per RatePer) string {
	if per == PerMile && counts == MeterHours {
		return "a rate per mile is not counted by a meter that counts hours; mend the rate, or say that the meter " +
			"counts miles"
	}
	return ""
}
