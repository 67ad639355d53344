package assess

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// hall is a store with five cities, a facilitator and two cycles.
type hall struct {
	t   testing.TB
	st  *store.Store
	old cyber.CycleID
	now cyber.CycleID
}

func newHall(t testing.TB) *hall {
	t.Helper()
	clock := func() time.Time { return time.Date(2027, 1, 12, 15, 0, 0, 0, time.UTC) }
	st, err := store.Open(filepath.Join(t.TempDir(), "h.db"), store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter, Now: clock,
		Probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	h := &hall{t: t, st: st}
	h.do(access.Alone("keeper"), func(tx *store.Tx) error {
		err := partnership.NewSeed().Each(tx.Insert)
		for i, id := range []*cyber.CycleID{&h.old, &h.now} {
			if err == nil {
				*id, err = store.Put(tx, &cyber.Cycle{Year: 2025 + i, Framework: framework.CSF20})
			}
		}
		if err != nil {
			return err
		}
		return Invite(tx, h.now)
	})
	return h
}

func city(p partnership.PartnerID) access.Identity {
	return access.Identity{User: fmt.Sprint("city", p), Name: "Ana", Role: access.Assessor, Partner: field.Party(p)}
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
func (h *hall) complete(p partnership.PartnerID, level cyber.Level) {
	h.t.Helper()
	h.do(city(p), func(tx *store.Tx) error {
		if _, err := Begin(tx, h.now, p, "Ana"); err != nil {
			return err
		}
		for _, item := range framework.ItemsOf(framework.CSF20) {
			if err := Answer(tx, h.now, p, item, func(a *cyber.Answer) { a.Level, a.Confirmed = level, value.Some(tx.Today()) }); err != nil {
				return err
			}
		}
		_, err := store.Put(tx, &cyber.Consent{Cycle: h.now, Partner: p, Level: cyber.SharesBands, GivenBy: "Sam", Given: value.Some(tx.Today())})
		return err
	})
	h.settle(p)
}

func (h *hall) settle(p partnership.PartnerID) {
	h.t.Helper()
	h.do(city(p), func(tx *store.Tx) error { return Submit(tx, h.now, p, "Ana") })
	h.do(city(p), func(tx *store.Tx) error { return Approve(tx, h.now, p, "Sam", "city manager") })
	h.do(city(p), func(tx *store.Tx) error { return Lock(tx, h.now, p) })
}

func (h *hall) release(p partnership.PartnerID) (Outcome, error) {
	return Release(context.Background(), h.st, city(p), h.now, p)
}

func TestACycleFromEmptyToShared(t *testing.T) {
	h := newHall(t)
	for p := partnership.PartnerID(1); p <= 5; p++ {
		h.complete(p, cyber.Documented)
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
	for p := range field.All[cyber.Publication](view) {
		n++
		if p.Sort == cyber.PublishedBands && p.City == 3 {
			continue // its own
		}
		if p.Sort != cyber.PublishedList || len(p.Items) == 0 {
			t.Errorf("city 3 is handed %+v", p)
		}
	}
	if n != 7 {
		t.Errorf("city 3 is handed %d results", n)
	}
	for _, id := range []access.Identity{city(3), access.Alone("keeper"), onBehalf(city(3))} {
		if h.try(id, func(tx *store.Tx) error { return tx.Delete("publications", 1) }) == nil {
			t.Errorf("%s deletes a shared result", id.Role)
		}
		err := h.try(id, func(tx *store.Tx) error {
			p := *field.Get(tx, cyber.PublicationID(1))
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
	for p := range field.All[cyber.Publication](h.st.As(marc).View()) {
		if p.Sort == cyber.PublishedBands {
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
		y := *field.Get(tx, h.now)
		y.Published = value.Some(tx.Today())
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
	for p := partnership.PartnerID(1); p <= 5; p++ {
		h.complete(p, cyber.Documented)
		h.do(city(p), func(tx *store.Tx) error {
			c := *cyber.ConsentOf(tx, h.now, p)
			c.Level = cyber.SharesNothing
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
	h.complete(2, cyber.Documented)
	for _, id := range []access.Identity{city(3), {User: "e", Role: access.Editor, Partner: 2}, {User: "v", Role: access.Viewer, Partner: 2},
		{User: "c", Role: access.Coordinator, Partner: 6}, {User: "a", Role: access.Admin}} {
		if _, err := Release(context.Background(), h.st, id, h.now, 2); err == nil {
			t.Errorf("%s of %d releases for city 2", id.Role, id.Partner)
		}
	}
	if _, err := Settle(context.Background(), h.st, access.Identity{User: "v", Role: access.Viewer, Partner: 2}, h.now); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a viewer settles: %v", err)
	}
	if _, err := h.release(2); err != nil {
		t.Error(err)
	}
	if _, err := h.release(2); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("released twice: %v", err)
	}
}

func TestALockHolds(t *testing.T) {
	h := newHall(t)
	h.complete(2, cyber.Documented)
	if _, err := h.release(2); err != nil {
		t.Fatal(err)
	}
	change := func(tx *store.Tx) error {
		return Answer(tx, h.now, 2, "PR.AA-01", func(a *cyber.Answer) { a.Level = cyber.Optimized })
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
		c := *cyber.ConsentOf(tx, h.now, 2)
		c.Level = cyber.SharesNothing
		_, err := store.Put(tx, &c)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "take the release back") {
		t.Errorf("the consent changes: %v", err)
	}
	h.do(city(2), func(tx *store.Tx) error { return Reopen(tx, h.now, 2, "an error in PR.AA-01") })
	if cyber.ReleaseOf(h.st.As(city(2)).View(), h.now, 2) != nil {
		t.Error("a release outlives the reopening")
	}
	h.do(city(2), change)
	changes, err := h.st.As(city(2)).History("assessments", 1, 0)
	if err != nil || !strings.Contains(changes[0].After.(*cyber.Assessment).Reopened, "PR.AA-01") {
		t.Errorf("the reason is not in the history: %v", err)
	}
	h.settle(2)
}

func TestAPacketFromAFileOfItsOwn(t *testing.T) {
	own, shared := newHall(t), newHall(t)
	shared.sign()
	text := own.packet(4)

	ctx := context.Background()
	if _, err := TakePacket(ctx, shared.st, city(4), text, shared.old); err == nil || !strings.Contains(err.Error(), "not for 2025") {
		t.Errorf("handed in for another cycle: %v", err)
	}
	out, err := TakePacket(ctx, shared.st, city(4), text, 0)
	if err != nil || len(out.Waiting) != 4 || out.Shared || strings.Contains(out.String(), "confirmed") {
		t.Fatalf("%s %v", out, err)
	}
	if out, err = TakePacket(ctx, shared.st, city(4), text, 0); err != nil || !strings.Contains(out.String(), "was here already") {
		t.Errorf("handed in twice: %s %v", out, err)
	}
	if cyber.ReleaseOf(shared.st.As(marc()).View(), shared.now, 4) != nil {
		t.Error("the facilitator sees the release on screen")
	}
	if v := cyber.ReleaseOf(shared.st.As(city(4)).View(), shared.now, 4); v == nil || !v.Sent {
		t.Error("the city does not see what it sent")
	}
}

// What a city sees of the shared results, down to their numbers and to what
// history calls them, does not tell how far others let theirs go.
func TestNumbersDoNotTellOthersConsents(t *testing.T) {
	var seen []string
	for _, level := range []cyber.ConsentLevel{cyber.SharesList, cyber.SharesBands} {
		h := newHall(t)
		for p := partnership.PartnerID(1); p <= 5; p++ {
			h.complete(p, cyber.Documented)
			if p != 5 {
				h.do(city(p), func(tx *store.Tx) error {
					c := *cyber.ConsentOf(tx, h.now, p)
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
		for p := range field.All[cyber.Publication](me.View()) {
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
	for p := partnership.PartnerID(1); p <= 4; p++ {
		h.complete(p, cyber.Documented)
	}
	marc := marc()
	h.do(marc, func(tx *store.Tx) error {
		y := *field.Get(tx, h.now)
		y.Cities = append([]cyber.CycleCity{}, y.Cities...)
		y.Cities[4].Part, y.Cities[4].Reason = cyber.StaysOut, "no staff this year"
		_, err := store.Put(tx, &y)
		return err
	})
	for p := partnership.PartnerID(1); p <= 4; p++ {
		if _, err := h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	out, err := Settle(context.Background(), h.st, marc, h.now)
	if err != nil || !out.Shared {
		t.Fatalf("%s %v", out, err)
	}
	for p := range field.All[cyber.Publication](h.st.As(city(5)).View()) {
		t.Errorf("the city that stays out is handed %+v", p)
	}
	// Nobody joins afterwards, and the membership stays.
	h.complete(5, cyber.Documented)
	if _, err := h.release(5); err == nil {
		t.Error("a city joins after the results were shared")
	}
	err = h.try(marc, func(tx *store.Tx) error {
		y := *field.Get(tx, h.now)
		y.Cities = append([]cyber.CycleCity{}, y.Cities...)
		y.Cities[4].Part = cyber.TakesPart
		_, err := store.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "stays as it was") {
		t.Errorf("the membership changes: %v", err)
	}
}
