package assess_test

import (
	"errors"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
)

// TestASignOffTakesTwoLogins where people sign in; one who does both says who
// answers for it and why, and papers carry it.
func TestASignOffTakesTwoLogins(t *testing.T) {
	h := newHall(t)
	h.sign()
	h.reopened()
	ana, ben := city(2), access.Identity{User: "ben", Name: "Ben", Role: access.Assessor, Partner: 2}
	rec := h.assessment(2)
	h.must(ana, "assess.submit", rec, nil)
	approve := func(id access.Identity, o *field.Override) error {
		_, err := run.Do(t.Context(), h.st, id, run.Request{Act: assess.Acts().Named("assess.approve"), ID: rec,
			Args: &assess.Signing{Name: "Sam"}, Override: o})
		return err
	}
	var doubts field.Doubts
	if err := approve(ana, nil); !errors.As(err, &doubts) || !strings.Contains(err.Error(), "takes two logins") {
		t.Fatalf("one login does both: %v", err)
	}
	logins := func() string { return cyber.AssessmentOf(h.st.As(ana).View(), h.now, 2).Logins() }
	if err := approve(ana, &field.Override{Name: "Sam", Reason: "Ben is ill"}); err != nil ||
		logins() != "recorded by the login of Ana alone: Sam, Ben is ill" {
		t.Errorf("%v, %s", err, logins())
	}
	h.must(ana, "assess.return", rec, func(args any) { args.(*assess.Because).Reason = "again" })
	h.must(ana, "assess.submit", rec, nil)
	if err := approve(ben, nil); err != nil || logins() != "sent by the login of Ana, recorded by that of Ben" {
		t.Errorf("%v, %s", err, logins())
	}
}

// reopened answers every item of a city and leaves the assessment a draft.
func (h *hall) reopened() {
	h.complete(2, cyber.Informal)
	if err := h.reopens(2, "again"); err != nil {
		h.t.Fatal(err)
	}
}

// TestWhatHasRunOutBlocksApproval: an acceptance until a day that is past, and
// evidence of which all has expired.
func TestWhatHasRunOutBlocksApproval(t *testing.T) {
	h := newHall(t)
	h.reopened()
	today := h.st.As(city(2)).Now().Day()
	put := func(change func(*cyber.Answer)) {
		a := h.onFile("PR.AA-01")
		change(&a)
		h.do(city(2), func(tx *store.Tx) error { _, err := field.Put(tx, &a); return err })
	}
	lacks := func() (out []cyber.LackOf) {
		for _, l := range cyber.ApprovalLacks(h.st.As(city(2)).View(), h.now, 2, today+2) {
			out = append(out, l.What)
		}
		return out
	}
	put(func(a *cyber.Answer) {
		a.Level, a.Reason = cyber.RiskAccepted, "no money"
		a.Acceptance = cyber.Acceptance{Approver: "Sam", Expires: value.Some(today + 1)}
		a.Evidence = []cyber.Evidence{{What: "report", Expires: value.Some(today + 1)}}
	})
	if got := lacks(); len(got) != 2 || got[0] != cyber.LacksProof || got[1] != cyber.LacksRenewal {
		t.Errorf("%q", got)
	}
	put(func(a *cyber.Answer) {
		a.Acceptance.Expires = value.Some(today + 2)
		a.Evidence = append(a.Evidence, cyber.Evidence{What: "a newer report", Expires: value.Some(today + 2)})
	})
	if got := lacks(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}
