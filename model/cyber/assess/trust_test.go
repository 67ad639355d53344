package assess_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// packet makes the file of a city that assesses in this file.
func (h *hall) packet(p partnership.PartnerID) []byte {
	h.t.Helper()
	h.complete(p, cyber.Informal)
	h.must(city(p), "assess.seal", h.assessment(p), nil)
	view := h.st.As(city(p)).View()
	return []byte(cyber.ReleaseOf(view, h.now, p).Text(view))
}

// sign gives the file its first login.
func (h *hall) sign() {
	h.t.Helper()
	h.do(access.Alone("keeper"), func(tx *store.Tx) error {
		_, err := field.Put(tx, &accounts.User{Login: "ada", Role: accounts.UserAdmin, Account: value.Some[int64](7)})
		return err
	})
}

// marc is the facilitator's coordinator.
func marc() access.Identity {
	return access.Identity{User: "m", Name: "Mel", Role: access.Coordinator, Partner: 6}
}

// strangers are all who do not speak for city 4 in a file with logins, whoever
// opened it before there were any included.
func strangers() []access.Identity {
	return []access.Identity{marc(), {User: "a", Name: "Ada", Role: access.Admin},
		{User: "a4", Name: "Ada", Role: access.Admin, Partner: 4}, {User: "c4", Role: access.Coordinator, Partner: 4},
		city(3), {User: "e", Role: access.Editor, Partner: 4},
		{User: "v", Role: access.Viewer, Partner: 4}, access.Alone("keeper")}
}

// TestAReleaseComesInOnlyFromItsOwnCity by its file, by a release made here and
// by a record put as an import puts it; nothing is left behind.
func TestAReleaseComesInOnlyFromItsOwnCity(t *testing.T) {
	own, shared := newHall(t), newHall(t)
	text := own.packet(4)
	shared.complete(4, cyber.Informal)
	shared.sign()
	for _, id := range strangers() {
		_, err := shared.takeIn(id, text, 0)
		if failure.CodeOf(err) != failure.Forbidden ||
			!strings.Contains(err.Error(), "only from its own city's login") ||
			!strings.Contains(err.Error(), "ask an assessor of") {
			t.Errorf("%s of %d takes the file in: %v", id.Role, id.Partner, err)
		}
		_, err = shared.act(id, "assess.release", shared.assessment(4), nil)
		// who may not see it finds none
		if code := failure.CodeOf(err); code != failure.Forbidden && code != failure.NotFound {
			t.Errorf("%s of %d releases: %v", id.Role, id.Partner, err)
		}
		if id.Role == access.Owner {
			continue // nobody has this role once there are logins
		}
		forged := *cyber.ReleaseOf(own.st.As(city(4)).View(), own.now, 4)
		forged.ID, forged.Sent = 0, true
		err = shared.try(id, func(tx *store.Tx) error { _, err := tx.Try("releases", &forged); return err })
		if failure.CodeOf(err) != failure.Forbidden {
			t.Errorf("%s of %d puts the record: %v", id.Role, id.Partner, err)
		}
	}
	if cyber.ReleaseOf(shared.st.As(city(4)).View(), shared.now, 4) != nil {
		t.Error("a refused release is on file")
	}
}

// TestHistoryNamesWhoReleased: the person, in what they did themselves and in
// what the program did for them.
func TestHistoryNamesWhoReleased(t *testing.T) {
	own, h := newHall(t), newHall(t)
	h.sign()
	text := own.packet(4)
	if _, err := h.takeIn(city(4), text, 0); err != nil {
		t.Fatal(err)
	}
	for _, p := range []partnership.PartnerID{1, 2, 3, 5} {
		h.complete(p, cyber.Documented)
		if _, err := h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := h.st.As(city(4)).Recent(0, 0)
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	took := false
	for _, e := range entries {
		if e.Actor == "interlocal" {
			t.Errorf("the program stands alone in history: %q", e.Op.Title)
		}
		took = took || e.Actor == "Ana" && e.User == "city4" && e.Op.Title == "take in the release of Grandview"
	}
	if !took {
		t.Error("history does not say who took the release in")
	}
	shared, err := h.st.As(marc()).History("publications", 1, 0)
	if err != nil || len(shared) != 1 || shared[0].Actor != "Ana" || shared[0].User != "city5" {
		t.Errorf("history does not say by whom the results came about: %+v %v", shared, err)
	}
}

// TestAFileWithoutLoginsSaysThatNobodyConfirmed: one person with a file of
// their own takes in what cities send, and history says so plainly.
func TestAFileWithoutLoginsSaysThatNobodyConfirmed(t *testing.T) {
	own, alone := newHall(t), newHall(t)
	out, err := alone.takeIn(access.Alone("dana"), own.packet(4), 0)
	if err != nil || !strings.Contains(out.String(), "no login confirmed it") {
		t.Fatalf("%s %v", out, err)
	}
	v := cyber.ReleaseOf(alone.st.As(city(4)).View(), alone.now, 4)
	if v == nil {
		t.Fatal("the release is not on file")
	}
	alone.sign() // what was taken in before stays marked
	changes, err := alone.st.As(city(4)).History("releases", uint64(v.ID), 0)
	if err != nil || len(changes) != 1 || changes[0].Actor != "dana" ||
		changes[0].Op.Title != "take in the release of Grandview, not confirmed by a login of Grandview" {
		t.Errorf("%+v %v", changes, err)
	}
}

// TestWhatACityWasAskedUnderStays from its first answer on, and who takes part
// from the first release on, whoever tries and whatever they write first.
func TestWhatACityWasAskedUnderStays(t *testing.T) {
	h := newHall(t)
	change := func(what func(*cyber.Cycle)) error {
		var last error
		for _, id := range []access.Identity{marc(), {User: "a", Role: access.Admin}, access.Alone("keeper")} {
			last = h.try(id, func(tx *store.Tx) error {
				y := *field.Get(tx, h.now)
				y.Cities = append([]cyber.CycleCity{}, y.Cities...)
				what(&y)
				_, err := field.Put(tx, &y)
				return err
			})
			if last == nil {
				return nil
			}
		}
		return last
	}
	lower := func(y *cyber.Cycle) { y.Minimum = value.Some[int64](3) }
	older := func(y *cyber.Cycle) { y.Framework = framework.CSF11 }
	without := func(i int) func(*cyber.Cycle) { return func(y *cyber.Cycle) { y.Cities[i].Part = cyber.StaysOut } }
	back := func(y *cyber.Cycle) { y.Cities[4].Part = cyber.TakesPart }
	removed := func(y *cyber.Cycle) { y.Cities = y.Cities[1:] }
	refused := func(when, because string, whats map[string]func(*cyber.Cycle)) {
		t.Helper()
		for name, what := range whats {
			if err := change(what); err == nil || !strings.Contains(err.Error(), because) {
				t.Errorf("%s, %s: %v", when, name, err)
			}
		}
	}
	h.complete(4, cyber.Documented)
	refused("answered", "a city has answered already", map[string]func(*cyber.Cycle){"minimum": lower,
		"framework": older})
	if err := change(without(4)); err != nil {
		t.Fatalf("a city that stops stalls the others: %v", err)
	}
	if _, err := h.release(4); err == nil || !strings.Contains(err.Error(), "it is void, and has to be given again") {
		t.Errorf("a consent for five cities is one for four: %v", err)
	}
	if err := h.consents(4, cyber.SharesBands); err != nil {
		t.Fatal(err)
	}
	refused("answered", "no city joins any more", map[string]func(*cyber.Cycle){"joining": back})
	if _, err := h.release(4); err != nil {
		t.Fatal(err)
	}
	all := map[string]func(*cyber.Cycle){"minimum": lower, "framework": older,
		"one that released stays out": without(3),
		"one that waits stays out":    without(1), "joining": back, "a line removed": removed}
	refused("released", "a city has released already", all)
	refused("released", "noted by the program", map[string]func(*cyber.Cycle){
		"a release made unseen": func(y *cyber.Cycle) { y.Cities[3].Released = value.Opt[value.Day]{} },
		"a release made up":     func(y *cyber.Cycle) { y.Cities[0].Released = value.Some[value.Day](20000) }})
	h.must(city(4), "release.take-back", uint64(cyber.ReleaseOf(h.st.As(city(4)).View(), h.now, 4).ID), nil)
	if err := change(without(1)); err != nil {
		t.Errorf("with every release taken back: %v", err)
	}
}

// TestWhoTakesPartCanBeSaidAfterTheFirstAnswer when nobody has said it before:
// a city in a file of its own begins with its answers.
func TestWhoTakesPartCanBeSaidAfterTheFirstAnswer(t *testing.T) {
	h := newHall(t)
	if err := h.answer(4, h.old, "PR.AA-01", cyber.Documented); err != nil {
		t.Fatal(err)
	}
	h.must(marc(), "cycle.invite", uint64(h.old), nil)
}

// TestWhoBecameAFacilitatorSinceIsHandedNothing: a consent names the facilitator; who
// is made one under it voids it, and after the releases is in no audience.
func TestWhoBecameAFacilitatorSinceIsHandedNothing(t *testing.T) {
	h := newHall(t)
	add := func(name string) (id partnership.PartnerID) {
		h.do(marc(), func(tx *store.Tx) (err error) {
			id, err = field.Put(tx, &partnership.Partner{Name: name, Kind: partnership.Facilitator,
				Status: partnership.Member})
			return err
		})
		return id
	}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		h.complete(p, cyber.Documented)
	}
	for p := partnership.PartnerID(1); p < 5; p++ {
		if _, err := h.release(p); err != nil {
			t.Fatal(err)
		}
	}
	late := add("Latecomers")
	if _, err := h.release(5); err == nil || !strings.Contains(err.Error(), "Latecomers") {
		t.Errorf("a consent for one facilitator is one for two: %v", err)
	}
	if err := h.consents(5, cyber.SharesBands); err != nil {
		t.Fatal(err)
	}
	if out, err := h.release(5); err != nil || !out.Shared {
		t.Fatal(out, err)
	}
	n := 0
	for p := range field.All[cyber.Publication](h.st.As(access.Alone("k")).View()) {
		if n++; slices.Contains(p.Audience, late) {
			t.Errorf("%s of %d go to who was no facilitator", p.Sort, p.City)
		}
	}
	if n == 0 {
		t.Error("nothing was shared")
	}
}
