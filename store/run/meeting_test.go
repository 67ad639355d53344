package run

import (
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/meeting"
)

// TestWhatIsDoneToAnOpenMeetingIsInItsMinutes: whoever does it, recording or not;
// closing keeps them, a rehearsal of it does not.
func TestWhatIsDoneToAnOpenMeetingIsInItsMinutes(t *testing.T) {
	st, me := story(t), access.Alone("test")
	do := func(name string, id meeting.MeetingID, args any, rehearse bool) Done {
		t.Helper()
		done, err := Do(context.Background(), st, me, Request{Act: model.NewActs().Named(name), ID: uint64(id),
			Args: args, Rehearse: rehearse})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return done
	}
	open := model.NewActs().Named("meeting.open")
	next, err := open.Default(ViewOf(st.As(me).View(), me, open, st.As(me).Now()))
	if err != nil {
		t.Fatal(err)
	}
	id := meeting.MeetingID(next)
	do("meeting.open", id, nil, false)
	do("meeting.note", id, &meeting.Spoken{Text: "Brine is ready"}, false)
	do("meeting.close", id, nil, true)
	if m := field.Get(st.As(me).View(), id); m.State != meeting.MeetingOpen ||
		meeting.MinutesOf(st.As(me).View(), id) != nil {
		t.Errorf("a rehearsal has closed it: %+v", m)
	}
	do("meeting.close", id, nil, false)
	do("meeting.open", id, nil, false) // resumed, with its history at hand
	do("meeting.decide", id, &meeting.Spoken{Text: "Fill the tanks"}, false)
	do("meeting.close", id, nil, false)
	var lines []string
	for _, l := range meeting.MinutesOf(st.As(me).View(), id).Lines {
		lines = append(lines, l.Text)
	}
	want := "Called to order|Brine is ready|Adjourned|Resumed|Decided: Fill the tanks|Adjourned"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestWhichMeetingSomebodyRecords is kept for each by themselves.
func TestWhichMeetingSomebodyRecords(t *testing.T) {
	st, me, other := story(t), access.Alone("test"), access.Alone("other")
	if Recording(st, me) != 0 {
		t.Error("nobody records a meeting before they say so")
	}
	if err := Record(st, me, 2); err != nil {
		t.Fatal(err)
	}
	if Recording(st, me) != 2 || Recording(st, other) != 0 {
		t.Errorf("%d, %d", Recording(st, me), Recording(st, other))
	}
}
