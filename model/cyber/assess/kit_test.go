package assess_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
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
	st, err := store.Open(filepath.Join(t.TempDir(), "h.db"), store.Options{Schema: model.NewSchema(),
		Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter, Now: clock,
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
				*id, err = field.Put(tx, &cyber.Cycle{Year: 2025 + i, Framework: framework.CSF20})
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
		*args.(*assess.Answering) = assess.Answering{Question: assess.Question{Of: assess.Of{Cycle: cycle, Partner: p},
			Item: item}, Level: level}
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
	h.must(city(p), "assess.begin", 0,
		func(args any) { args.(*assess.Beginning).Of = assess.Of{Cycle: h.now, Partner: p} })
	h.do(city(p), func(tx *store.Tx) error { // as an import of all at once
		for _, item := range framework.ItemsOf(framework.CSF20) {
			a := &cyber.Answer{Cycle: h.now, Partner: p, Item: item, Level: level, Confirmed: value.Some(tx.Today())}
			if _, err := field.Put(tx, a); err != nil {
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
	second := city(p)
	second.User, second.Name = second.User+"b", "Ben"
	h.must(second, "assess.approve", h.assessment(p),
		func(args any) { *args.(*assess.Signing) = assess.Signing{Name: "Sam", Office: "city manager"} })
	h.must(city(p), "assess.lock", h.assessment(p), nil)
}

func outcome(done run.Done, err error) (assess.Outcome, error) {
	out, _ := done.Detail.(assess.Outcome)
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
	return outcome(h.act(id, "release.take-in", 0,
		func(args any) { *args.(*assess.Packet) = assess.Packet{Text: string(text), Cycle: cycle} }))
}
