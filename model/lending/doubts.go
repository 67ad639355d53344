package lending

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Missing is a paper that a loan lacks and that nobody has let pass.
type Missing struct {
	For      PassFor
	Sentence string
}

// MissingPapers lists what a loan lacks and nobody has let pass: an agreement in
// force between owner and borrower for its whole time, proof that its operator may
// run the unit, and of one that is not over what speaks against the unit going out.
func MissingPapers(r field.Reader, v *Reservation) []Missing {
	var out []Missing
	lender := v.LentBy(r)
	if lender != 0 && lender != v.Borrower && v.Start.Set && !agreed(r, v, lender) {
		out = append(out, Missing{PassAgreement, "no agreement between owner and borrower is on file for that day; " +
			"check with counsel"})
	}
	unit := field.Get(r, v.Unit)
	lent := unit != nil && unit.Owner != v.Borrower
	if lent {
		if s := operatorLacks(r, unit, v); s != "" {
			out = append(out, Missing{PassOperator, s})
		}
	}
	if lent && v.State != Returned && v.State != Closed { // what the unit lacks now says nothing of what is over
		out = append(out, unitLacks(r, unit, v)...)
	}
	return slices.DeleteFunc(out, func(m Missing) bool { return v.Passed(m.For) })
}

// unitLacks lists what speaks against a unit going out on a loan: that it is out of
// service, that the insurance it asks for is not on file to the end of the loan, or
// that its inspection has run out by then.
func unitLacks(r field.Reader, unit *Equipment, v *Reservation) []Missing {
	var out []Missing
	if unit.Status == EquipmentOut && v.State == Approved {
		out = append(out, Missing{PassService, unit.Tag + " is promised and out of service"})
	}
	first, last := v.Start.V.Day(), v.End.Or(v.Start.V).Day()
	if unit.Insurance != "" && v.Start.Set {
		switch p := field.Get(r, v.Borrower); {
		case p == nil:
		case !p.InsuredUntil.Set:
			out = append(out, Missing{PassInsurance, "no certificate of insurance of " + p.Name + " is on file, and " +
				unit.Tag + " asks for one"})
		case p.InsuredUntil.V < last:
			out = append(out, Missing{PassInsurance, "the certificate of insurance of " + p.Name + " runs out on " +
				p.InsuredUntil.V.Long() + ", before the loan ends"})
		}
	}
	if d := unit.InspectedUntil; d.Set && d.V < first && v.Start.Set {
		out = append(out, Missing{PassInspection, "the inspection of " + unit.Tag + " ran out on " + d.V.Long()})
	}
	return out
}

// agreed reports whether an agreement in force covers a loan from its first
// day to its last.
func agreed(r field.Reader, v *Reservation, lender partnership.PartnerID) bool {
	first := v.Start.V.Day()
	last := max(first, (v.End.Or(v.Start.V) - 1).Day())
	for _, a := range partnership.InForceBetween(r, first, lender, v.Borrower) {
		if a.InForce(last) {
			return true
		}
	}
	return false
}

// operatorLacks says what the operator of a loan lacks; "" when nothing.
func operatorLacks(r field.Reader, unit *Equipment, v *Reservation) string {
	who := field.Get(r, v.Operator)
	switch unit.OperatorRule {
	case OperatorOwner:
		if who == nil {
			return unit.Tag + " comes with its owner's operator, who is not named"
		}
		if who.Partner != unit.Owner {
			return unit.Tag + " is run by its owner's staff, and " + who.Name + " is not one of them"
		}
	case OperatorCertified:
		need := unit.Qualification
		if need == "" {
			need = unit.Category
		}
		if who == nil {
			return "the operator, who needs " + need + ", is not named"
		}
		if !who.Qualified(need, v.End.Or(v.Start.V).Day()) {
			return who.Name + " has no " + need + " on file that lasts to the end of the loan"
		}
	}
	return ""
}

// RanLong says that the meter of a unit ran for more hours than it was on loan; nil
// where it did not, or where that cannot be told. It may be true, of a unit that
// was left running or read late, and is more often a figure mistyped.
func RanLong(r field.Reader, unit EquipmentID, out, back *Inspection) *Missing {
	u := field.Get(r, unit)
	if u == nil || u.MeterKind != MeterHours || !out.Meter.Set || !back.Meter.Set || !out.At.Set || !back.At.Set {
		return nil
	}
	minutes := value.Elapsed(out.At.V, back.At.V, partnership.ZoneOf(r))
	ran := back.Meter.V - out.Meter.V
	if minutes < 0 || int64(ran-1)*6 <= minutes { // a reading is a tenth more or less
		return nil
	}
	return &Missing{PassHours, "the meter ran " + ran.String() + " hours in " +
		value.Tenths((minutes*10+30)/60).String() + " hours on loan; look at both readings again"}
}

// Doubtful lists what a loan that is promised or has begun goes without and nobody
// has answered for.
func Doubtful(r field.Reader, v *Reservation) []Missing {
	if !v.Holds() && !v.Begun() {
		return nil
	}
	list := MissingPapers(r, v)
	out, back := HandoverOf(r, v.ID), ReturnOf(r, v.ID)
	if out != nil && back != nil && !v.Passed(PassHours) {
		if m := RanLong(r, v.Unit, &out.Inspection, &back.Inspection); m != nil {
			list = append(list, *m)
		}
	}
	return list
}
