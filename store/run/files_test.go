package run

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/filerules"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// december is when the files of November come in.
var december = time.Date(2026, 12, 3, 18, 0, 0, 0, time.UTC)

// clerk takes the files in.
func clerk() access.Identity {
	return access.Identity{User: "clerk", Name: "Clerk", Role: access.Admin}
}

// book opens a file of five cities.
func book(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "month.db"), store.Options{
		Schema: model.NewSchema(), Zone: partnership.ZoneOf, Now: func() time.Time { return december },
		Probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	_, err = st.Update(context.Background(), clerk(), store.Op{Title: "cities"}, func(tx *store.Tx) error {
		if _, err := field.Put(tx, &partnership.Settings{Name: "Shared Services", Zone: "America/Chicago"}); err !=
			nil {
			return err
		}
		for _, name := range []string{"Blue Springs", "Grandview", "Independence", "Lee's Summit", "Raytown"} {
			if _, err := field.Put(tx, &partnership.Partner{Name: name, Kind: partnership.City,
				Status: partnership.Member}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// take takes a file in and gives what came of it.
func take(t *testing.T, st *store.Store, id access.Identity, kind, content string, answer *field.Override) Outcome {
	t.Helper()
	k := model.NewSchema().Kind(kind)
	sheet, err := spreadsheet.Read(strings.NewReader(content), kind+".csv", spreadsheet.ReadOptions{Kind: k})
	if err != nil {
		t.Fatal(err)
	}
	f := NewFiles(st, id, filerules.New())
	f.Answer = answer
	view := st.As(id).View()
	m := spreadsheet.Map(spreadsheet.ReadAs(k, sheet.Headings), sheet.Headings, nil)
	p, err := f.Plan(view, st.As(id).Now().Day(), sheet, m)
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.Apply(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// taken is take for a file all of whose rows are good.
func taken(t *testing.T, st *store.Store, kind, content string) Outcome {
	t.Helper()
	out := take(t, st, clerk(), kind, content, nil)
	if out.Refused > 0 {
		t.Fatalf("%s: %v, %v", kind, out, out.Faults)
	}
	return out
}

// A fleet of two trucks in two cities, lent three times.
const (
	fleet = "tag,name,category,owner,status,shareable,meter,meter_counts,charge,local_rate,local_per\n" +
		"IN-1,Dump truck,dump truck,Independence,active,yes,100.0,hours,local,50.00,hour\n" +
		"RT-1,Skid steer,skid steer,Raytown,active,yes,,,local,45.00,day\n"
	agreement = "title,parties,status,effective,expires\nMutual use,\"Independence; " +
		"Grandview\",signed,2025-01-01,2027-12-31\n"
	bookings = "unit,borrower,state,start,end,purpose\n" +
		"IN-1,Grandview,approved,2026-11-02 08:00,2026-11-03 17:00,a\n" +
		"IN-1,Grandview,approved,2026-11-05 08:00,2026-11-06 17:00,b\n" +
		"RT-1,Grandview,approved,2026-11-02 08:00,2026-11-03 07:00,c\n"
	outHead   = "reservation,unit,at,meter,given_by,taken_by,transport\n"
	out1      = "#1,IN-1,2026-11-02 08:00,110.0,A,B,\"10 mi at 2.00, lowboy\"\n"
	out2      = "#2,IN-1,2026-11-05 08:30,120.5,A,B,\n"
	out3      = "#3,RT-1,2026-11-02 08:00,,A,B,\n"
	backHead  = "reservation,unit,at,meter,given_by,taken_by,fuel_cost,operator\n"
	back1     = "#1,IN-1,2026-11-03 16:00,120.0,B,A,10 gal at 3.50,\n"
	back2     = "#2,IN-1,2026-11-06 16:00,121.5,B,A,,\n"
	back3     = "#3,RT-1,2026-11-03 06:00,,B,A,,\"2 h at 40.00, time sheet\"\n"
	threeCost = 555_00 + 50_00 + 125_00 // 10.0 h at 50 + 20 + 35; 1.0 h at 50; a day at 45 + 80
)

func booked(t *testing.T) *store.Store {
	t.Helper()
	st := book(t)
	taken(t, st, "equipment", fleet)
	taken(t, st, "agreements", agreement)
	taken(t, st, "reservations", bookings)
	return st
}

// total adds the settlement lines up.
func total(st *store.Store) (sum value.Cents, lines int) {
	for c := range field.All[lending.Charge](st.As(clerk()).View()) {
		sum, lines = sum+c.Total(), lines+1
	}
	return sum, lines
}

// wantStates compares how far the loans have come.
func wantStates(t *testing.T, st *store.Store, want lending.ReservationState) {
	t.Helper()
	for v := range field.All[lending.Reservation](st.As(clerk()).View()) {
		if v.State != want {
			t.Errorf("loan %s is %s, want %s", v.Number(), v.State, want)
		}
	}
}

// An imported hand-over hands over and an imported return takes back, in any
// order of the rows, in parts, and once however often.
func TestRowsOfLoansAct(t *testing.T) {
	st := booked(t)
	first := taken(t, st, "handovers", outHead+out2)
	second := taken(t, st, "handovers", outHead+out3+out1+out2)
	if first.Added != 1 || second.Added != 2 || second.Same != 1 {
		t.Fatalf("%v, then %v", first, second)
	}
	wantStates(t, st, lending.OutOnLoan)
	if told := append(first.Doubts, second.Doubts...); len(told) != 1 || told[0].Line != 2 ||
		!strings.Contains(told[0].Reason, "agreement") {
		t.Errorf("the doubts are %v", told)
	}
	taken(t, st, "returns", backHead+back3+back2)
	taken(t, st, "returns", backHead+back1)
	wantStates(t, st, lending.Returned)
	if sum, lines := total(st); sum != threeCost || lines != 3 {
		t.Errorf("%d lines come to %v, by hand %v", lines, sum, value.Cents(threeCost))
	}
	rev := st.As(clerk()).View().Rev()
	for _, again := range []Outcome{taken(t, st, "reservations", bookings),
		taken(t, st, "handovers", outHead+out1+out2+out3),
		taken(t, st, "returns", backHead+back1+back2+back3)} {
		if again.Same != 3 || len(again.Doubts) != 0 {
			t.Errorf("again: %v", again)
		}
	}
	if now := st.As(clerk()).View().Rev(); now != rev {
		t.Errorf("the same files again made revision %d of %d", now, rev)
	}
}

// Who answers for the doubts of a file stands with each loan.
func TestOneAnswerForAllDoubtsOfAFile(t *testing.T) {
	st := booked(t)
	out := take(t, st, clerk(), "handovers", outHead+out1+out3, &field.Override{Name: "Pat Rowe", Reason: "storm"})
	if out.Added != 2 || len(out.Doubts) != 0 {
		t.Fatalf("%v %v", out, out.Doubts)
	}
	v := field.Get(st.As(clerk()).View(), lending.ReservationID(3))
	if len(v.Passes) != 1 || v.Passes[0].Name != "Pat Rowe" || v.Passes[0].Reason != "storm" {
		t.Errorf("the loan has %v", v.Passes)
	}
}

// A refused row leaves nothing, and the rows beside it come in.
func TestARefusedRowLeavesNothing(t *testing.T) {
	st := booked(t)
	wrong := strings.Replace(out3, "#3,RT-1", "#3,IN-1", 1)
	out := take(t, st, clerk(), "handovers", outHead+wrong+out1, nil)
	if out.Added != 1 || out.Refused != 1 {
		t.Fatalf("%v %v", out, out.Faults)
	}
	backwards := strings.Replace(back1, "120.0", "109.9", 1)
	out = take(t, st, clerk(), "returns", backHead+backwards+back3, nil)
	if out.Added != 0 || out.Refused != 2 {
		t.Fatalf("%v %v", out, out.Faults)
	}
	view := st.As(clerk()).View()
	if v := field.Get(view, lending.ReservationID(3)); v.State != lending.Approved ||
		lending.HandoverOf(view, 3) != nil {
		t.Errorf("the refused hand-over left %+v", v)
	}
	if sum, lines := total(st); lines != 0 {
		t.Errorf("the refused returns left %d lines of %v", lines, sum)
	}
}

// What somebody may not do by key they may not do by file either.
func TestAFileGivesNoRights(t *testing.T) {
	st := booked(t)
	for _, id := range []access.Identity{{User: "v", Role: access.Viewer},
		{User: "b", Role: access.Editor, Partner: 1}} {
		if out := take(t, st, id, "handovers", outHead+out1, nil); out.Added != 0 {
			t.Errorf("%s of %d handed over: %v", id.Role, id.Partner, out)
		}
	}
}

// grandview is somebody who borrows.
func grandview() access.Identity {
	return access.Identity{User: "g", Name: "Gus", Role: access.Editor, Partner: 2}
}

// A list of bookings lends nobody's unit but one's own, and asks for no price: what
// the owner decides by key is the owner's to bring in by file.
func TestABorrowersFileLendsNothing(t *testing.T) {
	const head = "unit,borrower,state,start,end,purpose,rate_basis,passes\n"
	rows := []string{
		"IN-1,Grandview,approved,2026-12-10 08:00,2026-12-11 17:00,d,,\n",
		"IN-1,Grandview,out,2026-12-02 08:00,2026-12-20 17:00,e,,\n",
		"IN-1,Grandview,returned,2026-11-20 08:00,2026-11-21 17:00,f,,\n",
		"IN-1,Grandview,closed,2026-11-20 08:00,2026-11-21 17:00,g,,\n",
		"IN-1,Grandview,requested,2026-12-10 08:00,2026-12-11 17:00,h,waived,\n",
		"IN-1,Grandview,requested,2026-12-10 08:00,2026-12-11 17:00,h,,agreement | Nobody | no need | 2026-12-01\n",
	}
	owner := access.Identity{User: "i", Name: "Ida", Role: access.Editor, Partner: 3}
	for _, row := range rows {
		st := booked(t)
		out := take(t, st, grandview(), "reservations", head+row, nil)
		if out.Added != 0 || len(out.Faults) == 0 || !strings.HasPrefix(out.Faults[0].Reason, "the owner ") {
			t.Errorf("%s by the borrower: %v, %v", row, out, out.Faults)
		}
		if out := take(t, st, owner, "reservations", head+strings.Replace(row, "closed", "returned", 1),
			nil); out.Added != 1 {
			t.Errorf("%s by the owner: %v, %v", row, out, out.Faults)
		}
	}
	asked := head + "IN-1,Grandview,requested,2026-12-10 08:00,2026-12-11 17:00,h,,\n"
	if out := take(t, booked(t), grandview(), "reservations", asked, nil); out.Added != 1 {
		t.Errorf("a request is the borrower's to make: %v", out.Faults)
	}
}

// The borrower may still note which of several that were promised has gone out.
func TestABorrowerHandsOneOfSeveralOver(t *testing.T) {
	st := booked(t)
	taken(t, st, "equipment", strings.ReplaceAll(fleet, "IN-1", "IN-2")[:strings.Index(fleet, "RT-1")])
	taken(t, st, "reservations", "category,quantity,lender,borrower,state,start,end\n"+
		"dump truck,2,Independence,Grandview,approved,2026-12-03 08:00,2026-12-05 17:00\n")
	act := loans.Acts().Named("loan.handover")
	args := act.Args.New().(*loans.Outgoing)
	args.At, args.Unit, args.GivenBy, args.TakenBy = value.Some(st.As(clerk()).Now()), 1, "A", "B"
	done, err := Do(context.Background(), st, grandview(), Request{Act: act, ID: 4, Args: args})
	if err != nil {
		t.Fatal(err)
	}
	view := st.As(clerk()).View()
	if one := field.Get(view, lending.ReservationID(done.ID)); one.ID == 4 || one.State != lending.OutOnLoan ||
		one.Unit != 1 {
		t.Errorf("what went out is %+v", one)
	}
	if rest := field.Get(view, lending.ReservationID(4)); rest.State != lending.Approved || rest.Units() != 1 {
		t.Errorf("what stays promised is %+v", rest)
	}
}

// A number and a revision make no copy of a row: a hand-over whose loan has not
// gone out by its own row hands over, and a number that does not follow on those
// here is refused, so that nobody pushes the numbers up.
func TestAForgedNumberSkipsNoAct(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1)
	out := take(t, st, clerk(), "handovers", "id,rev,"+outHead+"900,7,"+out2, nil)
	if out.Added != 0 || out.Refused != 1 || !strings.Contains(out.Faults[0].Reason, "number 900") {
		t.Fatalf("%v %v", out, out.Faults)
	}
	out = take(t, st, clerk(), "handovers", "id,rev,"+outHead+"3,7,"+out2, nil)
	view := st.As(clerk()).View()
	if v := field.Get(view, lending.ReservationID(2)); out.Added != 1 || v.State != lending.OutOnLoan ||
		lending.HandoverOf(view, 2).ID != 3 {
		t.Errorf("%v: the loan is %s", out, v.State)
	}
}

// A copy of a whole file keeps its numbers and makes nothing that the file has: the
// papers of loans that are out or over by their own rows are records alone.
func TestACopyOfAFileIsAsItWas(t *testing.T) {
	from := booked(t)
	taken(t, from, "handovers", outHead+out1+out2+out3)
	taken(t, from, "returns", backHead+back1)
	to := book(t)
	taken(t, to, "equipment", fleet)
	taken(t, to, "agreements", agreement)
	for _, kind := range []string{"reservations", "handovers", "returns", "charges"} {
		taken(t, to, kind, exported(t, from, kind))
	}
	sameRecords(t, from, to, "reservations", "handovers", "returns", "charges")
}

// exported writes a kind as export does, with numbers and revisions.
func exported(t *testing.T, st *store.Store, kind string) string {
	t.Helper()
	view := st.As(clerk()).View()
	var b strings.Builder
	err := export.WriteCSV(&b, export.Table{Kind: view.Schema().Kind(kind),
		Rows: func(yield func(export.Row) bool) {
			for id, rec := range view.Scan(kind) {
				if !yield(export.Row{ID: id, Rev: view.StampOf(kind, id), Rec: rec}) {
					return
				}
			}
		}}, field.NewEnv(view, st.As(clerk()).Now().Day()), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// undoAll takes the last n changes back.
func undoAll(t *testing.T, st *store.Store, n int) {
	t.Helper()
	for i := range n {
		if _, err := st.Undo(context.Background(), clerk()); err != nil {
			t.Fatalf("undo %d: %v", i+1, err)
		}
	}
}

// A file can be taken back and brought in again; its numbers count the rows of
// the list of bookings that came in with it.
func TestAnImportIsTakenBackAndBroughtInAgain(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1+out2+out3)
	taken(t, st, "returns", backHead+back1+back2+back3)
	undoAll(t, st, 1)
	wantStates(t, st, lending.OutOnLoan)
	undoAll(t, st, 2)
	for v := range field.All[lending.Reservation](st.As(clerk()).View()) {
		t.Errorf("%s is left", v.Number())
	}
	taken(t, st, "reservations", bookings)
	taken(t, st, "handovers", outHead+out1+out2+out3)
	taken(t, st, "returns", backHead+back1+back2+back3)
	if sum, lines := total(st); sum != threeCost || lines != 3 {
		t.Errorf("again %d lines come to %v", lines, sum)
	}
}

// What somebody else has built on is not taken back.
func TestAnImportStaysOnceSomebodyBuiltOnIt(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1)
	other := access.Identity{User: "other", Name: "Somebody", Role: access.Coordinator}
	take(t, st, other, "returns", backHead+back1, nil)
	if _, err := st.Undo(context.Background(), clerk()); failure.CodeOf(err) != failure.Conflict &&
		failure.CodeOf(err) != failure.InUse {
		t.Errorf("taken back: %v", err)
	}
}

// Two loans of one unit in the same hours are refused whatever has become of
// them, and the refusal names the other.
func TestPastLoansOfOneUnitDoNotOverlap(t *testing.T) {
	st := book(t)
	taken(t, st, "equipment", fleet)
	out := take(t, st, clerk(), "reservations", "unit,borrower,state,start,end\n"+
		"IN-1,Grandview,returned,2026-10-05 08:00,2026-10-07 17:00\n"+
		"IN-1,Raytown,closed,2026-10-06 08:00,2026-10-06 17:00\n"+
		"IN-1,Raytown,closed,2026-10-07 17:00,2026-10-08 17:00\n", nil)
	if out.Added != 2 || out.Refused != 1 || !strings.Contains(out.Faults[0].Reason, "#1") || out.Faults[0].Line != 3 {
		t.Errorf("%v %v", out, out.Faults)
	}
}
