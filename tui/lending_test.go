package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// of is somebody who works for a city.
func of(t testing.TB, st *store.Store, city string, role access.Role) access.Identity {
	t.Helper()
	for p := range field.All[partnership.Partner](st.As(dana()).View()) {
		if p.Name == city {
			return access.Identity{User: "user of " + city, Name: "Sam of " + city, Role: role,
				Partner: field.Party(p.ID)}
		}
	}
	t.Fatalf("there is no %s", city)
	return access.Identity{}
}

// at plays a session of an editor of a city.
func at(t *testing.T, st *store.Store, city string, w, h int) *rig {
	t.Helper()
	return play(t, st, of(t, st, city, access.Editor), w, h)
}

// downTo goes down until the picture holds a text.
func (r *rig) downTo(text string) *rig {
	r.t.Helper()
	for range 60 {
		if strings.Contains(r.screen(), text) {
			return r
		}
		r.press("j")
	}
	r.t.Fatalf("nowhere below is %q:\n%s", text, r.screen())
	return r
}

// newest gives the reservation made last.
func newest(st *store.Store) lending.Reservation {
	var last lending.Reservation
	for v := range field.All[lending.Reservation](st.As(dana()).View()) {
		last = *v
	}
	return last
}

// loan finds the reservation of a unit by a city in a state.
func loan(t *testing.T, st *store.Store, tag, city string, state lending.ReservationState) lending.Reservation {
	t.Helper()
	view := st.As(dana()).View()
	for v := range field.All[lending.Reservation](view) {
		unit, borrower := field.Get(view, v.Unit), field.Get(view, v.Borrower)
		if unit != nil && unit.Tag == tag && borrower.Name == city && v.State == state {
			return *v
		}
	}
	t.Fatalf("no loan of %s to %s is %s", tag, city, state)
	return lending.Reservation{}
}

// A booking is one line, with what fits below it after every letter.
func TestBookInALine(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 80, 24)
	r.press("g", "e", "b").see("tue 8-17 for SAMPLE-104")
	r.types("vac").see("SAMPLE-402 Vacuum truck", "Blue Springs")
	r.types(" wed 8-17").see("SAMPLE-402 Vacuum truck is free Wed Feb 17, 8:00 am – 5:00 pm", "for Raytown")
	r.press("enter").see("Asked Blue Springs for SAMPLE-402", "undo").miss("╭─ Book")
	got := newest(st)
	want := value.Date(2027, 2, 17)
	if got.State != lending.Requested || got.Start.V != want.At(8, 0) || got.End.V != want.At(17, 0) {
		t.Fatalf("booked %+v", got)
	}
	r.press("u").see("Took back")
	if newest(st).ID == got.ID {
		t.Fatal("undo left the booking")
	}
}

// The unit under the cursor is meant when the line names none.
func TestBookTheUnitUnderTheCursor(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 120, 36)
	r.press("g", "e", "j", "b").types("fri 8-12 load mulch").see("SAMPLE-118 Wheel loader is free").press("enter").
		see("Asked Raytown for SAMPLE-118")
	if got := newest(st); got.Purpose != "load mulch" || got.Start.V != value.Date(2027, 2, 19).At(8, 0) {
		t.Fatalf("booked %+v", got)
	}
}

// What is taken names who has it; Enter takes the nearest free time.
func TestATakenUnitNamesWhoHasItAndWhenItIsFree(t *testing.T) {
	st := story(t)
	r := at(t, st, "Blue Springs", 100, 30)
	r.press("g", "e", "b").types("bucket tue 8-17").see("× SAMPLE-212", "Lee's Summit", "Nearest free: ")
	r.press("enter").see("✓ SAMPLE-212").press("enter").see("Asked Independence for SAMPLE-212")
	got := newest(st)
	if got.Start.V.Day() == value.Date(2027, 2, 16) {
		t.Fatalf("booked over another loan: %+v", got)
	}
}

// Tab goes on the wait list for what is taken.
func TestWaitForWhatIsTaken(t *testing.T) {
	st := story(t)
	r := at(t, st, "Blue Springs", 100, 30)
	r.press("g", "e", "b").types("bucket tue 8-17").press("tab").see("On the wait list for SAMPLE-212")
	if got := newest(st); got.State != lending.Waitlisted {
		t.Fatalf("the booking is %s", got.State)
	}
}

func TestAFacilitatorSaysForWhom(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 100, 30)
	r.press("g", "e", "b").types("vac wed 8-17").press("enter").see("For whom?")
	r.types(" grandv").see("for Grandview").press("enter").see("Asked Blue Springs")
	if v := st.As(dana()).View(); field.Get(v, newest(st).Borrower).Name != "Grandview" {
		t.Fatal("booked for somebody else")
	}
}

// Whoever is slower is told who has it, and keeps the line they typed.
func TestTheSlowerOfTwoKeepsTheLine(t *testing.T) {
	st := story(t)
	slow := at(t, st, "Grandview", 100, 30)
	slow.press("g", "e", "b").types("vac wed 8-17").see("is free")
	fast := at(t, st, "Blue Springs", 100, 30) // its own unit: approved at once
	fast.press("g", "e", "b").types("vac wed 8-17").press("enter").see("Booked: SAMPLE-402")
	slow.press("enter").see("SAMPLE-402 is taken", "Blue Springs").press("esc").see("vac wed 8-17", "╭─ Book")
}

func TestWeeklyAndAnyOfACategory(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 100, 30)
	r.press("g", "e", "b").types("vac fri 8-12 weekly x3").see("3 times, weekly").press("enter").see("3 times")
	n := 0
	for v := range field.All[lending.Reservation](st.As(dana()).View()) {
		if v.Series == newest(st).Series && v.Series != 0 {
			n++
		}
	}
	if n != 3 {
		t.Fatalf("%d reservations of the series", n)
	}
	r.press("b").types("any dump thu 8-17").see("any dump truck").press("enter").see("Asked for any dump truck")
	if got := newest(st); got.Category != "dump truck" || got.Unit != 0 {
		t.Fatalf("booked %+v", got)
	}
}

func TestTimelineExtendAndBook(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 120, 36)
	r.press("g", "e", ">", ">").see("12 units, 2 h each", "Mon Feb 15")
	r.press("/").types("loader").press("enter").see("1 of 12")
	r.press("t", "l", "l", "v", "l", "l", "l").see("Enter books this").press("enter").see("SAMPLE-118 2/15/2027 16-24",
		"is free")
	r.press("enter").see("Asked Raytown for SAMPLE-118")
	got := newest(st)
	if got.Start.V != value.Date(2027, 2, 15).At(16, 0) || got.End.V != value.Date(2027, 2, 16).At(0, 0) {
		t.Fatalf("booked %v until %v", got.Start.V, got.End.V)
	}
	r.see("????").press("enter").see("Reservation #").press("esc").see("1 of 12")
}

func TestTimelineMovesAndZooms(t *testing.T) {
	r := at(t, story(t), "Grandview", 120, 36)
	r.press("g", "e", ">", ">", "L").see("Mon Feb 22").press("H").see("Mon Feb 15").press("+").see("1 h each")
	r.press("-", "-", "-", "-", "-").see("1 day each", "Feb 15").press("t").golden("story-timeline-days-120x36")
	r.press("/").types("zzz").see("No unit fits").press("esc").see("12 units")
}

// Conflicts and turnaround are seen without colour.
func TestTimelineShowsConflictsAndTurnaround(t *testing.T) {
	st := story(t)
	view := st.As(dana()).View()
	for u := range field.All[lending.Equipment](view) {
		if u.Tag == "SAMPLE-212" {
			fresh := *u
			fresh.Buffer = value.Some[int64](6 * 60)
			add(t, st, &fresh, &lending.Block{Unit: u.ID, For: lending.BlockService,
				Start: value.Some(value.Date(2027, 2, 19).At(0, 0)),
				End:   value.Some(value.Date(2027, 2, 20).At(0, 0))},
				&lending.Reservation{Unit: u.ID, Borrower: 5, State: lending.Requested,
					Start: value.Some(value.Date(2027, 2, 17).At(8, 0)),
					End:   value.Some(value.Date(2027, 2, 17).At(16, 0))})
		}
	}
	r := play(t, st, dana(), 120, 36)
	r.press("g", "e", ">", ">", "/").types("bucket").press("enter").see("Lee's Summit▒", "XX", "×service×", "~~")
	r.press("l", "l", "l", "l").see("approved for Lee's Summit")
}

// The yard has what is to be done today, and each step is a key.
func TestYardHandOverAndReturn(t *testing.T) {
	st := story(t)
	r := at(t, st, "Independence", 120, 36)
	r.press("g", "e", ">", ">", ">").see("Comes back today (1)", "Goes out today (1)", "Bucket truck", "SAMPLE-211").
		miss("SAMPLE-104")
	r.press("end", "home", "j").see("Lee's Summit").press("O").see("Hand over", "stood at 5512")
	r.types("5512.5").press("enter").types("f").press("enter").types("4").press("f2").see("Handed over: SAMPLE-212")
	out := loan(t, st, "SAMPLE-212", "Lee's Summit", lending.OutOnLoan)
	h := lending.HandoverOf(st.As(dana()).View(), out.ID)
	if h == nil || h.Meter.V != 55125 || h.Condition.V != 4 || !h.Signed() {
		t.Fatalf("the hand-over is %+v", h)
	}
	r.press("u").miss("Took back")
	loan(t, st, "SAMPLE-212", "Lee's Summit", lending.OutOnLoan)
}

func TestABadReadingChangesNothing(t *testing.T) {
	st := story(t)
	r := at(t, st, "Independence", 120, 36)
	r.press("g", "e", ">", ">", ">", "j").press("O").types("5511").press("f2").see("running backwards").press("esc").
		see("Hand over", "5511")
	loan(t, st, "SAMPLE-212", "Lee's Summit", lending.Approved)
}

func TestOwnerApprovesDeclinesAndRecalls(t *testing.T) {
	st := story(t)
	r := at(t, st, "Blue Springs", 120, 36)
	r.press("g", "e", ">", ">", ">").see("Waiting for an answer")
	for range 3 {
		r.press("j")
	}
	r.press("home")
	r.downTo("For Grandview, from Blue Springs")
	r.press("A").see("Approved: SAMPLE-402 Vacuum truck for Grandview")
	got := loan(t, st, "SAMPLE-402", "Grandview", lending.Approved)
	if got.Terms.Basis == "" {
		t.Fatal("the rate is not fixed")
	}
	r.press("R").see("Recall", "Why?").types("Our own sewer back-up").press("enter").see("Book", "vacuum truck")
	if back := loan(t, st, "SAMPLE-402", "Grandview", lending.Recalled); back.Reason != "Our own sewer back-up" {
		t.Fatalf("recalled because %q", back.Reason)
	}
}

func TestABorrowerCannotApprove(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 120, 36)
	r.press("g", "e", ">", ">", ">", "home")
	r.downTo("For Grandview, from Blue Springs")
	r.press("A").see("The owner approves a loan")
	loan(t, st, "SAMPLE-402", "Grandview", lending.Requested)
	r.press("C").see("Give this loan up?").press("enter")
	loan(t, st, "SAMPLE-402", "Grandview", lending.Requested) // Enter is no yes
	r.press("C", "y").see("Given up")
	loan(t, st, "SAMPLE-402", "Grandview", lending.Cancelled)
}

// Without an agreement a loan goes ahead when somebody answers for it.
func TestAMissingAgreementPassesWithANameAndAReason(t *testing.T) {
	st := founding(t)
	raytown, grandview := of(t, st, "Raytown", access.Editor), of(t, st, "Grandview", access.Editor)
	add(t, st, &lending.Equipment{Tag: "RT-1", Name: "Dump truck", Category: "dump truck",
		Owner: partnership.PartnerID(raytown.Partner), Status: lending.EquipmentActive, Shareable: true})
	play(t, st, grandview, 100, 30).press("g", "e", "b").types("dump wed 8-17").press("enter").
		see("Asked Raytown", "But look")
	r := play(t, st, raytown, 100, 30)
	r.press("g", "e", ">", ">", ">", "A").see("This is in doubt", "No agreement").press("enter").
		see("a name and a reason are needed")
	r.press("A").types("storm damage").press("enter").see("Approved: RT-1")
	if got := newest(st); !got.Passed(lending.PassAgreement) || got.Passes[0].Reason != "storm damage" {
		t.Fatalf("passes %+v", got.Passes)
	}
}

// What a file leaves in doubt is asked before it comes in; without a reason what has
// happened comes in with its doubts open.
func TestADoubtOfAFileIsAnsweredAtTheScreen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "loans.csv")
	rows := "unit,borrower,state,start,end\nRT-1,Grandview,returned,2027-01-05 08:00,2027-01-05 17:00\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	for said, passes := range map[string]int{"storm damage": 1, "": 0} {
		st := founding(t)
		raytown := of(t, st, "Raytown", access.Editor)
		add(t, st, &lending.Equipment{Tag: "RT-1", Name: "Dump truck", Owner: partnership.PartnerID(raytown.Partner),
			Status: lending.EquipmentActive, Shareable: true})
		r := play(t, st, raytown, 100, 30)
		r.press("g", "e", ">", ">", ">", ">", "i").types(file).press("enter").see("1 to add").press("y")
		r.see("This is in doubt", "No agreement").types(said).press("enter").see("1 added")
		if got := newest(st); got.State != lending.Returned || len(got.Passes) != passes {
			t.Errorf("%q: %s, passes %v", said, got.State, got.Passes)
		}
		if passes == 0 {
			r.see("Doubts that nobody has answered")
		}
	}
}

func TestExtendAndComeBackLate(t *testing.T) {
	st := story(t)
	borrower := at(t, st, "Grandview", 120, 36)
	borrower.press("g", "e", ">", ">", ">", "home").see("SAMPLE-104", "Overdue")
	borrower.press("E").see("Move the end").press("ctrl+u").types("wed 17").press("enter").
		see("Asked Raytown to let you keep it")
	owner := at(t, st, "Raytown", 120, 36)
	owner.press("g", "e", ">", ">", ">", "home").see("Asks to keep it until").press("E").see("Enter grants it").
		press("enter").see("Longer: SAMPLE-104")
	if got := loan(t, st, "SAMPLE-104", "Grandview", lending.OutOnLoan); got.End.V != value.Date(2027, 2, 17).
		At(17, 0) {
		t.Fatalf("it ends %v", got.End.V)
	}
}

func TestBalancesOpenDownToTheReadings(t *testing.T) {
	st := story(t)
	before := st.As(dana()).View().Rows("statements").Len()
	r := at(t, st, "Raytown", 120, 36)
	r.press("g", "e", ">", ">", ">", "home").see("SAMPLE-104").press("r").see("Take back").types("4150").press("f2").
		see("Back: SAMPLE-104")
	r.press(">", ">").see("February 2027", "Grandview and Raytown").press("enter").see("▾", "SAMPLE-104 Dump truck")
	r.press("j").see("Came back", "meter 4150").press("k", "S").see("Make the statement of Grandview and Raytown").
		press("y").see("of Grandview and Raytown is made")
	if n := st.As(dana()).View().Rows("statements").Len(); n != before+1 {
		t.Fatalf("%d statements, and %d before", n, before)
	}
}

func TestReadersAreToldWhy(t *testing.T) {
	st := story(t)
	r := play(t, st, of(t, st, "Raytown", access.Viewer), 100, 30)
	r.press("g", "e", "b").see("As viewer you can read reservations").miss("╭─ Book")
	r.press(">", ">", ">", "r").see("As viewer")
}

func TestFindByDatesFirst(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 100, 30)
	r.press("g", "e", ">").see("say when, then what").press("/").types("wed-thu vac").see("✓ SAMPLE-402").
		press("enter", "enter").see("╭─ Book", "SAMPLE-402 2/17/2027 7 - 2/18/2027 17")
	r.press("esc", "/").press("ctrl+u").types("tue 8-17").see("× SAMPLE-212", "✓ SAMPLE-118").press("enter", "end").
		see("Nearest free").golden("story-find-tue-100x30")
}

// What others book shows after they have.
func TestThePagesFollowOthers(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 120, 36)
	r.press("g", "e", ">", ">", ">").miss("Wheel loader")
	_, err := st.Update(context.Background(), dana(), store.Op{Title: "ask"}, func(tx *store.Tx) error {
		_, err := field.Put(tx, &lending.Reservation{Unit: 2, Borrower: 2, State: lending.Requested,
			Start: value.Some(value.Date(2027, 2, 20).At(8, 0)),
			End:   value.Some(value.Date(2027, 2, 20).At(12, 0))})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.send(settle{})
	r.see("Wheel loader")
}

// A loan of any unit takes none in particular, and the timeline says so.
func TestTimelineTellsOfPromisesWithoutAUnit(t *testing.T) {
	st := story(t)
	add(t, st, &lending.Reservation{Category: "loader", Borrower: 4, State: lending.Requested,
		Start: value.Some(value.Date(2027, 2, 15).At(8, 0)),
		End:   value.Some(value.Date(2027, 2, 16).At(17, 0))})
	r := play(t, st, dana(), 120, 36)
	r.press("g", "e", ">", ">", "/").types("loader").press("enter").see("has asked for any loader then")
}

func TestBookFromThePalette(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 100, 30)
	r.press(":").types("book a").press("enter").see("╭─ Book").types("vac wed 8-17").press("enter").
		see("Asked Blue Springs")
}

// The facilitator sees everybody's loans and books for a city by name.
func TestTheFacilitatorActsForAll(t *testing.T) {
	st := story(t)
	r := play(t, st, of(t, st, "Mid-America Regional Council", access.Coordinator), 120, 36)
	r.press("g", "e", ">", ">", ">").see("SAMPLE-104", "SAMPLE-212", "SAMPLE-402")
	r.press("b").types("vac wed 8-17").press("enter").see("For whom?")
}

// A loan of yesterday is entered today, step by step, and settled.
func TestALoanIsEnteredTheDayAfter(t *testing.T) {
	st := story(t)
	r := at(t, st, "Blue Springs", 120, 36)
	r.press("g", "e", "b").types("vac yesterday 8-17 raytown: burst main").press("enter").see("Asked Blue Springs")
	id := newest(st).ID
	r.press(":").types("reservations").press("enter").press("end").press("A").see("Approved: SAMPLE-402")
	r.press("O").see("Hand over").types("3350").press("tab", "tab", "tab", "tab", "tab", "tab").see("When").
		press("ctrl+u").types("yesterday 8").press("f2").see("Handed over")
	r.press("r").see("Take back").types("3356.5").press("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab").
		press("ctrl+u").types("yesterday 17").press("f2").see("Back: SAMPLE-402", "It comes to $647.79")
	view := st.As(dana()).View()
	if out := lending.HandoverOf(view, id); out == nil || !out.Entered.Set || out.At.V != value.Date(2027, 2, 14).
		At(8, 0) {
		t.Fatalf("the hand-over is %+v", out)
	}
}

// What the return cost besides is typed with it, and settled at once.
func TestTheReturnSettlesFuelTransportAndOperator(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 80, 24)
	r.press("g", "e", ">", ">", ">", "home").press("r").see("use open").types("4150").
		see("Comes to $3,501.46: use $3,501.46.")
	r.press("enter", "f", "enter", "4", "enter").see("the owner fills up").types("12.4 gal at").press("enter").
		see("lacks the price").press("shift+tab", "ctrl+u").types("12.4 gal at 3.499")
	r.see("12.4 gal at 3.499 = $43.39", "fuel $43.39").press("enter").types("2 x 40.25").press("enter").
		types("6.5 h at 42.50, time sheet")
	r.see("Comes to $3,901.60: use $3,501.46, operator $276.25, fuel $43.39, transport", "$80.50.").
		golden("story-takeback-costs-80x24")
	r.press("f2").see("Back: SAMPLE-104", "It comes to $3,901.60")
	id := loan(t, st, "SAMPLE-104", "Grandview", lending.Returned).ID
	for line := range field.Of[lending.Charge](st.As(dana()).View(), "reservation", id) {
		if line.Fuel.V != 43_39 || line.Transport.V != 80_50 ||
			line.OperatorFrom != "6.5 h at 42.50, time sheet, noted at the return" {
			t.Fatalf("the line is %+v", line)
		}
	}
	wide := at(t, st, "Raytown", 120, 36)
	wide.press("g", "e", ">", ">", ">", ">", ">").downTo("Grandview and Raytown").press("enter", "j").
		downTo("Fuel $43.39")
	wide.see("Operator $276.25 (6.5 h at 42.50, time", "Transport $80.50 (2 at 40.25").
		golden("story-balances-costs-120x36")
}

// What was signed is corrected by an amendment, and the settlement follows.
func TestAMistypedMeterIsAmended(t *testing.T) {
	st := story(t)
	r := at(t, st, "Raytown", 120, 36)
	r.press("g", "e", ">", ">", ">", "home").press("r").types("4510").press("f2").see("389 hours in 101 hours on loan")
	r.types("left running").press("enter").see("Back: SAMPLE-104")
	id := loan(t, st, "SAMPLE-104", "Grandview", lending.Returned).ID
	r.press(">").press("home").see("Reservations").press("M").see("Amend", "What was signed stays").press("ctrl+u").
		types("4150").press("f2").see("Note is needed").
		types("read 4150").press("f2").see("Amended", "It comes to $3,501.46")
	if back := lending.ReturnOf(st.As(dana()).View(), id); back.Amends == 0 || back.Meter.V != 41500 {
		t.Fatalf("the return is %+v", back)
	}
}

// A loan is carried to another time and another unit by the keys that move the
// cursor; where it cannot stand it says why, and Esc leaves it where it was.
func TestTimelineCarriesALoan(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 120, 36)
	r.press("g", "e", ">", ">").press("/").types("loader").press("enter").see("1 of 12")
	r.press("t", "l", "l", "v", "l", "l", "l").press("enter", "enter").see("Asked Raytown for SAMPLE-118")
	id, start := newest(st).ID, newest(st).Start.V
	now := func() *lending.Reservation { return field.Get(st.As(dana()).View(), id) }
	r.press("m").see("Enter moves it here, Esc leaves it").press("L", "l", "l", "esc").miss("Enter moves it here")
	if now().Start.V != start {
		t.Fatal("Esc moved it")
	}
	r.press("t", "l", "l", "m", "l", "l", "l", "l", "enter").see("Moved: SAMPLE-118")
	if got := now(); got.Start.V != start+8*60 || got.End.V != start+16*60 {
		t.Fatalf("it is from %v until %v", got.Start.V, got.End.V)
	}
	r.press("u").see("Took back")
	if now().Start.V != start {
		t.Fatal("undo did not take it back")
	}
}
