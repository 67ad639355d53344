package report

import (
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Minutes say when the meeting was held, not when it was planned, and name
// nobody as present whose presence no roll call has told.
func TestMinutesSayWhenAndWhoWasThere(t *testing.T) {
	m := meeting.Meeting{ID: 1, Name: "Staff", State: meeting.MeetingClosed, Start: value.Some((today - 3).At(9, 0)),
		Opened: value.Some((today - 1).At(14, 5)), Closed: value.Some((today - 1).At(15, 0)),
		Attendance: []meeting.Attendee{{Partner: 4, Guest: "Ann"}, {Partner: 5, Guest: "Bob"}}}
	said := func(m meeting.Meeting) string {
		md, _, _ := written(t, Minutes(file(m), &m, nil))
		return md
	}
	got := said(m)
	for _, want := range []string{(today - 1).At(14, 5).Long(), "adjourned at 3:00 pm", "It was planned for " + (today-3).At(9, 0).Long(),
		"The roll was not called, so who was present is not recorded", "not called"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	m.Attendance[0].Presence, m.Attendance[1].Presence = meeting.Present, meeting.Absent
	if got = said(m); strings.Contains(got, "not called") || !strings.Contains(got, "present") {
		t.Errorf("after the roll call:\n%s", got)
	}
}

// A return without a settlement line is an open question; one's own unit, and a
// return that was settled, are none.
func TestUnsettledReturnLines(t *testing.T) {
	truck := lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Owner: 5, Status: lending.EquipmentActive}
	loan := func(id lending.ReservationID, borrower partnership.PartnerID) lending.Reservation {
		return lending.Reservation{ID: id, Unit: 1, Borrower: borrower, State: lending.Returned}
	}
	back := func(id lending.ReservationID) lending.Return {
		return lending.Return{ID: lending.ReturnID(id), Reservation: id, Unit: 1, Inspection: lending.Inspection{At: value.Some((today - 1).At(9, 0))}}
	}
	const rest = ", so what is owed is on no statement; add the "
	for name, c := range map[string]struct {
		recs []field.Record
		want []string
	}{
		"one": {[]field.Record{loan(1, 4), back(1)}, []string{"waiting: The return of RT-104 Dump truck on Feb 19, 2027 (yesterday)" +
			" by Grandview to Raytown has no settlement line" + rest + "line in Settlement lines"}},
		"two": {[]field.Record{loan(1, 4), back(1), loan(2, 4), back(2)}, []string{"waiting: 2 returns by Grandview to Raytown" +
			" have no settlement line" + rest + "lines in Settlement lines"}},
		"settled":      {[]field.Record{loan(1, 4), back(1), lending.Charge{Reservation: 1, Lender: 5, Borrower: 4, State: lending.Accrued}}, nil},
		"one's own":    {[]field.Record{loan(1, 5), back(1)}, nil},
		"not yet back": {[]field.Record{loan(1, 4)}, nil},
	} {
		expect(t, name, said(Equipment(at(file(append(c.recs, truck)...))), "returns"), c.want...)
	}
}
