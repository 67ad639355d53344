package meeting

import (
	"context"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

func keepAct() *field.Act {
	return onMeeting[field.NoArgs]{Name: "meeting.keep", Title: "Keep the minutes", Effect: field.Final,
		Help: "Writes the minutes of a closed meeting down from what was recorded in it. It follows closing, " +
			"and makes up for a program that ended in between.",
		Default: lastClosed,
		May: func(_ field.Viewpoint, m *Meeting) error {
			return failure.If(m.State != MeetingClosed, failure.Conflict,
				"minutes are kept when the meeting has closed")
		},
		History: func(field.Viewpoint, *Meeting, *field.NoArgs) string { return "keep the minutes" },
		Plan: func(_ context.Context, v field.Viewpoint, m *Meeting, _ *field.NoArgs) (any, error) {
			entries, err := v.Recorded(uint64(m.ID))
			return Keep(Lines(field.NewEnv(v, v.Now.Day()), m.ID, entries)), err
		},
		Do: func(w field.Writer, m *Meeting, _ *field.NoArgs, plan any) (field.Result, error) {
			if MinutesOf(w, m.ID) != nil {
				return field.Done("The minutes are kept."), nil // somebody else was quicker
			}
			lines, _ := plan.([]MinuteLine)
			_, err := field.Put(w, &Minutes{Meeting: m.ID, Lines: lines})
			return field.Done("The minutes are kept."), err
		}}.Act()
}

// lastClosed gives the latest meeting whose minutes wait to be approved.
func lastClosed(v field.Viewpoint) (MeetingID, error) {
	var last *Meeting
	for m := range field.All[Meeting](v) {
		if m.State == MeetingClosed && (last == nil || m.Start.Or(0) >= last.Start.Or(0)) {
			last = m
		}
	}
	if last == nil {
		return 0, failure.New(failure.NotFound,
			"no minutes wait to be approved; close the meeting first, or say which is meant")
	}
	return last.ID, nil
}

func approveAct() *field.Act {
	return onMeeting[field.NoArgs]{Name: "meeting.approve", Title: "Approve the minutes", Effect: field.Final,
		Help:    "Approves the minutes of a closed meeting. From then on they change only by amendment.",
		Default: lastClosed, History: titled[field.NoArgs]("approve the minutes of"),
		May: func(v field.Viewpoint, m *Meeting) error {
			switch kept := MinutesOf(v, m.ID); {
			case kept == nil:
				return noMinutes()
			case kept.Approved.Set:
				return failure.New(failure.Conflict,
					"the minutes were approved on "+kept.Approved.V.Long()+" already; amend them to correct something")
			case m.State != MeetingClosed:
				return failure.New(failure.Conflict, "the meeting goes on; close it before its minutes are approved")
			}
			return nil
		},
		Do: func(w field.Writer, m *Meeting, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("The minutes are approved."), changeMinutes(w, m, MeetingApproved, func(kept *Minutes) {
				kept.Approved = value.Some(w.Now().Day())
			})
		}}.Act()
}

func noMinutes() error {
	return failure.New(failure.NotFound, "the minutes of this meeting are not there; close the meeting first")
}

// Correction is what is corrected in approved minutes.
type Correction struct{ Text string }

func amendAct() *field.Act {
	return onMeeting[Correction]{Name: "meeting.amend", Title: "Amend the minutes", Effect: field.Final, Rest: "text",
		Words: []string{"correct the minutes"},
		Help:  "Corrects approved minutes. The minutes themselves stay as they were approved.",
		Args: []field.Field[Correction]{
			field.Text(1, "text", "Correction", func(a *Correction) *string { return &a.Text }).Required().
				Help("What is corrected? The minutes themselves stay as they were approved."),
		},
		History: titled[Correction]("amend the minutes of"),
		Default: lastApproved,
		May: func(v field.Viewpoint, m *Meeting) error {
			switch kept := MinutesOf(v, m.ID); {
			case kept == nil:
				return noMinutes()
			case !kept.Approved.Set:
				return failure.New(failure.Conflict,
					"the minutes are not approved yet; until then they are corrected in their lines")
			}
			return nil
		},
		Do: func(w field.Writer, m *Meeting, a *Correction, _ any) (field.Result, error) {
			return field.Done("The minutes are amended."), changeMinutes(w, m, MeetingAmended, func(kept *Minutes) {
				kept.Amendments = append(kept.Amendments[:len(kept.Amendments):len(kept.Amendments)],
					Amendment{On: value.Some(w.Now().Day()), Text: a.Text})
			})
		}}.Act()
}

// lastApproved gives the latest meeting whose minutes are approved.
func lastApproved(v field.Viewpoint) (MeetingID, error) {
	var last *Meeting
	for m := range field.All[Meeting](v) {
		done := m.State == MeetingApproved || m.State == MeetingAmended
		if done && (last == nil || m.Start.Or(0) >= last.Start.Or(0)) {
			last = m
		}
	}
	if last == nil {
		return 0, failure.New(failure.NotFound, "no minutes are approved yet; say which meeting is meant")
	}
	return last.ID, nil
}

// changeMinutes changes the record of a meeting's minutes and its state.
func changeMinutes(w field.Writer, m *Meeting, state MeetingState, change func(*Minutes)) error {
	fresh := *MinutesOf(w, m.ID)
	change(&fresh)
	if _, err := field.Put(w, &fresh); err != nil {
		return err
	}
	moved := *m
	moved.State = state
	_, err := field.Put(w, &moved)
	return err
}
