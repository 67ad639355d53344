package meeting

import (
	"context"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// Acts lists what can be done about a meeting, from the agenda to minutes that
// were approved. What is said of a meeting that is open is recorded in it.
func Acts() field.Acts {
	return field.Acts{
		addItemAct(), earlierAct(), laterAct(), takeOffAct(),
		openAct(), rollAct(), nextAct(), turnAct(), noteAct(), decideAct(), actionAct(), motionAct(), voteAct(),
		closeAct(),
		keepAct(), approveAct(), amendAct(),
		doneAct(), reopenAct(), deferAct(), dropAct(),
	}
}

// onMeeting is an act on a meeting.
type onMeeting[A any] = field.ActOn[Meeting, A]

// during is the meeting an act is recorded in: the one it is about, while that is
// open.
func during(_ field.Viewpoint, m *Meeting) uint64 {
	if m.State == MeetingOpen {
		return uint64(m.ID)
	}
	return 0
}

// mayWhileOpen refuses what belongs into a meeting that is under way.
func mayWhileOpen(_ field.Viewpoint, m *Meeting) error {
	switch {
	case m.State == MeetingOpen:
		return nil
	case m.Over():
		return failure.New(failure.Conflict, "the meeting is not open any more")
	}
	return failure.New(failure.Conflict, "the meeting is not open yet; call it to order first")
}

// titled makes a title of history that names the meeting.
func titled[A any](words string) func(field.Viewpoint, *Meeting, *A) string {
	return func(_ field.Viewpoint, m *Meeting, _ *A) string { return words + " " + m.Name }
}

// underWay gives the one meeting that is open.
func underWay(v field.Viewpoint) (MeetingID, error) {
	var found MeetingID
	for m := range field.All[Meeting](v) {
		if m.State != MeetingOpen {
			continue
		}
		if found != 0 {
			return 0, failure.New(failure.Conflict, "more than one meeting is open; say which is meant")
		}
		found = m.ID
	}
	if found == 0 {
		return 0, failure.New(failure.Conflict, "no meeting is open; call one to order first, or say which is meant")
	}
	return found, nil
}

// comingUp gives the next meeting that is planned from today on.
func comingUp(v field.Viewpoint) (MeetingID, error) {
	var next *Meeting
	for m := range field.All[Meeting](v) {
		planned := !m.Over() && m.State != MeetingOpen && m.Start.Or(0) >= v.Now.Day().At(0, 0)
		if planned && (next == nil || m.Start.V < next.Start.V) {
			next = m
		}
	}
	if next == nil {
		return 0, failure.New(failure.NotFound,
			"no meeting is planned from today on; add one first, or say which is meant")
	}
	return next.ID, nil
}

// atHand gives the meeting that is open, or else the next.
func atHand(v field.Viewpoint) (MeetingID, error) {
	for m := range field.All[Meeting](v) {
		if m.State == MeetingOpen {
			return underWay(v)
		}
	}
	return comingUp(v)
}

func openAct() *field.Act {
	return onMeeting[field.NoArgs]{Name: "meeting.open", Title: "Call to order",
		Words: []string{"open a meeting", "resume a meeting"},
		Help: "Opens a meeting, or resumes one that was closed, and records it: what you change from then on goes " +
			"into its " +
			"minutes. The roll lists who is expected; nobody is present before the roll is called. Without a name " +
			"the next " +
			"meeting is meant.",
		Default: comingUp,
		Within:  func(_ field.Viewpoint, m *Meeting) uint64 { return uint64(m.ID) },
		History: func(_ field.Viewpoint, m *Meeting, _ *field.NoArgs) string { return "call " + m.Name + " to order" },
		May: func(_ field.Viewpoint, m *Meeting) error {
			return failure.If(m.State == MeetingApproved || m.State == MeetingAmended, failure.Conflict,
				"the minutes of this meeting are approved, so that it stays closed; plan the next one")
		},
		Plan: func(_ context.Context, v field.Viewpoint, m *Meeting, _ *field.NoArgs) (any, error) {
			if m.State != MeetingClosed {
				return true, nil
			}
			entries, err := v.Recorded(uint64(m.ID))
			return WholeHistory(m.ID, entries), err
		},
		Do: func(w field.Writer, m *Meeting, _ *field.NoArgs, plan any) (field.Result, error) {
			whole, _ := plan.(bool)
			said := field.Result{Text: "The meeting is open. What you change goes into its minutes.",
				Kind: m.KindName(),
				ID:   uint64(m.ID), Records: value.Some(uint64(m.ID))}
			return said, callToOrder(w, m, whole)
		}}.Act()
}

// callToOrder opens a meeting, unless somebody else was quicker: then both record
// it. The minutes of one that is resumed are written anew when it closes, from its
// history: where that has been removed, what they say would be lost.
func callToOrder(w field.Writer, m *Meeting, whole bool) error {
	if m.State == MeetingOpen {
		return nil
	}
	kept := MinutesOf(w, m.ID)
	if kept != nil && !whole {
		return failure.New(failure.Conflict,
			"the history of this meeting has been removed, so its minutes stay as they are; plan the next meeting")
	}
	if _, err := field.Put(w, m.CalledToOrder(Expected(w, m), w.Now())); err != nil {
		return err
	}
	if kept != nil {
		if err := field.Delete(w, kept.ID); err != nil {
			return err
		}
	}
	return turnTo(w, m.ID, firstWaiting(w, m.ID))
}

// WholeHistory reports whether what was recorded in a meeting goes back to where
// it was first called to order.
func WholeHistory(id MeetingID, entries []field.Entry) bool {
	for _, e := range entries {
		for _, c := range e.Changes {
			before, _ := c.Before.(*Meeting)
			after, _ := c.After.(*Meeting)
			fresh := before == nil || before.State == MeetingPlanned || before.State == ""
			if after != nil && after.ID == id && after.State == MeetingOpen && fresh {
				return true
			}
		}
	}
	return false
}

func closeAct() *field.Act {
	return onMeeting[field.NoArgs]{Name: "meeting.close", Title: "Close the meeting", Words: []string{"adjourn"},
		Effect:  field.Final,
		Help:    "Adjourns the meeting that is open and keeps its minutes. It may be resumed until they are approved.",
		Default: underWay, Within: during, May: mayWhileOpen, History: titled[field.NoArgs]("adjourn"), Then: keepAct(),
		Do: func(w field.Writer, m *Meeting, _ *field.NoArgs, _ any) (field.Result, error) {
			if item := CurrentItem(w, m.ID); item != nil {
				done := *item
				done.State = ItemDone
				if _, err := field.Put(w, &done); err != nil {
					return field.Result{}, err
				}
			}
			closed := *m
			closed.State, closed.Closed = MeetingClosed, value.Some(w.Now())
			_, err := field.Put(w, &closed)
			return field.Result{Text: "The meeting is closed and its minutes are kept.", Kind: m.KindName(),
				ID:      uint64(m.ID),
				Records: value.Some[uint64](0)}, err
		}}.Act()
}
