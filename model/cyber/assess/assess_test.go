package assess_test

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
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
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
		return err
	})
	h.must(access.Alone("keeper"), "cycle.invite", uint64(h.now), nil)
	return h
}

// act has an act done by somebody.
func (h *hall) act(id access.Identity, name string, rec uint64, set func(args any)) (run.Done, error) {
	a, view := assess.Acts().Named(name), h.st.As(id).View()
	v := run.ViewOf(view, id, a, h.st.As(id).Now())
	args := a.NewArgs(v, view.Get(a.On, rec))
	if set != nil {
		set(args)
	}
	return run.Do(context.Background(), h.st, id, run.Request{Act: a, ID: rec, Args: args})
}

// must has an act done that is not refused.
func (h *hall) must(id access.Identity, name string, rec uint64, set func(args any)) run.Done {
	h.t.Helper()
	done, err := h.act(id, name, rec, set)
	if err != nil {
		h.t.Fatalf("%s: %v", name, err)
	}
	return done
}

// assessment gives the number of a city's assessment.
func (h *hall) assessment(p partnership.PartnerID) uint64 {
	if s := cyber.AssessmentOf(h.st.As(city(p)).View(), h.now, p); s != nil {
		return uint64(s.ID)
	}
	return 0
}

// answer has a city answer a question of a cycle.
func (h *hall) answer(p partnership.PartnerID, cycle cyber.CycleID, item string, level cyber.Level) error {
	_, err := h.act(city(p), "answer.give", 0, func(args any) {
		*args.(*assess.Answering) = assess.Answering{Question: assess.Question{Of: assess.Of{Cycle: cycle, Partner: p}, Item: item}, Level: level}
	})
	return err
}

// consents has a city give a consent.
func (h *hall) consents(p partnership.PartnerID, level cyber.ConsentLevel) error {
	_, err := h.act(city(p), "assess.consent", 0, func(args any) {
		c := args.(*cyber.Consent)
		c.Cycle, c.Partner, c.Level, c.GivenBy = h.now, p, level, "Sam"
	})
	return err
}

// reopens has a city reopen its assessment.
func (h *hall) reopens(p partnership.PartnerID, why string) error {
	_, err := h.act(city(p), "assess.reopen", h.assessment(p), func(args any) { args.(*assess.Because).Reason = why })
	return err
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
	h.must(city(p), "assess.begin", 0, func(args any) { args.(*assess.Beginning).Of = assess.Of{Cycle: h.now, Partner: p} })
	h.do(city(p), func(tx *store.Tx) error { // as an import of all at once
		for _, item := range framework.ItemsOf(framework.CSF20) {
			a := &cyber.Answer{Cycle: h.now, Partner: p, Item: item, Level: level, Confirmed: value.Some(tx.Today())}
			if _, err := store.Put(tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err := h.consents(p, cyber.SharesBands); err != nil {
		h.t.Fatal(err)
	}
	h.settle(p)
}

// settle takes an assessment through review to the lock.
func (h *hall) settle(p partnership.PartnerID) {
	h.t.Helper()
	h.must(city(p), "assess.submit", h.assessment(p), nil)
	h.must(city(p), "assess.approve", h.assessment(p), func(args any) { *args.(*assess.Signing) = assess.Signing{Name: "Sam", Office: "city manager"} })
	h.must(city(p), "assess.lock", h.assessment(p), nil)
}

func outcome(done run.Done, err error) (assess.Outcome, error) {
	out, _ := done.More.(assess.Outcome)
	return out, err
}

func (h *hall) release(p partnership.PartnerID) (assess.Outcome, error) {
	return outcome(h.act(city(p), "assess.release", h.assessment(p), nil))
}

// share has somebody share what is due.
func (h *hall) share(id access.Identity) (assess.Outcome, error) {
	return outcome(h.act(id, "cycle.share", uint64(h.now), nil))
}

// takeIn has somebody take a packet in.
func (h *hall) takeIn(id access.Identity, text []byte, cycle cyber.CycleID) (assess.Outcome, error) {
	return outcome(h.act(id, "release.take-in", 0, func(args any) { *args.(*assess.Packet) = assess.Packet{Text: string(text), Cycle: cycle} }))
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
	for _, id := range []access.Identity{city(3), access.Alone("keeper"), access.Identity{User: "p", Role: access.Keeper}} {
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
	for _, id := range []access.Identity{city(3), {User: "e", Role: access.Editor, Partner: 2}, {User: "v", Role: access.Viewer, Partner: 2},
		{User: "c", Role: access.Coordinator, Partner: 6}, {User: "a", Role: access.Admin}} {
		if _, err := h.act(id, "assess.release", h.assessment(2), nil); err == nil {
			t.Errorf("%s of %d releases for city 2", id.Role, id.Partner)
		}
	}
	for _, role := range []access.Role{access.Viewer, access.Editor} {
		if _, err := h.share(access.Identity{User: "v", Role: role, Partner: 2}); failure.CodeOf(err) != failure.Forbidden {
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
	if err := h.try(city(2), func(tx *store.Tx) error { return tx.Delete("answers", 1) }); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("a locked answer is deleted: %v", err)
	}
	if err := h.reopens(2, ""); err == nil || !strings.Contains(err.Error(), "Reason") {
		t.Errorf("reopened without a reason: %v", err)
	}
	// The consent stays while a release made under it is on its way.
	if err := h.consents(2, cyber.SharesNothing); err == nil || !strings.Contains(err.Error(), "take the release back") {
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

	if _, err := shared.takeIn(city(4), text, shared.old); err == nil || !strings.Contains(err.Error(), "not for 2025") {
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
		_, err := store.Put(tx, &y)
		return err
	})
	for p := partnership.PartnerID(1); p <= 4; p++ {
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
		_, err := store.Put(tx, &y)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "stays as it was") {
		t.Errorf("the membership changes: %v", err)
	}
}
