package tui

import (
	"testing"

	"interlocal/model/access"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// A return that was forgotten is taken from the next borrower's reading by a key of
// each of the two cities.
func TestAForgottenReturnByKeys(t *testing.T) {
	st := story(t)
	was := loan(t, st, "SAMPLE-104", "Grandview", lending.OutOnLoan)
	lees := of(t, st, "Lee's Summit", access.Editor)
	next := lending.Reservation{ID: newest(st).ID + 1, Unit: was.Unit, Borrower: partnership.PartnerID(lees.Partner),
		State: lending.OutOnLoan, Start: value.Some(was.End.V + 60), End: value.Some(was.End.V + 7*24*60)}
	add(t, st, &next, &lending.Handover{Reservation: next.ID, Unit: was.Unit, Inspection: lending.Inspection{
		At: value.Some(was.End.V + 60), Meter: value.Some[value.Tenths](41500), GivenBy: "A", TakenBy: "B"}})
	for _, c := range [][2]string{{"Grandview", "Confirmed: SAMPLE-104"}, {"Raytown", "Back: SAMPLE-104"}} {
		r := at(t, st, c[0], 120, 36)
		r.press("g", "e", ">", ">", ">", "home").see("SAMPLE-104").press("K").see("Back on").press("f2").see(c[1])
	}
	if back := lending.ReturnOf(st.As(dana()).View(), was.ID); back == nil || back.Meter.V != 41500 {
		t.Errorf("the return is %+v", back)
	}
}
