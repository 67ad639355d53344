package tui

import (
	"testing"

	"interlocal/model/access"
	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// What several cities want alike becomes a solicitation.
func TestNeedsArePooledIntoASolicitation(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 120, 36)
	r.press("g", "b", ">").see("Road salt, bulk", "Street sweeper", "price alone not")
	r.downTo("P makes a solicitation of it").press("P").see("gathers quantities now", "Solicitation #")
	found := false
	for s := range field.All[buying.Solicitation](st.As(dana()).View()) {
		found = found || s.State == buying.Gathering && len(s.Participants) == 2 &&
			field.Party(s.Lead) == of(t, st, "Raytown", access.Editor).Partner
	}
	if !found {
		t.Fatal("no solicitation led by Raytown was made")
	}
	r.press("esc").see("Street sweeper").press("P").see("not part of a solicitation yet")
}

// Bids stay sealed until they are due.
func TestBidsStaySealed(t *testing.T) {
	st := story(t)
	r := at(t, st, "Blue Springs", 120, 36)
	r.press("g", "b", ">", ">").downTo("sealed until").press("O").see("not before")
	for s := range field.All[buying.Solicitation](st.As(dana()).View()) {
		if s.Title == "Crack sealant" && s.State != buying.Gathering {
			t.Fatalf("it is %s", s.State)
		}
	}
	r.press("esc").press("F").see("Bids are sealed until the opening")
}

// Each bid says what it means for each city, with the others and without, and
// the award says what was saved.
func TestTiersPricesAndSavings(t *testing.T) {
	st := story(t)
	r := at(t, st, "Lee's Summit", 120, 36)
	r.press("g", "b", ">", ">", ">").see("1. Prairie Salt (sample), $812,175.00 for all", "$40,425.00 more in all",
		"$42,100.59")
	r.downTo("What it saves is not").press("W").see("Award “Road salt, next winter” to Prairie Salt").press("enter")
	r.press("W", "y").see("Awarded to Prairie Salt")
	r.press(">").see("Saved by buying together", "not computed", "Road salt, next winter, Prairie Salt").press("F").
		see("What buying together saved")
}

func TestUseSaysWhatStoodIdle(t *testing.T) {
	st := story(t)
	view := st.As(dana()).View()
	for u := range field.All[lending.Equipment](view) {
		if u.Tag == "SAMPLE-402" {
			add(t, st, &lending.Reservation{Unit: u.ID, Borrower: 5, State: lending.Declined, Reason: "in use",
				Start: value.Some(value.Date(2027, 2, 10).At(8, 0)),
				End:   value.Some(value.Date(2027, 2, 10).At(16, 0))})
		}
	}
	r := at(t, st, "Raytown", 120, 36)
	r.press("g", "e", ">", ">", ">", ">", ">", ">").see("February 2027", "Asked for and not had (1)", "vacuum truck",
		"Lend: 8 h were asked")
	r.press("h").see("January 2027").press("-").see("Jan – Mar 2027").press("-").see("2027.").press("+").press("F").
		see("Use of equipment")
}

// An assembly is asked for as a whole, or not at all; taken, it is waited for as a whole.
func TestAnAssemblyIsAllOrNothing(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 120, 36)
	before := st.As(dana()).View().Rows("reservations").Len()
	r.press("g", "e", "b").types("night mon 20-23").press("ctrl+u").types("night +20d 20-23").
		see("✓ Night work set", "3 units").press("enter").see("Asked for Night work set")
	if n := st.As(dana()).View().Rows("reservations").Len(); n != before+3 {
		t.Fatalf("%d reservations more", n-before)
	}
	r.press("b").types("night tomorrow 8-17").see("× Night work set", "SAMPLE-212 is taken")
	before = st.As(dana()).View().Rows("reservations").Len()
	r.press("tab").see("On the wait list for Night work set.")
	if n := st.As(dana()).View().Rows("reservations").Len(); n != before+3 {
		t.Fatalf("%d reservations of an assembly that is not free", n-before)
	}
	var first lending.ReservationID
	waiting := 0
	for v := range field.All[lending.Reservation](st.As(dana()).View()) {
		switch {
		case v.Kit == 0 || v.State != lending.Waitlisted:
			continue
		case v.With == 0:
			first = v.ID
		case v.With != first:
			t.Errorf("%s waits by itself", v.Number())
		}
		waiting++
	}
	if first == 0 || waiting != 3 {
		t.Fatalf("%d wait, the first is %d", waiting, first)
	}
}
