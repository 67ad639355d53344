package report

import (
	"strings"
	"testing"

	"interlocal/model/meeting"
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
	for _, want := range []string{(today - 1).At(14, 5).Long(), "adjourned at 3:00 pm", "It was planned for " +
		(today-3).At(9, 0).Long(),
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
