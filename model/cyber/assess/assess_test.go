package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

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
	for _, id := range []access.Identity{city(3), access.Alone("keeper"),
		access.Identity{User: "p", Role: access.Owner}} {
		if h.try(id, func(tx *store.Tx) error { return tx.Delete("publications", 1) }) == nil {
			t.Errorf("%s deletes a shared result", id.Role)
		}
		err := h.try(id, func(tx *store.Tx) error {
			p := *field.Get(tx, cyber.PublicationID(1))
			p.Items = nil
			_, err := field.Put(tx, &p)
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
		_, err := field.Put(tx, &y)
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
	var out assess.Outcome
	for p := partnership.PartnerID(1); p <= 5; p++ {
		h.complete(p, cyber.Documented)
		err := h.consents(p, cyber.SharesNothing)
		if err == nil {
			out, err = h.release(p)
		}
		if err != nil {
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
	for _, id := range []access.Identity{city(3), {User: "e", Role: access.Editor, Partner: 2},
		{User: "v", Role: access.Viewer, Partner: 2},
		{User: "c", Role: access.Coordinator, Partner: 6}, {User: "a", Role: access.Admin}} {
		if _, err := h.act(id, "assess.release", h.assessment(2), nil); err == nil {
			t.Errorf("%s of %d releases for city 2", id.Role, id.Partner)
		}
	}
	for _, role := range []access.Role{access.Viewer, access.Editor} {
		if _, err := h.share(access.Identity{User: "v", Role: role, Partner: 2}); failure.CodeOf(err) !=
			failure.Forbidden {
			t.Errorf("%s shares results: %v", role, err)
		}
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
	change := func() error { return h.answer(2, h.now, "PR.AA-01", cyber.Optimized) }
	if err := change(); err == nil || !strings.Contains(err.Error(), "reopen it") {
		t.Errorf("a locked answer changes: %v", err)
	}
	if err := h.try(city(2), func(tx *store.Tx) error { return tx.Delete("answers", 1) }); err == nil ||
		!strings.Contains(err.Error(), "locked") {
		t.Errorf("a locked answer is deleted: %v", err)
	}
	if err := h.reopens(2, ""); err == nil || !strings.Contains(err.Error(), "Reason") {
		t.Errorf("reopened without a reason: %v", err)
	}
	// The consent stays while a release made under it is on its way.
	if err := h.consents(2, cyber.SharesNothing); err == nil ||
		!strings.Contains(err.Error(), "take the release back") {
		t.Errorf("the consent changes: %v", err)
	}
	if err := h.reopens(2, "an error in PR.AA-01"); err != nil {
		t.Fatal(err)
	}
	if cyber.ReleaseOf(h.st.As(city(2)).View(), h.now, 2) != nil {
		t.Error("a release outlives the reopening")
	}
	if y := field.Get(h.st.As(city(2)).View(), h.now); y.City(2).Released.Set {
		t.Error("the cycle says that a release is in")
	}
	if err := change(); err != nil {
		t.Error(err)
	}
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

	if _, err := shared.takeIn(city(4), text, shared.old); err == nil ||
		!strings.Contains(err.Error(), "not for 2025") {
		t.Errorf("handed in for another cycle: %v", err)
	}
	out, err := shared.takeIn(city(4), text, 0)
	if err != nil || len(out.Waiting) != 4 || out.Shared || strings.Contains(out.String(), "confirmed") {
		t.Fatalf("%s %v", out, err)
	}
	if out, err = shared.takeIn(city(4), text, 0); err != nil || !strings.Contains(out.String(), "was here already") {
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
				if err := h.consents(p, level); err != nil {
					t.Fatal(err)
				}
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
		_, err := field.Put(tx, &y)
		return err
	})
	for p := partnership.PartnerID(1); p <= 4; p++ {
		if err := h.consents(p, cyber.SharesBands); err != nil { // the one for five is void
			t.Fatal(err)
		}
		if _, err := h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	out, err := h.share(marc)
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
		_, err := field.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "stays as it was") {
		t.Errorf("the membership changes: %v", err)
	}
}
