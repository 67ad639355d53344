package assess

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/store"
)

// hall is a store with five cities, a facilitator and two cycles.
type hall struct {
	t   testing.TB
	st  *store.Store
	old model.CycleID
	now model.CycleID
}

func newHall(t testing.TB) *hall {
	t.Helper()
	clock := func() time.Time { return time.Date(2027, 1, 12, 15, 0, 0, 0, time.UTC) }
	st, err := store.Open(filepath.Join(t.TempDir(), "h.db"), store.Options{Schema: model.NewSchema(), Now: clock,
		Probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	h := &hall{t: t, st: st}
	h.do(access.Alone("keeper"), func(tx *store.Tx) error {
		err := model.NewFounding().Each(tx.Insert)
		for i, id := range []*model.CycleID{&h.old, &h.now} {
			if err == nil {
				*id, err = store.Put(tx, &model.Cycle{Year: 2025 + i, Framework: model.CSF20})
			}
		}
		if err != nil {
			return err
		}
		return Invite(tx, h.now)
	})
	return h
}

func city(p model.PartnerID) access.Identity {
	return access.Identity{User: fmt.Sprint("city", p), Name: "Ana", Role: access.Assessor, Partner: p}
}

func (h *hall) try(id access.Identity, fn func(*store.Tx) error) error {
	_, err := h.st.Update(context.Background(), id, store.Op{Title: "work"}, fn)
	return err
}

func (h *hall) do(id access.Identity, fn func(*store.Tx) error) {
	h.t.Helper()
	if err := h.try(id, fn); err != nil {
		h.t.Fatal(err)
	}
}

// complete answers every item of a city, signs, locks and records a consent.
func (h *hall) complete(p model.PartnerID, level model.Level) {
	h.t.Helper()
	h.do(city(p), func(tx *store.Tx) error {
		if _, err := Begin(tx, h.now, p, "Ana"); err != nil {
			return err
		}
		for _, item := range model.ItemsOf(model.CSF20) {
			if err := Answer(tx, h.now, p, item, func(a *model.Answer) { a.Level, a.Confirmed = level, model.Some(tx.Today()) }); err != nil {
				return err
			}
		}
		_, err := store.Put(tx, &model.Consent{Cycle: h.now, Partner: p, Level: model.SharesBands, GivenBy: "Sam", Given: model.Some(tx.Today())})
		return err
	})
	h.settle(p)
}

func (h *hall) settle(p model.PartnerID) {
	h.t.Helper()
	h.do(city(p), func(tx *store.Tx) error { return Submit(tx, h.now, p, "Ana") })
	h.do(city(p), func(tx *store.Tx) error { return Approve(tx, h.now, p, "Sam", "city manager") })
	h.do(city(p), func(tx *store.Tx) error { return Lock(tx, h.now, p) })
}

func (h *hall) release(p model.PartnerID) (Outcome, error) {
	return Release(context.Background(), h.st, city(p), h.now, p)
}

func TestACycleFromEmptyToShared(t *testing.T) {
	h := newHall(t)
	for p := model.PartnerID(1); p <= 5; p++ {
		h.complete(p, model.Documented)
		out, err := h.release(p)
		if err != nil {
			t.Fatal(err)
		}
		if out.Shared != (p == 5) || len(out.Waiting) != 5-int(p) {
			t.Errorf("after city %d: %s", p, out)
		}
	}
	// Each sees its own list and nobody edits or deletes it, the program's
	// own rights included.
	view := h.st.As(city(3)).View()
	n := 0
	for p := range model.All[model.Publication](view) {
		n++
		if p.Sort == model.PublishedBands && p.City == 3 {
			continue // its own
		}
		if p.Sort != model.PublishedList || len(p.Items) == 0 {
			t.Errorf("city 3 is handed %+v", p)
		}
	}
	if n != 7 {
		t.Errorf("city 3 is handed %d results", n)
	}
	for _, id := range []access.Identity{city(3), access.Alone("keeper"), program()} {
		if h.try(id, func(tx *store.Tx) error { return tx.Delete("publications", 1) }) == nil {
			t.Errorf("%s deletes a shared result", id.Role)
		}
		err := h.try(id, func(tx *store.Tx) error {
			p := *model.Get(tx, model.PublicationID(1))
			p.Items = nil
			_, err := store.Put(tx, &p)
			return err
		})
		if err == nil {
			t.Errorf("%s edits a shared result", id.Role)
		}
	}
	marc := access.Identity{User: "m", Role: access.Coordinator, Partner: 6}
	bands := 0
	for p := range model.All[model.Publication](h.st.As(marc).View()) {
		if p.Sort == model.PublishedBands {
			bands++
		}
	}
	if bands != 5 {
		t.Errorf("the facilitator is handed %d cities' bands", bands)
	}
}

// TestTheDayOfSharingIsNotTyped: nobody declares results shared that are not.
func TestTheDayOfSharingIsNotTyped(t *testing.T) {
	h := newHall(t)
	err := h.try(access.Alone("keeper"), func(tx *store.Tx) error {
		y := *model.Get(tx, h.now)
		y.Published = model.Some(tx.Today())
		_, err := store.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "leave it empty") {
		t.Errorf("%v", err)
	}
}

// TestNothingToShare: when every city keeps everything, nothing is published
// and somebody is told so.
func TestNothingToShare(t *testing.T) {
	h := newHall(t)
	var out Outcome
	for p := model.PartnerID(1); p <= 5; p++ {
		h.complete(p, model.Documented)
		h.do(city(p), func(tx *store.Tx) error {
			c := *model.ConsentOf(tx, h.now, p)
			c.Level = model.SharesNothing
			_, err := store.Put(tx, &c)
			return err
		})
		var err error
		if out, err = h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	if out.Shared || !strings.Contains(out.String(), "none agreed") {
		t.Errorf("%s", out)
	}
}

func TestWhoMayHandIn(t *testing.T) {
	h := newHall(t)
	h.complete(2, model.Documented)
	for _, id := range []access.Identity{city(3), {User: "e", Role: access.Editor, Partner: 2}, {User: "v", Role: access.Viewer, Partner: 2},
		{User: "c", Role: access.Coordinator, Partner: 6}, {User: "a", Role: access.Admin}} {
		if _, err := Release(context.Background(), h.st, id, h.now, 2); err == nil {
			t.Errorf("%s of %d releases for city 2", id.Role, id.Partner)
		}
	}
	if _, err := Settle(context.Background(), h.st, access.Identity{User: "v", Role: access.Viewer, Partner: 2}, h.now); model.CodeOf(err) != model.Forbidden {
		t.Errorf("a viewer settles: %v", err)
	}
	if _, err := h.release(2); err != nil {
		t.Error(err)
	}
	if _, err := h.release(2); model.CodeOf(err) != model.Conflict {
		t.Errorf("released twice: %v", err)
	}
}

func TestALockHolds(t *testing.T) {
	h := newHall(t)
	h.complete(2, model.Documented)
	if _, err := h.release(2); err != nil {
		t.Fatal(err)
	}
	change := func(tx *store.Tx) error {
		return Answer(tx, h.now, 2, "PR.AA-01", func(a *model.Answer) { a.Level = model.Optimized })
	}
	if err := h.try(city(2), change); err == nil || !strings.Contains(err.Error(), "reopen it") {
		t.Errorf("a locked answer changes: %v", err)
	}
	if err := h.try(city(2), func(tx *store.Tx) error { return tx.Delete("answers", 1) }); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("a locked answer is deleted: %v", err)
	}
	if err := h.try(city(2), func(tx *store.Tx) error { return Reopen(tx, h.now, 2, "") }); err == nil || !strings.Contains(err.Error(), "why") {
		t.Errorf("reopened without a reason: %v", err)
	}
	// The consent stays while a release made under it is on its way.
	err := h.try(city(2), func(tx *store.Tx) error {
		c := *model.ConsentOf(tx, h.now, 2)
		c.Level = model.SharesNothing
		_, err := store.Put(tx, &c)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "take the release back") {
		t.Errorf("the consent changes: %v", err)
	}
	h.do(city(2), func(tx *store.Tx) error { return Reopen(tx, h.now, 2, "an error in PR.AA-01") })
	if model.ReleaseOf(h.st.As(city(2)).View(), h.now, 2) != nil {
		t.Error("a release outlives the reopening")
	}
	h.do(city(2), change)
	changes, err := h.st.As(city(2)).History("assessments", 1, 0)
	if err != nil || !strings.Contains(changes[0].After.(*model.Assessment).Reopened, "PR.AA-01") {
		t.Errorf("the reason is not in the history: %v", err)
	}
	h.settle(2)
}

func TestAPacketFromAFileOfItsOwn(t *testing.T) {
	own, shared := newHall(t), newHall(t)
	own.complete(4, model.Informal)
	own.do(city(4), func(tx *store.Tx) error { return Make(tx, own.now, 4) })
	view := own.st.As(city(4)).View()
	text := model.ReleaseOf(view, own.now, 4).Text(view)

	ctx, marc := context.Background(), access.Identity{User: "m", Role: access.Coordinator, Partner: 6}
	if _, err := TakePacket(ctx, shared.st, city(3), []byte(text), 0); model.CodeOf(err) != model.Forbidden {
		t.Errorf("another city hands it in: %v", err)
	}
	if _, err := TakePacket(ctx, shared.st, marc, []byte(text), shared.old); err == nil || !strings.Contains(err.Error(), "not for 2025") {
		t.Errorf("handed in for another cycle: %v", err)
	}
	out, err := TakePacket(ctx, shared.st, marc, []byte(text), 0)
	if err != nil || len(out.Waiting) != 4 || out.Shared {
		t.Fatalf("%s %v", out, err)
	}
	if out, err = TakePacket(ctx, shared.st, marc, []byte(text), 0); err != nil || !strings.Contains(out.String(), "was here already") {
		t.Errorf("handed in twice: %s %v", out, err)
	}
	if model.ReleaseOf(shared.st.As(marc).View(), shared.now, 4) != nil {
		t.Error("the facilitator sees the release on screen")
	}
	if v := model.ReleaseOf(shared.st.As(city(4)).View(), shared.now, 4); v == nil || !v.Sent {
		t.Error("the city does not see what it sent")
	}
}

// A guess at what a city released is not told from the true one.
func TestARepeatedPacketTellsNothing(t *testing.T) {
	h := newHall(t)
	h.complete(4, model.Documented)
	if _, err := h.release(4); err != nil {
		t.Fatal(err)
	}
	view, marc := h.st.As(city(4)).View(), access.Identity{User: "m", Role: access.Coordinator, Partner: 6}
	v := model.ReleaseOf(view, h.now, 4)
	guess := *v
	guess.Below = guess.Below[1:]
	guess.Seal = model.SealText(guess.Body(view))
	right, err := TakePacket(context.Background(), h.st, marc, []byte(v.Text(view)), 0)
	wrong, failed := TakePacket(context.Background(), h.st, marc, []byte(guess.Text(view)), 0)
	if err != nil || failed != nil || right.String() != wrong.String() {
		t.Errorf("%v %v: %q or %q", err, failed, right, wrong)
	}
	if now := model.ReleaseOf(h.st.As(city(4)).View(), h.now, 4); now.Seal != v.Seal {
		t.Error("the guess took the place of the release")
	}
}

// Once a city has released, what it was asked under stays.
func TestWhatAReleaseWasMadeUnderStays(t *testing.T) {
	h := newHall(t)
	h.complete(4, model.Documented)
	if _, err := h.release(4); err != nil {
		t.Fatal(err)
	}
	marc := access.Identity{User: "m", Role: access.Coordinator, Partner: 6}
	err := h.try(marc, func(tx *store.Tx) error {
		y := *model.Get(tx, h.now)
		y.Minimum = model.Some[int64](3)
		_, err := store.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "a city has released already") {
		t.Errorf("the minimum was lowered under a release: %v", err)
	}
}

// What a city sees of the shared results, down to their numbers and to what
// history calls them, does not tell how far others let theirs go.
func TestNumbersDoNotTellOthersConsents(t *testing.T) {
	var seen []string
	for _, level := range []model.ConsentLevel{model.SharesList, model.SharesBands} {
		h := newHall(t)
		for p := model.PartnerID(1); p <= 5; p++ {
			h.complete(p, model.Documented)
			if p != 5 {
				h.do(city(p), func(tx *store.Tx) error {
					c := *model.ConsentOf(tx, h.now, p)
					c.Level = level
					_, err := store.Put(tx, &c)
					return err
				})
			}
			if _, err := h.release(p); err != nil {
				t.Fatal(err)
			}
		}
		me, told := h.st.As(city(5)), ""
		for p := range model.All[model.Publication](me.View()) {
			told += fmt.Sprintln(p.ID, p.Sort, p.Function, p.City)
		}
		entries, err := me.Recent(1, 0)
		if err != nil || len(entries) != 1 {
			t.Fatal(err)
		}
		told += fmt.Sprintln(entries[0].Op.Title, len(entries[0].Changes), entries[0].More)
		seen = append(seen, told)
	}
	if seen[0] != seen[1] {
		t.Errorf("Raytown is told\n%s\nor\n%s", seen[0], seen[1])
	}
}

func TestACityThatStaysOut(t *testing.T) {
	h := newHall(t)
	for p := model.PartnerID(1); p <= 4; p++ {
		h.complete(p, model.Documented)
		if _, err := h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	marc := access.Identity{User: "m", Role: access.Coordinator, Partner: 6}
	h.do(marc, func(tx *store.Tx) error {
		y := *model.Get(tx, h.now)
		y.Cities = append([]model.CycleCity{}, y.Cities...)
		y.Cities[4].Part, y.Cities[4].Reason = model.StaysOut, "no staff this year"
		_, err := store.Put(tx, &y)
		return err
	})
	out, err := Settle(context.Background(), h.st, marc, h.now)
	if err != nil || !out.Shared {
		t.Fatalf("%s %v", out, err)
	}
	for p := range model.All[model.Publication](h.st.As(city(5)).View()) {
		t.Errorf("the city that stays out is handed %+v", p)
	}
	// Nobody joins afterwards, and the membership stays.
	h.complete(5, model.Documented)
	if _, err := h.release(5); err == nil {
		t.Error("a city joins after the results were shared")
	}
	err = h.try(marc, func(tx *store.Tx) error {
		y := *model.Get(tx, h.now)
		y.Cities = append([]model.CycleCity{}, y.Cities...)
		y.Cities[4].Part = model.TakesPart
		_, err := store.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "stays as it was") {
		t.Errorf("the membership changes: %v", err)
	}
}

func TestCarryForwardAndConfirm(t *testing.T) {
	h := newHall(t)
	h.do(city(2), func(tx *store.Tx) error {
		return Answer(tx, h.old, 2, "PR.AA-01", func(a *model.Answer) { a.Level = model.Documented })
	})
	var c *cyber.Carried
	h.do(city(2), func(tx *store.Tx) (err error) { c, err = CarryForward(tx, h.now, 2); return err })
	if len(c.Answers) != 1 {
		t.Fatalf("%s", c)
	}
	s, err := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2)
	if err != nil || s.Levels[0] != "" || s.Score(cyber.BySubcategory).Overall.Scored != 0 {
		t.Errorf("an inherited answer counts: %v", err)
	}
	if _, err := h.st.Undo(context.Background(), city(2)); err != nil {
		t.Errorf("carrying forward cannot be taken back: %v", err)
	}
}

// sheetOf sends a part out and reads the file again after edits.
func (h *hall) sheetOf(p model.PartnerID, part string, edit func(string) string) *exchange.Sheet {
	h.t.Helper()
	view := h.st.As(city(p)).View()
	s, err := cyber.ReadSheet(view, h.now, p)
	if err != nil {
		h.t.Fatal(err)
	}
	lines, ids, err := paper.Delegated(s, part)
	if err != nil {
		h.t.Fatal(err)
	}
	var b bytes.Buffer
	table := exchange.Table{Kind: paper.DelegationKind(), Rows: func(yield func(exchange.Row) bool) {
		for i, l := range lines {
			if !yield(exchange.Row{ID: uint64(ids[i]), Rev: view.RevOf("answers", uint64(ids[i])), Rec: l}) {
				return
			}
		}
	}}
	if err := exchange.WriteCSV(&b, table, model.NewEnv(view, 0), exchange.Options{}); err != nil {
		h.t.Fatal(err)
	}
	sheet, err := exchange.Read(strings.NewReader(edit(b.String())), "part.csv", exchange.ReadOptions{Kind: model.NewSchema().Kind("answers")})
	if err != nil {
		h.t.Fatal(err)
	}
	return sheet
}

func TestAPartComesBackFromAColleague(t *testing.T) {
	h := newHall(t)
	h.do(city(2), func(tx *store.Tx) error {
		for _, item := range []string{"PR.AT-01", "PR.AT-02"} {
			if err := Answer(tx, h.now, 2, item, func(a *model.Answer) { a.Level, a.Confirmed = model.Documented, model.Some(tx.Today()) }); err != nil {
				return err
			}
		}
		return nil
	})
	sheet := h.sheetOf(2, "PR.AT", func(csv string) string { return strings.ReplaceAll(csv, ",3,", ",6,") })
	// Meanwhile somebody here changes one of the two, and notes the other.
	h.do(city(2), func(tx *store.Tx) error {
		if err := Answer(tx, h.now, 2, "PR.AT-01", func(a *model.Answer) { a.Level = model.PartlyStandard }); err != nil {
			return err
		}
		return Answer(tx, h.now, 2, "PR.AT-02", func(a *model.Answer) { a.Note = "ask HR" })
	})
	var asked []string
	out, err := TakeBackFrom(context.Background(), h.st, city(2), sheet, h.now, 2, "Bo", func(c Clash) bool {
		asked = append(asked, c.String())
		return false
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || !strings.Contains(asked[0], "PR.AT-01, level: here \"4 Partially") || !strings.Contains(asked[0], "in the file \"6 Tested") || out.Changed != 2 {
		t.Errorf("asked %q, %s %+v", asked, out, out)
	}
	s, _ := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2)
	i, _ := s.Framework.Index("PR.AT-01")
	if a := s.Answers[i]; a.Level != model.PartlyStandard {
		t.Errorf("what was changed here is lost: %+v", a)
	}
	if a := s.Answers[i+1]; a.Level != model.Tested || a.Note != "ask HR" || a.ConfirmedBy != "Bo" {
		t.Errorf("the two changes are not merged: %+v", a)
	}
}

func TestNewAnswersComeBackToo(t *testing.T) {
	h := newHall(t)
	sheet := h.sheetOf(2, "RC", func(csv string) string {
		lines := strings.SplitAfter(csv, "\n")
		for i, l := range lines {
			if strings.Contains(l, "RC.RP-01") || strings.Contains(l, "RC.RP-02") {
				lines[i] = strings.Replace(l, ",,,,,,,,", ",,5p,,,,,,", 1)
			}
		}
		return strings.Join(lines, "")
	})
	out, err := TakeBackFrom(context.Background(), h.st, city(2), sheet, h.now, 2, "Bo", nil)
	if err != nil || out.Changed != 2 || len(out.Faults) != 0 {
		t.Fatalf("%s %+v %v", out, out.Faults, err)
	}
	// The same file for another cycle is refused row by row.
	if out, err = TakeBackFrom(context.Background(), h.st, city(2), sheet, h.old, 2, "Bo", nil); err != nil || out.Changed != 0 {
		t.Errorf("taken for another cycle: %s %v", out, err)
	}
}

func TestStoreWording(t *testing.T) {
	h := newHall(t)
	w := cyber.Wording{"GV.OC-01": "first", "PR.AA-01": "second"}
	for _, want := range []int{2, 0} {
		n, err := StoreWording(context.Background(), h.st, access.Alone("k"), model.CSF20, w)
		if err != nil || n != want {
			t.Errorf("%d changed, want %d: %v", n, want, err)
		}
	}
	if got := cyber.Official(h.st.As(city(2)).View(), model.CSF20); len(got) != 2 || got["GV.OC-01"] != "first" {
		t.Errorf("%v", got)
	}
	for _, data := range []string{"", "PK\x03\x04nothing", "<catalog>", "{}", "\x00\x01"} {
		if _, _, err := ReadWording([]byte(data), "x"); model.CodeOf(err) == "" {
			t.Errorf("%q: %v", data, err)
		}
	}
}
