package assess

import (
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// Begin makes a city's assessment of a cycle, or finds the one there is.
func Begin(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, by string) (cyber.AssessmentID, error) {
	if s := cyber.AssessmentOf(tx, cycle, partner); s != nil {
		return s.ID, nil
	}
	if p := field.Get(tx, partner); p == nil || !p.Governs() {
		return 0, failure.New(failure.Invalid, "an assessment is a city's; name a city")
	}
	return store.Put(tx, &cyber.Assessment{Cycle: cycle, Partner: partner, State: cyber.AssessmentDraft, PreparedBy: by})
}

// CarryForward brings the city's latest earlier answers into a cycle, each to
// be confirmed, and says what was carried. Answers that are there stay.
func CarryForward(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID) (*cyber.Carried, error) {
	c, err := cyber.Carry(tx, cycle, partner)
	if err != nil {
		return nil, err
	}
	for _, a := range c.Answers {
		if _, err := store.Put(tx, a); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// step changes a city's assessment.
func step(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, change func(*cyber.Assessment)) error {
	s := cyber.AssessmentOf(tx, cycle, partner)
	if s == nil {
		return failure.New(failure.NotFound, "there is no assessment of this city in the cycle that you may change; begin it first")
	}
	next := *s
	change(&next)
	_, err := store.Put(tx, &next)
	return err
}

// Submit sends an assessment to review.
func Submit(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, by string) error {
	return step(tx, cycle, partner, func(s *cyber.Assessment) {
		s.State, s.Submitted = cyber.AssessmentInReview, value.Some(tx.Today())
		if s.PreparedBy == "" {
			s.PreparedBy = by
		}
	})
}

// Return sends an assessment back to those who prepare it.
func Return(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, reason string) error {
	return step(tx, cycle, partner, func(s *cyber.Assessment) {
		s.State, s.Returned = cyber.AssessmentReturned, reason
		s.ApprovedBy, s.Office, s.Approved = "", "", value.Opt[value.Day]{}
	})
}

// Approve records the sign-off. It is refused, naming what is missing, while
// an answer is open, inherited or lacks what has to stand behind it.
func Approve(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, name, office string) error {
	return step(tx, cycle, partner, func(s *cyber.Assessment) {
		s.State, s.ApprovedBy, s.Office, s.Approved = cyber.AssessmentApproved, name, office, value.Some(tx.Today())
	})
}

// Lock fixes an approved assessment.
func Lock(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID) error {
	return step(tx, cycle, partner, func(s *cyber.Assessment) {
		s.State, s.Locked = cyber.AssessmentLocked, value.Some(tx.Today())
	})
}

// Reopen opens a locked assessment again, for a reason. A release made from it
// is taken back unless results have been shared already; those stay as they
// were.
func Reopen(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, reason string) error {
	y := field.Get(tx, cycle)
	if v := cyber.ReleaseOf(tx, cycle, partner); v != nil && y != nil && !y.Published.Set {
		if err := tx.Delete(v.KindName(), uint64(v.ID)); err != nil {
			return err
		}
	}
	return step(tx, cycle, partner, func(s *cyber.Assessment) {
		s.State, s.Reopened, s.Locked = cyber.AssessmentReopened, reason, value.Opt[value.Day]{}
		s.ApprovedBy, s.Office, s.Approved = "", "", value.Opt[value.Day]{}
	})
}

// Invite lists every member city as taking part in a cycle, unless the cycle
// says something about it already.
func Invite(tx *store.Tx, cycle cyber.CycleID) error {
	y := field.Get(tx, cycle)
	if y == nil {
		return failure.New(failure.NotFound, "there is no such self-assessment cycle; add it first")
	}
	next := *y
	next.Cities = slices.Clone(y.Cities)
	for p := range field.All[partnership.Partner](tx) {
		if p.Governs() && p.Active() && next.City(p.ID) == nil {
			next.Cities = append(next.Cities, cyber.CycleCity{Partner: p.ID, Part: cyber.TakesPart})
		}
	}
	_, err := store.Put(tx, &next)
	return err
}

// Answer changes one answer of a city's assessment, or begins it.
func Answer(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID, item string, change func(*cyber.Answer)) error {
	next := cyber.Answer{Cycle: cycle, Partner: partner, Item: item}
	for a := range field.Of[cyber.Answer](tx, "partner", partner) {
		if a.Cycle == cycle && a.Item == item {
			next = *a
			next.Evidence = slices.Clone(a.Evidence)
		}
	}
	change(&next)
	_, err := store.Put(tx, &next)
	return err
}
