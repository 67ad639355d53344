package equipment

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
)

// A loan that has not begun can be carried along the timeline: the cursor takes
// it up where it stands, the keys that move the cursor carry it to another time
// or another unit, Enter puts it down and Esc leaves it where it was.

// lift takes up a loan.
func (t *timeline) lift(id uint64) tea.Cmd {
	v := field.Get(t.App.View(), lending.ReservationID(id))
	movable := []lending.ReservationState{lending.LoanDraft, lending.Requested, lending.Waitlisted, lending.Approved}
	if v == nil || !v.Start.Set || !v.End.Set || !slices.Contains(movable, v.State) {
		t.App.Say(overlay.Info, "A loan is moved before it begins; E gives one that is out another end.")
		return nil
	}
	t.extending, t.carried, t.grip = false, v, t.cursor-v.Start.V
	return nil
}

// carriedTo says in words what putting the loan down here would mean.
func (t *timeline) carriedTo() string {
	from, until := t.selected()
	s := nameOf(t.App.View(), t.carried.Borrower) + ", " + when(from, until, t.App.Today()) + ": "
	conflicts := t.cal.Conflicts(lending.Claim{Unit: t.unit().ID, From: from, Until: until, Except: t.carried.ID})
	if len(conflicts) > 0 {
		return s + t.cal.Sentence(conflicts[0]) + "."
	}
	return s + "free. Enter moves it here, Esc leaves it."
}

// putDown moves the loan to where it has been carried.
func (t *timeline) putDown() tea.Cmd {
	u, v := t.unit(), t.carried
	if u == nil {
		return nil
	}
	from, until := t.selected()
	unit := u.ID
	a := loans.Acts().Named("loan.move")
	return act.Do(t.App, act.Offer{Act: a, ID: uint64(v.ID), AtOnce: true,
		Preset: func(args any) {
			*args.(*loans.Rebooking) = loans.Rebooking{Unit: unit, From: value.Some(from), Until: value.Some(until)}
		},
		Then: func(done run.Done) tea.Cmd {
			t.carried = nil
			return act.Tell(t.App, a, done)
		}})
}
