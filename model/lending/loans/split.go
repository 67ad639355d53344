package loans

import (
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// splitAct takes the reading at which a unit next went out for the return that was
// forgotten. Both cities confirm it; until they have, the loan is out and bills
// nothing.
func splitAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.split", Title: "Take the next reading", Effect: field.Final,
		Words: []string{"forgotten return", "return not recorded", "confirm a reading"},
		Help: "Where a return was forgotten and the unit has gone to the next borrower, takes the time and the " +
			"reading of " +
			"that hand-over for the return. It stands when both cities have confirmed it.",
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			next := lending.Forgotten(v, loan)
			switch {
			case next == nil:
				return failure.New(failure.Invalid,
					"no return was forgotten here: the unit has not gone to anybody else since it went out")
			case !v.By.Is(field.Party(loan.Borrower)) && !v.By.Is(field.Party(loan.LentBy(v))):
				return failure.New(failure.Forbidden, "owner and borrower confirm a reading; ask them to")
			case len(confirming(v, v.By, loan, next)) == 0:
				return failure.New(failure.Invalid, "your city has confirmed that reading; the other's word is wanting")
			}
			return nil
		},
		Preview: func(v field.Viewpoint, loan *lending.Reservation, _ *field.NoArgs) string {
			next := lending.Forgotten(v, loan)
			if next == nil {
				return ""
			}
			return "Back on " + MomentText(next.At.V, v.Now.Day()) + meterText(next.Meter) + ". " +
				comesTo(Preview(v, v.Now, loan.ID, splitBack(v, loan, next)))
		},
		History: about[field.NoArgs]("take the next reading for"),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			left, err := Confirm(w, w.Now(), loan.ID)
			if err != nil {
				return field.Result{}, err
			}
			if len(left) > 0 {
				return field.Done("Confirmed: " + UnitText(w, loan) + ". It stands when " + partnerName(w, left[0]) +
					" confirms it too."), nil
			}
			return field.Done("Back: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), nil
		}}.Act()
}

func meterText(m value.Opt[value.Tenths]) string {
	if !m.Set {
		return ""
	}
	return " at " + m.V.String()
}

// confirming lists the cities for which somebody may give the word that is wanting.
func confirming(r field.Reader, by field.Actor, v *lending.Reservation,
	next *lending.Handover) []partnership.PartnerID {
	return slices.DeleteFunc(v.Unconfirmed(r, next),
		func(p partnership.PartnerID) bool { return !by.Is(field.Party(p)) })
}

// Confirm gives a city's word that a unit came back when it next went out. When both
// cities have given it, the return is recorded with what it costs. It tells whose
// word is wanting. A coordinator speaks for one city at a time.
func Confirm(w Writer, now value.Wall, id lending.ReservationID) (left []partnership.PartnerID, err error) {
	v, err := loan(w, id)
	if err != nil {
		return nil, err
	}
	next := lending.Forgotten(w, v)
	if next == nil {
		return nil, failure.New(failure.Invalid, "no return of reservation "+v.Number()+" was forgotten")
	}
	mine := confirming(w, w.Actor(), v, next)
	if len(mine) == 0 {
		return nil, failure.New(failure.Forbidden, "owner and borrower each confirm for themselves")
	}
	v.Splits = append(slices.Clone(v.Splits), lending.Split{Partner: mine[0], Name: w.Actor().Name, At: next.At,
		Meter: next.Meter, On: value.Some(now.Day())})
	if _, err := put(w, v); err != nil {
		return nil, err
	}
	if left = v.Unconfirmed(w, next); len(left) > 0 {
		return left, nil
	}
	_, err = Return(w, now, id, splitBack(w, v, next))
	return nil, err
}

// splitBack is the return that two cities take from the next hand-over.
func splitBack(r field.Reader, v *lending.Reservation, next *lending.Handover) Back {
	name := func(city partnership.PartnerID) string {
		if s := v.SplitBy(city, next); s != nil {
			return s.Name
		}
		return ""
	}
	return Back{Inspection: lending.Inspection{At: next.At, Meter: next.Meter, GivenBy: name(v.Borrower),
		TakenBy: name(v.LentBy(r)), Note: "Its return was not recorded; both cities take the reading at the " +
			"hand-over of " +
			"reservation " + numberOf(next.Reservation) + "."}}
}
